"""Rows on a server: PostgreSQL, through psycopg. What it says otherwise than SQLite is here and nowhere else.

The rows of a paper lie in partitions by the authority that issued it. No statement says which: a trigger notes the
authority of each paper that is stored, and the rows that follow it in its transaction take theirs from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

import psycopg
from psycopg import errors

from indexer.archive.tables import OF_A_PAPER
from indexer.errors import ArchiveDamaged, ArchiveFull, ArchiveLocked, ArchiveUnreachable, UnreadablePaper

# Partitions by authority: a council's rows are in one of them, and each is looked into for ids that name no council.
PARTS: Final = 8
_PARTED: Final = (*OF_A_PAPER, "limbs")
# Tables that number their rows by themselves, as SQLite's do.
_NUMBERED: Final = ("embeddings", "rulings")
_PART: Final = ", part TEXT NOT NULL DEFAULT current_setting('papers.part'), "
# In statements that define something: the server's words for SQLite's. Texts are sorted by their bytes, as in SQLite.
_DEFINED: Final = {
    " INTEGER": " BIGINT",
    " BLOB": " BYTEA",
    " REAL": " DOUBLE PRECISION",
    " TEXT": ' TEXT COLLATE "C"',
    " WITHOUT ROWID": "",
    " end ": ' "end" ',
    "(id >> 20)": "((id >> 20))",
}
_KEYED: Final = {
    "id BIGINT PRIMARY KEY": ("id BIGINT NOT NULL", "PRIMARY KEY (id, part)"),
    "BIGINT NOT NULL REFERENCES decisions (id) ON DELETE CASCADE": (
        "BIGINT NOT NULL",
        "FOREIGN KEY (decision, part) REFERENCES decisions (id, part) ON DELETE CASCADE",
    ),
    ", PRIMARY KEY (decision, ordinal)": ("", "PRIMARY KEY (decision, ordinal, part)"),
}
_BEGUN: Final = {
    "BEGIN IMMEDIATE": "BEGIN",
    "BEGIN DEFERRED": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}
_NOTES_AUTHORITY: Final = """
CREATE FUNCTION note_authority() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM set_config('papers.part', NEW.authority, true); RETURN NEW; END $$;
CREATE TRIGGER note_authority BEFORE INSERT ON papers FOR EACH ROW EXECUTE FUNCTION note_authority()"""
_COLUMNS: Final = (
    "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
    "AND NOT attisdropped AND attname <> 'part' ORDER BY attnum"
)
_ARRAYS: Final = {int: "bigint[]", str: "text[]", bytes: "bytea[]"}
_LISTED: Final = re.compile(r"\bIN \(\?(?:,\?)*+\)")
# Identifies the lock of an archive's writer among a server's other locks, together with the schema.
_LOCK: Final = 19_750_623
# Seconds that a statement waits for a lock, as long as SQLite's does.
_PATIENCE: Final = 30.0


class Postgresql:
    """A connection to a server; see `indexer.archive.database.Database`."""

    def __init__(self, address: str) -> None:
        """Connect.

        Raises:
            ArchiveUnreachable: the server does not answer, or lets nobody in by this address.
        """
        with _plain():
            self._connection = psycopg.connect(address, autocommit=True)
        self._columns: dict[str, str] = {}

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction was begun and is not ended; of a connection that is lost, not."""
        idle, unknown = psycopg.pq.TransactionStatus.IDLE, psycopg.pq.TransactionStatus.UNKNOWN
        return self._connection.info.transaction_status not in (idle, unknown)

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> psycopg.Cursor[Any]:
        """Run one statement; all its rows are here when this returns, bytes not written out as digits."""
        text, given = _with_arrays(self._named(statement), values)
        with _plain():
            return self._connection.execute(translated(text), given or None, binary=bool(given))

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> object:
        """Run one statement for each row, without waiting for each answer."""
        with _plain(), self._connection.cursor() as cursor:
            cursor.executemany(translated(self._named(statement)), rows)
        return None

    def _named(self, statement: str) -> str:
        """Name the columns where a whole row is inserted: `part` comes before those that were added since."""
        words = statement.split(maxsplit=3)
        if words[:2] != ["INSERT", "INTO"] or words[2] not in _PARTED or not words[3].startswith("VALUES"):
            return statement
        if words[2] not in self._columns:
            rows = self._connection.execute(_COLUMNS, (words[2],))
            self._columns[words[2]] = ", ".join(f'"{name}"' for (name,) in rows)
        return f"INSERT INTO {words[2]} ({self._columns[words[2]]}) {words[3]}"

    def close(self) -> None:
        """Let go of the server."""
        self._connection.close()

    def tables(self) -> frozenset[str]:
        """Return the names of all tables of the schema that the address leads to."""
        rows = self.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return frozenset(name for (name,) in rows)

    def faults(self) -> list[str]:
        """Return nothing: a server checks its pages as it reads them, and rows that refer to none cannot be."""
        return []

    def reclaim(self) -> None:
        """Rewrite every table; readers wait for each. The server's own log and backups are its administrator's."""
        rows = self.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        )
        for (name,) in rows.fetchall():
            self.execute(f"VACUUM (FULL) {name}")


