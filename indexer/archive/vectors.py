"""The vector index: inner products over float16 vectors, through FAISS.

Filters are applied before ranking. Small segments are compared exactly; of large ones, which are compressed, more rows
than wanted are taken, and these are compared exactly with the vectors in SQLite. So scores are always cosines, whatever
the archive's size, and only which rows are among the first can differ from an exact search.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.archive import nearness, segments
from indexer.archive.database import Database
from indexer.archive.filtering import of_counts
from indexer.archive.schema import model_of, state_of
from indexer.archive.segments import Coverage, Rows
from indexer.archive.tables import keys_of
from indexer.records import ArchiveState, Facets, Filters, Scored

# Share of rows under which passing rows are multiplied one by one rather than picked out by FAISS.
_FEW = 0.02
# Rows of compressed segments that are compared exactly, for each one wanted, and at least.
AGAIN, LEAST = 2, 400
# Scores and ids.
_Ranked = tuple[NDArray[np.float32], NDArray[np.int64]]


@dataclass(slots=True, eq=False)
class _Chunk:
    """Rows in memory, with the FAISS index that is made of them when they are first searched."""

    rows: Rows
    made: Any = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def compressed(self) -> bool:
        """Whether scores are only nearly cosines."""
        return bool(self.rows.index.size)

    def index(self) -> Any:  # noqa: ANN401 - FAISS ships no types
        """Return the FAISS index over the rows, by position."""
        with self.lock:
            if self.made is None and self.compressed:
                self.made = nearness.opened(self.rows.index)
                # Its bytes are no longer needed; none at all would mean rows of full length.
                self.rows = replace(self.rows, index=self.rows.index[:1].copy())
            if self.made is None:
                self.made = nearness.exact(self.rows.vectors)
            return self.made


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """All passages of one state of the archive: chunks, and which of their rows count (None: all)."""

    of: ArchiveState
    chunks: tuple[tuple[_Chunk, NDArray[np.bool_] | None], ...]
    files: Mapping[str, _Chunk]
    tail: tuple[_Chunk, ...]


class Segments:
    """The vectors of an archive, opened for reading; safe to use from several threads."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self._state: _State | None = None
        self._lock = threading.Lock()

    def nearest(self, connection: Database, vector: NDArray[np.float32], limit: int, filters: Filters) -> list[Scored]:
        """Rank the passages that pass ``filters`` by cosine with ``vector``, best first, at most ``limit``.

        Args:
            connection: a reader's view of the database.
            vector: float32 (dim,), a unit vector.
            limit: how many at most.
            filters: what passages must pass.

        Returns:
            Scores in [-1, 1]; all passages that pass where they are fewer than ``limit``.
        """
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        ranked: list[_Ranked] = []
        nearly: list[_Ranked] = []
        again = max(LEAST, AGAIN * limit)
        for chunk, counting in self._refreshed(connection).chunks:
            passing = _passing(chunk.rows, filters, counting)
            count = len(chunk.rows.ids) if passing is None else int(passing.sum())
            if not count or limit <= 0:
                continue
            if chunk.compressed:
                nearly.append(_nearly(chunk, query, min(again, count), passing))
            else:
                ranked.append(_search(chunk, query, min(limit, count), passing, count))
        if nearly:
            scores, ids = map(np.concatenate, zip(*nearly, strict=True))
            best = np.argsort(-scores, kind="stable")[:again]
            ranked.append(_exactly(connection, query, ids[best].tolist()))
        return _best(ranked, limit)

    def facets(self, connection: Database, filters: Filters) -> Facets:
        """Count the passages that pass ``filters`` by authority, board, kind and year."""
        counts = {name: Counter[str]() for name in ("authority", "board", "kind")}
        years: Counter[int] = Counter()
        for chunk, counting in self._refreshed(connection).chunks:
            passing = _passing(chunk.rows, filters, counting)
            for name, counter in counts.items():
                codes = _kept(getattr(chunk.rows, name), passing)
                # Of a region's bodies a segment holds few of each column: only those are looked at by name.
                sizes = np.bincount(codes)
                for code in np.flatnonzero(sizes).tolist():
                    counter[chunk.rows.names[code]] += int(sizes[code])
            days, sizes = np.unique(_kept(chunk.rows.day, passing), return_counts=True)
            for day, count in zip(days.tolist(), sizes.tolist(), strict=True):
                if day > 0:
                    years[date.fromordinal(day).year] += count
        return of_counts(counts["authority"], counts["board"], counts["kind"], years)

    def faults(self, connection: Database, stored: set[int]) -> Iterator[str]:
        """Yield a line for each segment that is damaged, and one if they do not hold what is stored."""
        advice = "run the indexer again to repair it"
        sound: dict[str, Rows] = {}
        for name in segments.names(self._archive):
            rows = segments.read(self._archive, name, state_of(connection).archive)
            if rows is None:
                yield f"vector index: {name} is damaged; {advice}"
            else:
                sound[name] = rows
        counting = segments.first_covers(
            {name: rows.covers for name, rows in sound.items()}, segments.current(connection)
        )
        held = {id for name, keys in counting.items() for id in sound[name].ids[sound[name].of(keys)].tolist()}
        if held != stored:
            yield f"vector index: {len(stored - held)} passages missing, {len(held - stored)} too many; {advice}"

    def behind(self, connection: Database) -> bool:
        """Whether a segment is damaged, or a paper is in none; far quicker than `faults`."""
        live, owner = segments.current(connection), state_of(connection).archive
        covers = {name: segments.coverage(self._archive, name, owner) for name in segments.names(self._archive)}
        sound = {name: cover for name, cover in covers.items() if cover is not None}
        counting = segments.first_covers(sound, live)
        return len(sound) < len(covers) or len(live) > sum(len(keys) for keys in counting.values())

    def _refreshed(self, connection: Database) -> _State:
        """Return the state that the connection sees, made from what the last one already holds."""
        of = state_of(connection)
        with self._lock:
            if self._state is None or self._state.of != of:
                self._state = self._made(connection, of)
            return self._state

    def _made(self, connection: Database, of: ArchiveState) -> _State:
        """Read segments that are new, take from SQLite what none covers, and mark what counts."""
        live, dimension = segments.current(connection), model_of(connection).dimension
        # Of another archive nothing may be used: its papers have the same keys, and came at the same generations.
        before = self._state if self._state and self._state.of.archive == of.archive else None
        known = before.files if before else {}
        files: dict[str, _Chunk] = {}
        for name in segments.names(self._archive):
            if name in known:
                files[name] = known[name]
            elif (rows := segments.read(self._archive, name, of.archive)) and rows.vectors.shape[1] == dimension:
                files[name] = _Chunk(rows)
        tail = list(before.tail if before else ())
        counting = _counting([*files.values(), *tail], live)
        held = set[int]().union(*counting)
        missing = {key: at for key, at in live.items() if key not in held}
        if missing:
            tail.append(_Chunk(segments.from_database(connection, missing, dimension)))
            counting.append(set(missing))
        every = [*files.values(), *tail]
        chunks = tuple((c, _mask(c.rows, keys)) for c, keys in zip(every, counting, strict=True) if keys)
        used = {id(chunk) for chunk, _ in chunks}
        return _State(of, chunks, files, tuple(chunk for chunk in tail if id(chunk) in used))


