"""Dates, boards and authorities that a question names, matched against what the archive holds."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_MONTH = "|".join(name if len(name) < 4 else f"{name}|{name[:3]}" for name in MONTHS)
_YEAR = r"(?:19|20)\d\d"
_WHEN = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<month>{_MONTH})\b\.?,? ?(?P<year>{_YEAR})\b"
    rf"|\b(?P<iso>{_YEAR}-\d\d-\d\d)\b|\b(?P<british>\d{{1,2}}/\d{{1,2}}/{_YEAR})\b"
    rf"|\b(?P<first>{_YEAR})\s?[/–-]\s?(?P<last>\d\d(?:\d\d)?)\b|\b(?P<only>{_YEAR})\b"
    r"|(?<![\d/£.,-])(?P<short>\d\d)[/–-](?P<next>\d\d)(?![\d/-])",
    re.IGNORECASE,
)

# Words that say what sort of body it is, not which one.
GENERIC = frozenset(
    """
    a an and at board borough cabinet city combined committee council county district for in joint london
    metropolitan of on panel parish partnership royal scrutiny sub subcommittee sub-committee the town unitary
    """.split()  # noqa: SIM905 - a list of words is read as text
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included, as the question words it; ``exact`` for a month or a day."""

    first: date
    last: date
    words: str
    exact: bool


def periods(question: str) -> tuple[Period, ...]:
    """Find the days, months, years and financial years that a question names, in its order.

    "2015/16" is 1 April 2015 to 31 March 2016. Days that no calendar has are left out.
    """
    return tuple(found for match in _WHEN.finditer(question) if (found := _period(match)) is not None)


def spellings(period: Period) -> tuple[str, ...]:
    """Give the other ways in which papers print a financial year: "2025-26", "2025/26", "25/26"; else none."""
    first, last = period.first, period.last
    if (first.month, first.day, last.month, last.day, last.year) != (4, 1, 3, 31, first.year + 1):
        return ()
    begins, ends = str(first.year), f"{last.year % 100:02}"
    said = re.sub(r"\s", "", period.words).replace("–", "-")
    return tuple(way for way in (f"{begins}-{ends}", f"{begins}/{ends}", f"{begins[2:]}/{ends}") if way != said)


def bodies(question: str, names: Iterable[str]) -> tuple[str, ...]:
    """Find which of ``names`` (of boards or of authorities) a question means, in their order.

    A name is meant where all its telling words stand in the question ("Ashshire" for "Ashshire County Council"),
    where its whole text does ("Cabinet"), or its initials in capitals ("HWB").
    """
    said = _plain(question)
    told = set(said.split())
    capitals = set(re.findall(r"\b[A-Z]{2,}\b", question))
    return tuple(name for name in names if name and _means(name, said, told, capitals))


def _means(name: str, said: str, told: set[str], capitals: set[str]) -> bool:
    plain = _plain(name)
    words = plain.split()
    if re.search(rf"\b{re.escape(plain)}\b", said):
        return True
    if not words:
        return False
    initials = "".join(word[0] for word in words if word not in {"and", "of", "the", "for"}).upper()
    if len(initials) > 2 and initials in capitals:
        return True
    telling = [word for word in words if word not in GENERIC]
    generic = [word for word in words if word in GENERIC and len(word) > 3]
    # Of a board's name the sort of body must be said as well: "health" alone does not mean the Health Committee.
    place = len(telling) == 1 and words[-1] in {"council", "authority"}
    return bool(telling) and set(telling) <= told and (place or not generic or bool(set(generic) & told))


def _plain(text: str) -> str:
    """Lower case, one space between words, "&" as "and", possessive and hyphen gone ("well-being" as "wellbeing")."""
    text = re.sub(r"['’]s\b", "", text.lower().replace("&", " and ")).replace("-", "")
    return " ".join(_WORD.findall(text))


def _period(match: re.Match[str]) -> Period | None:
    words = match.group().strip()
    try:
        first, last, exact = _ends(match)
    except ValueError:  # 31 February
        return None
    return Period(first, last, words, exact)


def _ends(match: re.Match[str]) -> tuple[date, date, bool]:
    if match["month"]:
        year = int(match["year"])
        month = next(i for i, name in enumerate(MONTHS, 1) if name.startswith(match["month"].lower()))
        if match["day"]:
            day = date(year, month, int(match["day"]))
            return day, day, True
        return date(year, month, 1), date(year, month, monthrange(year, month)[1]), True
    if match["iso"] or match["british"]:
        numbers = [int(part) for part in re.split(r"[-/]", match["iso"] or match["british"])]
        day = date(*(numbers if match["iso"] else numbers[::-1]))
        return day, day, True
    if match["short"]:
        year = 2000 + int(match["short"])
        if int(match["next"]) != (year + 1) % 100:
            raise ValueError(match.group())
        return date(year, 4, 1), date(year + 1, 3, 31), False
    if match["first"]:
        year = int(match["first"])
        end = int(match["last"]) if len(match["last"]) == 4 else year // 100 * 100 + int(match["last"])
        if end == year + 1:
            return date(year, 4, 1), date(end, 3, 31), False
        if end > year:
            return date(year, 1, 1), date(end, 12, 31), False
        return date(year, 1, 1), date(year, 12, 31), False
    year = int(match["only"])
    return date(year, 1, 1), date(year, 12, 31), False


def holds(periods_: Iterable[Period], day: date | None) -> Iterator[Period]:
    """Yield the periods that ``day`` falls into."""
    return (period for period in periods_ if day is not None and period.first <= day <= period.last)
