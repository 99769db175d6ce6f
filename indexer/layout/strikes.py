"""Struck-out words, which a stroke runs through from where one begins to where one ends; and words that are left out.

A stroke is a line, a wave, a row of dashes or other small pieces, or a slanting line from corner to corner.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from indexer.layout.marks import Rule, Word
from indexer.layout.turns import moved, turned
from indexer.records import NOTED, UNSEEN, PageFault

Amounts: TypeAlias = npt.NDArray[np.float64]
# Where the line may cross a word, in shares of its height from the top: below are underlines, above are overlines.
_MIDDLE: Final = (0.38, 0.72)
_THIN: Final = 2.6  # points; what is thicker covers the words
# The line begins and ends this near, in type sizes, to where words do; a table's line or a chart's goes on.
_NEAR: Final = 0.45
_SPACE: Final = 0.3  # of the type size: a blank between two words
_PAIRS: Final = 100_000  # of lines and words that are compared at once
_MOST: Final = 2000  # lines of one sheet that are looked at; a plan has more
# A wave is this high at most, in points and in heights of the words that it runs through.
_WAVE: Final = (8.0, 0.65)
_SLANT: Final = (1.0, 1.5)  # at least this long for its height, and at most this high
# Pieces of a stroke are this small in points, so near to each other, level within so much, and at least so many.
_PIECE: Final = 6.0
_APART: Final = 2.5
_LEVEL: Final = 1.0
_PIECES: Final = 3
# What words are crossed out or blacked out with, and how much of a word must lie under it.
_CROSSING_OUT: Final = re.compile(r"([xX#/█▉▊▇■▓▒●])\1{2,}$")
_UNDER: Final = 0.5


def struck(
    words: Sequence[Word],
    lines: Sequence[Rule],
    meant: Collection[Rule] = (),
    drawn: Sequence[Rule] = (),
    slanting: Sequence[Rule] = (),
) -> frozenset[int]:
    """Return the indices of the words that are struck out, along their own direction.

    Args:
        words: those of a sheet.
        lines: what is drawn there, each of which may also be a table's.
        meant: lines that can only be meant to strike out, wherever they end.
        drawn: the rectangles of other drawings.
        slanting: the rectangles of straight lines from corner to corner.
    """
    if not (lines or meant or drawn or slanting) or len(lines) + len(drawn) > _MOST:
        return frozenset()
    gone: set[int] = set()
    for turn in {word.turn for word in words}:
        ahead = turned(turn, 0.0, 0.0)
        laid = [(at, moved(word, ahead) if turn else word) for at, word in enumerate(words) if word.turn == turn]
        every = ([Rule(*ahead(line)) for line in some] if turn else some for some in (lines, meant, drawn, slanting))
        gone.update(_struck(laid, *every))
    return frozenset(gone)


def _struck(
    words: Sequence[tuple[int, Word]],
    lines: Collection[Rule],
    meant: Collection[Rule],
    drawn: Collection[Rule],
    slanting: Collection[Rule],
) -> Iterator[int]:
    """The indices of level words that are struck out."""
    level = [line for line in (*lines, *meant) if line.y1 - line.y0 <= _THIN < line.x1 - line.x0]
    level += (area for area in drawn if area.y1 - area.y0 <= min(_WAVE[0], area.x1 - area.x0))
    level += _chained(area for area in (*lines, *drawn) if max(area.x1 - area.x0, area.y1 - area.y0) <= _PIECE)
    steep = [area for area in slanting if area.x1 - area.x0 >= _SLANT[0] * (area.y1 - area.y0)]
    if not level and not steep:
        return
    strokes = [*level, *steep]
    most = np.repeat((_WAVE[1], _SLANT[1]), (len(level), len(steep)))
    boxes = np.array([word[1:5] for _, word in words], np.float64)
    for line, crossing in zip(strokes, _through(np.array(strokes, np.float64), most, boxes), strict=True):
        if not len(crossing):
            continue
        crossed = [words[at] for at in crossing]
        near = _NEAR * max(word.size for _, word in crossed)
        begins = abs(min(word.x0 for _, word in crossed) - line.x0)
        ends = abs(max(word.x1 for _, word in crossed) - line.x1)
        if line in meant or (begins <= near and ends <= near):
            yield from (index for index, _ in crossed)


def _chained(pieces: Iterable[Rule]) -> Iterator[Rule]:
    """Strokes that small pieces make which lie one beside the other: dashes, or a wave drawn bit by bit."""
    rows: list[list[Rule]] = []
    for piece in sorted(pieces):
        for row in rows:
            last = row[-1]
            apart = abs(last.y0 + last.y1 - piece.y0 - piece.y1) / 2
            if apart <= _LEVEL and piece.x0 - last.x1 <= _APART:
                row.append(piece)
                break
        else:
            rows.append([piece])
    for row in rows:
        if len(row) >= _PIECES:
            yield Rule(
                row[0].x0, min(piece.y0 for piece in row), max(p.x1 for p in row), max(piece.y1 for piece in row)
            )


def _through(lines: Amounts, most: Amounts, boxes: Amounts) -> Iterator[npt.NDArray[np.intp]]:
    """Yield for each line which words it runs through, none it is ``most`` times as high as; some lines at once."""
    x0, y0, x1, y1 = boxes.T
    step = max(_PAIRS // len(boxes), 1)
    for start in range(0, len(lines), step):
        left, top, right, bottom = lines[start : start + step].T[:, :, None]
        high = np.maximum(y1 - y0, 1e-6)
        share = ((top + bottom) / 2 - y0) / high
        through = np.minimum(x1, right) - np.maximum(x0, left) > 0.6 * (x1 - x0)
        through &= bottom - top <= most[start : start + step, None] * high
        yield from map(np.flatnonzero, (_MIDDLE[0] < share) & (share < _MIDDLE[1]) & through)


def typed_over(words: Sequence[Word]) -> list[int]:
    """Return the indices of words over which one sign is typed again and again, as typewriters cross out."""
    over = [word for word in words if _CROSSING_OUT.match(word.text)]
    if not over:
        return []
    x0, y0, x1, y1 = np.array([word[1:5] for word in words], np.float64).T
    left, top, right, bottom = np.array([word[1:5] for word in over], np.float64).T[:, :, None]
    shared = np.clip(np.minimum(x1, right) - np.maximum(x0, left), 0, None)
    shared *= np.clip(np.minimum(y1, bottom) - np.maximum(y0, top), 0, None)
    under = (shared > _UNDER * (x1 - x0) * (y1 - y0)).any(axis=0)
    return [at for at in np.flatnonzero(under).tolist() if not _CROSSING_OUT.match(words[at].text)]


def without(words: Sequence[Word], gone: Collection[int]) -> tuple[Word, ...]:
    """Leave words out; where some were between two others of a line, the first of these reaches over the gap.

    Otherwise the gap would part the line into cells of a table.
    """
    if not gone:
        return tuple(words)
    out: list[Word] = []
    left = False
    for index, word in enumerate(words):
        if index in gone:
            left = True
            continue
        last = out[-1] if out else None
        if left and last and last.turn == words[index - 1].turn == word.turn:
            ahead, back = turned(word.turn, 0.0, 0.0), turned(-word.turn % 4, 0.0, 0.0)
            first, between, after = (moved(one, ahead) for one in (last, words[index - 1], word))
            level = all(abs(one.y1 - after.y1) < 0.3 * last.size for one in (first, between))
            if level and first.x1 <= between.x0 + 1 and between.x1 <= after.x0 + 1:
                wide = first._replace(x1=max(first.x1, round(after.x0 - _SPACE * last.size, 2)))
                out[-1] = moved(wide, back)
        out.append(word)
        left = False
    return tuple(out)


def left_out(counts: Mapping[str, int], page: int = 0) -> tuple[PageFault, ...]:
    """What of a page or file is left out, as faults: how many words are for each of `NOTED`; never how many unseen."""
    return tuple(
        PageFault(page, reason if reason == UNSEEN else f"{reason} ({counts[reason]})")
        for reason in NOTED
        if counts.get(reason)
    )
