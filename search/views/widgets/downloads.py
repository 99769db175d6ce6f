"""What is on screen as files to keep: the buttons. A file is made when its button is pressed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from search.views.exports import word
from search.views.render import briefing, tables

Choice = tuple[str, str, str, Callable[[], bytes | str]]  # the button's label, the file's name and kind, what makes it

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def briefings(name: str, make: Callable[[], briefing.Briefing]) -> tuple[Choice, Choice]:
    """Offer a briefing for Word and in Markdown, in files of this name."""
    return (
        ("Briefing for Word", f"{name}.docx", _WORD, lambda: word.word(make())),
        ("Briefing in Markdown", f"{name}.md", "text/markdown", lambda: briefing.markdown(make())),
    )


def csv_file(what: str, name: str, rows: Callable[[], Sequence[Mapping[str, str]]]) -> Choice:
    """Offer rows for a spreadsheet."""
    return f"{what} as CSV", f"{name}.csv", "text/csv", lambda: tables.csv_of(rows())


def json_file(what: str, name: str, value: Callable[[], object]) -> Choice:
    """Offer a value as the commands and the API print it."""
    made = lambda: json.dumps(value(), ensure_ascii=False, indent=1)  # noqa: E731
    return f"{what} as JSON", f"{name}.json", "application/json", made


def buttons(*choices: Choice) -> None:
    """Draw buttons that make a file when they are pressed."""
    with st.container(horizontal=True):
        for label, name, kind, make in choices:
            st.download_button(label, make, name, kind, on_click="ignore", key=f"keep-{name}")
