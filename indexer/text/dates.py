"""Dates as UK papers print them; does not read US order, and never guesses a missing year.

A numeric date is day, month, year; one that only makes sense the American way is no date at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

# English, then Welsh.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WELSH = ("ion", "chw", "maw", "ebr", "mai", "meh", "gor", "aws", "med", "hyd", "tac", "rha")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)"
)
# "Tuesday 7 February 2017", "31 st July 2014", "30th-Jan-2025", "Thursday, 30th January, 2025", "7th of May '14"
_DAY_FIRST = (
    r"(?P<d1>\d{1,2})\s?(?:st|nd|rd|th)?(?:\s+day)?(?:\s+of)?[\s.,_-]*"
    + _MONTH.format("m1")
    + r"[\s.,_-]*(?P<y1>\d{4}|['’]\d{2}|(?<=-)\d{2})"
)
# "Monday, June 26, 2023"; needs a month in words, so the order is not in doubt
_MONTH_FIRST = _MONTH.format("m2") + r"\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{4})"
_ISO = r"(?P<y3>\d{4})(?P<s3>[-_/.])(?P<m3>\d{1,2})(?P=s3)(?P<d3>\d{1,2})"
_NUMERIC = r"(?P<d4>\d{1,2})(?P<s4>[-/.])(?P<m4>\d{1,2})(?P=s4)(?P<y4>\d{4})"
# with a two-figure year, day and month must have two figures too: "1.2.14" is a clause, "09.01.25" is a date
_SHORT = r"(?P<d5>\d{2})(?P<s5>[-/.])(?P<m5>\d{2})(?P=s5)(?P<y5>\d{2})"
# … unless the words before say that it is one
_SAID = (
    r"(?:(?<=held on )|(?<=meeting on )|(?<=dated )|(?<=date: )|(?<=date:\t))"
    r"(?P<d6>\d{1,2})(?P<s6>[-/.])(?P<m6>\d{1,2})(?P=s6)(?P<y6>\d{2})"
)
_DATE = re.compile(
    rf"(?<![\d/.])(?:{_DAY_FIRST}|{_ISO}|{_NUMERIC}|{_SHORT}|{_SAID})(?![/.-]?\d)|\b{_MONTH_FIRST}(?!\d)", re.IGNORECASE
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
# A short date is one where it stands alone.
_BARE = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2}")
# What else stands on a line that says when.
_WHEN = re.compile(r"\b(?:\w+day|dated?|at|on|to|from|noon|\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m)\b", re.IGNORECASE)

# Two-figure years up to this one are this century's: no archive holds papers from before 1970 under such a date.
_PIVOT = 69


def find(text: str) -> tuple[tuple[int, int, date], ...]:
    """Return every date in ``text`` as (start, end, date), in order; impossible dates are left out."""
    return tuple(_found(text))


def parse(text: str) -> date | None:
    """Return the first date in ``text``, or None."""
    return next((day for _, _, day in _found(text)), None)


def whole(text: str) -> date | None:
    """Return the date that a line consists of, with or without the day of the week and the hour; None if it is none."""
    if _BARE.fullmatch(text.strip()):
        text = f"dated {text.strip()}"
    found = next(_found(text), None)
    if found is None or re.search(r"[A-Za-z]{2}", _WHEN.sub("", text[: found[0]] + " " + text[found[1] :])):
        return None
    return found[2]


def in_path(path: str) -> date | None:
    """Return the date that a path is filed under, or None. Also reads "20250130".

    A folder that is nothing but a date ("cabinet/2025-01-30/…") is a meeting's and beats the file's own name, which may
    hold the day of a draft; otherwise the name beats the folders, the nearest first.
    """
    parts = re.split(r"[\\/]", path)[::-1]
    for part in sorted(parts, key=lambda one: not (_DATE.fullmatch(one) or _COMPACT.fullmatch(one))):
        days = [day for _, _, day in _found(part)]
        days += [day for match in _COMPACT.finditer(part) if (day := _date(*match.groups()))]
        if days:
            return days[0]
    return None


def _found(text: str) -> Iterator[tuple[int, int, date]]:
    for match in _DATE.finditer(text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value is not None}
        if day := _date(parts["y"], parts["m"], parts["d"]):
            yield match.start(), match.end(), day


def _date(year: str, month: str, day: str) -> date | None:
    number = int(year.lstrip("'’"))
    if number < 100:
        number += 2000 if number <= _PIVOT else 1900
    which = int(month) if month.isdigit() else _month(month[:3].lower())
    try:
        found = date(number, which, int(day))
    except ValueError:
        return None
    return found if 1800 <= number <= 2100 else None


def _month(letters: str) -> int:
    return (_MONTHS if letters in _MONTHS else _WELSH).index(letters) + 1
