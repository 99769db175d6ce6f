"""Rows of the register: which match, in which order, and as CSV. Nothing of Streamlit here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from indexer.records import StoredDecision
from search.register import sought
from search.register.sought import Sought

# A cell that begins with one of these is run as a formula by spreadsheet programs.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def matching(rows: Iterable[StoredDecision], words: str | Sought = "") -> list[StoredDecision]:
    """Choose the decisions (recommendations are none) that are looked for, the latest first.

    Args:
        rows: from the archive.
        words: what is looked for (`search.register.sought`), or words alone; empty for all.
    """
    of = Sought(words) if isinstance(words, str) else words
    own = (row for row in rows if not row.decision.recommendation)
    return sorted(sought.matching(own, of), key=sought.latest_first, reverse=True)


def csv_of(table: Sequence[Mapping[str, str]]) -> bytes:
    """Give rows of one shape as a CSV file that spreadsheets read as UTF-8 and in which no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(table[0]) if table else ["outcome"])
    writer.writeheader()
    for row in table:
        writer.writerow({name: f"'{cell}" if cell.startswith(_FORMULA) else cell for name, cell in row.items()})
    return out.getvalue().encode("utf-8-sig")


def parts(whole: int, length: int) -> list[range]:
    """Divide a list of ``whole`` rows into parts of at most ``length``."""
    return [range(start, min(start + length, whole)) for start in range(0, whole, length)]


def name(part: range) -> str:
    """Name a part of a list by its rows, counted from 1: ``26 to 50``."""
    return f"{part.start + 1:,} to {part.stop:,}"
