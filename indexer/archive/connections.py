"""Connections to an archive's database, lent to all threads of a process that reads it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.archive import schema
from indexer.archive.failures import plain_failures
from indexer.records import ModelIdentity


class Connections:
    """Lends read-only connections, each inside a transaction: one committed state for all that a call reads.

    Args:
        folder: the archive's.
        model: the encoder that made it; another archive in its place is an error.
        renewed: called when the archive was deleted and made anew: what was read of the old one is void.
    """

    def __init__(self, folder: Path, model: ModelIdentity, renewed: Callable[[], None]) -> None:
        self._folder = folder
        self._model = model
        self._renewed = renewed
        # One connection always stays idle: it keeps the file's number from being given to a new archive.
        self._idle: list[sqlite3.Connection] = []
        self._made = schema.file_number(folder)
        self._lock = threading.Lock()

    @property
    def made(self) -> int:
        """The number of the database's file; another one once the archive was deleted and made anew."""
        return self._made

    def close(self) -> None:
        """Let go of the database; a later call opens it again."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def lend(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for one call.

        Raises:
            ArchiveMissing: the archive was deleted underneath.
            ArchiveMismatch: another model's archive took its place.
            ArchiveDamaged: it cannot be read.
        """
        with plain_failures(self._folder):
            connection, made = self._borrowed()
            try:
                with schema.transaction(connection, "DEFERRED"):
                    yield connection
            except sqlite3.Error:
                connection.close()
                raise
            except BaseException:
                self._give_back(connection, made)
                raise
            self._give_back(connection, made)

    def _borrowed(self) -> tuple[sqlite3.Connection, int]:
        """Take an idle connection or make one; start over when the archive was deleted and made anew meanwhile."""
        made = schema.file_number(self._folder)
        with self._lock:
            if made != self._made:
                for old in self._idle:
                    old.close()
                self._idle, self._made = [], made
                self._renewed()
            if len(self._idle) > 1:
                return self._idle.pop(), made
        connection = schema.open_for_reading(self._folder)
        try:
            schema.check_manifest(connection, self._folder, self._model)
        except BaseException:
            connection.close()
            raise
        return connection, made

    def _give_back(self, connection: sqlite3.Connection, made: int) -> None:
        """Keep a connection for the next call, unless the archive has been made anew since."""
        with self._lock:
            if made == self._made:
                self._idle.append(connection)
                return
        connection.close()
