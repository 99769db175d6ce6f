"""Tables that a sheet draws with ruling lines: which words share a cell, which cells share a row.

Full grids, grids with merged cells, and tables with lines between rows or columns only are read. Tables without any
line are found by `indexer.layout.order` from the gaps between words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.layout.lines import FIGURE, row_tops
from indexer.layout.marks import Rule, Word

# Lines closer than this many points are one line; ends closer than this touch.
TOUCH = 3.0
MAX_LINES = 600  # more merged ones are a drawing or a map, not a table
STRIP = 5.0  # points: white strips at least this wide part columns without upright lines
_FEW = 4  # upright lines between rows that no lines part: with fewer, gaps show columns better

Cell = list[Word]


@dataclass(frozen=True, slots=True)
class Table:
    """A drawn table: its edges in points, and for each row its cells from the left.

    Empty cells keep their place where their column holds words in any row, except those at a row's end.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A straight line: at height (or abscissa) ``at``, from ``start`` to ``end``."""

    at: float
    start: float
    end: float

    def covers(self, where: float) -> bool:
        return self.start - TOUCH <= where <= self.end + TOUCH


@dataclass(slots=True)
class _Frame:
    """Lines that belong together: level ones and upright ones."""

    level: list[_Line]
    upright: list[_Line]

    def edges(self) -> tuple[float, float, float, float]:
        heights = [line.at for line in self.level]
        return min(line.start for line in self.level), min(heights), max(line.end for line in self.level), max(heights)

    def even(self) -> bool:
        """Whether it has several level lines, or one that uprights of one length leave to one side."""
        starts, ends = [line.start for line in self.upright], [line.end for line in self.upright]
        alike = max(starts) - min(starts) <= TOUCH and max(ends) - min(ends) <= TOUCH
        return len(self.level) > 1 or (alike and ends[0] - starts[0] > 2 * STRIP)


def drawn(rules: Sequence[Rule], words: Sequence[Word], *, open_ends: bool = True) -> list[Table]:
    """Find the drawn tables of a sheet that hold words in at least two columns, from the top.

    Args:
        rules: the sheet's drawn lines.
        words: its words; with ``open_ends`` running headers and footers must be gone.
        open_ends: whether a row that a page break cuts off its line is looked for above and below.
    """
    level = _merge([_Line((r.y0 + r.y1) / 2, r.x0, r.x1) for r in rules if r.x1 - r.x0 >= r.y1 - r.y0])
    upright = _merge([_Line((r.x0 + r.x1) / 2, r.y0, r.y1) for r in rules if r.x1 - r.x0 < r.y1 - r.y0])
    if not level or len(level) + len(upright) > MAX_LINES or len(level) + (len(upright) > 2) < 2:
        return []
    tables: list[Table] = []
    free = list(words)
    for frame in sorted(_frames(level, upright), key=lambda frame: frame.edges()[1]):
        table = _table(frame, free, open_ends=open_ends)
        if table:
            tables.append(table)
            taken = {id(word) for row in table.rows for cell in row for word in cell}
            free = [word for word in free if id(word) not in taken]
    return tables


def _merge(lines: list[_Line]) -> list[_Line]:
    """Join collinear pieces that touch."""
    lines.sort(key=lambda line: (line.at, line.start))
    out: list[_Line] = []
    begin = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and lines[end].at - lines[begin].at <= TOUCH / 2:
            continue
        first, *rest = sorted(lines[begin:end], key=lambda line: line.start)
        out.append(first)
        for line in rest:
            if line.start <= out[-1].end + TOUCH:
                out[-1] = _Line(first.at, out[-1].start, max(out[-1].end, line.end))
            else:
                out.append(_Line(first.at, line.start, line.end))
        begin = end
    return [line for line in out if line.end - line.start > TOUCH]


