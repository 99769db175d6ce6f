"""Running headers and footers of a file, and the numbers stamped on its sheets, not the head of a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.layout import tables
from indexer.layout.marks import Sheet, Word
from indexer.layout.turns import upright
from indexer.text.words import DIGITS

# Running lines are within this share of the sheet's height from its top or bottom edge.
EDGE = 0.12
# A line that repeats on at least this many sheets of a file at the same height can be a running line.
REPEATS = 3
# A lone number this near to the edge is a page number, even on one sheet.
OUTER = 0.08
# A line at the edge that wide gaps part into this many cells is a table's header row; one of fewer, if rows follow.
TABLE_CELLS = 4
# So many points of a sheet below its edge hold some lines.
_NEXT = 40.0
_HALF = 24  # characters of what is printed half at the head and half at the foot
_STAMP = re.compile(r"^(?:page|p\.?)?\s*+[-–]?\s*+(\d{1,4}|[ivxlc]{1,6})\s*[-–]?(?:\s*(?:of|/)\s*\d{1,4})?$", re.I)


def stamped(text: str) -> str:
    """The number of a line that is nothing but a page number ("12", "Page 12 of 40", "- iv -"), or ""."""
    match = _STAMP.match(text)
    return match.group(1) if match else ""


class Line(NamedTuple):
    """A line near the top or bottom edge of a sheet.

    ``key`` is its text with digits masked and its height; ``outer`` says that it is at the very edge, ``close``
    that other text follows it without a gap, ``tabled`` that it belongs to a drawn table, or is beyond one.
    """

    key: tuple[str, int]
    text: str
    indices: tuple[int, ...]
    upper: bool
    outer: bool
    close: bool
    tabled: bool


def edge_lines(sheet: Sheet) -> list[Line]:
    """Lines near the edges of a sheet, outermost first, down to the first that is a row of cells.

    Args:
        sheet: its words, repaired.
    """
    words, _, high = upright(sheet)
    top, bottom = EDGE * high, (1 - EDGE) * high
    kept = _cell_words(sheet, [i for i, w in enumerate(words) if w.y1 < top or w.y0 > bottom])
    out: list[Line] = []
    for upper in (True, False):
        if upper:
            outside = [i for i, w in enumerate(words) if w.y1 < top]
            edge = min((w.y0 for w in words if w.y1 >= top), default=bottom)
            following = _next(words, top) if outside else []
        else:
            outside = [i for i, w in enumerate(words) if w.y0 > bottom]
            edge = max((w.y1 for w in words if w.y0 <= bottom), default=top)
            following = []
        groups = _grouped(words, outside)
        if not upper:
            groups.reverse()
        tabled = False
        for place, group in enumerate(groups):
            if _cells(words, group) >= TABLE_CELLS:
                break
            below = [*groups[place + 1 :], *following] if upper else []
            tabled = tabled or any(id(sheet.words[i]) in kept for i in group) or _heads(words, group, below)
            y0, y1 = min(words[i].y0 for i in group), max(words[i].y1 for i in group)
            after = groups[place + 1] if place + 1 < len(groups) else []
            if upper:
                gap = min((words[i].y0 for i in after), default=edge) - y1
            else:
                gap = y0 - max((words[i].y1 for i in after), default=edge)
            text = " ".join(words[i].text for i in group)
            height = (y0 + y1) / 2
            outer = height < OUTER * high or height > (1 - OUTER) * high
            key = (_masked(text), round(height / 6))
            out.append(Line(key, text, tuple(group), upper, outer, gap < 0.45 * (y1 - y0), tabled))
    return out


def spread(lines: Sequence[Line]) -> Iterator[str]:
    """What short lines at the very head and the very foot of a sheet say together."""
    halves = [line for line in lines if line.outer and len(line.text) <= _HALF]
    for upper in halves:
        yield from (f"{upper.text} {lower.text}" for lower in halves if upper.upper and not lower.upper)


def _cell_words(sheet: Sheet, edge: Sequence[int]) -> frozenset[int]:
    """The ``id`` of words in drawn tables; none where all of them are clear of the words at the edges, by index."""
    across = [edge for rule in sheet.rules for edge in (rule.x0, rule.x1)]
    down = [edge for rule in sheet.rules for edge in (rule.y0, rule.y1)]
    beside = (sheet.words[index] for index in edge if down)
    if not any(
        min(across) - tables.TOUCH < word.x1
        and word.x0 < max(across) + tables.TOUCH
        and min(down) < word.y1
        and word.y0 < max(down)
        for word in beside
    ):
        return frozenset()
    drawn = tables.drawn(sheet.rules, sheet.words, open_ends=False)
    return frozenset(id(word) for table in drawn for row in table.rows for cell in row for word in cell)


def _grouped(words: Sequence[Word], indices: list[int]) -> list[list[int]]:
    """Indices of words by visual line, from the top, each from the left."""
    groups: list[list[int]] = []
    for index in sorted(indices, key=lambda i: words[i].y0 + words[i].y1):
        item = words[index]
        last = words[groups[-1][-1]] if groups else None
        if last and item.y0 + item.y1 - last.y0 - last.y1 < 0.8 * (last.y1 - last.y0):
            groups[-1].append(index)
        else:
            groups.append([index])
    return [sorted(group, key=lambda i: words[i].x0) for group in groups]


def _cells(words: Sequence[Word], group: list[int]) -> int:
    """How many wide gaps part a line, plus one: a running line has three parts at most, most header rows more."""
    return len(_parts(words, group))


def _next(words: Sequence[Word], top: float) -> list[list[int]]:
    """The first lines of a sheet that reach below a height."""
    inner = [index for index, word in enumerate(words) if word.y1 >= top]
    end = min((words[index].y0 for index in inner), default=0.0) + _NEXT
    return _grouped(words, [index for index in inner if words[index].y0 < end])


def _parts(words: Sequence[Word], group: list[int]) -> list[tuple[float, float]]:
    """Where the parts of a line that wide gaps part begin and end."""
    out = [(words[group[0]].x0, words[group[0]].x1)]
    for a, b in pairwise(group):
        wide = words[b].x0 - words[a].x1 > max(words[a].size, 6)
        out[-1:] = [out[-1], (words[b].x0, words[b].x1)] if wide else [(out[-1][0], words[b].x1)]
    return out


def _heads(words: Sequence[Word], group: list[int], below: Sequence[list[int]]) -> bool:
    """Whether a line is the head of columns: the next two lines have as many parts, each under one of its own."""
    own, rows = _parts(words, group), [_parts(words, row) for row in below[:2]]
    return (
        len(own) > 2
        and len(rows) == 2
        and all(
            len(row) == len(own) and all(a0 < b1 and b0 < a1 for (a0, a1), (b0, b1) in zip(own, row, strict=True))
            for row in rows
        )
    )


def running(edges: Mapping[int, Sequence[Line]]) -> tuple[dict[int, set[int]], dict[int, str]]:
    """Find running headers, footers and stamped page numbers of a file.

    A line is running if it is printed at the same height, digits apart, on several sheets, one of them a near neighbour
    (the title of each report in a pack repeats too, but not on neighbouring sheets). A line that the body follows
    without a gap must repeat on most sheets. A header that says the same on each sheet is often the title: it stays
    on the first sheet of its run.

    Args:
        edges: the `edge_lines` of every sheet of the file, by its number.

    Returns:
        Indices of the words to leave out, and the stamped number, both by sheet number.
    """
    edges = {number: [line for line in lines if not line.tabled] for number, lines in edges.items()}
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    same: dict[str, set[int]] = defaultdict(set)
    for number, lines in edges.items():
        for line in lines:
            text, at = line.key
            same[line.text].add(number)
            for near in (at - 1, at, at + 1):
                seen[text, near].add(number)
    drop: dict[int, set[int]] = {number: set() for number in edges}
    stamps: dict[int, tuple[int, str]] = {}
    for number, lines in edges.items():
        for line in lines:
            stamp = stamped(line.text)
            pages = seen[line.key]
            if stamp and (line.outer or _repeats(line, number, pages, len(edges))):
                drop[number].update(line.indices)
                if len(pages) > stamps.get(number, (0, ""))[0]:
                    stamps[number] = len(pages), stamp
            elif _repeats(line, number, pages, len(edges)) and not _title(line, number, same[line.text]):
                drop[number].update(line.indices)
    return drop, {number: stamp for number, (_, stamp) in stamps.items()}


def _repeats(line: Line, number: int, pages: set[int], total: int) -> bool:
    if pages.isdisjoint((number - 2, number - 1, number + 1, number + 2)):
        return False
    # Minutes of two sheets inside a pack have a header of their own; in the margin it is one even so.
    if len(pages) < REPEATS and not line.outer:
        return False
    return not line.close or len(pages) > total / 2


def _title(line: Line, number: int, same: set[int]) -> bool:
    """Whether a running header is the first of a run of the very same: the title of what follows."""
    return line.upper and len(same) > 1 and same.isdisjoint(range(number - 3, number))


def _masked(text: str) -> str:
    return DIGITS.sub("#", text).casefold()
