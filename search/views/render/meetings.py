"""Browsing by authority, board and meeting: what the archive holds of each. Nothing of Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from indexer.records import Meeting, Paper
from indexer.text import dates
from search import cite
from search.meetings.calendar import Body, Held, Meetings
from search.views.render import browse, charts, front, wording
from search.views.render.markup import plain

NO_AUTHORITY, NO_BOARD, NO_DATE = "Authority not known", "Board not known", "Date not known"
_LEGENDS = (
    charts.Legend("full", "meeting whose decisions are held", "meetings whose decisions are held"),
    charts.Legend("open", "meeting of which only papers are held", "meetings of which only papers are held"),
)


def named(body: Body) -> tuple[str, str]:
    """Name an authority and a board, known or not."""
    return body[0] or NO_AUTHORITY, body[1] or NO_BOARD


def day(when: date | None) -> str:
    """Name the day of a meeting, known or not."""
    return dates.written(when) if when else NO_DATE


def crumbs_html(*links: tuple[str, str]) -> str:
    """Give the way to here, from the outermost: names with their addresses."""
    steps = "".join(f'<li><a href="{plain(address)}">{plain(name)}</a></li>' for name, address in links)
    return f'<nav class="crumbs" aria-label="Where this belongs"><ol>{steps}</ol></nav>'


def crumbs_of(paper: Paper) -> str:
    """Give the way to a paper: its authority, board and meeting."""
    authority, board = paper.meeting.authority, paper.meeting.board
    names = named((authority, board))
    return crumbs_html(
        ("All papers", browse.papers_link()),
        (names[0], browse.papers_link(authority)),
        (names[1], browse.body_link(authority, board)),
        (day(paper.meeting.date), browse.meeting_link(authority, board, paper.meeting.date)),
    )


def authorities_html(bodies: Mapping[Body, Meetings]) -> str:
    """Give the authorities as a list, each with its number of boards and papers."""
    boards: dict[str, list[Meetings]] = {}
    for (authority, _), meetings in bodies.items():
        boards.setdefault(authority, []).append(meetings)
    rows = []
    for authority, own in boards.items():
        held_of = [one for meetings in own for one in meetings.values()]
        link = browse.papers_link(authority)
        rows.append(
            front.row_html(authority or NO_AUTHORITY, link, wording.counted(len(own), "board"), _counted(held_of))
        )
    return f'<ul class="rows">{"".join(rows)}</ul>'


def boards_html(bodies: Mapping[Body, Meetings]) -> str:
    """Give boards as a list, each with its meetings, papers, decisions and years."""
    rows = []
    for (authority, board), meetings in bodies.items():
        years = sorted({when.year for when in meetings if when})
        span = f"{years[0]} to {years[-1]}" if len(years) > 1 else f"{years[0]}" if years else ""
        count = wording.counted(len(meetings), "meeting")
        link = browse.body_link(authority, board)
        rows.append(front.row_html(board or NO_BOARD, link, count, _counted(list(meetings.values())), span))
    return f'<ul class="rows">{"".join(rows)}</ul>'


def meetings_html(body: Body, meetings: Meetings) -> str:
    """Give a board's meetings under their years, the latest first."""
    parts: list[str] = []
    before: str | None = None
    for when in sorted(meetings, key=lambda when: when or date.min, reverse=True):
        year = str(when.year) if when else NO_DATE
        if year != before:
            parts += ["</ul>" if before else "", f"<h3>{year}</h3><ul>"]
            before = year
        link = plain(browse.meeting_link(*body, when))
        own = meetings[when]
        other = "" if own.papers else ", printed in another meeting’s papers"
        parts.append(f'<li><a href="{link}">{day(when)}</a>: {_counted([own])}{other}</li>')
    return f'<div class="years">{"".join([*parts, "</ul>" if before else ""])}</div>'


def months_html(bodies: Mapping[Body, Meetings], year: int) -> str:
    """Give a year's meetings as marks by board and month; a board of which the year holds nothing has an empty row."""
    rows: dict[str, list[dict[str, int]]] = {}
    for body, own in bodies.items():
        cells: list[dict[str, int]] = [{} for _ in dates.MONTHS]
        for when, one in own.items():
            if when and when.year == year:
                sign = "full" if one.decisions else "open"
                cell = cells[when.month - 1]
                cell[sign] = cell.get(sign, 0) + 1
        name = cite.body(Meeting(*body)) or NO_BOARD
        rows[name] = cells
    months = [name[:3] for name in dates.MONTHS]
    return charts.grid(f"Meetings by board and month, {year}", "Board or committee", months, rows, _LEGENDS)


def _counted(some: Sequence[Held]) -> str:
    papers = sum(len(one.papers) for one in some)
    decisions = sum(len(one.decisions) for one in some)
    return f"{wording.counted(papers, 'paper')}, {wording.counted(decisions, 'decision')}"
