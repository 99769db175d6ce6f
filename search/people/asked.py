"""Questions for people in public roles: who was in the chair, who leads a council, who holds a post, who was there.

A question is answered from the register where nothing of a matter is left in it once the role, the bodies and the days
are taken away, and the papers print the role beside a name. Otherwise it goes the way of every question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from indexer.text.words import STOP_WORDS, fold, words
from search.people.offices import POST, Office
from search.question import matter
from search.question.query import Query
from search.register import wish
from search.register.wish import Wish

List = Literal["present", "apologies"]
_WHO = re.compile(r"\b(?:who(?:se|m)?|who[’']s|which (?:councill?ors|members)|(?:name|names) of)\b", re.IGNORECASE)
# In the order in which they are looked for: "deputy leader" says "leader" too.
_OFFICES: dict[Office, re.Pattern[str]] = {
    "vice-chair": re.compile(r"\b(?:vice|deputy)[\s-]*chair(?:s|ed|man|woman|person)?\b", re.IGNORECASE),
    "chair": re.compile(r"\b(?:chair(?:s|ed|ing|man|woman|person)?|presid(?:es|ed))\b", re.IGNORECASE),
    "deputy leader": re.compile(r"\bdeputy leader\b", re.IGNORECASE),
    "leader": re.compile(r"\b(?:leader|leads|led)\b", re.IGNORECASE),
    "mayor": re.compile(r"\bmayor\b", re.IGNORECASE),
}
_GROUPS: tuple[tuple[re.Pattern[str], List], ...] = (
    (re.compile(r"\b(?:apologi[sz]ed|apologies|absent|(?:not|n[’']t) (?:attend|there))\b", re.IGNORECASE), "apologies"),
    (re.compile(r"\b(?:attend(?:s|ed|ing|ance)?|present|(?:was|were) (?:there|at))\b", re.IGNORECASE), "present"),
)
# Words that ask, and say nothing of a matter.
_FRAME = re.compile(
    r"\b(?:who(?:se|m)?|which|what|names?|is|was|were|are|the|our|current(?:ly)?|now|today|gave|give|sent|send|for|at|in|of|on"
    r"|took|take|has|have|been|did|do|not|didn|there|councill?ors|people|person|acted|as)\b|[’']s\b|n[’']t\b",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\bwho(?:[’']s| is| was| were| are)\s+(?:the\s+|our\s+|currently\s+)*(?P<post>.+?)[\s?.!]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: an office, a post in words, or a list; and of which bodies and days (``of``)."""

    office: Office | None
    post: frozenset[str]
    listed: List | None
    of: Wish


def asked(query: Query) -> Asked | None:
    """Take a question as one for people in public roles; None where it is none."""
    text = query.text
    if not _WHO.search(text) or query.exact or query.minutes:
        return None
    of = wish.of(query)
    for office, pattern in _OFFICES.items():
        if pattern.search(text):
            return None if matter.words_of(query, pattern, _FRAME) else Asked(office, frozenset(), None, of)
    for pattern, group in _GROUPS:
        if pattern.search(text):
            told = matter.words_of(query, pattern, _FRAME) or not (of.periods or of.last)
            return None if told else Asked(None, frozenset(), group, of)
    post = _POST.search(text)
    wanted = _telling(post["post"], query) if post and POST.match(post["post"]) else frozenset()
    return Asked(None, wanted, None, of) if wanted else None


def _telling(post: str, query: Query) -> frozenset[str]:
    """Give the words of a post that distinguish it from others; those of bodies and days named are left out."""
    named = {word for name in (*query.authorities, *query.boards) for word in words(fold(name))}
    days = {word for period in query.periods for word in words(fold(period.words))}
    return frozenset(words(fold(post))) - STOP_WORDS - named - days
