"""A timeline as JSON and as plain text for a terminal."""

from __future__ import annotations

from typing import Any

from indexer.text import dates
from search.bounds import BOUNDS
from search.history import matters
from search.history.timeline import Event, Timeline
from search.results import first_words
from search.terminal.answers import decision_json, wrapped


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
