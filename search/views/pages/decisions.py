"""The Decisions page: the register of what was decided, by year, filtered, and as a file; and a decision's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import BadArguments
from indexer.records import Filters
from search import cite
from search.history.thread import Thread, thread
from search.views import address
from search.views.exports import briefing, word
from search.views.render import decided, register, steps, tables, wording
from search.views.render.markup import escaped
from search.views.widgets import access, downloads, filters, paging, saving

if TYPE_CHECKING:
    from indexer.archive import Archive

PAGE_LENGTH = 25
TITLE = "Decisions"


def listing(archive: Archive) -> None:
    """Draw the register: the form, the chart by year, and the decisions, a part of a long list at a time."""
    facets = archive.facets(Filters())
    if not archive.totals().papers:
        access.empty()
        return
    asked = filters.form("register", "Words in the decision or its heading", "Search", facets, kinds=False)
    for complaint in address.complaints(asked, filters.params(), facets):
        st.warning(escaped(complaint))
    rows = tables.matching(archive.decisions(asked.filters), asked.question)
    if not rows:
        st.info("No decision matches. Try other words, a wider span of dates, or fewer filters.")
        saving.offer(archive, "decisions", asked)
        return
    st.success(f"{wording.counted(len(rows), 'decision')} found, the latest first.")
    st.download_button("Download as CSV", lambda: tables.csv_text(rows), "decisions.csv", "text/csv", on_click="ignore")
    saving.offer(archive, "decisions", asked)
    with st.expander("Decisions by year", expanded=True):
        st.html(register.by_year(rows, asked))
    part = paging.part(len(rows), PAGE_LENGTH)
    for row in rows[part.start : part.stop]:
        st.html(decided.decision_html(row))


def followed(found: Thread) -> None:
    """Draw a thread and what of it can be kept."""
    st.html('<p><a href="decisions">All decisions</a></p>')
    st.markdown(f"**{escaped(found.reference)}**")
    st.info(steps.count_line(found))
    st.html(steps.listed(found))
    if found.steps:
        st.header("Keep what is on screen", anchor=False)
        downloads.buttons(
            ("Briefing for Word", "thread.docx", downloads.WORD, lambda: word.word(steps.briefing(found))),
            ("Briefing in Markdown", "thread.md", "text/markdown", lambda: briefing.markdown(steps.briefing(found))),
            ("Thread as CSV", "thread.csv", "text/csv", lambda: tables.csv_of(steps.rows(found))),
        )


def page(archive: Archive) -> None:
    """Draw the page: the thread that the address asks for, or the register."""
    handle = st.query_params.get("thread", "")
    try:
        found = thread(archive, handle) if handle else None
    except BadArguments:
        st.title(TITLE, anchor=False)
        st.warning("This decision is not in the archive: its paper may have been changed, withheld or withdrawn.")
        listing(archive)
        return
    if found:
        st.title(escaped(f"What led to it and what followed: {cite.shortened(found.matter.heading)}"), anchor=False)
        followed(found)
    else:
        st.title(TITLE, anchor=False)
        listing(archive)


access.show(page, TITLE)
