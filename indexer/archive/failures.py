"""What failures of the disk and of the database mean to a user."""

from __future__ import annotations

import errno
import lzma
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import ArchiveDamaged, ArchiveFull, ArchiveLocked

_UNWRITABLE = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENOTDIR,
    errno.EEXIST,
}


def rebuild_advice(folder: Path) -> str:
    """Return how to rebuild an archive, as the last sentence of an error."""
    return f"To rebuild it, move the folder {folder} away and run: python -m indexer index PAPERS --archive {folder}"


@contextmanager
def plain_failures(folder: Path) -> Iterator[None]:
    """Turn failures of the disk and of the database into errors that say what to do.

    Raises:
        ArchiveFull: no room, or no permission to write.
        ArchiveLocked: another process kept the database busy.
        ArchiveDamaged: the database is not one, or contradicts itself.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except (sqlite3.DatabaseError, lzma.LZMAError, zlib.error) as error:
        raise _translated(error, folder) from error
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
        raise full(folder, str(error)) from error


def full(folder: Path, said: str) -> ArchiveFull:
    """Return the error for an archive that cannot be written."""
    message = (
        f"The archive in {folder} cannot be written ({said}). Everything up to the last finished paper is kept. "
        f"Free some disk space or allow writing to the folder, then run the same command again."
    )
    return ArchiveFull(message, path=str(folder), found=said)


def _translated(error: Exception, folder: Path) -> Exception:
    """Choose our error for one of SQLite's, or of a value that cannot be unpacked."""
    said = str(error)
    if any(sign in said for sign in ("full", "disk I/O", "readonly", "unable to open")):
        return full(folder, said)
    if "locked" in said or "busy" in said:
        message = f"Another program keeps the database in {folder} busy. Close it and run the same command again."
        return ArchiveLocked(message, path=str(folder), found=said)
    message = f"The database in {folder} is damaged ({said}). {rebuild_advice(folder)}"
    return ArchiveDamaged(message, path=str(folder), found=said)
