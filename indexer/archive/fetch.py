"""Rows back to records. Every function reads through the connection that it is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from indexer.archive import codec
from indexer.archive.database import Database
from indexer.archive.filtering import one_of
from indexer.archive.tables import ORDINAL, range_of
from indexer.archive.word_boxes import boxes_from_bytes
from indexer.records import (
    CONCEALING,
    Bookmark,
    LedgerEntry,
    Meeting,
    Page,
    PageFault,
    Paper,
    Passage,
    Ruling,
    Section,
    StoredPassage,
    Totals,
    cut,
)

# SQLite takes at least 999 parameters in one statement, in every version.
_AT_ONCE = 900
# A large archive holds the fire procedure ten thousand times.
_MOST_TWINS = 50
_PAPER = "id, path, format, paged, kind, title, authority, board, meeting_date, page_count, url, evidence"
SECTION = "id, parent, kind, number, title, authority, board, meeting_date, spans, level, agenda_item"
_PASSAGE = "id, section, kind, spans, trail, headers, twin"

Row = tuple[Any, ...]


def among(connection: Database, statement: str, values: Iterable[object], then: str = "") -> Iterator[Row]:
    """Run a statement that ends in ``IN``, or in that and ``then``, over any number of values, in portions."""
    every = list(values)
    for at in range(0, len(every), _AT_ONCE):
        some = every[at : at + _AT_ONCE]
        yield from connection.execute(f"{statement} ({','.join('?' * len(some))}){then}", some)


def tokens(connection: Database, ids: Iterable[int]) -> dict[int, bytes]:
    """Fetch passages' packed token vectors by id; passages kept without are left out."""
    query = "SELECT p.id, t.codes FROM passages p JOIN tokens t ON t.id = p.embedding WHERE p.id IN"
    return dict(among(connection, query, ids))


def papers(connection: Database) -> tuple[Paper, ...]:
    """Fetch all papers, by path."""
    rows = connection.execute(f"SELECT {_PAPER} FROM papers ORDER BY path, id")  # noqa: S608 - our own column names
    return tuple(_paper(row) for row in rows)


def stored(connection: Database, paper_ids: Iterable[str]) -> frozenset[str]:
    """Return those of these papers that are there."""
    return frozenset(id for (id,) in among(connection, "SELECT id FROM papers WHERE id IN", paper_ids))


def authorities(connection: Database, folder: str) -> list[tuple[str, str, str]]:
    """Return id, path and authority of each paper below a folder; "" for an authority that is not known."""
    query = "SELECT id, path, authority FROM papers WHERE path > ? AND path < ?"
    inside = folder.rstrip("/")
    return connection.execute(query, (f"{inside}/", f"{inside}0")).fetchall()  # "0" is the sign after "/"


def paper(connection: Database, paper_id: str) -> Paper | None:
    """Fetch one paper by its id."""
    row = connection.execute(f"SELECT {_PAPER} FROM papers WHERE id = ?", (paper_id,)).fetchone()  # noqa: S608
    return _paper(row) if row else None


def papers_by_key(connection: Database, keys: Iterable[int]) -> dict[int, Paper]:
    """Fetch papers by their keys."""
    rows = among(connection, f"SELECT {_PAPER} FROM papers WHERE key IN", keys)  # noqa: S608
    return {paper.key: paper for paper in map(_paper, rows)}


def pages(connection: Database, key: int) -> tuple[Page, ...]:
    """Fetch all pages of a paper, in order."""
    rows = connection.execute(f"{_PAGE} BETWEEN ? AND ? ORDER BY pages.id", range_of(key))
    return tuple(_page(row) for row in rows)


def page(connection: Database, key: int, number: int) -> Page | None:
    """Fetch one page."""
    if not 0 <= number <= ORDINAL:
        return None
    row = connection.execute(f"{_PAGE} = ?", (key << 20 | number,)).fetchone()
    return _page(row) if row else None


def plain_page(connection: Database, key: int, number: int) -> Page | None:
    """Fetch one page without the places of its words, which take longer to read than all the rest."""
    query = "SELECT text, blocks, label, method, confidence FROM pages WHERE id = ?"
    row = connection.execute(query, (key << 20 | number,)).fetchone()
    if row is None:
        return None
    return Page(
        number, codec.text_from_bytes(row[0]), codec.blocks_from_bytes(row[1]), row[2], method=row[3], confidence=row[4]
    )


def keeps_back(connection: Database, keys: Sequence[int]) -> bool:
    """Whether a part of a paper is exempt, or its file holds more than its pages show."""
    query = "SELECT 1 FROM pages WHERE method = 'withheld' AND id BETWEEN ? AND ? LIMIT 1"
    exempt = any(connection.execute(query, range_of(key)).fetchone() for key in keys)
    return exempt or any(fault.reason.startswith(CONCEALING) for key in keys for fault in faults(connection, key))


def page_label(connection: Database, key: int, number: int) -> str:
    """Fetch the printed number of a page, "" if it is unknown or the page is not there."""
    row = connection.execute("SELECT label FROM pages WHERE id = ?", (key << 20 | number,)).fetchone()
    return str(row[0]) if row else ""


