"""Tables without drawn lines: rows and cells from the gaps between words."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from indexer.layout.lines import Run, opens
from indexer.layout.marks import Word
from indexer.layout.tables import FIGURE

# Rows that fill a column, from which a blank in it is a cell.
_FILLED = 2


@dataclass(slots=True)
class Draft:
    """A block before its text is composed: its cells (one for a paragraph) of words in reading order."""

    cells: list[list[Word]]
    row: bool = False
    left: float = field(default=0.0)


def label_above(above: Run, line: list[Run]) -> bool:
    """Whether a line of one run is the first half of the label that a row of figures ends."""
    first = line[0]
    near = 0 < first.y0 - above.y0 < 1.4 * first.size and abs(above.x0 - first.x0) < 2
    goes_on = first.words[0].text[:1].islower() and not above.words[-1].text.endswith((".", ":", ";"))
    return near and goes_on and above.x1 < line[1].x0 + first.size and all(_figured(run) for run in line[1:])


def _figured(run: Run) -> bool:
    return bool(FIGURE.match(run.words[0].text))


def continues(table: list[list[Run]], run: Run) -> bool:
    """Whether a line with one run is the wrapped rest of a cell of the row above it."""
    above = table[-1]
    size = run.size
    if run.y0 - max(other.y1 for other in above) > 0.8 * size:
        return False
    starts = _starts(table)
    if len(starts) < 2:
        return False
    if any(abs(run.x0 - start) <= 4 for start in starts[1:]):
        return True
    if abs(run.x0 - starts[0]) > 4 or run.x1 >= starts[1]:
        return False
    return not opens(run) or (run.y0 - above[0].y0 < 1.25 * size and _row_leading(table) > 1.35 * size)


def _starts(table: list[list[Run]]) -> list[float]:
    """Left edges of a table's columns, from its lines with the most cells."""
    widest = max(table, key=len)
    return [run.x0 for run in widest]


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
    out: list[list[list[Word]]] = []
    starts = _starts(table)
    ends = [run.x1 for run in max(table, key=len)]
    cells: list[list[Word]] = [[] for _ in starts]
    # Where rows are further apart than wrapped lines, only a wide step opens a row.
    spaced = _row_leading(table) > 1.35 * table[0][0].size
    above = table[0][0].y0
    for line in table:
        first = len(line) > 1 and line[0].x0 < starts[1] - 4
        figures = sum(bool(FIGURE.match(run.words[0].text)) for run in line)
        wide = not spaced or figures or line[0].y0 - above > 1.3 * line[0].size
        if any(cells) and ((first and wide) or figures > 1):
            out.append(cells)
            cells = [[] for _ in starts]
        for run in line:
            # Longer figures begin further left, but end where the column does.
            column = max(
                (
                    i
                    for i, (start, end) in enumerate(zip(starts, ends, strict=True))
                    if start <= run.x1 - 1
                    and (run.x0 >= start - 4 or (len(run.words) == 1 and _figured(run) and abs(run.x1 - end) <= 4))
                ),
                default=0,
            )
            cells[column] += run.words
        above = line[0].y0
    out.append(cells)
    kept = [sum(map(bool, column)) >= _FILLED for column in zip(*out, strict=True)]
    return [_row(row, kept) for row in out]


def _row(cells: list[list[Word]], kept: list[bool]) -> Draft:
    filled = [cell for cell in cells if cell]
    if len(filled) > 1:
        last = max(at for at, cell in enumerate(cells) if cell)
        cells = [cell for cell, keeps in zip(cells[: last + 1], kept, strict=False) if cell or keeps]
    else:
        cells = filled
    return Draft(cells, row=len(filled) > 1, left=filled[0][0].x0)
