"""Which vector segments are written, merged and deleted, and when they are compressed.

Merging is geometric: a passage is copied once a tier, however large the archive grows, and a merge takes no more memory
at a million passages than at a hundred thousand. Readers hold what they have opened, so none waits for a merge.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.archive import fetch, segments
from indexer.archive.database import Database
from indexer.archive.nearness import compressed
from indexer.archive.schema import state_of
from indexer.archive.segments import FOLDER, Coverage, Rows, coverage, current, first_covers, from_database, names, read

# Segments of fewer rows than _TIER, or than _TIER * _FANOUT, are merged when there are _FANOUT of their like; larger
# ones when together they reach the next size.
_TIER, _FANOUT = 1024, 8
# Rows from which a segment is compressed, and from which it is merged no more. Comparing one by one takes about 0.1 ms
# a thousand rows: up to here it is as quick as compressed, and exact.
_COMPRESSED, _LARGEST = 65_536, 262_144
# Rows read from SQLite at once, and rows that a compressed index is trained on.
_PORTION, _SAMPLE = 32_768, 49_152


class SegmentWriter:
    """Brings the segments of an archive in step with SQLite. One at a time, under the writer's lock."""

    def __init__(self, archive: Path, connection: Database, dimension: int) -> None:
        self._archive = archive
        self._connection = connection
        self._owner = state_of(connection).archive
        self._dimension = dimension
        self._covers: dict[str, Coverage] = {}

    def settle(self, *, purge: bool = False, verify: bool = False) -> None:
        """Write what no segment covers, merge what has become many, delete what no longer counts.

        Args:
            purge: also rewrite every segment that holds a removed row, so that no byte of it remains.
            verify: first delete segments with any byte not as it was written.
        """
        for name in names(self._archive) if verify else ():
            if read(self._archive, name, self._owner) is None:
                self._unlink(name)
        live = current(self._connection)
        counting = self._counting(live)
        held = set().union(*counting.values()) if counting else set()
        self._write_missing({key: live[key] for key in sorted(set(live) - held)})
        counting = self._counting(live)
        for name, keys in counting.items():
            stale = len(keys) < len(self._covers[name])
            if not keys or (stale and (purge or len(keys) * 2 < len(self._covers[name]))):
                self._replace([name], live)
        while group := _crowded(self._counting(live)):
            self._replace(group, live)
        for left in (self._archive / FOLDER).glob("*.new"):
            left.unlink()

    def _counting(self, live: Coverage) -> dict[str, set[int]]:
        """Return the papers that count in each segment; a paper counts in the first that covers it."""
        present = names(self._archive)
        self._covers = {
            name: covered
            for name in present
            if (covered := self._covers.get(name) or coverage(self._archive, name, self._owner)) is not None
        }
        for name in set(present) - set(self._covers):
            self._unlink(name)
        return first_covers(self._covers, live)

    def _write_missing(self, missing: Coverage) -> None:
        """Write segments of papers that none covers, of at most the largest size (or one paper)."""
        part: dict[int, int] = {}
        size, sizes = 0, fetch.sizes(self._connection, missing)
        for key, generation in missing.items():
            count = sizes.get(key, 0)
            if part and size + count > _PORTION:
                segments.write(self._archive, self._stored(part), self._owner)
                part, size = {}, 0
            part[key] = generation
            size += count
        if part:
            segments.write(self._archive, self._stored(part), self._owner)

    def _replace(self, group: Sequence[str], live: Coverage) -> None:
        """Put what counts of some segments into one new segment, then delete them."""
        counting = self._counting(live)
        parts = [
            rows.only(counting[name]) for name in group if (rows := read(self._archive, name, self._owner)) is not None
        ]
        parts = [part for part in parts if part.covers]
        made = segments.write(self._archive, self._merged(parts), self._owner) if parts else ""
        for name in group:
            if name != made:
                self._unlink(name)

    def _merged(self, parts: Sequence[Rows]) -> Rows:
        """Put rows into one, compressed if they are many."""
        if sum(len(part.ids) for part in parts) < _COMPRESSED:
            whole = [part if len(part.vectors) == len(part.ids) else self._stored(part.covers) for part in parts]
            return segments.joined(whole)
        bare = [replace(part, vectors=part.vectors[:0], index=np.empty(0, np.uint8)) for part in parts]
        rows = segments.joined(bare)
        step = max(1, len(rows.ids) // _SAMPLE)
        _, sample = segments.exact_vectors(self._connection, rows.ids[::step].tolist(), self._dimension)
        return replace(rows, index=compressed(sample, self._batches(rows.ids)))

    def _stored(self, covers: Coverage) -> Rows:
        """Read the rows of these papers from SQLite."""
        return from_database(self._connection, covers, self._dimension)

    def _batches(self, ids: NDArray[np.int64]) -> Iterator[NDArray[np.float16]]:
        """Yield the vectors of passages in the order of ``ids``, a portion at a time."""
        for at in range(0, len(ids), _PORTION):
            some = ids[at : at + _PORTION].tolist()
            known, vectors = segments.exact_vectors(self._connection, some, self._dimension)
            rows = np.zeros((len(some), self._dimension), np.float16)
            rows[np.searchsorted(some, known)] = vectors
            yield rows

    def _unlink(self, name: str) -> None:
        """Delete a segment; one that another program holds open (Windows) is merged away the next time."""
        self._covers.pop(name, None)
        with contextlib.suppress(PermissionError):
            (self._archive / FOLDER / name).unlink(missing_ok=True)


def _crowded(counting: Mapping[str, set[int]]) -> list[str]:
    """Return segments that are due to be merged, the smallest first."""
    sizes = {name: int(name.partition("-")[0]) for name in sorted(counting)}
    least = 0
    for below in (_TIER, _TIER * _FANOUT):
        group = [name for name, size in sizes.items() if least <= size < below]
        if len(group) >= _FANOUT:
            return group[:_FANOUT]
        least = below
    for below in (_COMPRESSED, _LARGEST):
        group = [name for name, size in sizes.items() if least <= size < below]
        if len(group) > 1 and sum(sizes[name] for name in group) >= below:
            return group
        least = below
    return []
