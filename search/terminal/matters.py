"""Precedents, threads and timelines as JSON and as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from indexer.records import StoredDecision
from indexer.text import dates
from search.bounds import BOUNDS
from search.cite import decision_reference
from search.history import matters
from search.history.changed import decision_json
from search.history.precedents import Precedent
from search.history.thread import Step, Thread
from search.history.timeline import Event, Timeline
from search.results import first_words
from search.terminal.answers import wrapped


def precedent_json(rank: int, one: Precedent) -> dict[str, Any]:
    """Give a precedent as one result of ``similar --json``."""
    return {
        "rank": rank,
        "score": round(one.score, 4),
        **_place(one),
        "purpose": [{"text": quote.text, "page": quote.page if one.page else None} for quote in one.purpose],
        "wording": [
            {"text": quote.text, "page": quote.page if one.page else None, "reference": quote.reference}
            for quote in one.wording
        ],
        "recommendations": [_decision(decision) for decision in one.recommendations],
        "resolved": [_decision(decision) for decision in one.resolved],
        "also_in": [_place(other) for other in one.also_in],
    }


def thread_json(chain: Thread) -> dict[str, Any]:
    """Give a thread as the JSON of ``thread --json``."""
    return {
        "title": chain.matter.heading,
        "reference": chain.reference,
        "steps": [
            {
                "reason": step.reason,
                **decision_json(step.one),
                "also_in": [{"file": copy.paper.path, "page": _page(copy)} for copy in step.copies],
            }
            for step in chain.steps
        ],
    }


def precedents(reports: Sequence[Precedent]) -> str:
    """Lay out precedents for a terminal."""
    shown = [line for rank, one in enumerate(reports, 1) for line in _precedent(rank, one)]
    return "\n".join(shown) if shown else "No earlier paper on this matter was found."


def thread(chain: Thread) -> str:
    """Lay out a thread for a terminal, by date."""
    shown = [*wrapped(chain.reference), ""]
    for step in chain.steps:
        shown += _step(step)
    if not chain.steps:
        shown.append("Nothing was decided on it, and no decision could be linked with certainty.")
    elif not chain.leads:
        shown.append("No other decision could be linked with certainty.")
    return "\n".join(shown)


def _place(one: Precedent) -> dict[str, Any]:
    matter = one.matter
    return {
        "id": matters.section_handle(matter.paper.id, one.section.ordinal),
        "title": matter.heading or matter.paper.title,
        "reference": one.reference,
        "authority": matter.meeting.authority or matter.paper.meeting.authority,
        "board": matter.meeting.board or matter.paper.meeting.board,
        "meeting_date": matter.when.isoformat() if matter.when else None,
        "file": matter.paper.path,
        "page": one.page,
    }


def _decision(one: StoredDecision) -> dict[str, Any]:
    fields = decision_json(one)
    kept = ("id", "outcome", "text", "meeting_date", "file", "page", "reference")
    return {key: fields[key] for key in kept}


def _page(one: StoredDecision) -> int | None:
    return next(iter(one.decision.pages), None) if one.paper.paged else None


def _precedent(rank: int, one: Precedent) -> Iterator[str]:
    yield from wrapped(f"{rank}. {one.reference}", "   ", first="")
    yield from wrapped(f"{one.matter.paper.path} [{_place(one)['id']}]", "   ")
    for quote in one.purpose:
        yield from wrapped(f"Purpose: “{quote.text}”", "   ")
    for quote in one.wording:
        yield from wrapped(f"Wording: “{quote.text}”", "   ")
        yield from wrapped(quote.reference, "      ")
    for decision in one.recommendations:
        yield from wrapped(f"Recommended: “{decision.decision.text}”", "   ")
    for decision in one.resolved:
        yield from wrapped(f"{decision.decision.outcome.capitalize()}: “{decision.decision.text}”", "   ")
        yield from wrapped(decision_reference(decision), "      ")
    for other in one.also_in:
        yield from wrapped(f"Also: {other.reference}", "   ")
    yield ""


def _step(step: Step) -> Iterator[str]:
    decision = step.one.decision
    kind = "recommendation" if decision.recommendation else decision.outcome
    yield from wrapped(f"{kind.upper()}: {decision.title}")
    yield from wrapped(f"“{decision.text}”", "    ")
    yield from wrapped(f"{decision_reference(step.one)} [{matters.decision_handle(step.one)}]", "    ")
    yield from wrapped(f"Why: {step.reason}", "    ")
    yield ""


def timeline_json(history: Timeline) -> dict[str, Any]:
    """Give a timeline as the JSON of ``timeline --json``."""
    return {
        "topic": history.topic,
        "expanded": dict(history.expanded),
        "events": [event_json(event) for event in history.events],
    }


def event_json(event: Event) -> dict[str, Any]:
    """Give one event as an element of ``events``."""
    return {
        "kind": event.kind,
        "meeting_date": event.when.isoformat() if event.when else None,
        "authority": event.meeting.authority,
        "board": event.meeting.board,
        "item": event.section.number,
        "title": event.heading,
        "text": first_words(event.text, BOUNDS.hit_words),
        "decisions": [decision_json(one) for one in event.decisions],
        "id": matters.section_handle(event.paper.id, event.section.ordinal),
        "file": event.paper.path,
        "page": event.page,
        "reference": event.reference,
        "also_in": [place.to_json() for place in event.also_in],
    }


def timeline(history: Timeline) -> str:
    """Lay out a timeline for a terminal, oldest first."""
    if not history.events:
        return f"Nothing in the archive decides, discusses or reports on “{history.topic}”."
    lines: list[str] = []
    for event in history.events:
        when = dates.written(event.when) if event.when else "No date"
        lines += [*wrapped(f"{when}: {event.kind.upper()}: {event.heading}")]
        said = [one.decision.text for one in event.decisions] or [first_words(event.text, BOUNDS.event_words)]
        for text in said:
            lines += wrapped(f"“{text}”", "    ")
        lines += [*wrapped(event.reference, "    "), ""]
    return "\n".join(lines)
