"""Vector segments: immutable files of passages with their vectors and what filters ask of them.

A segment names the papers it covers, each with the generation at which it was added, and the archive that it is of. A
row counts only while that archive's database holds that paper at that generation, so segments are never changed: what
is removed stops counting at once and is left out when segments are next merged. What no segment covers is read from
SQLite, so nothing is ever missing. Small segments hold the vectors themselves, large ones an index of
`indexer.archive.nearness`; the vectors are in SQLite. `indexer.archive.merging` says when which is written.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.archive.arrays import read_arrays
from indexer.archive.database import Database
from indexer.archive.fetch import among
from indexer.archive.tables import range_of

FOLDER = "vectors"
_SUFFIX = ".segment"
_NO_DAY = -1

Coverage = Mapping[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Passages with their vectors, row by row, in the order of their ids.

    ``ids`` int64 (n,); ``vectors`` float16 (n, dim), unit rows; ``authority``, ``board`` and ``kind`` int32 (n,),
    places in ``names``; ``day`` int32 (n,), proleptic ordinals, -1 where the meeting has no date.
    ``covers`` maps a paper's key to the generation at which it was added. Where ``index`` is not empty, it is the bytes
    of a compressed index over the rows, and ``vectors`` has no rows.
    """

    ids: NDArray[np.int64]
    vectors: NDArray[np.float16]
    authority: NDArray[np.int32]
    board: NDArray[np.int32]
    kind: NDArray[np.int32]
    day: NDArray[np.int32]
    names: tuple[str, ...]
    covers: Coverage
    index: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))

    def of(self, keys: set[int]) -> NDArray[np.bool_]:
        """Return which rows are of these papers."""
        kept: NDArray[np.bool_] = np.isin(self.ids >> 20, np.fromiter(keys, dtype=np.int64, count=len(keys)))
        return kept

    def only(self, keys: set[int]) -> Rows:
        """Return the rows of these papers alone; of rows without vectors, their filters' values."""
        kept = self.of(keys)
        return Rows(
            self.ids[kept],
            self.vectors[kept] if len(self.vectors) else self.vectors,
            self.authority[kept],
            self.board[kept],
            self.kind[kept],
            self.day[kept],
            self.names,
            {key: generation for key, generation in self.covers.items() if key in keys},
        )


def current(connection: Database) -> dict[int, int]:
    """Return all papers in the archive, by key, with the generation at which each was added."""
    return dict(connection.execute("SELECT key, generation FROM papers"))


def from_database(connection: Database, covers: Coverage, dimension: int) -> Rows:
    """Read the rows of these papers from SQLite."""
    query = (
        "SELECT p.id, s.authority, s.board, p.kind, s.meeting_date, e.vector FROM passages p "
        "JOIN sections s ON s.id = (p.id >> 20 << 20 | p.section) JOIN embeddings e ON e.id = p.embedding "
        "WHERE p.id BETWEEN ? AND ? ORDER BY p.id"
    )
    rows = [row for key in sorted(covers) for row in connection.execute(query, range_of(key))]
    names: dict[str, int] = {}
    codes = np.array([[names.setdefault(name, len(names)) for name in row[1:4]] for row in rows], dtype=np.int32)
    codes = codes.reshape(-1, 3)
    days = [date.fromisoformat(row[4]).toordinal() if row[4] else _NO_DAY for row in rows]
    vectors = np.frombuffer(b"".join(row[5] for row in rows), dtype="<f2").reshape(-1, dimension)
    return Rows(
        np.array([row[0] for row in rows], dtype=np.int64),
        vectors,
        codes[:, 0],
        codes[:, 1],
        codes[:, 2],
        np.array(days, dtype=np.int32),
        tuple(names),
        dict(covers),
    )


def exact_vectors(connection: Database, ids: Iterable[int], dimension: int) -> tuple[list[int], NDArray[np.float32]]:
    """Read the vectors of passages from SQLite: the ids found, and float32 (n, dim) in their order."""
    query = "SELECT p.id, e.vector FROM passages p JOIN embeddings e ON e.id = p.embedding WHERE p.id IN"
    pairs = list(among(connection, query, ids))
    rows = np.frombuffer(b"".join(vector for _, vector in pairs), dtype="<f2").reshape(-1, dimension)
    return [id for id, _ in pairs], rows.astype(np.float32)


