"""Words in pictures on sheets that have text: a scanned letter below a report, a table as a picture.

OCR is slow, so that only pictures are read which lie clear of the sheet's text and look written at low resolution: flat
paper, and level bands with many changes from paper to ink and back. Photographs, plans, most charts and logos do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from indexer.layout.marks import Rule, Sheet, Word
from indexer.layout.turns import Rectangle, moved, tilted
from indexer.readers.pdf import raster
from indexer.readers.pdf.pdfium import Handle
from indexer.readers.pdf.sheets import bitmaps, drawn
from indexer.readers.scan import ocr

# A picture that may hold lines of text is at least this high, in points, and covers this share of the sheet, or as much
# of its width; smaller ones are logos. So is what recurs on this many sheets and covers under a quarter of them.
_HIGH: Final = 24.0
_SHARE: Final = 0.04
_WIDTH: Final = 0.5
_RECURS: Final = 3
_LOGO: Final = 0.25
# Words of the sheet cover less than this share of a picture that is no background of theirs.
_CLEAR: Final = 0.05
_MOST: Final = 6  # pictures of one sheet that are looked at
LOOK: Final = 1.5  # pixels a point of the first look
# So much of a picture of text is paper, within this many shades; ink differs from it by more.
_PAPER: Final = 0.55
_GRAIN: Final = 16
_INK: Final = 60
# An upright stroke longer than this many points is a line or a bar of a chart, not a letter.
_STROKE: Final = 30
# A line of letters: heights in points, and changes from paper to ink in a row of pixels.
_LINE: Final = (4, 22)
_BUSY: Final = 12
# A picture with this many lines is written, if this share of all changes is theirs; with fewer, if nearly all are.
_LINES: Final = (4, 0.6)
_FEW_LINES: Final = (2, 0.95)
# Fewer lines, with so much of the ink in colour (a difference of this many shades between red, green and blue), are a
# chart's labels.
_CHART: Final = (8, 0.2, 60)
# What is read less surely, or is fewer words, is no text.
_SURE: Final = 0.6
_FEWEST: Final = 3


def areas(sheet: Sheet) -> list[Rule]:
    """Pictures of a sheet that may hold words, clear of its own text; the pieces of a scan in strips are one."""
    whole = max(sheet.width * sheet.height, 1.0)
    kept = []
    for area in _joined(_clipped(sheet)):
        wide, high = area.x1 - area.x0, area.y1 - area.y0
        if min(wide, high) < _HIGH or (wide * high < _SHARE * whole and wide < _WIDTH * sheet.width):
            continue
        covered = sum((w.x1 - w.x0) * (w.y1 - w.y0) for w in sheet.words if _inside(w, area))
        if covered < _CLEAR * wide * high:
            kept.append(area)
    return sorted(kept, key=lambda area: (area.y0, area.x0))[:_MOST]


def _clipped(sheet: Sheet) -> Iterator[Rule]:
    for area in sheet.images:
        x0, y0 = max(area.x0, 0.0), max(area.y0, 0.0)
        x1, y1 = min(area.x1, sheet.width), min(area.y1, sheet.height)
        if x1 - x0 > 2 and y1 - y0 > 2:
            yield Rule(x0, y0, x1, y1)


def _joined(areas: Iterator[Rule]) -> list[Rule]:
    """Pictures that touch along a whole side, as one."""
    out: list[Rule] = []
    for area in areas:
        last = out[-1] if out else None
        stacked = last and abs(last.x0 - area.x0) < 3 and abs(last.x1 - area.x1) < 3
        level = last and abs(last.y0 - area.y0) < 3 and abs(last.y1 - area.y1) < 3
        if last and (
            (stacked and area.y0 < last.y1 + 3 and last.y0 < area.y1 + 3)
            or (level and area.x0 < last.x1 + 3 and last.x0 < area.x1 + 3)
        ):
            out[-1] = Rule(min(last.x0, area.x0), min(last.y0, area.y0), max(last.x1, area.x1), max(last.y1, area.y1))
        else:
            out.append(area)
    return out


def _inside(word: Word, area: Rule) -> bool:
    return area.x0 <= (word.x0 + word.x1) / 2 <= area.x1 and area.y0 <= (word.y0 + word.y1) / 2 <= area.y1


def recurring(sheets: Sequence[Sheet]) -> frozenset[Rule]:
    """Small pictures at the same place on several sheets: logos and ornaments, rounded to points."""
    seen = Counter(place for sheet in sheets for place in {area.rounded() for area in sheet.images})
    least = min((sheet.width * sheet.height for sheet in sheets if sheet.images), default=0.0)
    return frozenset(a for a, n in seen.items() if n >= _RECURS and a.area < _LOGO * least)


def words(file: Handle, sheet: Sheet, recurs: frozenset[Rule]) -> tuple[tuple[Word, ...], float, bool]:
    """Read the pictures of text on a sheet of an `opened` file that has text.

    Returns:
        Their words, how surely they were read (in [0, 1], 1 if there are none), and whether OCR is missing.

    Raises:
        UnreadablePaper: the sheet cannot be drawn, or Tesseract failed.
    """
    places = [area for area in areas(sheet) if area.rounded() not in recurs]
    if places:
        held = bitmaps(file, sheet.number, places, LOOK)
        if len(held) < len(places):
            whole = drawn(file, sheet.number, LOOK)
            held |= {area: whole.crop(_pixels(area, LOOK)) for area in places if area not in held}
        places = [area for area in places if _worded(held[area], _size(area))]
    if not places or not ocr.available():
        return (), 1.0, bool(places)
    scale = ocr.DPI / 72
    large = drawn(file, sheet.number, scale, grey=True)
    out: list[Word] = []
    sure: list[float] = []
    for area in places:
        part = large.crop(_pixels(area, scale * large.width / max(sheet.width * scale, 1)))
        wide, high = area.x1 - area.x0, area.y1 - area.y0
        read, confidence, lean = ocr.words(part, wide, high)
        if confidence >= _SURE and len(read) >= _FEWEST:
            level = tilted(-lean, wide, high)
            placed = (moved(moved(word, level), partial(_shifted, x=area.x0, y=area.y0)) for word in read)
            out += [word for word in placed if not any(_over(word, own) for own in sheet.words)]
            sure.append(confidence)
    return tuple(out), sum(sure) / len(sure) if out else 1.0, False


def _shifted(box: Rectangle, x: float, y: float) -> Rectangle:
    return box[0] + x, box[1] + y, box[2] + x, box[3] + y


def _size(area: Rule) -> tuple[int, int]:
    # As large as its part of the drawn sheet: a picture brought to one pixel less blurs into lines of letters.
    x0, y0, x1, y1 = _pixels(area, LOOK)
    return x1 - x0, y1 - y0


def _pixels(area: Rule, scale: float) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = (round(edge * scale) for edge in area)
    return x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)


def _over(word: Word, own: Word) -> bool:
    """Whether a word read from the picture is one that the sheet has as text."""
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return own.x0 - 2 <= x <= own.x1 + 2 and own.y0 - 2 <= y <= own.y1 + 2


def written(picture: Image.Image) -> int:
    """How many lines of letters on paper a picture shows that is drawn at `LOOK` pixels a point; 0 if it shows none."""
    counts = picture.histogram()
    paper = counts.index(max(counts))
    if sum(counts[max(paper - _GRAIN + 1, 0) : paper + _GRAIN]) < _PAPER * picture.width * picture.height:
        return 0
    ink = raster.differing(np.asarray(picture), paper, _INK)
    # Letters may lie on their side.
    return _lined(ink) or _lined(ink.T)


def _worded(picture: Image.Image, size: tuple[int, int]) -> bool:
    """Whether a picture brought to a size, `LOOK` pixels a point, shows lines of letters, and not a chart's labels."""
    grey = picture.convert("L").resize(size, Image.Resampling.BOX)
    lines = written(grey)
    return lines >= _CHART[0] or (lines > 0 and not _charted(grey, picture.resize(size, Image.Resampling.BOX)))


def _charted(picture: Image.Image, colours: Image.Image) -> bool:
    shades, parts = np.asarray(picture), [np.asarray(part) for part in colours.split()]
    ink = raster.differing(shades, raster.ground(shades), _INK)
    return bool(np.mean((np.maximum.reduce(parts) - np.minimum.reduce(parts))[ink] > _CHART[2]) > _CHART[1])


def _lined(ink: npt.NDArray[np.bool_]) -> int:
    letters = ink & ~raster.runs(np.ascontiguousarray(ink.T), int(_STROKE * LOOK)).T
    changes = np.count_nonzero(letters[:, 1:] != letters[:, :-1], axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], changes >= _BUSY // 2, [0])).astype(np.int8)))
    lines = [changes[top:bottom] for top, bottom in zip(edges[::2], edges[1::2], strict=True)]
    least, most = (LOOK * height for height in _LINE)
    lettered = [line for line in lines if least <= len(line) <= most and line.mean() >= _BUSY]
    share = sum(int(line.sum()) for line in lettered) / max(int(changes.sum()), 1)
    enough = any(len(lettered) >= count and share >= least_share for count, least_share in (_LINES, _FEW_LINES))
    return len(lettered) if enough else 0
