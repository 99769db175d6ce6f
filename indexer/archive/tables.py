"""The tables of an archive, in the SQL that every database understands, and what ids of their rows mean."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.records import KEY_DIGITS

# ``id`` of a row that belongs to a paper is ``(papers.key << 20) | ordinal``: the same bytes get the same ids in any
# order and after any interruption, and a paper's rows are one range of ids (`range_of`) that needs no index. Only
# ``generation``, ``ledger.noted`` and ``embeddings.id`` depend on when and in which order papers came. A passage's text
# is not stored: it is cut from its pages, and ``embeddings.hash`` proves that the cut is what was embedded. Its trail
# is ordinals of ``headings``, its meeting that of its section, whose ordinal it names. Where words are on a page
# takes nearly as much room as its text, and is rarely needed: it has its own table. Who changes a table adds a
# step to `indexer.archive.migrations`, by which the archives that people have come to the same tables.
TABLES = """
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
    board TEXT NOT NULL, meeting_date TEXT, mover TEXT NOT NULL, seconder TEXT NOT NULL, votes TEXT, confirms TEXT,
    doubts TEXT NOT NULL DEFAULT '');
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
CREATE TABLE aliases (
    id INTEGER PRIMARY KEY, authority TEXT NOT NULL, board TEXT NOT NULL, name TEXT NOT NULL, how TEXT NOT NULL);
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
    "aliases",
    "acronyms",
    "outline",
    "faults",
)
# The lower bits of an id: which row of its paper it is.
ORDINAL = (1 << 20) - 1


def range_of(key: int) -> tuple[int, int]:
    """Return the first and the last id that a row of a paper can have, by the paper's key."""
    return key << 20, key << 20 | ORDINAL


def keys_of(papers: Sequence[str]) -> list[int]:
    """Return the keys of paper ids, leaving out what is not an id."""
    return [int(id[:KEY_DIGITS], 16) >> 21 for id in papers if len(id) == 64 and set(id) <= set("0123456789abcdef")]
