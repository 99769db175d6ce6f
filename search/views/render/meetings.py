"""Bodies and their meetings, and one meeting: papers, items by its agenda, who was there. Nothing of Streamlit here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from indexer.records import Alias, Meeting, Paper, StoredDecision
from indexer.text import dates
from search import cite
from search.meetings.calendar import Body, Held, Meetings
from search.meetings.items import Item, Printed
from search.meetings.meeting import Attendance, MeetingSheet
from search.views.render import browse, charts, front, phrasing, register
from search.views.render.markup import paragraphs, plain

NO_AUTHORITY, NO_BOARD, NO_DATE = "Authority not known", "Board not known", "Date not known"
_LEGENDS = (
    charts.Legend("full", "meeting whose decisions are held", "meetings whose decisions are held"),
    charts.Legend("open", "meeting for which only papers are held", "meetings for which only papers are held"),
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
            front.row_html(authority or NO_AUTHORITY, link, phrasing.counted(len(own), "board"), _counted(held_of))
        )
    return f'<ul class="rows">{"".join(rows)}</ul>'


def boards_html(bodies: Mapping[Body, Meetings], aliases: Sequence[Alias]) -> str:
    """Give boards as a list, each with its other names, meetings, papers, decisions and years."""
    rows = []
    for (authority, board), meetings in bodies.items():
        years = sorted({when.year for when in meetings if when})
        span = f"{years[0]} to {years[-1]}" if len(years) > 1 else f"{years[0]}" if years else ""
        count = phrasing.counted(len(meetings), "meeting")
        link = browse.body_link(authority, board)
        also = front.also_called((authority, board), aliases)
        rows.append(front.row_html(board or NO_BOARD, link, also, count, _counted(list(meetings.values())), span))
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
        other = "" if own.papers else "printed in another meeting’s papers"
        held = ", ".join(filter(None, (_counted([own]), other)))
        parts.append(f'<li><a href="{link}">{day(when)}</a>: {held}</li>')
    return f'<div class="years">{"".join([*parts, "</ul>" if before else ""])}</div>'


def months_html(bodies: Mapping[Body, Meetings], year: int) -> str:
    """Give a year's meetings as marks by board and month; a board with nothing in that year has an empty row."""
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
    held = ((papers, "paper"), (decisions, "decision"))
    return ", ".join(phrasing.counted(number, what) for number, what in held if number)


def beside_html(sheet: MeetingSheet) -> str:
    """Give links to the body's meetings before and after."""
    body = sheet.meeting.authority, sheet.meeting.board
    days = (("Earlier meeting", sheet.earlier), ("Next meeting", sheet.later))
    said = [
        f'<a href="{plain(browse.meeting_link(*body, when))}">{name}: {day(when)}</a>' for name, when in days if when
    ]
    return f'<nav class="reference" aria-label="Meetings before and after">{" · ".join(said)}</nav>' if said else ""


def count_line(sheet: MeetingSheet) -> str:
    """Say how much is held of a meeting; this line is announced to screen readers."""
    rows = sheet.decisions
    counts = [phrasing.counted(len(sheet.items), "item"), phrasing.counted(len(rows), "decision")]
    votes = sum(row.decision.votes is not None for row in rows)
    counts += [phrasing.counted(votes, "recorded vote")] if votes else []
    status = next((row for row in rows if row.status != "unknown"), None)
    minutes = f"{phrasing.minutes(status)}." if status else ""
    return " ".join(filter(None, (f"{', '.join(counts)}.", minutes, *sheet.lacking)))


def papers_html(sheet: MeetingSheet) -> str:
    """Give the meeting's agenda, pack and minutes, each by its name."""
    rows = (("Agenda and pack", sheet.agendas), ("Minutes", sheet.minutes))
    parts = "".join(f"<section><h2>{name}</h2>{_list(places)}</section>" for name, places in rows if places)
    return f'<div class="beside">{parts}</div>' if parts else ""


def items_html(sheet: MeetingSheet, leads: browse.Leads) -> str:
    """Give the items in the order of the agenda, each with its reports, its minute and what was decided."""
    return "".join(_item(item, leads) for item in sheet.items)


def others_html(sheet: MeetingSheet) -> str:
    """Give the papers that fit no item, by name."""
    return _list(sheet.others)


def attendance_html(here: Attendance) -> str:
    """Give the lines that say who was there, word for word, and where they are printed."""
    return f'<div class="words">{paragraphs(here.text)}</div><p class="reference">{_link(here.place)}</p>'


def rows(sheet: MeetingSheet) -> list[dict[str, str]]:
    """Give a meeting as rows of a CSV file: one an item and decision, one an item without."""
    return [row for item in sheet.items for row in _rows(item, sheet.meeting.date)]


def _rows(item: Item, day: date | None) -> Iterator[dict[str, str]]:
    minute = item.minute
    of: Sequence[StoredDecision | None] = item.decisions or [None]
    for row in of:
        decision = row.decision if row else None
        yield {
            "date": day.isoformat() if day else "",
            "item": item.number,
            "title": item.title,
            "minute": minute.number if minute else "",
            "outcome": decision.outcome if decision else "",
            "text": decision.text if decision else "",
            "moved by": decision.mover if decision else "",
            "seconded by": decision.seconder if decision else "",
            "reports": "; ".join(f"{one.title} ({one.paper.path})" for one in item.reports),
            "minutes file": minute.paper.path if minute else "",
            "page": str(minute.page or "") if minute else "",
        }


def _item(item: Item, leads: browse.Leads) -> str:
    number = f"{item.number}. " if item.number else ""
    said = []
    if item.minute:
        said.append(_link(item.minute, f"Minute {item.minute.number}".rstrip()))
    if item.reports:
        said.append(f"{'Report' if len(item.reports) == 1 else 'Reports'}: {'; '.join(_links(item.reports))}")
    places = f'<p class="reference">{". ".join(said)}</p>' if said else ""
    ruled = "".join(register.brief_html(row, leads) for row in item.decisions)
    return f'<section class="item"><h2>{plain(number)}{plain(cite.shortened(item.title))}</h2>{places}{ruled}</section>'


def _list(places: Sequence[Printed]) -> str:
    return f'<ul class="plain">{"".join(f"<li>{one}</li>" for one in _links(places))}</ul>'


def _links(places: Sequence[Printed]) -> list[str]:
    """Give links; papers of one name get numbers."""
    seen: Counter[str] = Counter()
    made = []
    for one in places:
        seen[one.title] += 1
        made.append(_link(one, f"{one.title} ({seen[one.title]})" if seen[one.title] > 1 else ""))
    return made


def _link(one: Printed, name: str = "") -> str:
    page = f", p. {one.page}" if one.page else ""
    said = cite.shortened(" ".join((name or one.title).split())) or "Untitled paper"
    return f'<a href="{plain(browse.link(one.paper, one.page))}">{plain(said)}</a>{page}'
