"""The Papers page: authorities and their boards; one paper's pages and outline, and search inside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from indexer.records import Filters, Paper
from search import cite
from search.meetings import calendar
from search.views.render import browse, front, leaf, meetings
from search.views.render.markup import escaped
from search.views.widgets import access, filters, reading

if TYPE_CHECKING:
    from indexer.archive import Archive


def bodies_of(archive: Archive) -> None:
    """Draw the level that the address asks for: the authorities, or one authority's boards."""
    aliases = archive.facets().aliases
    bodies = calendar.held(archive.papers(), archive.decisions(), aliases)
    authorities = list(dict.fromkeys(authority for authority, _ in bodies))
    authority = st.query_params.get("authority", authorities[0] if len(authorities) == 1 else None)
    authority = next((one.authority for one in aliases if not one.board and one.name == authority), authority)
    own = {body: held for body, held in bodies.items() if body[0] == authority}
    if authority is None or not own:
        st.title("Papers", anchor=False)
        if authority:
            st.warning(escaped(f"There is no authority called “{authority}” in this archive. Choose one below."))
        if bodies:
            beside_newest("Councils", meetings.authorities_html(bodies), archive.papers())
        else:
            access.empty(archive)
        return
    access.head(f"Papers: {authority or meetings.NO_AUTHORITY}")
    if len(authorities) > 1:
        st.html(meetings.crumbs_html(("All papers", browse.papers_link())))
    papers = [paper for days in own.values() for held in days.values() for paper in held.papers]
    beside_newest("Boards and committees", meetings.boards_html(own, aliases), papers)


def beside_newest(heading: str, listed: str, papers: Sequence[Paper]) -> None:
    """Draw a list under its heading, and beside it the papers of the newest meetings."""
    left, right = st.columns(2, gap="large")
    left.html(f"<section><h2>{heading}</h2>{listed}</section>")
    right.html(front.papers_html(papers, every=False))


def one(archive: Archive, paper: Paper) -> None:
    """Draw one paper: its page beside its decisions and outline."""
    rows = [row for row in archive.decisions(Filters(papers=(paper.id,))) if not row.decision.recommendation]
    row, spans = browse.spans_of(rows, filters.number("decision", least=0))
    reference = cite.decision_reference(row) if row else ""
    if row is None and (passage := filters.number("passage", least=0)) is not None:
        spans, reference = reading.passage(archive, paper, passage)
    spans = spans or leaf.spans_from(st.query_params.get("spans", ""))
    number = min(filters.number("sheet") or (spans[0].page if spans else 1), max(paper.page_count, 1))
    st.html(meetings.crumbs_of(paper))
    left, right = st.columns(2, gap="large")
    with left:
        reading.search(archive, paper)
        st.header("Decisions", anchor=False)
        st.html(browse.decisions_html(paper, rows))
        st.header("Contents", anchor=False)
        st.html(browse.outline_html(paper, archive.sections(paper.id)))
    with right:
        reading.cited(archive, paper, spans, number, reference, "The page")


def page(archive: Archive) -> None:
    """Draw the page."""
    if "board" in st.query_params:  # what the pages of a board and of a meeting were called before they had their own
        body = {name: st.query_params.get(name, "") for name in ("authority", "board")}
        if "meeting" in st.query_params:
            st.switch_page("meeting.py", query_params={**body, "date": st.query_params["meeting"]})
        st.switch_page("body.py", query_params=body)
    id = st.query_params.get("paper", "")
    paper = archive.paper(id) if id else None
    if paper:
        access.head(cite.shortened(paper.title) or paper.path)
        one(archive, paper)
        return
    if id:
        st.warning("This paper is not in the archive: it is unknown, withheld or withdrawn.")
    bodies_of(archive)


access.show(page, "Papers")
