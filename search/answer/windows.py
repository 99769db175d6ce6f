"""Runs of sentences or rows that answer together: one to five that follow each other, as one quotation.

A single sentence rarely holds the whole answer, and the one before it often matters. So runs are compared
and not sentences: each by late interaction over all that it says, less for every word by which it is longer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from search.answer.units import ENTRY, Part, Unit, places, said_above, said_within
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.settings import Quoting

_STOPS = ".!?:;"


def windows(asked: QueryTokens, ranked: Sequence[Ranked], units: Sequence[Unit], quoting: Quoting) -> list[Unit]:
    """Make the runs of each hit's units, the best first.

    Args:
        asked: the question's tokens.
        ranked: the hits.
        units: what may be quoted of them, in order.
        quoting: what a run's length and its passage count.
    """
    runs = [
        run
        for hit, one in enumerate(ranked, 1)
        for member, (at, part) in enumerate(one.members)
        for run in _runs([unit for unit in units if (unit.hit, unit.member) == (hit, member)], at, part, asked, quoting)
    ]
    return sorted(runs, key=lambda unit: (-unit.score, unit.hit, unit.place))


def overlap(one: Unit, other: Unit) -> bool:
    """Whether two runs have words in common."""
    same = (one.hit, one.member) == (other.hit, other.member)
    return same and one.reach[0] < other.reach[1] and other.reach[0] < one.reach[1]


def _runs(units: Sequence[Unit], at: int, one: Ranked, asked: QueryTokens, quoting: Quoting) -> Iterator[Unit]:
    """Make the runs of one passage, which begins at offset ``at`` of its hit's text."""
    starts = np.array([start for start, _ in one.tokens.offsets], int)
    above = quoting.above * said_above(one)
    text = one.stored.passage.text
    for first, opening in enumerate(units):
        for last in range(first, min(len(units), first + quoting.run)):
            run = units[first : last + 1]
            # A row is quoted under its header and not with the rows beside it, which are about something else.
            if last > first and (run[-1].place - run[-2].place > 1 or (run[-1].row and run[-2].row)):
                break
            begin, end = opening.reach[0] - at, run[-1].reach[1] - at
            count = len(text[begin:end].split())
            if last > first and count > quoting.run_words:
                break
            inside = (starts >= begin) & (starts < end)
            context = np.maximum(above, quoting.above * said_within(one, *opening.under))
            match = float(asked.match(np.maximum(one.cosines[:, inside].max(axis=1), context)))
            holds = any(unit.holds for unit in run)
            bonus = max(unit.score - unit.match for unit in run)
            score = match + bonus - quoting.long * math.log(max(count, 1))
            score -= quoting.half * _halves(text, begin, end)
            reach = (opening.reach[0], run[-1].reach[1])
            parts = tuple(_parts(text, begin, end, one))
            yield Unit(
                parts, opening.paper, opening.hit, opening.place, match, holds, score, reach, opening.row,
                opening.header, opening.member, opening.sums, opening.under,
            )  # fmt: skip


def _halves(text: str, begin: int, end: int) -> int:
    """Count the ends at which a stretch of a text cuts a sentence: it begins or goes on with a small letter."""
    opening = ENTRY.sub("", text[begin:end])[:1]
    after = text[end:].lstrip()[:1]
    return int(opening.islower()) + int(after.islower() and text[end - 1] not in _STOPS)


def _parts(text: str, begin: int, end: int, one: Ranked) -> Iterator[Part]:
    """Cut a stretch of a passage's text, one part for each of its spans."""
    for start, stop, span in places(one):
        if start < end and begin < stop:
            low, high = max(begin, start), min(end, stop)
            yield Part(text[low:high], span.page, span.start + low - start)
