"""A sheet's cleaned words into a stored page: text, blocks and the boxes of each word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from indexer.layout import clean, order, tables
from indexer.layout.marks import LINE_HYPHEN, Rule, Sheet, Word
from indexer.layout.rows import Draft
from indexer.records import Block, Box, Page, TextMethod

Boxes = tuple[Box, ...]
Rectangle = tuple[float, float, float, float]


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
        sheet: where they stand; its own words are not looked at.
        words: what is left of the sheet's words after cleaning.
        known: the document's words, for mending broken ones (`clean.joined`).
        label: the printed page number.
        method: how the words were read.
        confidence: how surely, in [0, 1].
    """
    text: list[str] = []
    blocks: list[Block] = []
    boxes: list[Boxes] = []
    at = 0
    for draft in _drafts(sheet, words):
        cells = []
        for cell in draft.cells:
            mended = list(_mended(cell, known))
            cells.append(" ".join(word for word, _ in mended))
            boxes += [places for _, places in mended]
        body = "\t".join(cells)
        blocks.append(_block(draft, at, at + len(body)))
        text.append(body)
        at += len(body) + 1
    return Page(
        sheet.number,
        "\n".join(text),
        tuple(blocks),
        label,
        sheet.width,
        sheet.height,
        tuple(boxes),
        method,
        confidence,
    )


def _block(draft: Draft, start: int, end: int) -> Block:
    sizes: Counter[float] = Counter()
    bold = 0
    for cell in draft.cells:
        for word in cell:
            sizes[word.size] += len(word.text)
            bold += len(word.text) if word.bold else 0
    size, _ = sizes.most_common(1)[0]
    return Block(start, end, size, bold > sizes.total() / 2, draft.row, 0, round(draft.left, 1))


def _mended(cell: Sequence[Word], known: clean.Vocabulary) -> Iterator[tuple[str, Boxes]]:
    """The words of a cell as they read: broken words joined, with both boxes."""
    if not cell:
        return
    text = cell[0].text
    places: Boxes = (_box(cell[0]),)
    for last, word in pairwise(cell):
        end = last.text[-1]
        if end in clean.HYPHENS and clean.broken(last, word):
            text, places = clean.joined(text, word.text, known), (*places, _box(word))
        elif end.isdigit() and clean.glued(last, word):
            text, places = text + word.text, (*places, _box(word))
        else:
            yield text, places
            text, places = word.text, (_box(word),)
    yield text.replace(LINE_HYPHEN, "-"), places


def _box(word: Word) -> Box:
    return Box(word.x0, word.y0, word.x1, word.y1)


def _drafts(sheet: Sheet, words: Sequence[Word]) -> Iterator[Draft]:
    """Lay out upright words, then those that read up, down or upside down, each turned upright for the purpose."""
    turns = Counter(word.turn for word in words)
    for turn, _ in turns.most_common():
        ahead, back = _turned(turn, sheet.width, sheet.height), _turned(-turn % 4, *_size(sheet, turn))
        if turn == 0:
            some = [word for word in words if word.turn == 0] if len(turns) > 1 else words
            rules: Sequence[Rule] = sheet.rules
        else:
            some = [_moved(word, ahead) for word in words if word.turn == turn]
            rules = [Rule(*ahead(rule)) for rule in sheet.rules]
        for draft in order.drafts(some, tables.drawn(rules, some)):
            if turn:
                draft.cells = [[_moved(word, back) for word in cell] for cell in draft.cells]
            yield draft


def _size(sheet: Sheet, turn: int) -> tuple[float, float]:
    return (sheet.height, sheet.width) if turn % 2 else (sheet.width, sheet.height)


def _moved(word: Word, turn: Callable[[Rectangle], Rectangle]) -> Word:
    x0, y0, x1, y1 = turn(word[1:5])
    return word._replace(x0=x0, y0=y0, x1=x1, y1=y1)


def _turned(turn: int, width: float, height: float) -> Callable[[Rectangle], Rectangle]:
    """How a rectangle lies after the sheet is turned clockwise by ``turn`` quarters."""
    if turn == 1:
        return lambda r: (height - r[3], r[0], height - r[1], r[2])
    if turn == 2:
        return lambda r: (width - r[2], height - r[3], width - r[0], height - r[1])
    if turn == 3:
        return lambda r: (r[1], width - r[2], r[3], width - r[0])
    return lambda r: r