def _counting(chunks: Sequence[_Chunk], live: Coverage) -> list[set[int]]:
    """Return the papers that count in each chunk."""
    covers = {str(at): chunk.rows.covers for at, chunk in enumerate(chunks)}
    return list(segments.first_covers(covers, live).values())


def _mask(rows: Rows, keys: set[int]) -> NDArray[np.bool_] | None:
    """Return which rows are of these papers, None for all."""
    if len(keys) == len(rows.covers):
        return None
    return rows.of(keys)


def _kept(column: NDArray[np.int32], passing: NDArray[np.bool_] | None) -> NDArray[np.int32]:
    """Return a column's values in the rows that pass."""
    return column if passing is None else column[passing]


def _passing(rows: Rows, filters: Filters, counting: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
    """Return which rows count and pass, None for all."""
    parts = [] if counting is None else [counting]
    for column, chosen in (
        (rows.authority, filters.authorities),
        (rows.board, filters.boards),
        (rows.kind, filters.kinds),
    ):
        if chosen:
            named = frozenset(chosen)
            parts.append(np.array([name in named for name in rows.names], dtype=np.bool_)[column])
    if filters.date_from or filters.date_to:
        first, last = filters.date_from or date.min, filters.date_to or date.max
        parts.append((rows.day >= first.toordinal()) & (rows.day <= last.toordinal()))
    if filters.papers:
        parts.append(np.isin(rows.ids >> 20, np.array(keys_of(filters.papers), dtype=np.int64)))
    return np.logical_and.reduce(parts) if parts else None


def _best(ranked: Sequence[_Ranked], limit: int) -> list[Scored]:
    """Give the best of all, of equal ones the smaller ids first."""
    if not ranked or limit <= 0:
        return []
    scores, ids = map(np.concatenate, zip(*ranked, strict=True))
    best = np.lexsort((ids, -scores))[:limit]
    return [Scored(id, score) for id, score in zip(ids[best].tolist(), scores[best].tolist(), strict=True)]


def _nearly(chunk: _Chunk, query: NDArray[np.float32], most: int, passing: NDArray[np.bool_] | None) -> _Ranked:
    """Find passing rows of a compressed chunk, with scores that are nearly cosines."""
    scores, places = nearness.search(chunk.index(), query, most, passing)
    return scores, chunk.rows.ids[places]


def compared(rows: Rows, query: NDArray[np.float32], limit: int, filters: Filters) -> list[Scored]:
    """Rank rows with vectors that pass ``filters`` by cosine with ``query`` (float32, (1, dim)), one by one."""
    passing = _passing(rows, filters, None)
    places = np.arange(len(rows.ids)) if passing is None else np.flatnonzero(passing)
    return _best([_multiplied(rows, query, places, limit)], limit)


def exactly(connection: Database, query: NDArray[np.float32], ids: Sequence[int]) -> list[Scored]:
    """Rank passages by the cosine of ``query`` and their vectors in the database."""
    return _best([_exactly(connection, query, ids)], len(ids))


def _exactly(connection: Database, query: NDArray[np.float32], ids: Sequence[int]) -> _Ranked:
    known, rows = segments.exact_vectors(connection, ids, query.shape[1])
    return rows @ query[0], np.array(known, np.int64)


def _search(
    chunk: _Chunk, query: NDArray[np.float32], limit: int, passing: NDArray[np.bool_] | None, count: int
) -> _Ranked:
    """Rank the passing rows of one chunk."""
    ids = chunk.rows.ids
    if passing is not None and count <= len(ids) * _FEW:
        return _multiplied(chunk.rows, query, np.flatnonzero(passing), limit)
    scores, places = nearness.search(chunk.index(), query, limit, passing)
    return scores, ids[places]


def _multiplied(rows: Rows, query: NDArray[np.float32], places: NDArray[np.int64], limit: int) -> _Ranked:
    scores = rows.vectors[places].astype(np.float32) @ query[0]
    best = np.argsort(-scores, kind="stable")[:limit]
    return scores[best], rows.ids[places[best]]
