"""A reading's rows: written and removed inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from indexer.archive import codec
from indexer.archive.database import Database
from indexer.archive.fetch import among
from indexer.archive.hashes import storable, texts_to_embed, twin_hash
from indexer.archive.schema import next_generation
from indexer.archive.tables import OF_A_PAPER, ORDINAL, range_of
from indexer.archive.word_boxes import boxes_to_bytes
from indexer.errors import UnreadablePaper
from indexer.records import LedgerEntry, Meeting, Reading, cut

_REMOVED = "INSERT INTO removed VALUES (?, ?) ON CONFLICT (paper_id) DO UPDATE SET generation = excluded.generation"
# In the manifest from when a paper is removed for good until no byte of it is left.
_ERASING, _ERASED = "erasing", "erased"


def check_reading(reading: Reading, vectors: NDArray[np.float32], dimension: int) -> None:
    """Make sure that a reading keeps the records' promises, before anything of it is written.

    Raises:
        UnreadablePaper: a passage is not what its spans cut, an ordinal is taken twice, or a text cannot be stored.
        ValueError: the vectors do not fit the passages.
    """
    if vectors.shape != (len(reading.passages), dimension):
        message = f"vectors are {vectors.shape}, expected {(len(reading.passages), dimension)}: one row a passage"
        raise ValueError(message)
    if not np.isfinite(vectors).all():
        message = f"vectors of {reading.paper.path} are not all finite"
        raise ValueError(message)
    pages = {page.number: page.text for page in reading.pages}
    texts = [
        reading.paper.path,
        reading.paper.title,
        *pages.values(),
        *(one.text for one in reading.decisions),
        *(one.text for one in reading.reported),
        *(one.text for one in reading.actions),
        *(one.name for one in reading.aliases),
    ]
    if not storable(texts):
        raise _broken(reading, "its text holds half characters (lone surrogates)")
    groups: Sequence[Sequence[int]] = (
        [page.number for page in reading.pages],
        [section.ordinal for section in reading.sections],
        [passage.ordinal for passage in reading.passages],
        [decision.ordinal for decision in reading.decisions],
        [report.ordinal for report in reading.reported],
        [action.ordinal for action in reading.actions],
    )
    for numbers in groups:
        if len(set(numbers)) < len(numbers) or any(not 0 <= number <= ORDINAL for number in numbers):
            raise _broken(reading, "two of its parts have one number")
    sections = {section.ordinal for section in reading.sections}
    for passage in reading.passages:
        if passage.section not in sections:
            raise _broken(reading, f"passage {passage.ordinal} belongs to no section")
        if any(span.page not in pages for span in (*passage.spans, *passage.headers)):
            raise _broken(reading, f"passage {passage.ordinal} is on a page that is not there")
        if cut(pages, passage.spans) != passage.text:
            raise _broken(reading, f"passage {passage.ordinal} is not the text of its place on the page")


def _broken(reading: Reading, why: str) -> UnreadablePaper:
    """Return the error for a paper that must not be stored."""
    message = f"{reading.paper.path} was not stored: {why}. This is a fault of the reading; please report the paper."
    return UnreadablePaper(message, path=reading.paper.path, found=why)


def insert_reading(
    connection: Database,
    reading: Reading,
    vectors: NDArray[np.float32],
    tokens: Mapping[str, bytes],
    generation: int,
) -> None:
    """Write all rows of a paper that is not there yet."""
    paper = reading.paper
    first = paper.key << 20
    connection.execute(
        "INSERT INTO papers VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (paper.key, paper.id, paper.path, paper.format, int(paper.paged), paper.kind, paper.title,
         *_meeting(paper.meeting), paper.page_count, paper.url, generation, codec.evidence_to_text(paper.evidence)),
    )  # fmt: skip
    _insert_text(connection, reading, first)
    _insert_passages(connection, reading, vectors, tokens, first)
    _insert_decisions(connection, reading, first)
    _insert_undertakings(connection, reading, first)
    aliases = [(first + n, a.authority, a.board, a.name, a.how) for n, a in enumerate(reading.aliases)]
    connection.executemany("INSERT INTO aliases VALUES (?,?,?,?,?)", aliases)
    acronyms = [
        (first + n, a.short, a.long, a.span.page, a.span.start, a.span.end) for n, a in enumerate(reading.acronyms)
    ]
    connection.executemany("INSERT INTO acronyms VALUES (?,?,?,?,?,?)", acronyms)
    bookmarks = [(first + n, b.title, b.page, b.depth) for n, b in enumerate(reading.outline)]
    connection.executemany("INSERT INTO outline VALUES (?,?,?,?)", bookmarks)
    faults = [(first + n, fault.page, fault.reason) for n, fault in enumerate(reading.faults)]
    connection.executemany("INSERT INTO faults VALUES (?,?,?)", faults)
    connection.execute("DELETE FROM removed WHERE paper_id = ?", (paper.id,))


def _meeting(meeting: Meeting) -> tuple[str, str, str | None]:
    """Return a meeting's three columns."""
    return meeting.authority, meeting.board, codec.date_to_text(meeting.date)


