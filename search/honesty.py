"""Whether the archive holds an answer at all: told by three signs, never by one similarity alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.query import Query
from search.records import Status
from search.rerank import AskedTokens, Ranked
from search.settings import Thresholds

_COVERED = 0.6  # cosine from which a word of the question counts as found
_FIRST = 5  # passages looked at: those that a reader sees first


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for an answer, each in [0, 1].

    ``coverage`` is the share of the question's telling words, weighted by rarity, that one passage holds; ``match`` the
    best late interaction; ``agreement`` the share of the best passages by words that are also near by meaning.
    """

    coverage: float
    match: float
    agreement: float

    def weigh(self, thresholds: Thresholds) -> float:
        """Add the signs up."""
        return (
            thresholds.coverage * self.coverage + thresholds.match * self.match + thresholds.agreement * self.agreement
        )


def signs(query: Query, asked: AskedTokens, ranked: Sequence[Ranked], agreement: float) -> Signs:
    """Look for signs of an answer among the first passages."""
    first = ranked[:_FIRST]
    telling = asked.weights[asked.telling]
    if not first or not telling.size or not query.words:
        return Signs(0.0, max((one.match for one in first), default=0.0), agreement)
    best = [one.cosines[asked.telling].max(axis=1, initial=0.0) for one in first]
    covered = max(float(telling[cosines >= _COVERED].sum()) for cosines in best)
    return Signs(covered / float(telling.sum()), max(one.match for one in first), agreement)


def status(found: Signs, thresholds: Thresholds) -> Status:
    """Decide whether to answer."""
    return "answered" if found.weigh(thresholds) >= thresholds.least else "not_found"
