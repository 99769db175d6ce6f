"""Days that a question names by those of the question before: "the year before", "the following month"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.text import dates, number_words
from indexer.text.number_words import CARDINAL
from indexer.text.words import STOP_WORDS, WORD

# "The year before that", "two years later"; not "the year after the fire".
_BESIDE = re.compile(
    rf"\b(?:(?:the|an?) )?(?:(?:(?P<number>\d{{1,2}}|{CARDINAL}) (?P<units>year|month)s?"
    r"|(?:financial )?(?P<unit>year|month)) (?P<way>before|earlier|after|later)(?! (?:the|an?|its|their|they|\d+)\b)"
    r"|(?P<order>previous|preceding|following|next) (?P<of>year|month))\b(?: that\b)?",
    re.IGNORECASE,
)
# Days need no further preposition behind these: "and 2015", "how does it compare with 2015".
_LED = re.compile(
    r"(?:^|\b(?:about|after|and|at|before|but|by|during|for|from|in|of|on|or|since|than|to|until|with))\W*$", re.I
)
_YEARLESS = re.compile(rf"\b(?:{'|'.join(dates.MONTHS)})\b(?!,? ?\d)")
_MONTH = rf"\b(?:{'|'.join(dates.MONTHS)})\b"
_JOINT = r",? (?:and|or|to|with|against|than|versus) (?:in |that of |those of )?"
# "January and March 2025", "May 2024 with November": two months of one year, given with one of them.
_BEFORE = re.compile(rf"({_MONTH})(?={_JOINT}{_MONTH} ((?:19|20)\d\d)\b)")
_AFTER = re.compile(rf"(?<= )((?:19|20)\d\d)({_JOINT}{_MONTH})(?!,? ?\d)")
_EARLIER = frozenset({"before", "earlier", "previous", "preceding"})
_DAY = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?=(?:{'|'.join(dates.MONTHS)})\b)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|(?<=\d[/–-])\d\d\b")


def dated(question: str, days: str) -> str:
    """Put "the year before" in figures, and a year to a month without one, by the days named before ("" for none)."""
    year, match = re.search(r"\b(?:19|20)\d\d\b", days), _BESIDE.search(question)
    if year is None:
        return question
    if match is None:
        return _YEARLESS.sub(lambda month: f"{month[0]} {year[0]}", question)
    number = match["number"] or "1"
    step = int(number) if number.isdigit() else number_words.value(number) or 1
    step = -step if (match["way"] or match["order"]).lower() in _EARLIER else step
    before = question[: match.start()]
    moved = _moved(days, match["unit"] or match["units"] or match["of"], step)
    return f"{before}{'' if _LED.search(before) else 'in '}{moved}{question[match.end() :]}"


def beside(question: str) -> bool:
    """Whether a question names days by those of another: "the year before"."""
    return _BESIDE.search(question) is not None


def shared(question: str) -> str:
    """Put to a month without its year that of the month beside it, as in "January and March 2025"."""
    return _AFTER.sub(r"\1\2 \1", _BEFORE.sub(r"\1 \2", question))


def yearless(question: str) -> int | None:
    """Give the number of the month that a question names without its year, as in "in January"; None for none."""
    for match in _YEARLESS.finditer(question):
        before = question[: match.start()].lower().split()[-1:]
        if before and before[0] in STOP_WORDS | {"last"}:
            return dates.month(match[0])
    return None


def _moved(days: str, unit: str, step: int) -> str:
    """Give the year or the month that a text names so many years or months earlier or later, without a day of it."""
    days = _DAY.sub("", days)
    month = next((one for one in WORD.findall(days) if one.capitalize() in dates.MONTHS), None)
    if unit.lower() == "month" and month:
        step, at = divmod(dates.MONTHS.index(month.capitalize()) + step, len(dates.MONTHS))
        days = days.replace(month, dates.MONTHS[at])
    return _YEAR.sub(lambda year: f"{int(year[0]) + step:0{len(year[0])}}", days)


def same_end(year: str, text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Give the month whose end a text names ("at the end of March 2022") in another year; else ""."""
    if len(spans) != 1 or not _YEAR.fullmatch(year) or not text[: spans[0][0]].lower().endswith("end of "):
        return ""
    days = text[slice(*spans[0])]
    return _YEAR.sub(year, days) if days[:1].isalpha() else ""
