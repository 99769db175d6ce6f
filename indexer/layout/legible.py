"""Whether a text layer says what the sheet shows, or is garbage that some program or old scanner left behind."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from indexer.layout.marks import NAMELESS, Word

_ENOUGH: Final = 300  # this many words of a page are enough evidence
_FEW: Final = 25  # and fewer Latin ones than this do not
_DIFFERENT: Final = 8  # nor fewer different ones: a table may say the same in every row
_NO_CODE: Final = re.compile(f"[\ufffd\ue000-\uf8ff{NAMELESS}]")
_CID: Final = re.compile(r"\(cid:\d+\)")
# Of words, one a line, those in Latin letters that are not acronyms; and of these, those that nobody can pronounce.
_LATIN: Final = re.compile(r"^(?![^\w\n]*[A-Z&/]{2,5}s?[^\w\n]*$).*[A-Za-z].?[A-Za-z].*$", re.M)
_ODD: Final = re.compile(r"^(?:[^aeiouyàáâäãåèéêëìíîïòóôöõùúûüŵŷ\n]+|.*[a-z][#$%&*+<=>^~|\\][a-z].*)$", re.M)
# Words by their letters alone: where letters replace others, blanks may replace a sign.
_RUN: Final = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)*")
# How many in a hundred letters of English are each of these; other European languages are not far from it.
_USUAL: Final = dict(
    zip(
        "etaoinshrdlcumwfgypbvkjxqz",
        (13, 9, 8, 7.5, 7, 7, 6, 6, 6, 4, 4, 3, 3, 2.4, 2.4, 2.2, 2, 2, 2, 1.5, 1, 0.8, 0.2, 0.2, 0.1, 0.1),
        strict=True,
    )
)
# Cosine of a page's letters with these: .80 or more on a thousand pages of real papers, tables and rolls of names
# included; .73 or less where letters replace others.
_LIKE: Final = 0.75
# Every tenth word of prose at least is one of these; where letters replace others, none is.
_COMMONEST: Final = (
    "the of and to a in for is on that by this with be as are at from or was it an not have has been will which their "
    "were we they would there all its more than these can may any no such also but had if our who y yn ar i o a'r i'r"
)
_COMMON: Final = frozenset(_COMMONEST.split())
_LEAST_COMMON: Final = 0.03


def garbled(words: Sequence[Word]) -> bool:
    """Whether a text layer is garbage: codes missing or wrong, words that are none, letters that replace others."""
    words = words[:_ENOUGH]
    text = "".join(item.text for item in words)
    bad = 0 if text.isascii() else len(_NO_CODE.findall(text))
    bad += 5 * len(_CID.findall(text)) if "(cid:" in text else 0
    if bad > 0.2 * len(text):
        return True
    # Only Latin words can be judged; short capitals are acronyms; numbers say nothing.
    tokens = _LATIN.findall("\n".join(item.text for item in words))
    said = "\n".join(tokens).casefold()
    odd = len(_ODD.findall(said))
    return (len(tokens) >= 20 and odd > 0.5 * len(tokens)) or _shifted(_RUN.findall(said))


def _shifted(tokens: Sequence[str]) -> bool:
    """Whether letters replace others: unlike the letters of any language we expect, with hardly a common word."""
    if len(tokens) < _FEW or len(set(tokens)) < _DIFFERENT:
        return False
    if sum(token in _COMMON for token in tokens) > _LEAST_COMMON * len(tokens):
        return False
    counts = Counter(letter for token in tokens for letter in token if letter in _USUAL)
    length = math.hypot(*counts.values()) * math.hypot(*_USUAL.values())
    return not length or sum(counts[letter] * usual for letter, usual in _USUAL.items()) < _LIKE * length
