"""What is on screen as files to keep: the buttons. A file is made when its button is pressed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from search.results import Answered
from search.views.exports import briefing, bundle, word
from search.views.render import card, tables

if TYPE_CHECKING:
    from indexer.archive import Archive

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def labels(archive: Archive, answered: Answered) -> dict[tuple[str, int], str]:
    """Fetch the printed numbers of the pages that quotations stand on, by paper id and sheet."""
    papers = {hit.rank: hit.stored.paper.id for hit in answered.hits}
    places = {(papers[one.hit], one.page) for one in answered.answer if one.page is not None}
    return {place: page.label for place in places if (page := archive.page(*place))}


def draw(archive: Archive, answered: Answered) -> None:
    """Draw the buttons."""

    def made() -> briefing.Briefing:
        return briefing.briefing(answered, labels(archive, answered), card.card(answered))

    def as_json() -> str:
        return json.dumps(answered.to_json(), ensure_ascii=False, indent=1)

    st.header("Keep what is on screen", anchor=False)
    st.markdown("Everything is quoted, each quotation with its reference as a note.")
    buttons(
        ("Briefing for Word", "briefing.docx", WORD, lambda: word.word(made())),
        ("Briefing in Markdown", "briefing.md", "text/markdown", lambda: briefing.markdown(made())),
        ("Cited pages as PDF", "evidence.pdf", "application/pdf", lambda: bundle.bundle(answered, archive.page)),
        ("Passages as CSV", "passages.csv", "text/csv", lambda: tables.csv_of(briefing.hit_rows(answered))),
        ("Passages as JSON", "passages.json", "application/json", as_json),
    )


def buttons(*choices: tuple[str, str, str, Callable[[], bytes | str]]) -> None:
    """Draw buttons that make a file when they are pressed.

    Args:
        choices: the button's label, the file's name and kind, and what makes it.
    """
    with st.container(horizontal=True):
        for label, name, kind, make in choices:
            st.download_button(label, make, name, kind, on_click="ignore", key=f"keep-{name}")
