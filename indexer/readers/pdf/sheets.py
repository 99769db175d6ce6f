"""Sheets of a PDF through pdfium: words with their boxes, drawn lines, and pictures of the sheet.

It says what is where; it does not decide reading order, does not clean, and does not read scans. Coordinates are
points (1/72 inch) from the top left corner of the sheet as displayed, x to the right and y downwards.
"""

from __future__ import annotations

import ctypes
import io
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from PIL import Image

from indexer.errors import UnreadablePaper
from indexer.layout import legible
from indexer.layout.marks import LINE_HYPHEN, Rule, Sheet, Word
from indexer.layout.strikes import struck, without
from indexer.readers.pdf.ink import SCAN, Proven, sight
from indexer.readers.pdf.notes import Notes, notes
from indexer.readers.pdf.objects import CURVES, LAST, Objects, objects, placed
from indexer.readers.pdf.pdfium import (
    LOCK,
    Handle,
    PdfiumError,
    bitmap,
    changed,
    char_angle,
    char_code,
    opened,
    page_count,
    set_active,
)
from indexer.readers.pdf.pdfium import raw as pdfium
from indexer.readers.pdf.words import doubled, reprinted, written

__all__ = [
    "LINE_HYPHEN",
    "Handle",
    "Rule",
    "Sheet",
    "Word",
    "bitmaps",
    "drawn",
    "image",
    "opened",
    "page_count",
    "picture",
    "read_sheet",
]

# A page picture is never larger than this on its longer side, whatever scale is asked for.
MAX_PICTURE_SIDE = 4000
# A sheet of whose words more than this share lie beneath a scan is a scan that was read before.
UNDERLAID = 0.2
_ASKED: Final = 40  # characters of a page whose angle is asked
_LEAST: Final = 0.4  # degrees by which text must lean; less disturbs nothing
_STEP: Final = 0.5  # degrees within which characters lean alike


def read_sheet(file: Handle, number: int, proven: Proven | None = None) -> Sheet:
    """Read the words of one sheet of an `opened` file; ``number`` counts from 1.

    ``proven`` are the fonts of which letters were seen on other sheets of the file (`indexer.readers.pdf.ink.sight`).

    Raises:
        UnreadablePaper: pdfium cannot load this sheet; ``page`` names it.
    """
    with LOCK:
        page = pdfium.FPDF_LoadPage(file.raw, number - 1)
        if not page:
            message = "the page is damaged"
            raise UnreadablePaper(message, page=number)
        try:
            return _seen(page, number, set() if proven is None else proven)
        finally:
            pdfium.FPDF_ClosePage(page)


@contextmanager
def _text_of(page: Handle, number: int) -> Iterator[Handle]:
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        message = "the page's text cannot be loaded"
        raise UnreadablePaper(message, page=number)
    try:
        yield text
    finally:
        pdfium.FPDFText_ClosePage(text)


def _plainly(page: Handle, number: int, drawn: Objects) -> int:
    """Make a page read as it is drawn where marks of its objects say otherwise; return how many words these made up.

    Letters of fonts that name no characters, which such marks spell out, are left to OCR.
    """
    with _text_of(page, number) as text:
        said = written(page, text, number).words
    for item, mark in drawn.retold:
        pdfium.FPDFPageObj_RemoveMark(ctypes.cast(item, pdfium.FPDF_PAGEOBJECT), mark)
    with _text_of(page, number) as text:
        shown = written(page, text, number).words
    made_up = Counter(word.text for word in said) - Counter(word.text for word in shown)
    return 0 if legible.garbled(shown) or any(word.text > "\U000f0000" for word in shown) else made_up.total()


