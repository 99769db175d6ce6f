"""Browsing by authority, board, meeting and item: what the archive holds of each. Nothing of Streamlit here.

A meeting is there if a paper was made for it or if minutes of it are printed anywhere, in another meeting's pack too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from indexer.records import Meeting, Paper, Section, StoredDecision
from indexer.text import dates
from search import cite
from search.history import matters
from search.views.render import browse, charts, wording
from search.views.render.markup import plain

Body = tuple[str, str]  # authority and board, as they are named; "" where not known
NO_AUTHORITY, NO_BOARD, NO_DATE = "Authority not known", "Board not known", "Date not known"
_LEGENDS = (
    charts.Legend("full", "meeting whose decisions are held", "meetings whose decisions are held"),
    charts.Legend("open", "meeting of which only papers are held", "meetings of which only papers are held"),
)


@dataclass(slots=True)
class Held:
    """What the archive holds of one meeting: the papers made for it, and what it decided, wherever that is printed."""

    papers: list[Paper] = field(default_factory=list)
    decisions: list[StoredDecision] = field(default_factory=list)


Meetings = dict[date | None, Held]


def held(papers: Iterable[Paper], register: Iterable[StoredDecision]) -> dict[Body, Meetings]:
    """Sort papers and decisions (recommendations are none) by body, in the order of the alphabet, and by meeting."""
    found: dict[Body, Meetings] = {}

    def at(meeting: Meeting) -> Held:
        return found.setdefault((meeting.authority, meeting.board), {}).setdefault(meeting.date, Held())

    for paper in papers:
        at(paper.meeting).papers.append(paper)
    for row in register:
        if not row.decision.recommendation:
            at(_meeting(row.decision.meeting, row.paper)).decisions.append(row)
    return {body: found[body] for body in sorted(found, key=lambda body: (body[0].casefold(), body[1].casefold()))}


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
    when = paper.meeting.date.isoformat() if paper.meeting.date else ""
    names = named((authority, board))
    return crumbs_html(
        ("All papers", browse.papers_link()),
        (names[0], browse.papers_link(authority=authority)),
        (names[1], browse.papers_link(authority=authority, board=board)),
        (day(paper.meeting.date), browse.papers_link(authority=authority, board=board, meeting=when)),
    )


def authorities_html(bodies: Mapping[Body, Meetings]) -> str:
    """Give the authorities as a list, each with its number of boards and papers."""
    boards: dict[str, list[Meetings]] = {}
    for (authority, _), meetings in bodies.items():
        boards.setdefault(authority, []).append(meetings)
    rows = []
    for authority, own in boards.items():
        held_of = [one for meetings in own for one in meetings.values()]
        link = plain(browse.papers_link(authority=authority))
        name = plain(authority or NO_AUTHORITY)
        rows.append(f'<li><a href="{link}">{name}</a>: {wording.counted(len(own), "board")}, {_counted(held_of)}</li>')
    return f"<ul>{''.join(rows)}</ul>"


def boards_html(bodies: Mapping[Body, Meetings]) -> str:
    """Give boards as a list, each with its meetings, papers, decisions and years."""
    rows = []
    for (authority, board), meetings in bodies.items():
        years = sorted({when.year for when in meetings if when})
        span = f", {years[0]} to {years[-1]}" if len(years) > 1 else f", {years[0]}" if years else ""
        link = plain(browse.papers_link(authority=authority, board=board))
        count = wording.counted(len(meetings), "meeting")
        held_of = _counted(list(meetings.values()))
        rows.append(f'<li><a href="{link}">{plain(board or NO_BOARD)}</a>: {count}, {held_of}{span}</li>')
    return f"<ul>{''.join(rows)}</ul>"


def meetings_html(body: Body, meetings: Meetings) -> str:
    """Give a board's meetings under their years, the latest first."""
    parts: list[str] = []
    before: str | None = None
    for when in sorted(meetings, key=lambda when: when or date.min, reverse=True):
        year = str(when.year) if when else NO_DATE
        if year != before:
            parts += ["</ul>" if before else "", f"<h2>{year}</h2><ul>"]
            before = year
        link = plain(browse.papers_link(authority=body[0], board=body[1], meeting=when.isoformat() if when else ""))
        own = meetings[when]
        other = "" if own.papers else ", printed in another meeting’s papers"
        parts.append(f'<li><a href="{link}">{day(when)}</a>: {_counted([own])}{other}</li>')
    return "".join([*parts, "</ul>" if before else ""])


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


