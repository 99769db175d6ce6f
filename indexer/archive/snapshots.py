"""Connections for all threads of a process; snapshots: database and words of one state until a thread is done."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.archive import database, fetch, schema
from indexer.archive.database import Database
from indexer.archive.failures import plain_failures
from indexer.archive.opening import prepare
from indexer.errors import ArchiveError, ArchiveUnreachable
from indexer.records import ArchiveState, Filters, ModelIdentity, Scored, WordQuery

if TYPE_CHECKING:
    from indexer.archive.words import Words, WordView

# Looks for words and a database that fit each other, while another archive takes the place of this one.
_TRIES = 3


class _Pinned(threading.local):
    """What a thread reads, and the words that it ranks by, all through a snapshot."""

    connection: Database | None = None
    state: ArchiveState | None = None
    words: WordView | None = None


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
        """Keep this thread at one committed state: every connection it gets until the end sees that one.

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


class Snapshots(Connections):
    """Connections that also keep a thread at one state of the word index."""

    def __init__(self, folder: Path, model: ModelIdentity | None) -> None:
        super().__init__(folder, model)

    @property
    def words(self) -> WordView | None:
        """The words of this thread's snapshot; None where there are none, or outside of `pin`."""
        return self._pinned.words

    @contextmanager
    def pin(self) -> Iterator[ArchiveState]:
        """Keep this thread at one committed state of the database, and at words that reflect it or an earlier one.

        Vectors need no keeping: which of their rows count is said by the database.
        """
        if (pinned := self.pinned) is not None:
            yield pinned
            return
        with ExitStack() as held:
            for _ in range(_TRIES):
                held.close()
                # First the words: what they reflect is then in the database already.
                words = self._words.view()
                state = held.enter_context(super().pin())
                if words is None or words.fits(state):
                    break
            else:
                words = None
            self._pinned.words = words
            held.callback(setattr, self._pinned, "words", None)
            yield state

    def match_words(self, query: WordQuery, limit: int, filters: Filters) -> list[Scored]:
        """Rank passages by BM25, best first; see `indexer.archive.words`."""
        passages: list[Scored] = []
        offset = 0
        with self.pin():
            # Passages changed or removed since the index was last written are skipped, and others take their places.
            while self.words and len(passages) < limit:
                ranked = self.words.match(query, limit, filters, offset)
                passages += self._known(ranked, self.words.generation)
                offset += limit
                if len(ranked) < limit:
                    break
        return passages[:limit]

    def like(self, word: str, limit: int) -> list[int]:
        """Find passages that hold a word of nearly the same letters."""
        with self.pin():
            ranked = self.words.like(word, limit) if self.words else []
            return [scored.id for scored in self._known(ranked, self.words.generation if self.words else 0)]

    def term_frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """Count the passages that hold each word."""
        with self.pin():
            return self.words.frequencies(words) if self.words else dict.fromkeys(words, 0)

    @cached_property
    def _words(self) -> Words:
        """The word index; tantivy is loaded when it is first asked. It notices by itself when it is rebuilt."""
        from indexer.archive.words import Words

        return Words(self._folder)

    def _known(self, ranked: Sequence[Scored], generation: int) -> list[Scored]:
        """Leave out ids of papers that are gone, or changed after ``generation``: of the others the index holds all."""
        query = f"SELECT key FROM papers WHERE generation <= {generation:d} AND key IN"  # noqa: S608 - a number
        with self.lend() as connection:
            same = {key for (key,) in fetch.among(connection, query, {scored.id >> 20 for scored in ranked})}
        return [scored for scored in ranked if scored.id >> 20 in same]
