"""What is logged for the people who run the program, by the standard library's logging: never a word of a paper.

Our own loggers (``indexer…`` and ``search…``) write to standard error, and to a file where one is named, each line with
the number of the request that it belongs to. Messages are our own words, paths, counts and ids; of an error its type
and traceback are logged, not its message, which may quote a paper that nobody may read.
"""

from __future__ import annotations

import argparse
import contextlib
import linecache
import logging
import logging.handlers
import os
import secrets
import sys
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

FILE_VARIABLE: Final = "BOARD_PAPERS_LOG"
_OURS: Final = ("indexer", "search")
# Loggers of the app's server that print the messages of errors.
_SERVERS: Final = ("uvicorn.error", "streamlit.error_util")
_LINE: Final = "%(asctime)s %(levelname)s %(process)d %(request)s %(name)s: %(message)s"
_FILE_BYTES, _FILES = 10_000_000, 5
_FRAMES: Final = 40  # of an error, the innermost ones

_REQUEST: ContextVar[str] = ContextVar("request", default="-")
_LOG = logging.getLogger(__name__)


def set_up(verbose: int = 0, file: Path | None = None) -> None:
    """Write warnings to standard error, and more if asked; to a file, where one is named, what happens as well.

    Args:
        verbose: 1 also logs what happens, 2 also why.
        file: appended to, and kept below 60 MB with the five files before it; `FILE_VARIABLE` names one otherwise.
    """
    console = _ToStandardError()
    console.setLevel((logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)])
    console.setFormatter(_Formatter(_LINE if verbose else "%(message)s"))
    handlers: list[logging.Handler] = [console]
    named = file or (Path(os.environ[FILE_VARIABLE]) if os.environ.get(FILE_VARIABLE) else None)
    if named:
        named.parent.mkdir(parents=True, exist_ok=True)
        kept = logging.handlers.RotatingFileHandler(named, "a", _FILE_BYTES, _FILES, encoding="utf-8", delay=True)
        kept.setFormatter(_Formatter(_LINE))
        kept.setLevel(logging.DEBUG if verbose > 1 else logging.INFO)
        handlers.append(kept)
    for name in _OURS:
        logger = logging.getLogger(name)
        for before in logger.handlers[:]:
            logger.removeHandler(before)
            before.close()
        for handler in handlers:
            logger.addHandler(handler)
        logger.setLevel(min(handler.level for handler in handlers))
    for name in _SERVERS:
        logging.getLogger(name).addFilter(_silent)
    sys.excepthook = _unforeseen


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `set_up` to a command."""
    parser.add_argument("-v", "--verbose", action="count", default=0, help="say what happens; twice: also why")
    parser.add_argument("--log", type=Path, metavar="FILE", help="write what happens to a file too; no text of papers")


def traced(error: BaseException) -> str:
    """Return an error's traceback and type, without its message."""
    parts = []
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and before is not error:
        parts += [traced(before), "which led to"]
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    parts += [frame_line(frame.filename, frame.lineno or 0, frame.name) for frame in frames]
    return "\n".join([*parts, type(error).__name__])


def frame_line(file: str, line: int, function: str) -> str:
    """Return one frame of a traceback with its line of the program."""
    return f'  File "{file}", line {line}, in {function}\n    {linecache.getline(file, line).strip()}'


@contextlib.contextmanager
def request(number: str = "") -> Iterator[str]:
    """Give everything logged within it one request number; return that."""
    given = number or secrets.token_hex(4)
    token = _REQUEST.set(given)
    try:
        yield given
    finally:
        _REQUEST.reset(token)


class Edge:
    """Where a request ends: an unforeseen error is logged as a bug here, and the reader gets a plain line.

    Used as a context manager; ``failed`` says afterwards whether there was one.
    """

    def __init__(self) -> None:
        self.failed = False
        self._number = "-"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.failed = isinstance(error, Exception)
        given = _REQUEST.get()
        if isinstance(error, Exception):
            with request("" if given == "-" else given) as self._number:
                _LOG.error("A bug: %s", type(error).__name__, exc_info=error)
        return self.failed

    @property
    def line(self) -> str:
        """The line for the reader."""
        return f"Something went wrong here that should not have. It was logged as {self._number}; please report it."


class _ToStandardError(logging.StreamHandler[TextIO]):
    """Writes to what standard error is at the time."""

    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler.emit`."""
        self.stream = sys.stderr
        super().emit(record)


class _Formatter(logging.Formatter):
    """Adds the request's number, and leaves out the messages of errors."""

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter.format`."""
        record.request = _REQUEST.get()
        # Another handler may have formatted the error, message and all.
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: object) -> str:
        """See `logging.Formatter.formatException`."""
        error = ei[1] if isinstance(ei, tuple) else None
        return traced(error) if isinstance(error, BaseException) else ""


def _silent(record: logging.LogRecord) -> bool:
    """Take an error's message out of a server's record."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        record.exc_info, record.exc_text = None, traced(error)
    return True


def _unforeseen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log an error that nobody caught, and say so in one line."""
    if not isinstance(error, Exception):
        sys.__excepthook__(kind, error, trace)
        return
    _LOG.critical("A bug of this program, %s: please report it with what follows", kind.__name__, exc_info=error)
