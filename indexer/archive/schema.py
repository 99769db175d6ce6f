"""The database's manifest: of which archive, format and model it is; and transactions."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.archive import database
from indexer.archive.database import Database
from indexer.archive.failures import rebuild_advice
from indexer.archive.migrations import FORMAT
from indexer.archive.tables import TABLES
from indexer.errors import ArchiveDamaged, ArchiveMismatch
from indexer.records import ArchiveState, ModelIdentity

# Folders of what is made from the database.
DERIVED = ("words", "vectors")


def open_for_writing(folder: Path, model: ModelIdentity, wait: float = 0) -> Database:
    """Open the database, making it first where there is none. The caller holds the writer's lock.

    Raises:
        ArchiveMismatch: it was made by another model, or is of another format.
        ArchiveLocked: a server has another writer still after ``wait`` seconds.
    """
    connection = database.for_writing(folder, wait)
    try:
        if not connection.tables():
            # Words and vectors of a database that is gone would pass for those of the new one.
            for derived in DERIVED:
                if (folder / derived).exists():
                    shutil.rmtree(folder / derived)
            _create(connection, model)
        check_manifest(connection, folder, model)
    except BaseException:
        connection.close()
        raise
    return connection


def _create(connection: Database, model: ModelIdentity) -> None:
    """Make the tables, all or none, so that an interrupted first run leaves no half database."""
    manifest = {
        "schema": FORMAT,
        "archive": uuid.uuid4().hex,
        "model_name": model.name,
        "model_digest": model.digest,
        "dimension": model.dimension,
        "generation": 0,
    }
    with transaction(connection):
        for statement in TABLES.strip().removesuffix(";").split(";\n"):
            connection.execute(statement)
        connection.executemany("INSERT INTO manifest VALUES (?, ?)", [(k, str(v)) for k, v in manifest.items()])


def format_of(connection: Database, folder: Path) -> int:
    """Return the archive's format.

    Raises:
        ArchiveMissing: the database is empty.
        ArchiveDamaged: the database is of some other program.
    """
    tables = connection.tables()
    if not tables:
        # A first run that was killed before its tables were there, or one that is just beginning.
        raise database.missing(folder)
    row = None
    if "manifest" in tables:
        row = connection.execute("SELECT value FROM manifest WHERE key = 'schema'").fetchone()
    if row is None or not str(row[0]).isdecimal():
        message = f"{folder / database.EMBEDDED} is not an archive of this program. {rebuild_advice(folder)}"
        raise ArchiveDamaged(message, path=str(folder))
    return int(row[0])


def check_manifest(connection: Database, folder: Path, model: ModelIdentity | None) -> None:
    """Make sure that the archive is of this program's format and, if given, of this model.

    Raises:
        ArchiveMissing: the database is empty.
        ArchiveDamaged: the database is of some other program.
        ArchiveMismatch: another model made it, or it is of another format.
    """
    if (of := format_of(connection, folder)) != FORMAT:
        held, expected = f"format {of}", f"format {FORMAT}"
        message = f"The archive in {folder} has {held}, this program reads {expected}: python -m indexer upgrade"
        raise ArchiveMismatch(message, path=str(folder), expected=expected, found=held)
    made_by = model_of(connection)
    if model and made_by != model:
        expected, held = _named(model), _named(made_by)
        message = f"The archive in {folder} was made by {held}, but {expected} is in use. "
        message += f"Embed its texts again: python -m indexer upgrade --vectors --archive {folder}"
        raise ArchiveMismatch(message, path=str(folder), expected=expected, found=held)


def model_of(connection: Database) -> ModelIdentity:
    """Return the model that made the archive's vectors."""
    values = dict(connection.execute("SELECT key, value FROM manifest"))
    return ModelIdentity(values["model_name"], values["model_digest"], int(values["dimension"]))


def state_of(connection: Database) -> ArchiveState:
    """Return which archive this is, and how many changes it has had so far."""
    values = dict(connection.execute("SELECT key, value FROM manifest WHERE key IN ('archive', 'generation')"))
    return ArchiveState(values["archive"], int(values["generation"]))


def generation_of(connection: Database) -> int:
    """Return the number of changes committed so far."""
    return int(connection.execute("SELECT value FROM manifest WHERE key = 'generation'").fetchone()[0])


def next_generation(connection: Database) -> int:
    """Count one change, inside the caller's transaction; return the new generation."""
    generation = generation_of(connection) + 1
    connection.execute("UPDATE manifest SET value = ? WHERE key = 'generation'", (str(generation),))
    return generation


def note(connection: Database, key: str, value: str) -> None:
    """Write one value of the manifest, over that which it has, inside the caller's transaction."""
    replacing = "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    connection.execute(f"INSERT INTO manifest VALUES (?, ?) {replacing}", (key, value))  # noqa: S608 - our own words


@contextmanager
def transaction(connection: Database, how: str = "IMMEDIATE") -> Iterator[None]:
    """Do what is inside wholly or not at all; ``how`` is DEFERRED for a reader's one view of everything."""
    connection.execute(f"BEGIN {how}")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _named(model: ModelIdentity) -> str:
    """Return a model in a few words."""
    return f"the model {model.name} ({model.digest[:12]}, {model.dimension} dimensions)"
