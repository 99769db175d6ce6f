"""Whether the archive holds an answer at all: told by several features, never by one similarity alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from indexer.records import RULINGS
from search.answer.units import Unit
from search.answerability import presence
from search.answerability.presupposition import share_granted
from search.library import Library
from search.question.query import Query
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.results import Status
from search.settings import DEFAULT, FIRST, Evidence, Thresholds

_RULED = ("decision", "recommendation")


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for an answer, each in [0, 1].

    Attributes:
        match: best late interaction of a passage.
        sentence: best late interaction of a sentence that holds what is asked for (an amount, a date, a name), of any
            sentence where nothing of the kind is asked for; less where its passage is of other days or says no name.
        held: how well that sentence matches beside the best sentence of all.
        named: share of the question's names and numbers that one passage holds as they are written.
        dated: how well passages of the days that the question names match beside the best of all.
        complete: 1 less what the telling word that the passages found say least weighs in the question: one word that
            nothing says is often the very detail that is missing.
        granted: share of what the question takes for granted, such as a refusal, that one passage speaks of.
    """

    match: float = 0.0
    sentence: float = 0.0
    held: float = 0.0
    named: float = 0.0
    dated: float = 0.0
    complete: float = 0.0
    granted: float = 0.0

    def weigh(self, thresholds: Thresholds) -> float:
        """Add the features up."""
        weights = asdict(thresholds)
        return float(sum(weights[name] * value for name, value in asdict(self).items()))


def features(
    query: Query,
    asked: QueryTokens,
    ranked: Sequence[Ranked],
    units: Sequence[Unit],
    library: Library,
    evidence: Evidence = DEFAULT.evidence,
) -> Features:
    """Measure what speaks for an answer among the first passages."""
    first = ranked[:FIRST]
    if not first or not query.words:
        return Features(match=max((one.match for one in first), default=0.0))
    rarity = presence.rarities(query, library)
    around = [presence.around(one.stored) for one in first]
    read = [unit for unit in units if unit.hit <= FIRST]
    fitting = presence.fits(query, [one.stored for one in first])
    names = [_named(query, text, rarity, evidence) for text in around]
    apt = [_apt(fit, share, evidence) for fit, share in zip(fitting, names, strict=True)]
    held = (apt[unit.hit - 1] * _told(query, unit, first[unit.hit - 1], evidence) for unit in read if unit.holds)
    sentence = max(held, default=0.0)
    highest = max((unit.match for unit in read), default=0.0)
    return Features(
        match=max(one.match for one in first),
        sentence=sentence,
        held=min(1.0, sentence / highest) if highest else 1.0,
        named=max(names),
        dated=min(1.0, presence.share_dated(first, fitting) / evidence.dated),
        complete=_complete(asked, first),
        granted=share_granted(query.text, around),
    )


def status(found: Features, thresholds: Thresholds) -> Status:
    """Decide whether to answer."""
    return "answered" if found.weigh(thresholds) >= thresholds.least else "not_found"


def _complete(asked: QueryTokens, first: Sequence[Ranked]) -> float:
    own = asked.telling[: len(asked.weights)]
    best = np.max([asked.settled(one.cosines.max(axis=1, initial=0.0)) for one in first], axis=0)
    return 1.0 - float(np.max(asked.weights[own] * (1.0 - best[own]), initial=0.0))


def _told(query: Query, unit: Unit, one: Ranked, evidence: Evidence) -> float:
    ruled = query.intent in _RULED and one.stored.passage.kind in RULINGS
    return max(unit.match, evidence.inherited * one.item_match) if ruled else unit.match


def _apt(fit: float, named: float, evidence: Evidence) -> float:
    of_days = evidence.other_days + (1 - evidence.other_days) * fit
    return of_days * (evidence.unnamed + (1 - evidence.unnamed) * named)


def _named(query: Query, text: str, rarity: Mapping[str, float], evidence: Evidence) -> float:
    share = presence.share_named(query, text, rarity)
    # A name that no passage of the archive holds is not one that this passage left out.
    return share if presence.unknown_name(query, rarity) else min(1.0, share / evidence.named)
