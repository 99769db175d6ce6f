"""The engine and the archive for a page, or what a reader is shown when they cannot be opened."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from indexer import logs
from indexer.errors import ArchiveMismatch, ArchiveMissing, BoardPapersError, ModelError
from search.views import opened
from search.views.render.markup import escaped, fault

if TYPE_CHECKING:
    from indexer.archive import Archive
    from search.engine import Engine

_LOG = logging.getLogger(__name__)
_WAYS = {
    "Add a folder of papers:": "python -m indexer index data/papers",
    "Follow your council, so that its papers come by themselves:": (
        "python -m indexer follow https://democracy.example.gov.uk/\npython -m indexer sync"
    ),
    "Try the sample, papers of an invented council:": (
        "python -m indexer index data/sample --archive data/sample-archive"
    ),
}


def show(draw: Callable[[Archive], None], title: str = "") -> None:
    """Open the archive and draw a page from it; what cannot be read then or while drawing is explained.

    Args:
        draw: draws the page; the archive may also be deleted or made again under its hands.
        title: the heading over the explanation where the archive cannot be opened, for pages that draw their own.
    """
    with logs.request(), logs.Edge() as edge:
        try:
            archive = opened.archive()
        except BoardPapersError as error:
            if title:
                st.title(title, anchor=False)
            explain(error)
            return
        try:
            # The page, however much is drawn, is of one state of the archive.
            with archive.snapshot():
                draw(archive)
        except BoardPapersError as error:
            explain(error)
    if edge.failed:
        st.error(edge.line)


def head(words: str) -> None:
    """Draw a page's heading and name the window after it, so that tabs and steps back can be distinguished."""
    named(words)
    st.title(escaped(words), anchor=False)


def named(words: str) -> None:
    """Name the window, where what is shown has another name than its page."""
    st.set_page_config(page_title=f"{words} – Board papers")


def engine() -> Engine:
    """Open the engine, saying so while the model is loaded.

    Raises:
        ArchiveError: the archive cannot be read, or another model made it.
        ModelError: the model's weights are missing or wrong.
    """
    with st.spinner("Opening the archive…"):
        return opened.engine()


def leads(handle: str) -> bool:
    """Say whether the thread of a decision or item leads anywhere; errors as of `Threads.leads`."""
    return opened.threads().leads(handle)


def explain(error: BoardPapersError) -> None:
    """Say what happened and what to do, by the kind of error, and the error's own line; the log has that whole."""
    _LOG.warning("%s", error)
    if isinstance(error, ArchiveMissing):
        st.warning("There is no archive yet. Fill one in one of these ways, then reload this page.")
        _ways()
    elif isinstance(error, ArchiveMismatch):
        st.error("The archive was made by another version or another language model.")
    elif isinstance(error, ModelError):
        st.error("The language model cannot be loaded, so questions cannot be answered. The other pages still work.")
    else:
        st.error("That did not work. Nothing in the archive is lost.")
    st.markdown(fault(error))


def empty(archive: Archive) -> bool:
    """Whether the archive holds nothing yet; if so, say that, and how to fill it."""
    if archive.totals().papers:
        return False
    st.info("The archive is empty. Fill it in one of these ways, then reload this page.")
    _ways()
    return True


def _ways() -> None:
    """Draw the ways to fill an archive."""
    for what, command in _WAYS.items():
        st.markdown(what)
        st.code(command, language=None)
