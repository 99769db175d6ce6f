"""The engine and the archive for a page, or what to tell a reader when they cannot be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from indexer.errors import ArchiveMismatch, ArchiveMissing, BoardPapersError, ModelError
from search.views import opened
from search.views.markup import escaped

if TYPE_CHECKING:
    from indexer.archive import Archive
    from search.engine import Engine


def engine() -> Engine:
    """Open the engine, or tell the reader what is wrong and end the page."""
    try:
        with st.spinner("Opening the archive…"):
            return opened.engine()
    except BoardPapersError as error:
        explain(error)
        st.stop()


def archive() -> Archive:
    """Open the archive without the model, or tell the reader what is wrong and end the page."""
    try:
        return opened.archive()
    except BoardPapersError as error:
        explain(error)
        st.stop()


def explain(error: BoardPapersError) -> None:
    """Say what happened and what to do, by the kind of error; the error's own line names places and values."""
    if isinstance(error, ArchiveMissing):
        st.warning("There is no archive yet. Put the papers in a folder and index them, then reload this page.")
        st.code("python -m indexer index data/papers", language=None)
    elif isinstance(error, ArchiveMismatch):
        st.error("The archive was made by another version or another language model and must be built again.")
    elif isinstance(error, ModelError):
        st.error("The language model cannot be loaded, so questions cannot be answered. The other pages still work.")
    else:
        st.error("That did not work. Nothing in the archive is lost.")
    st.markdown(escaped(str(error)))


def empty() -> None:
    """Say that the archive holds nothing yet and how to fill it."""
    st.info("The archive is empty. Index a folder of papers, then reload this page.")
    st.code("python -m indexer index data/papers", language=None)
