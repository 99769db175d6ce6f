"""The button that saves a search, and whose list it goes to.

There are no accounts: a list is known by a key that nobody can guess. Where a sign-on stands before the app and names
the reader, the list is that reader's, in any browser. Elsewhere its key is kept in a cookie, so that it is there
tomorrow too, and is only set when something is saved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import BoardPapersError
from search import saved
from search.bounds import BOUNDS
from search.saved import View
from search.views import opened, scripts
from search.views.address import Asked
from search.views.feeds import news
from search.views.render.markup import escaped

if TYPE_CHECKING:
    from indexer.archive import Archive

_COOKIE = "board-papers-list"


def own_list() -> str:
    """Give the key of the reader's own list, "" if there is none yet."""
    if name := opened.reader(st.context.headers.to_dict()):
        return opened.subscriptions().list_of(name)
    key = str(st.session_state.get("list") or st.context.cookies.get(_COOKIE, ""))
    return key if saved.is_key(key) else ""


def adopt(key: str) -> None:
    """Make a list the reader's own, in this browser too once `remember` is drawn."""
    st.session_state["list"] = key


def remember() -> None:
    """Keep the key of the reader's list in the browser, if it is not there already."""
    key = "" if opened.reader(st.context.headers.to_dict()) else own_list()
    if key and st.context.cookies.get(_COOKIE) != key:
        script = scripts.element("remember", cookie=_COOKIE, value=key, age=BOUNDS.cookie_days * 24 * 3600)
        st.html(script, unsafe_allow_javascript=True)


def offer(archive: Archive, view: View, asked: Asked) -> None:
    """Draw the button that saves what is asked, and say so when it is done."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Save this search", key="save", on_click=_save, args=(archive, view, asked))
        said = st.session_state.pop("said of saving", None)
        if said == "":
            st.page_link("saved.py", label="Go to what is saved")
    if said:
        st.warning(escaped(said))
    elif said == "":
        remember()
        st.info("Saved. The page Saved shows what comes in for it from now on.")


def _save(archive: Archive, view: View, asked: Asked) -> None:
    key = own_list() or saved.new_key()
    try:
        news.save(opened.store(), archive, key, view, asked)
    except BoardPapersError as error:
        st.session_state["said of saving"] = str(error)
    else:
        adopt(key)
        st.session_state["said of saving"] = ""