def _frames(level: list[_Line], upright: list[_Line]) -> list[_Frame]:
    """Group lines that touch; level lines that touch no upright are grouped by equal ends."""
    group = list(range(len(level)))

    def root(index: int) -> int:
        while group[index] != index:
            index = group[index]
        return index

    held: list[tuple[_Line, int, bool]] = []
    for line in upright:
        touching = [i for i, other in enumerate(level) if line.covers(other.at) and other.covers(line.at)]
        for index in touching[1:]:
            group[root(index)] = root(touching[0])
        if touching:
            held.append((line, touching[0], len(touching) > 1))
    frames: dict[int, _Frame] = {}
    for index, line in enumerate(level):
        frames.setdefault(root(index), _Frame([], [])).level.append(line)
    for line, index, several in held:
        frame = frames[root(index)]
        # A row that a page break cuts off may have a single line, which all its uprights end at.
        if several or len(frame.level) == 1:
            frame.upright.append(line)
    whole = [frame for frame in frames.values() if len(frame.upright) > 2 and frame.even()]
    loose = [line for frame in frames.values() if len(frame.upright) <= 2 for line in frame.level]
    return whole + _by_ends(loose)


def _by_ends(lines: list[_Line]) -> list[_Frame]:
    frames: list[_Frame] = []
    for line in sorted(lines, key=lambda line: line.at):
        for frame in frames:
            other = frame.level[-1]
            if abs(other.start - line.start) <= 2 * TOUCH and abs(other.end - line.end) <= 2 * TOUCH:
                frame.level.append(line)
                break
        else:
            frames.append(_Frame([line], []))
    return [frame for frame in frames if len(frame.level) > 2]


def _table(frame: _Frame, words: Sequence[Word], *, open_ends: bool) -> Table | None:
    x0, y0, x1, y1 = frame.edges()
    heights = _levels([line.at for line in frame.level])
    if frame.upright:
        # The row that a page break cuts has no line at its open end, but its uprights reach there.
        y0 = min(y0, *(line.start for line in frame.upright))
        y1 = max(y1, *(line.end for line in frame.upright))
        heights = _levels([y0, *heights, y1])
    left, right = x0 - TOUCH, x1 + TOUCH
    inside = [w for w in words if left < (w.x0 + w.x1) / 2 < right and y0 < (w.y0 + w.y1) / 2 < y1]
    if not inside or len(heights) < 2:
        return None
    uprights = [*frame.upright, *(_Line(x, y0, y1) for x in _beyond(frame, inside, x0, x1))]
    columns = _levels([line.at for line in uprights])
    if crowded := _crowded(inside, heights):
        tops = row_tops(inside, columns) if len(columns) > _FEW else []
        if not tops:
            return None
        heights = _levels([*heights, *tops])
    if not uprights:
        strips = _strips(inside, x0, x1)
        outside = [w for w in words if open_ends and not y0 < (w.y0 + w.y1) / 2 < y1]
        for row in (_open_row(outside, strips, 0, y0), _open_row(outside, strips, y1, 1e9)):
            inside += row
            heights = _levels([*heights, *((min(w.y0 for w in row), max(w.y1 for w in row)) if row else ())])
        y0, y1 = heights[0], heights[-1]
        uprights = [_Line(x, y0, y1) for x in strips]
    if len(_levels([line.at for line in uprights])) < 3:
        return None
    cells = _cells(inside, heights, frame.level, uprights, merging=bool(frame.upright) and not crowded)
    rows = tuple(_placed(*cells))
    wide = sum(sum(map(bool, row)) > 1 for row in rows)
    return Table(x0, y0, x1, y1, rows) if wide > (not frame.upright) else None


def _beyond(frame: _Frame, words: Sequence[Word], x0: float, x1: float) -> Iterator[float]:
    """Where columns of figures part that level lines cross beyond a table's first or last upright line."""
    places = _levels([line.at for line in frame.upright])
    for left, right in ((x0, places[0]), (places[-1], x1)) if len(places) > 2 else ():
        outer = [word for word in words if left + TOUCH < (word.x0 + word.x1) / 2 < right - TOUCH]
        if outer and 2 * sum(bool(FIGURE.match(word.text)) for word in outer) >= len(outer):
            yield from _strips(outer, left, right)


def _crowded(words: Sequence[Word], heights: list[float]) -> bool:
    """Whether most rows of figures have no line between them: baselines then show rows better than lines do."""
    figures = [word for word in words if FIGURE.match(word.text)]
    beside = Counter(round((word.y0 + word.y1) / 6) for word in figures)
    baselines = [at * 3.0 for at, count in beside.items() if count > 2]
    bands = {sum(height < at for height in heights) for at in baselines}
    return len(baselines) > 3 * max(len(bands), 1)


