"""The answer: sentences, table rows and resolutions word for word from the passages found, never a word of our own.

What is quoted is always a slice of one page's stored text, and one that other programs find there (`search.verbatim`).
Each kind of question is answered in its own way: decisions by the resolutions, the newest first, then the sentences
that explain them; figures by the row with its header; an overview by what each meeting said, the oldest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from search import story
from search.query import Query
from search.quoting import Draft, item_matches
from search.records import AnswerSentence
from search.rerank import Ranked
from search.units import Unit, whole
from search.verbatim import Jumps

FIRST = 5  # passages that are quoted from: those that a reader sees first
_PARTS = 6  # most sentences quoted
_NEAR = 0.65  # a further sentence must score at least this much of the best one's
_AS_GOOD = 0.85  # a ruling is quoted whole if it matches at least this much as well as the best hit
_AS_HIGH = 0.9  # or if it scores so, lifted by what its item says
_RULED = ("decision", "recommendation", "overview")
_RULINGS = {
    "decision": ("resolution", "recommendation"),
    "recommendation": ("recommendation", "resolution"),
    "overview": ("resolution", "recommendation"),
}


def compose(query: Query, ranked: Sequence[Ranked], units: Sequence[Unit], jumps: Jumps) -> tuple[AnswerSentence, ...]:
    """Choose what to quote.

    Args:
        query: the question.
        ranked: the hits, in the order shown.
        units: what may be quoted of them (`units_of`).
        jumps: where other programs do not read on, by paper and page.

    Returns:
        Quotations of at most 150 words together, none twice: for questions about decisions the resolutions (or
        recommendations) whole and first, then the sentences that match best.
    """
    if query.intent == "overview" and (steps := story.told(Draft(ranked, units, jumps), ranked, units)):
        return tuple(_quotations(steps, ranked))
    draft = Draft(ranked, units, jumps)
    first = [unit for unit in units if unit.hit <= FIRST]
    rulings = _rulings(query, ranked)
    for at in rulings:
        # Of one that is too long its first limbs are quoted, as many as there is room for.
        if not draft.take(whole(ranked[at], at + 1)):
            _limbs(draft, [unit for unit in first if unit.hit == at + 1])
    settled = len(draft.chosen)
    pool = sorted(first, key=lambda unit: (-unit.score, unit.hit))
    best = pool[0].score if pool else 0.0
    for unit in pool:
        if len(draft.chosen) >= _PARTS or unit.score < _NEAR * best:
            break
        # Another ruling is mostly one on another matter, and would be read as part of the answer.
        if not (rulings and unit.score < _AS_GOOD * best and _other_ruling(unit.hit - 1, rulings, ranked)):
            draft.take_in_context(unit)
    return tuple(_quotations(_in_order(draft.chosen, settled), ranked))


def _limbs(draft: Draft, units: Sequence[Unit]) -> None:
    for unit in units:
        if not draft.take(unit):
            break


def _rulings(query: Query, ranked: Sequence[Ranked]) -> list[int]:
    """Find the hits to quote whole: resolutions or recommendations that match about as well as the best, newest first.

    One for each meeting: what a board decided about a matter at several meetings is one story, and is told as such.
    """
    kinds = next((_RULINGS[intent] for intent in query.intents if intent in _RULED), ())
    first = ranked[:FIRST]
    # A ruling seldom names its matter: what its item says counts for it.
    matches = item_matches(ranked)[:FIRST]
    match, score = max(matches, default=0.0), max((one.score for one in first), default=0.0)
    for kind in kinds:
        by_day: dict[date | None, int] = {}
        for at, one in enumerate(first):
            near = matches[at] >= _AS_GOOD * match or one.score >= _AS_HIGH * score
            if near and one.shelved.passage.kind == kind:
                by_day.setdefault(one.shelved.section.meeting.date, at)
        if by_day:
            return sorted(by_day.values(), key=lambda at: _age(ranked[at]))
    return []


def _other_ruling(at: int, rulings: Sequence[int], ranked: Sequence[Ranked]) -> bool:
    """Whether a hit is a ruling on none of the items of those that are quoted."""
    one = ranked[at].shelved
    chosen = {(ranked[other].shelved.paper.id, ranked[other].shelved.section.ordinal) for other in rulings}
    return one.passage.kind in {"resolution", "recommendation"} and (one.paper.id, one.section.ordinal) not in chosen


def _age(one: Ranked) -> int:
    """Order by date, the latest first; unknown dates last."""
    day = one.shelved.section.meeting.date
    return -day.toordinal() if day else 0


def _in_order(chosen: Sequence[Unit], settled: int) -> list[Unit]:
    """Keep the ``settled`` first ones; of the others those of one hit together, as they stand in it."""
    rest = chosen[settled:]
    hits = list(dict.fromkeys(unit.hit for unit in rest))
    return [*chosen[:settled], *sorted(rest, key=lambda unit: (hits.index(unit.hit), unit.place))]


def _quotations(chosen: Sequence[Unit], ranked: Sequence[Ranked]) -> Iterator[AnswerSentence]:
    for unit in chosen:
        paged = ranked[unit.hit - 1].shelved.paper.paged
        for part in unit.parts:
            yield AnswerSentence(part.text, unit.hit, part.page if paged else None)
