"""Connections to an archive's database, lent to all threads of a process that reads it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.archive import database, schema
from indexer.archive.database import Database
from indexer.archive.failures import plain_failures
from indexer.archive.opening import prepare
from indexer.errors import ArchiveError, ArchiveUnreachable
from indexer.records import ArchiveState, ModelIdentity


class _Pinned(threading.local):
    """What a thread reads all through a snapshot."""

    connection: Database | None = None
    state: ArchiveState | None = None


class Connections:
    """Lends read-only connections, each inside a transaction: one committed state for all that a call reads.

    Args:
        folder: the archive's.
        model: the encoder that must have made it; None for whichever did.
    """

    def __init__(self, folder: Path, model: ModelIdentity | None) -> None:
        self._folder = folder
        self._model = model
        # One connection always stays idle: it keeps the file's number from being given to a new archive.
        self._idle: list[Database] = []
        self._made = self._prepared = database.number(folder)
        self._lock = threading.Lock()
        self._pinned = _Pinned()

    def close(self) -> None:
        """Let go of the database; a later call opens it again."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @property
    def pinned(self) -> ArchiveState | None:
        """The state that this thread is kept at, None outside of `pin`."""
        return self._pinned.state

    @contextmanager
    def pin(self) -> Iterator[ArchiveState]:
        """Keep this thread at one committed state: all that it is lent until the end sees that one.

        Raises:
            ArchiveError: as `lend`.
        """
        if self._pinned.state is not None:
            yield self._pinned.state
            return
        with self.lend() as connection:
            state = schema.state_of(connection)
            self._pinned.connection, self._pinned.state = connection, state
            try:
                yield state
            finally:
                self._pinned.connection = self._pinned.state = None

    @contextmanager
    def lend(self) -> Iterator[Database]:
        """Lend a connection for one call; inside of `pin`, that one.

        Raises:
            ArchiveMissing: the archive was deleted underneath.
            ArchiveMismatch: another model's archive took its place.
            ArchiveDamaged: it cannot be read.
        """
        with plain_failures(self._folder):
            if self._pinned.connection is not None:
                yield self._pinned.connection
                return
            with self.newest() as connection:
                yield connection

    @contextmanager
    def newest(self) -> Iterator[Database]:
        """Lend a connection at the latest committed state, whatever this thread is kept at; raises as `lend`."""
        with plain_failures(self._folder):
            connection, made = self._borrowed()
            try:
                with schema.transaction(connection, "DEFERRED"):
                    yield connection
            except (sqlite3.Error, ArchiveError) as error:
                connection.close()
                if isinstance(error, ArchiveUnreachable):
                    self.close()  # a restarted server knows none of the others either
                raise
            except BaseException:
                self._give_back(connection, made)
                raise
            self._give_back(connection, made)

    def _borrowed(self) -> tuple[Database, int]:
        """Take an idle connection or make one; start over when the archive was deleted and rebuilt meanwhile."""
        made = database.number(self._folder)
        with self._lock:
            if made != self._made:
                for old in self._idle:
                    old.close()
                self._idle, self._made = [], made
            if len(self._idle) > 1:
                return self._idle.pop(), made
            rebuilt = self._prepared != made
        if rebuilt:
            # It may be an old backup: of an older format, and from before papers were withdrawn.
            prepare(self._folder)
            self._prepared = made = database.number(self._folder)
        connection = database.for_reading(self._folder)
        try:
            schema.check_manifest(connection, self._folder, self._model)
        except BaseException:
            connection.close()
            raise
        return connection, made

    def _give_back(self, connection: Database, made: int) -> None:
        """Keep a connection for the next call, unless the archive has been rebuilt since."""
        with self._lock:
            if made == self._made:
                self._idle.append(connection)
                return
        connection.close()
