"""What a question names exactly: quoted phrases, reference numbers, amounts of money, shares, minute numbers.

A passage that holds one is never lost, however its words compare otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import dropwhile

from indexer.records import Shelved

_QUOTED = re.compile(r"\"([^\"]{2,200})\"|“([^”]{2,200})”|(?<!\w)['‘]([^'’\"]{4,200})['’](?!\w)")
# 24/00115, 2024/1234/FUL, DC-19-0042, CAB123: what councils print on decisions and applications.
_REFERENCE = re.compile(
    r"\b(?:\d{2,4}[/-]\d{3,6}(?:/[A-Z]{1,5})?|[A-Z]{1,5}[-/ ]?\d{2,4}[/-]\d{2,6}|[A-Z]{2,5}\d{3,6})\b"
)
_YEARS = re.compile(r"(?:19|20)\d\d[/-](?:\d\d|(?:19|20)\d\d)")
_AMOUNT = re.compile(
    r"£\s?(?P<number>\d[\d,]{0,20}(?:\.\d{1,9})?)(?:\s?(?P<unit>million|billion|thousand|bn|m|k)\b)?", re.IGNORECASE
)
_UNITS = {"k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_FIGURE = re.compile(rf"{_AMOUNT.pattern}|\b\d[\d,]*(?:\.\d+)?%", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][^\W_]*(?:['’-][^\W_]+)*(?: (?:(?:of|and|the|for|on) ){0,2}[A-Z][^\W_]*(?:['’-][^\W_]+)*)+")
_LETTERS = re.compile(r"[^\W\d_]+")
_TITLE = re.compile(r"(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Revd?)")
_MINUTE = re.compile(
    r"\b(?:minute|item)s?\s+(?:no\.?\s?|number\s)?(?P<number>\d{1,3}[a-z]?)\b"
    # "minutes 14 March", "item 3 per cent"
    r"(?!\s?(?:st|nd|rd|th|%)?\s?(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|per\s?cent)|[./:,-]\d)",
    re.IGNORECASE,
)


def named(question: str) -> tuple[str, ...]:
    """Find quoted phrases, references, amounts and shares, in this order."""
    quoted = [next(filter(None, match.groups())).strip() for match in _QUOTED.finditer(question)]
    references = [match.group() for match in _REFERENCE.finditer(question) if not _YEARS.fullmatch(match.group())]
    figures = [match.group() for match in _FIGURE.finditer(question)]
    return tuple(dict.fromkeys(found for found in [*quoted, *references, *figures] if found))


def names(question: str, common: Collection[str], known: Iterable[str] = ()) -> tuple[str, ...]:
    """Find names of several words: "Jane Holt", "Millrace Flood Action Group".

    They are told by their capitals, so a question all in capitals, or with a capital for every word, names nothing.

    Args:
        question: as it was typed.
        common: words in lower case that begin no name, though they begin a question.
        known: names of boards and authorities; what is made of their words only is looked for in other ways.
    """
    words = _LETTERS.findall(question)
    if 2 * sum(word[0].isupper() for word in words) > len(words) + 2:
        return ()
    bodies = {word.lower() for name in known for word in _LETTERS.findall(name)}
    found = (_bare(match, common) for match in _NAME.finditer(question))
    return tuple(
        dict.fromkeys(
            name
            for name in found
            if " " in name and any(len(word) > 1 and word.lower() not in bodies for word in _LETTERS.findall(name))
        )
    )


def _bare(match: re.Match[str], common: Collection[str]) -> str:
    """Leave out titles ("Cllr"), an ending ("Holt's"), and what stands before a name but is no part of it."""
    words = _begun(re.sub(r"['’]s$", "", match.group()).split(), common)
    # The word with which the question begins has a capital in any case.
    first = match.start() == 0 and match.group().startswith(words[0] if words else " ")
    rest = _begun(words[1:], common) if first else []
    return " ".join(rest if len(rest) > 1 else words)


def _begun(words: Sequence[str], common: Collection[str]) -> list[str]:
    return list(
        dropwhile(lambda word: word.islower() or word.lower() in common or _TITLE.fullmatch(word) is not None, words)
    )


def minutes(question: str) -> tuple[str, ...]:
    """Find the numbers of minutes and agenda items: "93" in "what does minute 93 say"."""
    return tuple(dict.fromkeys(match["number"].lower() for match in _MINUTE.finditer(question)))


def spellings(phrase: str) -> tuple[str, ...]:
    """Give the ways in which an amount of money is printed: "£2.4m", "£2.4 million", "£2,400,000"; else ``phrase``."""
    amount = next(_amounts(phrase), None) if _AMOUNT.fullmatch(phrase.strip()) else None
    if amount is None:
        return (phrase,)
    ways = [phrase, f"£{amount:,}"]
    for unit in ("k", "m", "million", "bn", "billion"):
        share = amount / _UNITS[unit]
        if (1 if unit == "k" else 0.1) <= share < 1_000 and round(share, 3) == share:
            ways.append(f"£{share:g}{' ' if len(unit) > 2 else ''}{unit}")
    return tuple(dict.fromkeys(ways))


def holds(shelved: Shelved, phrases: Sequence[str], numbers: Sequence[str]) -> bool:
    """Tell whether a passage or its headings hold one of ``phrases``, or it belongs to a minute of ``numbers``.

    Case and spaces make no difference; an amount of money is found however it is printed, and never within another.
    """
    section = shelved.section
    headings = {heading.partition(". ")[0].lower() for heading in shelved.passage.trail if ". " in heading}
    if numbers and set(numbers) & {section.number.lower(), section.agenda_item.lower(), *headings}:
        return True
    if not phrases:
        return False
    text = " ".join(" ".join([*shelved.passage.trail, shelved.passage.text]).casefold().split())
    return any(_holds(text, phrase) for phrase in phrases)


def _holds(text: str, phrase: str) -> bool:
    if _AMOUNT.fullmatch(phrase.strip()):
        return next(_amounts(phrase)) in set(_amounts(text))
    return bool(_pattern(phrase).search(text))


@lru_cache(maxsize=256)
def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?<!\d[.,]){re.escape(' '.join(phrase.casefold().split()))}(?![^\W_])")


def _amounts(text: str) -> Iterator[int]:
    """Yield the amounts of money in pounds."""
    for match in _AMOUNT.finditer(text):
        number = float(match["number"].replace(",", ""))
        yield round(number * _UNITS.get((match["unit"] or "").lower(), 1))
