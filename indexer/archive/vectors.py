"""The vector index: exact inner products over float16 vectors, through FAISS.

Filters are applied before ranking. Up to about a million passages an exact search is quick enough; beyond that, a
segment of the largest size is where a partitioned or compressed FAISS index would go (`_Chunk.index`), with nothing
else changed.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.archive import segments
from indexer.archive.schema import generation_of
from indexer.archive.segments import Coverage, Rows
from indexer.records import Facets, Filters, Scored

# Share of rows under which passing rows are multiplied one by one rather than picked out by FAISS.
_FEW = 0.02


@dataclass(slots=True, eq=False)
class _Chunk:
    """Rows in memory, with the FAISS index that is made of them when they are first searched."""

    rows: Rows
    made: Any = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def index(self) -> Any:  # noqa: ANN401 - FAISS ships no types
        """Return the FAISS index over the rows, by position."""
        import faiss

        with self.lock:
            if self.made is None:
                count, dimension = self.rows.vectors.shape
                made = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
                made.is_trained = True
                # Its codes are the float16 numbers as they are, so they are copied and not computed again.
                codes = np.ascontiguousarray(self.rows.vectors).view(np.uint8).ravel()
                faiss.copy_array_to_vector(codes, made.codes)
                made.ntotal = count
                self.made = made
            return self.made


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """All passages of one generation: chunks, and which of their rows count (None: all)."""

    generation: int
    chunks: tuple[tuple[_Chunk, NDArray[np.bool_] | None], ...]
    files: Mapping[str, _Chunk]
    tail: tuple[_Chunk, ...]


class Vectors:
    """The vectors of an archive, opened for reading; safe to use from several threads."""

    def __init__(self, archive: Path, dimension: int) -> None:
        self._archive = archive
        self._dimension = dimension
        self._state: _State | None = None
        self._lock = threading.Lock()

    def nearest(
        self, connection: sqlite3.Connection, vector: NDArray[np.float32], limit: int, filters: Filters
    ) -> list[Scored]:
        """Rank the passages that pass ``filters`` by cosine with ``vector``, best first, at most ``limit``.

        Args:
            connection: a reader's view of the database.
            vector: float32 (dim,), a unit vector.
            limit: how many at most.
            filters: what passages must pass.

        Returns:
            Scores in [-1, 1]; all passages that pass where they are fewer than ``limit``.
        """
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, self._dimension)
        found: list[Scored] = []
        for chunk, counting in self._refreshed(connection).chunks:
            passing = _passing(chunk.rows, filters, counting)
            count = len(chunk.rows.ids) if passing is None else int(passing.sum())
            if count and limit > 0:
                found += _search(chunk, query, min(limit, count), passing, count)
        return sorted(found, key=lambda scored: (-scored.score, scored.id))[: max(0, limit)]

    def facets(self, connection: sqlite3.Connection, filters: Filters) -> Facets:
        """Count the passages that pass ``filters`` by authority, board, kind and year."""
        counts = {name: Counter[str]() for name in ("authority", "board", "kind")}
        years: Counter[int] = Counter()
        for chunk, counting in self._refreshed(connection).chunks:
            passing = _passing(chunk.rows, filters, counting)
            for name, counter in counts.items():
                codes = _kept(getattr(chunk.rows, name), passing)
                for code, count in enumerate(np.bincount(codes, minlength=len(chunk.rows.names)).tolist()):
                    if count and chunk.rows.names[code]:
                        counter[chunk.rows.names[code]] += count
            days, sizes = np.unique(_kept(chunk.rows.day, passing), return_counts=True)
            for day, count in zip(days.tolist(), sizes.tolist(), strict=True):
                if day > 0:
                    years[date.fromordinal(day).year] += count
        authorities, boards, kinds = (
            dict(sorted(counter.items(), key=lambda item: (-item[1], item[0]))) for counter in counts.values()
        )
        return Facets(authorities, boards, kinds, dict(sorted(years.items(), reverse=True)))

    def _refreshed(self, connection: sqlite3.Connection) -> _State:
        """Return the state of the connection's generation, made from what the last one already holds."""
        generation = generation_of(connection)
        with self._lock:
            if self._state is None or self._state.generation != generation:
                self._state = self._made(connection, generation)
            return self._state

    def _made(self, connection: sqlite3.Connection, generation: int) -> _State:
        """Read segments that are new, take from SQLite what none covers, and mark what counts."""
        live = segments.current(connection)
        known = self._state.files if self._state else {}
        files: dict[str, _Chunk] = {}
        for name in segments.names(self._archive):
            if name in known:
                files[name] = known[name]
            elif (rows := segments.read(self._archive, name)) is not None and rows.vectors.shape[1] == self._dimension:
                files[name] = _Chunk(rows)
        tail = list(self._state.tail if self._state else ())
        counting = _counting([*files.values(), *tail], live)
        missing = {key: at for key, at in live.items() if key not in set().union(*counting)}
        if missing:
            tail.append(_Chunk(segments.from_database(connection, missing, self._dimension)))
            counting.append(set(missing))
        every = [*files.values(), *tail]
        chunks = tuple((c, _mask(c.rows, keys)) for c, keys in zip(every, counting, strict=True) if keys)
        used = {id(chunk) for chunk, _ in chunks}
        return _State(generation, chunks, files, tuple(chunk for chunk in tail if id(chunk) in used))


