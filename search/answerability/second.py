"""How surely the hits answer, by three readings of the cross-encoder, of which no one is enough.

Passages are read as they were ranked; the surest once more with what stands before and after it, which may say what it
is about; and the best runs of sentences by themselves, which show whether they answer or only speak of the matter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from indexer.records import StoredPassage
from search.answer.apt import under_headings
from search.answer.units import Unit
from search.answer.windows import windows
from search.question.query import Query
from search.ranking.passage_tokens import TokenCache
from search.ranking.query_tokens import QueryTokens
from search.ranking.reading import CrossEncoder, home, in_full
from search.ranking.rerank import Ranked
from search.settings import FIRST, Evidence, Settings


def by_passages(ranked: Sequence[Ranked], evidence: Evidence) -> float:
    """Give how surely one of the hits answers by the first reading; where nothing was read what that counts as."""
    surest = _surest(ranked)
    return _softened([surest.odds], evidence) if surest else evidence.unread


def by_all(
    query: Query,
    tokens: QueryTokens,
    ranked: Sequence[Ranked],
    units: Sequence[Unit],
    cross_encoder: CrossEncoder | None,
    cache: TokenCache,
    settings: Settings,
) -> float:
    """Give the same by all three readings, of each by the highest log-odds.

    Args:
        query: the question.
        tokens: its tokens.
        ranked: the hits.
        units: what may be quoted of them.
        cross_encoder: reads them; None where it is off.
        cache: gives the passages around the surest, and the texts that the archive embedded.
        settings: how many runs are read, how many words around a passage, and how far odds are softened.
    """
    evidence, surest = settings.evidence, _surest(ranked)
    if cross_encoder is None or surest is None:
        return by_passages(ranked, evidence)
    runs = windows(tokens, ranked, units, settings.quoting)[: settings.quoting.runs_read]
    texts = [_in_place(surest.stored, cache, evidence), *(under_headings(run, ranked) for run in runs)]
    again, *of_runs = (verdict.odds for verdict in cross_encoder.judge(in_full(query), texts))
    return _softened([surest.odds, again, *([max(of_runs)] if of_runs else [])], evidence)


class _Surest(NamedTuple):
    """The log-odds of the passage that answers most surely, and the passage."""

    odds: float
    stored: StoredPassage


def _surest(ranked: Sequence[Ranked]) -> _Surest | None:
    every = [part for one in ranked[:FIRST] for _, part in one.members]
    read = [(part.answers, part.stored) for part in every if part.answers is not None]
    if not read:
        return None
    probability, stored = max(read, key=lambda one: one[0])
    bounded = min(max(probability, 1e-9), 1 - 1e-9)  # it may be rounded to 1 or 0
    return _Surest(math.log(bounded / (1 - bounded)), stored)


def _softened(odds: Sequence[float], evidence: Evidence) -> float:
    """Make a probability of the mean of some log-odds, nearer to the middle than they say."""
    return 1 / (1 + math.exp(-sum(odds) / len(odds) / evidence.softened))


def _in_place(one: StoredPassage, cache: TokenCache, evidence: Evidence) -> str:
    """Give the text of a passage with its headings, and with what stands around it in its section."""
    near = cache.passages([one.id - 1, one.id + 1])
    before, after = (
        near[id].passage.text.split() if id in near and home(near[id]) == home(one) else []
        for id in (one.id - 1, one.id + 1)
    )
    above = cache.texts([one])[0].removesuffix(one.passage.text)
    around = (above + " ".join(before[-evidence.before :]), one.passage.text, " ".join(after[: evidence.after]))
    return "\n".join(around)
