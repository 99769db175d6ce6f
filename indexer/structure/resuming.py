"""Where a report goes on after an appendix in the middle of it, where the report's own order shows that it does.

An appendix ends where the file's structure puts a heading beside or above it (bookmarks, heading levels), where the
numbers of the report's headings go on, or where type returns that only the report's main headings had. Otherwise it
runs on: headings inside an appendix often look like those of the report. Apart from `zones`, which draws them in order:
this alone goes back on one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from indexer.heads.headings import numbered, style
from indexer.heads.openings import ATTACHED
from indexer.layout.blocks import Placed
from indexer.text.words import words

_LARGER = 1.12
_HEADING_WORDS = 24


def resumes(blocks: Sequence[Placed], at: int, parts: tuple[int, int, int]) -> bool:
    """Say whether block ``at`` is a heading with which the report goes on.

    Args:
        blocks: the paper's.
        at: the block in question; it stands in the appendix so far.
        parts: where the report's text begins, where the appendix begins, and where its text begins.
    """
    block = blocks[at]
    if block.row or len(block.text.split()) > _HEADING_WORDS or not ATTACHED.isdisjoint(words(block.text)[:1]):
        return False
    report, appendix, body = parts
    heads, before, within = blocks[appendix:body], blocks[report:appendix], blocks[body:at]
    return _beside(block, heads) or _next_number(block, before, within) or _outranks(block, heads, before)


def _beside(block: Placed, heads: Sequence[Placed]) -> bool:
    """The file's own structure has the heading at the appendix's depth or above."""
    levels = [head.level for head in heads if head.level]
    return bool(block.level and levels) and block.level <= min(levels)


def _next_number(block: Placed, before: Sequence[Placed], within: Sequence[Placed]) -> bool:
    """The heading's number is the next after the report's last, and the appendix has not counted so far itself."""
    number = _number(block)
    if number is None or number < 3:
        return False
    alike = [its for one in before if style(one) == style(block) and (its := _number(one)) is not None]
    if alike[-2:] != [number - 2, number - 1]:
        return False
    return not any(_number(one) == number - 1 for one in within)


def _outranks(block: Placed, heads: Sequence[Placed], before: Sequence[Placed]) -> bool:
    """At the top of a page, in type that the report had for headings and that is larger than the appendix's own."""
    if not block.first or not block.size or block.size < max(head.size for head in heads) * _LARGER:
        return False
    looks = Counter(style(one) for one in before if not one.row and len(one.text.split()) <= _HEADING_WORDS)
    return looks[style(block)] >= 2


def _number(block: Placed) -> int | None:
    number, title = numbered(block.text.strip())
    return int(number) if number.isdigit() and title and not block.row else None
