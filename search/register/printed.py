"""What the register answers with, as hits and quotations: each row by the passage that prints it."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.records import RULINGS, StoredPassage
from indexer.text.sentences import sentences
from indexer.text.words import words
from search.answer.lines import Part
from search.answer.verbatim import pieces
from search.bounds import BOUNDS
from search.contents import Contents
from search.hits import of_passage
from search.library import Library
from search.register.listing import Row
from search.results import AnswerSentence, Hit
from search.settings import READ


def hits(rows: Sequence[Row], limit: int, library: Library, contents: Contents) -> tuple[list[Hit], list[int]]:
    """Give the passages that print rows, in their order, each once, and which of them prints each row.

    Args:
        rows: decisions or actions.
        limit: most passages.
        library: the archive.
        contents: sections and page numbers of its papers.

    Returns:
        The hits, and for each row its hit's rank; 0 for one beyond ``limit``.
    """
    passages = {one: library.paper_passages(one) for one in {row.paper.id for row in rows}}
    ranks: dict[int, int] = {}
    made: list[Hit] = []
    homes: list[int] = []
    for row in rows:
        home = _home(row, passages[row.paper.id])
        if home is not None and home.id not in ranks and len(made) < limit:
            ranks[home.id] = len(made) + 1
            made.append(of_passage(len(made) + 1, home, contents))
        homes.append(ranks.get(home.id, 0) if home is not None else 0)
    return made, homes


def quoted(
    rows: Sequence[Row], homes: Sequence[int], shown: Sequence[Hit], contents: Contents
) -> tuple[AnswerSentence, ...]:
    """Quote the first rows, whole or their beginnings, within an answer's words: the shorter leave room to the longer.

    Args:
        rows: decisions or actions.
        homes: the rank of the hit that prints each.
        shown: the hits.
        contents: where other programs do not read on.
    """
    left, answer = BOUNDS.answer_words, list[AnswerSentence]()
    waiting = [(row, rank) for row, rank in zip(rows, homes, strict=True) if 0 < rank <= READ]
    for number, (row, rank) in enumerate(waiting):
        room = max(left // (len(waiting) - number), BOUNDS.row_words)
        own, pages = shown[rank - 1], set(shown[rank - 1].stored.passage.pages)
        for part in pieces(_beginning(row, min(room, left), contents), row.paper.id, contents.jumps):
            if part.page in pages and len(words(part.text)) >= BOUNDS.row_least:
                answer.append(AnswerSentence(part.text, rank, part.page if own.stored.paper.paged else None))
                left -= len(part.text.split())
    return tuple(answer)


def _home(row: Row, passages: Sequence[StoredPassage]) -> StoredPassage | None:
    """Find the passage of a paper that holds the beginning of a row; a ruling before others."""
    if not row.spans:
        return None
    first = row.spans[0]
    holding = [
        one
        for one in passages
        for span in one.passage.spans
        if span.page == first.page and span.start < first.end and first.start < span.end
    ]
    rulings = [one for one in holding if one.passage.kind in RULINGS]
    return next(iter(rulings or holding), None)


def _beginning(row: Row, room: int, contents: Contents) -> list[Part]:
    """Cut so many of a row's first sentences as fit into ``room`` words, one part for each of its pages."""
    parts: list[Part] = []
    for span in row.spans:
        text = contents.text(row.paper.id, span.page)[span.start : span.end]
        stop = 0
        for _, end in sentences(text):
            if len(text[:end].split()) > room:
                break
            stop = end
        if stop:
            parts.append(Part(text[:stop], span.page, span.start))
        room -= len(text[:stop].split())
        if stop < len(text.rstrip()):
            break
    return parts
