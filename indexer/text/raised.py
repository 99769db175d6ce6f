"""Raised letters and struck-out ones: a footnote's mark is not part of a figure, and struck words are left out.

Formats that mark raised letters hand them to `raised`; texts that already hold raised characters go through
`apart`. Both leave "30th" and "m²" whole and set a footnote's mark after a blank, as raised digits: "£4,200 ⁴".
"""

from __future__ import annotations

import re
from typing import Final

_PLAIN: Final = "0123456789abcdefghijklmnoprstuvwxyz"
_HIGH: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_RAISED: Final = str.maketrans(_PLAIN, _HIGH)
_DIGITS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_ORDINALS: Final = ("st", "nd", "rd", "th")
# "1", "12", "1,2", "a", "*", "[3]", "(iv)": what refers the reader to a note.
_MARK: Final = re.compile(r"[\[(]?(?:\d{1,3}(?:[,–-]\s?\d{1,3})*|[a-z]|[ivx]{1,4}|[*†‡§¶#]{1,3})[\])]?", re.I)
# A unit of length, which may be squared or cubed; after a sum of money "m" is a million.
_UNIT: Final = re.compile(r"(?:^|[\d\s/(])(?:mm|cm|dm|km|m|ft|in|yd|sq)$", re.I)
_MONEY: Final = re.compile(r"[£€$]\s?[\d.,]+\s?m$", re.I)
_SUM: Final = re.compile(r"[£€$]\s?[\d.,]+$")
_MULTIPLES: Final = ("m", "k")  # "£4.2m", the last set small and high for show
_POWER: Final = re.compile(r"[x×]\s?10$|(?<![^\W\d_])[a-z]$", re.I)
_AT: Final = re.compile(rf"(?<=[^\s\[({_DIGITS}])[{_DIGITS}]+")
_SHORT: Final = re.compile(r"(?<![^\W_])[^\W\d_]{1,2}$")
# A character with a stroke laid over it (U+0335, U+0336): how plain text strikes out.
_OVERLAID: Final = re.compile("(?:[^\\s\u0335\u0336][\u0335\u0336](?:[ \u00a0][\u0335\u0336]?)*)+")


def raised(before: str, mark: str) -> str:
    """Return how raised text reads after ``before``: a footnote's mark apart, an ordinal or a power glued on."""
    bare = mark.strip()
    if not bare or not before.strip() or (before[-1:].isdigit() and bare.lower() in _ORDINALS):
        return mark
    if not _MARK.fullmatch(bare) or (bare in _MULTIPLES and _SUM.search(before)):
        return mark
    if bare.isdigit() and _whole(before):
        return bare.translate(_RAISED)
    blank = "" if before[-1:].isspace() else " "
    return blank + bare.translate(_RAISED) + (" " if mark[-1:].isspace() else "")


def apart(text: str) -> str:
    """Set raised digits that mark a footnote after a blank: "2,500¹ homes" becomes "2,500 ¹ homes"."""

    def placed(match: re.Match[str]) -> str:
        at = match.start()
        return match[0] if _whole(text[max(0, at - 20) : at]) else f" {match[0]}"

    return _AT.sub(placed, text)


def marks(text: str) -> list[int]:
    """Give where marks of notes begin that stand after a blank, as `apart` sets them."""
    return [at for at in range(1, len(text)) if text[at] in _DIGITS and text[at - 1].isspace()]


def unstruck(text: str) -> str:
    """Drop characters that a combining stroke strikes out, and the blanks between them."""
    return _OVERLAID.sub("", text)


def _whole(before: str) -> bool:
    """Whether raised digits belong to what they follow: units, formulas, powers; not figures and not words."""
    before = before[-20:]
    return not _MONEY.search(before) and any(kind.search(before) for kind in (_UNIT, _POWER, _SHORT))
