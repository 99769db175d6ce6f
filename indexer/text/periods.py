"""Stretches of days that a text names: days, months, years and financial years, quarters.

"2015/16" is 1 April 2015 to 31 March 2016. What no calendar has is left out. And when something is to be done, as
minutes put it: "by 30 November", "in six months", "at the next meeting" (`due`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.text import dates, number_words

_YEAR = r"(?:19|20)\d\d"
# A day of numbers and dashes is read by `dates`; these are the longer stretches.
_STRETCH = re.compile(
    rf"\b(?P<month>{dates.MONTH[3:-1]})\b\.?,? ?(?P<year>{_YEAR})\b"
    rf"|\b(?P<first>{_YEAR})\s?[/–-]\s?(?P<last>\d\d(?:\d\d)?)\b|\b(?P<only>{_YEAR})\b"
    r"|(?<![\d/£.,-])(?P<short>\d\d)[/–-](?P<next>\d\d)(?![\d/-])",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"\b(?:quarter|q)\s?(?P<number>\d|one|two|three|four)\b", re.IGNORECASE)
_MONTH_NAME = re.compile(rf"\b(?:{'|'.join(dates.MONTHS)})\b", re.IGNORECASE)
_YEARS = re.compile(rf"\b{_YEAR}(?:\s?[/–-]\s?(?:{_YEAR}|\d\d)\b)?")
_SPAN = re.compile(
    rf"\b(?:within|in|after)\s(?:the\snext\s)?(?P<number>\d{{1,3}}|an?|{number_words.CARDINAL})\s(?:calendar\s|working\s)?(?P<unit>day|week|month|year)s?['’]?"
    r"(?:\stime)?(?:\sof\b[^.;]{0,40})?(?!\s(?:ago|old|of\sage))",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|due:?|deadline:|before|no\slater\sthan|not\slater\sthan|until|in|on|at\sthe\send\sof|for)\s(?:the\s)?(?:end\sof\s)?",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:to|at|for|in|before)\s(?:the|its|a|their|our)\s(?:next|following|future|forthcoming|subsequent|(?:\w+\s)?annual"
    rf"|{'|'.join(dates.MONTHS)})\s(?:\w+\s){{0,3}}?meeting\b",
    re.IGNORECASE,
)
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included, as the text words it; ``exact`` for a month or a day."""

    first: date
    last: date
    words: str
    exact: bool


def periods(text: str) -> tuple[Period, ...]:
    """Find the days, months, years and financial years that ``text`` names, in its order."""
    return tuple(period for _, period in sorted(_placed(text), key=lambda placed: placed[0]))


def _placed(text: str) -> Iterator[tuple[int, Period]]:
    rest = list(text)
    for start, end, day in dates.forms(text):
        if day:
            yield start, Period(day, day, text[start:end], exact=True)
        rest[start:end] = "\0" * (end - start)
    for match in _STRETCH.finditer("".join(rest)):
        ends = _ends(match)
        if ends is not None:
            yield match.start(), Period(*ends, match.group().strip(), exact=match["month"] is not None)


def _ends(match: re.Match[str]) -> tuple[date, date] | None:
    if match["month"]:
        year, month = int(match["year"]), dates.month(match["month"])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if match["only"]:
        return _years(int(match["only"]), int(match["only"]))
    if match["short"]:
        year = 2000 + int(match["short"])
        return _financial(year) if int(match["next"]) == (year + 1) % 100 else None
    year = int(match["first"])
    end = int(match["last"]) if len(match["last"]) == 4 else year // 100 * 100 + int(match["last"])
    return _financial(year) if end == year + 1 else _years(year, max(end, year))


def _financial(year: int) -> tuple[date, date]:
    return date(year, 4, 1), date(year + 1, 3, 31)


def _years(first: int, last: int) -> tuple[date, date]:
    return date(first, 1, 1), date(last, 12, 31)


def spellings(period: Period) -> tuple[str, ...]:
    """Give the other ways in which papers print a financial year: "2025-26", "2025/26", "25/26"; else none."""
    first, last = period.first, period.last
    if (first, last) != _financial(first.year):
        return ()
    begins, ends = str(first.year), f"{last.year % 100:02}"
    said = "".join(period.words.split()).replace("–", "-")
    return tuple(way for way in (f"{begins}-{ends}", f"{begins}/{ends}", f"{begins[2:]}/{ends}") if way != said)


def names(text: str) -> Iterator[tuple[int, int, str]]:
    """Find what ``text`` says of time, a month or quarter without its year too, each in one form, with its place.

    Yields:
        Start, end and form: "2013/14" for "2013-14", "2013/2014" and "2013 – 14"; "2014"; "march"; "quarter 2". A day
        or month of a year is its year and its month, one by one.
    """
    for match in _YEARS.finditer(text):
        years = re.split(r"\s?[/–-]\s?", match.group())
        yield match.start(), match.end(), "/".join([years[0], *(year[-2:] for year in years[1:])])
    for match in _MONTH_NAME.finditer(text):
        yield match.start(), match.end(), dates.MONTHS[dates.month(match.group()) - 1].lower()
    for match in _QUARTER.finditer(text):
        number = {"one": "1", "two": "2", "three": "3", "four": "4"}.get(match["number"].lower(), match["number"])
        yield match.start(), match.end(), f"quarter {number}"


def holding(some: Iterable[Period], day: date | None) -> Iterator[Period]:
    """Yield the periods that ``day`` falls into."""
    return (period for period in some if day is not None and period.first <= day <= period.last)


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
    for period in periods(text):
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
    """Where the "by the end of" that ends the text begins; None if nothing of that kind does."""
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
