"""What the API's answer to a question looks like, field by field, for its description."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from indexer.records import PassageKind
from search.answer.steps import Kind as MeetingKind
from search.question.parted import Part
from search.results import Status
from search.views.api.record_shapes import Action
from search.views.api.shapes import Address, Day, Later, Place


@dataclass(frozen=True, slots=True)
class Sentence:
    """A quotation, word for word."""

    text: str
    hit: Annotated[int, Meta(description="Counts from 1 in hits.")]
    page: Annotated[int | None, Meta(description="Sheet that it is on; null for papers without sheets.")]
    reported: Annotated[bool, Meta(description="Whether it reports a decision that was taken elsewhere.")]
    header: Annotated[str, Meta(description="What a table's row or a list's entry is read under, word for word.")]


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage."""

    rank: int
    score: float
    file: Annotated[str, Meta(description="Path below the folder of papers that was indexed.")]
    page: int | None
    pages: list[int]
    page_label: Annotated[str, Meta(description="Number printed on the sheet.")]
    text: Annotated[str, Meta(description="At most 250 words.")]
    kind: PassageKind
    authority: str
    board: str
    meeting_date: Annotated[Day | None, Meta(description="Of the meeting that decided or that the report went to.")]
    pack_date: Annotated[Day | None, Meta(description="Of the pack that prints it.")]
    item: str
    title: str
    reference: str
    also_in: list[Place]
    superseded_by: Annotated[
        list[Later], Meta(description="Later decisions that correct or rescind the one that the passage holds.")
    ]
    core: Annotated[
        list[int],
        Meta(
            min_length=2,
            max_length=2,
            description="Where in the text the passage that matched is, from and up to; the rest is what surrounds "
            "it and matched as well.",
        ),
    ]
    url: Address


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is known of a decision."""

    name: Literal[
        "outcome",
        "role",
        "body",
        "date",
        "person",
        "item",
        "title",
        "vote",
        "mover",
        "seconder",
        "minutes",
        "doubt",
        "superseded_by",
    ]
    text: str
    file: Annotated[str, Meta(description="The paper that prints it.")]
    page: int | None


@dataclass(frozen=True, slots=True)
class Head:
    """The head line of a decision, each field with its place."""

    text: Annotated[str, Meta(description="All of it in one line.")]
    id: Annotated[str, Meta(description="The name by which thread knows the decision.")]
    fields: list[Field]
    not_held: list[str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A decision of a list: its own words and its head line."""

    words: Annotated[str, Meta(description="The decision, word for word.")]
    text: Annotated[str, Meta(description="Its head line.")]
    id: str
    fields: list[Field]
    not_held: list[str]


@dataclass(frozen=True, slots=True)
class Register:
    """All that the register holds for a question that names no matter, the latest meeting first, in agenda order."""

    total: int
    counted: str
    decisions: list[Listed]
    not_held: list[str]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a question takes from the one before it."""

    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How a question that follows on from another was understood; question then gives it in full."""

    asked: Annotated[str, Meta(description="As it was asked.")]
    carried: list[Carried]
    boards: Annotated[list[str], Meta(description="Boards that the question narrows the answer to.")]
    unsettled: Annotated[bool, Meta(description="It follows on from an earlier question, and none was given.")]


@dataclass(frozen=True, slots=True)
class Line:
    """What one meeting has on the matter."""

    kind: MeetingKind
    authority: str
    board: str
    meeting_date: Day | None
    title: str
    text: Annotated[str, Meta(description="Word for word.")]
    header: Annotated[str, Meta(description="The stem of its list or the header of its table; empty without one.")]
    file: str
    page: int | None
    figures: Annotated[list[str], Meta(description="Sums or shares, of the kind that most of the meetings give.")]
    figure_text: Annotated[str, Meta(description="The sentence that they are in, word for word.")]
    figure_page: int | None


@dataclass(frozen=True, slots=True)
class Having:
    """What one body has on the matter."""

    body: str
    meetings: Annotated[int, Meta(description="Meetings with something on it; not all need have a line.")]
    first: Day | None
    last: Day | None
    on_agenda_only: Annotated[int, Meta(description="How many of them have it only on an agenda or in a title.")]
    undated_papers: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What each meeting has on a matter, the earliest first, where a question asks over time or over bodies."""

    lines: list[Line]
    bodies: Annotated[dict[str, int], Meta(description="How many of the meetings are of each body.")]
    having: Annotated[list[Having], Meta(description="The bodies that have something, that with most meetings first.")]
    not_held: Annotated[list[str], Meta(description="Which years and bodies have nothing on it.")]


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What is to be done, where a question asks for that, the latest meeting first."""

    total: int
    counted: str
    actions: list[Action]


@dataclass(frozen=True, slots=True)
class Answered:
    """What a question gets back."""

    id: str
    question: str
    status: Status
    answer: list[Sentence]
    expanded: Annotated[dict[str, str], Meta(description="Acronyms and what else was searched for.")]
    hits: list[Hit]
    searched: Annotated[str, Meta(description="What was searched: papers, boards and dates.")]
    head: Head | None
    register: Register | None
    follow_up: FollowUp | None
    overview: Overview | None
    actions: Outstanding | None
    note: Annotated[str, Meta(description="What to read before the answer; empty where there is nothing.")]
    mentioned: Annotated[str, Meta(description="Where papers mention what no decision was found on; empty otherwise.")]
