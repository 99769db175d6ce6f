"""The Decisions page: the register of what was decided, by year, filtered, and as a file; and a decision's thread."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import BadArguments, BoardPapersError
from indexer.records import Filters, StoredDecision
from search import cite
from search.bounds import BOUNDS
from search.history.thread import Thread
from search.register.close import close
from search.register.sought import Sought
from search.views import opened
from search.views.address import Asked
from search.views.render import phrasing, register, steps, tables
from search.views.render.markup import escaped
from search.views.widgets import access, downloads, filters, saving

if TYPE_CHECKING:
    from indexer.archive import Archive

TITLE = "Decisions"


def listing(archive: Archive) -> None:
    """Draw the register: the form, what the list can be limited to, the decisions, and what is close to them."""
    facets = archive.facets(Filters())
    if access.empty(archive):
        return
    label = "Words, a reference, “minute 46”, or who moved it"
    asked = filters.form("register", label, "Search", facets, kinds=False)
    of = register.sought(asked, filters.params())
    rows = tables.matching(archive.decisions(asked.filters), of)
    if narrowed := register.narrowed_html(rows, asked, of):
        st.html(narrowed)
    if rows:
        st.success(f"{phrasing.counted(len(rows), 'decision')} found, the latest first.")
        part = filters.part(len(rows), BOUNDS.rows_a_page)
        for row in rows[part.start : part.stop]:
            st.html(register.decision_html(row, access.leads))
    else:
        st.info(phrasing.nothing("decision", narrowed=bool(filters.params())))
    if asked.question and of == Sought(asked.question):
        alike(asked, {row.id for row in rows})
    keep(archive, asked, of, rows)


def alike(asked: Asked, known: Collection[int]) -> None:
    """Draw decisions that are close in meaning to what is looked for, and are not listed already."""
    try:
        nearest = close(access.engine(), asked.question, asked.filters)
    except BoardPapersError as error:
        access.explain(error)
        return
    if meant := register.meant_html(asked, nearest.answered):
        st.html(meant)
    rows = [row for row in nearest.decisions if row.id not in known]
    if rows:
        st.header("Close in meaning", anchor=False)
        for row in rows[: BOUNDS.close_in_meaning]:
            st.html(register.decision_html(row, access.leads))


def keep(archive: Archive, asked: Asked, of: Sought, rows: Sequence[StoredDecision]) -> None:
    """Draw what can be kept of the list, and the decisions by year."""
    if rows:
        if chart := register.by_year(rows, asked, of):
            with st.expander("Decisions by year"):
                st.html(chart)
        downloads.buttons(downloads.csv_file("Decisions", "decisions", lambda: list(map(register.decision_row, rows))))
    saving.offer(archive, "decisions", asked)


def followed(linked: Thread) -> None:
    """Draw a thread and what of it can be kept."""
    st.html('<p><a href="decisions">All decisions</a></p>')
    st.markdown(f"**{escaped(linked.reference)}**")
    st.info(steps.count_line(linked))
    st.html(steps.listed(linked))
    if linked.steps:
        st.header("Keep what is on screen", anchor=False)
        downloads.buttons(
            *downloads.briefings("thread", lambda: steps.briefing(linked)),
            downloads.csv_file("Thread", "thread", lambda: steps.rows(linked)),
        )


def page(archive: Archive) -> None:
    """Draw the page: the thread that the address asks for, or the register."""
    handle = st.query_params.get("thread", "")
    try:
        linked = opened.threads().thread(handle) if handle else None
    except BadArguments:
        st.title(TITLE, anchor=False)
        st.warning("This decision is not in the archive: its paper may have been changed, withheld or withdrawn.")
        listing(archive)
        return
    if linked:
        access.head(f"What led to it and what followed: {cite.shortened(linked.matter.heading)}")
        followed(linked)
    else:
        st.title(TITLE, anchor=False)
        listing(archive)


access.show(page, TITLE)
