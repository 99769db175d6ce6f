"""What the API's answers look like, field by field, for its description: each docstring and note ends up there.

The answers themselves are made by `search.results` and `search.terminal`; tests hold them against these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, TypedDict

from msgspec import Meta

from indexer.records import Doubt, MinutesStatus
from search.history.timeline import EventKind

Day = Annotated[str, Meta(extra_json_schema={"format": "date"})]
Address = Annotated[
    str, Meta(description="The paper's address at its council, opened at the page; empty where it is not known.")
]
Votes = TypedDict("Votes", {"for": int, "against": int, "abstain": int})


@dataclass(frozen=True, slots=True)
class Error:
    """What is wrong, in one line."""

    error: str


@dataclass(frozen=True, slots=True)
class Place:
    """The same passage or decision elsewhere."""

    file: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Later:
    """Another decision: a later one that changes this one, or an earlier one that this one changes."""

    how: Annotated[Literal["corrected", "rescinded"], Meta(description="What became of the earlier one.")]
    text: Annotated[str, Meta(description="Word for word.")]
    meeting_date: Day | None
    reference: str
    file: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Limb:
    """One part of a decision."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where something is printed: heading, meeting, file and sheets."""

    title: str
    authority: str
    board: str
    meeting_date: Day | None
    file: str
    page: int | None
    pages: list[int]


@dataclass(frozen=True, slots=True)
class Decided(Placed):
    """A decision or recommendation as the papers print it."""

    outcome: str
    recommendation: bool
    text: str
    limbs: list[Limb]
    item: str
    votes: Annotated[Votes | None, Meta(description="A minuted vote.")]
    mover: str
    seconder: str
    minutes_status: MinutesStatus
    confirmed_by: Day | None
    doubts: Annotated[
        list[Doubt], Meta(description="What of it is not certain: a vote or mover is left out, a text may go on.")
    ]
    superseded_by: Annotated[
        list[Later], Meta(description="Later decisions that correct or rescind it, the latest first.")
    ]
    corrects: Annotated[list[Later], Meta(description="Earlier decisions that it corrects or rescinds.")]
    places: Annotated[list[Place], Meta(description="The same decision in other papers.")]
    reference: str
    url: Address


@dataclass(frozen=True, slots=True)
class Decision(Decided):
    """One decision or recommendation."""

    id: str
    item_id: str
    recommendation_of: list[str]
    resolved_by: list[str]


@dataclass(frozen=True, slots=True)
class RegisterPart:
    """A part of the register."""

    total: Annotated[int, Meta(description="Rows that match.")]
    offset: int
    decisions: list[Decision]


@dataclass(frozen=True, slots=True)
class Page:
    """One page as stored."""

    paper: str
    file: str
    title: str
    authority: str
    board: str
    pack_date: Day | None
    page: int | None
    page_label: str
    pages: int
    text: str
    method: Literal["text", "ocr", "none", "withheld"]
    confidence: Annotated[float, Meta(description="Mean confidence of OCR, 0 to 1; 1 for text that was not guessed.")]
    left_out: Annotated[
        tuple[str, ...], Meta(description="What of the page is not in its text, as struck-out words, and how many.")
    ]


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
