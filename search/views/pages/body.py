"""The Body page: a board over time; the address names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from search.meetings import body as boards
from search.meetings.body import BodySheet
from search.views.render import board, browse, front, meetings
from search.views.render.markup import escaped
from search.views.widgets import access, downloads

if TYPE_CHECKING:
    from indexer.archive import Archive


def draw(sheet: BodySheet) -> None:
    """Draw a board: what is still to be done and missing, its meetings, what comes back, its decisions by year."""
    names = meetings.named(sheet.body)
    access.head(names[1])
    st.html(meetings.crumbs_html(("All papers", browse.papers_link()), (names[0], browse.papers_link(sheet.body[0]))))
    st.info(escaped(board.count_line(sheet)))
    for name in boards.also_named(sheet):
        st.text(name)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.header("Meetings", anchor=False)
        st.html(meetings.meetings_html(sheet.body, sheet.meetings))
    with right:
        if sheet.open:
            st.header("Still to be done", anchor=False)
            st.html(board.actions_html(sheet))
        if sheet.subjects:
            st.header("Comes back", anchor=False)
            st.html(board.subjects_html(sheet.subjects, access.leads))
        if sheet.missing:
            st.header("Minutes not held", anchor=False)
            st.html(board.missing_html(sheet))
        if years := board.years_html(sheet):
            st.html(years)
    downloads.buttons(downloads.json_file("Board", "board", lambda: boards.to_json(sheet)))


def page(archive: Archive) -> None:
    """Draw the page."""
    names = st.query_params.get("authority", ""), st.query_params.get("board", "")
    if sheet := boards.sheet(archive, names):
        draw(sheet)
        return
    st.title("Board", anchor=False)
    if any(names):
        st.warning(escaped(f"There is no board called “{names[1] or names[0]}” in this archive."))
    st.html(front.boards_html(archive.papers(), archive.decisions(), archive.facets().aliases))


access.show(page, "Board")
