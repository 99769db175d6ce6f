"""The number and the title of a line that heads an item, as minutes print them."""

from __future__ import annotations

import re
from itertools import takewhile

from indexer.text import dates

_NUMBERED = re.compile(
    r"\W{0,3}(?:(?:minute|item|agenda item)\s+(?:no\.?\s*)?)?"
    r"(?P<number>\(?(?-i:[A-Z]{0,5})[ ./-]?\d{1,4}(?:\s?[/.-]\s?\d{1,4}){0,3}[a-z]?"
    r"|(?:\(?[a-zA-Z]|\(?[ivxIVX]{1,5})(?:\.(?:[a-zA-Z]|\d{1,2}))?(?=[.)]))"
    r"[.):]{0,2}(?:\s+(?P<title>\S.*)|\s*$)",
    re.IGNORECASE | re.DOTALL,
)
# A letter or a Roman numeral in a column of its own needs no stop.
_LETTER = re.compile(r"[A-Z]|[ivx]{1,5}|[IVX]{1,5}")
# The fewest capitals of a title that runs into its text in small letters, and what is small within one: "4th".
_SHOUTED = 4
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


def split(text: str) -> tuple[str, str]:
    """Split a heading into its number and its title."""
    letter, _, beside = text.strip().partition("\t")
    if beside and _LETTER.fullmatch(letter):
        return letter, " ".join(beside.split())
    plain = " ".join(without_column(text).replace("\t", " ").split())
    match = _NUMBERED.fullmatch(plain)
    if match is None or (dates.is_year(match["number"]) and plain[4:5] not in tuple(".)")):
        return "", plain
    return match["number"].strip("( "), match["title"] or ""


def without_column(text: str) -> str:
    """Give a heading beside a column of numbers, "6. 6.1 6.2" and a title, with the first of these alone."""
    column, tab, title = text.partition("\t")
    several = bool(tab) and len(column.split()) > 1 and not any(map(str.isalpha, column))
    return f"{column.split()[0]}\t{title}" if several else text


def shouted(text: str) -> str:
    """The title in capitals that runs into its text: "MINUTES On the proposal of Cllr Roe"; "" where there is none."""
    words = text.split()
    led = list(takewhile(lambda word: not any(letter.islower() for letter in _ORDINAL.sub("", word)), words))
    title = " ".join(led if len(led) < len(words) and words[len(led)][:1].isupper() else led[:-1])
    return title if len(led) < len(words) and sum(map(str.isupper, title)) >= _SHOUTED else ""
