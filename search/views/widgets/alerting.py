"""Letters for the reader's own list: ask for them, see where they go, end them. Only where a mail server is set up."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import BoardPapersError
from search.views import opened
from search.views.alerts import sending, settings
from search.views.alerts.subscriptions import Often
from search.views.feeds import news
from search.views.render.markup import escaped

if TYPE_CHECKING:
    from indexer.archive import Archive

_EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+){1,8}")
_OFTEN: dict[Often, str] = {"daily": "Every day with news", "weekly": "Once a week"}
_SAID = "said of letters"


def offer(archive: Archive, list_key: str) -> None:
    """Draw the form for letters, or where they go and the button that ends them."""
    try:
        mail = settings.read()
    except BoardPapersError as error:
        st.warning(escaped(str(error)))
        return
    if mail is None:
        return
    st.header("By e-mail", anchor=False)
    if said := st.session_state.pop(_SAID, ""):
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
        st.form_submit_button("Send me the news", on_click=_ask, args=(archive, list_key, mail))


def _ask(archive: Archive, list_key: str, mail: settings.Settings) -> None:
    state = st.session_state
    email = str(state.get("letters-email", "")).strip()
    often: Often = "weekly" if state.get("letters-often") == "weekly" else "daily"
    if not _EMAIL.fullmatch(email):
        state[_SAID] = "That is no e-mail address: give one like name@example.gov.uk."
        return
    subscriptions = opened.subscriptions()
    try:
        latest = news.noticed(opened.store(), archive)
        made = subscriptions.ask(list_key, email, often, latest, datetime.now(UTC))
        if made is None:
            state[_SAID] = "This address was written to several times today; try again tomorrow."
            return
        sending.ask_to_confirm(mail, subscriptions, made)
    except BoardPapersError as error:
        state[_SAID] = str(error)
    else:
        state[_SAID] = "Almost done: open the link in the letter that we have just sent."
