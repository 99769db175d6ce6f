"""Columns of prose on a sheet: two or more, one beside the other, under headings that run over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from indexer.layout.lines import FIGURE, Run, lines
from indexer.layout.marks import Word

# A column has this many lines of this many words, and its middling line reaches so far across it.
_LINES: Final = 6
_WORDS: Final = 4
_FILL: Final = 0.75
# A gutter may be as narrow as a space, this wide in type sizes, if this many lines have it at the same place.
_NARROW_LINES: Final = 8
_NARROW: Final = 0.45
_AFTER_FIGURE: Final = 0.3  # figures end where their column does
# Gaps between rows of a table are more than this many type sizes, in all its columns at once.
_ROW_GAP: Final = 0.75
_ROWS: Final = 2


def columns(runs: list[Run]) -> list[list[Run]]:
    """Cut a sheet into regions in reading order: full-width stretches and, between them, columns of prose."""
    places = starts(runs, _NARROW_LINES)
    parted = [part for run in runs for part in cut(run, places)] if places else []
    gutter = _gutter(parted) if parted else None
    if gutter is not None:
        runs = parted
    else:
        gutter = _gutter(runs)
    if gutter is None:
        return [runs]
    regions: list[list[Run]] = []
    left: list[Run] = []
    right: list[Run] = []
    for line in lines(runs):
        if any(run.x0 < gutter < run.x1 for run in line):
            regions += [left, right, line]
            left, right = [], []
        else:
            left += [run for run in line if run.x1 <= gutter]
            right += [run for run in line if run.x0 >= gutter]
    regions = [region for region in _rejoined([*regions, left, right]) if region]
    if len(regions) < 2:
        return regions
    # Each side of a gutter may hold columns itself.
    return [part for region in regions for part in columns(region)]


def _rejoined(regions: list[list[Run]]) -> list[list[Run]]:
    """Join neighbouring full-width lines again (they come one by one, with empty columns between)."""
    out: list[list[Run]] = []
    for index in range(0, len(regions), 3):
        left, right = regions[index], regions[index + 1]
        full = regions[index + 2] if index + 2 < len(regions) else []
        if left or right or not out:
            out += [left, right, full]
        else:
            out[-1] = out[-1] + full
    return out


def _gutter(runs: list[Run]) -> float | None:
    """The middle of the white strip between two columns of prose, or None."""
    prose = [run for run in runs if len(run.words) >= _WORDS]
    if len(prose) < 2 * _LINES:
        return None
    x0, x1 = min(run.x0 for run in runs), max(run.x1 for run in runs)
    width = x1 - x0
    starts = sorted({round(run.x0) for run in prose if x0 + 0.2 * width < run.x0 < x0 + 0.8 * width})
    best: tuple[int, float] | None = None
    for start in starts:
        gutter = start - 3.0
        left = [run for run in prose if run.x1 <= gutter]
        right = [run for run in prose if run.x0 >= gutter]
        across = sum(run.x0 < gutter < run.x1 for run in prose)
        if min(len(left), len(right)) < _LINES or across > 0.5 * min(len(left), len(right)):
            continue
        if not (_column(left, gutter - min(run.x0 for run in left)) and _column(right, x1 - gutter)):
            continue
        score = len(left) + len(right) - 3 * across
        if best is None or score > best[0]:
            best = (score, gutter)
    return best[1] if best else None


def _column(side: list[Run], width: float) -> bool:
    """Whether lines of prose fill a side of a gutter, or are columns that do."""
    if median(run.x1 - run.x0 for run in side) >= _FILL * max(width, 1.0):
        return True
    inner = _gutter(side)
    return inner is not None and not _rows(side, inner)


def _rows(side: Sequence[Run], gutter: float) -> bool:
    """Whether the text left and right of a gutter breaks off at the same heights: rows of a table."""
    gaps = []
    for part in ([run for run in side if run.x1 <= gutter], [run for run in side if run.x0 >= gutter]):
        levels = lines(part)
        wide = {round(b[0].y0 / 6) for a, b in pairwise(levels) if b[0].y0 - a[0].y1 > _ROW_GAP * b[0].size}
        gaps.append(wide)
    left, right = gaps
    return sum(not right.isdisjoint((at - 1, at, at + 1)) for at in left) >= _ROWS


def starts(runs: Sequence[Run], least: int, begun: int = 0) -> set[int]:
    """Where columns start of which ``least`` lines show it, two at least by a gap so narrow that it parted no runs.

    Places are whole points from the sheet's left edge; ``begun`` is how many runs must begin there by themselves.
    """
    inside = Counter(round(word.x0) for run in runs for word in _after_gaps(run))
    # Where a line of the column before is short, the gap is wide and the run ends by itself.
    alone = Counter(round(run.x0) for run in runs)
    both = inside + alone
    return {
        at for at in inside if both[at - 1] + both[at] + both[at + 1] >= least and inside[at] > 1 and alone[at] >= begun
    }


def cut(run: Run, places: Collection[int]) -> Iterator[Run]:
    """Cut a run before each word behind a gap that starts at one of these places."""
    cuts = [run.words.index(word) for word in _after_gaps(run) if round(word.x0) in places]
    for start, end in pairwise([0, *cuts, len(run.words)]):
        words = run.words[start:end]
        x1, y0, y1 = max(w.x1 for w in words), min(w.y0 for w in words), max(w.y1 for w in words)
        yield Run(words, words[0].x0, y0, x1, y1)


def _after_gaps(run: Run) -> list[Word]:
    return [
        b
        for a, b in pairwise(run.words)
        if b.x0 - a.x1 >= (_AFTER_FIGURE if FIGURE.match(a.text) else _NARROW) * min(a.size, b.size)
    ]
