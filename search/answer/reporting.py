"""Decisions that papers only report: quoted where no resolution on the matter was found, and said to be reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from indexer.records import RULINGS, StoredPassage
from indexer.text import reported
from indexer.text.periods import holding
from search.answer import resolutions
from search.answer.resolutions import Shown
from search.answer.said import Figures
from search.answer.units import Unit, units_of
from search.question import deeds, sides
from search.question.query import Query
from search.ranking import presence
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.settings import FIRST, Quoting


def further(query: Query, tokens: QueryTokens, ranked: Sequence[Ranked], quoting: Quoting) -> list[Unit]:
    """Take reported decisions out of the hits behind the first ones; none unless a decision is asked for."""
    if query.intent != "decision":
        return []
    rest = [one for one in ranked[FIRST:] if one.stored.passage.kind not in RULINGS]
    hits = [at for at, one in enumerate(ranked) if at >= FIRST and one.stored.passage.kind not in RULINGS]
    units = units_of(query, tokens, rest, quoting)
    return [replace(unit, hit=hits[unit.hit - 1] + 1) for unit in units if is_report(unit, rest[unit.hit - 1])]


def shown(
    query: Query,
    tokens: QueryTokens,
    ranked: Sequence[Shown],
    read: Callable[[str], Sequence[StoredPassage]],
    rank: Callable[[Sequence[int]], Sequence[Ranked]],
    judge: Callable[[Sequence[Shown]], list[Shown]],
    quoting: Quoting,
) -> list[Shown]:
    """Choose the hits that are read: the first, and in the last places what a decision is read from that ranks lower.

    Args:
        query: the question.
        tokens: its tokens.
        ranked: passages with their further versions, the best first.
        read: gives the passages of a paper in their order.
        rank: ranks passages by their ids.
        judge: has those rulings read by the cross-encoder that were not (`search.ranking.reading.rulings_read`).
        quoting: how well a ruling must match.
    """
    ranked = judge(ranked)
    latest = judge(with_days(query, ranked, resolutions.with_latest(query, tokens, ranked, quoting), quoting))
    reports = with_reports(query, tokens, ranked, latest, quoting)
    return judge(resolutions.with_own(query, tokens, reports, read, rank, quoting))


def followed(shown: Sequence[Shown], rest: Sequence[Shown]) -> list[Shown]:
    """List hits and, behind them, those of more that have no passage in common with them."""
    held = {part.stored.id for one, _ in shown for _, part in one.members}
    return [*shown, *(one for one in rest if held.isdisjoint(part.stored.id for _, part in one[0].members))]


def with_days(query: Query, ranked: Sequence[Shown], shown: Sequence[Shown], quoting: Quoting) -> list[Shown]:
    """Put the best passage of the days or the month asked for in the last place, where none shown is of a meeting then.

    Args:
        query: the question.
        ranked: passages with their further versions, the best first.
        shown: the hits shown.
        quoting: how well its item must match.
    """
    if len(shown) <= FIRST or any(_then(query, one) for one, _ in shown) or not any(one.exact for one in query.periods):
        return list(shown)
    least = quoting.item * max(one.item_match for one, _ in shown)
    own = (pair for pair in ranked if _then(query, pair[0]) and pair[0].item_match >= least)
    return [*shown[:-1], next(own, shown[-1])]


def _then(query: Query, one: Ranked) -> bool:
    return next(holding(sides.periods(query), one.stored.section.meeting.date), None) is not None


def with_reports(
    query: Query,
    tokens: QueryTokens,
    ranked: Sequence[Shown],
    shown: Sequence[Shown],
    quoting: Quoting,
) -> list[Shown]:
    """Give the hits shown; in the last places those further down that report decisions, where none shown reports any.

    Args:
        query: the question; only for decisions they are looked for.
        tokens: its tokens.
        ranked: passages with their further versions, the best first.
        shown: those that are shown.
        quoting: how well a ruling must match.
    """
    hits = [one for one, _ in shown]
    settled, rulings = deeds.settles(query), resolutions.quoted(query, tokens, hits, quoting)
    ruled = any(settled(hits[at].stored.passage.text) for at in rulings)
    if query.intent != "decision" or len(hits) <= FIRST or ruled:
        return list(shown)
    read = (*units_of(query, tokens, hits[:FIRST], quoting), *further(query, tokens, hits, quoting))
    if chosen(query, read, hits, quoting):
        return list(shown)
    rest = [pair for pair in ranked if pair[0] not in hits]
    every = [*hits[:FIRST], *(one for one, _ in rest)]
    reports = chosen(query, units_of(query, tokens, every, quoting), every, quoting)
    added = [rest[hit - FIRST - 1] for hit in dict.fromkeys(unit.hit for unit in reports)]
    return [*shown[: len(shown) - len(added)], *added]


def chosen(query: Query, units: Iterable[Unit], ranked: Sequence[Ranked], quoting: Quoting) -> list[Unit]:
    """Choose the reported decisions on the matter, those that match best first; none unless a decision is asked for.

    Args:
        query: the question.
        units: what may be quoted, and what `further` found.
        ranked: the hits, in the order shown.
        quoting: how many, and how well they must match.
    """
    every = list(units) if query.intent == "decision" else []
    best = max((unit.match for unit in every), default=0.0)
    near = [
        unit
        for unit in every
        if unit.match >= quoting.reported * best
        and ranked[unit.hit - 1].stored.passage.kind not in RULINGS
        and presence.says_further_names(query, ranked[unit.hit - 1].stored)
        and is_report(unit, ranked[unit.hit - 1])
    ]
    return sorted(near, key=lambda unit: (-unit.score, unit.hit))[: quoting.parts]


def is_report(unit: Unit, ranked: Ranked) -> bool:
    """Whether a unit of a hit reports a decision."""
    text, passage = " ".join(part.text for part in unit.parts), ranked.stored.passage
    own = (paragraph for paragraph in passage.text.split("\n") if unit.parts[0].text in paragraph)
    return reported.report(text, minutes=next(own, text) if passage.kind == "minute" else "") is not None


def units(query: Query, tokens: QueryTokens, ranked: Sequence[Ranked], quoting: Quoting) -> list[Unit]:
    """Take apart what may be quoted of hits (`units_of`); where a decision is asked for, no speeches in minutes.

    A thread runs through all the hits, and the row with a figure may rank low; other answers are in the first.
    """
    late = any(_then(query, one) for one in ranked) and not any(_then(query, one) for one in ranked[:FIRST])
    deep = late or query.intent == "overview" or Figures(query, tokens, quoting).needed
    every = units_of(query, tokens, ranked if deep else ranked[:FIRST], quoting)
    return [unit for unit in every if not (query.intent == "decision" and _spoken(ranked[unit.hit - 1]))]


def _spoken(ranked: Ranked) -> bool:
    """Whether a hit is little more than a speech in minutes."""
    passage = ranked.stored.passage
    said = (paragraph for paragraph in passage.text.split("\n") if reported.speech(paragraph))
    return passage.kind == "minute" and 2 * sum(map(len, said)) > len(passage.text)