def joined(parts: Sequence[Rows]) -> Rows:
    """Put the rows of several into one, in the order of their ids."""
    names: dict[str, int] = {}
    moved = [np.array([names.setdefault(name, len(names)) for name in part.names], dtype=np.int32) for part in parts]

    def column(name: str) -> NDArray[np.int32]:
        return np.concatenate([to[getattr(part, name)] for part, to in zip(parts, moved, strict=True)])

    ids = np.concatenate([part.ids for part in parts])
    order = np.argsort(ids, kind="stable")
    vectors = np.concatenate([part.vectors for part in parts])
    return Rows(
        ids[order],
        vectors[order] if len(vectors) else vectors,
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
    paths = folder.glob(f"*{_SUFFIX}") if folder.is_dir() else ()
    return sorted((path.name for path in paths), reverse=True)


def write(archive: Path, rows: Rows, owner: str) -> str:
    """Write a segment beside, then rename it, so that no half file is ever seen; return its name.

    Args:
        archive: the folder.
        rows: what it holds.
        owner: the archive's own name (`ArchiveState.archive`).
    """
    folder = archive / FOLDER
    folder.mkdir(exist_ok=True)
    about = owner + ",".join(f"{key}:{generation}" for key, generation in sorted(rows.covers.items()))
    name = f"{len(rows.ids):09d}-{hashlib.sha256(about.encode()).hexdigest()[:16]}{_SUFFIX}"
    beside = folder / f"{name}.new"
    with beside.open("wb") as file:
        np.savez(
            file,
            owner=np.frombuffer(owner.encode(), dtype=np.uint8),
            keys=np.array(sorted(rows.covers), dtype=np.int64),
            generations=np.array([rows.covers[key] for key in sorted(rows.covers)], dtype=np.int64),
            names=np.frombuffer("\0".join(rows.names).encode(), dtype=np.uint8),
            ids=rows.ids,
            vectors=rows.vectors,
            authority=rows.authority,
            board=rows.board,
            kind=rows.kind,
            day=rows.day,
            index=rows.index,
        )
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, folder / name)
    return name


def coverage(archive: Path, name: str, owner: str) -> dict[int, int] | None:
    """Return what a segment covers; None if it is gone, damaged or another archive's."""
    arrays = _arrays(archive, name, owner, ("keys", "generations"))
    return dict(zip(arrays["keys"].tolist(), arrays["generations"].tolist(), strict=True)) if arrays else None


def read(archive: Path, name: str, owner: str) -> Rows | None:
    """Return a segment's rows; None if it is gone, damaged (its checksums are verified) or another archive's."""
    names = ("keys", "generations", "names", "ids", "vectors", "authority", "board", "kind", "day", "index")
    arrays = _arrays(archive, name, owner, names)
    if arrays is None:
        return None
    covers = dict(zip(arrays["keys"].tolist(), arrays["generations"].tolist(), strict=True))
    return Rows(
        arrays["ids"],
        arrays["vectors"],
        arrays["authority"],
        arrays["board"],
        arrays["kind"],
        arrays["day"],
        tuple(arrays["names"].tobytes().decode().split("\0")),
        covers,
        arrays["index"],
    )


def _arrays(archive: Path, name: str, owner: str, names: Sequence[str]) -> dict[str, NDArray[Any]] | None:
    """Read some arrays of a segment."""
    try:
        arrays = read_arrays(archive / FOLDER / name, ("owner", *names))
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None
    # Segments from before archives had names lie in the folder of the archive that they are of.
    of = arrays.pop("owner", None)
    other = of is not None and of.tobytes().decode() != owner
    return None if other or len(arrays) < len(names) else arrays


def first_covers(covers: Mapping[str, Coverage], live: Coverage) -> dict[str, set[int]]:
    """Return the papers that count in each segment: those still at that generation, in no segment before it."""
    counting: dict[str, set[int]] = {}
    taken: set[int] = set()
    for name, covered in covers.items():
        mine = {key for key, generation in covered.items() if live.get(key) == generation} - taken
        counting[name] = mine
        taken |= mine
    return counting
