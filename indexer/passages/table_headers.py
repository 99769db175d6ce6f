"""Which title and header row a table's row is read under."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile

from indexer.layout.blocks import Placed, spans_over
from indexer.passages.pieces import weight
from indexer.records import Span
from indexer.text import dates

_CAPTION = re.compile(r"(?:table|figure|chart|appendix)\s+[\dA-Z]", re.IGNORECASE)
_FIGURE = re.compile(r"[-–(+]?[£$]?\d[\d,.]*(?:%|k|m|bn)?\)?")
_NUMBER = re.compile(r"[-–(+]*[£$]?\d")
# Years and units are names of columns: "2024-25", "£000s".
_UNIT = re.compile(r"(?:19|20)\d\d\b|£0+s?\b")
# Headings of columns are short; with the trail and the rows they must fit what the encoder reads.
_HEADER_WORDS = 40
_CAPTION_WORDS = 20
_HEADER_ROWS = 3
_LEAST_COLUMNS = 3  # of a second row of a header
# Words of subheadings that may part a header from its rows, and how many blocks back it is looked for.
_BETWEEN_WORDS = 25
_FURTHEST = 400


def headers_of(group: list[Placed], own: list[Placed]) -> tuple[Span, ...]:
    """Return the spans of the title and header row that are outside ``group``.

    Args:
        group: rows of one table that make a passage.
        own: all blocks of the item, report or appendix in reading order; the table's first rows and what comes before
            it are here, also where subheadings or pages part it.
    """
    row = next((piece for piece in group if piece.row), None)
    table, before = _table(row, own) if row else ([], None)
    if not table:
        return ()
    parts = [before] if before and _is_caption(before) else []
    parts += _opening(table) or _above(table, own)
    inside = {(piece.page, piece.start) for piece in group}
    outside = [part for part in parts if (part.page, part.start) not in inside]
    return tuple(span for part in outside for span in spans_over([part]))


def _table(row: Placed, own: list[Placed]) -> tuple[list[Placed], Placed | None]:
    """Return all rows of the table that ``row`` belongs to, and the block before it."""
    run: list[Placed] = []
    before: Placed | None = None
    reached = False
    for piece in own:
        if not piece.row:
            if reached:
                break
            run, before = [], piece
            continue
        run.append(piece)
        reached = reached or (piece.page == row.page and piece.start <= row.start and row.end <= piece.end)
    return (run, before) if reached else ([], None)


def _opening(table: list[Placed]) -> list[Placed]:
    """Return the rows that name a table's columns: the first, or the first few over figures; none if they do not.

    A row of one cell before them is the table's title; one of units ("£m") or years comes below them.
    """
    rows: list[Placed] = []
    for at, row in enumerate(table[:_HEADER_ROWS]):
        named = _is_header(row, table[at + 1 :]) and not (any(len(_filled(one)) > 1 for one in rows) and _is_data(row))
        if not named and (rows or not _is_title(row)):
            break
        rows.append(row)
        if len(_filled(row)) > 1 and not _of_figures(table):
            break  # among rows of text only the first is surely a header
    while rows and len(_filled(rows[-1])) < 2:
        rows.pop()
    return rows if sum(weight(row.text) for row in rows) <= _HEADER_WORDS else rows[:1]


def _above(table: list[Placed], own: list[Placed]) -> list[Placed]:
    """Return the header of a table of figures that a subheading or a page's top parts from it, if there is one.

    It opens an earlier run with as many columns, and only subheadings and rows are between.
    """
    if not _of_figures(table):
        return []  # among rows of text none is surely a header
    columns = Counter(row.text.count("\t") for row in table).most_common(1)[0][0]
    at = next(index for index, piece in enumerate(own) if _place(piece) == _place(table[0]))
    between = 0.0
    for index in range(at - 1, max(-1, at - _FURTHEST), -1):
        piece = own[index]
        if not piece.row:
            between += weight(piece.text)
            if between > _BETWEEN_WORDS:
                return []
            continue
        between = 0.0
        opens = index == 0 or not own[index - 1].row or own[index - 1].page != piece.page
        if opens:
            rows = _opening([*_run(own, index), *table])
            if any(row.text.count("\t") == columns and not _has_figures(row) for row in rows):
                return rows
    return []


def _run(own: list[Placed], at: int) -> list[Placed]:
    """Return the rows that follow each other from ``at`` on."""
    return list(takewhile(lambda piece: piece.row, own[at:]))


def _place(piece: Placed) -> tuple[int, int]:
    return piece.page, piece.start


def _has_figures(row: Placed) -> bool:
    return any(_FIGURE.fullmatch(cell.strip()) and not dates.is_year(cell.strip()) for cell in row.text.split("\t"))


def _is_caption(block: Placed) -> bool:
    words = weight(block.text)
    return (
        words <= _CAPTION_WORDS
        and any(map(str.isalpha, block.text))
        and (block.bold or bool(_CAPTION.match(block.text)) or block.text.endswith(":"))
    )


def _is_header(row: Placed, rest: list[Placed]) -> bool:
    """A row of short names over others, of which at most a third are figures."""
    cells = _filled(row)
    if len(cells) < 2 or not rest or weight(row.text) > _HEADER_WORDS or cells[0].endswith(":"):
        return False
    return sum(bool(_FIGURE.fullmatch(cell)) and not dates.is_year(cell) for cell in cells) <= len(cells) // 3


def _is_title(row: Placed) -> bool:
    return len(_filled(row)) == 1 and weight(row.text) <= _CAPTION_WORDS and not _has_figures(row)


def _is_data(row: Placed) -> bool:
    """Whether a row under the first is not one of names: a cell begins with a number, or it is a name and its value."""
    cells = _filled(row)
    return len(cells) < _LEAST_COLUMNS or any(_NUMBER.match(cell) and not _UNIT.match(cell) for cell in cells)


def _of_figures(table: list[Placed]) -> bool:
    return 2 * sum(_has_figures(row) for row in table) >= len(table)


def _filled(row: Placed) -> list[str]:
    return [cell.strip() for cell in row.text.split("\t") if cell.strip()]
