"""Words of a picture of a page, through Tesseract, where it is installed.

`indexer.readers.pdf_reader` decides whether a page needs OCR; where the program is missing, such a page is reported as
without text. Pages that lie on another side or lean are turned for it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from PIL import Image

from indexer.errors import UnreadablePaper
from indexer.layout.clean import words as repaired
from indexer.layout.marks import Rule, Word
from indexer.layout.turns import moved, size, turned
from indexer.readers.scan import tesseract
from indexer.readers.scan.tesseract import available

__all__ = ["DPI", "PATIENCE", "Scanned", "available", "lines", "parts", "words"]

# Pixels an inch that pages are drawn at for OCR: below 200 accuracy falls, above 300 it no longer rises.
DPI = 300
# Seconds after which Tesseract is stopped on one page.
PATIENCE = 120
# Words read with less confidence (in percent) are specks and lines, not letters.
LEAST = 15
# A page that is read less surely than this may lie on another side.
SURE = 0.7
# A page that leans by less than this many degrees is read as well as a level one; more than the most is no accident.
_LEAST_LEAN = 2.0
_LONG = 3  # letters; shorter words are not evidence
_MOST_LEAN = 20.0
_SMALL = 400  # pixels of the longer side of a picture by which the lean is measured
_REMEMBERED: Final = 500  # lines read off drawings
_KNOWN: dict[bytes, str] = {}  # by what they look like
# A type size is about this share of the height of the line that Tesseract measures.
SIZE_OF_LINE = 0.85


class Scanned(NamedTuple):
    """The words of a picture and how surely they were read, in [0, 1].

    Boxes lie as on the picture turned clockwise by ``lean`` degrees about its middle, where lines are level.
    """

    words: tuple[Word, ...]
    confidence: float
    lean: float = 0.0


def words(picture: Image.Image, width: float, height: float) -> Scanned:
    """Read the words of a page's picture, whichever side of it is up and however much it leans.

    Args:
        picture: the page, in shades of grey.
        width: the page's width in points, over which boxes are spread from the top left corner.
        height: its height in points.

    Raises:
        UnreadablePaper: Tesseract failed or took longer than `PATIENCE` seconds.
    """
    best = _straight(picture, width, height)
    if _upended(best.words):
        # Tesseract reads lines that run up or down too, but their order is lost.
        best = Scanned((), 0.0)
    if best.confidence >= SURE:
        return best
    for turn in _other_sides(picture):
        # Pillow turns anticlockwise.
        wide, high = size(width, height, turn)
        reading = _straight(picture.rotate(-90 * turn, expand=True), wide, high)
        if reading.confidence > best.confidence and not _upended(reading.words):
            back = turned(-turn % 4, wide, high)
            best = reading._replace(words=tuple(moved(word, back)._replace(turn=turn) for word in reading.words))
        if best.confidence >= SURE:
            break
    return best


def _upended(read: Sequence[Word]) -> bool:
    """Whether most words are higher than wide: the lines of a sheet that lies on its side."""
    long = [word for word in read if len(word.text) > _LONG]
    return 2 * sum(word.y1 - word.y0 > word.x1 - word.x0 for word in long) > len(long)


def lines(pictures: Sequence[Image.Image]) -> list[str]:
    """Read pictures of a line or two as one text each; "" where nothing can be read.

    What was read before is not read again: most papers of a council bear one logo.
    """
    out = []
    for picture in pictures:
        key = hashlib.sha256(b"%d %d " % picture.size + picture.tobytes()).digest()
        if key not in _KNOWN:
            if len(_KNOWN) >= _REMEMBERED:
                _KNOWN.clear()
            try:
                _KNOWN[key] = " ".join(tesseract.text(picture, PATIENCE).split())
            except UnreadablePaper:
                _KNOWN[key] = ""
        out.append(_KNOWN[key])
    return out


def parts(drawn: Image.Image, width: float, height: float, places: Sequence[Rule]) -> Sequence[Word]:
    """Read only some places of a page's picture, which is upright.

    Args:
        drawn: the page, in shades of grey.
        width: the page's width in points.
        height: its height in points.
        places: in points, from the top, each above the next.

    Raises:
        UnreadablePaper: as `words`.
    """
    if not places:
        return ()
    scale = drawn.height / height
    pixels = [[round(edge * scale) for edge in place] for place in places]
    whole = Image.new("L", (drawn.width, sum(bottom - top for _, top, _, bottom in pixels)), 255)
    tops: list[float] = []
    down = 0
    for left, top, right, bottom in pixels:
        whole.paste(drawn.crop((left, top, right, bottom)), (left, down))
        tops.append(down / scale)
        down += bottom - top
    read, _ = _read(whole, width, whole.height / scale)
    out = []
    for word in read:
        at = bisect_right(tops, (word.y0 + word.y1) / 2) - 1
        lower = places[at].y0 - tops[at]
        out.append(word._replace(y0=word.y0 + lower, y1=word.y1 + lower))
    return out


def _straight(drawn: Image.Image, width: float, height: float) -> Scanned:
    """Read a picture that is upright, but may lean."""
    lean = leans(drawn)
    read, sure = _read(drawn.rotate(-lean, fillcolor=255) if lean else drawn, width, height)
    return Scanned(read, sure, lean)


def leans(drawn: Image.Image) -> float:
    """By how many degrees, clockwise, a picture must be turned for its lines to be level; 0 for little or no lean.

    Of all angles the right one makes rows of pixels differ most: all letters, or none (Postl, 1986).
    """
    small = drawn.copy()
    small.thumbnail((_SMALL, _SMALL))
    ink = Image.eval(small, lambda shade: 255 - shade)
    ink = Image.eval(ink, lambda shade: shade if shade > 80 else 0)

    def contrast(degrees: float) -> float:
        rows = np.asarray(ink.rotate(-degrees), np.float64).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-_MOST_LEAN, _MOST_LEAN + 1, 1.0), key=contrast)
    if abs(best) < _LEAST_LEAN or contrast(best) < 1.5 * contrast(0):
        return 0.0
    return float(max((best - 0.5, best, best + 0.5), key=contrast))


def _other_sides(drawn: Image.Image) -> Sequence[int]:
    """Quarters by which a badly read picture may have to be turned clockwise, the likeliest first."""
    try:
        turn, sure = tesseract.sides(drawn)
    except UnreadablePaper:
        turn, sure = 0, 0.0
    return (turn,) if turn and sure > 1 else (2, 1, 3)  # too few letters to know: try each side


def _read(drawn: Image.Image, width: float, height: float) -> tuple[tuple[Word, ...], float]:
    """The words of a picture in points, and how surely they were read."""
    across, down = width / drawn.width, height / drawn.height
    out: list[Word] = []
    sure: list[float] = []
    top = bottom = 0.0
    for row in tesseract.table(drawn, PATIENCE):
        if row.level == tesseract.LINE:
            # All words of a line share one baseline: the line's own height serves better than each word's ink.
            top, bottom = row.top * down, (row.top + row.high) * down
        elif row.level == tesseract.WORD and row.sure >= LEAST and row.text.strip():
            size = round(SIZE_OF_LINE * (bottom - top), 1)
            x0, x1 = row.left * across, (row.left + row.wide) * across
            out += [Word(part, x0, top, x1, bottom, size) for part in row.text.split()]
            sure.append(row.sure / 100)
    return repaired(out), _mean(sure)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
