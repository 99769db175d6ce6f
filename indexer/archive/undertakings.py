"""What others are told to have decided, and what somebody is to do: rows back to records."""

from __future__ import annotations

from indexer.archive import codec, fetch
from indexer.archive.database import Database
from indexer.archive.filtering import condition
from indexer.archive.tables import ORDINAL
from indexer.records import Action, Filters, Paper, ReportedDecision, Section, StoredAction, StoredReport


def reported(connection: Database, filters: Filters) -> list[StoredReport]:
    """Fetch reported decisions of the meetings that pass ``filters``, latest meeting first, then by paper and place."""
    rows, papers, sections = _rows(connection, "reported", "actor, told_day, day", filters)
    return [
        StoredReport(
            id,
            papers[id >> 20],
            sections[id >> 20, section],
            ReportedDecision(
                id & ORDINAL, section, text, codec.spans_from_text(spans), actor, when, codec.date_from_text(day)
            ),
        )
        for id, section, text, spans, actor, when, day in rows
    ]


def actions(connection: Database, filters: Filters) -> list[StoredAction]:
    """Fetch actions of the meetings that pass ``filters``, latest meeting first, then by paper and place."""
    rows, papers, sections = _rows(connection, "actions", "decision, owner, due, due_by", filters)
    return [
        StoredAction(
            id,
            papers[id >> 20],
            sections[id >> 20, section],
            Action(
                id & ORDINAL,
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
    connection: Database, table: str, columns: str, filters: Filters
) -> tuple[list[fetch.Row], dict[int, Paper], dict[tuple[int, int], Section]]:
    """Fetch a table's rows with their papers and sections."""
    where, values = condition(filters, "s.", "t.")
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
