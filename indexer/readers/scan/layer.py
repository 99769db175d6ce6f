"""Text that an earlier OCR laid beneath a scan: kept only if a fresh reading of the picture says the same.

Such text cannot be seen, so nobody has corrected it, and old programs confuse figures. A few sheets of each file are
read again; where figures or too many words differ, every such sheet is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeAlias

from indexer.errors import UnreadablePaper
from indexer.layout.clean import bare
from indexer.layout.marks import Sheet, Word

SAMPLE: Final = 3  # sheets of a file that are read again
# So many of the words must be the same; two good readings of one clean page share nine in ten or more.
_ALIKE: Final = 0.85
# A fresh reading less sure than this in the mean cannot correct another.
_SURE: Final = 0.5

Fresh: TypeAlias = Callable[[Sheet], tuple[tuple[Word, ...], float, float]]


class Reading(NamedTuple):
    """The words of a sheet that hold, how surely (in [0, 1]), and by how many degrees the sheet leans."""

    words: tuple[Word, ...]
    confidence: float
    lean: float = 0.0


def checked(sheets: Sequence[Sheet], fresh: Fresh) -> dict[int, Reading]:
    """Compare the text beneath scans with the scans.

    Args:
        sheets: those of a file with text beneath a scan.
        fresh: reads a sheet's picture; raises `UnreadablePaper` where it cannot.

    Returns:
        By sheet number what to go by: the text beneath if the sample bears it out, else the fresh reading.
    """
    step = max(len(sheets) / SAMPLE, 1.0)
    sample = [sheets[int(place * step)] for place in range(min(SAMPLE, len(sheets)))]
    read = {sheet.number: _read(sheet, fresh) for sheet in sample}
    shares = [_alike(sheet.words, made) for sheet in sample if (made := read[sheet.number]).confidence >= _SURE]
    if all(share >= _ALIKE for share in shares):
        sure = min(shares, default=min(made.confidence for made in read.values()))
        return {sheet.number: Reading(sheet.words, sure) for sheet in sheets}
    out = {}
    for sheet in sheets:
        made = read.get(sheet.number) or _read(sheet, fresh)
        out[sheet.number] = made if made.words else Reading(sheet.words, 0.0)
    return out


def _read(sheet: Sheet, fresh: Fresh) -> Reading:
    try:
        return Reading(*fresh(sheet))
    except UnreadablePaper:
        return Reading((), 0.0)


def _alike(old: Sequence[Word], new: Reading) -> float:
    """The share of words that both readings have, 0 if their figures differ."""
    left, right = (Counter(filter(None, (bare(word.text) for word in words))) for words in (old, new.words))
    if _figures(left) != _figures(right):
        return 0.0
    most = max(left.total(), right.total())
    return (left & right).total() / most if most else 1.0


def _figures(words: Counter[str]) -> Counter[str]:
    """The digits of each word that has any, apart from what is printed around them."""
    out: Counter[str] = Counter()
    for word, count in words.items():
        digits = "".join(sign for sign in word if sign.isdigit())
        if digits:
            out[digits] += count
    return out
