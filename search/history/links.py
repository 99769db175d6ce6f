"""Which resolution a report's recommendation led to: the same body, the same meeting, the same item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.records import Section, StoredDecision
from search.history import matters
from search.history.changed import decision_json
from search.history.matters import Matter
from search.settings import HISTORY

Sections = Callable[[str], Mapping[int, Section]]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Ids of the register: what resolved each recommendation, and which recommendations each decision is on."""

    resolved_by: Mapping[int, tuple[StoredDecision, ...]] = field(default_factory=dict)
    recommendation_of: Mapping[int, tuple[StoredDecision, ...]] = field(default_factory=dict)


def pairs(register: Iterable[StoredDecision], sections: Sections) -> Pairs:
    """Pair recommendations with the decisions on the same item of the same meeting.

    Args:
        register: decisions and recommendations, as the archive gives them.
        sections: gives a paper's sections by ordinal.
    """
    meetings: dict[tuple[object, ...], list[StoredDecision]] = defaultdict(list)
    recommendations: list[StoredDecision] = []
    for one in register:
        if one.decision.recommendation:
            recommendations.append(one)
        else:
            meetings[_meeting(matters.of_decision(one))].append(one)
    resolved: dict[int, tuple[StoredDecision, ...]] = {}
    for one in recommendations:
        matter = matters.of_decision(one)
        resolutions = on_item(matter, meetings.get(_meeting(matter), []), sections)
        if resolutions:
            resolved[one.id] = resolutions
    back: dict[int, list[StoredDecision]] = defaultdict(list)
    for one in recommendations:
        for other in resolved.get(one.id, ()):
            back[other.id].append(one)
    return Pairs(resolved, {id: tuple(some) for id, some in back.items()})


def on_item(matter: Matter, decided: Iterable[StoredDecision], sections: Sections) -> tuple[StoredDecision, ...]:
    """Find the decisions on the same item as ``matter``; none where two items fit equally well.

    Args:
        matter: a report or its recommendation.
        decided: decisions; those of other meetings are left out.
        sections: gives a paper's sections by ordinal.
    """
    if matter.when is None or not matter.body[1]:
        return ()
    scored: dict[float, list[StoredDecision]] = defaultdict(list)
    for one in decided:
        other = matters.of_decision(one)
        if _meeting(other) == _meeting(matter) and (score := _fit(matter, other, sections)):
            scored[score].append(one)
    best = scored[max(scored)] if scored else []
    items = {(one.decision.item, matters.title(one.decision.title).words) for one in best}
    return tuple(best) if len(items) == 1 else ()


def _meeting(matter: Matter) -> tuple[object, ...]:
    return (*matter.body, matter.when)


def _fit(matter: Matter, other: Matter, sections: Sections) -> float:
    """Grade how surely two matters of one meeting are one item (`History.by_number`); 0 if they may not be."""
    if matter.title.references & other.title.references:
        return HISTORY.by_reference
    if matters.same(matter.title, other.title):
        return HISTORY.by_title
    if matter.item and matter.item == _agenda_item(other, sections) and matter.title.words & other.title.words:
        return HISTORY.by_number_and_word
    alike = matters.like(matter.title, other.title)
    return alike if alike >= HISTORY.alike or matters.within(matter.title, other.title, HISTORY.few) else 0.0


def _agenda_item(matter: Matter, sections: Sections) -> str:
    section = sections(matter.paper.id).get(matter.section)
    return section.agenda_item if section else ""


def linked(one: StoredDecision, pairs: Pairs) -> dict[str, Any]:
    """Give the JSON of a decision with its item, and what it resolves or is resolved by."""
    return {
        **decision_json(one),
        "item_id": matters.section_handle(one.paper.id, one.decision.section),
        "recommendation_of": [matters.decision_handle(other) for other in pairs.recommendation_of.get(one.id, ())],
        "resolved_by": [matters.decision_handle(other) for other in pairs.resolved_by.get(one.id, ())],
    }
