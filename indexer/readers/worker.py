"""What a worker process of `indexer.readers.pool` does: answer calls under limits, and end with its parent."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from indexer import logs
from indexer.errors import BoardPapersError
from indexer.wire import packed

_LOG = logging.getLogger("indexer")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one paper may cost: address space and answer in bytes; ``recycle`` is the papers a worker reads in a row."""

    memory: int = 3 << 30
    answer: int = 512 << 20
    recycle: int = 64


@dataclass(frozen=True, slots=True)
class Fault:
    """A paper that cannot be read, by the error that says so (`indexer.errors.BoardPapersError`)."""

    reason: str
    path: str = ""
    page: int | None = None
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """Last words of a worker that met an error which nobody foresaw."""

    reason: str


@dataclass(frozen=True, slots=True)
class Logged:
    """A record of a worker's log, which its parent writes down: the logger, the level, and what it says."""

    name: str
    level: int
    said: str


class _Upwards(logging.Handler):
    """Sends what is logged in a worker to its parent, with where an error came about and not what it says."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__(logging.INFO)
        self._pipe = pipe

    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler.emit`."""
        error = record.exc_info[1] if record.exc_info else None
        said = "\n".join([record.getMessage(), *([logs.traced(error)] if error else [])])
        with contextlib.suppress(OSError):
            self._pipe.send_bytes(packed(Logged(record.name, record.levelno, said)))


def work(pipe: Connection, function: Callable[..., object], limits: Limits) -> None:
    """Body of a worker: answer calls until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(os, "setsid"):
        os.setsid()  # its own group, so that what it starts ends with it
    _limit(limits.memory)
    _LOG.handlers[:] = [_Upwards(pipe)]
    _LOG.setLevel(logging.INFO)
    threading.Thread(target=_follow_parent, daemon=True).start()
    while True:
        try:
            arguments = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = _answer(function, arguments, limits)
        finally:
            # An error that nobody foresaw: say which and where, then end, because what it leaves behind is unknown.
            trouble = sys.exception()
            if trouble is not None:
                _LOG.error("A bug while a paper was read: %s", type(trouble).__name__, exc_info=trouble)
                pipe.send_bytes(packed(Broken(_told(trouble))))
                os._exit(1)
        try:
            pipe.send_bytes(answer)
        except OSError:
            return  # nobody waits for it any more


def _answer(function: Callable[..., object], arguments: tuple[Any, ...], limits: Limits) -> bytes:
    try:
        try:
            result = function(*arguments)
        except BoardPapersError as error:
            result = Fault(str(error), error.path, error.page, error.expected, error.found)
        answer = packed(result)
    except MemoryError:
        answer = b""
        reason = f"needs more than {limits.memory >> 20} MB of memory to read"
    except RecursionError:
        answer = b""
        reason = "nested too deeply to read"
    else:
        reason = f"its text takes {len(answer) >> 20} MB, more than the {limits.answer >> 20} MB allowed"
    if answer and len(answer) <= limits.answer:
        return answer
    return packed(Fault(reason))


def _told(trouble: BaseException) -> str:
    frames = traceback.extract_tb(trouble.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    # Not what the error says: that may be words of the paper, and nobody knows yet whether it is exempt.
    return (
        f"a fault of this program, not of the paper: {type(trouble).__name__}{where}; it was logged, please report it"
    )


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; time and answer are still limited
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _follow_parent() -> None:
    """Die with the parent, however it ended: even SIGKILL leaves no reader behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)  # and whatever it started
        os._exit(1)
