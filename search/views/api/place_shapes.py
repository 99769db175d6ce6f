"""What meetings, boards and people look like in the API's answers; see `shapes`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from search.views.api.shapes import Address, Day, Decided, Placed
from search.views.api.undertaking_shapes import Action


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


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting of a board, with how many papers and decisions are held of it."""

    meeting_date: Day | None
    papers: int
    decisions: int


@dataclass(frozen=True, slots=True)
class Year:
    """How many decisions of a year are held."""

    year: int
    decisions: int


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that comes back at three meetings or more."""

    title: str
    id: Annotated[str, Meta(description="Of the latest decision on it, which thread takes.")]
    meetings: list[Day]


@dataclass(frozen=True, slots=True)
class BodySheet:
    """A board over time."""

    name: str
    authority: str
    board: str
    meetings: list[Met]
    decisions_by_year: list[Year]
    subjects: list[Subject]
    open_actions: Annotated[list[Action], Meta(description="Actions that no later meeting held took up.")]
    minutes_not_held: list[Day]


@dataclass(frozen=True, slots=True)
class Sighting(Placed):
    """One place where somebody is printed in a public role; the title is the paper's."""

    name: str
    role: Annotated[str, Meta(description="As printed; empty for a member who is listed without one.")]


@dataclass(frozen=True, slots=True)
class Office:
    """An office or post, from the first day it is printed so to the last."""

    role: str
    body: str
    first: Day | None
    last: Sighting


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in public roles of one council."""

    name: Annotated[str, Meta(description="The fullest form that is printed.")]
    authority: str
    role: str
    printed: Annotated[int, Meta(description="How many places print the name in a public role.")]
    last: Sighting


@dataclass(frozen=True, slots=True)
class People:
    """Everybody whom the papers print in a public role, by surname."""

    people: list[Named]


@dataclass(frozen=True, slots=True)
class Vote(ItemDecision):
    """A recorded vote on a decision."""

    side: Annotated[Literal["for", "against", "abstained"], Meta(description="As the minutes list the name.")]


@dataclass(frozen=True, slots=True)
class Person:
    """One person's public roles as printed."""

    name: str
    authority: str
    names: Annotated[list[str], Meta(description="All forms that are printed.")]
    offices: list[Office]
    attended: list[Sighting]
    apologies: list[Sighting]
    moved: list[ItemDecision]
    seconded: list[ItemDecision]
    voted: list[Vote]
