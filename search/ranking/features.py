"""Small preferences from structure: the kind of passage that a question wants, the meeting it names.

Each is a number around the size of one good word's match, so it settles near ties and no more. Exact matches are the
exception: they are never to be lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from heapq import heappush, heappushpop

from indexer.records import Meeting, PassageKind, StoredPassage
from indexer.text.periods import holding
from search.question.answer_type import Holds, answer_type
from search.question.exact import share_held
from search.question.intent import Intent
from search.question.query import Query
from search.settings import Settings

# The kinds of passages that a question wants most, and those that it wants second.
_BEST: Mapping[Intent, frozenset[PassageKind]] = {
    "decision": frozenset({"resolution"}),
    "recommendation": frozenset({"recommendation"}),
}
_SECOND: Mapping[Intent, frozenset[PassageKind]] = {
    "decision": frozenset({"recommendation", "minute"}),
    "recommendation": frozenset({"resolution"}),
    "figure": frozenset({"table"}),
    "precedent": frozenset({"report"}),
}
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|as a (?:direct )?(?:result|consequence)|reasons? (?:for|why)|caused by"
    r"|attributed to|driven by|result(?:ed|ing) from)\b",
    re.IGNORECASE,
)


def says(query: Query) -> Holds:
    """Return a test of a passage's text and kind: whether it says something of the type that a question asks for.

    Rulings say what was decided whatever is in them, so for questions about decisions their kind is enough.
    """
    of_type = None if {"decision", "recommendation"} & set(query.intents) else answer_type(query)
    why = "why" in query.intents
    return lambda text, kind: bool((of_type and of_type(text, kind)) or (why and _CAUSE.search(text)))


def preferred(
    query: Query, stored: Sequence[StoredPassage], scores: Sequence[float], settings: Settings
) -> list[float]:
    """Add to the scores of passages what speaks for each beside its words.

    Whether a passage says something of the type that is asked for takes long to find out: it is asked of those that may
    be among the first ``settings.typed`` by it, and the others are taken to say nothing of it.

    Args:
        query: the question.
        stored: the passages.
        scores: by their words.
        settings: what each feature is worth.
    """
    best = frozenset[PassageKind]().union(*(_BEST.get(intent, ()) for intent in query.intents))
    apt = frozenset[PassageKind]().union(*(_SECOND.get(intent, ()) for intent in query.intents))
    second = settings.kind * settings.second
    near = _Nearness(query, settings.inexact)
    sure, most = [], []
    for one, score in zip(stored, scores, strict=True):
        kind = one.passage.kind
        own = settings.kind if kind in best else second if kind in apt else 0.0
        own += settings.meeting * near.to(one)
        own += settings.exact * share_held(one, query.exact, query.minutes)
        sure.append(score + own)
        most.append(score + own + (0.0 if kind in best | apt else second))
    fits = says(query)
    first: list[float] = []  # the best so far, a heap
    for at in sorted(range(len(most)), key=lambda at: -most[at]):
        if len(first) == settings.typed and most[at] < first[0]:
            break
        if most[at] > sure[at] and fits(stored[at].passage.text, stored[at].passage.kind):
            sure[at] = most[at]
        (heappushpop if len(first) == settings.typed else heappush)(first, sure[at])
    return sure


class _Nearness:
    """How near meetings are to those that a question names, worked out once for each section."""

    def __init__(self, query: Query, inexact: float) -> None:
        self._query = query
        self._inexact = inexact
        self._kept: dict[tuple[str, int], float] = {}

    def to(self, stored: StoredPassage) -> float:
        """Count what fits of the meeting that a passage is of: its day, a day less than a month; council and board."""
        if not (self._query.periods or self._query.authorities or self._query.boards):
            return 0.0
        section = stored.paper.id, stored.section.ordinal
        if section not in self._kept:
            self._kept[section] = self._fitting(stored.section.meeting, stored.paper.meeting)
        return self._kept[section]

    def _fitting(self, meeting: Meeting, paper: Meeting) -> float:
        query = self._query
        fitting = (period for day in (meeting.date, paper.date) for period in holding(query.periods, day))
        dated = max((1.0 if period.exact else self._inexact for period in fitting), default=0.0)
        named = bool({meeting.authority, paper.authority} & set(query.authorities))
        return dated + named + (meeting.board in query.boards)
