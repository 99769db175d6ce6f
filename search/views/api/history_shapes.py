"""What the API's answers about earlier reports, threads and timelines look like; see `shapes`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from search.history.timeline import EventKind
from search.views.api.shapes import Day, Decided, Place


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a report says that it is for, word for word."""

    text: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a report recommended, or what was resolved on it."""

    id: str
    outcome: str
    text: str
    meeting_date: Day | None
    file: str
    page: int | None
    reference: str


@dataclass(frozen=True, slots=True)
class Report:
    """An earlier report and its place."""

    id: str
    title: str
    reference: str
    authority: str
    board: str
    meeting_date: Day | None
    file: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Wording(Purpose):
    """Words to use again, with their own reference."""

    reference: str


@dataclass(frozen=True, slots=True)
class Precedent(Report):
    """An earlier report on the matter, with what became of it."""

    rank: int
    score: Annotated[float, Meta(description="0 to 1, for comparing within one answer.")]
    purpose: list[Purpose]
    wording: Annotated[list[Wording], Meta(description="What of it comes nearest to the draft, to be used again.")]
    recommendations: list[Ruled]
    resolved: list[Ruled]
    also_in: list[Report]


@dataclass(frozen=True, slots=True)
class Similar:
    """Earlier reports like a draft, best first."""

    looked_for: Annotated[list[str], Meta(description="The texts taken from the draft.")]
    results: list[Precedent]


@dataclass(frozen=True, slots=True)
class Step(Decided):
    """One decision of a thread, and why it is there."""

    id: str
    reason: str
    also_in: list[Place]


@dataclass(frozen=True, slots=True)
class Thread:
    """What led to a decision or item and what followed, by date."""

    title: str
    reference: str
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class EventDecision(Decided):
    """A decision of an event."""

    id: str


@dataclass(frozen=True, slots=True)
class Event:
    """One item of a meeting on the topic."""

    kind: EventKind
    meeting_date: Day | None
    authority: str
    board: str
    item: str
    title: str
    text: Annotated[str, Meta(description="The passage that names the topic most plainly, at most 250 words.")]
    decisions: list[EventDecision]
    id: str
    file: str
    page: int | None
    reference: str
    also_in: list[Place]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What was decided, discussed and reported on a topic, oldest first."""

    topic: str
    expanded: dict[str, str]
    events: list[Event]
