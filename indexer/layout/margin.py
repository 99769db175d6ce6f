"""Line numbers in the margin, printed beside each line or each fifth for those who discuss a text: no part of it.

They are recognised by their place and by how they count: one column beside all text, one step from each to the next,
one number for each line of prose or for so many. The rows of a table may be numbered so, but they are not prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal

from indexer.layout.clean import EDGE
from indexer.layout.lines import lines, runs
from indexer.layout.marks import Sheet, Word

FEWEST: Final = 5
_NUMBER: Final = re.compile(r"[1-9]\d{0,3}$")
_STEPS: Final = (1, 2, 5, 10)
_ALIGNED: Final = 4.0  # points within which the edges of the numbers lie
_NUMBERED: Final = 0.85  # so many lines, or groups of lines, have their number
_PROSE: Final = 0.6  # so many lines are one run of words, no row of cells


def numbers(sheet: Sheet) -> frozenset[int]:
    """Indices of the words that number the lines of a sheet; most often none."""
    words = sheet.words
    numerals = [
        i for i, word in enumerate(words) if word.text.isdecimal() and _NUMBER.match(word.text) and not word.turn
    ]
    if len(numerals) < FEWEST:
        return frozenset()
    # Nearly all words are on one side of them: the cheapest check comes first.
    others = [word for word in words if word.text[0].isalpha()]
    some = len(others) // 20
    lefts, rights = sorted(word.x0 for word in others), sorted(word.x1 for word in others)
    numerals = [i for i in numerals if others and (words[i].x1 < lefts[some] or words[i].x0 > rights[-1 - some])]
    if len(numerals) < FEWEST:
        return frozenset()
    columns = [column for edge in ("x0", "x1") for column in _columns(words, numerals, edge)]
    for column in sorted(columns, key=len, reverse=True):
        if _counts(words, column) and _beside(sheet, column):
            return frozenset(column)
    return frozenset()


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
    return [column for column in columns if len(column) >= FEWEST]


def _counts(words: Sequence[Word], column: Sequence[int]) -> bool:
    """Whether numbers go up by one and the same step, and round ones where it is not 1."""
    values = [int(words[index].text) for index in column]
    steps = {b - a for a, b in pairwise(values)}
    step = steps.pop() if len(steps) == 1 else 0
    return step in _STEPS and (step < 5 or values[0] % step == 0)


def _beside(sheet: Sheet, column: Sequence[int]) -> bool:
    """Whether a column of numbers is on one side of all text and numbers every line of it, running lines apart."""
    words, ours = sheet.words, set(column)
    text = [word for index, word in enumerate(words) if index not in ours and not word.turn]
    top, bottom = words[column[0]].y0 - 1, words[column[-1]].y1 + 1
    every = [line for line in lines(runs(text)) if EDGE < line[0].middle / sheet.height < 1 - EDGE]
    numbered = [line for line in lines(runs(text)) if top < line[0].middle < bottom]
    left, right = min(words[i].x0 for i in column), max(words[i].x1 for i in column)
    if not numbered or not (
        all(line[0].x0 > right for line in numbered) or all(line[-1].x1 < left for line in numbered)
    ):
        return False
    step = int(words[column[1]].text) - int(words[column[0]].text)
    expected = (len(numbered) - 1) / step + 1
    prose = sum(len(line) == 1 for line in numbered)
    whole = sum(not top < line[0].middle < bottom for line in every) <= step
    return whole and prose >= _PROSE * len(numbered) and _NUMBERED * expected <= len(column) <= expected / _NUMBERED
