"""Words of one sheet into reading order: runs, columns, table rows, paragraphs.

Works on geometry alone and keeps every word exactly once. Does not repair characters and does not drop running
headers (`indexer.clean` does, on the words, before they come here).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from indexer.sheets import Word
from indexer.tables import Table

# A gap wider than this many type sizes parts two cells; spaces of justified lines stay below it.
CELL_GAP = 1.0
# A cell with more words than this beside a single label is text under a heading, not a value.
LONG_CELL = 80
# A label of a list entry or numbered clause that stands apart from its text: bullets, 1. a) (ii) 5.2
LABEL = re.compile(
    r"^(?:[•·▪■□●○◦‣∙➢➔✓❖\uf0b7\uf0a7\uf0d8*o–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.):]\)?"
    r"|\(?\d{1,3}(?:\.\d{1,3}){1,3}[.):]?|\((?:\d{1,3}|[a-z]|[ivx]{1,5})\))$"
)
# The first word of a cell of figures.
FIGURE = re.compile(r"^[(+–-]*[£$€]?[(+–-]*\d[\d,.]*[%)a-z]*$|^[–-]$|^n/a$", re.I)
_ENDS = (".", ":", ";", "?", "!")


@dataclass(slots=True)
class Run:
    """Words side by side on one baseline, without a gap as wide as a table's."""

    words: list[Word]
    x0: float
    y0: float
    x1: float
    y1: float

    size: float = field(init=False)
    """Type size of its first word, in points."""

    def __post_init__(self) -> None:
        self.size = self.words[0].size or (self.y1 - self.y0)

    @property
    def middle(self) -> float:
        """Height of its centre on the sheet, in points."""
        return (self.y0 + self.y1) / 2


@dataclass(slots=True)
class Draft:
    """A block before its text is composed: its cells (one for a paragraph) of words in reading order."""

    cells: list[list[Word]]
    row: bool = False
    left: float = field(default=0.0)


def drafts(words: Sequence[Word], tables: Sequence[Table] = ()) -> list[Draft]:
    """Put words into blocks in reading order; every word is in exactly one cell of one block.

    Args:
        words: the words of one sheet that stand upright.
        tables: its drawn tables, from the top; their cells hold some of the words.
    """
    out: list[Draft] = []
    taken = {id(word) for table in tables for row in table.rows for cell in row for word in cell}
    free = runs([word for word in words if id(word) not in taken])
    for table in tables:
        above = [run for run in free if run.middle < table.y0]
        free = [run for run in free if run.middle >= table.y0]
        out += _prose(above)
        for row in table.rows:
            out += _drawn_row(row)
    return out + _prose(free)


def _prose(found: list[Run]) -> list[Draft]:
    return [draft for region in columns(found) for draft in _blocks(lines(region))]


def _drawn_row(row: Sequence[list[Word]]) -> list[Draft]:
    """One row of a drawn table; a label beside long text becomes a heading over paragraphs."""
    ordered = [[run for line in lines(runs(cell)) for run in line] for cell in row]
    if len(ordered) == 1 or (len(ordered) == 2 and len(row[1]) > LONG_CELL):
        return [draft for cell in ordered for draft in _paragraphs(cell)]
    out = []
    for part in _stacked(ordered):
        cells = [[word for run in cell for word in run.words] for cell in part if cell]
        if not cells:
            continue
        out.append(Draft(cells, len(cells) > 1, cells[0][0].x0))
    return out


def _stacked(cells: list[list[Run]]) -> list[list[list[Run]]]:
    """Part a drawn row that holds several rows of figures without lines between them."""
    figures = [cell for cell in cells if len(cell) > 1 and all(FIGURE.match(run.words[0].text) for run in cell)]
    if len(figures) < 2 or len({len(cell) for cell in figures}) > 1:
        return [cells]
    heights = [run.y0 for run in figures[0]]
    if any(abs(run.y0 - height) > 3 for cell in figures for run, height in zip(cell, heights, strict=True)):
        return [cells]
    parts: list[list[list[Run]]] = [[[] for _ in cells] for _ in heights]
    for column, cell in enumerate(cells):
        for run in cell:
            at = max((i for i, height in enumerate(heights) if height <= run.y0 + 3), default=0)
            parts[at][column].append(run)
    return parts


def runs(words: Sequence[Word]) -> list[Run]:
    """Join neighbouring words of a baseline; sorted from the top, then from the left."""
    found: list[Run] = []
    last = None
    for word in words:
        if last is not None:
            # The commonest question of all: written out, since calls would cost more than the answer.
            em = word.size if word.size < last.size else last.size
            gap = word.x0 - last.x1
            high = last.y1 if last.y1 < word.y1 else word.y1
            low = last.y0 if last.y0 > word.y0 else word.y0
            least = min(last.y1 - last.y0, word.y1 - word.y0)
            if -0.3 * em <= gap <= CELL_GAP * (em if em > 4 else 4.0) and high - low > 0.5 * least:
                _extend(last, word)
                continue
        last = Run([word], word.x0, word.y0, word.x1, word.y1)
        found.append(last)
    return _merged(found)


