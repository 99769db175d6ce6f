"""Whether the archive holds an answer at all: told by several signs, never by one similarity alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.asked import AskedTokens
from search.query import Query
from search.records import Status
from search.rerank import Ranked
from search.settings import Thresholds
from search.units import Unit

_COVERED = 0.6  # cosine from which a word of the question counts as found
_FIRST = 5  # passages looked at: those that a reader sees first


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for an answer, each in [0, 1].

    ``coverage`` is the share of the question's telling words, weighted by rarity, that one passage holds; ``match`` the
    best late interaction; ``held`` how well the best sentence that holds what is asked for (an amount, a date, a name)
    matches beside the best sentence of all, 1 where nothing of the kind is asked for; ``agreement`` the share of the
    best passages by words that are also near by meaning.
    """

    coverage: float
    match: float
    held: float
    agreement: float

    def weigh(self, thresholds: Thresholds) -> float:
        """Add the signs up."""
        return (
            thresholds.coverage * self.coverage
            + thresholds.match * self.match
            + thresholds.held * self.held
            + thresholds.agreement * self.agreement
        )


def signs(query: Query, asked: AskedTokens, ranked: Sequence[Ranked], units: Sequence[Unit], agreement: float) -> Signs:
    """Look for signs of an answer among the first passages."""
    first = ranked[:_FIRST]
    own = asked.telling[: len(asked.weights)]
    telling = asked.weights[own]
    if not first or not telling.size or not query.words:
        return Signs(0.0, max((one.match for one in first), default=0.0), 0.0, agreement)
    best = [asked.settled(one.cosines.max(axis=1, initial=0.0))[own] for one in first]
    covered = max(float(telling[cosines >= _COVERED].sum()) for cosines in best)
    held = max((unit.match for unit in units if unit.holds), default=0.0)
    highest = max((unit.match for unit in units), default=0.0)
    return Signs(
        covered / float(telling.sum()), max(one.match for one in first), held / highest if highest else 1.0, agreement
    )


def status(found: Signs, thresholds: Thresholds) -> Status:
    """Decide whether to answer."""
    return "answered" if found.weigh(thresholds) >= thresholds.least else "not_found"
