"""How much of a question one sentence says under its headings, and how much a passage says in the same letters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.text.words import single, words
from search.answer.said import said_above, said_within
from search.answer.units import Unit
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked


def complete(asked: QueryTokens, ranked: Sequence[Ranked], units: Sequence[Unit]) -> float:
    """Give 1 less the weight of the telling word that is said least, of the sentence where that is smallest.

    Args:
        asked: the question's tokens.
        ranked: the hits.
        units: their sentences; only those that hold what is asked for count.
    """
    best = [_best(ranked[unit.hit - 1], unit, *unit.reach) for unit in units if unit.holds]
    if not best:
        return 0.0
    own = asked.content[: len(asked.weights)]
    weights = asked.weights[own] / max(float(asked.weights[own].sum()), 1e-9)
    lacking = weights * (1.0 - asked.settled(np.stack(best))[:, own])
    return 1.0 - float(lacking.max(axis=1, initial=0.0).min())


def content(asked: QueryTokens) -> dict[str, float]:
    """Give the content words of a question, in lower case, and what each weighs."""
    weights: dict[str, float] = {}
    for word, weight, telling in zip(asked.owners, asked.weights, asked.content, strict=False):
        if telling:
            weights[word] = weights.get(word, 0.0) + float(weight)
    return weights


def said(asked: QueryTokens, text: str) -> float:
    """Give the share of a question's content words, by weight, that a text says in these letters, [0, 1]."""
    weights, held = content(asked), set(map(single, words(text)))
    there = sum(weight for word, weight in weights.items() if set(map(single, words(word))) <= held)
    return there / max(sum(weights.values()), 1e-9)


def _best(one: Ranked, unit: Unit, begin: int, end: int) -> NDArray[np.float32]:
    """Give, for each row of the question's vectors, the highest cosine with a token of a stretch or its headings."""
    at, part = one.members[unit.member]
    said = np.maximum(said_within(part, begin - at, end - at), said_above(part))
    return np.maximum(said, said_within(part, *unit.under))