def _insert_text(connection: Database, reading: Reading, first: int) -> None:
    """Write pages, the places of their words, and sections."""
    pages = [
        (first + p.number, codec.text_to_bytes(p.text), codec.blocks_to_bytes(p.blocks), p.label, p.width, p.height,
         p.method, p.confidence)
        for p in reading.pages
    ]  # fmt: skip
    connection.executemany("INSERT INTO pages VALUES (?,?,?,?,?,?,?,?)", pages)
    places = [(first + page.number, boxes_to_bytes(page.boxes, page.text)) for page in reading.pages if page.boxes]
    connection.executemany("INSERT INTO places VALUES (?,?)", places)
    sections = [
        (first + s.ordinal, s.parent, s.kind, s.number, s.title, *_meeting(s.meeting),
         codec.spans_to_text(s.spans), s.level, s.agenda_item)
        for s in reading.sections
    ]  # fmt: skip
    connection.executemany("INSERT INTO sections VALUES (?,?,?,?,?,?,?,?,?,?,?)", sections)


def _insert_passages(
    connection: Database,
    reading: Reading,
    vectors: NDArray[np.float32],
    tokens: Mapping[str, bytes],
    first: int,
) -> None:
    """Write the vectors that are new, headings and passages."""
    hashes = [bytes.fromhex(text.hash) for text in texts_to_embed(reading)]
    half = codec.vectors_to_half(vectors)
    made = [(hashed, row.tobytes()) for hashed, row in zip(hashes, half, strict=True)]
    connection.executemany("INSERT INTO embeddings (hash, vector) VALUES (?,?) ON CONFLICT DO NOTHING", made)
    ids: dict[bytes, int] = dict(among(connection, "SELECT hash, id FROM embeddings WHERE hash IN", set(hashes)))
    codes = [(ids[hashed], tokens[hashed.hex()]) for hashed in ids if hashed.hex() in tokens]
    connection.executemany("INSERT INTO tokens VALUES (?,?) ON CONFLICT DO NOTHING", codes)
    headings: dict[str, int] = {}
    rows = [
        (first + p.ordinal, p.section, p.kind, codec.spans_to_text(p.spans),
         codec.numbers_to_text([headings.setdefault(heading, len(headings)) for heading in p.trail]),
         codec.spans_to_text(p.headers), bytes.fromhex(twin_hash(p.text)), ids[hashed])
        for p, hashed in zip(reading.passages, hashes, strict=True)
    ]  # fmt: skip
    connection.executemany("INSERT INTO headings VALUES (?,?)", [(first + n, text) for text, n in headings.items()])
    connection.executemany("INSERT INTO passages VALUES (?,?,?,?,?,?,?,?)", rows)


def _insert_decisions(connection: Database, reading: Reading, first: int) -> None:
    """Write decisions and their limbs."""
    rows, limbs = [], []
    for d in reading.decisions:
        votes = codec.numbers_to_text((d.votes.for_, d.votes.against, d.votes.abstain)) if d.votes else None
        rows.append(
            (first + d.ordinal, d.section, int(d.recommendation), d.outcome, d.text,
             codec.spans_to_text(d.spans), d.item, d.title, *_meeting(d.meeting), d.mover, d.seconder, votes,
             codec.date_to_text(d.confirms), " ".join(d.doubts))
        )  # fmt: skip
        for n, limb in enumerate(d.limbs):
            limbs.append((first + d.ordinal, n, limb.label, limb.text, codec.spans_to_text(limb.spans)))
    connection.executemany("INSERT INTO decisions VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", rows)
    connection.executemany("INSERT INTO limbs VALUES (?,?,?,?,?)", limbs)