def _same_line(a: Run, b: Run | Word) -> bool:
    overlap = min(a.y1, b.y1) - max(a.y0, b.y0)
    return overlap > 0.5 * min(a.y1 - a.y0, b.y1 - b.y0)


def _extend(run: Run, word: Word) -> None:
    run.words.append(word)
    if word.x1 > run.x1:
        run.x1 = word.x1
    if word.x0 < run.x0:
        run.x0 = word.x0
    if word.y0 < run.y0:
        run.y0 = word.y0
    if word.y1 > run.y1:
        run.y1 = word.y1


def _merged(found: list[Run]) -> list[Run]:
    """Join runs that the file wrote apart (a bold word, a superscript) although they stand side by side."""
    found.sort(key=lambda run: (run.middle, run.x0))
    done: list[Run] = []
    for line in lines(found):
        last = line[0]
        for run in line[1:]:
            if run.x0 - last.x1 <= CELL_GAP * max(min(last.size, run.size), 4.0):
                for word in run.words:
                    _extend(last, word)
            else:
                done.append(last)
                last = run
        done.append(last)
    return done


def lines(found: Sequence[Run]) -> list[list[Run]]:
    """Group runs by baseline: visual lines from the top, each from left to right."""
    out: list[list[Run]] = []
    for run in sorted(found, key=lambda run: run.middle):
        if out and any(_same_line(other, run) for other in out[-1]):
            out[-1].append(run)
        elif len(out) > 1 and any(_same_line(other, run) for other in out[-2]):
            out[-2].append(run)
        else:
            out.append([run])
    for line in out:
        line.sort(key=lambda run: run.x0)
    return out


def columns(found: list[Run]) -> list[list[Run]]:
    """Cut a sheet into regions in reading order: full-width stretches and, between them, columns of prose."""
    gutter = _gutter(found)
    if gutter is None:
        return [found]
    regions: list[list[Run]] = []
    left: list[Run] = []
    right: list[Run] = []
    for line in lines(found):
        if any(run.x0 < gutter < run.x1 for run in line):
            regions += [left, right, line]
            left, right = [], []
        else:
            left += [run for run in line if run.x1 <= gutter]
            right += [run for run in line if run.x0 >= gutter]
    return [region for region in _rejoined([*regions, left, right]) if region]


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


def _gutter(found: list[Run]) -> float | None:
    """The middle of the white strip between two columns of prose, or None."""
    prose = [run for run in found if len(run.words) >= 4]
    if len(prose) < 12:
        return None
    x0, x1 = min(run.x0 for run in found), max(run.x1 for run in found)
    width = x1 - x0
    starts = sorted({round(run.x0) for run in prose if x0 + 0.3 * width < run.x0 < x0 + 0.7 * width})
    best: tuple[int, float] | None = None
    for start in starts:
        gutter = start - 3.0
        left = [run for run in prose if run.x1 <= gutter]
        right = [run for run in prose if run.x0 >= gutter]
        across = sum(run.x0 < gutter < run.x1 for run in prose)
        if min(len(left), len(right)) < 6 or across > 0.5 * min(len(left), len(right)):
            continue
        if min(_fill(left, gutter - min(run.x0 for run in left)), _fill(right, x1 - gutter)) < 0.75:
            continue
        score = len(left) + len(right) - 3 * across
        if best is None or score > best[0]:
            best = (score, gutter)
    return best[1] if best else None


def _fill(side: list[Run], width: float) -> float:
    """How far the middling line of a column reaches across it, in [0, 1]."""
    return median(run.x1 - run.x0 for run in side) / max(width, 1.0)


def _blocks(found: list[list[Run]]) -> list[Draft]:
    out: list[Draft] = []
    table: list[list[Run]] = []
    prose: list[Run] = []
    for line in _justified([_labelled(line) for line in found]):
        if len(line) > 1:
            out += _paragraphs(prose)
            prose = []
            if table and line[0].y0 - table[-1][-1].y1 > 3 * line[0].size:
                out += _rows(table)
                table = []
            table.append(line)
        elif table and _continues(table, line[0]):
            table.append(line)
        else:
            out += _rows(table)
            table = []
            prose.append(line[0])
    return out + _rows(table) + _paragraphs(prose)