def items_html(body: Body, when: date | None, one: Held, sections: Callable[[str], Sequence[Section]]) -> str:
    """Give a meeting's items under the papers that print them, the papers made for it first.

    Args:
        body: whose meeting.
        when: its day.
        one: what is held of it.
        sections: fetches a paper's sections.
    """
    papers = {paper.id: paper for paper in (*one.papers, *(row.paper for row in one.decisions))}
    parts = []
    for paper in papers.values():
        rows = _items(paper, Meeting(body[0], body[1], when), one.decisions, sections(paper.id))
        pages = f", {wording.counted(paper.page_count, 'page')}" if paper.paged else ""
        title = cite.shortened(" ".join(paper.title.split())) or paper.path
        parts.append(
            f'<h2><a href="{plain(browse.link(paper))}">{plain(title)}</a></h2><p>{plain(paper.path)}{pages}</p>'
        )
        parts.append(f"<ul>{''.join(rows)}</ul>" if rows else "<p>No items were found in this paper.</p>")
    return "".join(parts)


def _items(
    paper: Paper, meeting: Meeting, decisions: Sequence[StoredDecision], sections: Sequence[Section]
) -> list[str]:
    by_ordinal = {section.ordinal: section for section in sections}
    own = [row for row in decisions if row.paper.id == paper.id]
    rows = []
    for section in sections:
        if _is_item(section, by_ordinal) and _meeting(section.meeting, paper) == meeting:
            heading = " ".join(f"{section.number} {section.title}".split())
            page = section.pages[0] if section.pages and paper.paged else None
            outcomes = [_outcome(row) for row in own if _of(row, section, by_ordinal)]
            where = f", sheet {page}" if page else ""
            link = f'<a href="{plain(browse.link(paper, page))}">{plain(cite.shortened(heading))}</a>'
            rows.append(f"<li>{link}{where}{''.join(f'; {one}' for one in outcomes)}</li>")
    return rows


def _is_item(section: Section, sections: Mapping[int, Section]) -> bool:
    """Whether a section is an item or report of the meeting itself, not part of one."""
    if section.kind not in {"item", "report"} or not section.title.strip():
        return False
    above = sections.get(section.parent) if section.parent is not None else None
    while above is not None:
        if above.kind in {"item", "report"}:
            return False
        above = sections.get(above.parent) if above.parent is not None else None
    return True


def _of(row: StoredDecision, item: Section, sections: Mapping[int, Section]) -> bool:
    here = sections.get(row.decision.section)
    while here is not None and here.ordinal != item.ordinal:
        here = sections.get(here.parent) if here.parent is not None else None
    return here is not None


def _outcome(row: StoredDecision) -> str:
    page = next(iter(row.decision.pages), None)
    where = browse.link(row.paper, page, row.decision.ordinal)
    followed = browse.thread(matters.decision_handle(row))
    word = wording.OUTCOME[row.decision.outcome]
    return f'<a href="{plain(where)}">{word}</a> (<a href="{plain(followed)}">what led to it and what followed</a>)'


def _meeting(meeting: Meeting, paper: Paper) -> Meeting:
    own = paper.meeting
    return Meeting(meeting.authority or own.authority, meeting.board or own.board, meeting.date or own.date)


def _counted(some: Sequence[Held]) -> str:
    papers = sum(len(one.papers) for one in some)
    decisions = sum(len(one.decisions) for one in some)
    return f"{wording.counted(papers, 'paper')}, {wording.counted(decisions, 'decision')}"
