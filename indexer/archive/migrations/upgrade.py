"""Takes an archive to this program's format, step by step, and says how it gets on.

Every transaction ends with a mark in the manifest that says which step has come how far, so that a run that was killed
is taken up where it stopped, and what was archived is whole at any instant.
"""

from __future__ import annotations

import logging
import os
import time
from contextlib import closing
from pathlib import Path

from indexer.archive import database, schema
from indexer.archive.database import Database
from indexer.archive.failures import rebuild_advice
from indexer.archive.lock import WriterLock
from indexer.archive.migrations import FORMAT, OLDEST, STEPS
from indexer.archive.migrations.step import Step
from indexer.errors import ArchiveMismatch

_LOG = logging.getLogger(__name__)
# In the manifest while a step is under way: the format that it leads to, and the key of the last paper done.
_MARK = "upgrading"
_EVERY = 10.0  # seconds between two lines of progress
# Seconds to wait for another process that is writing, or upgrading already.
_PATIENCE = 600.0


def ensure(folder: Path) -> bool:
    """Upgrade the archive in ``folder`` if its format is older than this program's.

    Returns:
        Whether anything had to be done.

    Raises:
        ArchiveMissing: there is no archive.
        ArchiveLocked: another process keeps writing to it.
        ArchiveMismatch: it is too old to be taken along, or newer than this program; or it may not be written.
    """
    with closing(database.for_reading(folder)) as connection:
        held = schema.format_of(connection, folder)
    if held == FORMAT:
        return False
    _refuse(folder, held)
    lock = WriterLock(folder, _PATIENCE)
    try:
        with closing(database.for_writing(folder)) as connection:
            upgrade(connection, folder)
    finally:
        lock.release()
    return True


def upgrade(connection: Database, folder: Path) -> None:
    """Take an archive from its format to this program's; the caller holds the writer's lock.

    Raises:
        ArchiveMismatch: its format is too old, or newer than this program.
    """
    held = schema.format_of(connection, folder)
    if not OLDEST <= held <= FORMAT:
        _refuse(folder, held)
    for to in range(held + 1, FORMAT + 1):
        step = STEPS[to - OLDEST - 1]
        _LOG.warning("Upgrading the archive in %s to format %d (%s). Nothing in it is lost.", folder, to, step.about)
        _take(connection, folder, step, to)
        if step.shrinks:
            connection.execute("VACUUM")
        _LOG.warning("The archive in %s has format %d.", folder, to)


def _take(connection: Database, folder: Path, step: Step, to: int) -> None:
    """Take one step, from the beginning or from where it was stopped."""
    mark = connection.execute("SELECT value FROM manifest WHERE key = ?", (_MARK,)).fetchone()
    after = int(mark[0].partition(":")[2]) if mark and mark[0].startswith(f"{to}:") else None
    if after is None:
        with schema.transaction(connection):
            for statement in step.statements:
                connection.execute(statement)
            after = _kept(connection, to, -1 if step.portion else None)
    reported_at = time.monotonic()
    while after is not None and step.portion is not None:
        with schema.transaction(connection):
            after = _kept(connection, to, step.portion(connection, folder, after))
        if after is not None and time.monotonic() - reported_at >= _EVERY:
            reported_at = time.monotonic()
            _LOG.warning("%s papers are upgraded.", _share(connection, after))


def _kept(connection: Database, to: int, after: int | None) -> int | None:
    """Keep how far a step has come, inside the caller's transaction: None where it is done."""
    if after is None:
        connection.execute("DELETE FROM manifest WHERE key = ?", (_MARK,))
        connection.execute("UPDATE manifest SET value = ? WHERE key = 'schema'", (str(to),))
    else:
        schema.note(connection, _MARK, f"{to}:{after}")
    return after


def _share(connection: Database, after: int) -> str:
    done, every = connection.execute(
        "SELECT COUNT(CASE WHEN key <= ? THEN 1 END), COUNT(*) FROM papers", (after,)
    ).fetchone()
    return f"{done:,} of {every:,}"


def _refuse(folder: Path, held: int) -> None:
    """Say why an archive cannot be upgraded, if so.

    Raises:
        ArchiveMismatch: its format is too old or too new, or the folder may not be written.
    """
    expected = f"format {FORMAT}"
    if held > FORMAT:
        what = f"this program reads up to format {FORMAT}. Use the newer version of the program that made it."
    elif held < OLDEST:
        what = f"this program can upgrade format {OLDEST} and later. {rebuild_advice(folder)}"
    elif not os.access(folder, os.W_OK):
        what = f"it must be upgraded by somebody who may write there: python -m indexer upgrade --archive {folder}"
    else:
        return
    message = f"The archive in {folder} has format {held}; {what}"
    raise ArchiveMismatch(message, path=str(folder), expected=expected, found=f"format {held}")