def _justified(found: list[list[Run]]) -> list[list[Run]]:
    """Close the wide spaces of a justified line: one between lines of prose with the same edges."""
    out = []
    for index, line in enumerate(found):
        near = [*found[max(index - 1, 0) : index], *found[index + 1 : index + 2]]
        beside = [other[0] for other in near if len(other) == 1 and _same_edges(line, other[0])]
        gap = max((b.x0 - a.x1 for a, b in pairwise(line)), default=0.0)
        if len(line) > 1 and beside and gap < (4 if len(beside) > 1 else 2) * line[0].size:
            words = [word for run in line for word in run.words]
            whole = Run(words, line[0].x0, min(r.y0 for r in line), line[-1].x1, max(r.y1 for r in line))
            out.append([whole])
        else:
            out.append(line)
    return out


def _same_edges(line: list[Run], other: Run) -> bool:
    size = line[0].size
    return (
        len(other.words) > 4
        and abs(line[0].x0 - other.x0) < 3
        and abs(line[-1].x1 - other.x1) < size
        and abs(line[0].y0 - other.y0) < 1.8 * size
    )


def _labelled(line: list[Run]) -> list[Run]:
    """Join a list label with the text that stands right of it."""
    first = line[0]
    if len(line) > 1 and len(first.words) == 1 and LABEL.match(first.words[0].text):
        second = line[1]
        if second.x0 - first.x1 <= 5 * first.size:
            joined = Run(first.words + second.words, first.x0, min(first.y0, second.y0), second.x1, second.y1)
            return [joined, *line[2:]]
    return line


def _continues(table: list[list[Run]], run: Run) -> bool:
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
    return not _opens(run) or (run.y0 - above[0].y0 < 1.25 * size and _row_leading(table) > 1.35 * size)


def _opens(run: Run) -> bool:
    text = run.words[0].text
    return bool(LABEL.match(text)) or text[:1].isupper() or text[:1].isdigit()


def _starts(table: list[list[Run]]) -> list[float]:
    """Left edges of a table's columns, from its lines with the most cells."""
    widest = max(table, key=len)
    return [run.x0 for run in widest]


def _row_leading(table: list[list[Run]]) -> float:
    """The widest step from one line with several cells to the next, in points."""
    tops = [line[0].y0 for line in table if len(line) > 1]
    return max((b - a for a, b in pairwise(tops)), default=0.0)


def _rows(table: list[list[Run]]) -> list[Draft]:
    """Rows of a table without lines: a line that fills the first column opens a row, wrapped lines follow."""
    out: list[Draft] = []
    if not table:
        return out
    starts = _starts(table)
    cells: list[list[Word]] = [[] for _ in starts]
    # Where rows stand further apart than wrapped lines do, only a wide step opens a row.
    spaced = _row_leading(table) > 1.35 * table[0][0].size
    above = table[0][0].y0
    for line in table:
        first = len(line) > 1 and line[0].x0 < starts[1] - 4
        figures = any(FIGURE.match(run.words[0].text) for run in line[1:])
        wide = not spaced or figures or line[0].y0 - above > 1.3 * line[0].size
        if first and wide and any(cells):
            out.append(_row(cells))
            cells = [[] for _ in starts]
        for run in line:
            column = max(
                (i for i, start in enumerate(starts) if start <= run.x1 - 1 and run.x0 >= start - 4), default=0
            )
            cells[column] += run.words
        above = line[0].y0
    out.append(_row(cells))
    return out


def _row(cells: list[list[Word]]) -> Draft:
    kept = [cell for cell in cells if cell]
    return Draft(kept, row=len(kept) > 1, left=kept[0][0].x0)


def _paragraphs(prose: list[Run]) -> list[Draft]:
    out: list[Draft] = []
    right = max((run.x1 for run in prose), default=0.0)
    for index, run in enumerate(prose):
        above = prose[index - 1] if index else None
        if above and out and not _breaks(above, run, right, out[-1]):
            out[-1].cells[0] += run.words
        else:
            out.append(Draft([list(run.words)], left=run.x0))
    return out


def _breaks(above: Run, run: Run, right: float, draft: Draft) -> bool:
    """Whether ``run`` opens a new paragraph after ``above``."""
    size = max(above.size, run.size)
    leading = run.y0 - above.y0
    if leading > 1.75 * size or leading < -size:
        return True
    if abs(above.size - run.size) > 0.6 or above.words[-1].bold != run.words[0].bold:
        return True
    if LABEL.match(run.words[0].text) and len(run.words) > 1:
        return True
    last = above.words[-1].text
    room = right - above.x1 > 1.15 * (run.words[0].x1 - run.words[0].x0) + 0.3 * size
    if room and (last.endswith(_ENDS) or _opens(run)):
        return True
    return run.x0 - above.x0 > 0.8 * size and draft.cells[0][0] is above.words[0] and last.endswith(_ENDS)
