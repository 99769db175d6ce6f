"""Vector segments: immutable files of passages with their vectors and what filters ask of them.

A segment names the papers it covers, each with the generation at which it was added. A row counts only while SQLite
holds that paper at that generation, so segments are never changed: what is removed stops counting at once and is left
out when segments are next merged. What no segment covers is read from SQLite, so nothing is ever missing. Merging is
geometric: a passage is copied once a tier, however large the archive grows.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.archive.fetch import among

FOLDER = "vectors"
_SUFFIX = ".segment"
# Rows of the smallest tier, how many segments of one tier are merged into one, and the most rows of a segment.
_TIER, _FANOUT, _LARGEST = 1024, 8, 262_144
_NO_DAY = -1

Coverage = Mapping[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Passages with their vectors, row by row, in the order of their ids.

    ``ids`` int64 (n,); ``vectors`` float16 (n, dim), unit rows; ``authority``, ``board`` and ``kind`` int32 (n,),
    places in ``names``; ``day`` int32 (n,), proleptic ordinals, -1 where the meeting has no date.
    ``covers`` maps a paper's key to the generation at which it was added.
    """

    ids: NDArray[np.int64]
    vectors: NDArray[np.float16]
    authority: NDArray[np.int32]
    board: NDArray[np.int32]
    kind: NDArray[np.int32]
    day: NDArray[np.int32]
    names: tuple[str, ...]
    covers: Coverage

    def only(self, keys: set[int]) -> Rows:
        """Return the rows of these papers alone."""
        kept = np.isin(self.ids >> 20, np.fromiter(keys, dtype=np.int64, count=len(keys)))
        return Rows(
            self.ids[kept],
            self.vectors[kept],
            self.authority[kept],
            self.board[kept],
            self.kind[kept],
            self.day[kept],
            self.names,
            {key: generation for key, generation in self.covers.items() if key in keys},
        )


def current(connection: sqlite3.Connection) -> dict[int, int]:
    """Return all papers in the archive, by key, with the generation at which each was added."""
    return dict(connection.execute("SELECT key, generation FROM papers"))


def from_database(connection: sqlite3.Connection, covers: Coverage, dimension: int) -> Rows:
    """Read the rows of these papers from SQLite."""
    columns = "p.id, p.authority, p.board, p.kind, p.meeting_date, e.vector"
    found = sorted(
        among(
            connection,
            f"SELECT {columns} FROM passages p JOIN embeddings e ON e.hash = p.hash WHERE p.paper IN",  # noqa: S608
            covers,
        )
    )
    names: dict[str, int] = {}
    codes = np.array([[names.setdefault(name, len(names)) for name in row[1:4]] for row in found], dtype=np.int32)
    codes = codes.reshape(-1, 3)
    days = [date.fromisoformat(row[4]).toordinal() if row[4] else _NO_DAY for row in found]
    vectors = np.frombuffer(b"".join(row[5] for row in found), dtype="<f2").reshape(-1, dimension)
    return Rows(
        np.array([row[0] for row in found], dtype=np.int64),
        vectors,
        codes[:, 0],
        codes[:, 1],
        codes[:, 2],
        np.array(days, dtype=np.int32),
        tuple(names),
        dict(covers),
    )


def joined(parts: Sequence[Rows]) -> Rows:
    """Put the rows of several into one, in the order of their ids."""
    names: dict[str, int] = {}
    moved = [np.array([names.setdefault(name, len(names)) for name in part.names], dtype=np.int32) for part in parts]

    def column(name: str) -> NDArray[np.int32]:
        return np.concatenate([to[getattr(part, name)] for part, to in zip(parts, moved, strict=True)])

    ids = np.concatenate([part.ids for part in parts])
    order = np.argsort(ids, kind="stable")
    return Rows(
        ids[order],
        np.concatenate([part.vectors for part in parts])[order],
        column("authority")[order],
        column("board")[order],
        column("kind")[order],
        np.concatenate([part.day for part in parts])[order],
        tuple(names),
        {key: generation for part in parts for key, generation in part.covers.items()},
    )


def names(archive: Path) -> list[str]:
    """Return the names of the segment files, largest tier first, always in the same order."""
    folder = archive / FOLDER
    found = folder.glob(f"*{_SUFFIX}") if folder.is_dir() else ()
    return sorted((path.name for path in found), reverse=True)


