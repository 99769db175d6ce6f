"""Takes a section's text to pieces for packing: blocks, and where a block is too long its sentences or parts of them.

The one importer of langchain-text-splitters, which cuts only single sentences and table rows that are too long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.layout.blocks import Placed
from indexer.records import Span
from indexer.text.sentences import sentences

# Words a passage aims at, and the most a merged one may have. The encoder reads 256 tokens, about 180 words of prose,
# headings and table header included.
TARGET = 110
LARGEST = 145
# Characters to which an endless sentence or row is cut: about 100 words.
_CUT_TO = 600

# Roughly the pieces into which the encoder cuts text; an accent or a sign of another script is one by itself.
_TOKEN = re.compile(r"[A-Za-z]{1,7}|\d{1,3}|[^\w\s]|_|[^\x00-\x7f]")


def weight(text: str) -> float:
    """Return the length of ``text`` in words of prose: figures, signs and other scripts weigh what they cost to encode.

    An ordinary English word is about 1.3 tokens; "1,429,506.8" is one word to a reader and seven tokens to the encoder.
    """
    return len(_TOKEN.findall(text)) / 1.3


def without(pieces: Iterable[Placed], taken: Iterable[Span]) -> Iterator[Placed]:
    """Yield the pieces less what ``taken`` covers, cut where a border falls inside a piece."""
    by_page: dict[int, list[Span]] = {}
    for span in taken:
        by_page.setdefault(span.page, []).append(span)
    for piece in pieces:
        at = piece.start
        for span in sorted(by_page.get(piece.page, ()), key=lambda one: one.start):
            if span.end <= at or span.start >= piece.end:
                continue
            yield from _part(piece, at, span.start)
            at = max(at, span.end)
        yield from _part(piece, at, piece.end)


def covered(pieces: Iterable[Placed], spans: Iterable[Span]) -> Iterator[Placed]:
    """Yield what of the pieces lies inside ``spans``, piece by piece."""
    for span in spans:
        for piece in pieces:
            if piece.page == span.page:
                yield from _part(piece, max(piece.start, span.start), min(piece.end, span.end))


def shortened(piece: Placed) -> Iterator[Placed]:
    """Yield the piece itself, or, where it is longer than a passage may be, its sentences and parts of sentences."""
    if weight(piece.text) <= LARGEST:
        yield piece
        return
    for start, end in sentences(piece.text):
        text = piece.text[start:end]
        if weight(text) <= LARGEST:
            yield from _part(piece, piece.start + start, piece.start + end)
            continue
        for left, right in _split(text):
            yield from _part(piece, piece.start + start + left, piece.start + start + right)


def _part(piece: Placed, start: int, end: int) -> Iterator[Placed]:
    text = piece.text[max(0, start - piece.start) : max(0, end - piece.start)]
    if text.strip():
        start += len(text) - len(text.lstrip())
        text = text.strip()
        yield replace(piece, start=start, end=start + len(text), text=text, first=piece.first and start == piece.start)


def _split(text: str) -> Iterator[tuple[int, int]]:
    """Cut a sentence or row without end at cells, clauses, then words; the positions are found again and checked."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=["\t", "; ", ", ", " ", ""],
        keep_separator="end",
        # figures and signs cost more than letters: the cut follows the weight, not the characters alone
        chunk_size=max(100, min(_CUT_TO, int(len(text) / weight(text) * TARGET))),
        chunk_overlap=0,
    )
    at = 0
    for part in splitter.split_text(text):
        start = text.index(part, at)
        if text[at:start].strip():
            message = "the splitter lost text between two of its parts"
            raise AssertionError(message)
        at = start + len(part)
        yield start, at
