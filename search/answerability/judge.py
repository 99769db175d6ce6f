"""Whether the archive holds an answer at all: told by several features, never by one similarity alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from indexer.records import RULINGS
from search.answer.units import Unit
from search.answerability import presence, together
from search.answerability.presupposition import share_granted
from search.library import Library
from search.question.query import Query
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.results import Status
from search.settings import DEFAULT, FIRST, Evidence
from search.thresholds import Thresholds, Weights

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
        complete: 1 less what the telling word that such a sentence and its headings say least weighs in the question:
            one word that is not said is often the very detail that is missing.
        near: how well what stands beside the figure asked for matches the question; 1 where no figure is asked for.
        granted: share of what the question takes for granted, such as a refusal, that one passage speaks of.
    """

    match: float = 0.0
    sentence: float = 0.0
    held: float = 0.0
    named: float = 0.0
    dated: float = 0.0
    complete: float = 0.0
    near: float = 0.0
    granted: float = 0.0

    def weigh(self, weights: Weights) -> float:
        """Add the features up."""
        weighed = asdict(weights).items()
        return float(sum(weight * getattr(self, name) for name, weight in weighed if name != "least"))


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
        complete=together.complete(asked, first, read),
        near=together.near(query, asked, first, read, evidence),
        granted=share_granted(query.text, around),
    )


def status(found: Features, thresholds: Thresholds) -> Status:
    """Decide whether to answer."""
    sums = (thresholds.matter, thresholds.detail)
    held = all(found.weigh(one) >= one.least for one in sums)
    return "answered" if held and found.granted >= thresholds.granted else "not_found"


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
