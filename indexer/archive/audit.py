"""Checks the archive's promises on what is stored: spans, model, ledger, and words and vectors in step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from indexer.archive import codec, fetch, rows, schema
from indexer.archive.database import Database
from indexer.archive.hashes import embedded_text, text_hash, twin_hash
from indexer.archive.tables import OF_A_PAPER, range_of
from indexer.records import Paper, Section, Span

if TYPE_CHECKING:
    from indexer.archive.engines import Vectors
    from indexer.archive.words import WordView


def audit(connection: Database, words: WordView | None, vectors: Vectors) -> list[str]:
    """Return one line for each broken promise, none if all is well."""
    faults = [f"database: {fault}" for fault in connection.faults()]
    faults += _strays(connection)
    for paper in fetch.papers(connection):
        faults += [f"{paper.path}: {fault}" for fault in _paper(connection, paper)]
    faults += _ledger(connection)
    if rows.is_erasing(connection):
        faults.append("database: a withdrawal was interrupted before every byte was gone; run the indexer again")
    faults += _embeddings(connection, schema.model_of(connection).dimension)
    faults += _indexes(connection, words, vectors)
    return faults


def behind(connection: Database, words: WordView | None, vectors: Vectors) -> bool:
    """Return whether a writer has something to finish or rebuild; far quicker than a whole audit."""
    state = schema.state_of(connection)
    if rows.is_erasing(connection) or words is None or words.generation != state.generation:
        return True
    return vectors.behind(connection)


def _strays(connection: Database) -> Iterator[str]:
    """Check that every row belongs to a paper."""
    for table in OF_A_PAPER:
        query = f"SELECT COUNT(*) FROM {table} WHERE id >> 20 NOT IN (SELECT key FROM papers)"  # noqa: S608 - our own
        if count := connection.execute(query).fetchone()[0]:
            yield f"database: {count} rows of {table} belong to no paper"


def _paper(connection: Database, paper: Paper) -> Iterator[str]:
    """Check one paper's places and texts."""
    texts = fetch.page_texts(connection, paper.key)
    sections = fetch.sections(connection, paper.key)
    yield from _sections(sections, texts)
    inside = range_of(paper.key)
    query = (
        "SELECT p.id, e.hash FROM passages p LEFT JOIN embeddings e ON e.id = p.embedding WHERE p.id BETWEEN ? AND ?"
    )
    hashes = dict(connection.execute(query, inside))
    sound = all(_inside(span, texts) for span in _passage_spans(connection, paper.key))
    if not sound:
        yield "a passage points outside its pages"
        return
    for stored in fetch.passages_of(connection, paper.key):
        name, passage = f"passage {stored.passage.ordinal}", stored.passage
        if not passage.text.strip():
            yield f"{name} is empty"
        hashed = hashes[stored.id]
        if hashed and text_hash(embedded_text(passage, "\n".join(stored.headers))) != hashed.hex():
            yield f"{name} is not the text that was embedded"
        if twin_hash(passage.text) != stored.twin:
            yield f"{name} has another text's hash"
    for (spans,) in connection.execute("SELECT spans FROM decisions WHERE id BETWEEN ? AND ?", inside):
        if not all(_inside(span, texts) for span in codec.spans_from_text(spans)):
            yield "a decision points outside its pages"


def _passage_spans(connection: Database, key: int) -> Iterator[Span]:
    """Return every span of a paper's passages."""
    query = "SELECT spans, headers FROM passages WHERE id BETWEEN ? AND ?"
    for spans, headers in connection.execute(query, range_of(key)):
        yield from codec.spans_from_text(spans)
        yield from codec.spans_from_text(headers)


def _inside(span: Span, texts: dict[int, str]) -> bool:
    """Whether a span lies on a stored page and holds something."""
    return span.page in texts and 0 <= span.start < span.end <= len(texts[span.page])


def _sections(sections: tuple[Section, ...], texts: dict[int, str]) -> Iterator[str]:
    """Check that sections point at pages and at parents before them."""
    for section in sections:
        if not all(span.page in texts and span.end <= len(texts[span.page]) for span in section.spans):
            yield f"section {section.ordinal} points outside its pages"
        if section.parent is not None and not 0 <= section.parent < section.ordinal:
            yield f"section {section.ordinal} is in a section that does not come before it"


def _ledger(connection: Database) -> Iterator[str]:
    """Check that ledger and papers agree."""
    uncovered = connection.execute(
        "SELECT path FROM papers WHERE id NOT IN "
        "(SELECT paper_id FROM ledger WHERE status IN ('indexed', 'partly read', 'duplicate')) ORDER BY path"
    )
    for (path,) in uncovered:
        yield f"{path}: stored, but the ledger does not say so"
    absent = connection.execute(
        "SELECT path, status FROM ledger WHERE status IN ('indexed', 'partly read') "
        "AND paper_id NOT IN (SELECT id FROM papers) ORDER BY path"
    )
    for path, status in absent:
        yield f"{path}: {status} by the ledger, but not stored"
    kept = connection.execute(
        "SELECT path, status FROM ledger WHERE status IN ('withheld', 'withdrawn') "
        "AND paper_id IN (SELECT id FROM papers) ORDER BY path"
    )
    for path, status in kept:
        yield f"{path}: {status} by the ledger, but still stored"


def _embeddings(connection: Database, dimension: int) -> Iterator[str]:
    """Check that every passage has a unit vector, and that no vector is left over."""
    (without,) = connection.execute(
        "SELECT COUNT(*) FROM passages WHERE embedding NOT IN (SELECT id FROM embeddings)"
    ).fetchone()
    if without:
        yield f"database: {without} passages have no vector"
    (unused,) = connection.execute(
        "SELECT COUNT(*) FROM embeddings WHERE NOT EXISTS (SELECT 1 FROM passages WHERE embedding = embeddings.id)"
    ).fetchone()
    if unused:
        yield f"database: {unused} vectors belong to no passage"
    (unused,) = connection.execute("SELECT COUNT(*) FROM tokens WHERE id NOT IN (SELECT id FROM embeddings)").fetchone()
    if unused:
        yield f"database: token vectors of {unused} texts belong to no passage"
    for hashed, vector in connection.execute("SELECT hash, vector FROM embeddings"):
        row = np.frombuffer(vector, dtype="<f2").astype(np.float32) if len(vector) == 2 * dimension else None
        if row is None or not abs(float(np.linalg.norm(row)) - 1) < 0.01:
            yield f"database: the vector {hashed.hex()} is not a unit vector of {dimension} numbers"


def _indexes(connection: Database, words: WordView | None, vectors: Vectors) -> Iterator[str]:
    """Check that words and vectors hold exactly the passages of the database."""
    state = schema.state_of(connection)
    stored = {id for (id,) in connection.execute("SELECT id FROM passages")}
    advice = "run the indexer again to repair it"
    reflects, indexed = (words.generation, words.ids()) if words else (-1, set[int]())
    if reflects != state.generation:
        yield f"word index: at generation {reflects}, the database at {state.generation}; {advice}"
    if indexed != stored:
        lacking, extra = len(stored - indexed), len(indexed - stored)
        yield f"word index: {lacking} passages missing, {extra} too many; {advice}"
    yield from vectors.faults(connection, stored)
