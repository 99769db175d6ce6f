"""The answer: sentences, table rows and resolutions word for word from the passages found, never a word of our own.

What is quoted is always a slice of one page's stored text, and one that other programs find there (`search.verbatim`).
Each kind of question is answered in its own way: decisions by the resolutions, the newest first, then the sentences
that explain them; figures by the row with its header; an overview by what each meeting said, the oldest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from search.query import Query
from search.records import ANSWER_WORDS, AnswerSentence
from search.rerank import Ranked
from search.units import Part, Unit, whole
from search.verbatim import Jumps, pieces

FIRST = 5  # passages that are quoted from: those that a reader sees first
_PARTS = 6  # most sentences quoted
_NEAR = 0.65  # a further sentence must score at least this much of the best one's
_AS_GOOD = 0.85  # a ruling is quoted whole if it matches at least this much as well as the best hit
_AS_HIGH = 0.9  # or if it scores so, lifted by what its item says
_RULED = ("decision", "recommendation")
_RULINGS = {"decision": ("resolution", "recommendation"), "recommendation": ("recommendation", "resolution")}
_APART = 2  # most characters of white space between sentences that are quoted as one


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
    first = [unit for unit in units if unit.hit <= FIRST]
    draft = _Draft(ranked, units, jumps)
    for at in _rulings(query, ranked):
        # Of one that is too long its first limbs are quoted, as many as there is room for.
        if not draft.take(whole(ranked[at], at + 1)):
            _limbs(draft, [unit for unit in first if unit.hit == at + 1])
    settled = len(draft.chosen)
    pool = sorted(first, key=lambda unit: (-unit.score, unit.hit))
    floor = _NEAR * pool[0].score if pool else 0.0
    for unit in pool:
        if len(draft.chosen) >= _PARTS or unit.score < floor:
            break
        draft.take_in_context(unit)
    return tuple(_quotations(_in_order(draft.chosen, settled), ranked))


class _Draft:
    """What is chosen so far: units as they are quoted, within the words of an answer, none twice."""

    def __init__(self, ranked: Sequence[Ranked], units: Sequence[Unit], jumps: Jumps) -> None:
        self.chosen: list[Unit] = []
        self._texts = [one.shelved.passage.text for one in ranked]
        self._around = {(unit.hit, unit.place): unit for unit in units}
        self._jumps = jumps
        self._left = ANSWER_WORDS
        self._said: list[str] = []

    def take(self, unit: Unit) -> bool:
        """Quote a unit, if there is room, it is new, and other programs find it; tell whether it was."""
        parts = pieces(unit.parts, unit.paper, self._jumps)
        words = sum(len(part.text.split()) for part in parts)
        said = " ".join(" ".join(part.text for part in parts).casefold().split())
        if not parts or words > self._left or any(said in other or other in said for other in self._said):
            return False
        self.chosen.append(replace(unit, parts=parts))
        self._said.append(said)
        self._left -= words
        return True

    def take_in_context(self, unit: Unit) -> bool:
        """Quote a row with its header; a sentence that cannot be found alone with the one after or before it."""
        if unit.header and self.take(replace(unit, parts=(*unit.header, *unit.parts))):
            return True
        if self.take(unit):
            return True
        beside = (self._around.get((unit.hit, unit.place + step)) for step in (1, -1))
        text = self._texts[unit.hit - 1]
        joined = (_joined(unit, other, text) for other in beside if other is not None)
        return any(self.take(one) for one in joined if one is not None)


def _limbs(draft: _Draft, units: Sequence[Unit]) -> None:
    for unit in units:
        if not draft.take(unit):
            break


def _joined(unit: Unit, other: Unit, text: str) -> Unit | None:
    """Make one quotation of two sentences of ``text`` that follow each other on one page; None if they do not."""
    before, after = (unit, other) if unit.place < other.place else (other, unit)
    head, tail = before.parts[-1], after.parts[0]
    apart = after.reach[0] - before.reach[1]
    if unit.row or other.row or len(before.parts) + len(after.parts) > 2 or head.page != tail.page or apart > _APART:
        return None
    begin, end = before.reach[0], after.reach[1]
    return replace(unit, parts=(Part(text[begin:end], head.page, head.start),))


def _rulings(query: Query, ranked: Sequence[Ranked]) -> list[int]:
    """Find the hits to quote whole: resolutions or recommendations that match about as well as the best, newest first.

    One for each meeting: what a board decided about a matter at several meetings is one story, and is told as such.
    """
    kinds = next((_RULINGS[intent] for intent in query.intents if intent in _RULED), ())
    first = ranked[:FIRST]
    match, score = (max((sign(one) for one in first), default=0.0) for sign in (_match, _score))
    for kind in kinds:
        by_day: dict[date | None, int] = {}
        for at, one in enumerate(first):
            near = one.match >= _AS_GOOD * match or one.score >= _AS_HIGH * score
            if near and one.shelved.passage.kind == kind:
                by_day.setdefault(one.shelved.section.meeting.date, at)
        if by_day:
            return sorted(by_day.values(), key=lambda at: _age(ranked[at]))
    return []


def _match(one: Ranked) -> float:
    return one.match


def _score(one: Ranked) -> float:
    return one.score


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
