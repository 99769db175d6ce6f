"""The Actions page: who was to do what by when, and what became of it; the address says which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from indexer.records import Filters
from search.bounds import BOUNDS
from search.history import actions
from search.views.feeds import feed_routes
from search.views.render import phrasing, undertakings
from search.views.render.markup import plain
from search.views.widgets import access, downloads, filters

if TYPE_CHECKING:
    from indexer.archive import Archive

TITLE = "Actions"


def page(archive: Archive) -> None:
    """Draw the page: the form, what became of them as chips, and the actions, a part of a long list at a time."""
    facets = archive.facets(Filters())
    if access.empty(archive):
        return
    asked = filters.form("actions", "Words, or who is to do it", "Search", facets, kinds=False)
    state = next((one for one in undertakings.STATE if one == st.query_params.get("state")), "")
    every = undertakings.matching(actions.actions(archive, asked.filters), asked.question)
    shown = [one for one in every if not state or one.state == state]
    if states := undertakings.states_html(every, asked, state):
        st.html(states)
    if not shown:
        st.info(phrasing.nothing("action", narrowed=bool(filters.params())))
        return
    st.success(undertakings.count_line(shown))
    part = filters.part(len(shown), BOUNDS.rows_a_page)
    st.html(undertakings.listed_html(shown[part.start : part.stop]))
    st.header("Keep what is on screen", anchor=False)
    downloads.buttons(
        downloads.csv_file("Actions", "actions", lambda: undertakings.rows(shown)),
        downloads.json_file("Actions", "actions", lambda: [actions.to_json(one) for one in shown]),
    )
    feed = plain(feed_routes.actions_address(asked.filters, asked.question))
    st.html(f'<p><a href="{feed}">Feed of new actions</a>, for a feed reader.</p>')


st.title(TITLE, anchor=False)
access.show(page)
