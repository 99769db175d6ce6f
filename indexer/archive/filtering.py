"""What filters ask of rows, as a condition and its values; and counts of passages by what filters ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from indexer.archive.database import Database
from indexer.archive.kept import Kept
from indexer.archive.schema import state_of
from indexer.archive.tables import keys_of
from indexer.records import ArchiveState, Facets, Filters

_Row = tuple[str, str, str, str | None, int]
_COUNTED = (
    "SELECT s.authority, s.board, p.kind, s.meeting_date, COUNT(*) FROM passages p "
    "JOIN sections s ON s.id = (p.id >> 20 << 20 | p.section) WHERE "
)
_EACH = " GROUP BY s.authority, s.board, p.kind, s.meeting_date"


class Cube:
    """Counts for each authority, board, kind and day together, kept while the archive does not change.

    There are as many as meetings times kinds, a fiftieth of the passages: any filter but that by papers adds them up.
    """

    def __init__(self) -> None:
        self._kept: Kept[ArchiveState, list[_Row]] = Kept()

    def counted(self, connection: Database, filters: Filters) -> Facets:
        """Count the passages that pass ``filters`` by authority, board, kind and year."""
        if filters.papers:
            where, values = condition(filters, "s.", "p.")
            return _added(connection.execute(_COUNTED + where + _EACH, values).fetchall(), filters)
        every = self._kept.once(state_of(connection), lambda: connection.execute(f"{_COUNTED} TRUE {_EACH}").fetchall())
        return _added(every, filters)


def _added(rows: Iterable[_Row], filters: Filters) -> Facets:
    authorities, boards, kinds, years = Counter[str](), Counter[str](), Counter[str](), Counter[int]()
    first, last = (day.isoformat() if day else "" for day in (filters.date_from, filters.date_to))
    for authority, board, kind, day, count in rows:
        named = ((authority, filters.authorities), (board, filters.boards), (kind, filters.kinds))
        if any(chosen and name not in chosen for name, chosen in named):
            continue
        if (first or last) and not (day and first <= day <= (last or day)):
            continue
        authorities[authority] += count
        boards[board] += count
        kinds[kind] += count
        if day:
            years[int(day[:4])] += count
    return of_counts(authorities, boards, kinds, years)


def of_counts(authorities: Counter[str], boards: Counter[str], kinds: Counter[str], years: Counter[int]) -> Facets:
    """Return counts as facets: the largest first, years from the last; what has no name is left out."""
    authority, board, kind = (
        {name: count for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if name and count}
        for counts in (authorities, boards, kinds)
    )
    return Facets(authority, board, kind, dict(sorted(years.items(), reverse=True)))


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
