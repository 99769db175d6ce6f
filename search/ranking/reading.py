"""Third stage: the first passages read together with the question by a cross-encoder, and ordered by that as well."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.question.query import Query
from search.ranking.passage_tokens import TokenCache
from search.ranking.rerank import Ranked
from search.settings import Settings


class CrossEncoder(Protocol):
    """Says how surely texts answer a question; see `indexer.encoding.cross_encoder`."""

    def score(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give log-odds, one for each text."""
        ...


def in_full(query: Query) -> str:
    """Give a question with its acronyms in full: the model has not seen them, though passages may say either."""
    text = query.text
    for short, forms in query.expanded.items():
        if short.isupper() and forms:
            full = f"{forms[0]} ({short})".replace("\\", r"\\")  # what papers print is not a template
            text = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, text)
    return text


def read(
    query: Query, ranked: Sequence[Ranked], cross_encoder: CrossEncoder | None, cache: TokenCache, settings: Settings
) -> list[Ranked]:
    """Order the first passages anew by their scores and by what the cross-encoder says of them; the others stay.

    Args:
        query: the question.
        ranked: passages, best first.
        cross_encoder: reads them; without one the order stays.
        cache: gives their texts.
        settings: how many are read, and what a unit of log-odds is worth.
    """
    first, rest = ranked[: settings.read], ranked[settings.read :]
    if cross_encoder is None or not first:
        return list(ranked)
    odds = cross_encoder.score(in_full(query), cache.texts([one.stored for one in first]))
    read_ones = [
        replace(one, score=one.score + settings.reading * float(odd), answers=1 / (1 + math.exp(-float(odd))))
        for one, odd in zip(first, odds, strict=True)
    ]
    return [*sorted(read_ones, key=lambda one: -one.score), *rest]
