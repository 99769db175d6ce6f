"""What a question asks of the register itself: everything that some bodies decided in some days, or a vote, or a mover.

A question is for the register where nothing is left of it once the bodies, the days and the words for deciding are
taken away: "What was agreed on 30 January 2025?" names no matter. Wording decides nothing beyond that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from indexer.records import Outcome
from indexer.text.periods import Period
from indexer.text.words import words
from search.question import matter, sides
from search.question.query import Query

Detail = Literal["", "vote", "mover", "seconder", "presenter"]

# Words for the outcome of a decision, and how the register names it.
_OUTCOMES: tuple[tuple[re.Pattern[str], tuple[Outcome, ...]], ...] = (
    (re.compile(r"\b(?:defer\w*|postpon\w+|put off)\b", re.IGNORECASE), ("deferred",)),
    (re.compile(r"\b(?:refus\w+|reject\w+|lost|fell|voted down|defeated|turned down)\b", re.IGNORECASE), ("lost",)),
    (re.compile(r"\b(?:referred)\b", re.IGNORECASE), ("referred",)),
    (re.compile(r"\b(?:withdrawn|withdrew)\b", re.IGNORECASE), ("withdrawn",)),
)
_DECIDED = re.compile(
    r"\b(?:decid\w+|decisions?|resolv\w+|resolutions?|agreed?|approv\w+|endors\w+|pass(?:ed)?|recommend\w*"
    r"|happened at|outcomes?|motions?)\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:last|latest|most recent|previous)\b(?:\W+[\w'’-]+){0,6}?\W+(?:meeting|minutes|time|met)\b", re.I
)
_VOTE = re.compile(
    r"\b(?:how did\b.{0,60}\bvote\b|(?:what was|what were|how was) the vot\w+"
    r"|how (?:close )?(?:was|were)\b.{0,40}\bvote"
    r"|how many\b.{0,30}\bvoted\b|who voted|voted (?:for|against)"
    r"|(?:was|did)\b.{0,20}\b(?:motion|amendment|vote)\b.{0,80}\b(?:carried|lost|pass(?:ed)?|defeated|fall|fail(?:ed)?))\b",
    re.IGNORECASE,
)
_MOVER = re.compile(
    r"\bwho\b.{0,12}\b(?P<what>(?:mov|propos|second)\w*)\b|\b(?P<by>moved|proposed|seconded) by\b", re.IGNORECASE
)
_PRESENTER = re.compile(
    r"\bwho\b(?! (?:was|were|is|are)\b).{0,12}\b(?:present|introduc)ed\b(?: (?:the|a) (?:report|paper|item)\b)?",
    re.IGNORECASE,
)
_AS_DECISION = (
    (_PRESENTER, "what was decided on"),
    (
        re.compile(r"\bwho\b.{0,12}\b(?:mov|propos|second)\w*(?: or (?:mov|second)\w*)?", re.IGNORECASE),
        "what was decided on",
    ),
    (re.compile(r"\bhow did\b(.{0,60})\bvote\b", re.IGNORECASE), r"what did\1decide"),
    # "Was the motion on X carried?": what it was and how it came out are not on which matter.
    (
        re.compile(r"\b(?:was|did)(?= (?:the|a|any)\b.{0,12}\b(?:motion|amendment|vote)\b)", re.IGNORECASE),
        "what was decided on",
    ),
    (
        re.compile(
            r"\b(?:the|a|any) (?:motion|amendment|vote|proposal|recommendation)s?(?: (?:on|to|that|for|about|of)\b)?"
            r"|\b(?:carried|lost|pass(?:ed)?|defeated|fall|fail(?:ed)?)\b(?=\W*$)"
            r"|\b(?:adoption|acceptance|approval) of\b",
            re.IGNORECASE,
        ),
        "",
    ),
    (re.compile(r"\b(?:what was|what were|how was) the vot\w+", re.IGNORECASE), "what was decided"),
)
_BODY = re.compile(
    r"\b((?:(?!the\b|a\b|any\b)[\w'’&-]+ ){1,6})(board|committee|panel|commission|forum|partnership|trust|group)\b",
    re.IGNORECASE,
)
_ON_MATTER = re.compile(r"\b(?:about|regarding|concerning)\b", re.IGNORECASE)  # even where it is named as a body is


_AMENDMENT = re.compile(r"\bamendments?\b", re.IGNORECASE)


class Sought(NamedTuple):
    """The detail of a decision that is asked for, "" for none; ``amendment`` says whether it is an amendment's."""

    detail: Detail
    amendment: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the register.

    ``authorities`` and ``boards`` are those named; ``periods`` the days named, any of them; ``last`` whether only the
    latest meeting counts; ``outcomes`` those named, none for all; ``recommendations`` whether what was recommended is
    asked for instead; ``unknown`` the body that is named and that the archive knows nothing of.
    """

    authorities: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    last: bool = False
    outcomes: frozenset[Outcome] = frozenset()
    recommendations: bool = False
    unknown: str = ""


def wish(query: Query) -> Wish | None:
    """Take a question as one for the register; None where it names a matter, or asks for no decisions.

    Args:
        query: the question, taken apart.
    """
    text = query.text
    outcomes = frozenset(one for said, named in _OUTCOMES if said.search(text) for one in named)
    if not (_DECIDED.search(text) or outcomes) or query.exact or query.minutes or _ON_MATTER.search(text):
        return None
    left = matter.words_of(query, *(pattern for pattern, _ in _OUTCOMES))
    unknown = _unknown(text, left)
    if left and not unknown:
        return None
    plain = of(query)
    if not (plain.periods or plain.last or query.boards or query.authorities or outcomes or unknown):
        return None
    recommended = query.intent == "recommendation" and "decision" not in query.intents
    return replace(plain, outcomes=outcomes, recommendations=recommended, unknown=unknown)


def of(query: Query) -> Wish:
    """Give the bodies and the days of a question, whatever of them is asked for."""
    boards = tuple(board for board in query.boards if board not in query.authorities)
    return Wish(query.authorities, boards, tuple(sides.periods(query)), _LAST.search(query.text) is not None)


def detail(query: Query) -> Detail:
    """Say which detail of a decision is asked for: its vote, who moved, seconded or presented it, or none."""
    if match := _MOVER.search(query.text):
        return "seconder" if re.match("second", match["what"] or match["by"], re.IGNORECASE) else "mover"
    if _PRESENTER.search(query.text):
        return "presenter"
    return "vote" if _VOTE.search(query.text) else ""


def sought(query: Query) -> Sought:
    """Say which detail is asked for, and whether of an amendment."""
    return Sought(detail(query), is_amendment(query.text))


def is_amendment(text: str) -> bool:
    """Say whether a text speaks of an amendment, whose mover and vote are not those of the motion."""
    return _AMENDMENT.search(text) is not None


def decision_asked(question: str) -> str:
    """Word a question for the detail of a decision as one for the decision: its vote and mover are the register's."""
    for pattern, instead in _AS_DECISION:
        question = pattern.sub(instead, question)
    return question


def _unknown(text: str, left: Sequence[str]) -> str:
    """Give the name of a body that holds all the words left over: "planning committee"; else ""."""
    for match in _BODY.finditer(text):
        if left and set(left) <= set(words(match[1])):
            return f"{match[1].strip()} {match[2]}"
    return ""


def within(one: Wish, day: date | None) -> bool:
    """Whether a day is among those that are asked for."""
    return not one.periods or (day is not None and any(period.first <= day <= period.last for period in one.periods))
