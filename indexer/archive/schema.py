"""The database: its tables, its manifest, and how it is opened."""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.archive.failures import rebuild_advice
from indexer.archive.migrations import FORMAT
from indexer.errors import ArchiveDamaged, ArchiveMismatch, ArchiveMissing
from indexer.records import ArchiveState, ModelIdentity

DATABASE = "archive.sqlite"
# Folders of what is made from the database.
DERIVED = ("words", "vectors")

# ``id`` of a row that belongs to a paper is ``(papers.key << 20) | ordinal``: the same bytes get the same ids in any
# order and after any interruption, and a paper's rows are one range of ids (`range_of`) that needs no index. Only
# ``generation``, ``ledger.noted`` and ``embeddings.id`` depend on when and in which order papers came. A passage's text
# is not stored: it is cut from its pages, and ``embeddings.hash`` proves that the cut is what was embedded. Its trail
# is ordinals of ``headings``, its meeting that of its section, whose ordinal it names. Where words stand on a page
# takes nearly as much room as its text, and is seldom asked for: it has a table of its own. Who changes a table adds a
# step to `indexer.archive.migrations`, by which the archives that people have come to the same tables.
_TABLES = """
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE papers (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, format TEXT NOT NULL, paged INTEGER NOT NULL,
    kind TEXT NOT NULL, title TEXT NOT NULL, authority TEXT NOT NULL, board TEXT NOT NULL, meeting_date TEXT,
    page_count INTEGER NOT NULL, url TEXT NOT NULL, generation INTEGER NOT NULL, evidence TEXT NOT NULL DEFAULT '[]');
CREATE INDEX papers_generation ON papers (generation);
CREATE INDEX papers_path ON papers (path);
CREATE TABLE removed (paper_id TEXT PRIMARY KEY, generation INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX removed_generation ON removed (generation);
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, text BLOB NOT NULL, blocks BLOB NOT NULL, label TEXT NOT NULL, width REAL NOT NULL,
    height REAL NOT NULL, method TEXT NOT NULL, confidence REAL NOT NULL);
CREATE TABLE places (id INTEGER PRIMARY KEY, boxes BLOB NOT NULL);
CREATE TABLE sections (
    id INTEGER PRIMARY KEY, parent INTEGER, kind TEXT NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL,
    authority TEXT NOT NULL, board TEXT NOT NULL, meeting_date TEXT, spans TEXT NOT NULL, level INTEGER NOT NULL,
    agenda_item TEXT NOT NULL);
CREATE TABLE headings (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL, kind TEXT NOT NULL, spans TEXT NOT NULL, trail TEXT NOT NULL,
    headers TEXT NOT NULL, twin BLOB NOT NULL, embedding INTEGER NOT NULL);
CREATE INDEX passages_twin ON passages (twin);
CREATE INDEX passages_embedding ON passages (embedding);
CREATE TABLE embeddings (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, vector BLOB NOT NULL);
CREATE TABLE tokens (id INTEGER PRIMARY KEY, codes BLOB NOT NULL);
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL, recommendation INTEGER NOT NULL, outcome TEXT NOT NULL,
    text TEXT NOT NULL, spans TEXT NOT NULL, item TEXT NOT NULL, title TEXT NOT NULL, authority TEXT NOT NULL,
    board TEXT NOT NULL, meeting_date TEXT, mover TEXT NOT NULL, seconder TEXT NOT NULL, votes TEXT, confirms TEXT);
CREATE INDEX decisions_board ON decisions (authority, board, meeting_date);
CREATE INDEX decisions_confirms ON decisions (confirms) WHERE confirms IS NOT NULL;
CREATE INDEX decisions_paper ON decisions (id >> 20);
CREATE TABLE limbs (
    decision INTEGER NOT NULL REFERENCES decisions (id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    label TEXT NOT NULL, text TEXT NOT NULL, spans TEXT NOT NULL, PRIMARY KEY (decision, ordinal)) WITHOUT ROWID;
CREATE TABLE reported (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL, text TEXT NOT NULL, spans TEXT NOT NULL, actor TEXT NOT NULL,
    told_day TEXT NOT NULL, day TEXT);
CREATE TABLE actions (
    id INTEGER PRIMARY KEY, section INTEGER NOT NULL, decision INTEGER, text TEXT NOT NULL, spans TEXT NOT NULL,
    owner TEXT NOT NULL, due TEXT NOT NULL, due_by TEXT);
CREATE TABLE acronyms (
    id INTEGER PRIMARY KEY, short TEXT NOT NULL, long TEXT NOT NULL, page INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL);
CREATE TABLE outline (id INTEGER PRIMARY KEY, title TEXT NOT NULL, page INTEGER NOT NULL, depth INTEGER NOT NULL);
CREATE TABLE faults (id INTEGER PRIMARY KEY, page INTEGER NOT NULL, reason TEXT NOT NULL);
CREATE TABLE roots (name TEXT PRIMARY KEY, folder TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE ledger (
    path TEXT PRIMARY KEY, status TEXT NOT NULL, reason TEXT NOT NULL, paper_id TEXT NOT NULL, pages INTEGER NOT NULL,
    pages_without_text TEXT NOT NULL, ocr_pages TEXT NOT NULL, noted TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX ledger_paper ON ledger (paper_id);
CREATE TABLE rulings (
    number INTEGER PRIMARY KEY, paper_id TEXT NOT NULL, ruling TEXT NOT NULL, was TEXT NOT NULL, reason TEXT NOT NULL,
    noted TEXT NOT NULL);
CREATE INDEX rulings_paper ON rulings (paper_id);
"""
# Tables whose rows belong to one paper.
OF_A_PAPER = (
    "pages",
    "places",
    "sections",
    "headings",
    "passages",
    "decisions",
    "reported",
    "actions",
    "acronyms",
    "outline",
    "faults",
)
_ORDINAL = (1 << 20) - 1


