"""The blocks of a paper in one row, over all pages, and the spans they make; knows nothing of headings or meetings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from indexer.records import Block, Box, Page, Span
from indexer.text.words import runs

# A row of fewer characters has no paragraphs in its cells.
_LONG_ROW = 60
_MARKS = frozenset(".:;?!")
# The next line of a sentence is at most this many heights of a line below it, or little more than the lines before are.
_STEP = 1.5
_SLACK = 1.1
# "Subject:" and more cells behind it than a label and its value have
_LABELLED = re.compile(r"[A-Za-z ]{2,40}:\t(?:[^\t]*\t){3}")


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, or a part of one, with its page and text: ``text == page.text[start:end]``.

    ``size``, ``bold``, ``row``, ``level``, ``left`` and ``lead`` are as in `Block`; ``first`` marks a page's first.
    ``read`` is the text in the order of its word boxes, line by line, for a label set so wide that its words were
    taken for a table's cells; "" for all others. ``breaks`` are the offsets into a row's text at which a paragraph of a
    cell ends, shown by a line that stopped where the next word would have fitted; ``full`` says that the next block's
    first word is in the line right below this one's last and would not have fitted in that.
    """

    page: int
    start: int
    end: int
    text: str
    size: float = 0.0
    bold: bool = False
    row: bool = False
    level: int = 0
    left: float = 0.0
    first: bool = False
    read: str = ""
    breaks: tuple[int, ...] = ()
    full: bool = False
    lead: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """Pages that equal only themselves: to compare all that they hold would cost more than it saves."""

    pages: tuple[Page, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.pages is self.pages

    def __hash__(self) -> int:
        return id(self.pages)


def placed(pages: Iterable[Page]) -> tuple[Placed, ...]:
    """Return every block with text, in reading order; made once for all who ask of the papers read last."""
    return _placed(_Same(tuple(pages)))


@lru_cache(maxsize=4)
def _placed(same: _Same) -> tuple[Placed, ...]:
    blocks: list[Placed] = []
    for page in same.pages:
        fresh = True
        full = _full(page)
        for block in blocks_of(page):
            text = page.text[block.start : block.end]
            if text.strip():
                boxes = _boxes(page, block) if block.row and len(text) > _LONG_ROW else ()
                blocks.append(
                    Placed(
                        page.number,
                        block.start,
                        block.end,
                        text,
                        block.size,
                        block.bold,
                        block.row,
                        block.level,
                        block.left,
                        fresh,
                        _by_lines(page, block) if block.row and _LABELLED.match(text) else "",
                        _breaks(text, boxes) if boxes else (),
                        block.start in full,
                        block.lead,
                    )
                )
                fresh = False
    return tuple(blocks)


def blocks_of(page: Page) -> tuple[Block, ...]:
    """Return a page's blocks; its lines where the reader gave none."""
    if page.blocks:
        return page.blocks
    blocks: list[Block] = []
    start = 0
    for line in page.text.split("\n"):
        blocks.append(Block(start, start + len(line), row="\t" in line))
        start += len(line) + 1
    return tuple(blocks)


def _full(page: Page) -> frozenset[int]:
    """The starts of blocks that end in a full line, without a mark, and have a word in the line right below."""
    if not page.boxes:
        return frozenset()
    ends = list(accumulate(len(page.text[block.start : block.end].split()) for block in page.blocks))
    if not ends or ends[-1] != len(page.boxes) or not all(page.boxes):
        return frozenset()
    places = list(zip(page.blocks, [0, *ends], ends, strict=False))
    edge = max((box[-1].x1 for block, a, b in places if not block.row for box in page.boxes[a:b]), default=0.0)
    full = []
    for block, begin, end in places[:-1]:
        if not block.row and page.text[block.start : block.end].rstrip()[-1:] not in _MARKS:
            last, following = page.boxes[end - 1][-1], page.boxes[end][0]
            height = last.y1 - last.y0
            wide = last.x1 + (following.x1 - following.x0) + height / 4 > edge
            if wide and height / 2 < following.y0 - last.y0 <= _reach(page.boxes[begin:end], height):
                full.append(block.start)
    return frozenset(full)


def _reach(boxes: Sequence[tuple[Box, ...]], height: float) -> float:
    """How far below a block's last line the next line of its sentence may be."""
    return max(_STEP * height, *(_SLACK * (box[-1].y0 - before[-1].y0) for before, box in pairwise(boxes)), 0.0)


def _boxes(page: Page, block: Block) -> tuple[Box, ...]:
    """The boxes of a block's words; () where one is unknown."""
    first = len(page.text[: block.start].split())
    count = len(page.text[block.start : block.end].split())
    boxes = tuple(box[-1] for box in page.boxes[first : first + count] if box)
    return boxes if len(boxes) == count else ()


def _breaks(text: str, boxes: Sequence[Box]) -> tuple[int, ...]:
    """The offsets at which a line in a cell stops although the next line's first word would have fitted behind it."""
    words = runs(text)
    breaks: list[int] = []
    begin = 0
    for at in range(1, len(words) + 1):
        if at < len(words) and "\t" not in text[words[at - 1][1] : words[at][0]]:
            continue
        edge = max(box.x1 for box in boxes[begin:at])
        for one in range(begin + 1, at):
            last, box = boxes[one - 1], boxes[one]
            turned = box.y0 > last.y0 + (last.y1 - last.y0) / 2 and box.x0 < last.x1
            if turned and edge - last.x1 > (box.x1 - box.x0) + (box.y1 - box.y0) / 2:
                breaks.append(words[one][0])
        begin = at
    return tuple(breaks)


def _by_lines(page: Page, block: Block) -> str:
    """The words of a block from left to right, line by line; "" where their boxes are unknown."""
    words = page.text[block.start : block.end].split()
    boxes = _boxes(page, block)
    if not boxes:
        return ""
    height = max(box.y1 - box.y0 for box in boxes)
    lines: list[list[tuple[float, str]]] = []
    top = float("-inf")
    for box, word in sorted(zip(boxes, words, strict=True), key=lambda pair: pair[0].y0):
        if box.y0 > top + height / 2:
            lines.append([])
            top = box.y0
        lines[-1].append((box.x0, word))
    return " ".join(word for line in lines for _, word in sorted(line))


def spans_over(pieces: Iterable[Placed]) -> tuple[Span, ...]:
    """Return one span for each run of neighbouring pieces on a page; the pieces are in reading order."""
    spans: list[Span] = []
    for piece in pieces:
        if spans and spans[-1].page == piece.page:
            spans[-1] = Span(piece.page, spans[-1].start, piece.end)
        else:
            spans.append(Span(piece.page, piece.start, piece.end))
    return tuple(spans)
