"""First stage: two rankings of the archive, by words and by meaning, fused by the places that a passage takes in each.

Filters are applied inside both. Reciprocal rank fusion: Cormack, Clarke and Buettcher, "Reciprocal rank fusion
outperforms Condorcet and individual rank learning methods" (SIGIR 2009). Scores of different rankings are never
compared.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.records import Filters, Scored, WordQuery
from indexer.text.figures import spellings
from search.library import Library
from search.question.query import Query
from search.settings import Settings


def fuse(rankings: Iterable[tuple[Sequence[Scored], float]], smoothing: int, most: int | None = None) -> list[Scored]:
    """Fuse rankings, each best first.

    Args:
        rankings: any number of rankings, each with its weight; a passage may be in some only.
        smoothing: k of the method; the smaller, the more the first places count.
        most: how many are given, all of them by default.

    Returns:
        Each passage once, best first; score is the sum of weight / (k + place), place from 1. Ties go to the smaller
        id, so that the order does not depend on chance. A ranking of weight 0 adds nothing.
    """
    scores: dict[int, float] = {}
    for ranking, weight in rankings:
        for place, scored in enumerate(ranking if weight else (), 1):
            scores[scored.id] = scores.get(scored.id, 0.0) + weight / (smoothing + place)
    ordered = sorted(sorted(scores), key=scores.__getitem__, reverse=True)
    return [Scored(id, scores[id]) for id in ordered[:most]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage to be ordered.

    ``whole`` is the cosine of question and passage above the middle one of all candidates. A passage that the ranking
    by meaning does not hold counts as its last.
    """

    id: int
    whole: float = 0.0


@dataclass(frozen=True, slots=True)
class Matched:
    """The ranking by words, best first; ``exact`` holds passages with a phrase, reference, amount or name asked for."""

    by_words: list[Scored]
    exact: list[Scored]


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The rankings, best first, those of `Matched` and that by meaning.

    ``passages`` is how many the archive holds: among more, more come before the evidence. ``beside`` are the ids of the
    best of each side of a comparison, kept as those of ``exact`` are.
    """

    by_words: list[Scored]
    by_meaning: list[Scored]
    exact: list[Scored]
    passages: int
    beside: tuple[int, ...] = ()

    def candidates(self, settings: Settings) -> list[Candidate]:
        """Fuse the rankings and keep the best, in order; passages of ``exact`` are kept wherever fusion puts them."""
        share = round(settings.candidate_share * self.passages)
        most = max(settings.candidates, min(share, settings.candidates_most))
        rankings = [(self.by_words, settings.words), (self.by_meaning, settings.meaning)]
        kept = fuse(rankings, settings.smoothing, most)
        known = {scored.id for scored in kept}
        late = {*(scored.id for scored in self.exact[: settings.exact_most]), *self.beside} - known
        ids = [scored.id for scored in kept] + sorted(late)
        cosines = {scored.id: scored.score for scored in self.by_meaning}
        lowest = min(cosines.values(), default=0.0)
        wholes = [cosines.get(id, lowest) for id in ids]
        middle = statistics.median(wholes) if wholes else 0.0
        return [Candidate(id, whole - middle) for id, whole in zip(ids, wholes, strict=True)]


def match(library: Library, query: Query, filters: Filters, settings: Settings) -> Matched:
    """Rank the archive's passages for ``query`` by words, for which its vectors need not be there yet."""
    ways = map(spellings, query.exact)
    word_queries = [WordQuery(" ".join(way), way) for way in ways]
    word_queries += [WordQuery(name, (name,)) for name in query.names]
    word_queries += [replace(query.for_words(0.0), headings=(number,)) for number in query.minutes]
    exact = [scored for one in word_queries for scored in library.match_words(one, settings.exact_most, filters)]
    return Matched(_by_words(library, query, filters, settings), exact)


def retrieve(
    library: Library,
    query: Query,
    matched: Matched,
    vector: NDArray[np.float32],
    filters: Filters,
    settings: Settings,
    sides: Sequence[Filters] = (),
) -> Retrieved:
    """Set beside the ranking by words that by meaning.

    Args:
        library: the archive.
        query: the question.
        matched: its ranking by words (`match`).
        vector: it as a whole, to which the nearest are found.
        filters: which passages count.
        settings: how many, and what each ranking weighs.
        sides: what lets through each side of a comparison, of which one says less of the question than the other.
    """
    by_meaning = library.nearest(vector, settings.depth, filters)
    rankings = (
        (_by_words(library, query, side, settings), library.nearest(vector, settings.depth, side)) for side in sides
    )
    own = [Retrieved(*both, [], 0) for both in rankings]
    beside = [one.id for ranked in own for one in ranked.candidates(settings)[: settings.side]]
    known = {scored.id for scored in by_meaning}
    by_meaning += [scored for ranked in own for scored in ranked.by_meaning if scored.id not in known]
    return Retrieved(matched.by_words, by_meaning, matched.exact, library.totals().passages, tuple(beside))


def _by_words(library: Library, query: Query, filters: Filters, settings: Settings) -> list[Scored]:
    return library.match_words(query.for_words(settings.expansion, settings.framing), settings.depth, filters)
