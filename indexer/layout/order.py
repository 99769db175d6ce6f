"""Words of one sheet into reading order: columns, table rows, paragraphs.

Works on geometry alone and keeps every word exactly once. Does not repair characters and does not drop running
headers (`indexer.layout.clean` does, on the words, before they come here).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from indexer.layout.columns import columns
from indexer.layout.lines import ENDS, FIGURE, LABEL, Run, across, justified, labelled, lines, opens, runs
from indexer.layout.marks import LINE_HYPHEN, Word
from indexer.layout.rows import Draft, continues, label_above, rows
from indexer.layout.tables import Table

# A cell with more words than this beside a single label is text under a heading, not a value.
LONG_CELL = 80
# Lines of a paragraph are at most this many type sizes apart, or little more than usual, up to triple spacing.
_STEP = 1.75
_SLACK = 1.1
_WIDEST = 3.2
_TELLING = 3  # lines that go on with the sentence above, at least, to show how far apart lines usually are
_GOES_ON = (",", "-", "‐", "‑", "–", "&", "/", "@", LINE_HYPHEN)


def drafts(words: Sequence[Word], tables: Sequence[Table] = ()) -> list[Draft]:
    """Put words into blocks in reading order; every word is in exactly one cell of one block.

    Args:
        words: the upright words of one sheet.
        tables: its drawn tables, from the top; their cells hold some of the words.
    """
    out: list[Draft] = []
    taken = {id(word) for table in tables for row in table.rows for cell in row for word in cell}
    free = runs([word for word in words if id(word) not in taken] if taken else words)
    for table in tables:
        above = [run for run in free if run.middle < table.y0]
        free = [run for run in free if run.middle >= table.y0]
        out += _prose(above)
        for row in table.rows:
            out += _drawn_row(row)
    return out + _prose(free)


def _prose(free: list[Run]) -> list[Draft]:
    return [draft for region in columns(free) for draft in _blocks(lines(region))]


def _drawn_row(row: Sequence[list[Word]]) -> list[Draft]:
    """One row of a drawn table; a label beside long text becomes a heading over paragraphs."""
    ordered = [[run for line in lines(runs(cell)) for run in line] for cell in row]
    worded = [cell for cell in ordered if cell]
    if len(worded) == 1 or (len(worded) == 2 and sum(len(run.words) for run in worded[1]) > LONG_CELL):
        return [draft for cell in worded for draft in _paragraphs(cell)]
    out = []
    for part in _stacked(ordered):
        cells = [[word for run in cell for word in run.words] for cell in part]
        while cells and not cells[-1]:
            cells.pop()
        filled = [cell for cell in cells if cell]
        if filled:
            several = len(filled) > 1
            out.append(Draft(cells if several else filled, several, filled[0][0].x0))
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


def _blocks(from_top: list[list[Run]]) -> list[Draft]:
    out: list[Draft] = []
    table: list[list[Run]] = []
    prose: list[Run] = []
    for line in justified(across([labelled(line) for line in from_top])):
        if len(line) > 1:
            while prose and label_above(prose[-1], line):
                label = prose.pop()
                line = [Run(label.words + line[0].words, label.x0, label.y0, line[0].x1, line[0].y1), *line[1:]]
            out += _paragraphs(prose)
            prose = []
            if table and line[0].y0 - table[-1][-1].y1 > 3 * line[0].size:
                out += rows(table)
                table = []
            table.append(line)
        elif table and continues(table, line[0]):
            table.append(line)
        else:
            out += rows(table)
            table = []
            prose.append(line[0])
    return out + rows(table) + _paragraphs(prose)


def _paragraphs(prose: list[Run]) -> list[Draft]:
    out: list[Draft] = []
    right = max((run.x1 for run in prose), default=0.0)
    step = _step(prose)
    edges = _edges(prose, right, step)
    for index, run in enumerate(prose):
        above = prose[index - 1] if index else None
        if above and out and _steps(above, run) <= step and not _breaks(above, run, (right, edges[index]), out[-1]):
            out[-1].cells[0] += run.words
        else:
            out.append(Draft([list(run.words)], left=run.x0))
    return out


def _step(prose: Sequence[Run]) -> float:
    """How many type sizes at most a line of a paragraph is below the one above: more where lines are set wide apart."""
    steps = [step for pair in pairwise(prose) if _goes_on(*pair) and (step := _steps(*pair)) > 0]
    usual = median(steps) if len(steps) >= _TELLING else 0.0
    return max(_STEP, _SLACK * usual) if usual < _WIDEST else _STEP


def _steps(above: Run, run: Run) -> float:
    return min(run.y0 - above.y0, run.y1 - above.y1) / max(above.size, run.size, 1.0)  # a raised mark reaches higher


def _edges(prose: Sequence[Run], right: float, step: float) -> list[float]:
    """How far the lines reach among which each one is: in type and steps alike, with a sentence that goes on in them.

    Where none of them begins in the middle of a sentence, others that begin at the same left edge decide; else it is
    ``right``.
    """
    wrapped: dict[tuple[int, float], float] = {}
    edges: list[float] = []
    start = 0
    for end in range(1, len(prose) + 1):
        if end < len(prose) and _alike(prose[end - 1], prose[end], step):
            continue
        some = prose[start:end]
        own = max((run.x1 for pair in pairwise(some) if _goes_on(*pair) for run in pair), default=0.0)
        edges += [own] * len(some)
        for run in some if own else ():
            wrapped[_left(run)] = max(own, wrapped.get(_left(run), 0.0))
        start = end
    return [own or wrapped.get(_left(run), right) for own, run in zip(edges, prose, strict=True)]


def _left(run: Run) -> tuple[int, float]:
    return round(run.x0 / 4), run.size


def _alike(above: Run, run: Run, step: float) -> bool:
    size = max(above.size, run.size)
    level = 0 < _steps(above, run) <= step and abs(above.size - run.size) <= 0.6
    return level and abs(run.x0 - above.x0) <= 2 * size and above.words[-1].bold == run.words[0].bold


def _goes_on(above: Run, run: Run) -> bool:
    """Whether a line goes on with the sentence of the one above."""
    return run.words[0].text[:1].islower() and not above.words[-1].text.endswith(ENDS)


def _breaks(above: Run, run: Run, edges: tuple[float, float], draft: Draft) -> bool:
    """Whether ``run`` opens a new paragraph after ``above``.

    ``edges`` are the right edge of all lines, and that of those that ``run`` is among.
    """
    size = max(above.size, run.size)
    if run.y0 - above.y0 < -size:
        return True
    if abs(above.size - run.size) > 0.6 or above.words[-1].bold != run.words[0].bold:
        return True
    if LABEL.match(run.words[0].text) and len(run.words) > 1:
        return True
    last = above.words[-1].text
    needed = 1.15 * (run.words[0].x1 - run.words[0].x0) + 0.3 * size
    right, own = edges
    if right - above.x1 > needed and last.endswith(ENDS):
        return True
    # A line much longer than those of a paragraph is not one of it, and neither is one in capitals.
    apart = abs(own - above.x1) > needed or all(word.text.isupper() or not word.text.isalpha() for word in above.words)
    if opens(run) and not last.endswith(_GOES_ON) and right - above.x1 > needed and apart:
        return True
    return run.x0 - above.x0 > 0.8 * size and draft.cells[0][0] is above.words[0] and last.endswith(ENDS)
