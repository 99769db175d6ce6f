"""What an archive needs before anybody reads it: this program's format, and the rulings of the file beside it."""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path

from indexer.archive import applying, database, fetch, replicas, schema
from indexer.archive.migrations.upgrade import ensure
from indexer.archive.writer import Writer
from indexer.errors import ArchiveFull

_LOG = logging.getLogger(__name__)
# Seconds to wait for another process that is writing; it may be the one that rules.
_PATIENCE = 60.0


def prepare(folder: Path) -> None:
    """Upgrade an archive of an older format, and apply rulings by which papers must not be shown that it holds.

    Raises:
        ArchiveMissing: there is no archive.
        ArchiveMismatch: its format cannot be upgraded.
        ArchiveFull: rulings must be applied, and it may not be written: it is not shown then.
        ArchiveLocked: another process keeps writing to it.
    """
    ensure(folder)
    with closing(database.for_reading(folder)) as connection:
        schema.check_manifest(connection, folder, None)
        model = schema.model_of(connection)
        last = {one.paper_id: one.ruling for one in applying.unapplied(connection, applying.known(connection, folder))}
        _keep(connection, folder)
        shown = fetch.stored(connection, [id for id, ruling in last.items() if ruling != "released"])
    if shown:
        Writer.open(folder, model, _PATIENCE).finish()
    elif database.address_of(folder):
        replicas.settle(folder)


def _keep(connection: database.Database, folder: Path) -> None:
    """Put the archive's own rulings into the files beside it and its papers: it may be deleted before it is written."""
    try:
        applying.keep(connection, folder, fetch.rulings(connection))
    except ArchiveFull as error:
        # They are in the archive still; where nothing may be written nobody deletes it either.
        _LOG.warning("The rulings could not be kept next to the archive. %s", error)
