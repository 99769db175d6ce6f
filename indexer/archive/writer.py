"""Writing the archive: one paper a transaction, then words and vectors in step with it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

import numpy as np
from numpy.typing import NDArray

from indexer.archive import applying, database, engines, fetch, roots, rows, schema
from indexer.archive.database import Database
from indexer.archive.failures import plain_failures
from indexer.archive.lock import WriterLock
from indexer.archive.migrations.upgrade import ensure
from indexer.errors import ArchiveDamaged, ArchiveMissing
from indexer.records import LedgerEntry, ModelIdentity, Reading, Ruling

if TYPE_CHECKING:
    from indexer.archive.word_writer import WordWriter

# Words and vectors follow SQLite after this many passages or seconds, whichever comes first: often enough that a
# reader soon finds a paper by its words, rarely enough that commits cost little beside the embedding.
_PASSAGES, _SECONDS = 5_000, 20.0


class Writer:
    """The one writer of an archive; use it as a context manager, or call `finish` or `close`.

    Every method raises `ArchiveFull` when the disk is full or not writable, and `ArchiveDamaged` when the database
    is: what was committed before stays as it was.
    """

    def __init__(self, folder: Path, connection: Database, lock: WriterLock) -> None:
        self._folder = folder
        self._connection = connection
        self._lock = lock
        self._words: WordWriter | None = None
        self._vectors = engines.vector_writer(folder, connection, schema.model_of(connection).dimension)
        self._model = schema.model_of(connection)
        self._pending = 0
        self._settled_at = time.monotonic()
        self._open = True

    @classmethod
    def open(cls, folder: Path, model: ModelIdentity, wait: float = 0) -> Writer:
        """Open an archive for writing, making it first where there is none, and repair what a killed run left.

        Args:
            folder: the archive's folder.
            model: the encoder whose vectors will be added.
            wait: seconds to wait for another writer to finish.

        Raises:
            ArchiveLocked: another process is writing.
            ArchiveMismatch: another model made the archive, or its format cannot be upgraded.
            ArchiveFull: the folder cannot be written.
        """
        with plain_failures(folder):
            folder.mkdir(parents=True, exist_ok=True)
            if database.there(folder):
                with contextlib.suppress(ArchiveMissing):
                    ensure(folder)
            lock = WriterLock(folder, wait)
            try:
                writer = cls(folder, schema.open_for_writing(folder, model, wait), lock)
            except BaseException:
                lock.release()
                raise
            try:
                writer._ruled(*applying.to_apply(writer._connection, folder))
                if rows.is_erasing(writer._connection):
                    writer._overwrite()
                writer.settle()
            except BaseException:
                writer.close()
                raise
            return writer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Finish after success; after an error only let go: the next writer repairs what is behind."""
        if kind is None:
            self.finish()
        else:
            self.close()

    @property
    def model(self) -> ModelIdentity:
        """The encoder whose vectors the archive holds."""
        return self._model

    def add(
        self,
        reading: Reading,
        vectors: NDArray[np.float32],
        entries: Iterable[LedgerEntry] = (),
        tokens: Mapping[str, bytes] | None = None,
        leaving: Sequence[str] = (),
    ) -> None:
        """Store a paper, replacing what is stored of the same bytes.

        Args:
            reading: the paper, taken apart.
            vectors: float32 (passages, dim), rows in passage order, of `texts_to_embed`.
            entries: ledger entries to write in the same transaction.
            tokens: packed token vectors (`token_codes`) by `text_hash`; those already kept may be left out.
            leaving: ids of papers to remove in the same transaction, such as its last edition.

        Raises:
            UnreadablePaper: the reading breaks its own promises; nothing is stored.
            ArchiveDamaged: two papers' hashes begin with the same digits (about once in a hundred thousand archives).
            ValueError: the vectors do not fit.
        """
        rows.check_reading(reading, vectors, self._model.dimension)
        paper = reading.paper
        with plain_failures(self._folder), schema.transaction(self._connection):
            generation = schema.next_generation(self._connection)
            before = [old for id in (paper.id, *leaving) for old in rows.delete_paper(self._connection, id, generation)]
            if self._connection.execute("SELECT 1 FROM papers WHERE key = ?", (paper.key,)).fetchone():
                message = f"{paper.path} has the same key as another paper; it cannot be stored in this archive."
                raise ArchiveDamaged(message, path=paper.path)
            rows.insert_reading(self._connection, reading, vectors, tokens or {}, generation)
            # Only now: most texts of a paper that is read again are those that it had.
            rows.drop_unused(self._connection, before)
            rows.insert_ledger(self._connection, entries)
        self._pending += len(reading.passages)
        self._settle_if_due()

    def remove(self, paper_ids: Sequence[str], entries: Iterable[LedgerEntry] = ()) -> list[str]:
        """Remove papers and what belongs to them; return those that were there. ``entries`` as in `add`."""
        with plain_failures(self._folder), schema.transaction(self._connection):
            there = rows.remove_papers(self._connection, paper_ids)
            rows.insert_ledger(self._connection, entries)
        self._settle_if_due()
        return there

    def erase(self, paper_ids: Sequence[str], entries: Iterable[LedgerEntry] = ()) -> None:
        """Remove papers so that no byte of their text, terms or vectors remains in any file of the archive.

        If any of them was ever there, this rebuilds the word index and copies the database, which takes time in
        proportion to the archive. If it is interrupted the papers are out already, and the next writer does the rest.

        Raises:
            ArchiveLocked: a reader keeps the database's log in use; close it and open a writer again.
        """
        with plain_failures(self._folder), schema.transaction(self._connection):
            rows.remove_papers(self._connection, paper_ids)
            if left := rows.once_there(self._connection, paper_ids):
                rows.mark_erasing(self._connection)
            rows.insert_ledger(self._connection, entries)
        if left:
            self._overwrite()

    def withdraw(self, paper_id: str, reason: str, status: Literal["withdrawn", "withheld"] = "withdrawn") -> list[str]:
        """Erase a paper because a person decided so; the ledger and the rulings keep why.

        Args:
            paper_id: the paper's; it need not be in the archive, if it is in the ledger.
            reason: one line; the ledger is public.
            status: what the ledger says of it from now on.

        Returns:
            The ledger's paths of it.
        """
        with plain_failures(self._folder):
            made = applying.rule(self._connection, self._folder, paper_id, status, reason)
            return self._ruled([(paper_id, status, reason)], made)

    def release(self, paper_id: str, reason: str) -> list[str]:
        """Let in a paper that is withdrawn or withheld, wholly or in part; the next run that is offered it reads it.

        The rulings keep what it was, for anyone who reads it: a paper that was withheld has been looked at, one
        that was withdrawn may be exempt all the same.

        Returns:
            The ledger's paths of it; none if it was neither, and then nothing is changed.
        """
        with plain_failures(self._folder):
            if not applying.kept_out(self._connection, paper_id):
                return []
            made = applying.rule(self._connection, self._folder, paper_id, "released", reason)
            return self._ruled([(paper_id, "released", reason)], made)

    def know(self, folders: Mapping[str, Path], typed: frozenset[str]) -> None:
        """Keep where papers lie; see `indexer.archive.roots`."""
        with plain_failures(self._folder), schema.transaction(self._connection):
            roots.write(self._connection, self._folder, folders, typed)

    def note(self, *entries: LedgerEntry) -> None:
        """Write ledger entries over those of the same paths."""
        with plain_failures(self._folder), schema.transaction(self._connection):
            rows.insert_ledger(self._connection, entries)

    def known_vectors(self, hashes: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that the archive already holds, float32 (dim,), by the `text_hash` of what they embed.

        A text that was stored without token vectors is not known: embedded again, it gets them.
        """
        query = "SELECT e.hash, e.vector FROM embeddings e JOIN tokens t ON t.id = e.id WHERE e.hash IN"
        with plain_failures(self._folder):
            rows = fetch.among(self._connection, query, {bytes.fromhex(one) for one in hashes})
            return {hashed.hex(): np.frombuffer(vector, dtype="<f2").astype(np.float32) for hashed, vector in rows}

    def stored(self, paper_ids: Iterable[str]) -> frozenset[str]:
        """Return those of these papers that are in the archive."""
        with plain_failures(self._folder):
            return fetch.stored(self._connection, paper_ids)

    def authorities(self, folder: str) -> list[tuple[str, str, str]]:
        """Return id, path and authority ("" for none) of each paper below ``folder``, as paths name it."""
        with plain_failures(self._folder):
            return fetch.authorities(self._connection, folder)

    def repair(self) -> None:
        """Rebuild words, and vectors wherever a segment's bytes are not what was written."""
        with plain_failures(self._folder):
            self._vectors.settle(verify=True)
            self._word_writer().rebuild()

    def settle(self) -> None:
        """Bring words and vectors in step with SQLite now."""
        with plain_failures(self._folder):
            self._vectors.settle()
            self._word_writer().settle()
        self._pending, self._settled_at = 0, time.monotonic()

    def finish(self) -> None:
        """Settle everything, write the log back into the database, and let the next writer in.

        Once closed, this does nothing.
        """
        if not self._open:
            return
        try:
            self.settle()
        finally:
            self.close()

    def close(self) -> None:
        """Let go without settling; the next writer replays what is behind. Closing twice does nothing."""
        if not self._open:
            return
        self._open = False
        try:
            if self._words is not None:
                self._words.close()
            with plain_failures(self._folder):
                self._connection.close()
        finally:
            self._lock.release()

    def _ruled(self, ruled: Sequence[tuple[str, applying.Word, str]], new: Sequence[Ruling]) -> list[str]:
        """Make of papers what was ruled, and keep the rulings; return the ledger's paths of them."""
        if not ruled:
            return []
        with schema.transaction(self._connection):
            paths = applying.apply(self._connection, ruled, new)
        if rows.is_erasing(self._connection):
            self._overwrite()
        return paths

    def _overwrite(self) -> None:
        """Rewrite everything that may hold bytes of a removed paper, then forget that it was to be done."""
        with plain_failures(self._folder):
            self._vectors.settle(purge=True)
            self._word_writer().rebuild()
            self._connection.reclaim()
            rows.mark_erased(self._connection)

    def _word_writer(self) -> WordWriter:
        """Return the word index opened for writing; tantivy is loaded when it is first needed."""
        from indexer.archive.word_writer import WordWriter

        if self._words is None:
            self._words = WordWriter(self._folder, self._connection)
        return self._words

    def _settle_if_due(self) -> None:
        """Settle when enough has come together."""
        if self._pending >= _PASSAGES or time.monotonic() - self._settled_at >= _SECONDS:
            self.settle()
