"""What can be done with an answer apart from reading it: kept, saved, reported as wrong, summarised by a machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from indexer.errors import BadArguments, FeedbackError
from search import feedback
from search.bounds import BOUNDS
from search.feedback import Reason
from search.results import Answered
from search.summary import settings
from search.views import opened
from search.views.address import Asked
from search.views.exports import bundle
from search.views.render import answers, briefing, card
from search.views.render.markup import escaped, plain
from search.views.widgets import collecting, downloads, saving

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.records import Filters
    from search.results import Answered


@st.fragment
def offer(asked: Asked, answered: Answered) -> None:
    """Draw the closed box, and what is in it once it is open."""
    box = st.expander("Keep or save this answer", on_change="rerun", key="keeping")
    if not box.open:
        return
    with box:
        st.markdown("These files hold quotations only, each with its reference as a note.")
        archive = opened.archive()

        def made() -> briefing.Briefing:
            return briefing.briefing(answered, archive.plain_page, card.card(answered))

        def evidence() -> bytes:
            return bundle.bundle(answered.question, bundle.sheets(answered), archive.page, archive.keeps_back)

        downloads.buttons(
            *downloads.briefings("briefing", made),
            ("Cited pages as PDF", "evidence.pdf", "application/pdf", evidence),
            downloads.csv_file("Passages", "passages", lambda: briefing.hit_rows(answered)),
            downloads.json_file("Passages", "passages", answered.to_json),
        )
        st.markdown("Save the search to see what comes in for it later.")
        saving.offer(archive, "ask", asked)
        collecting.offer(answers.quotations(answered, archive.plain_page), answered.hits)


def summary(answered: Answered) -> None:
    """Draw the button below an answer, and the summary once it was pressed; nothing where none is set up."""
    try:
        given = settings.from_environment()
    except BadArguments as error:
        st.warning(escaped(f"No summary can be made: {error}"))
        return
    if given is None or not answered.answer:
        return
    mark = (answered.question, tuple((sentence.text, sentence.hit) for sentence in answered.answer))
    if st.button("Summarise by machine", key="summarise"):
        # Its libraries are loaded only when somebody asks for it.
        from search.summary import summarise

        with st.spinner("The machine is writing…"):
            st.session_state["summary"] = (mark, summarise.attempted(answered, given))
    known, made = st.session_state.get("summary", (None, {}))
    if known == mark:
        draw_summary(made)


def draw_summary(made: dict[str, Any]) -> None:
    """Draw a summary as `search.summary.summarise` gives it, or why there is none."""
    if "error" in made:
        st.warning(escaped(f"There is no summary: {made['error']}. The quotations above do not depend on it."))
        return
    st.subheader("Summary by a machine", anchor=False)
    st.html(summary_html(made))


def summary_html(made: dict[str, Any]) -> str:
    """Give a summary as HTML, what it is before what it says."""
    rows = "".join(f"<li>{plain(one['text'])} [{', '.join(map(str, one['hits']))}]</li>" for one in made["sentences"])
    return f'<p class="reference">{plain(made["notice"])}</p>' + (f"<ul>{rows}</ul>" if rows else "")


_SAID = "said of reporting"


def report(archive: Archive, answered: Answered, filters: Filters) -> None:
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
