"""The button for an answer that is wrong, with what is wrong about it. Drawn only where reports have a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import FeedbackError
from search import feedback
from search.bounds import BOUNDS
from search.feedback import Reason
from search.views.render.markup import escaped

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.records import Filters
    from search.results import Answered

_SAID = "said of reporting"


def offer(archive: Archive, answered: Answered, filters: Filters) -> None:
    """Draw the form, closed, and what came of sending it."""
    if feedback.path() is None:
        return
    if said := st.session_state.pop(_SAID, ""):
        st.info(escaped(said))
    with st.expander("This answer is wrong"), st.form("report", clear_on_submit=True):
        st.radio("What is wrong?", list(feedback.REASONS), format_func=feedback.REASONS.get, key="report-reason")
        ranks = ["none", *(str(hit.rank) for hit in answered.hits)]
        st.selectbox("Which passage answers?", ranks, format_func=_named, key="report-right")
        st.text_input(
            "In your words (optional; name no private person)", max_chars=BOUNDS.remark_characters, key="report-remark"
        )
        st.markdown("Your question, the passages shown and what you say here stay on this machine.")
        st.form_submit_button("Send", on_click=_send, args=(archive, answered, filters))


def _named(rank: str) -> str:
    return "None of these" if rank == "none" else f"Passage {rank}"


def _send(archive: Archive, answered: Answered, filters: Filters) -> None:
    file = feedback.path()
    if file is None:
        return
    state = st.session_state
    rank = str(state.get("report-right", "none"))
    right = next((hit for hit in answered.hits if str(hit.rank) == rank), None)
    chosen = state.get("report-reason")
    reason: Reason = next((reason for reason in feedback.REASONS if reason == chosen), "other")
    one = feedback.report(answered, filters, reason, str(state.get("report-remark", "")), right, archive)
    try:
        feedback.keep(file, one)
    except FeedbackError as error:
        state[_SAID] = str(error)
    else:
        state[_SAID] = "Thank you. It is kept for those who look after this archive."
