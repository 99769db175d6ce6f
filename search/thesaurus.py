"""Everyday words and the officers' words for the same thing, from a table that a council may edit (thesaurus.csv)."""

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
        BadArguments: a row lacks a column; the message names file and line.
    """
    groups: dict[str, tuple[str, ...]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        if next(rows, None) != _COLUMNS:
            message = f"{path.name} must begin with the line {','.join(_COLUMNS)}"
            raise BadArguments(message, path=str(path))
        for row in rows:
            if len(row) < len(_COLUMNS) or not all(cell.strip() for cell in row[:3]):
                message = f"{path.name} line {rows.line_num}: a row needs a term, its alternatives and a reason"
                raise BadArguments(message, path=str(path), found=",".join(row))
            # A reason may hold commas, so only the first two columns are cut off.
            groups[row[0].strip().lower()] = tuple(name.strip() for name in row[1].split("|") if name.strip())
    return groups