def _counting(chunks: Sequence[_Chunk], live: Coverage) -> list[set[int]]:
    """Return the papers that count in each chunk."""
    covers = {str(at): chunk.rows.covers for at, chunk in enumerate(chunks)}
    return list(segments.first_covers(covers, live).values())


def _mask(rows: Rows, keys: set[int]) -> NDArray[np.bool_] | None:
    """Return which rows are of these papers, None for all."""
    if len(keys) == len(rows.covers):
        return None
    return np.isin(rows.ids >> 20, np.fromiter(keys, dtype=np.int64, count=len(keys)))


def _kept(column: NDArray[np.int32], passing: NDArray[np.bool_] | None) -> NDArray[np.int32]:
    """Return a column's values in the rows that pass."""
    return column if passing is None else column[passing]


def _passing(rows: Rows, filters: Filters, counting: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
    """Return which rows count and pass, None for all."""
    parts = [] if counting is None else [counting]
    for column, wanted in (
        (rows.authority, filters.authorities),
        (rows.board, filters.boards),
        (rows.kind, filters.kinds),
    ):
        if wanted:
            codes = [code for code, name in enumerate(rows.names) if name in wanted]
            parts.append(np.isin(column, codes))
    if filters.date_from or filters.date_to:
        first, last = filters.date_from or date.min, filters.date_to or date.max
        parts.append((rows.day >= first.toordinal()) & (rows.day <= last.toordinal()))
    if filters.papers:
        parts.append(np.isin(rows.ids >> 20, np.array(keys_of(filters.papers), dtype=np.int64)))
    return np.logical_and.reduce(parts) if parts else None


def keys_of(papers: Sequence[str]) -> list[int]:
    """Return the keys of paper ids; of what is no id, none."""
    return [int(id[:16], 16) >> 21 for id in papers if len(id) == 64 and set(id) <= set("0123456789abcdef")]


def _search(
    chunk: _Chunk, query: NDArray[np.float32], limit: int, passing: NDArray[np.bool_] | None, count: int
) -> list[Scored]:
    """Rank the passing rows of one chunk."""
    ids = chunk.rows.ids
    if passing is not None and count <= len(ids) * _FEW:
        places = np.flatnonzero(passing)
        scores = chunk.rows.vectors[places].astype(np.float32) @ query[0]
        best = np.argsort(-scores, kind="stable")[:limit]
        return [Scored(int(ids[places[at]]), float(scores[at])) for at in best.tolist()]
    import faiss

    chosen = None
    if passing is not None:
        # FAISS reads the bits where they are: they must outlive the search.
        bits = np.packbits(passing, bitorder="little")
        chosen = faiss.SearchParameters()
        chosen.sel = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
    # One question is one thread's work: waiting for the other cores costs more than they give when several people ask.
    faiss.omp_set_num_threads(1)
    scores, places = chunk.index().search(query, limit, params=chosen)
    return [
        Scored(int(ids[place]), float(score))
        for score, place in zip(scores[0].tolist(), places[0].tolist(), strict=True)
        if place >= 0
    ]
