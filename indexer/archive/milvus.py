"""The vectors of an archive on a server, in Milvus: one collection, partitioned by authority.

It is derived like all indexes: rows commit first, and it follows by generation. Which generation it reflects is in
the database's manifest, written after it, so that whatever a killed writer left undone is done again and changes
nothing. A row counts only while the database holds its paper at the row's generation; papers that came since are
compared from the database. Scores are cosines with the vectors of the database, as everywhere.

No name and no word is in it: authorities, boards and kinds are numbers made of their names.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pymilvus import DataType, MilvusClient, MilvusException

from indexer.archive import filtering
from indexer.archive.database import Database
from indexer.archive.fetch import among
from indexer.archive.kept import Kept
from indexer.archive.schema import generation_of, model_of, note, state_of, transaction
from indexer.archive.segments import Rows, from_database
from indexer.archive.tables import keys_of
from indexer.archive.vectors import AGAIN, LEAST, compared, exactly
from indexer.errors import ArchiveUnreachable
from indexer.records import ArchiveState, Facets, Filters, Scored

# In the manifest: the generation that the collection reflects.
_REFLECTS: Final = "milvus"
# Papers and rows that are sent at once, and as many rows as one search may give.
_PAPERS, _ROWS, _MOST = 256, 4_096, 16_384
# A node that dies in the middle of a search may leave it waiting until the cluster notices, most of a minute later;
# asked again, another node answers. Seconds.
_PATIENCE: Final = 4.0
# How many query nodes hold each vector: with one, nothing is found from its death until another has loaded the same.
COPIES: Final = "BOARD_PAPERS_MILVUS_COPIES"
_COLUMNS: Final = ("authority", "board", "kind", "day", "generation")


class Milvus:
    """The collection of an archive; safe to use from several threads.

    Args:
        address: of the server; one that ends in ".db" is a file of Milvus Lite, for tests.
    """

    def __init__(self, address: str) -> None:
        # Lite knows no partition keys: with one, every filter is refused.
        self._lite = address.endswith(".db")
        with _plain():
            self._client = MilvusClient(address)
        self._tail: Kept[tuple[ArchiveState, int], Rows] = Kept()
        self._facets = filtering.Cube()

    def nearest(self, connection: Database, vector: NDArray[np.float32], limit: int, filters: Filters) -> list[Scored]:
        """See `indexer.archive.vectors.Vectors.nearest`."""
        if limit <= 0:
            return []
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        ranked = compared(self._missing(connection), query, limit, filters)
        hits = self._search(state_of(connection), query, min(_MOST, max(LEAST, AGAIN * limit)), filters)
        ask = "SELECT key, generation FROM papers WHERE key IN"
        live: dict[int, int] = dict(among(connection, ask, {id >> 20 for id, _ in hits}))
        ranked += exactly(connection, query, [id for id, of in hits if live.get(id >> 20) == of])
        return sorted(ranked, key=lambda scored: (-scored.score, scored.id))[:limit]

    def facets(self, connection: Database, filters: Filters) -> Facets:
        """See `indexer.archive.vectors.Vectors.facets`."""
        return self._facets.counted(connection, filters)

    def settle(self, connection: Database, *, again: bool = False) -> None:
        """Send what came since the generation that the collection reflects, and delete what went; or send all again."""
        name, now = _name(state_of(connection)), generation_of(connection)
        with _plain():
            if again and self._client.has_collection(name):
                self._client.drop_collection(name)
            since = self._reflects(connection)
            if since == now:
                return
            if since < 0:
                self._create(name, model_of(connection).dimension)
            gone = connection.execute("SELECT paper_id FROM removed WHERE generation > ?", (since,)).fetchall()
            new = _added_since(connection, since)
            for some in _portions([*keys_of([id for (id,) in gone]), *new], _PAPERS):
                self._client.delete(name, filter=_one_of("key", some))
            for some in _portions(list(new), _PAPERS):
                rows = from_database(connection, {key: new[key] for key in some}, model_of(connection).dimension)
                for part in _portions(list(_sent(rows)), _ROWS):
                    self._client.insert(name, part)
            self._client.flush(name)
        with transaction(connection):
            note(connection, _REFLECTS, str(now))

    def faults(self, connection: Database, stored: set[int]) -> Iterator[str]:
        """See `indexer.archive.vectors.Vectors.faults`."""
        live, held = dict(connection.execute("SELECT key, generation FROM papers")), set[int]()
        name = _name(state_of(connection))
        with _plain():
            if self._client.has_collection(name):
                pages = self._client.query_iterator(name, _ROWS, filter="id >= 0", output_fields=["id", "generation"])
                while rows := pages.next():
                    held |= {row["id"] for row in rows if live.get(row["id"] >> 20) == row["generation"]}
        if held != stored:
            lacking, extra = len(stored - held), len(held - stored)
            yield f"vector index: {lacking} passages missing, {extra} too many; run the indexer again to repair it"

    def behind(self, connection: Database) -> bool:
        """Whether a writer has something to send."""
        with _plain():
            return self._reflects(connection) != generation_of(connection)

    def _reflects(self, connection: Database) -> int:
        """Return the generation that the collection reflects; -1 where there is none."""
        noted = connection.execute("SELECT value FROM manifest WHERE key = ?", (_REFLECTS,)).fetchone()
        there = noted and self._client.has_collection(_name(state_of(connection)))
        return int(noted[0]) if there else -1

    def _create(self, name: str, dimension: int) -> None:
        """Make an empty collection, also where a killed writer left one that reflects nothing yet."""
        if self._client.has_collection(name):
            self._client.drop_collection(name)
        schema = MilvusClient.create_schema(auto_id=False)
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("key", DataType.INT64)
        for column in _COLUMNS:
            partitioned = column == "authority" and not self._lite
            schema.add_field(column, DataType.INT64, is_partition_key=partitioned)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
        index = self._client.prepare_index_params()
        index.add_index("vector", index_type="FLAT" if self._lite else "AUTOINDEX", metric_type="IP")
        self._client.create_collection(name, schema=schema, index_params=index)
        if (copies := int(os.environ.get(COPIES) or 1)) > 1:
            self._client.release_collection(name)
            self._client.load_collection(name, replica_number=copies)

    def _search(
        self, state: ArchiveState, query: NDArray[np.float32], limit: int, filters: Filters
    ) -> list[tuple[int, int]]:
        """Find rows that pass: their ids and generations."""
        name = _name(state)
        with _plain():
            if not self._client.has_collection(name):
                return []
            try:
                (hits,) = self._once(name, query, limit, filters)
            except MilvusException:
                (hits,) = self._once(name, query, limit, filters)
        return [(hit["id"], hit["entity"]["generation"]) for hit in hits]

    def _once(self, name: str, query: NDArray[np.float32], limit: int, filters: Filters) -> list[list[dict[str, Any]]]:
        hits: list[list[dict[str, Any]]] = self._client.search(
            name,
            query.tolist(),
            filter=_passing(filters),
            limit=limit,
            output_fields=["generation"],
            timeout=_PATIENCE,
        )
        return hits

    def _missing(self, connection: Database) -> Rows:
        """Read from the database what the collection does not hold yet, once for each state."""
        with _plain():
            of = (state_of(connection), self._reflects(connection))
        dimension = model_of(connection).dimension
        return self._tail.once(of, lambda: from_database(connection, _added_since(connection, of[1]), dimension))


class MilvusWriter:
    """The collection opened for writing; see `indexer.archive.engines.VectorWriter`."""

    def __init__(self, address: str, connection: Database) -> None:
        self._collection = Milvus(address)
        self._connection = connection

    def settle(self, *, purge: bool = False, verify: bool = False) -> None:
        """Send what is new, delete what is gone. To purge or to verify makes a new collection and drops the old."""
        self._collection.settle(self._connection, again=purge or verify)


def _added_since(connection: Database, generation: int) -> dict[int, int]:
    """Return the papers that came after a generation, by key, with their own."""
    query = "SELECT key, generation FROM papers WHERE generation > ? ORDER BY key"
    return dict(connection.execute(query, (generation,)))


def _name(state: ArchiveState) -> str:
    return f"papers_{state.archive}"


def _number(name: str) -> int:
    """Return 62 bits of a name's hash."""
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 2


