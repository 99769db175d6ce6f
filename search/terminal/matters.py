"""Precedents, threads and timelines as JSON and as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from indexer.records import StoredDecision
from indexer.text import dates
from search.bounds import BOUNDS
from search.cite import decision_reference
from search.history import matters
from search.history.links import Pairs
from search.history.precedents import Precedent
from search.history.thread import Step, Thread
from search.history.timeline import Event, Timeline
from search.results import first_words
from search.terminal.answers import decision_json, wrapped


def linked(one: StoredDecision, pairs: Pairs) -> dict[str, Any]:
    """Give the fields that name a decision, its item, and what it resolves or is resolved by."""
    return {
        "id": matters.decision_handle(one),
        "item_id": matters.section_handle(one.paper.id, one.decision.section),
        "recommendation_of": [matters.decision_handle(other) for other in pairs.recommendation_of.get(one.id, ())],
        "resolved_by": [matters.decision_handle(other) for other in pairs.resolved_by.get(one.id, ())],
    }


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


def thread_json(found: Thread) -> dict[str, Any]:
    """Give a thread as the JSON of ``thread --json``."""
    return {
        "title": found.matter.heading,
        "reference": found.reference,
        "steps": [
            {
                "id": matters.decision_handle(step.one),
                "reason": step.reason,
                **decision_json(step.one),
                "also_in": [{"file": copy.paper.path, "page": _page(copy)} for copy in step.copies],
            }
            for step in found.steps
        ],
    }


def precedents(found: Sequence[Precedent]) -> str:
    """Lay out precedents for a terminal."""
    shown = [line for rank, one in enumerate(found, 1) for line in _precedent(rank, one)]
    return "\n".join(shown) if shown else "No earlier paper on this matter was found."


def thread(found: Thread) -> str:
    """Lay out a thread for a terminal, by date."""
    shown = [*_lines(found.reference), ""]
    for step in found.steps:
        shown += _step(step)
    if not found.steps:
        shown.append("Nothing was decided on it, and no decision could be linked with certainty.")
    elif all(step.reason in {"asked for", "same item"} for step in found.steps):
        shown.append("No other decision could be linked with certainty.")
    return "\n".join(shown)


def _lines(text: str, indent: str = "", *, first: str | None = None) -> list[str]:
    # Papers are other people's text: signs that would move the cursor or colour the terminal are not let through.
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    begin = indent if first is None else first
    return textwrap.wrap(
        plain, BOUNDS.terminal_width, initial_indent=begin, subsequent_indent=indent, break_on_hyphens=False
    )


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
    found = decision_json(one)
    kept = ("outcome", "text", "meeting_date", "file", "page", "reference")
    return {"id": matters.decision_handle(one), **{key: found[key] for key in kept}}


def _page(one: StoredDecision) -> int | None:
    return next(iter(one.decision.pages), None) if one.paper.paged else None


def _precedent(rank: int, one: Precedent) -> Iterator[str]:
    yield from _lines(f"{rank}. {one.reference}", "   ", first="")
    yield from _lines(f"{one.matter.paper.path} [{_place(one)['id']}]", "   ")
    for quote in one.purpose:
        yield from _lines(f"Purpose: “{quote.text}”", "   ")
    for quote in one.wording:
        yield from _lines(f"Wording: “{quote.text}”", "   ")
        yield from _lines(quote.reference, "      ")
    for decision in one.recommendations:
        yield from _lines(f"Recommended: “{decision.decision.text}”", "   ")
    for decision in one.resolved:
        yield from _lines(f"{decision.decision.outcome.capitalize()}: “{decision.decision.text}”", "   ")
        yield from _lines(decision_reference(decision), "      ")
    for other in one.also_in:
        yield from _lines(f"Also: {other.reference}", "   ")
    yield ""


def _step(step: Step) -> Iterator[str]:
    decision = step.one.decision
    kind = "recommendation" if decision.recommendation else decision.outcome
    yield from _lines(f"{kind.upper()}: {decision.title}")
    yield from _lines(f"“{decision.text}”", "    ")
    yield from _lines(f"{decision_reference(step.one)} [{matters.decision_handle(step.one)}]", "    ")
    yield from _lines(f"Why: {step.reason}", "    ")
    yield ""


def timeline_json(found: Timeline) -> dict[str, Any]:
    """Give a timeline as the JSON of ``timeline --json``."""
    return {
        "topic": found.topic,
        "expanded": dict(found.expanded),
        "events": [event_json(event) for event in found.events],
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
        "decisions": [{"id": matters.decision_handle(one), **decision_json(one)} for one in event.decisions],
        "id": matters.section_handle(event.paper.id, event.section.ordinal),
        "file": event.paper.path,
        "page": event.page,
        "reference": event.reference,
        "also_in": [place.to_json() for place in event.also_in],
    }


def timeline(found: Timeline) -> str:
    """Lay out a timeline for a terminal, oldest first."""
    if not found.events:
        return f"Nothing in the archive decides, discusses or reports on “{found.topic}”."
    lines: list[str] = []
    for event in found.events:
        when = dates.written(event.when) if event.when else "No date"
        lines += [*wrapped(f"{when}: {event.kind.upper()}: {event.heading}")]
        said = [one.decision.text for one in event.decisions] or [first_words(event.text, BOUNDS.event_words)]
        for text in said:
            lines += wrapped(f"“{text}”", "    ")
        lines += [*wrapped(event.reference, "    "), ""]
    return "\n".join(lines)
