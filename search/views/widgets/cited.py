"""The cited page beside what cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from indexer.records import Paper, Span
from search.views.api import leaves
from search.views.render import leaf

if TYPE_CHECKING:
    from indexer.archive import Archive


def draw(
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
