"""A sentence that runs over a page's end, and what is printed between its halves: footnotes, and lines in the margin.

Running lines, which repeat, have left the text before (`indexer.layout.clean`). What is there once, a footnote or
"Continued overleaf", is recognised by its size and place; it stays, but no longer in the middle of a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from indexer.layout.running import EDGE
from indexer.records import Block, Box, Page

_SMALLER: Final = 0.8  # points by which the type of a footnote is smaller than that of the text
_APART: Final = 1.2  # the gap beside a line in the margin, in heights of the line
_INDENT: Final = 4.0  # points to which blocks begin at one and the same place
_SHORT: Final = 12  # words of a line in the margin at most
_HEAD: Final = 3  # lines in the margin at the head of a page at most
_ENDS: Final = (".", "!", "?", ":", ";")


def mended(pages: Sequence[Page]) -> list[Page]:
    """The pages with what interrupts a sentence over a page's end moved before or behind it."""
    usual = _usual(pages)
    out = list(pages)
    for index in range(len(out) - 1):
        upper, lower = out[index], out[index + 1]
        if not any(lower.text[block.start : block.start + 1].islower() for block in lower.blocks[: _HEAD + 1]):
            continue
        body = len(upper.blocks) - _trailing(upper, usual)
        first = _leading(lower, usual)
        if not (body > 0 and first < len(lower.blocks)) or not (body < len(upper.blocks) or first):
            continue
        if _runs_over(upper, upper.blocks[body - 1], lower, lower.blocks[first]):
            out[index] = _moved(upper, body - 1, len(upper.blocks))
            out[index + 1] = _moved(lower, first, 0)
    return out


def _usual(pages: Sequence[Page]) -> float:
    """The type size of most of a paper's text, in points."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for block in page.blocks:
            sizes[block.size] += block.end - block.start
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _runs_over(upper: Page, last: Block, lower: Page, first: Block) -> bool:
    if last.row or first.row:
        return False
    before, after = upper.text[last.start : last.end], lower.text[first.start : first.end]
    return after[:1].islower() and not before.rstrip("\"'”’)").endswith(_ENDS)


def _trailing(page: Page, usual: float) -> int:
    """How many blocks at a page's end are footnotes or lines in the margin."""
    places = _places(page)
    count = 0
    for at in range(len(page.blocks) - 1, 0, -1):
        block, place, above = page.blocks[at], places[at], places[at - 1]
        small = block.size <= usual - _SMALLER and place.y0 > page.height / 2
        edge = place.y0 > (1 - EDGE) * page.height and place.y0 - above.y1 > _APART * (place.y1 - place.y0)
        if block.row or not (small or (edge and _stands_out(page, at, usual))):
            break
        count += 1
    return count


def _leading(page: Page, usual: float) -> int:
    """How many blocks at a page's head are lines in the margin."""
    places = _places(page)
    count = 0
    for at in range(min(len(page.blocks) - 1, _HEAD)):
        place, below = places[at], places[at + 1]
        edge = place.y1 < EDGE * page.height and below.y0 - place.y1 > _APART * (place.y1 - place.y0)
        if page.blocks[at].row or not edge or not _stands_out(page, at, usual):
            break
        count += 1
    return count


def _stands_out(page: Page, at: int, usual: float) -> bool:
    """Whether a short line has another size than the text, or begins where no other block of the page does."""
    block = page.blocks[at]
    if _words(page, block) > _SHORT:
        return False
    others = (other.left for index, other in enumerate(page.blocks) if index != at)
    return abs(block.size - usual) >= _SMALLER or all(abs(block.left - left) > _INDENT for left in others)


def _words(page: Page, block: Block) -> int:
    return len(page.text[block.start : block.end].split())


def _parts(page: Page) -> list[tuple[tuple[Box, ...], ...]]:
    """The boxes of each block's words."""
    out = []
    at = 0
    for block in page.blocks:
        count = _words(page, block)
        out.append(page.boxes[at : at + count])
        at += count
    return out


def _places(page: Page) -> list[Box]:
    """The rectangle of each block."""
    out = []
    for part in _parts(page):
        boxes = [box for boxes in part for box in boxes] or [Box(0.0, 0.0, 0.0, 0.0)]
        x0, y0 = min(box.x0 for box in boxes), min(box.y0 for box in boxes)
        out.append(Box(x0, y0, max(box.x1 for box in boxes), max(box.y1 for box in boxes)))
    return out


def _moved(page: Page, block: int, to: int) -> Page:
    """The page with one block moved before the block at ``to``."""
    order = [at for at in range(len(page.blocks)) if at != block]
    order.insert(to - (block < to), block)
    if order == sorted(order):
        return page
    parts = _parts(page)
    text: list[str] = []
    blocks: list[Block] = []
    at = 0
    for index, old in zip(order, [None, *order], strict=False):
        was = page.blocks[index]
        shift = at - was.start
        # Where blocks no longer follow each other as in the file, another program would not read on.
        jumps = {jump + shift for jump in was.jumps} | ({at} if old is not None and index != old + 1 else set())
        blocks.append(replace(was, start=at, end=was.end + shift, jumps=tuple(sorted(jumps))))
        text.append(page.text[was.start : was.end])
        at += was.end - was.start + 1
    boxes = tuple(boxes for index in order for boxes in parts[index])
    return replace(page, text="\n".join(text), blocks=tuple(blocks), boxes=boxes)
