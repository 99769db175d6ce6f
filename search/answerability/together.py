"""How much of a question one sentence says under its headings, and how much is printed beside the figure asked for.

Passages on the right matter say most words of a question, each somewhere. The detail that is asked for is there only
where what it belongs to is printed with it: a number of pupils beside "pupils", and not two rows further down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.text.words import STOP_WORDS, WORD, single, words
from search.answer.units import Unit, said_above, said_within, with_signs
from search.question.answer_type import wanted
from search.question.query import Query
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.settings import Evidence

COUNTED = re.compile(r"\bhow many\b", re.IGNORECASE)


def complete(asked: QueryTokens, ranked: Sequence[Ranked], units: Sequence[Unit]) -> float:
    """Give 1 less the weight of the telling word that is said least, of the sentence where that is smallest.

    Args:
        asked: the question's tokens.
        ranked: the hits.
        units: their sentences; only those that hold what is asked for count.
    """
    best = [_best(ranked[unit.hit - 1], unit, *unit.reach, headings=True) for unit in units if unit.holds]
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


def near(
    query: Query, asked: QueryTokens, ranked: Sequence[Ranked], units: Sequence[Unit], evidence: Evidence
) -> float:
    """Say how well the words beside a figure match the question, or what it counts; 1 where no figure is asked for.

    Args:
        query: the question.
        asked: its tokens.
        ranked: the hits.
        units: their sentences.
        evidence: how near is beside.
    """
    sought = wanted(query)
    if sought is None or not sought.figure:
        return 1.0
    counted = _counted(query.text, evidence.counted)
    rows = [at for at, word in enumerate(asked.owners) if asked.content[at] and (not counted or word in counted)]
    around = evidence.beside_number if counted else evidence.beside_sum
    best = []
    for unit in units:
        one = ranked[unit.hit - 1]
        begin, stop = unit.reach
        text = one.stored.passage.text[begin:stop]
        for start, end in sought.places(with_signs(text) if unit.sums else text):
            low, high = max(begin, begin + start - around // 2), min(stop, begin + end + around)
            said = _best(one, unit, low, high, headings=False)
            if unit.row:  # its label and the heads of its columns say what a figure is
                label = _best(one, unit, begin, begin + text.find("\t"), headings=False)
                said = np.maximum.reduce([said, label, said_within(one.members[unit.member][1], *unit.under)])
            best.append(said)
    if not best or not rows:
        return 0.0 if rows else 1.0
    weights = asked.weights[rows]
    return float((asked.settled(np.stack(best))[:, rows] @ weights).max()) / max(float(weights.sum()), 1e-9)


def _best(one: Ranked, unit: Unit, begin: int, end: int, *, headings: bool) -> NDArray[np.float32]:
    """Give, for each row of the question's vectors, the highest cosine with a token of a stretch of a hit's text."""
    at, part = one.members[unit.member]
    said = said_within(part, begin - at, end - at)
    if not headings:
        return said
    return np.maximum(np.maximum(said, said_above(part)), said_within(part, *unit.under))


def _counted(question: str, most: int) -> set[str]:
    """Give the words, in lower case, for what "how many" asks for the number of; none where it does not ask so."""
    match = COUNTED.search(question)
    return set(_opening(question[match.end() :], most)) if match else set()


def _opening(text: str, most: int) -> Iterator[str]:
    """Yield the words of a text up to the first stop word."""
    for word in WORD.findall(text.lower())[:most]:
        if word in STOP_WORDS:
            return
        yield word
