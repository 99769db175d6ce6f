"""The Papers page: papers by body and meeting; one paper's pages, decisions and outline."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from indexer.records import Filters, Paper
from search import cite
from search.views import browse, cited, filters, shelf, wording
from search.views.markup import escaped

if TYPE_CHECKING:
    from indexer.archive import Archive


def listing(archive: Archive) -> None:
    """Draw the papers of one body."""
    found = browse.bodies(archive.papers())
    if not found:
        shelf.empty()
        return
    names = list(found)
    asked = st.query_params.get("body", names[0])
    # The address alone says which body is shown, so that Back leads to the one before.
    st.session_state["body"] = asked if asked in found else names[0]
    chosen = st.selectbox(
        "Board or committee",
        names,
        format_func=lambda name: f"{name} ({wording.counted(len(found[name]), 'paper')})",
        key="body",
        on_change=_choose,
    )
    st.header(escaped(chosen), anchor=False)
    counts = Counter(row.paper.id for row in archive.decisions() if not row.decision.recommendation)
    st.html(browse.papers_html(found[chosen], counts))


def one(archive: Archive, paper: Paper) -> None:
    """Draw one paper: its page beside its decisions and outline."""
    rows = [row for row in archive.decisions(Filters(papers=(paper.id,))) if not row.decision.recommendation]
    row, spans = browse.spans_of(rows, filters.number("decision", least=0))
    number = min(filters.number("sheet") or (spans[0].page if spans else 1), max(paper.page_count, 1))
    st.html(f'<p><a href="{browse.all_papers(paper)}">All papers of this board</a></p>')
    left, right = st.columns(2, gap="large")
    with left:
        st.header("Decisions", anchor=False)
        st.html(browse.decisions_html(paper, rows))
        st.header("Contents", anchor=False)
        st.html(browse.outline_html(paper, archive.sections(paper.id)))
    with right, st.container(key="cited"):
        st.header("The page", anchor="cited-page")
        reference = cite.decision_reference(row) if row else ""
        cited.leaf(archive, paper, spans, number, reference, _turn_to)
        arrived = (paper.id, st.query_params.get("sheet"), st.query_params.get("decision"))
        # A link to a page must not leave a narrow screen at the contents above it.
        if any(arrived[1:]) and st.session_state.get("arrived") != arrived:
            st.session_state["arrived"] = arrived
            cited.bring_into_view()
        cited.brought()


def _choose() -> None:
    st.query_params["body"] = st.session_state["body"]


def _turn_to(number: int) -> None:
    st.query_params["sheet"] = str(number)


def page(archive: Archive) -> None:
    """Draw the page."""
    asked = st.query_params.get("paper", "")
    paper = archive.paper(asked) if asked else None
    st.title(escaped(cite.shortened(paper.title) or paper.path) if paper else "Papers", anchor=False)
    if asked and paper is None:
        st.warning("This paper is not in the archive: it is unknown, withheld or withdrawn.")
    if paper:
        one(archive, paper)
    else:
        listing(archive)


shelf.show(page)
