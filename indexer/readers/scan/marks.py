"""Marks that are pictures: a stamp, a watermark, or letters drawn as outlines, at any angle, over or beside the text.

The page is drawn without its text, and what is left at a picture's place is turned level along its longest extent.
Only what then looks like a line or two of large letters on one ground is read; photographs, plans and charts are not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from PIL import Image

from indexer.layout.marks import Rule, Sheet
from indexer.readers.pdf import raster
from indexer.readers.pdf.objects import objects
from indexer.readers.pdf.pdfium import LOCK, Handle, set_active
from indexer.readers.pdf.pdfium import raw as pdfium
from indexer.readers.scan import ocr

MOST: Final = 6  # pictures of one file that are read
_LEAST: Final = (20.0, 8.0)  # points along and across; smaller ones are ornaments
_SCALE: Final = 1.5  # pixels a point of the first look
_CLOSE: Final = 4.0  # and of the one that is read
_GROUND: Final = 0.5  # so much of the picture has the shade of its ground
_GRAIN: Final = 24  # shades within which that shade lies; ink differs by more
# One line of letters, two or three are so many times as long as high.
_LONG: Final = (2.8, 1.8, 1.4)
# Changes from ground to ink along the middle of letters: some six letters to some forty.
_CHANGES: Final = (8, 160)
_THIN: Final = 0.09  # so much of the rectangle around letters is ink; of a chart, less
_HIGH: Final = 60  # pixels that a line is brought to before it is read


def texts(file: Handle, sheets: Sequence[Sheet]) -> dict[int, tuple[str, ...]]:
    """Read what the pictures on sheets of an `opened` file say, by sheet number; each place of a file is read once."""
    found: dict[int, tuple[str, ...]] = {}
    if not ocr.available():
        return found
    seen: set[tuple[int, ...]] = set()
    read = 0
    for sheet in sheets:
        places = [area for area in sheet.images if _worth(sheet, area) and _rounded(area) not in seen]
        if not places or read >= MOST:
            continue
        seen.update(map(_rounded, places))
        lines = [line for area in places for line in _lines(file, sheet, area)][: MOST - read]
        read += len(lines)
        if told := [text for line, upright in lines for text in _said(line, upright=upright)]:
            found[sheet.number] = tuple(told)
    return found


def _worth(sheet: Sheet, area: Rule) -> bool:
    wide, high = min(area.x1, sheet.width) - max(area.x0, 0), min(area.y1, sheet.height) - max(area.y0, 0)
    return max(wide, high) >= _LEAST[0] and min(wide, high) >= _LEAST[1]


def _rounded(area: Rule) -> tuple[int, ...]:
    return tuple(round(edge) for edge in area)


def _lines(file: Handle, sheet: Sheet, area: Rule) -> Iterator[tuple[Image.Image, bool]]:
    """What is drawn at a picture's place, laid level, if it looks like large letters; and whether it ran up or down."""
    if _leveled(_cut(*_without_text(file, sheet, _SCALE), area)):
        # Small letters are read better large; few pictures come so far.
        shades, scale = _without_text(file, sheet, _CLOSE)
        if line := _leveled(_cut(shades, scale, area)):
            yield line, area.y1 - area.y0 > area.x1 - area.x0


def _cut(shades: raster.Grey, scale: float, area: Rule) -> raster.Grey:
    x0, y0, x1, y1 = (max(round(edge * scale), 0) for edge in area)
    return shades[y0:y1, x0:x1]


def _leveled(part: raster.Grey) -> Image.Image | None:
    """A picture laid level, dark on white, if it looks like a line or two of letters."""
    if part.size < 100:
        return None
    ground = int(np.bincount(part.ravel(), minlength=256).argmax())
    ink = np.abs(part.astype(np.int16) - ground) > _GRAIN
    if not 0.002 < ink.mean() < 1 - _GROUND:
        return None
    line = _level(part, ink, ground)
    if min(line.size) < 6:
        return None
    inked = np.abs(np.asarray(line).astype(np.int16) - ground) > _GRAIN
    changes = np.count_nonzero(np.diff(inked.astype(np.int8), axis=1), axis=1)
    bands = np.count_nonzero(np.diff(np.r_[0, inked.any(axis=1), 0].astype(np.int8)) == 1)
    long = 0 < bands <= len(_LONG) and line.width >= _LONG[bands - 1] * line.height
    lettered = _CHANGES[0] <= np.percentile(changes, 40) and np.max(changes) <= _CHANGES[1]
    return _dark(line, ground) if long and lettered and inked.mean() > _THIN else None


def _without_text(file: Handle, sheet: Sheet, scale: float) -> tuple[raster.Grey, float]:
    with LOCK:
        page = pdfium.FPDF_LoadPage(file.raw, sheet.number - 1)
        if not page:
            return np.zeros((0, 0), np.uint8), 1.0
        try:
            for item in objects(page).texts:
                set_active(item, False)
            return raster.drawn(page, scale)
        finally:
            pdfium.FPDF_ClosePage(page)


def _level(part: raster.Grey, ink: np.ndarray[tuple[int, int], np.dtype[np.bool_]], ground: int) -> Image.Image:
    """Turn a picture along the longest extent of its ink, and cut it to the ink."""
    y, x = np.nonzero(ink)
    across, both, down = (float(np.mean((a - a.mean()) * (b - b.mean()))) for a, b in ((x, x), (x, y), (y, y)))
    # The axis of most variance; y points down.
    degrees = math.degrees(0.5 * math.atan2(2 * both, across - down))
    picture = Image.fromarray(part)
    if abs(degrees) > 2:
        picture = picture.rotate(degrees, expand=True, fillcolor=ground, resample=Image.Resampling.BICUBIC)
    inked = np.abs(np.asarray(picture).astype(np.int16) - ground) > _GRAIN
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    if not len(rows):
        return picture.crop((0, 0, 1, 1))
    return picture.crop((int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1))


def _dark(line: Image.Image, ground: int) -> Image.Image:
    """Dark letters of some height on white, with white around them."""
    far = np.abs(np.asarray(line).astype(np.int32) - ground)
    shades = 255 - np.clip(far * 255 / max(int(far.max()), 1), 0, 255).astype(np.uint8)
    picture = Image.fromarray(shades)
    scale = max(_HIGH / picture.height, 1.0)
    picture = picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.BICUBIC)
    out = Image.new("L", (picture.width + 40, picture.height + 40), 255)
    out.paste(picture, (20, 20))
    return out


def _said(line: Image.Image, *, upright: bool) -> Iterator[str]:
    """What a line says, either way up if it ran up or down; letters on their head read as rubbish, which is no mark."""
    for turn in (0, 180) if upright else (0,):
        if text := ocr.line(line.rotate(turn)):
            yield text
