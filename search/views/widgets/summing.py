"""The button for a summary by machine, where the council set one up, and the summary, marked as what it is."""

from __future__ import annotations

from typing import Any

import streamlit as st

from indexer.errors import BadArguments
from search.results import Answered
from search.summary import settings
from search.views.render.markup import escaped, plain


def offer(answered: Answered) -> None:
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
    known, told = st.session_state.get("summary", (None, {}))
    if known == mark:
        draw(told)


def draw(told: dict[str, Any]) -> None:
    """Draw a summary as `search.summary.summarise` gives it, or why there is none."""
    if "error" in told:
        st.warning(escaped(f"There is no summary: {told['error']}. The quotations above do not depend on it."))
        return
    st.subheader("Summary by a machine", anchor=False)
    st.html(html(told))


def html(told: dict[str, Any]) -> str:
    """Give a summary as HTML, what it is before what it says."""
    rows = "".join(f"<li>{plain(one['text'])} [{', '.join(map(str, one['hits']))}]</li>" for one in told["sentences"])
    return f'<p class="reference">{plain(told["notice"])}</p>' + (f"<ul>{rows}</ul>" if rows else "")