def for_writing(address: str, wait: float) -> Postgresql:
    """Connect as the one writer of the archive; the server lets the next one in when this connection ends.

    Raises:
        ArchiveLocked: there is another one still after ``wait`` seconds.
    """
    connection = Postgresql(address)
    try:
        connection.execute(f"SET lock_timeout = {max(1, int(wait * 1000))}")
        connection.execute("SELECT pg_advisory_lock(?, hashtext(current_schema()))", (_LOCK,))
        connection.execute(f"SET lock_timeout = {int(_PATIENCE * 1000)}")
    except BaseException:
        connection.close()
        raise
    return connection


def for_reading(address: str) -> Postgresql:
    """Connect as a reader: its transactions can change nothing, and see one committed state."""
    return Postgresql(address)


def _with_arrays(statement: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """Give each list of values as one array.

    Then it is the same statement however many there are, which the server plans once: to plan one with hundreds of
    values for every partition took it four times as long as to answer it. The array comes from a query of its own, so
    that not even the first plans look at it: those for long arrays read whole partitions, by processes beside.
    """
    left, given, kinds = list(values), [], list[str]()
    for before, listed in zip(_LISTED.split(statement), [*_LISTED.findall(statement), ""], strict=True):
        alone, many = before.count("?"), listed.count("?")
        given += left[:alone]
        given += [left[alone : alone + many]] if many else []
        kinds += [_ARRAYS[type(left[alone])]] if many else []
        left = left[alone + many :]
    arrays = iter(kinds)
    return _LISTED.sub(lambda _: "= ANY((SELECT ?::{0})::{0})".format(next(arrays)), statement), given


@lru_cache(maxsize=1024)
def translated(statement: str) -> str:
    """Return a statement as the server understands it; one that defines a table, with what belongs to that."""
    if statement in _BEGUN:
        return _BEGUN[statement]
    if not statement.startswith(("CREATE ", "ALTER ")):
        return statement.replace("?", "%s")
    made = statement
    for old, new in _DEFINED.items():
        made = made.replace(old, new)
    return _table(made, made.split()[2]) if made.startswith("CREATE TABLE") else made


def _table(made: str, name: str) -> str:
    """Add to the definition of a table how its rows are numbered or partitioned."""
    if name in _NUMBERED:
        return made.replace("BIGINT PRIMARY KEY", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY")
    if name == "papers":
        return f"{made};{_NOTES_AUTHORITY}"
    if name not in _PARTED:
        return made
    keys = []
    for old, (new, key) in _KEYED.items():
        if old in made:
            made = made.replace(old, new)
            keys.append(key)
    partitioned = f"{made.strip().removesuffix(')')}{_PART}{', '.join(keys)}) PARTITION BY HASH (part)"
    parts = (
        f"CREATE TABLE {name}_{part} PARTITION OF {name} FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})"
        for part in range(PARTS)
    )
    return ";\n".join((partitioned, *parts))


@contextmanager
def _plain() -> Iterator[None]:
    """Turn the server's errors into ours."""
    try:
        yield
    except psycopg.Error as error:
        raise _translated_error(error) from error


def _translated_error(error: psycopg.Error) -> Exception:
    """Choose our error for one of the server's; what it says is one line of it, and quotes no row."""
    said = str(error).partition("\n")[0]
    match error:
        case errors.LockNotAvailable():
            message = f"Another process is writing to the archive on the server ({said}). Run the same command later."
            return ArchiveLocked(message, found=said)
        case errors.DiskFull() | errors.InsufficientPrivilege() | errors.ReadOnlySqlTransaction():
            message = f"The archive on the server cannot be written ({said}). What was finished before is kept."
            return ArchiveFull(message, found=said)
        case psycopg.OperationalError() | psycopg.InterfaceError():
            message = f"The database server cannot be used ({said}). Start it, or correct the archive's address."
            return ArchiveUnreachable(message, found=said)
        case psycopg.DataError():
            message = f"A value cannot be stored by the database server ({said})."
            return UnreadablePaper(message, found=said)
    message = f"The database on the server is not as it should be ({said})."
    return ArchiveDamaged(message, found=said)
