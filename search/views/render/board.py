"""A board as it is shown: what is held of it over the years. Nothing of Streamlit here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from search import cite
from search.bounds import BOUNDS
from search.meetings.body import BodySheet, Subject
from search.views.address import Asked
from search.views.render import browse, charts, front, meetings, phrasing, register, undertakings
from search.views.render.markup import plain


def count_line(sheet: BodySheet) -> str:
    """Say how much is held of a board; this line is announced to screen readers."""
    held = sheet.meetings
    parts = [
        phrasing.counted(len(held), "meeting"),
        phrasing.counted(sum(len(one.decisions) for one in held.values()), "decision"),
    ]
    if sheet.open:
        parts.append(phrasing.counted(len(sheet.open), "action") + " on which no later decision is held")
    if sheet.missing:
        parts.append(f"minutes of {phrasing.counted(len(sheet.missing), 'meeting')} not held")
    return f"{', '.join(parts)}."


def years_html(sheet: BodySheet) -> str:
    """Give its decisions by year as a small chart, each year a link to its decisions."""
    asked = Asked("", _one(sheet.body[0]), _one(sheet.body[1]))
    return register.years_html(
        [charts.Bar(str(year), count, register.of_year(year, asked)) for year, count in sheet.years]
    )


def subjects_html(subjects: Sequence[Subject], leads: browse.Leads) -> str:
    """Give the subjects that come back, each a link to what led to it and what followed."""
    rows = []
    for one in subjects[: BOUNDS.board_entries]:
        last = one.decisions[0]
        days = ", ".join(meetings.day(row.decision.meeting.date) for row in one.decisions)
        where = plain(browse.decision(last, leads))
        rows.append(f'<li><a href="{where}">{plain(one.heading)}</a> <span class="facts">{days}</span></li>')
    return f'<ul class="rows">{"".join(rows)}</ul>'


def actions_html(sheet: BodySheet) -> str:
    """Give the actions that are left, and the way to all of its actions."""
    rows = []
    for one in sheet.open[: BOUNDS.board_entries]:
        action = one.stored.action
        due = f"by when: {action.due}" if action.due else ""
        facts = (undertakings.heading(one), meetings.day(one.stored.section.meeting.date), due)
        said = cite.shortened(" ".join(action.text.split()))
        rows.append(front.row_html(said, undertakings.address_of(one), undertakings.STATE[one.state], *facts))
    every = plain(undertakings.link(Asked("", _one(sheet.body[0]), _one(sheet.body[1]))))
    return f'<ul class="rows">{"".join(rows)}</ul><p><a href="{every}">All actions of this board</a></p>'


def missing_html(sheet: BodySheet) -> str:
    """Give the meetings with papers but no minutes."""
    return f"<p>{', '.join(_met(sheet, day) for day in sheet.missing)}.</p>"


def _met(sheet: BodySheet, day: date) -> str:
    return f'<a href="{plain(browse.meeting_link(*sheet.body, day))}">{meetings.day(day)}</a>'


def _one(name: str) -> tuple[str, ...]:
    return (name,) if name else ()
