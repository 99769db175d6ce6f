"""Snapshots: database and words of one state for all that a thread reads until it is done; rankings by words."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.archive import fetch
from indexer.archive.connections import Connections
from indexer.records import ArchiveState, Filters, ModelIdentity, Scored, WordQuery

if TYPE_CHECKING:
    from indexer.archive.words import Words, WordView

# Looks for words and a database that fit each other, while another archive takes the place of this one.
_TRIES = 3


class _Pinned(threading.local):
    """The words that a thread ranks by inside of a snapshot."""

    words: WordView | None = None


class Snapshots(Connections):
    """Connections that also keep a thread at one state of the word index."""

    def __init__(self, folder: Path, model: ModelIdentity | None) -> None:
        super().__init__(folder, model)
        self._ranked_by = _Pinned()

    @property
    def words(self) -> WordView | None:
        """The words of this thread's snapshot; None where there are none, or outside of `pin`."""
        return self._ranked_by.words

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
            self._ranked_by.words = words
            held.callback(setattr, self._ranked_by, "words", None)
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
        """Leave out ids that the database does not hold, or of papers that changed after ``generation``."""
        ids = {scored.id for scored in ranked}
        query = f"SELECT key FROM papers WHERE generation <= {generation:d} AND key IN"  # noqa: S608 - a number
        with self.lend() as connection:
            there = {id for (id,) in fetch.among(connection, "SELECT id FROM passages WHERE id IN", ids)}
            same = {key for (key,) in fetch.among(connection, query, {id >> 20 for id in there})}
        return [scored for scored in ranked if scored.id in there and scored.id >> 20 in same]
