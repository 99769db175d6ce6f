"""What others are told to have decided, and what somebody is to do: rows back to records."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from indexer.archive import codec, fetch
from indexer.records import Action, Filters, Paper, ReportedDecision, Section, StoredAction, StoredReport

_ORDINAL = (1 << 20) - 1


def reported(connection: sqlite3.Connection, filters: Filters) -> list[StoredReport]:
    """Fetch reported decisions of the meetings that pass ``filters``, latest meeting first, then by paper and place."""
    rows, papers, sections = _rows(connection, "reported", "actor, told_day, day", filters)
    return [
        StoredReport(
            id,
            papers[id >> 20],
            sections[id >> 20, section],
            ReportedDecision(
                id & _ORDINAL, section, text, codec.spans_from_text(spans), actor, when, codec.date_from_text(day)
            ),
        )
        for id, section, text, spans, actor, when, day in rows
    ]


def actions(connection: sqlite3.Connection, filters: Filters) -> list[StoredAction]:
    """Fetch actions of the meetings that pass ``filters``, latest meeting first, then by paper and place."""
    rows, papers, sections = _rows(connection, "actions", "decision, owner, due, due_by", filters)
    return [
        StoredAction(
            id,
            papers[id >> 20],
            sections[id >> 20, section],
            Action(
                id & _ORDINAL,
                section,
                decision,
                text,
                codec.spans_from_text(spans),
                owner,
                due,
                codec.date_from_text(due_by),
            ),
        )
        for id, section, text, spans, decision, owner, due, due_by in rows
    ]


def _rows(
    connection: sqlite3.Connection, table: str, columns: str, filters: Filters
) -> tuple[list[fetch.Row], dict[int, Paper], dict[tuple[int, int], Section]]:
    """Fetch a table's rows with their papers and sections."""
    where, values = _condition(filters)
    own = ", ".join(f"t.{column.strip()}" for column in columns.split(","))
    rows = connection.execute(
        f"SELECT t.id, t.section, t.text, t.spans, {own} FROM {table} t "  # noqa: S608 - our own names, values apart
        f"JOIN sections s ON s.id = (t.id >> 20 << 20 | t.section) WHERE {where} "
        "ORDER BY s.meeting_date IS NULL, s.meeting_date DESC, s.authority, s.board, t.id",
        values,
    ).fetchall()
    keys = {row[0] >> 20 for row in rows}
    sections = {(key, section.ordinal): section for key in keys for section in fetch.sections(connection, key)}
    return rows, fetch.papers_by_key(connection, keys), sections


def _condition(filters: Filters) -> tuple[str, list[object]]:
    parts, values = ["1"], list[object]()
    lists: tuple[tuple[str, Sequence[str]], ...] = (("s.authority", filters.authorities), ("s.board", filters.boards))
    for column, allowed in lists:
        if allowed:
            parts.append(f"{column} IN ({','.join('?' * len(allowed))})")
            values += allowed
    for sign, day in ((">=", filters.date_from), ("<=", filters.date_to)):
        if day:
            parts.append(f"s.meeting_date {sign} ?")
            values.append(day.isoformat())
    if filters.papers:
        marks = ",".join("?" * len(filters.papers))
        parts.append(f"t.id >> 20 IN (SELECT key FROM papers WHERE id IN ({marks}))")  # noqa: S608 - question marks
        values += filters.papers
    return " AND ".join(parts), values
