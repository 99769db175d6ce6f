"""The engine and the archive, opened once per process and shared by pages and routes. Nothing of Streamlit here."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import threading
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from indexer import defaults, logs
from indexer.archive import people_of, place
from indexer.errors import ArchiveError, BoardPapersError
from search import memory
from search.bounds import BOUNDS
from search.collections import Collections
from search.people import hidden
from search.saved import Store
from search.subscriptions import Subscriptions
from search.views.admin.jobs import Jobs

if TYPE_CHECKING:
    from indexer.archive import Archive
    from search.engine import Engine
    from search.history.threads import Threads

VARIABLE = "BOARD_PAPERS_ARCHIVE"
SAVED_VARIABLE = "BOARD_PAPERS_SAVED"
ALERTS_VARIABLE = "BOARD_PAPERS_ALERTS"
ADMINS_VARIABLE = "BOARD_PAPERS_ADMINS"
READER_VARIABLE = "BOARD_PAPERS_READER_HEADER"

# Apart, so that nobody who only browses waits for the model to be loaded.
_OPENING, _LOADING = threading.Lock(), threading.Lock()
_WARMED = threading.Event()
# The engine in use, and what it is of: folder, archive, model and settings.
_ENGINE: list[tuple[tuple[object, ...], Engine]] = []
_THREADS: list[Threads] = []  # those of the archive in use


def folder() -> Path:
    """Name the archive's folder: the environment's, else the default, else the sample's where only that is there."""
    if named := os.environ.get(VARIABLE):
        return place(named)
    # The sample is of an invented council, which never mixes with real papers.
    own, sample = defaults.folder("archive"), defaults.folder("sample-archive")
    return sample if sample.is_dir() and not own.is_dir() else own


def is_sample() -> bool:
    """Whether what is shown is the sample of an invented council."""
    return folder() == defaults.folder("sample-archive")


def store() -> Store:
    """Give the saved searches: in the file that the environment names, else beside the archive."""
    own = folder().resolve()
    return Store(Path(os.environ.get(SAVED_VARIABLE) or own.with_name(f"{own.name}-saved.sqlite")))


def collections() -> Collections:
    """Give readers' collections, which lie beside the archive."""
    own = folder().resolve()
    return Collections(own.with_name(f"{own.name}-collections.sqlite"))


def subscriptions() -> Subscriptions:
    """Give who gets letters: in the file that the environment names, else beside the archive."""
    own = folder().resolve()
    return Subscriptions(Path(os.environ.get(ALERTS_VARIABLE) or own.with_name(f"{own.name}-alerts.sqlite")))


def reader(headers: Mapping[str, str]) -> str:
    """Name the reader, by the header that the sign-on in front of the app sets; "" where none is set up, or sent."""
    named = os.environ.get(READER_VARIABLE, "")
    return headers.get(named, "").strip() if named else ""


def admin(headers: Mapping[str, str]) -> str:
    """Name the reader if it is one who looks after the archive; "" for all others, and where nobody is named."""
    name = reader(headers).casefold()
    admins = {one.strip().casefold() for one in os.environ.get(ADMINS_VARIABLE, "").split(",")}
    return name if name and name in admins else ""


def jobs() -> Jobs:
    """Give what is started from the browser; its log lies beside the archive."""
    own = folder().resolve()
    return Jobs(own.with_name(f"{own.name}-admin"), folder())


def hidden_people() -> list[tuple[str, str]]:
    """Give the authority ("" for any) and name of everybody who is left out of the register of people, by name.

    Raises:
        ArchiveDamaged: the file of names cannot be read.
    """
    return sorted(hidden.given(people_of(folder())).values(), key=lambda one: one[::-1])


def rule_on_person(who: str, name: str, authority: str, *, hide: bool) -> None:
    """Leave a name out of the register of people, or let it in again; it is kept who did so, as of other acts.

    Raises:
        BadArguments: it is not a person's name.
    """
    hidden.rule(people_of(folder()), name, authority, hide=hide)
    jobs().noted(who, f"people {'--hide' if hide else '--show'} {name}")


def archive() -> Archive:
    """Open the archive for browsing, whichever model made it.

    Raises:
        ArchiveError: there is none, or it cannot be read.
    """
    with _OPENING:
        return _archive(folder())


def threads() -> Threads:
    """Give the threads of the archive; errors as of `archive`."""
    from search.history.threads import Threads

    held = archive()
    with _OPENING:
        if not _THREADS or _THREADS[0].library is not held:
            _THREADS[:] = [Threads(held)]
        return _THREADS[0]


def engine() -> Engine:
    """Open the engine with its model; again, where the archive or the thresholds have changed.

    Raises:
        ArchiveError: there is no archive, or it cannot be read.
        ModelError: the model's weights are missing or wrong.
    """
    # Imported when first asked: the model's libraries take seconds, and the other pages need none of them.
    from search.settings import of_archive
    from search.views.watching.counted import Counted

    held = archive()
    with _LOADING:
        with held.snapshot() as state:
            of = (held.folder, state.archive, held.model, of_archive(held.folder))
        if not _ENGINE or _ENGINE[0][0] != of:
            before = _ENGINE[0][1].encoder if _ENGINE else None
            fits = before if before and before.identity == of[2] else None
            _ENGINE[:] = [(of, Counted.over(held, of[3], fits))]
        return _ENGINE[0][1]


def waiting() -> str:
    """Say why this process can answer no question just now; "" where it can. It names no folder of the server."""
    if not _WARMED.is_set():
        return "the first questions are being prepared"
    if not _ENGINE:
        return "the model is not loaded"
    try:
        archive().newest()
    except ArchiveError:
        return "the archive cannot be read"
    return ""


@contextlib.asynccontextmanager
async def warmed(_app: object) -> AsyncIterator[None]:
    """Load the model beside the server's start, so that the first reader does not wait for it."""
    logs.set_up()
    _ends_in_time()
    threading.Thread(target=_warm, daemon=True).start()
    yield


def _ends_in_time() -> None:
    """Let the server, when it is to end, wait for browsers' connections no longer than `Bounds.end_seconds`.

    Streamlit has no setting for it and uvicorn's own is for ever, so a browser that does not answer would keep it up.
    The signal's handler belongs to the server, which has the setting.
    """
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    if config := getattr(server, "config", None):
        config.timeout_graceful_shutdown = BOUNDS.end_seconds


def _warm() -> None:
    # What is wrong with the archive or the model is shown to the reader who asks.
    with contextlib.suppress(BoardPapersError):
        engine().ask("warm")
        engine().examples()
    _WARMED.set()
    memory.tidy_seldom()


@functools.lru_cache(maxsize=2)
def _archive(place: Path) -> Archive:
    from indexer.archive import Archive

    return Archive.open(place, None)
