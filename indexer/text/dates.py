"""Dates as UK papers print them; never guesses a missing year, as general parsers (dateutil, dateparser) do.

A numeric date is day, month, year; one that only makes sense the American way is not a date, unless the caller says
that the paper is American (`is_american`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from indexer.text import number_words
from indexer.text.words import DIGITS, LETTERS

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WELSH = "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr".split()  # noqa: SIM905
# The month of a name by its first three letters, which all names in both languages differ in.
_NUMBERS = {name[:3].lower(): number for names in (MONTHS, _WELSH) for number, name in enumerate(names, 1)}


def _spelt(name: str) -> str:
    """Give a part of a pattern for a month's name and its short forms: "sep(?:t(?:ember)?)?"."""
    low = name.lower()
    if low == "september":
        return "sep(?:t(?:ember)?)?"
    return low if len(low) < 4 else f"{low[:3]}(?:{low[3:]})?"


# Parts of patterns: a month cut short, in full or cut short; any day of the week.
SHORT_MONTHS = frozenset(name[:3].lower() for name in MONTHS if len(name) > 3) | {"sept"}
MONTH = "(?:" + "|".join(map(_spelt, MONTHS)) + ")"
WEEKDAY = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:r(?:s)?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = f"(?P<{{0}}>{MONTH[3:-1]}|{'|'.join(_WELSH).lower()})"
# What may come between day and month, or month and year.
_GAP = r"[\s.,_-]{0,4}"
# "Tuesday 7 February 2017", "31 st July 2014", "30th-Jan-2025", "Thursday, 30th January, 2025", "7th of May '14",
# "5 and 6 March 2019" (the first day counts), "Tuesday 5 March at 7.00 pm 2019"
_HOUR = r"(?:at\s\d{1,2}(?:[.:]\d\d)?\s?(?:[ap]\.?m\.?|noon)?[\s,]{1,2})?"
_DAY_FIRST = (
    r"(?P<d1>0?[1-9]|[12]\d|3[01])\s?(?:st|nd|rd|th)?(?:(?:\s(?:and|&)\s|[-–])\d{1,2}(?:st|nd|rd|th)?)?(?:\s+day)?(?:\s+of)?"
    + _GAP
    + _MONTH.format("m1")
    + _GAP
    + _HOUR
    + r"(?P<y1>\d{4}|['’]\d{2}|(?<=-)\d{2})"
)
# "the fifteenth day of March 1994", "… of March, One thousand nine hundred and ninety four"
_IN_WORDS = (
    rf"(?P<d7>{number_words.ORDINAL}|\d{{1,2}}(?:st|nd|rd|th))\s(?:day\s)?of\s"
    + _MONTH.format("m7")
    + rf"{_GAP}(?P<y7>\d{{4}}|{number_words.YEAR})"
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
    rf"(?<![\d/.])(?:{_IN_WORDS}|{_DAY_FIRST}|{_ISO}|{_NUMERIC}|{_SHORT}|{_SAID})(?![/.-]?\d)|\b{_MONTH_FIRST}(?!\d)",
    re.IGNORECASE,
)
# Every date begins with a figure, or a word of these first letters: only there it is looked for, which is four times as
# fast.
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_BEGINNINGS = frozenset(_NUMBERS) | frozenset(word[:3] for word in number_words.ORDINALS)
# A day that no year follows: "7 February".
_YEARLESS = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({MONTH[3:-1]})\b\.?(?!,?\s*(?:\d{{4}}|['’]\d\d))", re.IGNORECASE
)
# In names of files: "20250130", "2025 01 30", and "250130" at the beginning of a name.
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(?: ?)(0[1-9]|1[0-2])(?: ?)([0-3]\d)(?!\d)")
_COMPACT_SHORT = re.compile(r"^(\d\d)(0[1-9]|1[0-2])([0-3]\d)(?=[\s_-])")
# A short date counts where the line holds nothing else.
_BARE = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2}")
# What else a line with a date may hold.
_WHEN = re.compile(r"\b(?:\w{1,12}day|dated?|at|on|to|from|noon|\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m)\b", re.IGNORECASE)

# Two-figure years up to this one are this century's: no archive holds papers from before 1970 under such a date.
_PIVOT = 69
_MONTHS_A_YEAR = 12


def find(text: str) -> tuple[tuple[int, int, date], ...]:
    """Return every date in ``text`` as (start, end, date), in order; impossible dates are left out."""
    return tuple((start, end, day) for start, end, day in _written(text) if day)


def without(text: str) -> str:
    """Give a text without its dates."""
    for start, end, _ in reversed(find(text)):
        text = text[:start] + text[end:]
    return text


def forms(text: str) -> tuple[tuple[int, int, date | None], ...]:
    """Return what is written as a date in ``text`` as `find` does, impossible ones (31 February) with None."""
    return tuple(_written(text))


def parse(text: str, *, american: bool = False) -> date | None:
    """Return the first date in ``text``, or None; ``american`` says that numeric dates begin with the month."""
    return next((day for _, _, day in _written(text, american=american) if day), None)


def is_american(text: str) -> bool:
    """Whether a text writes its dates the American way: "January 5, 2024" or "1/15/2024", and hardly the other."""
    american = british = 0
    for match in _matches(text):
        if match["m2"] or (match["m4"] and int(match["m4"]) > _MONTHS_A_YEAR >= int(match["d4"])):
            american += 1
        elif match["m1"] or (match["d4"] and int(match["d4"]) > _MONTHS_A_YEAR):
            british += 1
    return american > 2 * british


def yearless(text: str) -> tuple[tuple[int, int], ...]:
    """Return every day and month of ``text`` that no year follows, in order, as (day, month); they need not exist."""
    return tuple((int(match[1]), month(match[2])) for match in _YEARLESS.finditer(text))


def month(name: str) -> int:
    """Return the number of a month by its English or Welsh name, in full or cut short.

    Raises:
        KeyError: it is not a month's name.
    """
    return _NUMBERS[name[:3].lower()]


def is_year(text: str) -> bool:
    """Say whether a text is a year of this century or the last, in four figures."""
    return len(text) == 4 and text.isdigit() and text[:2] in ("19", "20")


def of(year: int, day: int, month_: int) -> date | None:
    """Return a day; None where the calendar has no such one."""
    try:
        return date(year, month_, day)
    except ValueError:
        return None


def written(day: date) -> str:
    """Write a date as people say it: ``7 February 2017``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def whole(text: str) -> date | None:
    """Return the date that a line consists of, with or without weekday and hour; None for any other line."""
    if _BARE.fullmatch(text.strip()):
        text = f"dated {text.strip()}"
    dated = find(text)
    if not dated:
        return None
    start, end, day = dated[0]
    rest = LETTERS.findall(_WHEN.sub("", f"{text[:start]} {text[end:]}"))
    return None if any(len(word) > 1 for word in rest) else day


def in_path(path: str, *, american: bool = False) -> date | None:
    """Return the date that a path is filed under, or None. Also reads "20250130", and "250130" at a name's beginning.

    A folder that is nothing but a date ("cabinet/2025-01-30/…") is a meeting's and beats the file's own name, which may
    hold the day of a draft; otherwise the name beats the folders, the nearest first.
    """
    parts = path.replace("\\", "/").split("/")[::-1]
    for part in sorted(parts, key=lambda one: not (_DATE.fullmatch(one) or _COMPACT.fullmatch(one))):
        days = [day for _, _, day in _written(part, american=american) if day]
        compact = [*_COMPACT.finditer(part), *_COMPACT_SHORT.finditer(part)]
        days += [day for match in compact if (day := _date(*match.groups()))]
        if days:
            return days[0]
    return None


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield what is written as a date, in order; none overlap."""
    end = 0
    for token in _TOKEN.finditer(text):
        at, said = token.start(), token.group()
        if at < end or not (said[0].isdigit() or said[:3].lower() in _BEGINNINGS):
            continue
        if match := _DATE.match(text, at):
            end = match.end()
            yield match


def _written(text: str, *, american: bool = False) -> Iterator[tuple[int, int, date | None]]:
    for match in _matches(text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value is not None}
        month_, day = parts["m"], parts["d"]
        if american and month_.isdigit() and not match["y3"]:
            month_, day = day, month_
        yield match.start(), match.end(), _date(parts["y"], month_, day)


def _date(year: str, month_: str, day: str) -> date | None:
    number = _number(year.lstrip("'’"))
    if number < 100:
        number += 2000 if number <= _PIVOT else 1900
    try:
        day_ = date(number, int(month_) if month_.isdigit() else month(month_), _number(day))
    except (ValueError, OverflowError):
        return None
    return day_ if 1800 <= number <= 2100 else None


def _number(text: str) -> int:
    """Read "15", "15th" or "fifteenth"."""
    figures = DIGITS.match(text)
    return int(figures.group()) if figures else number_words.value(text) or 0
