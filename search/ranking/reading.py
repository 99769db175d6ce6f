"""Third stage: the first passages read together with the question by a cross-encoder, and ordered by that as well.

Where what holds now is asked for, the latest that match are read as well, and the latest of all that answer comes
first: not the latest of whatever shares the question's words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from indexer.encoding.cross_encoder import Verdict
from search.question.query import Query
from search.ranking.located import Located
from search.ranking.passage_tokens import TokenCache
from search.ranking.rerank import Ranked
from search.settings import Quoting, Settings


class CrossEncoder(Protocol):
    """Says how surely texts answer a question; see `indexer.encoding.cross_encoder`."""

    def judge(self, question: str, texts: Sequence[str]) -> Sequence[Verdict]:
        """Give a verdict on each text."""
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
    latest = _latest(ranked, settings) if query.newest else []
    every = [*first, *latest]
    texts = cache.texts([one.stored for one in every])
    verdicts = cross_encoder.judge(in_full(query), texts)
    read_ones = [
        _judged(one, verdict, len(text), settings) for one, verdict, text in zip(every, verdicts, texts, strict=True)
    ]
    if not query.newest:
        return [*sorted(read_ones, key=lambda one: -one.score), *rest]
    answering = sorted(answering_of(read_ones, settings.quoting), key=lambda one: (age(one), -one.score))
    among = {one.stored.id for one in answering}
    others = (*sorted(read_ones[: len(first)], key=lambda one: -one.score), *rest)
    return [*answering, *(one for one in others if one.stored.id not in among)]


def _judged(one: Ranked, verdict: Verdict, read: int, settings: Settings) -> Ranked:
    """Let the verdict on a passage, of whose text with its headings ``read`` characters are, count for its score."""
    before = read - len(one.stored.passage.text)
    return replace(
        one,
        score=one.score + settings.reading * verdict.odds,
        answers=1 / (1 + math.exp(-verdict.odds)),
        located=Located(verdict.offsets - before, verdict.evidence),
    )


def answering_of(ranked: Sequence[Ranked], quoting: Quoting) -> list[Ranked]:
    """Give the passages that answer nearly as surely as the one that does most surely; all where none was read.

    None is given where all that were read hardly answer.
    """
    best = max((one.sure for one in ranked), default=0.0)
    least = max(quoting.as_sure * best, quoting.least_sure) if best else 0.0
    return [one for one in ranked if one.sure >= least]


def age(one: Ranked) -> int:
    """Order by the date of the meeting, or of the paper, the latest first; unknown dates last."""
    day = one.stored.section.meeting.date or one.stored.paper.meeting.date
    return -day.toordinal() if day else 0


def _latest(ranked: Sequence[Ranked], settings: Settings) -> list[Ranked]:
    """Give the latest that match about as well as the best, of the passages that are not read anyway."""
    floor = settings.as_new * max((one.match for one in ranked), default=0.0)
    good = (one for one in ranked[settings.read :] if one.match >= floor)
    return sorted(good, key=lambda one: (age(one), -one.score))[: settings.read // 2]
