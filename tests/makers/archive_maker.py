"""Small fictional papers, taken apart, and vectors that need no model, for tests of the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.archive import Writer, texts_to_embed
from indexer.records import (
    Acronym,
    Block,
    Bookmark,
    Box,
    Decision,
    LedgerEntry,
    Limb,
    Meeting,
    ModelIdentity,
    Page,
    PageFault,
    Paper,
    PaperKind,
    Passage,
    PassageKind,
    Reading,
    Section,
    Span,
    Votes,
    cut,
)

DIMENSION = 16
MODEL = ModelIdentity("tiny", "ab" * 32, DIMENSION)
BOARD = Meeting("Fenshire Council", "Health Board", date(2021, 3, 4))


def vector(text: str) -> NDArray[np.float32]:
    """Return the unit vector of a text: random, but always the same, and exact in half precision to about 0.001."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    drawn = np.random.default_rng(seed).standard_normal(DIMENSION)
    return (drawn / np.linalg.norm(drawn)).astype(np.float32)


def vectors(reading: Reading) -> NDArray[np.float32]:
    """Return the vectors of a reading's passages."""
    rows = [vector(text.whole) for text in texts_to_embed(reading)]
    return np.stack(rows) if rows else np.empty((0, DIMENSION), np.float32)


def paper(name: str, meeting: Meeting = BOARD, pages: int = 1, kind: PaperKind = "minutes", title: str = "") -> Paper:
    """Return a paper whose id is made of its name."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Paper(
        digest, f"{name}.pdf", "pdf", True, kind, title or name.title(), meeting, pages, f"https://x.test/{name}"
    )


def reading(
    name: str,
    texts: Sequence[str],
    meeting: Meeting = BOARD,
    kind: PassageKind = "minute",
    trail: tuple[str, ...] = ("Minutes",),
) -> Reading:
    """Return a paper of one page a text, one section and one passage a page."""
    pages = tuple(Page(number, text, (Block(0, len(text)),)) for number, text in enumerate(texts, 1))
    spans = tuple(Span(page.number, 0, len(page.text)) for page in pages)
    section = Section(0, None, "minutes", "", "Minutes", meeting, spans)
    passages = tuple(
        Passage(at, 0, kind, (span,), text, trail) for at, (span, text) in enumerate(zip(spans, texts, strict=True))
    )
    return Reading(paper(name, meeting, len(pages)), pages, (section,), passages, (), ())


def rich_reading() -> Reading:
    """Return a paper that uses every field: a table header, a page break, limbs, votes, boxes, a scanned page."""
    first = "12. FERRY FARES\nResolved: that\na) fares stay as they are; and"
    second = "b) the pier is mended.\nService\tBudget\tSpent\nPier\t£2.4m\t£2.1m"
    boxes = tuple((Box(10.0, 20.5, 30.0625, 31.25),) for _ in first.split())
    parted = (Box(1.0, 2.0, 3.0, 4.0), Box(5.0, 6.0, 7.0, 8.0))
    broken = (parted, *((Box(9.5, 1.5, 12.0, 3.0),) for _ in second.split()[1:]))
    pages = (
        Page(1, first, (Block(0, 15, 14.0, True, level=1), Block(16, 30, left=56.5)), "10", 595.0, 842.0, boxes),
        Page(2, second, (Block(0, 22), Block(23, 43, row=True)), "11", 595.0, 842.0, broken, "ocr", 0.875),
        Page(3, "", method="none", confidence=0.0),
    )
    texts = {page.number: page.text for page in pages}
    item = (Span(1, 0, len(first)), Span(2, 0, 22))
    row, header = Span(2, second.index("Pier"), len(second)), Span(2, 23, second.index("\nPier"))
    sections = (
        Section(0, None, "minutes", "", "Minutes", BOARD, ()),
        Section(1, 0, "item", "12", "FERRY FARES", BOARD, (*item, Span(2, 23, len(second))), 2, "5"),
    )
    limbs = (
        Limb("a)", "fares stay as they are; and", (Span(1, 34, 60),)),
        Limb("b)", "the pier is mended.", (Span(2, 3, 22),)),
    )
    resolved = (Span(1, 16, len(first)), Span(2, 0, 22))
    passages = (
        Passage(0, 1, "resolution", resolved, cut(texts, resolved), ("Minutes", "12. FERRY FARES")),
        Passage(1, 1, "table", (row,), cut(texts, (row,)), ("Minutes", "12. FERRY FARES"), (header,)),
    )
    decision = Decision(
        0, 1, False, "resolved", cut(texts, resolved), resolved, limbs, "12", "FERRY FARES", BOARD, "Councillor Reed",
        "Councillor Marsh", Votes(7, 2, 1), date(2021, 1, 7),
    )  # fmt: skip
    return Reading(
        paper("rich", BOARD, 3),
        pages,
        sections,
        passages,
        (decision,),
        (Acronym("FF", "Ferry Fares", Span(1, 4, 15)),),
        (PageFault(3, "no text on this page"),),
        (Bookmark("12. Ferry fares", 1, 0),),
    )


def entry(of: Reading) -> LedgerEntry:
    """Return the ledger entry of a reading."""
    return LedgerEntry(of.paper.path, "indexed", "", of.paper.id, of.paper.page_count)


def fill(folder: Path, *readings: Reading) -> None:
    """Write readings into an archive, with their ledger entries."""
    with Writer.open(folder, MODEL) as writer:
        for one in readings:
            writer.add(one, vectors(one), [entry(one)])
