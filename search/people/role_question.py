"""Questions for people in public roles: who was in the chair, who leads a council, who holds a post, who was there.

A question is answered from the register where nothing of a matter is left in it once the role, the bodies and the days
are taken away, and the papers print the role beside a name. Otherwise it goes the way of every question.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from indexer.records import Meeting
from indexer.text.names import NAME
from indexer.text.words import STOP_WORDS, fold, words
from search import cite
from search.people.offices import POST, Office
from search.question import matter
from search.question.query import Query
from search.register import held, wish
from search.register.wish import Wish
from search.settings import HISTORY

List = Literal["present", "apologies"]
_WHO = re.compile(r"\b(?:who(?:se|m)?|who[’']s|which (?:councill?ors|members)|(?:name|names) of)\b", re.IGNORECASE)
# An office or a list by the words that ask for it; who sits on a body is who was present at its last meeting.
_ROLE = re.compile(
    r"\b(?:(?P<vice_chair>(?:vice|deputy)[\s-]*chair(?:s|ed|man|woman|person)?)"
    r"|(?P<chair>chair(?:s|ed|ing|man|woman|person)?|presid(?:es|ed))"
    r"|(?P<deputy_leader>deputy leader)|(?P<leader>leader|leads|led)|(?P<mayor>mayor)"
    r"|(?P<apologies>apologi[sz]ed|apologies|absent|(?:not|n[’']t) (?:attend|there))"
    r"|(?P<present>attend(?:s|ed|ing|ance)?|present|(?:was|were) (?:there|at))"
    r"|(?P<members>members? of|(?:sits?|sat|serves?|served) on))\b",
    re.IGNORECASE,
)
_OFFICES: dict[str, Office] = {
    "vice_chair": "vice-chair",
    "chair": "chair",
    "deputy_leader": "deputy leader",
    "leader": "leader",
    "mayor": "mayor",
}
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
class RoleQuestion:
    """What is asked: an office, a post in words, a person, or a list; and for which bodies and days (``of``)."""

    of: Wish
    office: Office | None = None
    post: frozenset[str] = frozenset()
    person: str = ""
    listed: List | None = None


def role_question(query: Query) -> RoleQuestion | None:
    """Take a question as one for people in public roles; None where it is none."""
    text = query.text
    if not _WHO.search(text) or query.exact or query.minutes:
        return None
    of, role = wish.of(query), _ROLE.search(text)
    if role is None or role.lastgroup is None:
        return _held(query, of)
    if matter.words_of(query, _ROLE, _FRAME):
        return None
    if office := _OFFICES.get(role.lastgroup):
        return RoleQuestion(of, office)
    if role.lastgroup == "members":
        return RoleQuestion(replace(of, last=not of.periods), listed="present") if of.boards else None
    listed: List = "apologies" if role.lastgroup == "apologies" else "present"
    return RoleQuestion(of, listed=listed) if of.periods or of.last else None


def somebody(text: str) -> bool:
    """Whether a text prints a name."""
    return re.search(NAME, text) is not None


def silent(who: RoleQuestion, named: Collection[date]) -> str:
    """Say for which of several stretches of days asked for nobody was found, by the days of who was; "" for none."""
    days = who.of.periods if len(who.of.periods) > 1 else ()
    without = [one.words for one in days if not any(one.first <= day <= one.last for day in named)]
    return f"Nobody was found for {cite.joined(without)}." if without else ""


def says(who: RoleQuestion, text: str, meeting: Meeting) -> bool:
    """Whether a text of a meeting names somebody and says the office, or most words of the post, asked for.

    Not as an owner, and not who is to chair a working group of another board where a board's chair is asked for.
    """
    own = " ".join(word for word in text.split() if not word.endswith(("'s", "’s")))
    role = not who.office or any(_OFFICES.get(one.lastgroup or "") == who.office for one in _ROLE.finditer(own))
    post = len(who.post & set(words(fold(own)))) >= HISTORY.post * len(who.post)
    its = who.office not in ("chair", "vice-chair") or held.concerns(who.of, meeting)
    return role and post and somebody(own) and (its or any(fold(board) in fold(text) for board in who.of.boards))


def _held(query: Query, of: Wish) -> RoleQuestion | None:
    """Take a question as one for a post in words ("the director of public health") or for a person by name."""
    said = _POST.search(query.text)
    if said is None:
        return None
    if POST.match(said["post"]):
        post = _telling(said["post"], query)
        return RoleQuestion(of, post=post) if post else None
    return RoleQuestion(of, person=said["post"]) if re.fullmatch(NAME, said["post"]) else None


def _telling(post: str, query: Query) -> frozenset[str]:
    """Give the words of a post that distinguish it from others; those of bodies and days named are left out."""
    named = {word for name in (*query.authorities, *query.boards) for word in words(fold(name))}
    days = {word for period in query.periods for word in words(fold(period.words))}
    return frozenset(words(fold(post))) - STOP_WORDS - named - days
