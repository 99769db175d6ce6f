"""Everyday words and the officers' words for the same thing, from a table that a council may edit (thesaurus.csv).

Apart from the engine: the only module that knows the table's format.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from indexer.errors import BadArguments

FILE = Path(__file__).with_name("thesaurus.csv")
_COLUMNS = ["term", "alternatives", "reason"]


@cache
def load(path: Path = FILE) -> Mapping[str, tuple[str, ...]]:
    """Read the table: term in lower case to its alternatives, in the order given.

    Each row must give its reason; alternatives are separated by ``|``.

    Raises:
        BadArguments: the file cannot be read, a row lacks a column or names no other word, or a term comes twice;
            the message names file and line.
    """
    groups: dict[str, tuple[str, ...]] = {}
    rows = csv.reader(_lines(path))
    if [cell.strip().lower() for cell in next(rows, [])] != _COLUMNS:
        message = f"{path.name} must begin with the line {','.join(_COLUMNS)}"
        raise BadArguments(message, path=str(path))
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) < len(_COLUMNS) or not all(cell.strip() for cell in row[:3]):
            message = f"{path.name} line {rows.line_num}: a row needs a term, its alternatives and a reason"
            raise BadArguments(message, path=str(path), found=",".join(row))
        term = " ".join(row[0].lower().split())
        # A reason may hold commas, so only the first two columns are cut off.
        forms = tuple(dict.fromkeys(name.strip() for name in row[1].split("|") if name.strip()))
        if term in groups or not set(map(str.lower, forms)) - {term}:
            fault = "comes twice: keep one row with all alternatives" if term in groups else "names no other word"
            message = f"{path.name} line {rows.line_num}: {term} {fault}"
            raise BadArguments(message, path=str(path), found=",".join(row))
        groups[term] = forms
    return groups


def _lines(path: Path) -> list[str]:
    try:
        # Spreadsheets put a byte order mark before UTF-8.
        return path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except (OSError, UnicodeDecodeError) as fault:
        message = f"Cannot read the words in {path}: {fault}. Save it as CSV in UTF-8, beginning {','.join(_COLUMNS)}"
        raise BadArguments(message, path=str(path)) from fault
