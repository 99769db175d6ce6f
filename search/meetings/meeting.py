"""One meeting: its agenda with reports, minutes and decisions, who was there, its papers, and the meetings beside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer.errors import BadArguments
from indexer.records import Filters, Meeting, Paper, StoredDecision, StoredSection
from indexer.text.agenda import AgendaItem, agenda_items
from search import cite
from search.contents import SEVERAL, meeting_of, text_of
from search.history.changed import decision_json
from search.library import Library
from search.meetings import calendar, items
from search.meetings.calendar import Body
from search.meetings.items import Item, Printed
from search.people import attendance
from search.question import filter_choices


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who is printed as present: the lines of the minutes word for word, where they are, and whom they name."""

    text: str
    place: Printed
    people: tuple[attendance.Attendee, ...]


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """Everything that is held of one meeting.

    ``agendas`` are its agenda, pack and supplements, ``minutes`` where its minutes are printed, ``others`` what fits no
    item. ``earlier`` and ``later`` are the days of the body's meetings beside it, as far as anything of them is held.
    """

    meeting: Meeting
    items: tuple[Item, ...]
    agendas: tuple[Printed, ...]
    minutes: tuple[Printed, ...]
    others: tuple[Printed, ...]
    attendance: Attendance | None
    earlier: date | None
    later: date | None

    @property
    def decisions(self) -> tuple[StoredDecision, ...]:
        """What it decided, in the order of its items."""
        return tuple(row for item in self.items for row in item.decisions)

    @property
    def lacking(self) -> tuple[str, ...]:
        """What is not held, in whole sentences."""
        if self.meeting.date is None:
            return ()
        name = cite.body(self.meeting) or "this body"
        said = (
            [] if self.minutes or self.decisions else [f"The minutes of this meeting of {name} are not in the archive."]
        )
        return (*said, *(() if self.agendas else ("Neither its agenda nor its pack is in the archive.",)))


def sheet(library: Library, body: Body, when: date | None) -> MeetingSheet | None:
    """Put together what is held of a meeting; None where nothing is.

    Args:
        library: the archive.
        body: authority and board, as they are named; "" where not known.
        when: the day; None for what is held of no day.
    """
    meetings = of_body(library, body)
    if when not in meetings:
        return None
    day = Filters((body[0],), (body[1],), date_from=when, date_to=when)
    openings = library.stretches(("minutes",), day) if when else []
    own, decided = meetings[when].papers, meetings[when].decisions
    meeting = frozenset(Meeting(*one, when) for one in names(library, body))
    agenda = _agenda(library, [paper for paper in own if paper.kind in SEVERAL], meeting)
    minutes = _minutes(library, [*own, *(one.paper for one in openings), *(row.paper for row in decided)], meeting)
    placed = items.items(agenda, minutes)
    reports = list(_reports(library, own, meeting))
    if not placed:
        placed, reports = (
            [Item(one.number, one.title, reports=[one]) for one in reports if one.section is not None],
            [one for one in reports if one.section is None],
        )
    places = _where_minuted(minutes, openings)
    minuted = {one.paper.id for one in places}
    sections = {one.ordinal: one for one in library.sections(minutes[0].paper.id)} if minutes else {}
    placed = items.place_decisions(placed, sorted(decided, key=_printed_order), sections)
    others = items.place_reports(placed, reports)
    # Minutes in which nothing of this meeting was found are shown, and not said to be its minutes.
    others += [Printed(paper.title, paper) for paper in own if paper.kind == "minutes" and paper.id not in minuted]
    return MeetingSheet(
        Meeting(*body, when),
        tuple(placed),
        tuple(Printed(paper.title, paper) for paper in own if paper.kind in {"pack", "agenda", "supplement"}),
        places,
        tuple(others),
        next((read for one in openings if (read := _attendance(library, one))), None),
        *calendar.beside(meetings, when),
    )


def of_body(library: Library, body: Body) -> calendar.Meetings:
    """Fetch what is held of a body's meetings, under whichever name; nothing of a body that is not known."""
    every = frozenset(names(library, body))
    papers = [paper for paper in library.papers() if (paper.meeting.authority, paper.meeting.board) in every]
    rows = {row.id: row for row in library.decisions(Filters((body[0],), (body[1],)))}
    if papers:
        rows |= {row.id: row for row in library.decisions(Filters(papers=tuple(paper.id for paper in papers)))}
    held = calendar.held(papers, rows.values())
    return calendar.merged(held[one] for one in held if one in every)


def names(library: Library, body: Body) -> tuple[Body, ...]:
    """Give a body, and what else it is called by papers that are held."""
    return (body, *((body[0], name) for name in library.facets().also.get(body[1], ())))


