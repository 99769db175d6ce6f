"""Several rankings into one, by the places that a passage takes in each.

Reciprocal rank fusion: Cormack, Clarke and Buettcher, "Reciprocal rank fusion outperforms Condorcet and individual rank
learning methods" (SIGIR 2009). Scores of different rankings are never compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.records import Scored


def fuse(rankings: Iterable[tuple[Sequence[Scored], float]], smoothing: int) -> list[Scored]:
    """Fuse rankings, each best first.

    Args:
        rankings: any number of rankings, each with its weight; a passage may be in some only.
        smoothing: k of the method; the smaller, the more the first places count.

    Returns:
        Each passage once, best first; score is the sum of weight / (k + place), place from 1. Ties go to the smaller
        id, so that the order does not depend on chance. A ranking of weight 0 adds nothing.
    """
    scores: dict[int, float] = {}
    for ranking, weight in rankings:
        for place, scored in enumerate(ranking if weight else (), 1):
            scores[scored.id] = scores.get(scored.id, 0.0) + weight / (smoothing + place)
    return [Scored(id, score) for id, score in sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))]
