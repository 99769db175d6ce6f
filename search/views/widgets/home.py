"""The start page: what can be asked, what is new, which boards there are, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from indexer.records import Totals
from search.views.render import front
from search.views.widgets import access

if TYPE_CHECKING:
    from indexer.archive import Archive


def draw(archive: Archive, totals: Totals) -> None:
    """Draw the page under its box."""
    register, papers = archive.decisions(), archive.papers()
    examples = st.empty()
    st.html(front.recent_html())
    for one, other in (
        (front.decisions_html(register), front.papers_html(papers)),
        (front.boards_html(papers, register), front.missing_html(archive.ledger(), totals)),
    ):
        left, right = st.columns(2, gap="large")
        left.html(one)
        right.html(other)
    # Each is asked once for each state of the archive; all else is on screen meanwhile.
    engine = access.engine()
    examples.html(front.examples_html(engine.examples()))
