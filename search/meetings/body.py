"""A board over time: meetings, decisions by year, subjects that come back, what is to be done, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer.errors import BadArguments
from indexer.records import Alias, Filters, Meeting, SameBody, StoredDecision
from search import cite
from search.history import actions, matters
from search.history.actions import Followed
from search.library import Library
from search.meetings import calendar, meeting
from search.meetings.calendar import Body, Meetings
from search.settings import HISTORY


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that comes back: its latest heading, and the decisions on it, the latest first, one a meeting."""

    heading: str
    decisions: tuple[StoredDecision, ...]


@dataclass(frozen=True, slots=True)
class BodySheet:
    """What is held of a board.

    ``missing`` are the days of meetings with papers but no minutes; ``open`` its actions that no later
    meeting took up, those of its last meeting held among them; ``names`` what else it is or was called.
    """

    body: Body
    meetings: Meetings
    years: tuple[tuple[int, int], ...]
    subjects: tuple[Subject, ...]
    open: tuple[Followed, ...]
    missing: tuple[date, ...]
    names: tuple[Alias, ...] = ()


def sheet(library: Library, body: Body) -> BodySheet | None:
    """Put together what is held of a board; None where nothing is."""
    held = meeting.of_body(library, body)
    if not held:
        return None
    rows = [row for one in held.values() for row in one.decisions]
    years = Counter(row.decision.meeting.date.year for row in rows if row.decision.meeting.date)
    minuted = {one.section.meeting.date for one in library.stretches(("minutes",), Filters((body[0],), (body[1],)))}
    missing = [day for day, one in held.items() if day and not one.decisions and day not in minuted]
    left = actions.actions(library, Filters((body[0],), (body[1],)), ("open", "nothing later held"))
    return BodySheet(
        body,
        held,
        tuple(sorted(years.items())),
        _subjects(rows),
        tuple(left),
        tuple(sorted(missing, reverse=True)),
        tuple(one for one in library.facets().aliases if one.authority == body[0] and body[1] in (one.board, one.name)),
    )


# What another name is said to be, and what shows it.
_HOW: dict[SameBody, tuple[str, str]] = {
    "printed": ("Also printed as", "at the head of a paper"),
    "formerly": ("Formerly", "as a paper says"),
    "minutes": ("Formerly", "whose minutes it approved"),
    "meetings": ("Also printed as", "which has the same meetings"),
    "words": ("Also printed as", "the same words"),
}


def also_named(body_sheet: BodySheet) -> tuple[str, ...]:
    """Say what else a board is or was called, and what shows it, one line a name."""
    lines = []
    for one in body_sheet.names:
        said, shown = _HOW[one.how]
        ours = one.board == body_sheet.body[1]
        said = said if ours or said != "Formerly" else "Now"
        lines.append(f"{said}: {one.name} ({shown})" if ours else f"{said}: {one.board}")
    return tuple(lines)


def _subjects(rows: Sequence[StoredDecision]) -> tuple[Subject, ...]:
    """Find subjects that come back at several meetings, those of most meetings first."""
    groups: list[tuple[matters.Title, dict[date, StoredDecision]]] = []
    for row in sorted(rows, key=lambda row: row.decision.meeting.date or date.min, reverse=True):
        day, title = row.decision.meeting.date, matters.title(row.decision.title)
        if day is None or title.routine or not title.words:
            continue
        for first, days in groups:
            # Reports of another year are on the subject that comes back.
            if first.words == title.words:
                days.setdefault(day, row)
                break
        else:
            groups.append((title, {day: row}))
    back = [Subject(next(iter(days.values())).decision.title, tuple(days.values())) for _, days in groups]
    return tuple(
        sorted((one for one in back if len(one.decisions) >= HISTORY.comes_back), key=lambda one: -len(one.decisions))
    )


def named(library: Library, authority: str, board: str) -> BodySheet:
    """Put together the board that a caller names.

    Raises:
        BadArguments: there is no such board, or several.
    """
    body = calendar.chosen(
        calendar.held(library.papers(), library.decisions()), authority, board, library.facets().also
    )
    made = sheet(library, body)
    if made is None:
        # Another process has taken its last paper out meanwhile.
        message = f"Nothing of {cite.body(Meeting(*body))} is in this archive"
        raise BadArguments(message, found=board)
    return made


def to_json(body_sheet: BodySheet) -> dict[str, Any]:
    """Give the JSON of ``body --json``."""
    return {
        "authority": body_sheet.body[0],
        "board": body_sheet.body[1],
        "meetings": [
            {
                "meeting_date": day.isoformat() if day else None,
                "papers": len(one.papers),
                "decisions": len(one.decisions),
            }
            for day, one in sorted(body_sheet.meetings.items(), key=lambda item: item[0] or date.min, reverse=True)
        ],
        "decisions_by_year": [{"year": year, "decisions": count} for year, count in body_sheet.years],
        "subjects": [
            {
                "title": one.heading,
                "id": matters.decision_handle(one.decisions[0]),
                "meetings": [
                    row.decision.meeting.date.isoformat() for row in one.decisions if row.decision.meeting.date
                ],
            }
            for one in body_sheet.subjects
        ],
        "open_actions": [actions.to_json(one) for one in body_sheet.open],
        "minutes_not_held": [day.isoformat() for day in body_sheet.missing],
        "name": cite.body(Meeting(*body_sheet.body)),
        "also_named": [{"board": one.board, "name": one.name, "how": one.how} for one in body_sheet.names],
    }
