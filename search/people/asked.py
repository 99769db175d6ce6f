"""Questions for people in public roles: who was in the chair, who leads a council, who holds a post, who was there.

A question is answered from the register where nothing of a matter is left in it once the role, the bodies and the days
are taken away, and the papers print the role beside a name. Otherwise it goes the way of every question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from indexer.text.words import STOP_WORDS, fold, words
from search.people.names import NAME
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
# Who sits on a body is who was present at its last meeting, where no days are named.
_MEMBERS = re.compile(r"\b(?:members? of|(?:sits?|sat|serves?|served) on)\b", re.IGNORECASE)
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
    """What is asked: an office, a post in words, a person, or a list; and of which bodies and days (``of``)."""

    of: Wish
    office: Office | None = None
    post: frozenset[str] = frozenset()
    person: str = ""
    listed: List | None = None


def asked(query: Query) -> Asked | None:
    """Take a question as one for people in public roles; None where it is none."""
    text = query.text
    if not _WHO.search(text) or query.exact or query.minutes:
        return None
    of = wish.of(query)
    for office, pattern in _OFFICES.items():
        if pattern.search(text):
            return None if matter.words_of(query, pattern, _FRAME) else Asked(of, office)
    for pattern, group in _GROUPS:
        if pattern.search(text):
            told = matter.words_of(query, pattern, _FRAME) or not (of.periods or of.last)
            return None if told else Asked(of, listed=group)
    if _MEMBERS.search(text) and of.boards and not matter.words_of(query, _MEMBERS, _FRAME):
        return Asked(replace(of, last=not of.periods), listed="present")
    return _held(query, of)


def _held(query: Query, of: Wish) -> Asked | None:
    """Take a question as one for a post in words ("the director of public health") or for a person by name."""
    said = _POST.search(query.text)
    if said is None:
        return None
    if POST.match(said["post"]):
        wanted = _telling(said["post"], query)
        return Asked(of, post=wanted) if wanted else None
    return Asked(of, person=said["post"]) if re.fullmatch(NAME, said["post"]) else None


def _telling(post: str, query: Query) -> frozenset[str]:
    """Give the words of a post that distinguish it from others; those of bodies and days named are left out."""
    named = {word for name in (*query.authorities, *query.boards) for word in words(fold(name))}
    days = {word for period in query.periods for word in words(fold(period.words))}
    return frozenset(words(fold(post))) - STOP_WORDS - named - days