def _sent(rows: Rows) -> Iterator[dict[str, Any]]:
    """Yield rows as Milvus takes them."""
    numbers = [_number(name) for name in rows.names]
    columns = (rows.vectors.astype(np.float32), rows.ids, rows.authority, rows.board, rows.kind, rows.day)
    for vector, row, *places, day in zip(*(column.tolist() for column in columns), strict=True):
        authority, board, kind = (numbers[place] for place in places)
        yield dict(zip(_COLUMNS, (authority, board, kind, day, rows.covers[row >> 20]), strict=True)) | {
            "id": row,
            "key": row >> 20,
            "vector": vector,
        }


def _passing(filters: Filters) -> str:
    """Return filters in Milvus's language, in which there are only numbers."""
    lists = (("authority", filters.authorities), ("board", filters.boards), ("kind", filters.kinds))
    parts = [_one_of(column, [_number(name) for name in chosen]) for column, chosen in lists if chosen]
    if filters.papers:
        parts.append(_one_of("key", keys_of(filters.papers)))
    if filters.date_from or filters.date_to:
        first, last = filters.date_from or date.min, filters.date_to or date.max
        parts.append(f"day >= {first.toordinal()} and day <= {last.toordinal()}")
    return " and ".join(f"({part})" for part in parts)


def _one_of(column: str, numbers: Iterable[int]) -> str:
    return f"{column} in {list(numbers) or [-1]}"


def _portions(every: Sequence[Any], most: int) -> Iterator[Sequence[Any]]:
    return (every[at : at + most] for at in range(0, len(every), most))


@contextmanager
def _plain() -> Iterator[None]:
    """Turn Milvus's errors into ours."""
    try:
        yield
    except MilvusException as error:
        message = f"Milvus cannot be used ({error.message}). Start it, or correct BOARD_PAPERS_MILVUS."
        raise ArchiveUnreachable(message, found=str(error.message)) from error
