"""Sheets turned by quarters and tilted by degrees: where a rectangle comes to lie."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeAlias

from indexer.layout.marks import Sheet, Word

Rectangle: TypeAlias = tuple[float, float, float, float]
Move: TypeAlias = Callable[[Rectangle], Rectangle]


def size(width: float, height: float, turn: int) -> tuple[float, float]:
    """Width and height of a sheet after ``turn`` quarter turns."""
    return (height, width) if turn % 2 else (width, height)


def moved(word: Word, move: Move) -> Word:
    """The word with its rectangle moved."""
    x0, y0, x1, y1 = move(word[1:5])
    return word._replace(x0=x0, y0=y0, x1=x1, y1=y1)


def turned(turn: int, width: float, height: float) -> Move:
    """How a rectangle lies after a sheet of this size is turned clockwise by ``turn`` quarters."""
    if turn == 1:
        return lambda r: (height - r[3], r[0], height - r[1], r[2])
    if turn == 2:
        return lambda r: (width - r[2], height - r[3], width - r[0], height - r[1])
    if turn == 3:
        return lambda r: (r[1], width - r[2], r[3], width - r[0])
    return lambda r: r


def tilted(degrees: float, width: float, height: float) -> Move:
    """The box around a rectangle after a sheet of this size is turned about its middle, clockwise by ``degrees``."""
    if not degrees:
        return lambda r: r
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    x, y = width / 2, height / 2

    def move(r: Rectangle) -> Rectangle:
        corners = [(r[i] - x, r[j] - y) for i in (0, 2) for j in (1, 3)]
        across = [x + a * cosine - b * sine for a, b in corners]
        down = [y + a * sine + b * cosine for a, b in corners]
        return min(across), min(down), max(across), max(down)

    return move


def upright(sheet: Sheet) -> tuple[Sequence[Word], float, float]:
    """The words of a sheet, in order, as they lie once most of them are upright, and the sheet's size then."""
    turn = Counter(word.turn for word in sheet.words).most_common(1)[0][0] if sheet.words else 0
    if not turn:
        return sheet.words, sheet.width, sheet.height
    ahead = turned(turn, sheet.width, sheet.height)
    return [moved(word, ahead) for word in sheet.words], *size(sheet.width, sheet.height, turn)
