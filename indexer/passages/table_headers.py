"""Which title and header row a table's row is read under."""

from __future__ import annotations

import re

from indexer.passages.pieces import weight
from indexer.records import Span
from indexer.structure.blocks import Placed, spans_over

_CAPTION = re.compile(r"(?:table|figure|chart|appendix)\s+[\dA-Z]", re.IGNORECASE)
_FIGURE = re.compile(r"[-–(+]?[£$]?\d[\d,.]*(?:%|k|m|bn)?\)?")
# Headings of columns are short; with the trail and the rows they must fit what the encoder reads.
_HEADER_WORDS = 40
_CAPTION_WORDS = 20


def headers_of(group: list[Placed], own: list[Placed]) -> tuple[Span, ...]:
    """Return the spans of the title and header row that stand outside ``group``.

    Args:
        group: rows of one table that make a passage.
        own: all blocks of the section in reading order; the table's first rows and what stands before it are here.
    """
    table, before = _table(group[0], own)
    if not table:
        return ()
    parts = [before] if before and _is_caption(before) else []
    if _is_header(table[0], table[1:]):
        parts.append(table[0])
    inside = {(piece.page, piece.start) for piece in group}
    outside = [part for part in parts if (part.page, part.start) not in inside]
    return tuple(span for part in outside for span in spans_over([part]))


def _table(row: Placed, own: list[Placed]) -> tuple[list[Placed], Placed | None]:
    """Return all rows of the table that ``row`` belongs to, and the block before it."""
    run: list[Placed] = []
    before: Placed | None = None
    found = False
    for piece in own:
        if not piece.row:
            if found:
                break
            run, before = [], piece
            continue
        run.append(piece)
        found = found or (piece.page == row.page and piece.start <= row.start and row.end <= piece.end)
    return (run, before) if found else ([], None)


def _is_caption(block: Placed) -> bool:
    words = weight(block.text)
    return words <= _CAPTION_WORDS and (block.bold or bool(_CAPTION.match(block.text)) or block.text.endswith(":"))


def _is_header(first: Placed, rest: list[Placed]) -> bool:
    """A first row of short names over rows of which some hold figures or longer text."""
    cells = [cell.strip() for cell in first.text.split("\t") if cell.strip()]
    if len(cells) < 2 or not rest or weight(first.text) > _HEADER_WORDS or cells[0].endswith(":"):
        return False
    return sum(bool(_FIGURE.fullmatch(cell)) and not _is_year(cell) for cell in cells) <= len(cells) // 3


def _is_year(cell: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d{2}", cell))
