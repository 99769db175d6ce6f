"""The Body page: a board over time; the address names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from search.meetings import meeting
from search.views.render import browse, meetings
from search.views.render.markup import escaped
from search.views.widgets import access

if TYPE_CHECKING:
    from indexer.archive import Archive


def page(archive: Archive) -> None:
    """Draw the page."""
    body = st.query_params.get("authority", ""), st.query_params.get("board", "")
    held = meeting.of_body(archive, body)
    names = meetings.named(body)
    if not held:
        st.title("Board", anchor=False)
        st.warning(escaped(f"There is no board called “{body[1] or body[0]}” in this archive."))
        st.html(meetings.crumbs_html(("All papers", browse.papers_link())))
        return
    st.title(escaped(names[1]), anchor=False)
    st.html(meetings.crumbs_html(("All papers", browse.papers_link()), (names[0], browse.papers_link(body[0]))))
    st.html(meetings.meetings_html(body, held))


access.show(page, "Board")
