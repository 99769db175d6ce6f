"""Sheets of a PDF through pdfium: words with their boxes, drawn lines, and pictures of the sheet.

It says what stands where; it does not decide reading order, does not clean, and does not read scans. Coordinates are
points (1/72 inch) from the top left corner of the sheet as displayed, x to the right and y downwards.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from indexer.errors import UnreadablePaper
from indexer.layout.marks import LINE_HYPHEN, Rule, Sheet, Word
from indexer.layout.stamps import crossed_out, stamps, worded
from indexer.layout.strikes import struck, without
from indexer.layout.strokes import drawings, placer
from indexer.readers import spaces
from indexer.readers.ink import Sight, Written, sight
from indexer.readers.looks import Looks
from indexer.readers.pdfium import LOCK, Handle, PdfiumError, loose_box, opened, page_count, text_object
from indexer.readers.pdfium import raw as pdfium
from indexer.readers.slant import lean
from indexer.readers.superscripts import Raiser

__all__ = [
    "LINE_HYPHEN",
    "Handle",
    "Rule",
    "Sheet",
    "Word",
    "drawn",
    "image",
    "opened",
    "page_count",
    "picture",
    "read_sheet",
]

# A page picture is never larger than this on its longer side, whatever scale is asked for.
MAX_PICTURE_SIDE = 4000
# A page with more characters than this is a bomb or a plotted map, not a paper.
MAX_CHARACTERS = 200_000
# A sheet of whose words more than this share stand beneath a scan is a scan that was read before.
UNDERLAID = 0.2
# Control characters are glyph numbers of fonts that name no characters; U+0002 is pdfium's own mark.
_CODES = {code: 0xF0000 + code for code in (*range(9), 11, *range(14, 32), *range(127, 160))} | {2: LINE_HYPHEN}
_WORDS = re.compile(r"[^\s\x00-\x01\x03-\x1f\x7f-\x9f]+")


def read_sheet(file: Handle, number: int) -> Sheet:
    """Read the words of one sheet of an `opened` file; ``number`` counts from 1.

    Raises:
        UnreadablePaper: pdfium cannot load this sheet; ``page`` names it.
    """
    with LOCK:
        page = pdfium.FPDF_LoadPage(file.raw, number - 1)
        if not page:
            message = "the page is damaged"
            raise UnreadablePaper(message, page=number)
        try:
            text = pdfium.FPDFText_LoadPage(page)
            if not text:
                message = "the page's text cannot be loaded"
                raise UnreadablePaper(message, page=number)
            try:
                written = _written(page, text, number)
                seen = sight(page, text, written)
                slant = lean(text)
            finally:
                pdfium.FPDFText_ClosePage(text)
            return _laid(page, number, written, seen, slant)
        finally:
            pdfium.FPDF_ClosePage(page)


def _laid(page: Handle, number: int, written: Written, told: Sight, slant: float) -> Sheet:
    """The sheet with what can be seen of its words and is not struck out."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    rules, area, images = drawings(page)
    seen = without(written.words, told.hidden)
    gone = struck(seen, (*rules, *crossed_out(page)))
    return Sheet(
        number,
        width,
        height,
        without(seen, gone),
        rules,
        min(1.0, area / max(width * height, 1.0)),
        stamps(page),
        worded(page),
        (*images, *told.lettering),
        slant,
        unseen=len(told.hidden),
        layer=len(told.layer) > UNDERLAID * len(seen),
        struck=len(gone),
    )


def _characters(text: Handle, number: int) -> str:
    """All characters of a text page, so that string index and pdfium's character index agree."""
    count = pdfium.FPDFText_CountChars(text)
    if count > MAX_CHARACTERS:
        message = f"the page holds {count} characters, more than {MAX_CHARACTERS}"
        raise UnreadablePaper(message, page=number, expected=str(MAX_CHARACTERS), found=str(count))
    if count <= 0:
        return ""
    buffer = ctypes.create_string_buffer(2 * count + 2)
    written = pdfium.FPDFText_GetText(text, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    characters = buffer.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(characters) != count:
        # Characters without any Unicode value are left out and shift the index: ask one by one.
        codes = (pdfium.FPDFText_GetUnicode(text, index) for index in range(count))
        characters = "".join(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)
    return characters.translate(_CODES)


def _written(page: Handle, text: Handle, number: int) -> Written:
    characters = _characters(text, number)
    spans = [match.span() for match in _WORDS.finditer(characters)]
    if LINE_HYPHEN in characters:
        spans = [half for span in spans for half in _halves(characters, *span)]
    spans = spaces.parted(text, characters, spans)
    if not spans:
        return Written((), (), (), ())
    known = Looks(text, pdfium.FPDFPage_GetRotation(page))
    cut = list(Raiser(text, known).runs(characters, spans))
    spans = [run[:2] for run in cut]
    handle = ctypes.cast(text, ctypes.c_void_p).value
    # Left, top, right, bottom of the first and the last letter of each word, in the page's own space.
    corners = (ctypes.c_float * (8 * len(spans)))()
    address = ctypes.addressof(corners)
    objects, looks = [], []
    for start, end in spans:
        loose_box(handle, start, address)
        loose_box(handle, end - 1, address + 16)
        address += 32
        objects.append(text_object(handle, start))
        looks.append(known.of(objects[-1], start))
    ends = np.ctypeslib.as_array(corners).reshape(-1, 2, 4).astype(float)
    low, high = ends.min(axis=1), ends.max(axis=1)
    edges = np.stack(placer(page)(low[:, 0], low[:, 3], high[:, 2], high[:, 1])).round(2).tolist()
    runs = [run.text for run in cut]
    sizes, bolds, turns, leans, tones, _, _ = zip(*looks, strict=True)
    columns = (runs, *edges, sizes, bolds, turns, range(len(runs)), leans, tones)
    return Written(tuple(map(Word._make, zip(*columns, strict=True))), spans, objects, looks)


def _halves(characters: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run after each line-end hyphen: its parts stand on different lines."""
    while (cut := characters.find(LINE_HYPHEN, start, end)) >= 0:
        yield start, cut + 1
        start = cut + 1
    if start < end:
        yield start, end


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
            bitmap = sheet.render(scale=min(scale, MAX_PICTURE_SIDE / longest), grayscale=grey)
        except PdfiumError as error:
            message = f"the page cannot be drawn: {error}"
            raise UnreadablePaper(message, page=page) from error
        made: Image.Image = bitmap.to_pil().copy()
        return made
