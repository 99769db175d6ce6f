"""Sums of money, shares and sizes, each as one value however it is printed.

Money is compared to the penny: "£2.4m", "£2.4 million", "£2,400,000" and "2.4 million pounds" are one sum, £1.50 and
£1.75 are two. "12%", "12 per cent", "12 percent" and "twelve per cent" are one share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from indexer.text import number_words

Kind = Literal["money", "share"]

# "1,250.50", "1 250 000" with any spaces between thousands, "1250"; bounded, so that no text makes it slow.
_THIN = "\u00a0\u2009\u202f"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,5}}|\d{{1,3}}(?:[{_THIN}]\d{{3}}){{1,5}}(?!\d)|\d{{1,3}}(?: \d{{3}}){{2,5}}(?!\d)"
    r"|\d{1,15})"
    r"(?:\.\d{1,9}|\s?[¼½¾])?"
)
_PARTS = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}
_BETWEEN = dict.fromkeys(map(ord, f", {_THIN}"))
_UNIT = "million|billion|thousand|hundred|mn|bn|m|k"
_SCALES = {
    "": 1,
    "hundred": 10**2,
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "bn": 10**9,
    "billion": 10**9,
}
# In a range the unit is of both: "£1.5-2m", "£20 – £30 million".
_MARKED = re.compile(
    rf"(?:£|\bGBP)\s?(?P<n>{_NUMBER})(?:[\s-]?(?P<unit>{_UNIT})\b"
    rf"|(?=\s?[-–—]\s?(?P<sign>£?)(?P<n2>{_NUMBER})[\s-]?(?P<both>{_UNIT})\b))?",
    re.IGNORECASE,
)
_POUNDS = re.compile(
    rf"(?<![\d.,£])(?P<n>{_NUMBER}|\b(?:half )?a(?=\s(?:{_UNIT}))|\b{number_words.CARDINAL})"
    rf"(?:[\s-]?(?P<unit>{_UNIT}))?\s(?:pounds?|GBP)\b",
    re.IGNORECASE,
)
_PENCE = re.compile(r"(?<![\d.,£])(?P<n>\d{1,3})\s?(?:p|pence)\b(?![.\w])", re.IGNORECASE)
_SHARE = re.compile(
    rf"(?<![\d.,])(?P<n>{_NUMBER}|\b{number_words.CARDINAL})(?:\s?%|[\s-]per\s?cent(?:age points?)?\b)", re.IGNORECASE
)
_PART = {"a": Decimal(1), "half a": Decimal("0.5")}
# Looked for first, as are words in lower case: most texts hold none, and the patterns above take their time.
_IN_PENCE = re.compile(r"\d\s?p(?:ence)?\b", re.IGNORECASE)
_IN_PER_CENT = re.compile(r"\bper\s?cent", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum in pence or a share in per cent, and its place: ``text[start:end]``."""

    kind: Kind
    value: Decimal
    start: int
    end: int

    @property
    def key(self) -> str:
        """One word for its value, the same for every way of printing it: "£240000000", "12%"."""
        plain = f"{self.value.normalize():f}"
        return f"£{plain}" if self.kind == "money" else f"{plain}%"


def figures(text: str) -> tuple[Figure, ...]:
    """Return the sums of money and the shares of ``text``, in order; none overlap."""
    small = text.lower()
    every = sorted([*_sums(text, small), *_shares(text, small)], key=lambda one: one.start)
    return tuple(one for at, one in enumerate(every) if not at or one.start >= every[at - 1].end)


def keys(text: str, kind: Kind | None = None) -> frozenset[str]:
    """Return the values of ``text``, of one kind or of both."""
    return frozenset(one.key for one in figures(text) if kind in (None, one.kind))


def blanked(text: str) -> str:
    """Return ``text`` with spaces in place of its sums and shares, so that offsets stay the same."""
    for one in figures(text):
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def spellings(text: str) -> tuple[str, ...]:
    """Give the ways in which papers print a sum or share, ``text`` as it is first; only ``text`` for anything else."""
    one = next(iter(figures(text.strip())), None)
    if one is None or one.end - one.start < len(text.strip()):
        return (text,)
    number = f"{one.value.normalize():f}"
    if one.kind == "share":
        return tuple(dict.fromkeys([text, f"{number}%", f"{number} per cent", f"{number} percent"]))
    pounds = one.value / 100
    whole = pounds == pounds.to_integral_value()
    ways = [text, f"£{pounds:,.0f}" if whole else f"£{pounds:,.2f}"]
    for unit in ("k", "m", "million", "bn", "billion"):
        share = pounds / _SCALES[unit]
        if (1 if unit == "k" else Decimal("0.1")) <= share < 1_000 and round(share, 3) == share:
            ways.append(f"£{share.normalize():f}{' ' if len(unit) > 2 else ''}{unit}")
    return tuple(dict.fromkeys(ways))


def _sums(text: str, small: str) -> Iterator[Figure]:
    for match in _MARKED.finditer(text) if "£" in text or "GBP" in text else ():
        yield from _marked(match)
    if "pound" in small or "gbp" in small:
        yield from _money(_POUNDS, text, 100)
    if _IN_PENCE.search(text):
        yield from _money(_PENCE, text, 1)


def _marked(match: re.Match[str]) -> Iterator[Figure]:
    first, last = _value(match["n"]), _value(match["n2"] or "0")
    unit = match["unit"] or (match["both"] if first < last else "")  # "£300-£2m" is no range of millions
    yield Figure("money", first * _SCALES[(unit or "").lower()] * 100, *match.span())
    if first < last and not match["sign"]:
        last *= _SCALES[match["both"].lower()]
        yield Figure("money", last * 100, match.start("n2"), match.end("both"))


def _money(pattern: re.Pattern[str], text: str, pence: int) -> Iterator[Figure]:
    for match in pattern.finditer(text):
        scale = _SCALES[(match.groupdict().get("unit") or "").lower()]
        yield Figure("money", _value(match["n"]) * scale * pence, *match.span())


def _shares(text: str, small: str) -> Iterator[Figure]:
    held = "%" in text or ("cent" in small and _IN_PER_CENT.search(text))
    for match in _SHARE.finditer(text) if held else ():
        yield Figure("share", _value(match["n"]), *match.span())


def _value(said: str) -> Decimal:
    if said.lower() in _PART:
        return _PART[said.lower()]
    if part := _PARTS.get(said[-1]):
        return _value(said[:-1].rstrip()) + part
    plain = said.translate(_BETWEEN)
    return Decimal(plain) if plain[0].isdigit() else Decimal(number_words.value(said) or 0)
