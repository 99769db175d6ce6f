"""The Meeting page: one meeting's items in the order of its agenda; the address names its body and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from indexer.records import Filters
from search.meetings import meeting
from search.meetings.meeting import MeetingSheet
from search.people import register
from search.views import address
from search.views.render import browse, front, meetings, people
from search.views.render.markup import escaped
from search.views.widgets import access, downloads

if TYPE_CHECKING:
    from indexer.archive import Archive


def draw(archive: Archive, sheet: MeetingSheet) -> None:
    """Draw a meeting: its papers, who was there, its items, what fits none, and what can be kept."""
    authority, board = body = sheet.meeting.authority, sheet.meeting.board
    names = meetings.named(body)
    access.head(f"{names[1]}, {meetings.day(sheet.meeting.date)}")
    st.html(
        meetings.crumbs_html(
            ("All papers", browse.papers_link()),
            (names[0], browse.papers_link(authority)),
            (names[1], browse.body_link(authority, board)),
        )
    )
    if beside := meetings.beside_html(sheet):
        st.html(beside)
    st.info(escaped(meetings.count_line(sheet)))
    if papers := meetings.papers_html(sheet):
        st.html(papers)
    if sheet.attendance:
        with st.expander("Who was there"):
            st.html(meetings.attendance_html(sheet.attendance))
            day = Filters((authority,), (board,), date_from=sheet.meeting.date, date_to=sheet.meeting.date)
            st.html(people.named_html(register.sightings(archive, day)))
    if sheet.items:
        st.html(meetings.items_html(sheet, access.leads))
    if sheet.others:
        st.header("Other papers of this meeting" if sheet.items else "Papers", anchor=False)
        st.html(meetings.others_html(sheet))
    st.header("Keep what is on screen", anchor=False)
    downloads.buttons(
        downloads.csv_file("Meeting", "meeting", lambda: meetings.rows(sheet)),
        downloads.json_file("Meeting", "meeting", lambda: meeting.to_json(sheet)),
    )


def page(archive: Archive) -> None:
    """Draw the page."""
    authority, board, day = (st.query_params.get(name, "") for name in ("authority", "board", "date"))
    when = address.from_params({"from": [day]}).date_from
    sheet = meeting.sheet(archive, (authority, board), when) if when or not day else None
    if sheet:
        draw(archive, sheet)
        return
    st.title("Meeting", anchor=False)
    if authority or board or day:
        st.warning(escaped(f"The archive holds no meeting of “{board or authority}” on “{day}”."))
    st.html(front.boards_html(archive.papers(), archive.decisions(), archive.facets().aliases))


access.show(page, "Meeting")
