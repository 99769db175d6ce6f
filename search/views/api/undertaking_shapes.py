"""What actions and reported decisions look like in the API's answers, field by field, for its description."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from search.history.actions import State
from search.views.api.shapes import Day, Placed


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
