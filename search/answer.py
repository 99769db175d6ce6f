"""The answer: sentences, table rows and resolutions word for word from the passages found, never a word of our own.

What is quoted is always a slice of one page's stored text. A sentence that runs over a page break is given in two
parts, each with its page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from indexer.sentences import sentences
from search.asked import AskedTokens
from search.query import Query
from search.records import ANSWER_WORDS, AnswerSentence
from search.rerank import Ranked
from search.wanted import wanted

_HITS = 5  # passages that are quoted from: those that a reader sees first
_PARTS = 4  # most sentences quoted
_NEAR = 0.75  # a further sentence must match at least this much as well as the best one
_SHORTEST = 4  # words; less is a heading or a scrap
_PASSAGE = 0.3  # share of its passage's score in a sentence's
_HELD = 0.1  # bonus for holding what is asked for
_AS_GOOD = 0.85  # a ruling is quoted whole if it matches at least this much as well as the best hit
_RULED = ("decision", "recommendation")
_RULINGS = {"decision": ("resolution", "recommendation"), "recommendation": ("recommendation", "resolution")}


@dataclass(frozen=True, slots=True)
class Unit:
    """What may be quoted as one: its parts as (text, page), and the hit's number.

    ``match`` is the late interaction within it alone; ``holds`` tells whether it holds what the question asks for (an
    amount, a date, …: `search.wanted`); ``score`` orders units of all hits.
    """

    parts: tuple[tuple[str, int], ...]
    hit: int
    match: float
    holds: bool
    score: float

    @property
    def words(self) -> int:
        """Words of all parts."""
        return sum(len(text.split()) for text, _ in self.parts)

    @property
    def key(self) -> str:
        """Equal for quotations that read the same."""
        return " ".join(" ".join(text for text, _ in self.parts).casefold().split())


def compose(query: Query, ranked: Sequence[Ranked], units: Sequence[Unit]) -> tuple[AnswerSentence, ...]:
    """Choose what to quote.

    Args:
        query: the question.
        ranked: the hits, in the order shown.
        units: what may be quoted of them (`units_of`).

    Returns:
        Quotations of at most 150 words together, none twice: for questions about decisions the resolution (or
        recommendation) whole and first, then the sentences that match best.
    """
    chosen: list[Unit] = []
    left = ANSWER_WORDS
    for at in _rulings(query, ranked):
        whole = _whole(ranked[at], at + 1)
        # Of one that is too long its first limbs are quoted, as many as there is room for.
        for unit in [whole] if whole.words <= left else [unit for unit in units if unit.hit == at + 1]:
            if unit.words > left:
                break
            chosen.append(unit)
            left -= unit.words
    pool = sorted(units, key=lambda unit: (-unit.score, unit.hit))
    floor = _NEAR * pool[0].score if pool else 0.0
    for unit in pool:
        if len(chosen) >= _PARTS or unit.score < floor:
            break
        if unit.words <= left and not any(unit.key in other.key or other.key in unit.key for other in chosen):
            chosen.append(unit)
            left -= unit.words
    return tuple(_quotations(chosen, ranked))


def units_of(query: Query, asked: AskedTokens, ranked: Sequence[Ranked]) -> list[Unit]:
    """Take the first hits apart into sentences and rows, in order, each with how well it matches the question."""
    holds = wanted(query)
    return [unit for hit, one in enumerate(ranked[:_HITS], 1) for unit in _units(one, asked, hit, holds)]


def _units(one: Ranked, asked: AskedTokens, hit: int, holds: Callable[[str], bool] | None) -> Iterator[Unit]:
    passage = one.shelved.passage
    starts = np.array([start for start, _ in one.tokens.offsets], int)
    headings = {" ".join(name.casefold().split()) for name in passage.trail}
    for group in _groups(passage.text, list(_places(one))):
        begin, end = group[0][0], group[-1][1]
        inside = (starts >= begin) & (starts < end)
        text = passage.text[begin:end]
        if not inside.any() or len(text.split()) < _SHORTEST or " ".join(text.casefold().split()) in headings:
            continue
        match = asked.match(one.cosines[:, inside].max(axis=1))
        held = holds is None or holds(text)
        # Between like sentences that of the better passage is taken, and one that holds what is asked for.
        score = match + _PASSAGE * one.score + (_HELD if holds is not None and held else 0.0)
        yield Unit(tuple((passage.text[a:b], page) for a, b, page in group), hit, match, held, score)


def _places(one: Ranked) -> Iterator[tuple[int, int, int]]:
    """Yield where each span lies in the passage's text: start, end, page."""
    at = 0
    for span in one.shelved.passage.spans:
        length = span.end - span.start
        yield at, at + length, span.page
        at += length + 1  # the line break that joins the cuts


def _groups(text: str, places: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """Yield sentences as lists of (start, end, page): one entry, or two where a page break cuts the sentence."""
    waiting: list[tuple[int, int, int]] = []
    for start, end in sentences(text):
        page = next((page for begin, stop, page in places if begin <= start < stop), None)
        if page is None:
            continue
        entry = (start, end, page)
        if waiting and (page == waiting[-1][2] or not text[start].islower()):
            yield waiting
            waiting = []
        waiting.append(entry)
        broken = text[end - 1] not in ".!?:;" and any(end >= stop - 1 and start >= begin for begin, stop, _ in places)
        if not broken:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _rulings(query: Query, ranked: Sequence[Ranked]) -> list[int]:
    """Find the hits to quote whole: resolutions or recommendations that match about as well as the best, newest first.

    One for each meeting: what a board decided about a matter at several meetings is one story, and is told as such.
    """
    kinds = next((_RULINGS[intent] for intent in query.intents if intent in _RULED), ())
    best = max((one.match for one in ranked[:_HITS]), default=0.0)
    for kind in kinds:
        near = [
            at
            for at, one in enumerate(ranked[:_HITS])
            if one.match >= _AS_GOOD * best and one.shelved.passage.kind == kind
        ]
        first: dict[date | None, int] = {}
        for at in near:
            first.setdefault(ranked[at].shelved.section.meeting.date, at)
        if first:
            return sorted(first.values(), key=lambda at: _age(ranked[at]))
    return []


def _age(one: Ranked) -> int:
    """Order by date, the latest first; unknown dates last."""
    day = one.shelved.section.meeting.date
    return -day.toordinal() if day else 0


def _whole(one: Ranked, hit: int) -> Unit:
    text = one.shelved.passage.text
    return Unit(tuple((text[start:end], page) for start, end, page in _places(one)), hit, one.match, True, one.score)


def _quotations(chosen: Sequence[Unit], ranked: Sequence[Ranked]) -> Iterator[AnswerSentence]:
    for unit in chosen:
        paged = ranked[unit.hit - 1].shelved.paper.paged
        for text, page in unit.parts:
            if text.strip():
                yield AnswerSentence(text.strip(), unit.hit, page if paged else None)
