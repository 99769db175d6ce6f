"""Which index of vectors an archive has: segments in its folder, or Milvus where a server keeps its rows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.archive.database import Database, address_of
from indexer.records import Facets, Filters, Scored

VARIABLE: Final = "BOARD_PAPERS_MILVUS"


class Vectors(Protocol):
    """The vectors of an archive, opened for reading; safe to use from several threads."""

    def nearest(self, connection: Database, vector: NDArray[np.float32], limit: int, filters: Filters) -> list[Scored]:
        """Rank the passages that pass ``filters`` by cosine with ``vector`` (float32, (dim,), unit), best first."""
        ...

    def facets(self, connection: Database, filters: Filters) -> Facets:
        """Count the passages that pass ``filters`` by authority, board, kind and year."""
        ...

    def faults(self, connection: Database, stored: set[int]) -> Iterator[str]:
        """Yield a line for each way in which the index differs from the passages that are stored, by their ids."""
        ...

    def behind(self, connection: Database) -> bool:
        """Whether a writer has something to finish or rebuild."""
        ...


class VectorWriter(Protocol):
    """The vectors of an archive, opened for writing, by its one writer."""

    def settle(self, *, purge: bool = False, verify: bool = False) -> None:
        """Bring the index in step with the database.

        Args:
            purge: leave no byte of what was removed.
            verify: trust nothing that is there.
        """
        ...


def shared(folder: Path) -> str:
    """Return the address of the Milvus that all machines share; "" where each has its own vectors."""
    return os.environ.get(VARIABLE, "") if address_of(folder) else ""


def vectors(folder: Path) -> Vectors:
    """Open the vectors of an archive for reading."""
    if address := shared(folder):
        from indexer.archive.milvus import Milvus

        return Milvus(address)
    from indexer.archive.vectors import Segments

    return Segments(folder)


def vector_writer(folder: Path, connection: Database, dimension: int) -> VectorWriter:
    """Open the vectors of an archive for writing; the caller holds the writer's lock."""
    if address := shared(folder):
        from indexer.archive.milvus import MilvusWriter

        return MilvusWriter(address, connection)
    from indexer.archive.merging import SegmentWriter

    return SegmentWriter(folder, connection, dimension)
