"""The register of decisions, with whether the minutes that hold them were approved since."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from indexer.archive import codec
from indexer.archive.fetch import Row, limbs_by_decision, papers_by_key
from indexer.records import Decision, Filters, Limb, Meeting, MinutesStatus, Paper, Registered, Votes

_COLUMNS = (
    "id, paper, section, recommendation, outcome, text, spans, item, title, authority, board, meeting_date, "
    "mover, seconder, votes, confirms"
)
_ORDINAL = (1 << 20) - 1


def register(connection: sqlite3.Connection, filters: Filters) -> list[Registered]:
    """Fetch decisions and recommendations, latest meeting first, undated ones last, then by paper and place.

    Of the kinds, "resolution" keeps decisions and "recommendation" recommendations; no other kind keeps any.
    """
    where, values = _condition(filters)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM decisions WHERE {where} "  # noqa: S608 - our own columns, values apart
        "ORDER BY meeting_date IS NULL, meeting_date DESC, authority, board, id",
        values,
    ).fetchall()
    papers = papers_by_key(connection, {row[1] for row in rows})
    limbs = limbs_by_decision(connection, [row[0] for row in rows])
    approvals = _approvals(connection)
    return [_registered(row, papers[row[1]], limbs.get(row[0], []), approvals) for row in rows]


def _condition(filters: Filters) -> tuple[str, list[object]]:
    """Return the condition that ``filters`` set, and its values."""
    parts, values = ["1"], list[object]()
    lists: list[tuple[str, Sequence[object]]] = [("authority", filters.authorities), ("board", filters.boards)]
    if filters.papers:
        lists.append(("paper", [int(paper[:16], 16) >> 21 for paper in filters.papers if _is_id(paper)]))
    for column, allowed in lists:
        if allowed or column == "paper":
            parts.append(f"{column} IN ({','.join('?' * len(allowed))})")
            values += allowed
    if filters.kinds:
        flags = [flag for kind, flag in (("resolution", 0), ("recommendation", 1)) if kind in filters.kinds]
        parts.append(f"recommendation IN ({','.join('?' * len(flags))})")
        values += flags
    for sign, day in ((">=", filters.date_from), ("<=", filters.date_to)):
        if day:
            parts.append(f"meeting_date {sign} ?")
            values.append(day.isoformat())
    return " AND ".join(parts), values


def _is_id(paper: str) -> bool:
    """Whether a text can be a paper's id at all."""
    return len(paper) >= 16 and all(sign in "0123456789abcdef" for sign in paper)


_Approvals = dict[tuple[str, str, str], date | None]


def _approvals(connection: sqlite3.Connection) -> _Approvals:
    """Return the first later meeting that approved the minutes of (authority, board, date)."""
    rows = connection.execute(
        "SELECT authority, board, confirms, MIN(meeting_date) FROM decisions "
        "WHERE confirms IS NOT NULL AND NOT recommendation GROUP BY authority, board, confirms"
    )
    found: _Approvals = {}
    for authority, board, day, later in rows:
        place = (authority.casefold(), board.casefold(), day)
        days = [day for day in (found.get(place), codec.date_from_text(later)) if day]
        found[place] = min(days, default=None)
    return found


def _registered(row: Row, paper: Paper, limbs: Sequence[Row], approvals: _Approvals) -> Registered:
    """Make a register entry of its rows."""
    id, _, section, recommendation, outcome, text, spans, item, title, authority, board, day = row[:12]
    mover, seconder, votes, confirms = row[12:]
    decision = Decision(
        id & _ORDINAL,
        section & _ORDINAL,
        bool(recommendation),
        outcome,
        text,
        codec.spans_from_text(spans),
        tuple(Limb(label, words, codec.spans_from_text(places)) for label, words, places in limbs),
        item,
        title,
        Meeting(authority, board, codec.date_from_text(day)),
        mover,
        seconder,
        Votes(*codec.numbers_from_text(votes)) if votes else None,
        codec.date_from_text(confirms),
    )
    status: MinutesStatus = "unknown"
    approved = (authority.casefold(), board.casefold(), day)
    # A report's recommendation and a single officer's or member's decision stand in no minutes.
    if day and not recommendation and paper.kind != "decision":
        status = "confirmed" if approved in approvals else "draft"
    return Registered(id, paper, decision, status, approvals.get(approved) if status == "confirmed" else None)
