"""A paper as it is read: search inside it, and its page beside what cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import BoardPapersError
from indexer.records import Filters, Paper, Span
from search import cite
from search.bounds import BOUNDS
from search.results import Hit, first_words
from search.views.api import leaves
from search.views.render import browse, leaf, phrasing
from search.views.render.markup import paragraphs, plain
from search.views.widgets import access

if TYPE_CHECKING:
    from indexer.archive import Archive


def search(archive: Archive, paper: Paper) -> None:
    """Draw the box and, if the address says what to look for, what was found."""
    text = st.query_params.get("find", "")[: BOUNDS.address_characters].strip()
    state = st.session_state
    if state.get("looked-in") != (paper.id, text) or "find" not in state:
        state["looked-in"], state["find"] = (paper.id, text), text
    with st.form("inside", border=False), st.container(key="asking", horizontal=True, vertical_alignment="bottom"):
        st.text_input("Search inside this paper", max_chars=BOUNDS.address_characters, key="find", autocomplete="off")
        st.form_submit_button("Search", type="primary", on_click=_look)
    if not text:
        return
    try:
        answered = access.engine().ask(text, Filters(papers=(paper.id,)), BOUNDS.hits_a_page)
    except BoardPapersError as error:
        access.explain(error)
        return
    if not answered.hits:
        st.info("Nothing was found in this paper.")
        return
    count = phrasing.counted(len(answered.hits), "passage")
    if answered.status == "answered":
        st.success(f"{count} found in this paper.")
    else:
        st.info(f"Not found in this paper. The nearest {count}:")
    st.html("".join(_hit(paper, hit, text) for hit in answered.hits))


def passage(archive: Archive, paper: Paper, ordinal: int) -> tuple[tuple[Span, ...], str]:
    """Find a passage of a paper by its ordinal: its spans and its reference; nothing if there is none."""
    id = paper.key << 20 | ordinal
    stored = archive.passages([id]).get(id) if ordinal < 1 << 20 else None
    if stored is None:
        return (), ""
    sections = {section.ordinal: section for section in archive.sections(paper.id)}
    label = archive.page_label(paper.id, stored.passage.pages[0])
    return stored.passage.spans, cite.reference(stored, label, item=cite.home(stored.section, sections))


def _look() -> None:
    for name in ("sheet", "decision", "passage", "find"):
        if name in st.query_params:
            del st.query_params[name]
    if text := (st.session_state["find"] or "").strip():
        st.query_params["find"] = text


def _hit(paper: Paper, hit: Hit, text: str) -> str:
    where = browse.link(paper, hit.page, passage=hit.stored.passage.ordinal, find=text)
    label = f"Page {hit.page_label or hit.page}" if hit.page else f"Passage {hit.rank}"
    begin, _ = hit.reach
    shown = first_words(hit.text[begin:], BOUNDS.excerpt_words)
    more = "<p>…</p>" if begin + len(shown) < len(hit.text) else ""
    marked = [(start - begin, end - begin) for start, end in hit.matched if start >= begin]
    return (
        f'<div class="passage"><p class="reference"><span class="kind">{phrasing.KIND[hit.stored.passage.kind]}</span> '
        f'<a href="{plain(where)}">{plain(label)}: {plain(cite.shortened(hit.title) or "Untitled")}</a></p>'
        f'<div class="words">{paragraphs(shown, marked, hit.headers)}{more}</div></div>'
    )


def cited(
    archive: Archive,
    paper: Paper,
    spans: tuple[Span, ...],
    number: int,
    reference: str,
    heading: str = "The cited page",
) -> None:
    """Draw a page of a paper with spans marked; where it passes another, it stays in sight on a wide screen.

    Args:
        archive: holds the page.
        paper: whose page it is.
        spans: what to mark; those on other pages mark nothing here.
        number: the 1-based sheet.
        reference: to copy, "" for none.
        heading: the heading over it.
    """
    with st.container(key="cited"):
        st.html(leaf.html(leaves.of(archive, paper, spans, number, reference), heading))
