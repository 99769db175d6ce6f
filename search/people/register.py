"""The register of people in public roles: who is printed as present, in the chair, or at the head of a report.

It is read from the pages that the archive holds, whenever it is asked for. Members are who is printed as present or as
having sent apologies; officers only who signs the head of a report. Of anybody else, residents above all, it has
nothing; and nothing of those who asked not to be in it (`search.people.hidden`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from indexer.records import Filters, Meeting, Span, StoredSection
from indexer.text import names
from indexer.text.names import Name
from indexer.text.sentences import sentences
from indexer.text.words import fold
from search.contents import meeting_of
from search.library import Library
from search.people import attendance, hidden, offices
from search.people.attendance import Attendee
from search.people.offices import Office
from search.settings import HISTORY

Printed = Literal["present", "apologies", "member", "head"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where a paper prints somebody in a public role: name and role as printed, and where.

    ``printed`` says whether as present at the meeting, as having sent apologies, as a member on the front sheet of its
    papers, or at the head of a report to it.
    """

    name: str
    role: str
    offices: frozenset[Office]
    printed: Printed
    meeting: Meeting
    stored: StoredSection
    span: Span

    @property
    def day(self) -> date:
        """The day of the meeting; the first of all days where it has none."""
        return self.meeting.date or date.min

    @property
    def page(self) -> int | None:
        """The 1-based sheet; None for a paper without."""
        return self.span.page if self.stored.paper.paged else None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in public roles of one authority: the fullest name that is printed, and all places, the latest first."""

    name: str
    authority: str
    sightings: tuple[Sighting, ...]

    @property
    def parts(self) -> tuple[Name, ...]:
        """All forms of the name, taken apart."""
        return tuple({part for one in self.sightings if (part := names.name(one.name))})


def sightings(library: Library, filters: Filters) -> list[Sighting]:
    """Read everybody in a public role from the papers of the meetings that pass filters, the latest first."""
    heads = [one for stored in library.stretches(("report",), filters) for one in _heads(library, stored)]
    signed = [part for one in heads if (part := names.name(one.name))]
    listed = [one for stored in library.stretches(("minutes",), filters) for one in _listed(library, stored, signed)]
    fronts = [one for stored in library.stretches(("front",), filters) for one in _fronts(library, stored)]
    return sorted(_shown([*listed, *fronts, *heads], hidden.of(library)), key=lambda one: one.day, reverse=True)


def inside(library: Library, filters: Filters) -> list[Sighting]:
    """Read whom the items of minutes name with an office in brackets, each by the sentence that does, latest first."""
    every = (one for stored in library.stretches(("item",), filters) for one in _inside(library, stored))
    return sorted(_shown(every, hidden.of(library)), key=lambda one: one.day, reverse=True)


def people(every: Iterable[Sighting]) -> list[Person]:
    """Put the places together that are one person's, in the order of surnames.

    Names of one authority are one person's where they agree and no third name agrees with one and not with the other:
    "Cllr Reed" beside an Anne and a John Reed is nobody's.
    """
    by_surname: dict[tuple[str, str], list[tuple[Name, Sighting]]] = defaultdict(list)
    for one in every:
        if part := names.name(one.name):
            by_surname[one.meeting.authority, part.surname].append((part, one))
    made = []
    for (authority, _), own in sorted(by_surname.items(), key=lambda item: (item[0][1], item[0][0])):
        made += [_person(authority, some) for some in _apart(own)]
    return made


def named(every: Iterable[Person], text: str, authority: str = "") -> Person | None:
    """Find the one person that a name means, with or without title and initials; None where none or several do."""
    part = names.name(text)
    if part is None:
        return None
    fit = [
        one
        for one in every
        if (not authority or fold(one.authority).casefold() == fold(authority).casefold())
        and all(names.agree(part, other) for other in one.parts)
    ]
    exact = [one for one in fit if fold(one.name).casefold() == fold(text).casefold()]
    meant = exact or fit
    return meant[0] if len(meant) == 1 else None


def _apart(own: Sequence[tuple[Name, Sighting]]) -> list[list[Sighting]]:
    """Divide the places of one surname by person; a name that may be several persons' is left out."""
    parts = sorted({part for part, _ in own}, key=lambda part: (-len("".join(part.given)), part.given))
    groups: list[list[Name]] = []
    for part in parts:
        fit = [group for group in groups if all(names.agree(part, other) for other in group)]
        if len(fit) == 1:
            fit[0].append(part)
        elif not fit:
            groups.append([part])
    return [[one for part, one in own if part in group] for group in groups]