def named(library: Library, authority: str, board: str, day: str) -> MeetingSheet:
    """Put together the meeting whose body and day a caller typed.

    Raises:
        BadArguments: there is no such board or meeting, or the day is none.
    """
    when = filter_choices.day(day, last=False)
    every = calendar.held(library.papers(), library.decisions())
    body = calendar.chosen(every, authority, board, library.facets().also)
    made = sheet(library, body, when)
    if made is None:
        days = ", ".join(one.isoformat() for one in sorted(one for one in of_body(library, body) if one))
        message = f"No meeting of {cite.body(Meeting(*body))} on {day!r} is in this archive: it holds {days or 'none'}"
        raise BadArguments(message, expected=days, found=day)
    return made


def _printed_order(row: StoredDecision) -> tuple[str, int]:
    return row.paper.path, row.decision.ordinal


def _agenda(library: Library, papers: Iterable[Paper], meeting: Collection[Meeting]) -> tuple[AgendaItem, ...]:
    """Read the agenda: of all that the meeting's papers begin with, the one with most items."""
    longest: tuple[AgendaItem, ...] = ()
    for paper in papers:
        for section in library.sections(paper.id):
            if section.kind == "front" and meeting_of(section.meeting, paper) in meeting:
                longest = max(longest, agenda_items(text_of(library, paper, section).split("\n")), key=len)
    return longest


def _minutes(library: Library, papers: Iterable[Paper], meeting: Collection[Meeting]) -> list[StoredSection]:
    """Find the items of the meeting's minutes: of all papers that print them, those of the one with most."""
    longest: list[StoredSection] = []
    # Printed minutes before those in another meeting's pack, where both have as many items.
    unique = {paper.id: paper for paper in papers}
    for paper in sorted(unique.values(), key=lambda paper: (paper.kind != "minutes", paper.path)):
        sections = {section.ordinal: section for section in library.sections(paper.id)}
        own = [
            StoredSection(paper, section)
            for section in sections.values()
            if section.kind == "item"
            and items.is_item(section, sections)
            and meeting_of(section.meeting, paper) in meeting
        ]
        longest = max(longest, own, key=len)
    return longest


def _reports(library: Library, papers: Iterable[Paper], meeting: Collection[Meeting]) -> Iterable[Printed]:
    """Give the reports made for the meeting: those within packs, and papers of one matter each."""
    for paper in papers:
        if paper.kind not in SEVERAL:
            yield Printed(paper.title, paper)
            continue
        sections = {section.ordinal: section for section in library.sections(paper.id)}
        for section in sections.values():
            if (
                section.kind == "report"
                and items.is_item(section, sections)
                and meeting_of(section.meeting, paper) in meeting
            ):
                yield items.printed(paper, section)


def _where_minuted(minutes: Sequence[StoredSection], openings: Sequence[StoredSection]) -> tuple[Printed, ...]:
    """Name the places where the minutes are printed, those that the items were read from first."""
    places = {minutes[0].paper.id: Printed(minutes[0].paper.title, minutes[0].paper)} if minutes else {}
    for one in openings:
        page = one.section.pages[0] if one.section.pages and one.paper.paged else None
        places[one.paper.id] = Printed(one.paper.title, one.paper, page)
    return tuple(places.values())


def _attendance(library: Library, opening: StoredSection) -> Attendance | None:
    text = text_of(library, opening.paper, opening.section)
    place = attendance.extent(text)
    if place is None:
        return None
    page = opening.section.pages[0] if opening.paper.paged else None
    return Attendance(
        text[slice(*place)], Printed(opening.paper.title, opening.paper, page), tuple(attendance.attendees(text))
    )


def to_json(meeting_sheet: MeetingSheet) -> dict[str, Any]:
    """Give the JSON of ``meeting --json``."""
    here = meeting_sheet.attendance
    return {
        "authority": meeting_sheet.meeting.authority,
        "board": meeting_sheet.meeting.board,
        "meeting_date": _iso(meeting_sheet.meeting.date),
        "earlier": _iso(meeting_sheet.earlier),
        "later": _iso(meeting_sheet.later),
        "agendas": [_printed_json(one) for one in meeting_sheet.agendas],
        "minutes": [_printed_json(one) for one in meeting_sheet.minutes],
        "attendance": {"text": here.text, **_printed_json(here.place)} if here else None,
        "items": [_item_json(item) for item in meeting_sheet.items],
        "other_papers": [_printed_json(one) for one in meeting_sheet.others],
        "not_held": list(meeting_sheet.lacking),
    }


def _item_json(item: Item) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "minute": {"number": item.minute.number, **_printed_json(item.minute)} if item.minute else None,
        "reports": [_printed_json(one) for one in item.reports],
        "decisions": [decision_json(row) for row in item.decisions],
    }


def _printed_json(one: Printed) -> dict[str, Any]:
    return {"title": one.title, "file": one.paper.path, "page": one.page, "url": cite.address(one.paper, one.page)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
