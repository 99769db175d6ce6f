"""What filters ask of rows, as a condition and its values."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.archive.tables import keys_of
from indexer.records import Filters


def condition(filters: Filters, meeting: str = "", row: str = "") -> tuple[str, list[object]]:
    """Return the condition that ``filters`` set on meetings and papers, whatever kind of row it is, and its values.

    Args:
        filters: which rows count.
        meeting: goes before the columns of the meeting: "s." where a section has them.
        row: goes before the column ``id``, whose upper bits are the paper's key.
    """
    parts, values = ["TRUE"], list[object]()
    lists: list[tuple[str, Sequence[object]]] = [
        (f"{meeting}authority", filters.authorities),
        (f"{meeting}board", filters.boards),
    ]
    for column, allowed in lists:
        if allowed:
            parts.append(one_of(column, allowed))
            values += allowed
    if filters.papers:
        keys = keys_of(filters.papers)
        parts.append(one_of(f"{row}id >> 20", keys))
        values += keys
    for sign, day in ((">=", filters.date_from), ("<=", filters.date_to)):
        if day:
            parts.append(f"{meeting}meeting_date {sign} ?")
            values.append(day.isoformat())
    return " AND ".join(parts), values


def one_of(column: str, allowed: Sequence[object]) -> str:
    """Return the condition that a column has one of some values; of none, one that nothing meets."""
    return f"{column} IN ({','.join('?' * len(allowed))})" if allowed else "FALSE"
