"""The days that a question asks about: "since" and "by" stretched, "between … and …" as one.

Takes no parsed question, so that what parses one, the register and chips word and bound a stretch alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from indexer.text.periods import Period

_LAST = date(9000, 1, 1)  # days are added to it
_OPENS = re.compile(r"\b(?:since|(?P<apart>after)|from|between)\s*$", re.IGNORECASE)
_CLOSES = re.compile(r"\b(?:by|(?P<apart>before|prior to)|until|till|up to)(?: the end of)?\s*$", re.IGNORECASE)
_STRETCHES = re.compile(r"(?:since|after|from|between|by|before|until|till|up to|prior to)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:from|between)\s*$", re.IGNORECASE)
_UNTIL = re.compile(r"\s*(?:and|to|until|till|-|–)\s*", re.IGNORECASE)


def stretched(question: str, named: Sequence[Period]) -> list[Period]:
    """Stretch the periods that a question names to the days that it asks about, with the words that stretch them."""
    if len(named) == 2:
        begin, end = (question.find(one.words) for one in named)
        opening = _BETWEEN.search(question[:begin])
        if opening and _UNTIL.fullmatch(question[begin + len(named[0].words) : end]):
            words = question[opening.start() : end + len(named[1].words)]
            return [Period(named[0].first, named[1].last, words, exact=False)]
    return [_opened(question, one) for one in named]


def _opened(question: str, period: Period) -> Period:
    """Stretch "since 2015" to all from then on, "by March 2016" to all until then; "after", "before" leave it out."""
    at = question.find(period.words)
    if opening := _OPENS.search(question[:at]):
        first = period.last + timedelta(days=1) if opening["apart"] else period.first
        return replace(period, first=first, last=_LAST, words=question[opening.start() : at] + period.words)
    if closing := _CLOSES.search(question[:at]):
        last = period.first - timedelta(days=1) if closing["apart"] else period.last
        return replace(period, first=date.min, last=last, words=question[closing.start() : at] + period.words)
    return period


def ends(period: Period) -> tuple[date | None, date | None]:
    """Give the first and the last day, each None where the period is open."""
    return (None if period.first == date.min else period.first), (None if period.last == _LAST else period.last)


def within(period: Period) -> str:
    """Say when something was: "in 2014", "on 3 March 2014", "since 2014"."""
    if _STRETCHES.match(period.words):
        return period.words
    return f"{'on' if period.first == period.last else 'in'} {period.words}"