def range_of(key: int) -> tuple[int, int]:
    """Return the first and the last id that a row of a paper can have, by the paper's key."""
    return key << 20, key << 20 | _ORDINAL


def open_for_writing(folder: Path, model: ModelIdentity) -> sqlite3.Connection:
    """Open the database, making it first where there is none. The caller holds the writer's lock.

    Raises:
        ArchiveMismatch: it was made by another model, or is of another format.
    """
    connection = connect_for_writing(folder)
    try:
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
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


def connect_for_writing(folder: Path) -> sqlite3.Connection:
    """Connect to the database as a writer does; the caller holds the writer's lock."""
    connection = sqlite3.connect(folder / DATABASE, timeout=30, isolation_level=None, check_same_thread=False)
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


def _create(connection: sqlite3.Connection, model: ModelIdentity) -> None:
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
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        connection.executemany("INSERT INTO manifest VALUES (?, ?)", [(k, str(v)) for k, v in manifest.items()])


def open_for_reading(folder: Path) -> sqlite3.Connection:
    """Open the database for reading only.

    Raises:
        ArchiveMissing: there is no database in ``folder``.
    """
    path = folder / DATABASE
    if not path.is_file():
        raise _missing(folder)
    return _connected(path)


def _missing(folder: Path) -> ArchiveMissing:
    """Return the error for a folder without an archive."""
    message = (
        f"There is no archive in {folder}. Make one with: python -m indexer index PAPERS --archive {folder} "
        f"(PAPERS is a folder of PDF, Word, web or text files)."
    )
    return ArchiveMissing(message, path=str(folder))


def file_number(folder: Path) -> int:
    """Return a number that changes when the database is deleted and made anew; 0 where there is none."""
    try:
        return (folder / DATABASE).stat().st_ino
    except OSError:
        return 0


def _connected(path: Path) -> sqlite3.Connection:
    """Connect read-only; from a folder that may not be written, only as long as no writer left a log there."""
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        uri = f"{path.resolve().as_uri()}?{mode}"
        connection = sqlite3.connect(uri, uri=True, timeout=30, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            connection.close()
            if "immutable" in mode or path.with_name(path.name + "-wal").exists():
                raise
        else:
            return connection
    raise AssertionError(path)


def format_of(connection: sqlite3.Connection, folder: Path) -> int:
    """Return the archive's format.

    Raises:
        ArchiveMissing: the database is empty.
        ArchiveDamaged: the database is of some other program.
    """
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        # A first run that was killed before its tables were there, or one that is just beginning.
        raise _missing(folder)
    row = None
    if "manifest" in tables:
        row = connection.execute("SELECT value FROM manifest WHERE key = 'schema'").fetchone()
    if row is None or not str(row[0]).isdecimal():
        message = f"{folder / DATABASE} is not an archive of this program. {rebuild_advice(folder)}"
        raise ArchiveDamaged(message, path=str(folder))
    return int(row[0])


def check_manifest(connection: sqlite3.Connection, folder: Path, model: ModelIdentity | None) -> None:
    """Make sure that the archive is of this program's format and, if given, of this model.

    Raises:
        ArchiveMissing: the database is empty.
        ArchiveDamaged: the database is of some other program.
        ArchiveMismatch: another model made it, or it is of another format.
    """
    if (of := format_of(connection, folder)) != FORMAT:
        found, expected = f"format {of}", f"format {FORMAT}"
        message = f"The archive in {folder} has {found}, this program reads {expected}: python -m indexer upgrade"
        raise ArchiveMismatch(message, path=str(folder), expected=expected, found=found)
    made_by = model_of(connection)
    if model and made_by != model:
        expected, found = _named(model), _named(made_by)
        message = f"The archive in {folder} was made by {found}, but {expected} is in use. {rebuild_advice(folder)}"
        raise ArchiveMismatch(message, path=str(folder), expected=expected, found=found)


def model_of(connection: sqlite3.Connection) -> ModelIdentity:
    """Return the model that made the archive's vectors."""
    values = dict(connection.execute("SELECT key, value FROM manifest"))
    return ModelIdentity(values["model_name"], values["model_digest"], int(values["dimension"]))


def state_of(connection: sqlite3.Connection) -> ArchiveState:
    """Return which archive this is, and how many changes it has had so far."""
    values = dict(connection.execute("SELECT key, value FROM manifest WHERE key IN ('archive', 'generation')"))
    return ArchiveState(values["archive"], int(values["generation"]))


def generation_of(connection: sqlite3.Connection) -> int:
    """Return the number of changes committed so far."""
    return int(connection.execute("SELECT value FROM manifest WHERE key = 'generation'").fetchone()[0])


def next_generation(connection: sqlite3.Connection) -> int:
    """Count one change, inside the caller's transaction; return the new generation."""
    generation = generation_of(connection) + 1
    connection.execute("UPDATE manifest SET value = ? WHERE key = 'generation'", (str(generation),))
    return generation


@contextmanager
def transaction(connection: sqlite3.Connection, how: str = "IMMEDIATE") -> Iterator[None]:
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
