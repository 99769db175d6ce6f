"""Runs of sentences or rows that answer together: one to five that follow each other, as one quotation.

A single sentence rarely holds the whole answer, and the one before it often matters. So runs are compared
and not sentences: each by late interaction over all that it says, less for every word by which it is longer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from indexer.records import Span
from indexer.text import figures
from search.answer.lines import ENTRY, Part, is_cut, places
from search.answer.said import said_above, said_over, said_within
from search.answer.telling import figured
from search.answer.units import Unit, said_in, said_with_headings
from search.question.intent import WHICH
from search.question.query import Query
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.settings import Quoting


def windows(tokens: QueryTokens, ranked: Sequence[Ranked], units: Sequence[Unit], quoting: Quoting) -> list[Unit]:
    """Make the runs of each hit's units, the best first; none that cuts a sentence where others do not.

    Args:
        tokens: the question's tokens.
        ranked: the hits.
        units: what may be quoted of them, in order.
        quoting: what a run's length and its passage count.
    """
    of_passage: dict[tuple[int, int], list[Unit]] = {}
    for unit in units:
        of_passage.setdefault((unit.hit, unit.member), []).append(unit)
    runs = [
        run
        for hit, one in enumerate(ranked, 1)
        for member, (at, part) in enumerate(one.members)
        for run in _runs(of_passage.get((hit, member), ()), at, part, tokens, quoting)
    ]
    whole = [run for run in runs if not is_cut(ranked[run.hit - 1].stored.passage.text, *run.reach)]
    return sorted(whole or runs, key=lambda unit: (-unit.score, unit.hit, unit.place))


def overlap(one: Unit, other: Unit) -> bool:
    """Whether two runs have words in common."""
    same = (one.hit, one.member) == (other.hit, other.member)
    return same and one.reach[0] < other.reach[1] and other.reach[0] < one.reach[1]


def _runs(units: Sequence[Unit], at: int, one: Ranked, tokens: QueryTokens, quoting: Quoting) -> Iterator[Unit]:
    """Make the runs of one passage, which begins at offset ``at`` of its hit's text."""
    above = quoting.above * said_above(one)
    over = {unit.place: said_over(one, above, unit.under, quoting) for unit in units}
    text, spans = one.stored.passage.text, list(places(one))
    stretches = list(_stretches(units, at, one, tokens, quoting))
    best = [np.maximum(said_within(one, begin, end), over[run[0].place]) for run, begin, end, _ in stretches]
    matches = tokens.match(np.stack(best)).tolist() if best else ()
    for (run, begin, end, count), match in zip(stretches, matches, strict=True):
        opening = run[0]
        bonus = max(unit.score - unit.match for unit in run)
        located = one.located.overlap(begin, end) if one.located else 0.0
        score = match + bonus - quoting.long * math.log(max(count, 1)) + quoting.located * located
        yield Unit(
            tuple(_parts(text, begin, end, spans)), opening.paper, opening.hit, opening.place, match,
            any(unit.holds for unit in run), score, (at + begin, at + end), opening.row,
            opening.header, opening.member, opening.sums, opening.under, max(unit.beside for unit in run),
        )  # fmt: skip


def _stretches(
    units: Sequence[Unit], at: int, one: Ranked, tokens: QueryTokens, quoting: Quoting
) -> Iterator[tuple[Sequence[Unit], int, int, int]]:
    """Yield the units of each run, where it begins and ends in the text of its passage, and how many words it has."""
    text = one.stored.passage.text
    apart = _apart(units, at, one, tokens, quoting)
    for first, opening in enumerate(units):
        for last in range(first, min(len(units), first + quoting.run)):
            run = units[first : last + 1]
            # A row is quoted under its header and not with the rows beside it, which are about something else.
            if last > first and (run[-1].place - run[-2].place > 1 or (run[-1].row and run[-2].row)):
                break
            if last > first and run[-1].place in apart:
                break
            begin, end = opening.reach[0] - at, run[-1].reach[1] - at
            count = len(text[begin:end].split())
            if last > first and count > quoting.run_words:
                break
            yield run, begin, end, count


def _apart(units: Sequence[Unit], at: int, one: Ranked, tokens: QueryTokens, quoting: Quoting) -> set[int]:
    """Find the places of the entries of a list that no run goes on with from what is before them.

    Entries that are sentences of their own are about different things, as rows are, unless both say something of what
    is asked about.
    """
    text = one.stored.passage.text
    places = set()
    says, whole = None, True  # of what is printed since the last entry began; None before the first
    for unit in units:
        begin, end = unit.reach[0] - at, unit.reach[1] - at
        entry = ENTRY.match(text, begin, end) is not None
        if entry or says is not None:
            own = tokens.share_said(said_within(one, begin, end), quoting.said) >= quoting.own_said / 2
            ends = not is_cut(text, begin, end) and text[end - 1] not in ":;,"
            if entry and says is not None and whole and ends and not unit.header and not (own and says):
                places.add(unit.place)
            says, whole = own or (not entry and bool(says)), ends
    return places


def unbroken(tokens: QueryTokens, units: Sequence[Unit], ranked: Sequence[Ranked], quoting: Quoting) -> list[Unit]:
    """Leave out units that cut a sentence, and those that match, or say of the matter, far less than the best.

    Args:
        tokens: the question's tokens.
        units: what may be quoted.
        ranked: the hits that they are of.
        quoting: share of the best from which a unit is on the matter, and from which cosine a word is said.
    """
    texts = [one.stored.passage.text for one in ranked]
    floor = quoting.step * max((unit.score for unit in units), default=0.0)
    near = [unit for unit in units if unit.score >= floor]
    # "Project Account: £616" says something in few words.
    good = [unit for unit in near if _length(unit) > quoting.label_words or figures.keys(_text(unit))]
    whole = [unit for unit in good if unit.row or not is_cut(texts[unit.hit - 1], *unit.reach)]
    said = [said_with_headings(ranked[unit.hit - 1], unit) for unit in whole]
    own = [said_in(ranked[unit.hit - 1], unit) for unit in whole]
    told, alone = ([tokens.share_said(one, quoting.said) for one in some] for some in (said, own))
    least, fewest = (quoting.step * max(some, default=0.0) for some in (told, alone))
    # What only its headings connect with the matter ("There are no legal implications") says nothing about it.
    kept = zip(whole, told, alone, strict=True)
    return [unit for unit, share, bare in kept if share >= least and (figured(unit) or bare >= fewest / 2)]


def least_beside(query: Query, units: Iterable[Unit], quoting: Quoting) -> float:
    """Say how well words must match beside a figure: where a number is asked for, others are no step of how it changed.

    Which bodies speak of a matter is not shown by figures.
    """
    every = (unit.beside for unit in units if not WHICH.search(query.text))
    return quoting.step * max(every, default=0.0)


def _length(unit: Unit) -> int:
    """Count the words that are read as one: an entry of a list with its stem."""
    return unit.words + (0 if unit.row else sum(len(part.text.split()) for part in unit.header))


def _text(unit: Unit) -> str:
    return " ".join(part.text for part in unit.parts)


def _parts(text: str, begin: int, end: int, spans: Sequence[tuple[int, int, Span]]) -> Iterator[Part]:
    """Cut a stretch of a passage's text, one part for each of its spans (`places`)."""
    for start, stop, span in spans:
        if start < end and begin < stop:
            low, high = max(begin, start), min(end, stop)
            yield Part(text[low:high], span.page, span.start + low - start)
