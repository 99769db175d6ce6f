"""Collections: a quotation added to one from an answer, and a reader's own on the page Saved, with what can be kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import BoardPapersError
from search import saved
from search.bounds import BOUNDS
from search.collections import Collection, Piece
from search.results import Hit, first_words
from search.views import opened
from search.views.exports import bundle, collected
from search.views.exports.collected import Held
from search.views.render import leaf, phrasing
from search.views.render.answers import Quotation
from search.views.render.markup import escaped
from search.views.widgets import downloads, kept, saving

if TYPE_CHECKING:
    from indexer.archive import Archive

_SAID = "said of collecting"


def offer(quoted: Sequence[Quotation], hits: Sequence[Hit]) -> None:
    """Draw the form that adds a quotation or passage of an answer to a collection, and what came of it."""
    texts = {f"Quotation {one.number}": one.text for one in quoted} | {f"Passage {hit.rank}": hit.text for hit in hits}
    pieces = {f"Quotation {one.number}": _piece(one.hit, leaf.spans_text(one.spans)) for one in quoted}
    pieces |= {f"Passage {hit.rank}": _piece(hit, leaf.spans_text(hit.cited)) for hit in hits}
    with st.form("collecting", border=False):
        st.selectbox(
            "Add to a collection",
            list(pieces),
            format_func=lambda name: f"{name}: {' '.join(first_words(texts[name], BOUNDS.collected_words).split())}",
            key="collect-what",
        )
        st.text_input("Name of the collection", max_chars=BOUNDS.collection_name, key="collect-name")
        st.text_input("Your note (optional)", max_chars=BOUNDS.collection_note, key="collect-note")
        st.form_submit_button("Add", on_click=_add, args=(pieces,))
    if said := st.session_state.pop(_SAID, ""):
        saving.remember()
        st.info(escaped(said))


def draw(archive: Archive, list_key: str) -> None:
    """Draw a reader's collections, each with its quotations as the archive holds them now."""
    st.header("Collections", anchor=False)
    if said := st.session_state.pop(_SAID, ""):
        st.warning(escaped(said))
    listed = opened.collections().listed(list_key) if list_key else ()
    if not listed:
        st.markdown("None yet. Under an answer, open “Keep or save this answer” and add a quotation to a collection.")
    for number, one in enumerate(listed):
        _one(archive, number, one)


def _one(archive: Archive, number: int, one: Collection) -> None:
    pieces = collected.held(archive, one)
    st.subheader(escaped(f"{one.name}: {phrasing.counted(len(pieces), 'quotation')}"), anchor=False)
    if gone := len(one.pieces) - len(pieces):
        st.markdown(f"{phrasing.counted(gone, 'quotation')} cannot be shown: the paper is no longer in the archive.")
    for at, piece in enumerate(pieces):
        st.html(kept.piece_html(piece))
        st.button(
            f"Remove quotation {at + 1} of {escaped(one.name)}",
            key=f"piece-{number}-{at}",
            on_click=opened.collections().remove,
            args=(one.key, piece.piece),
        )
    downloads.buttons(*_files(archive, number, one.name, pieces))
    with st.expander(f"Rename or delete {escaped(one.name)}"), st.form(f"rename-{number}", border=False):
        st.text_input("New name", one.name, max_chars=BOUNDS.collection_name, key=f"renamed-{number}")
        with st.container(horizontal=True):
            st.form_submit_button("Rename", key=f"rename-{number}-now", on_click=_rename, args=(one.key, number))
            st.form_submit_button(
                "Delete", key=f"delete-{number}", on_click=opened.collections().remove, args=(one.key,)
            )


def _rename(key: str, number: int) -> None:
    name = str(st.session_state.get(f"renamed-{number}") or "").strip()
    try:
        if name:
            opened.collections().rename(key, name)
    except BoardPapersError as error:
        st.session_state[_SAID] = str(error)


def _files(archive: Archive, number: int, name: str, pieces: tuple[Held, ...]) -> tuple[downloads.Choice, ...]:
    def evidence() -> bytes:
        return bundle.bundle(name, collected.sheets(pieces), archive.page, archive.keeps_back)

    return (
        *downloads.briefings(f"collection-{number + 1}", lambda: collected.briefing(name, pieces)),
        ("Cited pages as PDF", f"collection-{number + 1}.pdf", "application/pdf", evidence),
    )


def _piece(hit: Hit, spans: str) -> Piece:
    return Piece(hit.stored.paper.id, hit.stored.passage.kind, spans)


def _add(pieces: dict[str, Piece]) -> None:
    state = st.session_state
    piece, name = pieces.get(str(state.get("collect-what"))), str(state.get("collect-name") or "").strip()
    if piece is None or not name:
        state[_SAID] = "Give the collection a name."
        return
    key = saving.own_list() or saved.new_key()
    noted = Piece(piece.paper, piece.kind, piece.spans, str(state.get("collect-note") or "").strip())
    try:
        opened.collections().add(key, name, noted)
    except BoardPapersError as error:
        state[_SAID] = str(error)
        return
    saving.adopt(key)
    state["collect-note"] = ""
    state[_SAID] = f"Added to {name}. The page Saved has your collections."
