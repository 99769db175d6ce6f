"""What search needs of an archive, and nothing more: `indexer.archive.Archive` offers it, and so may another store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.records import (
    ArchiveState,
    Facets,
    Filters,
    ModelIdentity,
    Page,
    Paper,
    Scored,
    Section,
    SectionKind,
    StoredAction,
    StoredDecision,
    StoredPassage,
    StoredSection,
    Totals,
    WordQuery,
)


class Library(Protocol):
    """An archive opened for reading, safe to use from several threads."""

    @property
    def model(self) -> ModelIdentity:
        """The encoder that made its vectors."""
        ...

    def newest(self) -> ArchiveState:
        """Give the latest state of the archive, also within `snapshot`."""
        ...

    def snapshot(self) -> AbstractContextManager[ArchiveState]:
        """Keep what this thread reads at one state of the archive; within another snapshot, at that one's."""
        ...

    def match_words(self, query: WordQuery, limit: int, filters: Filters = ...) -> list[Scored]:
        """Rank passages by their words, best first."""
        ...

    def nearest(self, vector: NDArray[np.float32], limit: int, filters: Filters = ...) -> list[Scored]:
        """Rank passages by their vectors, best first."""
        ...

    def passages(self, ids: Sequence[int]) -> Mapping[int, StoredPassage]:
        """Fetch passages by id; ids that are gone are left out."""
        ...

    def tokens(self, ids: Sequence[int]) -> Mapping[int, bytes]:
        """Fetch passages' packed token vectors by id (`token_codes`); those kept without are left out."""
        ...

    def twins(self, hashes: Sequence[str]) -> Mapping[str, Sequence[StoredPassage]]:
        """Fetch passages with a text in common, by its hash; of a text that occurs once, none need be given."""
        ...

    def sizes(self, paper_ids: Collection[str]) -> Mapping[str, int]:
        """Count the passages of each paper; papers that are gone are left out."""
        ...

    def page(self, paper_id: str, number: int) -> Page | None:
        """Fetch one page as stored; None if it is gone."""
        ...

    def plain_page(self, paper_id: str, number: int) -> Page | None:
        """Fetch one page without the places of its words, which takes less time; None if it is gone."""
        ...

    def page_label(self, paper_id: str, number: int) -> str:
        """Fetch the number printed on a page, "" if none is known."""
        ...

    def sections(self, paper_id: str) -> Sequence[Section]:
        """Fetch a paper's sections in order."""
        ...

    def stretches(self, kinds: Sequence[SectionKind], filters: Filters = ...) -> Sequence[StoredSection]:
        """Fetch the sections of some kinds, of all papers, latest meeting first."""
        ...

    def papers(self) -> Sequence[Paper]:
        """Fetch all papers."""
        ...

    def paper_passages(self, paper_id: str) -> Sequence[StoredPassage]:
        """Fetch a paper's passages in reading order."""
        ...

    def decisions(self, filters: Filters = ..., *, merge: bool = ...) -> Sequence[StoredDecision]:
        """Fetch the register of decisions: one entry a decision, or one a printing of it."""
        ...

    def actions(self, filters: Filters = ...) -> Sequence[StoredAction]:
        """Fetch what somebody is to do."""
        ...

    def acronyms(self, authorities: Sequence[str] = ...) -> Sequence[tuple[str, str, int]]:
        """Fetch (short, long, papers that define it so); of some authorities or of all."""
        ...

    def facets(self, filters: Filters = ...) -> Facets:
        """Count passages by authority, board, kind and year."""
        ...

    def totals(self) -> Totals:
        """Count what the archive holds."""
        ...

    def like(self, word: str, limit: int) -> Sequence[int]:
        """Find passages that hold a word of nearly the same letters; there may be more of them than ``limit``."""
        ...

    def term_frequencies(self, words: Sequence[str]) -> Mapping[str, int]:
        """Count the passages that hold each word."""
        ...
