"""A meeting as it is shown: papers, items in the order of the agenda, who was there. Nothing of Streamlit here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from indexer.records import StoredDecision
from search import cite
from search.meetings.items import Item, Printed
from search.meetings.meeting import Attendance, MeetingSheet
from search.register.head import MINUTES
from search.views.render import browse, decided, meetings, wording
from search.views.render.markup import paragraphs, plain


def beside_html(found: MeetingSheet) -> str:
    """Give links to the body's meetings before and after."""
    body = found.meeting.authority, found.meeting.board
    days = (("Earlier meeting", found.earlier), ("Next meeting", found.later))
    said = [
        f'<a href="{plain(browse.meeting_link(*body, day))}">{name}: {meetings.day(day)}</a>'
        for name, day in days
        if day
    ]
    return f'<nav class="reference" aria-label="Meetings before and after">{" · ".join(said)}</nav>' if said else ""


def count_line(found: MeetingSheet) -> str:
    """Say how much is held of a meeting; this line is announced to screen readers."""
    rows = found.decisions
    counts = [wording.counted(len(found.items), "item"), wording.counted(len(rows), "decision")]
    votes = sum(row.decision.votes is not None for row in rows)
    counts += [wording.counted(votes, "recorded vote")] if votes else []
    status = next((row for row in rows if row.status != "unknown"), None)
    by = f" on {meetings.day(status.confirmed_by)}" if status and status.confirmed_by else ""
    minutes = f"{MINUTES[status.status]}{by}." if status else ""
    return " ".join(filter(None, (f"{', '.join(counts)}.", minutes, *found.lacking)))


def papers_html(found: MeetingSheet) -> str:
    """Give the meeting's agenda, pack and minutes, each by its name."""
    rows = (("Agenda and pack", found.agendas), ("Minutes", found.minutes))
    told = "".join(f"<section><h2>{name}</h2>{_list(places)}</section>" for name, places in rows if places)
    return f'<div class="beside">{told}</div>' if told else ""


def items_html(found: MeetingSheet) -> str:
    """Give the items in the order of the agenda, each with its reports, its minute and what was decided."""
    return "".join(_item(item) for item in found.items)


def others_html(found: MeetingSheet) -> str:
    """Give the papers that fit no item, by name."""
    return _list(found.others)


def attendance_html(here: Attendance) -> str:
    """Give the lines that say who was there, word for word, and where they stand."""
    return f'<div class="words">{paragraphs(here.text)}</div><p class="reference">{_link(here.place)}</p>'


def rows(found: MeetingSheet) -> list[dict[str, str]]:
    """Give a meeting as rows of a CSV file: one an item and decision, one an item without."""
    return [row for item in found.items for row in _rows(item, found.meeting.date)]


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


def _item(item: Item) -> str:
    number = f"{item.number}. " if item.number else ""
    said = []
    if item.minute:
        said.append(_link(item.minute, f"Minute {item.minute.number}".rstrip()))
    if item.reports:
        said.append(f"{'Report' if len(item.reports) == 1 else 'Reports'}: {'; '.join(_links(item.reports))}")
    places = f'<p class="reference">{". ".join(said)}</p>' if said else ""
    ruled = "".join(decided.brief_html(row) for row in item.decisions)
    return f'<section class="item"><h2>{plain(number)}{plain(cite.shortened(item.title))}</h2>{places}{ruled}</section>'


def _list(places: Sequence[Printed]) -> str:
    return f'<ul class="plain">{"".join(f"<li>{one}</li>" for one in _links(places))}</ul>'


def _links(places: Sequence[Printed]) -> list[str]:
    """Give links; papers of one name are told apart by numbers."""
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
