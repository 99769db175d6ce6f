"""The button that saves a search, whose list it goes to, and letters about it where a mail server is set up.

There are no accounts: a list is known by a key that nobody can guess. Where a sign-on is in front of the app and names
the reader, the list is that reader's, in any browser. Elsewhere its key is kept in a cookie, so that it is there
tomorrow too, and is only set when something is saved.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import BoardPapersError
from search import saved
from search.bounds import BOUNDS
from search.saved import View
from search.subscriptions import Often
from search.views import opened
from search.views.address import Asked
from search.views.alerts import sending, settings
from search.views.feeds import news
from search.views.render import site
from search.views.render.markup import escaped, fault

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
        script = site.script("remember", cookie=_COOKIE, value=key, age=BOUNDS.cookie_days * 24 * 3600)
        st.html(script, unsafe_allow_javascript=True)


def offer(archive: Archive, view: View, asked: Asked) -> None:
    """Draw the button that saves what is asked, and say so when it is done."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Save this search", key="save", on_click=_save, args=(archive, view, asked))
        said = st.session_state.pop("said of saving", None)
        if said == "":
            st.html('<a href="saved">Go to what is saved</a>')
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


_EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+){1,8}")
_OFTEN: dict[Often, str] = {"daily": "Every day with news", "weekly": "Once a week"}
_SAID_OF_LETTERS = "said of letters"


def letters(archive: Archive, list_key: str) -> None:
    """Draw the form for letters, or where they go and the button that ends them."""
    try:
        mail = settings.read()
    except BoardPapersError as error:
        st.warning(fault(error))
        return
    if mail is None:
        return
    st.header("By e-mail", anchor=False)
    if said := st.session_state.pop(_SAID_OF_LETTERS, ""):
        st.info(escaped(said))
    subscription = opened.subscriptions().of_list(list_key)
    if subscription:
        waiting = "" if subscription.confirmed else " Open the link in the letter that we sent there to confirm."
        st.markdown(f"{_OFTEN[subscription.often]}, to {escaped(subscription.email)}.{waiting}")
        st.button("No more letters", key="letters-stop", on_click=opened.subscriptions().stop, args=(subscription.key,))
        return
    with st.form("letters"):
        st.text_input("Your e-mail address", key="letters-email", max_chars=200)
        st.radio("How often?", list(_OFTEN), format_func=_OFTEN.get, key="letters-often", horizontal=True)
        st.form_submit_button("Send me the news", on_click=_ask_for_letters, args=(archive, list_key, mail))


def _ask_for_letters(archive: Archive, list_key: str, mail: settings.Settings) -> None:
    state = st.session_state
    email = str(state.get("letters-email", "")).strip()
    often: Often = "weekly" if state.get("letters-often") == "weekly" else "daily"
    if not _EMAIL.fullmatch(email):
        state[_SAID_OF_LETTERS] = "That is not an e-mail address: give one like name@example.gov.uk."
        return
    subscriptions = opened.subscriptions()
    try:
        latest = news.noticed(opened.store(), archive)
        made = subscriptions.ask(list_key, email, often, latest, datetime.now(UTC))
        if made is None:
            state[_SAID_OF_LETTERS] = "This address was written to several times today; try again tomorrow."
            return
        sending.ask_to_confirm(mail, subscriptions, made)
    except BoardPapersError as error:
        state[_SAID_OF_LETTERS] = str(error)
    else:
        state[_SAID_OF_LETTERS] = "Almost done: open the link in the letter that we have just sent."
