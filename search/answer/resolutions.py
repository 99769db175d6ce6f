"""Which rulings an answer quotes: resolutions or recommendations on the matter asked about, the newest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from indexer.records import RULINGS, StoredPassage
from search.answer.said import said_above, said_within
from search.bounds import BOUNDS
from search.question.query import Query
from search.ranking.query_tokens import QueryTokens
from search.ranking.reading import answering_of
from search.ranking.rerank import Ranked
from search.settings import FIRST, READ, Quoting

Shown = tuple[Ranked, list[Ranked]]  # a hit with its further versions
_KINDS = {
    "decision": ("resolution", "recommendation"),
    "recommendation": ("recommendation", "resolution"),
    "overview": ("resolution", "recommendation"),
}

_FELL = re.compile(
    r"\b(?:amendment|motion|proposal|recommendation)s?\b[^.]{0,40}\b(?:FELL|fell|LOST|lost|defeated|not carried)\b"
)
_ASKS_LOST = re.compile(
    r"\b(?:amend\w+|motions?|fell|fail\w*|lost|defeat\w*|reject\w*|refus\w*|vot\w+)\b", re.IGNORECASE
)


def quoted(query: Query, tokens: QueryTokens, shown: Sequence[Ranked], quoting: Quoting) -> list[int]:
    """Find the hits to quote whole, the newest first: one for each meeting, whose decisions are read as one.

    Args:
        query: the question; only of decisions and recommendations rulings are quoted.
        tokens: its tokens.
        shown: the hits, in the order shown.
        quoting: how well they must match.
    """
    for kind in next((_KINDS[intent] for intent in query.intents if intent in _KINDS), ()):
        by_day: dict[date | None, int] = {}
        telling = _answering(tokens, shown, _on_the_matter(tokens, shown, kind, quoting), kind, quoting)
        for at in sorted(telling, key=lambda at: (_lost(query, (one := shown[at])), -one.sure, -_own(tokens, one), at)):
            by_day.setdefault(_day(shown[at]), at)
        if by_day:
            best, *others = by_day.values()
            newest = sorted(others, key=lambda at: age(shown[at]))
            return sorted(_with_room([best, *newest], shown), key=lambda at: age(shown[at]))
    return []


def with_latest(query: Query, tokens: QueryTokens, ranked: Sequence[Shown], quoting: Quoting) -> list[Shown]:
    """Take the first hits; in the last place a later resolution on the same matter than any of them, if any.

    A resolution names its matter less and less as the matter is taken up again, so the latest word may rank low.

    Args:
        query: the question; one that names days gets what fits them.
        tokens: its tokens.
        ranked: passages with their further versions, the best first.
        quoting: how well a later one must match.
    """
    shown = list(ranked[:READ])
    if "decision" not in query.intents or query.periods:
        return shown
    passages = [one for one, _ in ranked[: quoting.deep * READ]]
    days = [(day, at) for at in _on_the_matter(tokens, passages, "resolution", quoting) if (day := _day(passages[at]))]
    latest = max(days, default=None, key=lambda entry: (entry[0], -entry[1]))
    if latest is not None and latest[1] >= READ and all(day < latest[0] for day, at in days if at < READ):
        shown[-1] = ranked[latest[1]]
    return shown


def with_own(
    query: Query,
    tokens: QueryTokens,
    shown: Sequence[Shown],
    read: Callable[[str], Sequence[StoredPassage]],
    rank: Callable[[Sequence[int]], Sequence[Ranked]],
    quoting: Quoting,
) -> list[Shown]:
    """Where no ruling would be quoted, put that of the best passage's own item in the last place, if it has one.

    Args:
        query: the question; only for decisions it is looked for.
        tokens: its tokens.
        shown: the hits shown.
        read: gives the passages of a paper in their order.
        rank: ranks passages by their ids.
        quoting: how well a ruling must match.
    """
    hits = [one for one, _ in shown]
    if query.intent != "decision" or len(hits) <= FIRST or quoted(query, tokens, hits, quoting):
        return list(shown)
    best = hits[0].stored
    after = (one for one in read(best.paper.id) if _follows(best, one) and one.passage.kind == "resolution")
    own = rank([one.id for one in after][:1]) if best.passage.kind == "minute" else ()
    return [*shown[: len(shown) - len(own)], *((replace(one, item_match=hits[0].item_match), []) for one in own)]


def _follows(best: StoredPassage, other: StoredPassage) -> bool:
    return (best.paper.id, best.section.ordinal) == (other.paper.id, other.section.ordinal) and best.id < other.id


def _with_room(rulings: Sequence[int], shown: Sequence[Ranked]) -> list[int]:
    """Keep the best and the newest, and others while an answer has room for all of them whole."""
    kept = list(rulings[:2])
    for at in rulings[2:]:
        if sum(len(shown[one].stored.passage.text.split()) for one in (*kept, at)) <= BOUNDS.answer_words:
            kept.append(at)
    return kept


def _on_the_matter(tokens: QueryTokens, passages: Sequence[Ranked], kind: str, quoting: Quoting) -> list[int]:
    """Find rulings that match about as well as the best passage, themselves or by their item and its heading."""
    first = passages[:FIRST]
    match = max((one.item_match for one in first), default=0.0)
    rulings = [
        at for at, one in enumerate(passages) if one.stored.passage.kind == kind and _says_something(one, quoting)
    ]
    own = {
        at for at in rulings if passages[0].item_match == match and _follows(passages[0].stored, passages[at].stored)
    }
    headed = {at: _headed(tokens, passages[at]) for at in rulings}
    heading = next(iter(headed.values()), 0.0)
    return [
        at
        for at in rulings
        if at in own
        or (at < FIRST and passages[at].item_match >= quoting.ruling * match)
        or (
            rulings[0] < FIRST
            and passages[at].item_match >= quoting.item * match
            and headed[at] >= quoting.headed * heading
        )
    ]


def _telling(tokens: QueryTokens, shown: Sequence[Ranked], rulings: Sequence[int], quoting: Quoting) -> list[int]:
    """Keep the rulings that, with what is beside them in their item, say most of what the best of them says."""
    sections = [(one.stored.paper.id, one.stored.section.ordinal) for one in shown]
    shares = {}
    for at in rulings:
        beside = (i for i, one in enumerate(shown) if abs(one.stored.id - shown[at].stored.id) <= 1)
        own = [shown[i].cosines.max(axis=1, initial=0.0) for i in beside if sections[i] == sections[at]]
        shares[at] = tokens.share_said(np.max(own, axis=0), quoting.said)
    least = quoting.telling * max(shares.values(), default=0.0)
    return [at for at in rulings if shares[at] >= least]


def _answering(
    tokens: QueryTokens, shown: Sequence[Ranked], rulings: Sequence[int], kind: str, quoting: Quoting
) -> list[int]:
    """Keep the rulings that answer, by what the cross-encoder said of each with what comes before it in its item.

    One that it is sure of need not match as well as others, if it says something of the matter itself. Where it is far
    surer of other passages, no ruling answers: "Did the council object?" is not what it agreed to look into. Where it
    read none, those that say most are kept.
    """
    told = _telling(tokens, shown, rulings, quoting)
    best = max((one.sure for one in shown), default=0.0)
    if not best:
        return told
    least = quoting.ruling_sure * best if best >= quoting.least_sure else 0.0
    told = [at for at in told if shown[at].sure >= least]
    every = [at for at, one in enumerate(shown) if one.stored.passage.kind == kind and _says_something(one, quoting)]
    sure = {at for at in every if shown[at].sure >= max(quoting.as_sure * best, quoting.least_sure)}
    sure = {at for at in sure if _share_said(tokens, shown[at], quoting) >= quoting.own_said / 2}
    answering = {id(one) for one in answering_of([shown[at] for at in told], quoting)}
    read = [at for at in every if at in sure or (at in told and id(shown[at]) in answering)]
    return read or [at for at in told if not of_another_matter(tokens, shown[at], quoting)]


def of_another_matter(tokens: QueryTokens, one: Ranked, quoting: Quoting) -> bool:
    """Whether the cross-encoder sees no answer at all in a ruling that does not say the matter, nor its headings.

    "That the report be noted" hardly answers by itself, but under the report's title.
    """
    unheard = one.stored.passage.kind in RULINGS and one.answers is not None and one.sure < quoting.unheard
    return unheard and _share_said(tokens, one, quoting) < quoting.own_said


def _share_said(tokens: QueryTokens, one: Ranked, quoting: Quoting) -> float:
    """Give the share of the question's content words that a ruling says with the headings above it."""
    return tokens.share_said(one.cosines.max(axis=1, initial=0.0), quoting.said)


def _says_something(one: Ranked, quoting: Quoting) -> bool:
    return len(one.stored.passage.text.split()) >= quoting.ruling_words


def _lost(query: Query, one: Ranked) -> bool:
    """Whether a motion or amendment fell: it stands for what was decided only where it is asked for."""
    return _FELL.search(one.stored.passage.text) is not None and not _ASKS_LOST.search(query.text)


def _own(tokens: QueryTokens, one: Ranked) -> float:
    """Match the question with a ruling's own words: an item such as "Correspondence" has rulings on many matters."""
    return float(tokens.match(said_within(one, 0, len(one.stored.passage.text))))


def _headed(tokens: QueryTokens, one: Ranked) -> float:
    """Match the question with the headings above a passage, which come before its own text."""
    return float(tokens.match(said_above(one)))


def _day(one: Ranked) -> date | None:
    return one.stored.section.meeting.date


def age(one: Ranked) -> int:
    """Order by date, the latest first; unknown dates last."""
    day = _day(one)
    return -day.toordinal() if day else 0
