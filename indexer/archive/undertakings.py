"""What hangs on the sections of papers: minutes and fronts themselves, what is reported, what somebody is to do."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.archive import codec, fetch
from indexer.archive.database import Database
from indexer.archive.filtering import condition, one_of
from indexer.archive.tables import ORDINAL
from indexer.records import (
    Action,
    Filters,
    Paper,
    ReportedDecision,
    Section,
    SectionKind,
    StoredAction,
    StoredReport,
    StoredSection,
)

_LATEST_FIRST = "ORDER BY s.meeting_date IS NULL, s.meeting_date DESC, s.authority, s.board"


def sections(connection: Database, kinds: Sequence[SectionKind], filters: Filters) -> list[StoredSection]:
    """Fetch sections of these kinds of the meetings that pass ``filters``, latest meeting first."""
    where, values = condition(filters, "s.", "s.")
    rows = connection.execute(
        f"SELECT {fetch.SECTION} FROM sections s "  # noqa: S608 - our own names, values apart
        f"WHERE {one_of('kind', kinds)} AND {where} {_LATEST_FIRST}, s.id",
        [*kinds, *values],
    ).fetchall()
    papers = fetch.papers_by_key(connection, {row[0] >> 20 for row in rows})
    return [StoredSection(papers[row[0] >> 20], fetch.section_of(row)) for row in rows]


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
        f"{_LATEST_FIRST}, t.id",
        values,
    ).fetchall()
    keys = {row[0] >> 20 for row in rows}
    sections = {(key, section.ordinal): section for key in keys for section in fetch.sections(connection, key)}
    return rows, fetch.papers_by_key(connection, keys), sections
