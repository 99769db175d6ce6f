"""A sheet's cleaned words into a stored page: text, blocks and the boxes of each word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, takewhile
from typing import NamedTuple

from indexer.layout import bidi, clean, order, tables
from indexer.layout.marks import LINE_HYPHEN, Rule, Sheet, Word
from indexer.layout.rows import Draft
from indexer.layout.turns import moved, size, tilted, turned
from indexer.records import Block, Box, Page, TextMethod

Boxes = tuple[Box, ...]


def compose(
    sheet: Sheet,
    words: Sequence[Word],
    known: clean.Vocabulary,
    label: str = "",
    method: TextMethod = "text",
    confidence: float = 1.0,
) -> Page:
    """Lay words out and write them into a page.

    Args:
        sheet: where they are; its own words are not looked at.
        words: what is left of the sheet's words after cleaning.
        known: the document's words, for mending broken ones (`clean.joined`).
        label: the printed page number.
        method: how the words were read.
        confidence: how surely, in [0, 1].
    """
    text: list[str] = []
    blocks: list[Block] = []
    boxes: list[Boxes] = []
    at = place = 0
    right = bidi.any_in(words)
    if right and bidi.backwards(words):
        words, right = bidi.reversed_letters(words), False
    for draft in _drafts(sheet, words):
        cells = [list(_mended(bidi.ordered(cell) if right else cell, known)) for cell in draft.cells]
        start = at
        jumps: list[int] = []
        for cell in cells:
            for word in cell:
                if word.open or not 0 <= word.first - place <= 1:
                    jumps += _jumps(word, place, at)
                boxes.append(word.boxes)
                place = word.last
                at += len(word.text) + 1
            at += not cell  # an empty cell has its tab all the same
        text.append("\t".join(" ".join(word.text for word in cell) for cell in cells))
        blocks.append(_block(draft, start, jumps, text[-1]))
    return Page(
        sheet.number,
        "\n".join(text),
        tuple(blocks),
        label,
        sheet.width,
        sheet.height,
        tuple(_leaning(boxes, sheet) if sheet.lean else boxes),
        method,
        confidence,
    )


class _Mended(NamedTuple):
    """A word as it reads, with the boxes of its parts and the places of the first and last of them in the file.

    ``open`` are the offsets into it where a line's end leaves open how it is spelt.
    """

    text: str
    boxes: Boxes
    first: int
    last: int
    open: tuple[int, ...] = ()


def _jumps(word: _Mended, place: int, at: int) -> Iterator[int]:
    """Where another program would not read on, in a word that begins at an offset behind the word at a place."""
    if not 0 <= word.first - place <= 1:
        yield at
    yield from (at + offset for offset in word.open)


def _block(draft: Draft, start: int, jumps: Sequence[int], text: str) -> Block:
    looks = {(word.size, word.bold) for cell in draft.cells for word in cell}
    lead = 0
    if len(looks) == 1:  # most blocks
        ((size, bold),) = looks
    else:
        sizes: Counter[float] = Counter()
        bolds: Counter[bool] = Counter()
        for cell in draft.cells:
            for word in cell:
                sizes[word.size] += len(word.text)
                bolds[word.bold] += len(word.text)
        size, bold = sizes.most_common(1)[0][0], bolds[True] > bolds[False]
        lead = 0 if draft.row or not bolds[False] else _lead(draft, text)
    return Block(start, start + len(text), size, bold, draft.row, 0, round(draft.left, 1), tuple(jumps), lead)


def _lead(draft: Draft, text: str) -> int:
    """How many characters at the beginning of a paragraph are set in bold."""
    words = (word for cell in draft.cells for word in cell)
    letters = sum(len(word.text) for word in takewhile(lambda word: word.bold, words))
    counts = accumulate(len(word) for word in text.split(" "))
    return max((count + at for at, count in enumerate(counts) if count <= letters), default=0)


def _mended(cell: Sequence[Word], known: clean.Vocabulary) -> Iterator[_Mended]:
    """The words of a cell as they read: broken words joined, with both boxes."""
    if not cell:
        return
    mended = _whole(cell[0])
    for last, word in pairwise(cell):
        end = last.text[-1]
        if end in clean.HYPHENS and clean.broken(last, word):
            mended = _joined(mended, clean.joined(mended.text, word.text, known), word)
        elif (end.isdigit() and clean.glued(last, word)) or (end in "/–.@_" and clean.run_on(last, word)):
            mended = _joined(mended, mended.text + word.text, word)
        else:
            yield mended
            mended = _whole(word)
    yield mended._replace(text=mended.text.replace(LINE_HYPHEN, "-"))


def _whole(word: Word) -> _Mended:
    return _Mended(word.text, (_box(word),), word.place, word.place)


def _joined(first: _Mended, text: str, word: Word) -> _Mended:
    """Add a word's second half. Programs leave out pdfium's mark and keep other hyphens: where we do else, say so."""
    offset = len(text) - len(word.text)
    kept = text[:offset].endswith("-")
    marked, hyphened = first.text.endswith(LINE_HYPHEN), first.text[-1] in clean.HYPHENS
    plain = kept != marked if hyphened else False
    opened = first.open if plain and 0 <= word.place - first.last <= 1 else (*first.open, offset)
    return _Mended(text, (*first.boxes, _box(word)), first.first, word.place, opened)


def _box(word: Word) -> Box:
    return Box._make(word[1:5])


def _leaning(boxes: Sequence[Boxes], sheet: Sheet) -> Iterator[Boxes]:
    """Boxes as they lie on a sheet whose words lean, cut to the sheet."""
    back = tilted(-sheet.lean, sheet.width, sheet.height)
    for parts in boxes:
        placed = map(back, parts)
        yield tuple(Box(max(a, 0.0), max(b, 0.0), min(c, sheet.width), min(d, sheet.height)) for a, b, c, d in placed)


def _drafts(sheet: Sheet, words: Sequence[Word]) -> Iterator[Draft]:
    """Lay out upright words, then those that read up, down or upside down, each turned upright for the purpose."""
    turns = Counter(word.turn for word in words)
    for turn, _ in turns.most_common():
        ahead = turned(turn, sheet.width, sheet.height)
        back = turned(-turn % 4, *size(sheet.width, sheet.height, turn))
        if turn == 0:
            some = [word for word in words if word.turn == 0] if len(turns) > 1 else words
            rules: Sequence[Rule] = sheet.rules
        else:
            some = [moved(word, ahead) for word in words if word.turn == turn]
            rules = [Rule(*ahead(rule)) for rule in sheet.rules]
        for draft in order.drafts(some, tables.drawn(rules, some)):
            if turn:
                draft.cells = [[moved(word, back) for word in cell] for cell in draft.cells]
            yield draft
