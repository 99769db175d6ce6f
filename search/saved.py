"""Saved searches, what has matched them since, and when papers came: a small database beside the archive, not in it.

It holds a reader's own words, ids and numbers, and never a word of a paper: what has become of a match is looked up
in the archive each time, so that a withdrawn paper is gone from here too. Times are counted in rounds: each time that
papers are found to have come, a round is counted, and nothing depends on a clock that is set back.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

from indexer.errors import SavedError
from search.bounds import BOUNDS

View = Literal["ask", "decisions"]
VIEWS: tuple[View, ...] = get_args(View)

_SCHEMA_VERSION = 1
_TABLES = """
CREATE TABLE state (mark TEXT NOT NULL);
INSERT INTO state VALUES ('');
CREATE TABLE rounds (round INTEGER PRIMARY KEY, noticed TEXT NOT NULL);
CREATE TABLE arrivals (paper TEXT PRIMARY KEY, round INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX arrivals_round ON arrivals (round);
CREATE TABLE lists (
    key TEXT PRIMARY KEY, opened TEXT NOT NULL, before TEXT NOT NULL, seen INTEGER NOT NULL, shown INTEGER NOT NULL);
CREATE TABLE searches (
    key TEXT PRIMARY KEY, list TEXT NOT NULL REFERENCES lists (key), view TEXT NOT NULL, query TEXT NOT NULL,
    saved TEXT NOT NULL, checked INTEGER NOT NULL, UNIQUE (list, view, query));
CREATE TABLE matches (
    search TEXT NOT NULL REFERENCES searches (key) ON DELETE CASCADE, id INTEGER NOT NULL, place TEXT NOT NULL,
    round INTEGER NOT NULL, UNIQUE (search, id));
"""
_SEARCH = "key, list, view, query, saved, checked"


@dataclass(frozen=True, slots=True)
class Search:
    """One saved search: its unguessable ``key`` and its list's, the page and address that it is asked by.

    ``checked`` is the last round whose papers were matched.
    """

    key: str
    list: str
    view: View
    query: str
    saved: datetime
    checked: int


@dataclass(frozen=True, slots=True)
class Match:
    """A passage's or decision's id in the archive, and ``place``, its first span, to know it by when papers are re-cut.

    ``round`` is the one in which its paper was noticed.
    """

    id: int
    place: str
    round: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """A reader's look at a list: matches of rounds after ``seen`` are new; ``before`` is when the last look was."""

    seen: int
    before: datetime | None


def new_key() -> str:
    """Make a name that nobody can guess: anyone who knows it may read, and a list's also change."""
    return secrets.token_hex(16)


def is_key(text: str) -> bool:
    """Whether ``text`` looks like a key."""
    return len(text) == 32 and set(text) <= set("0123456789abcdef")


class Store:
    """The database in one file, made when it is first needed. Safe to use from several threads and processes.

    Every method raises `SavedError` when the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def notice(self, mark: str, papers: Callable[[], Iterable[str]]) -> int:
        """Note which papers have come since the last call, and give the number of the latest round.

        Args:
            mark: another one after every change of the archive.
            papers: gives the ids of all its papers; only asked when the mark is another one.
        """
        with self._open() as connection:
            if connection.execute("SELECT mark FROM state").fetchone() == (mark,):
                return _latest(connection)
        there = set(papers())
        with self._open() as connection:
            fresh = there - {paper for (paper,) in connection.execute("SELECT paper FROM arrivals")}
            latest = _latest(connection)
            if fresh:
                latest += 1
                connection.execute("INSERT INTO rounds VALUES (?, ?)", (latest, _now()))
                rows = [(paper, latest) for paper in sorted(fresh)]
                connection.executemany("INSERT INTO arrivals VALUES (?, ?)", rows)
            connection.execute("UPDATE state SET mark = ?", (mark,))
        return latest

    def arrived(self, after: int) -> dict[str, int]:
        """Give the papers that came after a round, each with its own round."""
        with self._open() as connection:
            return dict(connection.execute("SELECT paper, round FROM arrivals WHERE round > ?", (after,)))

    def rounds(self) -> Mapping[int, datetime]:
        """Give when each round was counted."""
        with self._open() as connection:
            return {round: datetime.fromisoformat(at) for round, at in connection.execute("SELECT * FROM rounds")}

    def add(self, list_key: str, view: View, query: str) -> Search:
        """Save a search in a list, which is made if need be; one that is there already is given back as it is.

        Raises:
            SavedError: the list or the service is full.
        """
        with self._open() as connection:
            latest = _latest(connection)
            made = (list_key, _now(), _now(), latest, latest)
            connection.execute("INSERT OR IGNORE INTO lists VALUES (?, ?, ?, ?, ?)", made)
            own = connection.execute("SELECT COUNT(*) FROM searches WHERE list = ?", (list_key,)).fetchone()[0]
            every = connection.execute("SELECT COUNT(*) FROM searches").fetchone()[0]
            if own >= BOUNDS.searches or every >= BOUNDS.all_searches:
                message = (
                    f"Nothing more can be saved: this list holds {own:,} searches of at most {BOUNDS.searches:,}, "
                    f"and all lists {every:,} of at most {BOUNDS.all_searches:,}. Remove one that is not needed."
                )
                raise SavedError(message, expected=str(BOUNDS.searches), found=str(own))
            row = (new_key(), list_key, view, query, _now(), latest)
            connection.execute(f"INSERT OR IGNORE INTO searches ({_SEARCH}) VALUES (?, ?, ?, ?, ?, ?)", row)  # noqa: S608
            where = "list = ? AND view = ? AND query = ?"
            return _searches(connection, where, (list_key, view, query))[0]

    def remove(self, search: Search) -> None:
        """Take a search out of its list, with what matched it."""
        with self._open() as connection:
            connection.execute("DELETE FROM searches WHERE key = ?", (search.key,))

    def listed(self, list_key: str) -> tuple[Search, ...]:
        """Give a list's searches, the first saved first; none for a list that there is not."""
        with self._open() as connection:
            return _searches(connection, "list = ?", (list_key,))

    def search(self, key: str) -> Search | None:
        """Give a search by its key."""
        with self._open() as connection:
            return next(iter(_searches(connection, "key = ?", (key,))), None)

    def look(self, list_key: str, now: datetime | None = None) -> Look:
        """Note that a reader looks at a list now, and give what the look before had already shown."""
        now = now or datetime.now(UTC)
        with self._open() as connection:
            latest, where = _latest(connection), "FROM lists WHERE key = ?"
            row = connection.execute(f"SELECT opened, before, seen, shown {where}", (list_key,)).fetchone()
            if row is None:
                return Look(latest, None)
            opened, before, seen, shown = row
            if now - datetime.fromisoformat(opened) > timedelta(seconds=BOUNDS.look_seconds):
                before, seen = opened, shown
            connection.execute(
                "UPDATE lists SET opened = ?, before = ?, seen = ?, shown = ? WHERE key = ?",
                (now.isoformat(), before, seen, latest, list_key),
            )
            return Look(seen, datetime.fromisoformat(before))

    def match(self, search: Search, latest: int, matches: Sequence[Match]) -> None:
        """Note what matched a search among the papers that came up to the round ``latest``, the best first."""
        with self._open() as connection:
            rows = [(search.key, one.id, one.place, one.round) for one in matches]
            # A search that was removed meanwhile keeps nothing.
            if _searches(connection, "key = ?", (search.key,)):
                connection.executemany("INSERT OR IGNORE INTO matches VALUES (?, ?, ?, ?)", rows)
                connection.execute("UPDATE searches SET checked = ? WHERE key = ?", (latest, search.key))

    def matches(self, search: Search) -> list[Match]:
        """Give what has matched a search since it was saved, the latest and best first, at most ``BOUNDS.matches``."""
        query = "SELECT id, place, round FROM matches WHERE search = ? ORDER BY round DESC, rowid LIMIT ?"
        with self._open() as connection:
            return [Match(*row) for row in connection.execute(query, (search.key, BOUNDS.matches))]

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        advice = (
            "Allow writing there, or name another file in BOARD_PAPERS_SAVED; a damaged file may be deleted, and its "
            "lists are lost then."
        )
        return transaction(self._path, _TABLES, "Saved searches", advice)


@contextmanager
def transaction(path: Path, tables: str, what: str, advice: str) -> Iterator[sqlite3.Connection]:
    """Open a small database of readers' own words for one transaction, and make it if it is not there.

    Args:
        path: its file.
        tables: the statements that make its tables, apart by ";" and a line end.
        what: what it holds, as a message begins.
        advice: how such a message ends: what to do where it cannot be read or written.

    Raises:
        SavedError: it cannot be read or written, or another version of this program made it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=15, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("BEGIN IMMEDIATE")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, _SCHEMA_VERSION):
                message = f"version {version}, this program reads {_SCHEMA_VERSION}"
                raise sqlite3.DatabaseError(message)
            if version == 0:
                for statement in tables.strip().split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
            yield connection
            connection.execute("COMMIT")
    except (sqlite3.Error, OSError) as error:
        message = f"{what} cannot be read or written in {path} ({error}). {advice}"
        raise SavedError(message, path=str(path), found=str(error)) from error


def _searches(connection: sqlite3.Connection, where: str, values: Sequence[str]) -> tuple[Search, ...]:
    rows = connection.execute(f"SELECT {_SEARCH} FROM searches WHERE {where} ORDER BY saved, key", values)  # noqa: S608
    return tuple(
        Search(key, own, view, query, datetime.fromisoformat(saved), checked)
        for key, own, view, query, saved, checked in rows
    )


def _latest(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT COALESCE(MAX(round), 0) FROM rounds").fetchone()[0])


def _now() -> str:
    return datetime.now(UTC).isoformat()
