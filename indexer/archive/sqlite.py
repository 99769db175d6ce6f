"""Rows in a file of the archive's folder: SQLite, which comes with Python."""

from __future__ import annotations

import sqlite3
from pathlib import Path


class Sqlite(sqlite3.Connection):
    """A connection to the file; see `indexer.archive.database.Database`."""

    def tables(self) -> frozenset[str]:
        """Return the names of all tables."""
        return frozenset(name for (name,) in self.execute("SELECT name FROM sqlite_master"))

    def faults(self) -> list[str]:
        """Return what SQLite finds broken in the file, and rows that refer to none."""
        faults = [row[0] for row in self.execute("PRAGMA quick_check") if row[0] != "ok"]
        strays = [f"a row of {row[0]} belongs to nothing" for row in self.execute("PRAGMA foreign_key_check")]
        return [*faults, *strays]

    def reclaim(self) -> None:
        """Rewrite the file, and its log back into it."""
        self.execute("VACUUM")
        (busy, *_) = self.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            message = "database is locked by a reader"
            raise sqlite3.OperationalError(message)


def for_writing(file: Path) -> Sqlite:
    """Open the file, making it first where there is none."""
    connection = _connected(str(file))
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        # FULL: a paper that was reported as indexed is still there after a power cut.
        connection.execute("PRAGMA synchronous = FULL")
        # Removed text is overwritten at once, not when its room happens to be used again.
        connection.execute("PRAGMA secure_delete = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def for_reading(file: Path) -> Sqlite:
    """Open the file read-only; from a folder that may not be written, only as long as no writer left a log there."""
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        connection = _connected(f"{file.resolve().as_uri()}?{mode}")
        try:
            connection.tables()
        except sqlite3.OperationalError:
            connection.close()
            if "immutable" in mode or file.with_name(file.name + "-wal").exists():
                raise
        else:
            return connection
    raise AssertionError(file)


def _connected(name: str) -> Sqlite:
    return sqlite3.connect(
        name,
        timeout=30,
        isolation_level=None,
        check_same_thread=False,
        factory=Sqlite,
        uri=name.startswith("file:"),
    )
