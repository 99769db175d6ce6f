"""What can be done with an answer besides reading it: files to keep, and the search saved. Drawn when it is opened."""

from __future__ import annotations

import json

import streamlit as st

from search.results import Answered
from search.views import opened
from search.views.address import Asked
from search.views.exports import briefing, bundle, word
from search.views.render import answers, card, tables
from search.views.widgets import collecting, downloads, saving


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
            return briefing.briefing(answered, archive.page, card.card(answered))

        def evidence() -> bytes:
            return bundle.bundle(answered.question, bundle.sheets(answered), archive.page, archive.keeps_back)

        def as_json() -> str:
            return json.dumps(answered.to_json(), ensure_ascii=False, indent=1)

        downloads.buttons(
            ("Briefing for Word", "briefing.docx", downloads.WORD, lambda: word.word(made())),
            ("Briefing in Markdown", "briefing.md", "text/markdown", lambda: briefing.markdown(made())),
            ("Cited pages as PDF", "evidence.pdf", "application/pdf", evidence),
            ("Passages as CSV", "passages.csv", "text/csv", lambda: tables.csv_of(briefing.hit_rows(answered))),
            ("Passages as JSON", "passages.json", "application/json", as_json),
        )
        st.markdown("Save the search to see what comes in for it later.")
        saving.offer(archive, "ask", asked)
        collecting.offer(answers.quotations(answered, archive.page), answered.hits)
