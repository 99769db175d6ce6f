"""When something is to be done, as minutes put it: "by 30 November", "in six months", "at the next meeting"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.text import dates, number_words, periods

_NUMBER = (
    r"(?P<number>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty[- ]four)"
)
_SPAN = re.compile(
    rf"\b(?:within|in|after)\s(?:the\snext\s)?{_NUMBER}\s(?:calendar\s|working\s)?(?P<unit>day|week|month|year)s?['’]?"
    r"(?:\stime)?(?:\sof\b[^.;]{0,40})?(?!\s(?:ago|old|of\sage))",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|before|no\slater\sthan|not\slater\sthan|until|in|on|at\sthe\send\sof|for)\s(?:the\s)?(?:end\sof\s)?",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:to|at|for|in|before)\s(?:the|its|a|their|our)\s(?:next|following|future|forthcoming|subsequent|(?:\w+\s)?annual"
    rf"|{'|'.join(dates.MONTHS)})\s(?:\w+\s){{0,3}}?meeting\b",
    re.IGNORECASE,
)
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due: the words, and the last day that they mean, None where no day can be worked out."""

    words: str
    day: date | None


def due(text: str, meeting: date | None) -> Due | None:
    """Return when a clause says that something is to be done, or None.

    Args:
        text: the clause.
        meeting: the day of the meeting that says so; spans of time are counted from it.
    """
    for period in periods.periods(text):
        at = text.find(period.words)
        before = _ends_with_by(text[:at])
        if before is not None and (meeting is None or period.last >= meeting):
            return Due(text[before : at + len(period.words)], period.last)
    if span := _SPAN.search(text):
        return Due(span.group().strip(), _after(meeting, span["number"], span["unit"]) if meeting else None)
    if coming := _NEXT.search(text):
        return Due(coming.group().strip(), None)
    return None


def _ends_with_by(text: str) -> int | None:
    """Where the "by the end of" that ends the text begins; None if nothing of the kind does."""
    return next((match.start() for match in _BY.finditer(text) if not text[match.end() :].strip(" ")), None)


def _after(meeting: date, number: str, unit: str) -> date | None:
    count = 1 if number.lower() in ("a", "an") else int(number) if number.isdigit() else number_words.value(number)
    if not count:
        return None
    if unit.lower() in ("day", "week"):
        return meeting + timedelta(days=count * (7 if unit.lower() == "week" else 1))
    months = meeting.month - 1 + count * (_MONTHS_A_YEAR if unit.lower() == "year" else 1)
    year, month = meeting.year + months // _MONTHS_A_YEAR, months % _MONTHS_A_YEAR + 1
    return dates.of(year, min(meeting.day, monthrange(year, month)[1]), month)
