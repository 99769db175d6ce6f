"""Collections: named lists of quotations with a reader's notes, in a small database beside the archive.

It holds readers' own words and where quotations are, and never a word of a paper: what a place says is looked up in
the archive each time, so that a withdrawn paper is gone from here too.
"""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import SavedError
from indexer.records import PassageKind
from search import saved
from search.bounds import BOUNDS

_TABLES = """
CREATE TABLE collections (key TEXT PRIMARY KEY, list TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (list, name));
CREATE TABLE pieces (
    collection TEXT NOT NULL REFERENCES collections (key) ON DELETE CASCADE, paper TEXT NOT NULL, kind TEXT NOT NULL,
    spans TEXT NOT NULL, note TEXT NOT NULL, UNIQUE (collection, paper, spans));
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A quotation: its paper's id, what kind of passage it is of, its spans as an address writes them, and a note."""

    paper: str
    kind: PassageKind
    spans: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """A named list of pieces in the order they were added; ``key`` is unguessable."""

    key: str
    name: str
    pieces: tuple[Piece, ...]


class Collections:
    """The database in one file, made when it is first needed. Safe to use from several threads and processes.

    Every method raises `SavedError` when the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, list_key: str, name: str, piece: Piece) -> None:
        """Add a piece to a collection of a reader's list, which is made if need be; its note is then the latest.

        Raises:
            SavedError: the collection, the list or the service is full.
        """
        with self._open() as connection:
            made = (saved.new_key(), list_key, name[: BOUNDS.collection_name])
            connection.execute("INSERT OR IGNORE INTO collections VALUES (?, ?, ?)", made)
            key = connection.execute("SELECT key FROM collections WHERE list = ? AND name = ?", made[1:]).fetchone()[0]
            row = (key, piece.paper, piece.kind, piece.spans, piece.note[: BOUNDS.collection_note])
            connection.execute("INSERT OR REPLACE INTO pieces VALUES (?, ?, ?, ?, ?)", row)
            limits = (
                ("collections in this list", BOUNDS.collections, "collections WHERE list = ?", list_key),
                ("quotations in this collection", BOUNDS.collected, "pieces WHERE collection = ?", key),
                ("quotations in all", BOUNDS.all_collected, "pieces WHERE collection != ?", ""),
            )
            for what, most, where, value in limits:
                count = connection.execute(f"SELECT COUNT(*) FROM {where}", (value,)).fetchone()[0]  # noqa: S608
                if count > most:
                    message = f"Nothing more can be kept: {most:,} {what} are the most. Remove one that is not needed."
                    raise SavedError(message, expected=str(most), found=str(count))

    def listed(self, list_key: str) -> tuple[Collection, ...]:
        """Give the collections of a reader's list, by name."""
        with self._open() as connection:
            rows = connection.execute("SELECT key, name FROM collections WHERE list = ? ORDER BY name", (list_key,))
            query = "SELECT paper, kind, spans, note FROM pieces WHERE collection = ? ORDER BY rowid"
            return tuple(
                Collection(key, name, tuple(Piece(*row) for row in connection.execute(query, (key,))))
                for key, name in rows.fetchall()
            )

    def rename(self, key: str, name: str) -> None:
        """Give a collection another name.

        Raises:
            SavedError: another one of the reader's list has it.
        """
        with self._open() as connection:
            done = connection.execute(
                "UPDATE OR IGNORE collections SET name = ? WHERE key = ?", (name[: BOUNDS.collection_name], key)
            )
            if not done.rowcount:
                message = f"Another collection is called “{name}”. Choose another name, or remove that one first."
                raise SavedError(message, expected="another name", found=name)

    def remove(self, key: str, piece: Piece | None = None) -> None:
        """Take a piece out of a collection, or, without one, delete the collection."""
        with self._open() as connection:
            if piece is None:
                connection.execute("DELETE FROM collections WHERE key = ?", (key,))
            else:
                where = "collection = ? AND paper = ? AND spans = ?"
                connection.execute(f"DELETE FROM pieces WHERE {where}", (key, piece.paper, piece.spans))  # noqa: S608

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        advice = "Allow writing there; a damaged file may be deleted, and its collections are lost then."
        return saved.transaction(self._path, _TABLES, "Collections", advice)
