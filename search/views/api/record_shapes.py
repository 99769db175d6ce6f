"""What meetings, boards, people, actions and reported decisions look like in the API's answers; see `shapes`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from indexer.records import SameBody
from search.history.actions import State
from search.views.api.shapes import Address, Day, Decided, Placed


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
class OtherName:
    """Another name of a board: ``board`` is the one that it goes by, and ``how`` says what shows that they are one."""

    board: str
    name: str
    how: SameBody


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
    also_named: Annotated[list[OtherName], Meta(description="What else the board is or was called.")]


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


@dataclass(frozen=True, slots=True)
class Action(Placed):
    """What somebody is to do, by a resolution or an action column."""

    text: Annotated[str, Meta(description="Word for word.")]
    owner: Annotated[str, Meta(description="Who is to do it, as printed; empty where nobody is named.")]
    due: Annotated[str, Meta(description="By when, as printed; empty where nothing is said.")]
    due_by: Annotated[Day | None, Meta(description="The last day of that, counted from the meeting.")]
    state: Annotated[State, Meta(description="What became of it.")]
    overdue: Annotated[bool, Meta(description="Open, though a meeting after its day is held.")]
    found_in: Annotated[str, Meta(description="The later item that takes it up; empty where there is none.")]
    found_id: Annotated[str, Meta(description="Its id, which thread takes.")]
    reason: Annotated[str, Meta(description="Why that is on the same matter.")]
    reference: str
    item: str


@dataclass(frozen=True, slots=True)
class ActionPart:
    """A part of the actions."""

    total: Annotated[int, Meta(description="Rows that match.")]
    offset: int
    actions: list[Action]


@dataclass(frozen=True, slots=True)
class Reported(Placed):
    """A sentence that reports a decision taken elsewhere."""

    text: Annotated[str, Meta(description="Word for word.")]
    actor: Annotated[str, Meta(description="Who decided, as the sentence has it.")]
    when: Annotated[str, Meta(description="When, as the sentence has it; empty where it does not say.")]
    day: Day | None
    told_by: Annotated[str, Meta(description="The place of the sentence, in words.")]


@dataclass(frozen=True, slots=True)
class ReportedPart:
    """A part of the reported decisions."""

    total: Annotated[int, Meta(description="Rows that match.")]
    offset: int
    reported: list[Reported]
