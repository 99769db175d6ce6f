"""What a meeting looks like in the API's answers; see `shapes`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from search.views.api.shapes import Address, Day, Decided


@dataclass(frozen=True, slots=True)
class Printed:
    """Where something is printed."""

    title: Annotated[str, Meta(description="As the council gives it.")]
    file: str
    page: int | None
    url: Address


@dataclass(frozen=True, slots=True)
class Minute(Printed):
    """The minute of an item."""

    number: str


@dataclass(frozen=True, slots=True)
class Attendance(Printed):
    """Who is printed as present."""

    text: Annotated[str, Meta(description="The lines of the minutes, word for word.")]


@dataclass(frozen=True, slots=True)
class ItemDecision(Decided):
    """A decision on an item."""

    id: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a meeting."""

    number: Annotated[str, Meta(description="On the agenda; empty where it is not known.")]
    title: str
    minute: Minute | None
    reports: list[Printed]
    decisions: list[ItemDecision]


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """One meeting, in the order of its agenda."""

    authority: str
    board: str
    meeting_date: Day | None
    earlier: Annotated[Day | None, Meta(description="The body's meeting before, of those that the archive knows of.")]
    later: Day | None
    agendas: list[Printed]
    minutes: list[Printed]
    attendance: Attendance | None
    items: list[Item]
    other_papers: Annotated[list[Printed], Meta(description="Papers made for the meeting that fit no item.")]
    not_held: list[str]
