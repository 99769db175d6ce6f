"""The Timeline page: a topic over the years and boards, as a chart and as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from indexer.records import Filters
from search.bounds import BOUNDS
from search.history.timeline import Timeline, timeline
from search.views.render import events
from search.views.render.markup import escaped
from search.views.widgets import access, downloads, filters

if TYPE_CHECKING:
    from indexer.archive import Archive


def keep(history: Timeline) -> None:
    """Draw the buttons for what is on screen as files."""
    st.header("Download", anchor=False)
    downloads.buttons(
        *downloads.briefings("timeline", lambda: events.briefing(history)),
        downloads.csv_file("Timeline", "timeline", lambda: events.rows(history)),
    )


def results(history: Timeline) -> None:
    """Draw a timeline: how much, the chart, the list, and what can be kept."""
    for short, forms in history.expanded.items():
        st.markdown(escaped(f"Also searched for {short} as “{forms}”."))
    if not history.events:
        st.info("Nothing was found on this topic. Try other words, a wider span of dates, or fewer filters.")
        st.markdown("[Coverage](coverage) lists the boards and years that are here.")
        return
    st.success(events.count_line(history))
    if chart := events.chart(history.events):  # none where no event has a date
        st.html(chart)
    part = filters.part(len(history.events), BOUNDS.events_a_page)
    st.html(events.listed(history.events[part.start : part.stop], access.leads))
    keep(history)


def page(archive: Archive) -> None:
    """Draw the page."""
    facets = archive.facets(Filters())
    if access.empty(archive):
        return
    asked = filters.form("timeline", "Topic", "Show", facets, kinds=False)
    if asked.question:
        results(timeline(access.engine(), asked.question, asked.filters))
        return
    st.markdown(
        "Type a topic in a few words, for example “home to school transport”. You get every decision, discussion and "
        "report on it, by date, across boards."
    )


st.title("Timeline of a topic", anchor=False)
access.show(page)