def write(archive: Path, rows: Rows) -> str:
    """Write a segment beside, then rename it, so that no half file is ever seen; return its name."""
    folder = archive / FOLDER
    folder.mkdir(exist_ok=True)
    about = ",".join(f"{key}:{generation}" for key, generation in sorted(rows.covers.items()))
    name = f"{len(rows.ids):09d}-{hashlib.sha256(about.encode()).hexdigest()[:16]}{_SUFFIX}"
    beside = folder / f"{name}.new"
    with beside.open("wb") as file:
        np.savez(
            file,
            keys=np.array(sorted(rows.covers), dtype=np.int64),
            generations=np.array([rows.covers[key] for key in sorted(rows.covers)], dtype=np.int64),
            names=np.frombuffer("\0".join(rows.names).encode(), dtype=np.uint8),
            ids=rows.ids,
            vectors=rows.vectors,
            authority=rows.authority,
            board=rows.board,
            kind=rows.kind,
            day=rows.day,
        )
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, folder / name)
    return name


def coverage(archive: Path, name: str) -> dict[int, int] | None:
    """Return what a segment covers; None if it is gone or damaged."""
    found = _arrays(archive, name, ("keys", "generations"))
    return dict(zip(found["keys"].tolist(), found["generations"].tolist(), strict=True)) if found else None


def read(archive: Path, name: str) -> Rows | None:
    """Return a segment's rows; None if it is gone or damaged (its checksums are verified)."""
    wanted = ("keys", "generations", "names", "ids", "vectors", "authority", "board", "kind", "day")
    found = _arrays(archive, name, wanted)
    if found is None:
        return None
    covers = dict(zip(found["keys"].tolist(), found["generations"].tolist(), strict=True))
    return Rows(
        found["ids"],
        found["vectors"],
        found["authority"],
        found["board"],
        found["kind"],
        found["day"],
        tuple(found["names"].tobytes().decode().split("\0")),
        covers,
    )


def _arrays(archive: Path, name: str, wanted: Iterable[str]) -> dict[str, NDArray[Any]] | None:
    """Read some arrays of a segment."""
    try:
        with np.load(archive / FOLDER / name, allow_pickle=False) as file:
            return {key: file[key] for key in wanted}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


class SegmentWriter:
    """Brings the segments of an archive in step with SQLite. One at a time, under the writer's lock."""

    def __init__(self, archive: Path, connection: sqlite3.Connection, dimension: int) -> None:
        self._archive = archive
        self._connection = connection
        self._dimension = dimension
        self._covers: dict[str, Coverage] = {}

    def settle(self, *, purge: bool = False) -> None:
        """Write what no segment covers, merge what has become many, delete what no longer counts.

        Args:
            purge: also rewrite every segment that holds a removed row, so that no byte of it remains.
        """
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
            name: found
            for name in present
            if (found := self._covers.get(name) or coverage(self._archive, name)) is not None
        }
        for name in set(present) - set(self._covers):
            self._unlink(name)
        return first_covers(self._covers, live)

    def _write_missing(self, missing: Coverage) -> None:
        """Write segments of papers that none covers, of at most the largest size (or one paper)."""
        part: dict[int, int] = {}
        size = 0
        for key, generation in missing.items():
            (count,) = self._connection.execute("SELECT COUNT(*) FROM passages WHERE paper = ?", (key,)).fetchone()
            if part and size + count > _LARGEST // _FANOUT:
                write(self._archive, from_database(self._connection, part, self._dimension))
                part, size = {}, 0
            part[key] = generation
            size += count
        if part:
            write(self._archive, from_database(self._connection, part, self._dimension))

    def _replace(self, group: Sequence[str], live: Coverage) -> None:
        """Put what counts of some segments into one new segment, then delete them."""
        counting = self._counting(live)
        parts = [rows.only(counting[name]) for name in group if (rows := read(self._archive, name)) is not None]
        parts = [part for part in parts if part.covers]
        made = write(self._archive, joined(parts)) if parts else ""
        for name in group:
            if name != made:
                self._unlink(name)

    def _unlink(self, name: str) -> None:
        """Delete a segment; one that another program holds open (Windows) is merged away the next time."""
        self._covers.pop(name, None)
        with contextlib.suppress(PermissionError):
            (self._archive / FOLDER / name).unlink(missing_ok=True)


def first_covers(covers: Mapping[str, Coverage], live: Coverage) -> dict[str, set[int]]:
    """Return the papers that count in each segment: those still at that generation, in no segment before it."""
    counting: dict[str, set[int]] = {}
    taken: set[int] = set()
    for name, covered in covers.items():
        mine = {key for key, generation in covered.items() if live.get(key) == generation} - taken
        counting[name] = mine
        taken |= mine
    return counting


def _crowded(counting: Mapping[str, set[int]]) -> list[str]:
    """Return segments of one tier that are due to be merged: the lowest tier first."""
    tiers: dict[int, list[str]] = {}
    for name in counting:
        size = int(name.partition("-")[0])
        tier = 0
        while size >= _TIER * _FANOUT**tier:
            tier += 1
        if size < _LARGEST:
            tiers.setdefault(tier, []).append(name)
    for _, group in sorted(tiers.items()):
        if len(group) >= _FANOUT:
            return group[:_FANOUT]
    return []
