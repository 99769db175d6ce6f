"""Words and vectors on this machine of rows on a server, kept in step by the processes that read them.

The writer keeps those of its own machine. On every other one the first process that finds them behind replays what
happened since, by generation, as the writer does after it was killed; the others use what is there meanwhile.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from contextlib import closing
from pathlib import Path

from indexer.archive import database, engines, rows, schema
from indexer.archive.lock import WriterLock
from indexer.archive.merging import SegmentWriter
from indexer.errors import ArchiveError, ArchiveLocked

_LOG = logging.getLogger(__name__)
# Seconds between two looks at the server, as often as a writer lets its words follow.
_EVERY = 20.0
# Holds the generation up to which nothing that was erased is left here.
_ERASED = "erased"


def settle(folder: Path) -> None:
    """Bring words and vectors in ``folder`` in step with the server's rows, unless another process is at it.

    Raises:
        ArchiveUnreachable: the server does not answer.
        ArchiveFull: there is no room.
    """
    from indexer.archive.word_writer import WordWriter

    try:
        lock = WriterLock(folder)
    except ArchiveLocked:
        return
    try:
        with closing(database.for_reading(folder)) as connection, schema.transaction(connection, "DEFERRED"):
            erased = rows.erased(connection)
            purge = _mark(folder) < erased
            if not engines.shared(folder):
                SegmentWriter(folder, connection, schema.model_of(connection).dimension).settle(purge=purge)
            words = WordWriter(folder, connection)
            with closing(words):
                if purge:
                    words.rebuild()
                words.settle()
            (folder / _ERASED).write_text(str(erased), encoding="ascii")
    finally:
        lock.release()


def _mark(folder: Path) -> int:
    with contextlib.suppress(OSError, ValueError):
        return int((folder / _ERASED).read_text(encoding="ascii"))
    return 0


class Follower:
    """Settles now and then, alongside readers, where a server keeps the rows; no program waits for it to end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._done = threading.Event()
        if database.address_of(folder):
            threading.Thread(target=self._follow, daemon=True).start()

    def close(self) -> None:
        """Look no more."""
        self._done.set()

    def _follow(self) -> None:
        while not self._done.wait(_EVERY):
            try:
                settle(self._folder)
            except ArchiveError as error:
                _LOG.warning("Words and vectors of %s stay as they are. %s", self._folder, error)
