"""Text that an earlier OCR laid beneath a scan, checked by reading the picture again; and what is laid over a scan.

Such text cannot be seen, so nobody has corrected it, and old programs confuse figures. A few sheets of each file are
read again; where figures or too many words differ, every such sheet is. What hides letters of a scan hides nothing: the
file still holds them, so that it must not be given out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from indexer.errors import UnreadablePaper
from indexer.layout.clean import bare
from indexer.layout.marks import Sheet, Word
from indexer.readers.pdf import raster
from indexer.readers.pdf.ink import CLOSE, SCAN, TRACE
from indexer.readers.pdf.objects import placed
from indexer.readers.pdf.pdfium import LOCK, Handle, set_active
from indexer.readers.pdf.pdfium import raw as pdfium

SAMPLE: Final = 3  # sheets of a file that are read again
# This many of the words must be the same; two good readings of one clean page share nine in ten or more.
_ALIKE: Final = 0.85
_SAID: Final = 0.4  # of a text that looks like garbage; of one that is, figures at most are the same
# A fresh reading less sure than this in the mean cannot correct another.
_SURE: Final = 0.5

Fresh: TypeAlias = Callable[[Sheet], tuple[tuple[Word, ...], float, float]]
# Letters change from paper to ink in this many of their pixels and more; of those that show, most still do.
_LETTERED: Final = 0.04
_SHOWN: Final = 0.5


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


def borne_out(old: Sequence[Word], new: Sequence[Word]) -> bool:
    """Whether a text that looks like garbage is what the picture shows: names and codes may be unlike any language."""
    return _shared(*map(_counted, (old, new))) >= _SAID


def _alike(old: Sequence[Word], new: Reading) -> float:
    """The share of words that both readings have, 0 if their figures differ."""
    left, right = map(_counted, (old, new.words))
    return _shared(left, right) if _figures(left) == _figures(right) else 0.0


def _counted(words: Sequence[Word]) -> Counter[str]:
    return Counter(filter(None, (bare(word.text) for word in words)))


def _shared(left: Counter[str], right: Counter[str]) -> float:
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


def hidden(file: Handle, sheet: Sheet) -> int:
    """Count what of a sheet's covers hides letters of the scan beneath; ``file`` is `opened`."""
    if not sheet.covers:
        return 0
    with LOCK:
        page = pdfium.FPDF_LoadPage(file.raw, sheet.number - 1)
        if not page:
            return 0
        try:
            whole, scale = raster.drawn(page, CLOSE)
            for item in _beside_scans(page, sheet.width * sheet.height):
                set_active(item, False)
            alone, _ = raster.drawn(page, CLOSE, notes=False)
        finally:
            pdfium.FPDF_ClosePage(page)
    letters = raster.edges(alone, 4 * TRACE)
    boxes = np.array(sheet.covers, np.float64)
    there, pixels = raster.sums(letters, boxes, scale)
    left, _ = raster.sums(letters & raster.edges(whole, TRACE), boxes, scale)
    return int(np.count_nonzero((there > _LETTERED * pixels) & (left < _SHOWN * there)))


def _beside_scans(page: Handle, sheet: float) -> list[int]:
    """The objects of a page but for pictures that cover much of a ``sheet`` of this many square points."""
    image = pdfium.FPDF_PAGEOBJ_IMAGE
    return [item for item, kind, area in placed(page) if kind != image or area.area <= SCAN * sheet]
