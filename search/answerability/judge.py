"""Whether the archive holds an answer at all: judged by several features, never by one similarity alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from indexer.records import RULINGS
from indexer.text.words import single, words
from search.answer.said import COUNTED
from search.answer.units import Unit
from search.answerability import second, together
from search.answerability.presupposition import share_granted
from search.library import Library
from search.question.matter import words_of
from search.question.query import Query
from search.ranking import presence
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.results import Status
from search.settings import DEFAULT, FIRST, Evidence, Quoting, Settings
from search.thresholds import Features


def features(
    query: Query,
    tokens: QueryTokens,
    ranked: Sequence[Ranked],
    fitting: Sequence[float],
    units: Sequence[Unit],
    library: Library,
    evidence: Evidence = DEFAULT.evidence,
) -> Features:
    """Measure what speaks for an answer among the first passages; ``fitting`` is what `presence.fits` says of them."""
    first = ranked[:FIRST]
    rarity = presence.rarities(query, library)
    # Nothing answers a question of which the archive holds no word, in any form.
    if not first or all(rarity[word] == 1.0 and word not in query.translated for word in query.words):
        return Features()
    around = [presence.around(one.stored) for one in first]
    fitting = fitting[: len(first)]
    names = together.by_item(first, _named(query, around, rarity, evidence))
    read = [unit for unit in units if unit.hit <= FIRST]
    apt = _apt(read, names, fitting, evidence)
    told = [unit for unit in apt if unit.holds] or [unit for unit in read if unit.holds]
    answering = told or apt or read
    best = max(answering, key=lambda unit: unit.match, default=None)
    nothing = together.Sentence(0.0, evidence.no_word_asks)
    said = together.sentence(tokens, first, best, evidence.no_word_asks) if best else nothing
    least = evidence.on_it * max(one.match for one in first)
    on_it = [text for one, text in zip(first, around, strict=True) if one.match >= least]
    return Features(
        named=max((names[unit.hit - 1] for unit in answering), default=0.0),
        dated=min(1.0, presence.share_dated(first, fitting) / evidence.dated),
        complete=together.complete(tokens, first, told, evidence.one_word),
        covered=said.covered,
        asking=said.asking,
        uncounted=float(not COUNTED.search(query.text)),
        near=max((unit.beside for unit in apt), default=1.0),
        held=_held(told, read, first),
        answers=second.by_passages(first, evidence),
        granted=share_granted(query.text, on_it),
    )


def status(measured: Features, settings: Settings, again: Callable[[], float]) -> Status:
    """Decide whether to answer; ``again`` reads more, where that may decide it, and says how surely the hits answer."""
    threshold = settings.threshold
    if abs(measured.weigh(threshold) - threshold.least) < settings.evidence.doubt:
        measured = replace(measured, answers=again())
    return "answered" if measured.weigh(threshold) >= threshold.least else "not_found"


def mentioned(query: Query, tokens: QueryTokens, ranked: Sequence[Ranked], quoting: Quoting) -> int:
    """Give the number of the first hit that prints the matter of which a decision is asked for; 0 where none does.

    Args:
        query: the question.
        tokens: its tokens.
        ranked: the hits, the best first.
        quoting: what share of the telling words is said on a matter, and from which cosine one is said.
    """
    matter = words_of(query)
    left, tokens = set(map(single, matter)), tokens.without(set(tokens.owners) - set(matter))
    if not left or "decision" not in query.intents:
        return 0
    for number, one in enumerate(ranked, 1):
        printed = left <= set(map(single, words(presence.around(one.stored)))) or presence.says_matter(
            query, one.stored
        )
        share = tokens.share_said(one.cosines.max(axis=1, initial=0.0), quoting.said)
        if printed and share >= quoting.on_it and not presence.elsewhere(query, one.stored):
            return number
    return 0


def _held(told: Sequence[Unit], read: Sequence[Unit], first: Sequence[Ranked]) -> float:
    """Say how well the best sentence that holds what is asked for matches beside the best; a ruling as its item."""
    matches = [max((unit.match for unit in read if unit.hit == hit), default=0.0) for hit in range(1, len(first) + 1)]
    items = together.by_item(first, matches)
    ruled = [one.stored.passage.kind in RULINGS for one in first]
    best = max((items[unit.hit - 1] if ruled[unit.hit - 1] else unit.match for unit in told), default=0.0)
    return best / max(matches) if max(matches) > 0 else 1.0


def _named(query: Query, texts: Sequence[str], rarity: Mapping[str, float], evidence: Evidence) -> list[float]:
    """Say how nearly each text holds enough of the names: of one that the archive nowhere holds, none was left out."""
    enough = 1.0 if presence.unknown_name(query, rarity) else evidence.named
    return [min(1.0, presence.share_named(query, text, rarity) / enough) for text in texts]


def _apt(units: Sequence[Unit], names: Sequence[float], fitting: Sequence[float], evidence: Evidence) -> list[Unit]:
    """Give the units of passages that hold the names and fit the days nearly as well as the best of them does."""
    shares = [name + fit / 2 for name, fit in zip(names, fitting, strict=True)]
    return [unit for unit in units if shares[unit.hit - 1] >= max(shares) - evidence.as_apt]