def _seen(page: Handle, number: int, proven: Proven) -> Sheet:
    """The sheet with what can be seen of its words and is not struck out."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    drawn, noted = objects(page), notes(page)
    made_up = _plainly(page, number, drawn) if drawn.retold else 0
    with ExitStack() as stack:
        text = stack.enter_context(_text_of(page, number))
        held = written(page, text, number)
        if again := reprinted(text, drawn.texts) if doubled(held.words) else ():
            for item in again:
                set_active(item, False)
            text = stack.enter_context(_text_of(page, number))
            held = written(page, text, number)
        seen = sight(page, text, held, drawn, noted, proven)
        lean = _lean(text) if any(word.lean for word in held.words) else 0.0
    words = without(held.words, seen.hidden | seen.blank)
    gone = struck(words, drawn.rules, noted.struck, (*drawn.waves, *drawn.images), drawn.slanting)
    return Sheet(
        number,
        width,
        height,
        without(words, gone),
        tuple(drawn.rules),
        min(1.0, drawn.largest / max(width * height, 1.0)),
        tuple(noted.said),
        noted.typed,
        tuple(drawn.images),
        lean,
        unseen=len(seen.hidden) + noted.hidden + made_up,
        layer=len(seen.layer) > UNDERLAID * len(words),
        struck=len(gone),
        drawn=(
            *drawn.images,
            *(drawn.curves if len(drawn.curves) < CURVES else ()),
            *(Rule(*area[:4]) for area in noted.covers),
        ),
        covers=tuple(_covers(drawn, noted, SCAN * width * height)),
    )


def _covers(drawn: Objects, noted: Notes, least: float) -> Iterator[Rule]:
    """What is drawn over a picture of more than ``least`` square points, but for other such pictures."""
    large = {area for area in drawn.pictures if (area.x1 - area.x0) * (area.y1 - area.y0) > least}
    first = min((area.order for area in large), default=LAST)
    for area in (*drawn.shapes, *drawn.pictures, *noted.covers, *noted.redactions):
        if first < area.order and area not in large:
            yield Rule(*area[:4])


def _lean(text: Handle) -> float:
    """By how many degrees, clockwise, most characters of a text page must be turned to be level; 0 for none."""
    count = pdfium.FPDFText_CountChars(text)
    if count <= 0:
        return 0.0
    angles = []
    handle = ctypes.cast(text, ctypes.c_void_p).value
    for index in range(0, count, max(1, count // _ASKED)):
        angle = char_angle(handle, index)
        if angle >= 0 and char_code(handle, index) > 32:
            # pdfium counts clockwise from 0 to 2 pi; quarter turns are not a lean.
            angles.append((45 - math.degrees(angle)) % 90 - 45)
    if not angles:
        return 0.0
    near, most = Counter(round(degrees / _STEP) for degrees in angles).most_common(1)[0]
    alike = [degrees for degrees in angles if abs(degrees / _STEP - near) <= 1]
    slant = sum(alike) / len(alike)
    return round(slant, 2) if 2 * most > len(angles) and abs(slant) >= _LEAST else 0.0


def level(file: Handle, sheet: Sheet) -> Sheet:
    """The sheet of an `opened` file with its words and lines as they lie once it is turned level by its ``lean``.

    Lines that climb, as a scanner's program lays its letters over a crooked scan, cannot be separated by
    their height, and pdfium itself loses their order: the sheet is read from a copy that is turned.

    Raises:
        UnreadablePaper: pdfium cannot load the turned copy.
    """

    def turn(page: Handle) -> None:
        area = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(area))
        x, y = (area.left + area.right) / 2, (area.bottom + area.top) / 2
        sine, cosine = math.sin(math.radians(sheet.lean)), math.cos(math.radians(sheet.lean))
        # Clockwise about the middle, in a space whose y points up.
        matrix = pdfium.FS_MATRIX(cosine, -sine, sine, cosine, x - x * cosine - y * sine, y + x * sine - y * cosine)
        pdfium.FPDFPage_TransFormWithClip(page, ctypes.byref(matrix), None)

    with LOCK, changed(file, sheet.number, turn) as copy:
        straight = read_sheet(copy, 1)
    return replace(sheet, words=straight.words, rules=straight.rules)


def image(path: Path, page: int, scale: float = 1.5) -> bytes:
    """Draw a sheet as a PNG; ``page`` counts from 1, ``scale`` is pixels a point, cut to `MAX_PICTURE_SIDE`.

    Raises:
        UnreadablePaper: the file cannot be opened, has no such sheet, or the sheet cannot be drawn.
    """
    with opened(path) as file:
        return picture(file, page, scale)


def picture(file: Handle, page: int, scale: float) -> bytes:
    """Draw a sheet of an `opened` file, as `image` does.

    Raises:
        UnreadablePaper: no such sheet, or it cannot be drawn.
    """
    out = io.BytesIO()
    # Level 3 takes half the time of the usual 6, and drawn pages come out smaller.
    drawn(file, page, scale).save(out, "PNG", compress_level=3)
    return out.getvalue()


def bitmaps(file: Handle, page: int, places: Sequence[Rule], scale: float) -> dict[Rule, Image.Image]:
    """Pictures at places of a sheet of an `opened` file, as the file holds them, if finer than so many pixels a point.

    What lies over them is not seen, and no mask; places that are not just those of one picture are left out.
    """
    out: dict[Rule, Image.Image] = {}
    with LOCK:
        loaded = pdfium.FPDF_LoadPage(file.raw, page - 1)
        if not loaded:
            return out
        try:
            pictures = {area: item for item, kind, area in placed(loaded) if kind == pdfium.FPDF_PAGEOBJ_IMAGE}
            for area in places:
                size = scale * (area.x1 - area.x0), scale * (area.y1 - area.y0)
                seen = bitmap(pictures[area], size) if area in pictures else None
                if seen:
                    out[area] = (
                        seen if (seen.width > seen.height) == (size[0] > size[1]) else seen.rotate(90, expand=True)
                    )
        finally:
            pdfium.FPDF_ClosePage(loaded)
    return out


def drawn(file: Handle, page: int, scale: float, *, grey: bool = False) -> Image.Image:
    """Draw a sheet of an `opened` file, in colour or in shades of grey; sizes and errors as for `picture`.

    Raises:
        UnreadablePaper: no such sheet, or it cannot be drawn.
    """
    if not 1 <= page <= len(file):
        message = f"the file has no page {page}; it has {len(file)}"
        raise UnreadablePaper(message, page=page)
    with LOCK:
        try:
            sheet = file[page - 1]
            longest = max(*sheet.get_size(), 1.0)
            # Four bytes a pixel, in the order of pictures: three would be put in order byte by byte.
            size = min(scale, MAX_PICTURE_SIDE / longest)
            shown = sheet.render(scale=size, grayscale=grey, prefer_bgrx=True, rev_byteorder=True)
        except PdfiumError as error:
            message = f"the page cannot be drawn: {error}"
            raise UnreadablePaper(message, page=page) from error
        seen: Image.Image = shown.to_pil()
        return seen.copy() if grey else seen.convert("RGB")
