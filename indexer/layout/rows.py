"""Tables without drawn lines: rows and cells from the gaps between words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_high

from indexer.layout import columns
from indexer.layout.lines import ENDS, FIGURE, LABEL, Run, opens
from indexer.layout.marks import Word

# Rows that fill a column, from which a blank in it is a cell.
_FILLED = 2
# Lines that start a cell at one place show a column, however narrow the gap before it.
_ALIGNED = 3
_BEGUN = 2
_SHORT = 3


@dataclass(slots=True)
class Draft:
    """A block before its text is composed: its cells (one for a paragraph) of words in reading order."""

    cells: list[list[Word]]
    row: bool = False
    left: float = field(default=0.0)


def label_above(above: Run, line: list[Run]) -> bool:
    """Whether a line of one run is the first half of the label or text that a row of figures or short words ends."""
    first = line[0]
    near = 0 < first.y0 - above.y0 < 1.4 * first.size and abs(above.x0 - first.x0) < 2
    figures = all(map(_figured, line[1:]))
    # Before a column of initials a line that is full goes on, whatever begins the next.
    full = not figures and above.x1 > first.x1 - first.size
    goes_on = (first.words[0].text[:1].islower() or full) and not above.words[-1].text.endswith(ENDS)
    short = figures or all(len(run.words) < _SHORT for run in line[1:])
    return near and goes_on and above.x1 < line[1].x0 + first.size and short


def _figured(run: Run) -> bool:
    return bool(FIGURE.match(run.words[0].text))


def _entry(run: Run) -> bool:
    """Whether a run is an entry of a list, with its label."""
    return bool(LABEL.match(run.words[0].text)) and len(run.words) > 1


def _single(run: Run) -> bool:
    """Whether a run is one figure."""
    return len(run.words) == 1 and _figured(run)


def continues(table: list[list[Run]], run: Run) -> bool:
    """Whether a line with one run is the wrapped rest of a cell of the row above it."""
    above = table[-1]
    size = run.size
    if run.y0 - max(other.y1 for other in above) > 0.8 * size:
        return False
    starts = [start for start, _ in _edges(table)]
    if len(starts) < 2:
        return False
    if any(abs(run.x0 - start) <= 4 for start in starts[1:]):
        return True
    if abs(run.x0 - starts[0]) > 4 or run.x1 >= starts[1]:
        return False
    return not opens(run) or (
        not _entry(run) and run.y0 - above[0].y0 < 1.25 * size and _row_leading(table) > 1.35 * size
    )


def _edges(table: list[list[Run]]) -> list[tuple[float, float]]:
    """Where a table's columns start and end: as most of the lines with the most cells show, the leftmost of equals."""
    most = max(map(len, table))
    whole = [line for line in table if len(line) == most]
    edges = []
    for cells in zip(*whole, strict=True):
        starts = Counter(round(run.x0) for run in cells)
        usual = max(starts.values())
        start = min(run.x0 for run in cells if starts[round(run.x0)] == usual)
        edges.append((start, median_high(run.x1 for run in cells)))
    return edges


def _row_leading(table: list[list[Run]]) -> float:
    """The widest step from one line with several cells to the next, in points."""
    tops = [line[0].y0 for line in table if len(line) > 1]
    return max((b - a for a, b in pairwise(tops)), default=0.0)


def rows(table: list[list[Run]]) -> list[Draft]:
    """Rows of a table without lines: a line that fills the first column opens a row, wrapped lines follow.

    A blank cell keeps its place before a filled one, in a column that other rows fill.
    """
    if not table:
        return []
    starts = columns.starts([run for line in table for run in line], _ALIGNED, _BEGUN)
    if starts:
        table = [[part for at, run in enumerate(line) for part in _parted(run, starts, first=not at)] for line in table]
    out: list[list[list[Word]]] = []
    edges = _edges(table)
    cells: list[list[Word]] = [[] for _ in edges]
    # Where rows are further apart than wrapped lines, only a wide step opens a row.
    spaced = _row_leading(table) > 1.35 * table[0][0].size
    above = table[0][0].y0
    right = max(run.x1 for line in table for run in line[:1] if len(line) > 1)
    for line in table:
        first = len(line) > 1 and line[0].x0 < edges[1][0] - 4 and not _wraps(cells[0], line[0], right)
        figures = sum(map(_figured, line))
        wide = not spaced or figures or _entry(line[0]) or line[0].y0 - above > 1.3 * line[0].size
        places = [_column(run, edges) for run in line]
        # Two figures one below the other are of two rows, also where the second has no label.
        under = [cells[at] for run, at in zip(line, places, strict=True) if _single(run)]
        below = any(cell and FIGURE.match(cell[-1].text) for cell in under)
        # Figures a little lower than their label are of its row.
        lower = bool(cells[0]) and not any(under) and line[0].y0 - above <= 1.3 * line[0].size
        if any(cells) and ((first and wide) or (figures > 1 and not lower) or below):
            out.append(cells)
            cells = [[] for _ in edges]
        for run, at in zip(line, places, strict=True):
            cells[at] += run.words
        above = line[0].y0
    out.append(cells)
    kept = [sum(map(bool, column)) >= _FILLED for column in zip(*out, strict=True)]
    return [_row(row, kept) for row in out]


def _parted(run: Run, starts: set[int], *, first: bool) -> list[Run]:
    """A run cut where columns start, but not behind a label, nor behind the one word that the line begins with."""
    parts = list(columns.cut(run, starts))
    label = len(parts[0].words) == 1 and (first or LABEL.match(parts[0].words[0].text))
    return [run] if label else parts


def _column(run: Run, edges: list[tuple[float, float]]) -> int:
    """The column that a run is in. Longer figures begin further left, but end where the column does."""
    return max(
        (
            at
            for at, (start, end) in enumerate(edges)
            if start <= run.x1 - 1 and (run.x0 >= start - 4 or (_single(run) and abs(run.x1 - end) <= 4))
        ),
        default=0,
    )


def _wraps(cell: list[Word], run: Run, right: float) -> bool:
    """Whether a run goes on with the sentence of the first cell above it, as its first word did not fit there."""
    first = run.words[0]
    inside = bool(cell) and first.text[:3].islower() and len(first.text) > 1 and not cell[-1].text.endswith(ENDS)
    return inside and cell[-1].x1 + (first.x1 - first.x0) + 0.2 * run.size > right


def _row(cells: list[list[Word]], kept: list[bool]) -> Draft:
    filled = [cell for cell in cells if cell]
    if len(filled) > 1:
        last = max(at for at, cell in enumerate(cells) if cell)
        cells = [cell for cell, keeps in zip(cells[: last + 1], kept, strict=False) if cell or keeps]
    else:
        cells = filled
    return Draft(cells, row=len(filled) > 1, left=filled[0][0].x0)
