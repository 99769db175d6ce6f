"""What later decisions did to a decision, and where else it is printed: in words, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from indexer.records import Change, Doubt, Filters, Span, StoredDecision, StoredPassage
from indexer.text import dates
from search import cite
from search.bounds import BOUNDS
from search.history import matters

_DOUBTS: Mapping[Doubt, str] = {
    "vote": "Vote not certain, see the page",
    "mover": "Mover not certain, see the page",
    "text": "The text may be incomplete, see the page",
}
_SAID = {"corrected": "Corrected", "rescinded": "Rescinded"}


@dataclass(frozen=True, slots=True)
class Later:
    """A later decision that corrected or rescinded one that is shown: verbatim, with its day, reference and place."""

    how: Literal["corrected", "rescinded"]
    text: str
    day: date | None
    reference: str
    file: str
    page: int | None

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        day = self.day.isoformat() if self.day else None
        return {
            "how": self.how,
            "text": self.text,
            "meeting_date": day,
            "reference": self.reference,
            "file": self.file,
            "page": self.page,
        }


def reference(change: Change) -> str:
    """Put the other decision's place into words."""
    return cite.decision_reference(StoredDecision(change.id, change.paper, change.decision, "unknown"))


def doubts(one: StoredDecision) -> list[str]:
    """Say what of a decision is not certain, and where to look: "Vote not certain, see the page (sheet 3)"."""
    where = f" (sheet {one.decision.pages[-1]})" if one.paper.paged and one.decision.pages else ""
    return [f"{_DOUBTS[doubt]}{where}" for doubt in one.decision.doubts]


def notes(one: StoredDecision) -> list[str]:
    """Say first what of a decision is in doubt, then what became of it and what it changed."""
    return [
        *doubts(one),
        *(note(later_of(change)) for change in one.superseded_by),
        *(f"{_SAID[change.how]} by this: {reference(change)}" for change in one.corrects),
    ]


def elsewhere(one: StoredDecision) -> list[str]:
    """Say where else a decision is printed, by the names of the papers."""
    return [
        f"Also in {place.paper.title or place.paper.path}{_sheet(place.pages, place.paper.paged)}"
        for place in one.places
    ]


def note(later: Later) -> str:
    """Say what became of a decision that is quoted: the later decision's words and place."""
    words = later.text.split()
    text = " ".join(words[: BOUNDS.excerpt_words]) + (" …" if len(words) > BOUNDS.excerpt_words else "")
    when = f" on {dates.written(later.day)}" if later.day else ""
    return f"{_SAID[later.how]}{when}: “{text}” ({later.reference})"


def later_of(change: Change) -> Later:
    """Give what is shown of a later decision."""
    decision = change.decision
    page = next(iter(decision.pages), None) if change.paper.paged else None
    return Later(change.how, decision.text, decision.meeting.date, reference(change), change.paper.path, page)


def decision_json(one: StoredDecision) -> dict[str, Any]:
    """Give a decision as the JSON of ``decisions --json``, with what is in doubt of it and what changed it."""
    decision, paper = one.decision, one.paper
    votes = decision.votes
    return {
        "id": matters.decision_handle(one),
        "outcome": decision.outcome,
        "recommendation": decision.recommendation,
        "text": decision.text,
        "limbs": [{"label": limb.label, "text": limb.text} for limb in decision.limbs],
        "item": decision.item,
        "title": decision.title,
        **cite.placed(paper, decision.meeting, decision.pages),
        "votes": {"for": votes.for_, "against": votes.against, "abstain": votes.abstain} if votes else None,
        "mover": decision.mover,
        "seconder": decision.seconder,
        "minutes_status": one.status,
        "confirmed_by": one.confirmed_by.isoformat() if one.confirmed_by else None,
        **_changes(one),
        "reference": cite.decision_reference(one),
        "url": cite.address(paper, next(iter(decision.pages), None)),
    }


def _changes(one: StoredDecision) -> dict[str, Any]:
    return {
        "doubts": list(one.decision.doubts),
        "superseded_by": [later_of(change).to_json() for change in one.superseded_by],
        "corrects": [later_of(change).to_json() for change in one.corrects],
        "places": [
            {"file": place.paper.path, "page": next(iter(place.pages), None) if place.paper.paged else None}
            for place in one.places
        ],
    }


def of_passages(
    passages: Iterable[StoredPassage], decisions: Callable[..., Sequence[StoredDecision]]
) -> Mapping[int, tuple[Later, ...]]:
    """Find what became of the decisions that passages hold, by the passages' ids.

    Args:
        passages: the passages.
        decisions: gives the register (`indexer.archive.Archive.decisions`).
    """
    held = [one for one in passages if one.passage.kind in ("resolution", "minute")]
    papers = tuple(sorted({one.paper.id for one in held}))
    changed = [row for row in decisions(Filters(papers=papers), merge=False) if row.superseded_by] if papers else []
    return {
        one.id: tuple(later_of(change) for row in mine for change in row.superseded_by)
        for one in held
        if (
            mine := [
                row for row in changed if row.paper.id == one.paper.id and _meet(row.decision.spans, one.passage.spans)
            ]
        )
    }


def _meet(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(
        one.page == other.page and one.start < other.end and other.start < one.end for one in some for other in others
    )


def _sheet(pages: Sequence[int], paged: bool) -> str:
    return f", sheet {pages[0]}" if pages and paged else ""
