"""Small preferences from structure: the kind of passage that a question wants, the meeting it names.

Each is a number around the size of one good word's match, so it settles near ties and no more. Exact matches are the
exception: they are never to be lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.records import PassageKind, StoredPassage
from indexer.text.periods import holding
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
_NAMED = re.compile(
    r"\b(?:cllrs?|councillors?|mr|mrs|ms|miss|dr|prof|sir|dame)\b\.?\s+[A-Z]|\b(?:present|in attendance|apologies)\b"
    r"|\bchair(?:man|woman|person)?\b|\bdirector\b|\bhead of\b|\bmanager\b|\bofficer\b|\blead\b|\bauthor\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|as a (?:direct )?(?:result|consequence)|reasons? (?:for|why)|caused by"
    r"|attributed to|driven by|result(?:ed|ing) from)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"£|\d%|\b\d[\d,.]*\b")
# What a passage says that fits a question of that kind, whatever kind of passage it is.
_SAYS: Mapping[Intent, re.Pattern[str]] = {"who": _NAMED, "why": _CAUSE, "figure": _NUMBER}


def bonus(query: Query, stored: StoredPassage, settings: Settings) -> float:
    """Add up what speaks for a passage beside its words.

    Args:
        query: the question.
        stored: the passage.
        settings: what each sign is worth.
    """
    return (
        settings.kind * _kind(query, stored, settings.second)
        + settings.meeting * _meeting(query, stored, settings.inexact)
        + settings.exact * share_held(stored, query.exact, query.minutes)
    )


def _kind(query: Query, stored: StoredPassage, second: float) -> float:
    passage = stored.passage
    if any(passage.kind in _BEST.get(intent, ()) for intent in query.intents):
        return 1.0
    apt = any(
        passage.kind in _SECOND.get(intent, ()) or (intent in _SAYS and _SAYS[intent].search(passage.text))
        for intent in query.intents
    )
    return second if apt else 0.0


def _meeting(query: Query, stored: StoredPassage, inexact: float) -> float:
    meeting, paper = stored.section.meeting, stored.paper.meeting
    fitting = (period for day in (meeting.date, paper.date) for period in holding(query.periods, day))
    dated = max((1.0 if period.exact else inexact for period in fitting), default=0.0)
    named = bool({meeting.authority, paper.authority} & set(query.authorities))
    return dated + named + (meeting.board in query.boards)
