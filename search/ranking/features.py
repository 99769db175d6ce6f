"""Small preferences from structure: the kind of passage that a question wants, the meeting it names.

Each is a number around the size of one good word's match, so it settles near ties and no more. Exact matches are the
exception: they are never to be lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.records import PassageKind, StoredPassage
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


def bonus(query: Query, stored: StoredPassage, fits: Holds, settings: Settings) -> float:
    """Add up what speaks for a passage beside its words.

    Args:
        query: the question.
        stored: the passage.
        fits: what `says` gives of the question, once for all passages.
        settings: what each sign is worth.
    """
    return (
        settings.kind * _kind(query, stored, fits, settings.second)
        + settings.meeting * _meeting(query, stored, settings.inexact)
        + settings.exact * share_held(stored, query.exact, query.minutes)
    )


def _kind(query: Query, stored: StoredPassage, fits: Holds, second: float) -> float:
    passage = stored.passage
    if any(passage.kind in _BEST.get(intent, ()) for intent in query.intents):
        return 1.0
    apt = any(passage.kind in _SECOND.get(intent, ()) for intent in query.intents)
    return second if apt or fits(passage.text, passage.kind) else 0.0


def _meeting(query: Query, stored: StoredPassage, inexact: float) -> float:
    meeting, paper = stored.section.meeting, stored.paper.meeting
    fitting = (period for day in (meeting.date, paper.date) for period in holding(query.periods, day))
    dated = max((1.0 if period.exact else inexact for period in fitting), default=0.0)
    named = bool({meeting.authority, paper.authority} & set(query.authorities))
    return dated + named + (meeting.board in query.boards)
