"""Line numbers in the margin, printed beside each line or each fifth for those who discuss a text: not part of it.

They are recognised by their place and by how they count: one column beside all text, one step from each to the next,
one number for each line of prose or for this many, or for each step down the sheet. The rows of a table may be numbered
so, but they are not prose; the entries of a list too, but no sentence goes on from one to the next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, Literal

from indexer.layout.lines import Run, lines, runs
from indexer.layout.marks import Sheet, Word
from indexer.layout.running import EDGE

_FEWEST: Final = {1: 5, 2: 5, 5: 3, 10: 3}  # numbers, by the step from each to the next
_NUMBER: Final = re.compile(r"[\[(]?0*(?P<value>[1-9]\d{0,3})[\])}.:]?$")
_ALIGNED: Final = 4.0  # points within which the edges of the numbers lie
_NUMBERED: Final = 0.85  # this many lines, or groups of lines, have their number
_PROSE: Final = 0.6  # this many lines are one run of words, no row of cells
_WRAPPED: Final = (0.25, 0.05)  # this many lines go on with a sentence; fewer where the numbers have no stop or bracket
_EVENLY: Final = 15  # this many numbers at one step down the sheet do not belong to lines
_STEADY: Final = 1.0  # points by which that step may differ


def numbers(sheet: Sheet) -> frozenset[int]:
    """Indices of the words that number the lines of a sheet, on one side or on both; most often none."""
    words = sheet.words
    values = {
        i: int(match["value"])
        for i, word in enumerate(words)
        if not word.text.isalpha() and not word.turn and (match := _NUMBER.match(word.text))
    }
    if not any(_aligned(sorted(getattr(words[i], edge) for i in values)) for edge in ("x0", "x1")):
        return frozenset()
    # Nearly all words are on one side of them: the cheapest check comes first.
    others = [word for word in words if word.text[0].isalpha()]
    some = len(others) // 20
    lefts, rights = sorted(word.x0 for word in others), sorted(word.x1 for word in others)
    outer = [i for i in values if others and (words[i].x1 < lefts[some] or words[i].x0 > rights[-1 - some])]
    columns = [column for edge in ("x0", "x1") for column in _columns(words, outer, edge) if _counts(values, column)]
    counted = {index for column in columns for index in column}
    text = [word for index, word in enumerate(words) if index not in counted and not word.turn] if columns else []
    printed = lines(runs(text))
    numbering: set[int] = set()
    for column in sorted(columns, key=len, reverse=True):
        if numbering.isdisjoint(column) and _beside(sheet, column, values[column[1]] - values[column[0]], printed):
            numbering.update(column)
    return frozenset(numbering)


def _aligned(edges: Sequence[float]) -> bool:
    """Whether enough of these edges, in order, lie near enough to each other for a column."""
    fewest = min(_FEWEST.values()) - 1
    return any(b - a < 2 * _ALIGNED for a, b in zip(edges, edges[fewest:], strict=False))


def _columns(words: Sequence[Word], numerals: Sequence[int], edge: Literal["x0", "x1"]) -> list[list[int]]:
    """Numbers that have one edge in common, each column from the top."""
    columns: list[list[int]] = []
    for index in sorted(numerals, key=lambda i: words[i].y0):
        place: float = getattr(words[index], edge)
        near = (column for column in columns if abs(getattr(words[column[0]], edge) - place) < _ALIGNED)
        column = next(near, None)
        if column is None:
            columns.append([index])
        else:
            column.append(index)
    return columns


def _counts(values: Mapping[int, int], column: Sequence[int]) -> bool:
    """Whether numbers go up by one and the same step, and round ones where it is not 1."""
    steps = {values[b] - values[a] for a, b in pairwise(column)}
    step = steps.pop() if len(steps) == 1 else 0
    return len(column) >= _FEWEST.get(step, len(column) + 1) and (step < 5 or values[column[0]] % step == 0)


def _beside(sheet: Sheet, column: Sequence[int], step: int, printed: Sequence[Sequence[Run]]) -> bool:
    """Whether a column of numbers is on one side of all text and numbers every line of it, running lines apart.

    Args:
        sheet: the sheet.
        column: the indices of the numbers, from the top.
        step: from each number to the next.
        printed: the lines of the text.
    """
    ours = [sheet.words[index] for index in column]
    top, bottom = ours[0].y0 - 1, ours[-1].y1 + 1
    numbered = [line for line in printed if top < line[0].middle < bottom]
    left, right = min(word.x0 for word in ours), max(word.x1 for word in ours)
    if not numbered or not (
        all(line[0].x0 > right for line in numbered) or all(line[-1].x1 < left for line in numbered)
    ):
        return False
    wrapped = sum(line[0].words[0].text[:1].islower() for line in numbered) / len(numbered)
    plain = all(word.text.isdecimal() and word.text[0] != "0" for word in ours)
    prose = sum(len(line) == 1 for line in numbered) >= _PROSE * len(numbered)
    inner = [line[0].middle for line in printed if EDGE < line[0].middle / sheet.height < 1 - EDGE]
    outside = max(sum(at <= top for at in inner), sum(at >= bottom for at in inner))
    if not prose or wrapped < _WRAPPED[plain] or outside > max(step - 1, 1):
        return False
    steps = [b.y0 - a.y0 for a, b in pairwise(ours)]
    if len(ours) >= max(_EVENLY, len(numbered)) and max(steps) - min(steps) < _STEADY:
        return True
    expected = (len(numbered) - 1) / step + 1
    return _NUMBERED * expected <= len(column) <= expected / _NUMBERED