def _person(authority: str, some: list[Sighting]) -> Person:
    latest_first = sorted(some, key=lambda one: one.day, reverse=True)
    fullest = max(latest_first, key=lambda one: _told(one.name))
    return Person(fullest.name, authority, tuple(latest_first))


def _told(name: str) -> tuple[int, int]:
    part = names.name(name)
    return (len("".join(part.given)) if part else 0, len(name))


def _shown(some: Iterable[Sighting], unlisted: hidden.Hidden) -> Iterator[Sighting]:
    """Keep one place of what several papers print of one meeting, and nothing of those who are hidden."""
    seen = set()
    for one in some:
        key = (one.meeting, " ".join(one.name.split()).casefold(), one.role, one.printed)
        part = names.name(one.name)
        if key not in seen and part and not hidden.hides(unlisted, one.meeting.authority, part):
            seen.add(key)
            yield one


def _listed(library: Library, stored: StoredSection, signed: Sequence[Name]) -> Iterator[Sighting]:
    """Read who is listed where minutes begin: members, and of who attends councillors and who signs reports' heads."""
    text, spans = _text(library, stored)
    for one in attendance.attendees(text):
        place = _place(spans, one.start, one.end)
        if place and _is_public(one, signed):
            meeting = meeting_of(stored.section.meeting, stored.paper)
            printed: Printed = "apologies" if one.group == "apologies" else "present"
            held = offices.offices(one.role) if one.group != "apologies" else frozenset()
            yield Sighting(names.one(one.name), one.role, held, printed, meeting, stored, place)


def _is_public(one: Attendee, signed: Sequence[Name]) -> bool:
    part = names.name(one.name)
    if part and part.given and any(names.agree(part, other) for other in signed):
        return True
    return names.councillor(one.name) if one.group == "in attendance" else offices.public(one.name, one.role)


def _inside(library: Library, stored: StoredSection) -> Iterator[Sighting]:
    text, spans = _text(library, stored)
    meeting = meeting_of(stored.section.meeting, stored.paper)
    said, title = sentences(text), stored.section.title
    # "Annual Report Ida Crab (Chair)": the title is no part of a name.
    for name, role, start, end in offices.bracketed(text, text.find(title) + len(title) if title in text else 0):
        first, last = next((one for one in said if one[0] <= start < one[1]), (start, end))
        if place := _place(spans, first, last):
            yield Sighting(names.one(name), role, offices.offices(role), "present", meeting, stored, place)


def _fronts(library: Library, stored: StoredSection) -> Iterator[Sighting]:
    text, spans = _text(library, stored)
    meeting = meeting_of(stored.section.meeting, stored.paper)
    for one in attendance.members(text):
        place = _place(spans, one.start, one.end)
        if place and offices.public(one.name, one.role):
            held = offices.offices(one.role)
            yield Sighting(names.one(one.name), one.role, held, "member", meeting, stored, place)


def _heads(library: Library, stored: StoredSection) -> Iterator[Sighting]:
    text, spans = _text(library, stored)
    meeting = meeting_of(stored.section.meeting, stored.paper)
    for name, role, start, end in offices.signed(text):
        if place := _place(spans, start, end):
            yield Sighting(name, role, offices.offices(role), "head", meeting, stored, place)


def _text(library: Library, stored: StoredSection) -> tuple[str, list[tuple[int, Span]]]:
    """Give a section's own text, and where in it each of its spans begins."""
    parts: list[str] = []
    spans: list[tuple[int, Span]] = []
    at = 0
    for span in stored.section.spans[: HISTORY.head_spans]:
        page = library.plain_page(stored.paper.id, span.page)
        if page is None:
            continue
        parts.append(page.text[span.start : span.end])
        spans.append((at, span))
        at += len(parts[-1]) + 1
    return "\n".join(parts), spans


def _place(spans: Sequence[tuple[int, Span]], start: int, end: int) -> Span | None:
    """Give the place of a part of such a text, as far as it stands on one page."""
    for at, span in reversed(spans):
        if at <= start:
            first = span.start + start - at
            return Span(span.page, first, min(span.start + end - at, span.end)) if first < span.end else None
    return None
