"""Reading the archive: one object for all threads of a process, always at the latest committed paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.archive import database, engines, fetch, roots, schema, undertakings
from indexer.archive.audit import audit, behind
from indexer.archive.failures import plain_failures
from indexer.archive.kept import Kept
from indexer.archive.names import Names
from indexer.archive.opening import prepare
from indexer.archive.register import Register
from indexer.archive.replicas import Follower
from indexer.archive.snapshots import Snapshots
from indexer.archive.tables import keys_of
from indexer.records import (
    ArchiveState,
    Bookmark,
    Facets,
    Filters,
    LedgerEntry,
    ModelIdentity,
    Page,
    PageFault,
    Paper,
    Ruling,
    Scored,
    Section,
    SectionKind,
    StoredAction,
    StoredDecision,
    StoredPassage,
    StoredReport,
    StoredSection,
    Totals,
    WordQuery,
)

_EVERYTHING = Filters()
_FILTERS_KEPT = 64  # whose counts are in memory: a few kilobytes each


class Archive(AbstractContextManager["Archive"]):
    """An archive opened for reading. Safe to share between threads; several may be open while one process writes.

    Each call sees one committed state of the database, and inside of `snapshot` all calls of a thread see the same.
    Methods raise `ArchiveMissing` when the archive was deleted underneath and `ArchiveDamaged` when it cannot be read.
    """

    def __init__(self, folder: Path, model: ModelIdentity | None = None) -> None:
        self._folder = folder
        self._snapshots = Snapshots(folder, model)
        self._vectors = engines.vectors(folder)
        self._totals: Kept[ArchiveState, Totals] = Kept()
        self._register = Register()
        self._facets: Kept[ArchiveState, dict[Filters, Facets]] = Kept()
        self._names = Names()
        self._follower = Follower(folder)

    @classmethod
    def open(cls, folder: Path, model: ModelIdentity | None = None) -> Archive:
        """Open the archive in ``folder``; one of an older format is upgraded first, and rulings beside it are applied.

        Args:
            folder: the archive's folder.
            model: the encoder in use, which must be the one that made the vectors; None for whichever did, also when
                another archive takes the place of this one.

        Raises:
            ArchiveMissing: there is none.
            ArchiveMismatch: another model made it, or its format cannot be read or upgraded.
            ArchiveDamaged: it cannot be read.
        """
        with plain_failures(folder):
            prepare(folder)
            with closing(database.for_reading(folder)) as connection:
                schema.check_manifest(connection, folder, model)
        return cls(folder, model)

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; a later call opens it again."""
        self._follower.close()
        self._snapshots.close()

    @property
    def folder(self) -> Path:
        """Where the archive is."""
        return self._folder

    @property
    def model(self) -> ModelIdentity:
        """The encoder that made the vectors."""
        with self._snapshots.lend() as connection:
            return schema.model_of(connection)

    def newest(self) -> ArchiveState:
        """Return the latest committed state, also inside of `snapshot`."""
        with self._snapshots.newest() as connection:
            return schema.state_of(connection)

    def snapshot(self) -> AbstractContextManager[ArchiveState]:
        """Keep this thread at one committed state of database, words and vectors, whatever is written meanwhile.

        Words may be a little behind the rest: papers that came since are found by their vectors alone. A snapshot
        inside of another is the same one. Keep it no longer than a question takes: a withdrawal waits for it.
        """
        return self._snapshots.pin()

    def match_words(self, query: WordQuery, limit: int, filters: Filters = _EVERYTHING) -> list[Scored]:
        """Rank the passages that hold any word of ``query`` and pass ``filters`` by BM25, best first."""
        with self._snapshots.lend() as connection:
            return self._snapshots.match_words(query, limit, self._names.widened(connection, filters))

    def nearest(self, vector: NDArray[np.float32], limit: int, filters: Filters = _EVERYTHING) -> list[Scored]:
        """Rank the passages that pass ``filters`` by cosine with ``vector`` (float32, (dim,), unit), best first."""
        with self._snapshots.lend() as connection:
            return self._vectors.nearest(connection, vector, limit, self._names.widened(connection, filters))

    def like(self, word: str, limit: int) -> list[int]:
        """Find passages that hold a word of nearly the same letters; there may be more of them than ``limit``."""
        return self._snapshots.like(word, limit)

    def term_frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """Count the passages that hold each word, as the word index understands words."""
        return self._snapshots.term_frequencies(words)

    def facets(self, filters: Filters = _EVERYTHING) -> Facets:
        """Count the passages that pass ``filters`` by authority, board, kind and year."""
        with self._snapshots.lend() as connection:
            wide = self._names.widened(connection, filters)
            kept = self._facets.once(schema.state_of(connection), dict[Filters, Facets])
            counts = kept.get(wide) or self._vectors.facets(connection, wide)
            if len(kept) >= _FILTERS_KEPT and wide not in kept:
                kept.clear()
            kept[wide] = counts
            return self._names.added(connection, counts)

    def passages(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        """Fetch passages by id, in the order asked; ids that the archive does not hold are left out."""
        possible = [id for id in ids if 0 <= id < 1 << 63]
        with self._snapshots.lend() as connection:
            passages = {one.id: one for one in fetch.passages(connection, set(possible))}
        return {id: passages[id] for id in possible if id in passages}

    def tokens(self, ids: Sequence[int]) -> dict[int, bytes]:
        """Fetch passages' packed token vectors (`token_codes`) by id; passages kept without are left out."""
        with self._snapshots.lend() as connection:
            return fetch.tokens(connection, set(ids))

    def twins(self, hashes: Sequence[str]) -> dict[str, list[StoredPassage]]:
        """Fetch the passages of one text by its hash (`StoredPassage.twin`), if several, at most fifty."""
        with self._snapshots.lend() as connection:
            return fetch.twins(connection, hashes)

    def paper_passages(self, paper_id: str) -> list[StoredPassage]:
        """Fetch a paper's passages in reading order."""
        with self._snapshots.lend() as connection:
            return [stored for key in keys_of([paper_id]) for stored in fetch.passages_of(connection, key)]

    def sizes(self, paper_ids: Collection[str]) -> dict[str, int]:
        """Count the passages of each paper; papers that the archive does not hold are left out."""
        with self._snapshots.lend() as connection:
            ids = {key: id for id in paper_ids for key in keys_of([id])}
            return {ids[key]: count for key, count in fetch.sizes(connection, ids).items()}

    def papers(self) -> tuple[Paper, ...]:
        """Fetch all papers, by path."""
        with self._snapshots.lend() as connection:
            return fetch.papers(connection)

    def paper(self, paper_id: str) -> Paper | None:
        """Fetch a paper by its id; None if the archive does not hold it."""
        with self._snapshots.lend() as connection:
            return fetch.paper(connection, paper_id)

    def roots(self) -> dict[str, Path]:
        """Fetch the folders that were indexed, by the names under which their papers are shown."""
        with self._snapshots.lend() as connection:
            return roots.read(connection, self._folder)

    def file(self, paper: Paper) -> Path:
        """Give the path of a paper's file on this machine; it may be gone or replaced by now."""
        return roots.located(paper.path, self.roots())

    def page(self, paper_id: str, number: int) -> Page | None:
        """Fetch a page by its paper's id and its 1-based number; None if the archive does not hold it."""
        with self._snapshots.lend() as connection:
            return next((page for key in keys_of([paper_id]) if (page := fetch.page(connection, key, number))), None)

    def plain_page(self, paper_id: str, number: int) -> Page | None:
        """Fetch a page as `page` does, but without size and the places of its words: text, blocks and label."""
        with self._snapshots.lend() as connection:
            pages = (fetch.plain_page(connection, key, number) for key in keys_of([paper_id]))
            return next((page for page in pages if page), None)

    def keeps_back(self, paper_id: str) -> bool:
        """Whether a paper's file must not be given out: a part is exempt, or it holds more than its pages show."""
        with self._snapshots.lend() as connection:
            return fetch.keeps_back(connection, keys_of([paper_id]))

    def page_label(self, paper_id: str, number: int) -> str:
        """Fetch the number printed on a page, without the rest of it; "" if none is known."""
        with self._snapshots.lend() as connection:
            return next((fetch.page_label(connection, key, number) for key in keys_of([paper_id])), "")

    def page_texts(self, paper_id: str) -> dict[int, str]:
        """Fetch the texts of a paper's pages by number; empty if the archive does not hold it."""
        with self._snapshots.lend() as connection:
            return {n: text for key in keys_of([paper_id]) for n, text in fetch.page_texts(connection, key).items()}

    def pages(self, paper_id: str) -> tuple[Page, ...]:
        """Fetch all pages of a paper in order; none if the archive does not hold it."""
        with self._snapshots.lend() as connection:
            return tuple(page for key in keys_of([paper_id]) for page in fetch.pages(connection, key))

    def sections(self, paper_id: str) -> tuple[Section, ...]:
        """Fetch a paper's sections in order; none if the archive does not hold it."""
        with self._snapshots.lend() as connection:
            return tuple(section for key in keys_of([paper_id]) for section in fetch.sections(connection, key))

    def stretches(self, kinds: Sequence[SectionKind], filters: Filters = _EVERYTHING) -> list[StoredSection]:
        """Fetch the sections of some kinds, of all papers, latest meeting first."""
        with self._snapshots.lend() as connection:
            return undertakings.sections(connection, kinds, self._names.widened(connection, filters))

    def outline(self, paper_id: str) -> tuple[Bookmark, ...]:
        """Fetch a file's own outline."""
        with self._snapshots.lend() as connection:
            return tuple(bookmark for key in keys_of([paper_id]) for bookmark in fetch.outline(connection, key))

    def faults(self, paper_id: str) -> tuple[PageFault, ...]:
        """Fetch what of a paper could not be read, or must not be shown, by page, and why."""
        with self._snapshots.lend() as connection:
            return tuple(fault for key in keys_of([paper_id]) for fault in fetch.faults(connection, key))

    def decisions(self, filters: Filters = _EVERYTHING, *, merge: bool = True) -> list[StoredDecision]:
        """Fetch decisions and recommendations, latest first; without ``merge`` each printing is a separate entry."""
        with self._snapshots.lend() as connection:
            return self._register.fetched(connection, self._names.widened(connection, filters), merge=merge)

    def reported(self, filters: Filters = _EVERYTHING) -> list[StoredReport]:
        """Fetch decisions that papers report and did not take, latest meeting first."""
        with self._snapshots.lend() as connection:
            return undertakings.reported(connection, self._names.widened(connection, filters))

    def actions(self, filters: Filters = _EVERYTHING) -> list[StoredAction]:
        """Fetch what somebody is to do by a resolution or an action column, latest meeting first."""
        with self._snapshots.lend() as connection:
            return undertakings.actions(connection, self._names.widened(connection, filters))

    def acronyms(self, authorities: Sequence[str] = ()) -> list[tuple[str, str, int]]:
        """Fetch (short, long, number of papers that define it so), most papers first; of some authorities or of all."""
        with self._snapshots.lend() as connection:
            return fetch.acronyms(connection, authorities)

    def definitions(self) -> list[tuple[str, str, int, int, int, int]]:
        """Fetch each place that defines an acronym: short, long, its paper's key, page, start, end; papers in order."""
        with self._snapshots.lend() as connection:
            return fetch.definitions(connection)

    def ledger(self) -> tuple[LedgerEntry, ...]:
        """Fetch what became of every file that was offered, by path."""
        with self._snapshots.lend() as connection:
            return fetch.ledger(connection)

    def noted(self) -> dict[str, str]:
        """Fetch when each ledger entry last changed: ISO times in UTC, by path."""
        with self._snapshots.lend() as connection:
            return dict(connection.execute("SELECT path, noted FROM ledger ORDER BY path"))

    def rulings(self) -> tuple[Ruling, ...]:
        """Fetch what people decided about papers (withdrawn, withheld, released), oldest first."""
        with self._snapshots.lend() as connection:
            return fetch.rulings(connection)

    def totals(self) -> Totals:
        """Count papers, pages, passages and decisions (recommendations apart), with first and last meeting date."""
        with self._snapshots.lend() as connection:
            return self._totals.once(schema.state_of(connection), lambda: fetch.totals(connection))

    def check(self) -> list[str]:
        """Verify the invariants on everything stored; return one line for each fault, none if all is well."""
        with self.snapshot(), self._snapshots.lend() as connection:
            return audit(connection, self._snapshots.words, self._vectors)

    def behind(self) -> bool:
        """Return whether a writer was stopped before words and vectors were in step, or they are lost or damaged."""
        with self.snapshot(), self._snapshots.lend() as connection:
            return behind(connection, self._snapshots.words, self._vectors)
