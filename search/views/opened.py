"""The engine and the archive, opened once per process and shared by pages and routes. Nothing of Streamlit here."""

from __future__ import annotations

import contextlib
import functools
import os
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import BoardPapersError
from search.saved import Store

if TYPE_CHECKING:
    from indexer.archive import Archive
    from search.engine import Engine

DEFAULT_ARCHIVE = "data/archive"
VARIABLE = "BOARD_PAPERS_ARCHIVE"
SAVED_VARIABLE = "BOARD_PAPERS_SAVED"

# Apart, so that nobody who only browses waits for the model to be loaded.
_OPENING, _LOADING = threading.Lock(), threading.Lock()


def folder() -> Path:
    """Name the archive's folder: the environment's, else the default."""
    return Path(os.environ.get(VARIABLE) or DEFAULT_ARCHIVE)


def store() -> Store:
    """Give the saved searches: in the file that the environment names, else beside the archive."""
    own = folder().resolve()
    return Store(Path(os.environ.get(SAVED_VARIABLE) or own.with_name(f"{own.name}-saved.sqlite")))


def archive() -> Archive:
    """Open the archive for browsing, whichever model made it.

    Raises:
        ArchiveError: there is none, or it cannot be read.
    """
    with _OPENING:
        return _archive(folder())


def engine() -> Engine:
    """Open the engine with its model.

    Raises:
        ArchiveError: there is no archive, it cannot be read, or another model made it.
        ModelError: the model's weights are missing or wrong.
    """
    with _LOADING:
        return _engine(folder())


def forget() -> None:
    """Open both anew when they are next asked for: another model's archive stands where theirs was."""
    _archive.cache_clear()
    _engine.cache_clear()


@contextlib.asynccontextmanager
async def warmed(_app: object) -> AsyncIterator[None]:
    """Load the model beside the server's start, so that the first reader does not wait for it."""
    threading.Thread(target=_warm, daemon=True).start()
    yield


def _warm() -> None:
    # What is wrong with the archive or the model is told to the reader who asks.
    with contextlib.suppress(BoardPapersError):
        engine().ask("warm")


@functools.lru_cache(maxsize=2)
def _archive(place: Path) -> Archive:
    from indexer.archive import Archive

    return Archive.open(place, None)


@functools.lru_cache(maxsize=2)
def _engine(place: Path) -> Engine:
    # Imported when first asked: the model's libraries take seconds, and the other pages need none of them.
    from search.engine import Engine

    with _OPENING:
        opened = _archive(place)
    return Engine.over(opened)
