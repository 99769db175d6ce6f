"""What the archive asks of a database, whichever keeps its rows, and which one that is.

Every statement is written once, in SQL that both understand; what they say differently is in their own modules. An
archive is a folder in any case. It holds the database itself, or the address of a server that does: then the folder
keeps only what is made of the rows on this machine, and each machine has its own.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from indexer import defaults
from indexer.errors import ArchiveMissing, BadArguments

EMBEDDED: Final = "archive.sqlite"
# Holds the address of the server, where there is one.
ADDRESS: Final = "database.url"
_SCHEMES: Final = ("postgresql://", "postgres://")
# Where folders of archives on servers are, unless this names another place.
VARIABLE: Final = "BOARD_PAPERS_REPLICAS"


class Result(Protocol):
    """What a statement gives: rows as tuples."""

    def fetchone(self) -> Any:  # noqa: ANN401 - a row's types are those of its columns
        """Return the next row, None after the last."""
        ...

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Database(Protocol):
    """A connection to the rows of an archive, outside of a transaction until one is begun (`schema.transaction`)."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction was begun and is not ended."""
        ...

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Result:
        """Run one statement, with ``?`` where values go."""
        ...

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> object:
        """Run one statement for each row."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...

    def tables(self) -> frozenset[str]:
        """Return the names of all tables; none in a database that is empty."""
        ...

    def faults(self) -> list[str]:
        """Return what the database itself finds broken, a line each."""
        ...

    def reclaim(self) -> None:
        """Rewrite the database's files without a byte of deleted rows; outside of a transaction.

        Raises:
            ArchiveLocked: a reader keeps the old bytes in use.
        """
        ...


def place(named: str | Path) -> Path:
    """Return the folder of the archive that a user names: by a folder, or by the address of a database server.

    Raises:
        BadArguments: it is an address of something else.
    """
    address = str(named)
    if address.startswith(_SCHEMES):
        digest = hashlib.sha256(address.encode()).hexdigest()[:12]
        folder = Path(os.environ.get(VARIABLE) or defaults.folder("archive-replicas")) / digest
        keep(folder, address)
        return folder
    if "://" in address:
        message = f"{address} is not an archive. Give a folder, or an address that begins with {_SCHEMES[0]}"
        raise BadArguments(message, path=address, expected="a folder or an address", found=address)
    return Path(named)


def keep(folder: Path, address: str) -> None:
    """Note in a folder which server keeps its archive's rows; only who runs the program may read it."""
    file = folder / ADDRESS
    if address_of(folder) != address:
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(address, encoding="utf-8")


def address_of(folder: Path) -> str:
    """Return the address of the server that keeps the rows; "" where the folder itself does."""
    try:
        return (folder / ADDRESS).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def there(folder: Path) -> bool:
    """Whether the folder holds a database, or says where one is."""
    return bool(number(folder))


def number(folder: Path) -> int:
    """Return a number that changes when the folder's database is deleted and created again; 0 where there is none."""
    for name in (EMBEDDED, ADDRESS):
        try:
            return (folder / name).stat().st_ino
        except OSError:
            continue
    return 0


def for_writing(folder: Path, wait: float = 0) -> Database:
    """Connect as a writer does; the caller holds the folder's lock.

    Raises:
        ArchiveLocked: a server has another writer still after ``wait`` seconds.
    """
    if address := address_of(folder):
        from indexer.archive import postgresql

        return postgresql.for_writing(address, wait)
    from indexer.archive import sqlite

    return sqlite.for_writing(folder / EMBEDDED)


def for_reading(folder: Path) -> Database:
    """Connect as a reader does.

    Raises:
        ArchiveMissing: the folder holds no database, nor the address of one.
    """
    if address := address_of(folder):
        from indexer.archive import postgresql

        return postgresql.for_reading(address)
    if not there(folder):
        raise missing(folder)
    from indexer.archive import sqlite

    return sqlite.for_reading(folder / EMBEDDED)


def missing(folder: Path) -> ArchiveMissing:
    """Return the error for a folder without an archive."""
    message = (
        f"There is no archive in {folder}. Make one with: python -m indexer index PAPERS --archive {folder} "
        f"(PAPERS is a folder of PDF, Word, web or text files)."
    )
    return ArchiveMissing(message, path=str(folder))
