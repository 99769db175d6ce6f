"""What is on screen as files to keep: the buttons. A file is made when its button is pressed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


Make = Callable[[], bytes | str]


def buttons(*choices: tuple[str, str, str, Make]) -> None:
    """Draw buttons that make a file when they are pressed.

    Args:
        choices: the button's label, the file's name and kind, and what makes it.
    """
    with st.container(horizontal=True):
        for label, name, kind, make in choices:
            st.download_button(label, make, name, kind, on_click="ignore", key=f"keep-{name}")
