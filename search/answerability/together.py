"""How much of a question one sentence says under its headings, and how much of the sentence the question says."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.records import RULINGS, StoredPassage
from search.answer.lines import tokens_in
from search.answer.said import said_within
from search.answer.units import Unit, said_with_headings
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked

_ASKING = frozenset("who whom whose when where why how many much which what".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Sentence:
    """How much of a sentence and its headings the question says, and how near the sentence is to what it asks for."""

    covered: float
    asking: float


def complete(tokens: QueryTokens, ranked: Sequence[Ranked], units: Sequence[Unit], most: float) -> float:
    """Give 1 less the weight of the telling word that is said least, of the sentence where that is smallest.

    Args:
        tokens: the question's tokens.
        ranked: the hits.
        units: their sentences that hold what is asked for.
        most: what one of the words weighs at most: in a short question each would weigh much.
    """
    best = [_stated(ranked, unit) for unit in units]
    if not best:
        return 0.0
    own = tokens.content[: len(tokens.weights)]
    weights = np.minimum(tokens.weights[own] / max(float(tokens.weights[own].sum()), 1e-9), most)
    lacking = weights * (1.0 - tokens.settled(np.stack(best))[:, own])
    return 1.0 - float(lacking.max(axis=1, initial=0.0).min())


def by_item(ranked: Sequence[Ranked], shares: Sequence[float]) -> list[float]:
    """Give each hit's share of something; a ruling's is the best of its item, which says what the ruling is on."""
    items = [_item(one.stored) for one in ranked]
    return [
        max(share for share, at in zip(shares, items, strict=True) if at == item)
        if one.stored.passage.kind in RULINGS
        else own
        for one, item, own in zip(ranked, items, shares, strict=True)
    ]


def sentence(tokens: QueryTokens, ranked: Sequence[Ranked], unit: Unit, no_word: float) -> Sentence:
    """Compare one unit of the hits, with the headings above it, with the question; ``no_word`` asks where none does."""
    at, part = ranked[unit.hit - 1].members[unit.member]
    begin, end = unit.reach
    own = part.cosines[: len(tokens.weights)]
    within, above = tokens_in(part, begin - at, end - at), tokens_in(part, -sys.maxsize, 0)
    covered = np.concatenate([own[:, above].max(axis=0), own[:, within].max(axis=0)])
    asking = [row for row, word in enumerate(tokens.owners) if word in _ASKING]
    nearest = float(own[asking][:, within].max()) if asking else no_word
    return Sentence(float(covered.mean()), nearest)


def _stated(ranked: Sequence[Ranked], unit: Unit) -> NDArray[np.float32]:
    """Do as `said_with_headings` for a unit; a ruling is read with all its limbs and what is found of its item."""
    one = ranked[unit.hit - 1]
    home = one.members[unit.member][1].stored
    if home.passage.kind not in RULINGS:
        return said_with_headings(one, unit)
    parts = [part for hit in ranked for _, part in hit.members]
    item = [part for part in parts if _item(part.stored) == _item(home)]
    best: NDArray[np.float32] = np.maximum.reduce([said_within(part, -sys.maxsize, sys.maxsize) for part in item])
    return best


def _item(stored: StoredPassage) -> tuple[str, int]:
    return stored.paper.id, stored.section.ordinal
