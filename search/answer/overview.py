"""A matter over time, as far as an answer has room for it: lines of its meetings (`search.answer.meetings`).

What is quoted of a meeting and what its line says are one choice, so that no answer says of it what its line does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from indexer.records import Meeting
from search.answer.meetings import Told
from search.answer.quote import Draft
from search.answer.units import Unit
from search.question import sides
from search.question.intent import WHICH
from search.question.query import Query
from search.ranking.rerank import Ranked
from search.settings import Quoting


def quoted(query: Query, draft: Draft, ranked: Sequence[Ranked], told: Sequence[Told], quoting: Quoting) -> list[Unit]:
    """Choose the meetings whose lines are quoted, the best first and each side of a comparison in turn.

    Args:
        query: the question.
        draft: takes the quotations; it keeps to an answer's words.
        ranked: the hits, in the order shown: what is not among them cannot be cited.
        told: what each meeting has on the matter, the best first.
        quoting: how many are quoted.

    Returns:
        The quotations, the earliest meeting first, those without a date last; none where all are of one meeting, unless
        all bodies that speak of something are asked for.
    """
    homes = {
        part.stored.id: (hit, member, at)
        for hit, one in enumerate(ranked, 1)
        for member, (at, part) in enumerate(one.members)
    }
    turns = sides.in_turn(sides.apart(sides.sides(query), told, lambda one: one.line.meeting))
    days: dict[int, date] = {}
    meetings: set[Meeting] = set()
    for one in turns:
        if len(meetings) >= quoting.steps:
            break
        # An agenda says what was to come up, not what was said of it.
        said = (choice for choice in one.choices if choice[0].passage.kind != "agenda")
        shown = ((unit, homes[stored.id]) for stored, unit in said if stored.id in homes)
        for unit, (hit, member, at) in shown:
            if draft.take(replace(unit, hit=hit, member=member, reach=(at + unit.reach[0], at + unit.reach[1]))):
                days.setdefault(hit, one.line.meeting.date or date.max)
                meetings.add(one.line.meeting)
                break
    if len(meetings) < quoting.meetings_least and not WHICH.search(query.text):
        return []
    return sorted(draft.chosen, key=lambda unit: (days[unit.hit], unit.place))