def page_texts(connection: Database, key: int) -> dict[int, str]:
    """Fetch the texts of a paper's pages by number."""
    rows = connection.execute("SELECT id, text FROM pages WHERE id BETWEEN ? AND ? ORDER BY id", range_of(key))
    return {id & ORDINAL: codec.text_from_bytes(text) for id, text in rows}


def sections(connection: Database, key: int) -> tuple[Section, ...]:
    """Fetch a paper's sections, in order."""
    rows = connection.execute(f"SELECT {SECTION} FROM sections WHERE id BETWEEN ? AND ? ORDER BY id", range_of(key))  # noqa: S608
    return tuple(section_of(row) for row in rows)


def outline(connection: Database, key: int) -> tuple[Bookmark, ...]:
    """Fetch a file's own outline."""
    rows = connection.execute(
        "SELECT title, page, depth FROM outline WHERE id BETWEEN ? AND ? ORDER BY id", range_of(key)
    )
    return tuple(Bookmark(*row) for row in rows)


def faults(connection: Database, key: int) -> tuple[PageFault, ...]:
    """Fetch the pages of a paper that could not be read, and why."""
    rows = connection.execute("SELECT page, reason FROM faults WHERE id BETWEEN ? AND ? ORDER BY id", range_of(key))
    return tuple(PageFault(*row) for row in rows)


def passages(connection: Database, ids: Iterable[int]) -> list[StoredPassage]:
    """Fetch passages by their ids, in the order of these."""
    return _stored_passages(connection, sorted(among(connection, f"SELECT {_PASSAGE} FROM passages WHERE id IN", ids)))  # noqa: S608


def passages_of(connection: Database, key: int) -> list[StoredPassage]:
    """Fetch a paper's passages in reading order."""
    query = f"SELECT {_PASSAGE} FROM passages WHERE id BETWEEN ? AND ? ORDER BY id"  # noqa: S608 - our own column names
    return _stored_passages(connection, connection.execute(query, range_of(key)).fetchall())


def _stored_passages(connection: Database, rows: Sequence[Row]) -> list[StoredPassage]:
    """Make passages of their rows, with their papers, sections, headings and the pages that they are cut from."""
    of = papers_by_key(connection, {row[0] >> 20 for row in rows})
    keys = {_beside(row[0], row[1]) for row in rows}
    sections = among(connection, f"SELECT {SECTION} FROM sections WHERE id IN", keys)  # noqa: S608 - our own columns
    homes = {row[0]: section_of(row) for row in sections}
    trails = _trails(connection, {(row[0] >> 20, row[4]) for row in rows})
    spans = [(codec.spans_from_text(row[3]), codec.spans_from_text(row[5])) for row in rows]
    needed = {_beside(row[0], span.page) for row, both in zip(rows, spans, strict=True) for own in both for span in own}
    texts: dict[int, dict[int, str]] = {}
    for id, text in among(connection, "SELECT id, text FROM pages WHERE id IN", needed):
        texts.setdefault(id >> 20, {})[id & ORDINAL] = codec.text_from_bytes(text)
    stored = []
    for (id, section, kind, _, trail, _, twin), (own, headers) in zip(rows, spans, strict=True):
        key = id >> 20
        pages = texts.get(key, {})
        passage = Passage(id & ORDINAL, section, kind, own, cut(pages, own), trails[key, trail], headers)
        above = tuple(cut(pages, (span,)) for span in headers)
        stored.append(StoredPassage(id, of[key], homes[_beside(id, section)], passage, twin.hex(), above))
    return stored


def _trails(connection: Database, stored: Iterable[tuple[int, str]]) -> dict[tuple[int, str], tuple[str, ...]]:
    """Fetch trails by their paper's key and as they are stored: as ordinals of headings."""
    named = {trail: [trail[0] << 20 | place for place in codec.numbers_from_text(trail[1])] for trail in stored}
    every = {id for ids in named.values() for id in ids}
    headings: dict[int, str] = dict(among(connection, "SELECT id, text FROM headings WHERE id IN", every))
    return {trail: tuple(headings.get(id, "") for id in ids) for trail, ids in named.items()}


def _beside(id: int, ordinal: int) -> int:
    """Return the id of another row of the paper that a row belongs to."""
    return id >> 20 << 20 | ordinal


def sizes(connection: Database, keys: Iterable[int]) -> dict[int, int]:
    """Count the passages of papers that have any, by key: they are numbered from 0, so that the last says how many."""
    of_paper = f"id BETWEEN key << 20 AND (key << 20) + {ORDINAL}"
    last = f"(SELECT id FROM passages WHERE {of_paper} ORDER BY id DESC LIMIT 1)"  # noqa: S608 - our own words
    query = f"SELECT key, {last} FROM papers WHERE key IN"  # noqa: S608
    return {key: (last & ORDINAL) + 1 for key, last in among(connection, query, keys) if last is not None}


