"""Which title and header row a table's row is read under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from indexer.layout.blocks import Placed, spans_over
from indexer.passages.pieces import weight
from indexer.records import Span
from indexer.text import dates

_CAPTION = re.compile(r"(?:table|figure|chart|appendix)\s+[\dA-Z]", re.IGNORECASE)
_FIGURE = re.compile(r"[-–(+<>]?[£$]?\d[\d,./]*(?:%|k|m|bn)?\s?\+?\)?")
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
# Rows of text show that a row names their columns if it is so many times as short as they are in the mean, ...
_SHORTER = 2.5
# ... or, of two columns, if each holds so many words in the mean; so many rows are looked at.
_LONG = 8
_LOOKED = 5
# A row with so many more cells than the one before begins another table.
_MORE_CELLS = 2


def headers_of(group: list[Placed], own: list[Placed]) -> tuple[Span, ...]:
    """Return the spans of the title and header row that are outside ``group``.

    A row counts as a header only where it shows that it is one: by its type, or by what is below it.

    Args:
        group: rows of one table that make a passage.
        own: all blocks of the item, report or appendix in reading order; the table's first rows and what comes before
            it are here, also where subheadings or pages part it.
    """
    row = next((piece for piece in group if piece.row), None)
    table, before = _table(row, own) if row else ([], None)
    if not table or not row:
        return ()
    at = next(index for index, piece in enumerate(table) if _holds(piece, row))
    begin, header = _nearest(table, at)
    title = [before] if before and not begin and before.page == table[0].page and _is_caption(before) else []
    parts = title + (header or _above(table, own))
    inside = {_place(piece) for piece in group}
    outside = [part for part in parts if _place(part) not in inside]
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
        reached = reached or _holds(piece, row)
    return (run, before) if reached else ([], None)


def _holds(block: Placed, piece: Placed) -> bool:
    """Whether a piece is a block or a part of it."""
    return block.page == piece.page and block.start <= piece.start and piece.end <= block.end


def _nearest(table: list[Placed], at: int) -> tuple[int, list[Placed]]:
    """Return where the header nearest above row ``at`` begins, and its rows; 0 and none where no row shows to be one.

    Apart from the first row of the run only one that begins another table can be a header.
    """
    for index in range(at, -1, -1):
        if index and not _begins(table[index - 1], table[index]):
            continue
        if rows := _opening(table[index:]):
            return index, rows
    return 0, []


def _begins(above: Placed, row: Placed) -> bool:
    """Whether another table begins with ``row``: bold under plain rows, or of many more cells."""
    return (row.bold and not above.bold) or row.text.count("\t") >= above.text.count("\t") + _MORE_CELLS


def _opening(table: list[Placed]) -> list[Placed]:
    """Return the rows that name a table's columns: the first, or the first few over figures; none if they do not.

    A row of one cell before them is the table's title; one of units ("£m") or years comes below them.
    """
    rows: list[Placed] = []
    for at, row in enumerate(table[:_HEADER_ROWS]):
        under = any(len(_filled(one)) > 1 for one in rows)
        named = _is_header(row, table[at + 1 :]) and not (under and _is_data(row))
        if not named and (rows or not _is_title(row)):
            break
        rows.append(row)
        if len(_filled(row)) > 1 and not _of_figures(table):
            break  # among rows of text only the first is surely a header
    while rows and len(_filled(rows[-1])) < 2:
        rows.pop()
    first = next((at for at, row in enumerate(rows) if len(_filled(row)) > 1), 0)
    if not rows or not _shows(rows[first], table[len(rows) :]):
        return []
    return rows if sum(weight(row.text) for row in rows) <= _HEADER_WORDS else rows[:1]


def _shows(row: Placed, rest: Sequence[Placed]) -> bool:
    """Whether a row of short cells shows to name the columns of the rows below it.

    By type, over figures, by being much shorter than they are, or, of two columns, by long texts in both.
    """
    below = [one for one in rest[:_LOOKED] if len(_filled(one)) > 1]
    if row.bold and not all(one.bold for one in below):
        return True
    cells = _filled(row)
    if not below or any(_NUMBER.match(cell) and not _UNIT.match(cell) for cell in cells):
        return False
    if _of_figures(rest):
        return True
    if len(cells) > _LEAST_COLUMNS - 1:
        return _SHORTER * weight(row.text) <= sum(weight(one.text) for one in below) / len(below)
    texts = [_filled(one) for one in below]
    return all(sum(len(one[side].split()) for one in texts) >= _LONG * len(texts) for side in (0, -1))


def _above(table: list[Placed], own: list[Placed]) -> list[Placed]:
    """Return the header that a subheading or a page's top parts from a table, if there is one.

    It opens an earlier run with as many columns, and only subheadings and rows are between. Rows of text go on with
    an earlier table only over a page's end.
    """
    at = next(index for index, piece in enumerate(own) if _place(piece) == _place(table[0]))
    if not _of_figures(table) and not (table[0].first and at and own[at - 1].row):
        return []
    columns = max(row.text.count("\t") for row in table)
    between = 0.0
    for index in range(at - 1, max(-1, at - _FURTHEST), -1):
        piece = own[index]
        if not piece.row:
            between += weight(piece.text)
            if between > _BETWEEN_WORDS:
                return []
            continue
        between = 0.0
        opens = index == 0 or not own[index - 1].row or _begins(own[index - 1], piece)
        if opens or own[index - 1].page != piece.page:
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
    return any(_FIGURE.fullmatch(cell.strip()) and not _is_year(cell.strip()) for cell in row.text.split("\t"))


def _is_caption(block: Placed) -> bool:
    words = weight(block.text)
    return (
        words <= _CAPTION_WORDS
        and any(map(str.isalpha, block.text))
        and (block.bold or bool(_CAPTION.match(block.text)) or block.text.endswith(":"))
    )


def _is_header(row: Placed, rest: list[Placed]) -> bool:
    """A row of short names over others, with at most a third figures."""
    cells = _filled(row)
    named = sum(any(map(str.isalpha, cell)) or _is_year(cell) for cell in cells)
    if (
        len(cells) < 2
        or not rest
        or weight(row.text) > _HEADER_WORDS
        or cells[0].endswith(":")
        or 2 * named < len(cells)
    ):
        return False
    return sum(bool(_FIGURE.fullmatch(cell)) and not _is_year(cell) for cell in cells) <= len(cells) // 3


def _is_title(row: Placed) -> bool:
    return len(_filled(row)) == 1 and weight(row.text) <= _CAPTION_WORDS and not _has_figures(row)


def _is_data(row: Placed) -> bool:
    """Whether a row under the first is not one of names: a cell begins with a number, or it is a name and its value."""
    cells = _filled(row)
    return len(cells) < _LEAST_COLUMNS or any(_NUMBER.match(cell) and not _UNIT.match(cell) for cell in cells)


def _of_figures(table: Sequence[Placed]) -> bool:
    return 2 * sum(_has_figures(row) for row in table) >= len(table)


def _filled(row: Placed) -> list[str]:
    return [cell.strip() for cell in row.text.split("\t") if cell.strip()]


def _is_year(cell: str) -> bool:
    """Whether a cell is a year or names two: "2024", "2024/25"."""
    return dates.is_year(cell[:4]) and (len(cell) == 4 or (cell[4] in "-/" and cell[5:].isdigit()))
