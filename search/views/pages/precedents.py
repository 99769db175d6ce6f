"""The Precedents page: paste or send a draft, and see what reports like it went to a board before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import BadArguments
from indexer.records import Filters
from search.bounds import BOUNDS
from search.history import draft
from search.history.precedents import Precedent, similar
from search.history.upload import chunks_of_upload
from search.terminal import matters
from search.views.address import Asked
from search.views.render import phrasing, precedents
from search.views.render.markup import fault
from search.views.widgets import access, downloads, filters

if TYPE_CHECKING:
    from indexer.archive import Archive

_ENDINGS = ["pdf", "docx", "txt", "md", "html", "htm"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was pasted or sent, as far as it is looked for; it lives in this session's memory and nowhere else."""

    name: str
    chunks: tuple[str, ...]


def boxes(label: str, button: str) -> bool:
    """Draw the box for a text, the box for a file, and the button."""
    st.text_area(label, key="question", max_chars=BOUNDS.draft_characters, height=180)
    st.file_uploader("Or send it as a file: PDF, Word, web page or text", type=_ENDINGS, key="draft-file")
    return st.form_submit_button(button, type="primary")


def looked_for(asked: Asked) -> Draft | None:
    """Give the draft that is asked for: the file, else the text; None if there is neither.

    A text of a length that an address can hold is part of the address, so that the view can be mailed. What is longer,
    and any file, is not.

    Raises:
        BadArguments: it holds nothing that can be looked for.
    """
    state = st.session_state
    file = state.get("draft-file")
    if file is not None:
        content = file.getvalue()
        mark = hashlib.sha256(content).hexdigest()
        # Each click redraws the page; the file need not be read again for it.
        if state.get("draft-read", ("",))[0] != mark:
            with st.spinner("Reading the draft…"):
                state["draft-read"] = (mark, Draft(file.name, tuple(chunks_of_upload(file.name, content))))
        kept: Draft = state["draft-read"][1]
        return kept
    state.pop("draft-read", None)
    text = asked.question or state.get("draft-text", "")
    return Draft("", tuple(draft.chunks_of_text(text))) if text else None


def addressed(asked: Asked) -> Asked:
    """Keep a text that is too long for an address out of it, in this session's memory."""
    if len(asked.question) <= BOUNDS.address_characters:
        st.session_state.pop("draft-text", None)
        return asked
    st.session_state["draft-text"] = asked.question
    return replace(asked, question="")


def results(sent: Draft, reports: list[Precedent]) -> None:
    """Draw what was found."""
    if not reports:
        st.info("No earlier report on this matter was found. Try fewer filters, or a plainer description.")
        return
    st.success(f"{phrasing.counted(len(reports), 'earlier report')} found, the best match first.")
    with st.expander("What was searched for"):
        st.html(precedents.looked_for_html(sent.chunks))
    for rank, one in enumerate(reports, 1):
        st.html(precedents.precedent_html(rank, one, access.leads))

    def as_json() -> dict[str, object]:
        rows = [matters.precedent_json(rank, one) for rank, one in enumerate(reports, 1)]
        return {"looked_for": list(sent.chunks), "results": rows}

    st.header("Download", anchor=False)
    st.markdown("The briefing quotes the earlier papers. Nothing of your draft is in it.")
    downloads.buttons(
        *downloads.briefings("precedents", lambda: precedents.briefing(reports)),
        downloads.csv_file("Precedents", "precedents", lambda: precedents.rows(reports)),
        downloads.json_file("Precedents", "precedents", as_json),
    )


def page(archive: Archive) -> None:
    """Draw the page."""
    facets = archive.facets(Filters())
    if access.empty(archive):
        return
    st.markdown(
        "Has a report like yours gone to a board before? Paste a paragraph or a whole draft, or send it as a file. "
        "You get the earlier reports, what each asked for, and what was decided, word for word."
    )
    st.markdown(
        f"Your draft is not stored. Up to {BOUNDS.address_characters:,} characters become part of this page’s address, "
        "so you can send it to somebody. A longer text, or a file, is forgotten when you leave the page."
    )
    asked = filters.form(
        "precedents", "Your draft", "Find precedents", facets, kinds=False, box=boxes, addressed=addressed
    )
    try:
        sent = looked_for(asked)
    except BadArguments as error:
        st.warning(fault(error))
        return
    if sent:
        engine = access.engine()
        results(sent, similar(engine.library, engine.encoder, sent.chunks, asked.filters, BOUNDS.hits_a_page))


st.title("Precedents for a draft", anchor=False)
access.show(page)