def twins(connection: Database, hashes: Iterable[str]) -> dict[str, list[StoredPassage]]:
    """Fetch passages by the hashes of their normalised texts, fifty of each at most; none of one that occurs once."""
    by_hash: dict[str, list[StoredPassage]] = {one: [] for one in hashes}
    place = "ROW_NUMBER() OVER (PARTITION BY twin ORDER BY id)"
    query = f"SELECT id, twin FROM (SELECT id, twin, {place} AS place FROM passages WHERE twin IN"  # noqa: S608 - our own words
    rows = among(connection, query, map(bytes.fromhex, by_hash), f") AS each WHERE place <= {_MOST_TWINS}")
    of: dict[int, bytes] = dict(rows)
    count = Counter(of.values())
    # Most texts occur once, and looking up their ids is a tenth of the work of fetching them.
    for stored in passages(connection, [id for id, twin in of.items() if count[twin] > 1]):
        by_hash[stored.twin].append(stored)
    return by_hash


def ledger(connection: Database) -> tuple[LedgerEntry, ...]:
    """Fetch the ledger, by path."""
    rows = connection.execute(
        "SELECT path, status, reason, paper_id, pages, pages_without_text, ocr_pages FROM ledger ORDER BY path"
    )
    return tuple(
        LedgerEntry(path, status, reason, id, count, codec.numbers_from_text(empty), codec.numbers_from_text(scanned))
        for path, status, reason, id, count, empty, scanned in rows
    )


def rulings(connection: Database) -> tuple[Ruling, ...]:
    """Fetch what people decided about papers, oldest first."""
    rows = connection.execute("SELECT paper_id, ruling, was, reason, noted FROM rulings ORDER BY number")
    return tuple(Ruling(*row) for row in rows)


def acronyms(connection: Database, authorities: Sequence[str] = ()) -> list[tuple[str, str, int]]:
    """Fetch (short, long, number of papers that define it so), most papers first; of some authorities or of all."""
    issued = one_of("authority", authorities) if authorities else "TRUE"
    rows = connection.execute(
        "SELECT short, long, COUNT(DISTINCT acronyms.id >> 20) AS papers FROM acronyms "  # noqa: S608 - our own words
        f"JOIN papers ON papers.key = acronyms.id >> 20 WHERE {issued} "
        "GROUP BY short, long ORDER BY papers DESC, short, long",
        authorities,
    )
    return [(short, long, papers) for short, long, papers in rows]


def definitions(connection: Database) -> list[tuple[str, str, int, int, int, int]]:
    """Fetch each place that defines an acronym: short, long, key of the paper, page, start, end; papers in order."""
    rows = connection.execute("SELECT * FROM acronyms ORDER BY id")
    return [(short, long, id >> 20, page, start, end) for id, short, long, page, start, end in rows]


def limbs_by_decision(connection: Database, ids: Sequence[int]) -> dict[int, list[Row]]:
    """Fetch (label, text, spans) of each decision's limbs, in order."""
    rows = sorted(among(connection, "SELECT decision, ordinal, label, text, spans FROM limbs WHERE decision IN", ids))
    return {id: [row[2:] for row in some] for id, some in groupby(rows, key=lambda row: row[0])}


_PAGE = (
    "SELECT pages.id, text, blocks, label, width, height, boxes, method, confidence "
    "FROM pages LEFT JOIN places ON places.id = pages.id WHERE pages.id"
)


def _paper(row: Row) -> Paper:
    """Make a paper of its row."""
    meeting = Meeting(row[6], row[7], codec.date_from_text(row[8]))
    evidence = codec.evidence_from_text(row[11])
    return Paper(row[0], row[1], row[2], bool(row[3]), row[4], row[5], meeting, row[9], row[10], evidence)


def _page(row: Row) -> Page:
    """Make a page of its row."""
    id, packed, blocks, label, width, height, boxes, method, confidence = row
    text = codec.text_from_bytes(packed)
    return Page(
        id & ORDINAL, text, codec.blocks_from_bytes(blocks), label, width, height,
        boxes_from_bytes(boxes or b"", text), method, confidence,
    )  # fmt: skip


def section_of(row: Row) -> Section:
    """Make a section of its row."""
    id, parent, kind, number, title, authority, board, day, spans, level, agenda_item = row
    meeting = Meeting(authority, board, codec.date_from_text(day))
    return Section(id & ORDINAL, parent, kind, number, title, meeting, codec.spans_from_text(spans), level, agenda_item)


def totals(connection: Database) -> Totals:
    """Count papers, pages, passages and decisions, with the first and last meeting date."""
    counts = [
        connection.execute(f"SELECT COUNT(*) FROM {what}").fetchone()[0]  # noqa: S608 - our own table names
        for what in ("papers", "pages", "passages", "decisions WHERE recommendation = 0")
    ]
    first, last = connection.execute("SELECT MIN(meeting_date), MAX(meeting_date) FROM papers").fetchone()
    return Totals(counts[0], counts[1], counts[2], counts[3], codec.date_from_text(first), codec.date_from_text(last))
