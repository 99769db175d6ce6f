"""Whether the archive holds an answer at all: judged by several features, never by one similarity alone."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.records import RULINGS
from search.answer.said import COUNTED
from search.answer.units import Unit
from search.answerability import together
from search.answerability.presupposition import share_granted
from search.library import Library
from search.question.query import Query
from search.ranking import presence
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.results import Status
from search.settings import DEFAULT, FIRST, Evidence
from search.thresholds import Features, Thresholds

_RULED = ("decision", "recommendation")


def features(
    query: Query,
    asked: QueryTokens,
    ranked: Sequence[Ranked],
    fitting: Sequence[float],
    units: Sequence[Unit],
    library: Library,
    evidence: Evidence = DEFAULT.evidence,
) -> Features:
    """Measure what speaks for an answer among the first passages; ``fitting`` is what `presence.fits` says of them."""
    first = ranked[:FIRST]
    if not first or not query.words:
        return Features(match=max((one.match for one in first), default=0.0))
    rarity = presence.rarities(query, library)
    around = [presence.around(one.stored) for one in first]
    read = [unit for unit in units if unit.hit <= FIRST]
    fitting = fitting[: len(first)]
    # A name that no passage of the archive holds is not one that these left out.
    enough = 1.0 if presence.unknown_name(query, rarity) else evidence.named
    names = [min(1.0, presence.share_named(query, text, rarity) / enough) for text in around]
    apt = [_apt(fit, share, evidence) for fit, share in zip(fitting, names, strict=True)]
    told = [unit for unit in read if unit.holds]
    sentence = max((apt[one.hit - 1] * _told(query, one, first[one.hit - 1], evidence) for one in told), default=0.0)
    highest = max((unit.match for unit in read), default=0.0)
    best = max(told or read, key=lambda unit: unit.match, default=None)
    match = max(one.match for one in first)
    on_it = [text for one, text in zip(first, around, strict=True) if one.match >= evidence.on_it * match]
    return Features(
        match=match,
        sentence=sentence,
        held=min(1.0, sentence / highest) if highest else 1.0,
        named=max(names),
        dated=min(1.0, presence.share_dated(first, fitting) / evidence.dated),
        complete=together.complete(asked, first, read),
        said=together.said(asked, around[best.hit - 1] if best else ""),
        near=max((unit.beside for unit in read), default=1.0),
        words=min(1.0, len(together.content(asked)) / 10),
        uncounted=float(not COUNTED.search(query.text)),
        granted=share_granted(query.text, on_it),
    )


def status(measured: Features, thresholds: Thresholds) -> Status:
    """Decide whether to answer."""
    sums = (thresholds.matter, thresholds.detail)
    held = all(measured.weigh(one) >= one.least for one in sums)
    held = held and measured.granted >= thresholds.granted and measured.named >= thresholds.named
    return "answered" if held else "not_found"


def _told(query: Query, unit: Unit, one: Ranked, evidence: Evidence) -> float:
    ruled = query.intent in _RULED and one.stored.passage.kind in RULINGS
    return max(unit.match, evidence.inherited * one.item_match) if ruled else unit.match


def _apt(fit: float, named: float, evidence: Evidence) -> float:
    of_days = evidence.other_days + (1 - evidence.other_days) * fit
    return of_days * (evidence.unnamed + (1 - evidence.unnamed) * named)