def _open_row(words: Sequence[Word], strips: list[float], y0: float, y1: float) -> list[Word]:
    """The words of a row that a page break leaves without a line at its far end: nothing else may be there."""
    row = [w for w in words if y0 < (w.y0 + w.y1) / 2 < y1]
    left, right = strips[0] - TOUCH, strips[-1] + TOUCH
    if any(not left < (w.x0 + w.x1) / 2 < right or any(w.x0 < x < w.x1 for x in strips[1:-1]) for w in row):
        return []
    filled = {sum(x < w.x0 + 1 for x in strips) for w in row}
    return row if len(filled) > 1 and len(strips) > 3 else []


def _levels(values: list[float]) -> list[float]:
    """Distinct positions in order; those closer than a touch are one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > TOUCH:
            out.append(value)
    return out


def _strips(words: Sequence[Word], x0: float, x1: float) -> list[float]:
    """Edges of columns: the table's own, and the middles of white strips that run down all of its rows."""
    edges = [x0]
    reach = None
    for word in sorted(words, key=lambda word: word.x0):
        if reach is not None and word.x0 - reach > STRIP:
            edges.append((reach + word.x0) / 2)
        reach = word.x1 if reach is None else max(reach, word.x1)
    return [*edges, x1]


def _cells(
    words: Sequence[Word], heights: list[float], level: list[_Line], upright: list[_Line], *, merging: bool
) -> tuple[list[list[Cell]], list[list[tuple[float, float]]]]:
    """The cells of each band between two heights, and their edges; a cell merged over bands is in each of them."""
    out: list[list[Cell]] = []
    spans: list[list[tuple[float, float]]] = []
    bands: list[list[Word]] = [[] for _ in range(len(heights) + 1)]
    for word in words:
        bands[bisect_left(heights, (word.y0 + word.y1) / 2)].append(word)
    for (top, bottom), inside in zip(pairwise(heights), bands[1:], strict=False):
        middle = (top + bottom) / 2
        across = list(pairwise(_levels([line.at for line in upright if line.start <= middle <= line.end])))
        above_it = [line for line in level if abs(line.at - top) <= TOUCH] if merging else []
        row: list[Cell] = []
        for left, right in across:
            closed = not merging or any(line.covers((left + right) / 2) for line in above_it)
            above = spans[-1].index((left, right)) if not closed and spans and (left, right) in spans[-1] else None
            row.append(out[-1][above] if above is not None else [])
        ends = [right + TOUCH for _, right in across]
        for word in inside:
            x = (word.x0 + word.x1) / 2
            at = bisect_left(ends, x)
            if at < len(row) and across[at][0] - TOUCH < x:
                row[at].append(word)
        out.append(row)
        spans.append(across)
    return out, spans


def _placed(rows: list[list[Cell]], spans: list[list[tuple[float, float]]]) -> Iterator[tuple[Cell, ...]]:
    """Rows with blank cells in their place: in columns that hold words anywhere, before a filled cell of the row.

    A merged cell is in its first row only and is blank in the others. Strips between double lines are not columns.
    """
    filled = {
        _column(edges)
        for row, across in zip(rows, spans, strict=True)
        for cell, edges in zip(row, across, strict=True)
        if cell
    }
    grid = [edges for edges in max(spans, key=len) if _column(edges) in filled]
    seen: set[int] = set()
    for row, across in zip(rows, spans, strict=True):
        own = [cell if id(cell) not in seen else [] for cell in row]
        seen.update(id(cell) for cell in row if cell)
        kept: list[Cell] = []
        for cell, (left, right) in zip(own, across, strict=True):
            if cell or _column((left, right)) in filled:
                kept.append(cell)
                # A cell over several columns leaves those behind its first one blank.
                over = [edges for edges in grid if left - TOUCH <= edges[0] and edges[1] <= right + TOUCH]
                kept += [[] for _ in over[1:]]
        while kept and not kept[-1]:
            kept.pop()
        kept = kept if sum(map(bool, kept)) > 1 else list(filter(None, kept))
        if kept:
            yield tuple(kept)


def _column(edges: tuple[float, float]) -> tuple[int, int]:
    return round(edges[0] / TOUCH), round(edges[1] / TOUCH)