def _insert_undertakings(connection: Database, reading: Reading, first: int) -> None:
    """Write reported decisions and actions."""
    reported = [
        (first + r.ordinal, r.section, r.text, codec.spans_to_text(r.spans), r.actor, r.when, codec.date_to_text(r.day))
        for r in reading.reported
    ]
    connection.executemany("INSERT INTO reported VALUES (?,?,?,?,?,?,?)", reported)
    actions = [
        (first + a.ordinal, a.section, a.decision, a.text, codec.spans_to_text(a.spans), a.owner, a.due,
         codec.date_to_text(a.due_by))
        for a in reading.actions
    ]  # fmt: skip
    connection.executemany("INSERT INTO actions VALUES (?,?,?,?,?,?,?,?)", actions)


def delete_paper(connection: Database, paper_id: str, generation: int) -> list[tuple[int]]:
    """Remove all rows of a paper, if it is there; return the ids of its vectors, for `drop_unused`."""
    row = connection.execute("SELECT key FROM papers WHERE id = ?", (paper_id,)).fetchone()
    if row is None:
        return []
    inside = range_of(row[0])
    used = connection.execute("SELECT DISTINCT embedding FROM passages WHERE id BETWEEN ? AND ?", inside).fetchall()
    for table in OF_A_PAPER:
        connection.execute(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", inside)  # noqa: S608 - our own table names
    connection.execute("DELETE FROM papers WHERE key = ?", row)
    connection.execute(_REMOVED, (paper_id, generation))
    return used


def remove_papers(connection: Database, paper_ids: Iterable[str]) -> list[str]:
    """Remove papers with what only they use, inside the caller's transaction; return those that were there."""
    there = sorted(id for (id,) in among(connection, "SELECT id FROM papers WHERE id IN", paper_ids))
    for paper_id in there:
        drop_unused(connection, delete_paper(connection, paper_id, next_generation(connection)))
    return there


def drop_unused(connection: Database, used: Sequence[tuple[int]]) -> None:
    """Remove those of these vectors that no passage uses any more."""
    for table in ("embeddings", "tokens"):
        connection.executemany(
            f"DELETE FROM {table} WHERE id = ? AND NOT EXISTS "  # noqa: S608 - our own table names
            f"(SELECT 1 FROM passages WHERE embedding = {table}.id)",
            used,
        )


def is_erasing(connection: Database) -> bool:
    """Whether files may still hold bytes of a paper that was removed for good."""
    return bool(connection.execute("SELECT 1 FROM manifest WHERE key = ?", (_ERASING,)).fetchone())


def mark_erasing(connection: Database) -> None:
    """Note that files may hold bytes of a paper that is being removed for good."""
    connection.execute("INSERT INTO manifest VALUES (?, '1') ON CONFLICT DO NOTHING", (_ERASING,))


def mark_erased(connection: Database) -> None:
    """Note that no byte is left of what was removed for good, and at which generation that was so."""
    connection.execute("DELETE FROM manifest WHERE key IN (?, ?)", (_ERASING, _ERASED))
    connection.execute("INSERT INTO manifest SELECT ?, value FROM manifest WHERE key = 'generation'", (_ERASED,))


def erased(connection: Database) -> int:
    """Return the generation at which something was last removed for good; 0 if nothing ever was."""
    row = connection.execute("SELECT value FROM manifest WHERE key = ?", (_ERASED,)).fetchone()
    return int(row[0]) if row else 0


def once_there(connection: Database, paper_ids: Iterable[str]) -> bool:
    """Whether any of these papers was in the archive and is not now: words and vectors may still hold bytes of it."""
    query = "SELECT 1 FROM removed WHERE paper_id IN"
    return any(True for _ in among(connection, query, paper_ids))


def _now() -> str:
    """Return the time as the archive writes it: ISO, UTC, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def insert_ledger(connection: Database, entries: Iterable[LedgerEntry]) -> None:
    """Write ledger entries over those of the same paths. An entry that says nothing new keeps its time."""
    now = _now()
    rows = [
        (e.path, e.status, e.reason, e.paper_id, e.pages, codec.numbers_to_text(e.pages_without_text),
         codec.numbers_to_text(e.ocr_pages), now)
        for e in entries
    ]  # fmt: skip
    columns = ("status", "reason", "paper_id", "pages", "pages_without_text", "ocr_pages")
    sets = ", ".join(f"{column} = excluded.{column}" for column in (*columns, "noted"))
    differs = " OR ".join(f"ledger.{column} <> excluded.{column}" for column in columns)
    connection.executemany(
        f"INSERT INTO ledger VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (path) DO UPDATE SET {sets} WHERE {differs}",  # noqa: S608
        rows,
    )
