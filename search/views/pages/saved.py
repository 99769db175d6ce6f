"""The Saved page: a reader's saved searches, what is new to each since the last look, and feeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import streamlit as st

from indexer.text import dates
from search import saved
from search.saved import Look, Search
from search.views import opened
from search.views.feeds import feed_routes, news
from search.views.feeds.news import Item
from search.views.render import phrasing
from search.views.render.markup import escaped
from search.views.widgets import access, collecting, kept, saving

if TYPE_CHECKING:
    from indexer.archive import Archive

_NOTHING = (
    "Nothing is saved yet. Ask a question, or search the decisions, and press “Save this search”: this page then shows "
    "what has come in for it since you last looked."
)


def listed(archive: Archive, key: str) -> None:
    """Draw a list's searches, each with what is new."""
    store = opened.store()
    searches, look = store.listed(key), store.look(key)
    if not searches:
        st.info(_NOTHING)
        return
    if key != saving.own_list():
        st.markdown("This list is open by its address. What you save goes to your own, unless you make this one yours.")
        st.button("Make this my list", on_click=saving.adopt, args=(key,))
    if look.before:
        st.markdown(f"You last looked on {dates.written(look.before.date())}. What has come in since is marked as new.")
    for number, search in enumerate(searches, 1):
        with st.spinner("Looking for what is new…"):
            news.refresh(store, search, archive, access.engine)
        one(number, search, news.items(store, search, archive), look)
    st.markdown("Anyone with the address of this page can read and change this list.")


def one(number: int, search: Search, items: Sequence[Item], look: Look) -> None:
    """Draw one search: its name, what is new, what came before, its feed, and a button to remove it."""
    new = [item for item in items if item.round > look.seen]
    earlier = items[len(new) :]
    st.header(escaped(news.name(search)), anchor=False)
    if new:
        st.success(f"{phrasing.counted(len(new), 'new match', 'new matches')}.")
        st.html(kept.items_html(new))
    else:
        st.markdown("Nothing new.")
    if earlier:
        with st.expander(f"Earlier, since it was saved: {phrasing.counted(len(earlier), 'match', 'matches')}"):
            st.html(kept.items_html(earlier))
    with st.expander(f"Follow search {number} in a feed reader"):
        st.markdown("Give this address to your feed reader. Anyone with it can read what matches, and change nothing.")
        st.code(_full(feed_routes.search_address(search.key)), language=None, wrap_lines=True)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(kept.link_html(f"./{news.link(search)}", f"Open search {number}"))
        st.button(f"Remove search {number}", key=f"remove-{search.key}", on_click=_remove, args=(search,))


def boards(archive: Archive) -> None:
    """Draw the feeds of new decisions, one for each board."""
    st.header("Feeds of new decisions", anchor=False)
    st.markdown("Give any of these addresses to your feed reader. A decision is new when its paper comes in here.")
    st.html(kept.feeds_html(archive.decisions()))


def page(archive: Archive) -> None:
    """Draw the page."""
    addressed = st.query_params.get("list", "")
    if addressed and not saved.is_key(addressed):
        st.warning("This is not the whole address of a list. Ask the person who sent it for all of it.")
    key = addressed if saved.is_key(addressed) else saving.own_list()
    if key:
        st.query_params["list"] = key
        listed(archive, key)
        if key == saving.own_list():
            saving.letters(archive, key)
    else:
        st.info(_NOTHING)
    saving.remember()
    collecting.draw(archive, key)
    boards(archive)


def _remove(search: Search) -> None:
    opened.store().remove(search)


def _full(address: str) -> str:
    """Give the full address of one of ours, as the reader's browser knows this app."""
    return urljoin(st.context.url or "", address)


st.title("Saved", anchor=False)
access.show(page)
