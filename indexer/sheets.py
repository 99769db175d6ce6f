"""Sheets of a PDF through pdfium: words with their boxes, drawn lines, and pictures of the sheet.

This is the only module that imports pypdfium2. It says what stands where; it does not decide reading order, does not
clean, and does not read scans. Coordinates are points (1/72 inch) from the top left corner of the sheet as displayed,
x to the right and y downwards.
"""

from __future__ import annotations

import ctypes
import io
import math
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from indexer.errors import UnreadablePaper

# pdfium's own objects and functions carry no types.
Handle: TypeAlias = Any
# pdfium is not thread-safe: every call into it holds this lock.
_LOCK = threading.RLock()
# A page picture is never larger than this on its longer side, whatever scale is asked for.
MAX_PICTURE_SIDE = 4000
# A page with more characters than this is a bomb or a plotted map, not a paper.
MAX_CHARACTERS = 200_000
# Paths thinner than this many points are lines; drawings of more objects or strokes are not looked through.
THIN = 3.0
MAX_OBJECTS = 5000
MAX_SEGMENTS = 400
# A sheet with more curves than this is drawn: a plan, a chart, or letters turned into outlines.
MANY_STROKES = 150
# pdfium marks a hyphen that breaks a word at a line's end with U+FFFE (older builds: U+0002).
LINE_HYPHEN = "\ufffe"
_WORDS = re.compile(r"[^\s\x00-\x01\x03-\x1f\x7f-\x9f]+")
_BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.I)


def _raw(function: Handle, result: Handle, *arguments: Handle) -> Handle:
    """A pdfium function that takes plain addresses: three times faster to call than through typed pointers."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_loose_box = _raw(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_text_object = _raw(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)


class Word(NamedTuple):
    """One run without white space, as printed, with its rectangle, type size in points and weight.

    ``turn`` is the direction of the letters in quarter turns anticlockwise: 0 for upright text.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float = 10.0
    bold: bool = False
    turn: int = 0


class Rule(NamedTuple):
    """A drawn line, level or upright, as a thin rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one sheet, sizes in points.

    ``words`` keep the order of the file; ``rules`` are level and upright lines; ``pictures`` is the share of the sheet
    that its largest picture (or a drawing of very many strokes) covers, in [0, 1].
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    pictures: float = 0.0


@contextmanager
def opened(path: Path) -> Iterator[Handle]:
    """Open a PDF for `read_sheet`; an empty user password opens.

    Raises:
        UnreadablePaper: not a PDF, damaged beyond repair, needs a password, or has no pages.
    """
    with _LOCK:
        try:
            file = pypdfium2.PdfDocument(path)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise UnreadablePaper(_why(path, error), path=str(path)) from error
    try:
        if len(file) < 1:
            message = "the file has no pages"
            raise UnreadablePaper(message, path=str(path))
        yield file
    finally:
        with _LOCK:
            file.close()


def _why(path: Path, error: Exception) -> str:
    if isinstance(error, OSError):
        return f"the file cannot be opened: {error.strerror or error}"
    if "assword" in str(error):
        return "the file needs a password"
    if "security" in str(error):
        return "the file is encrypted in a way that cannot be opened"
    with path.open("rb") as file:
        head = file.read(1024)
        file.seek(0, io.SEEK_END)
        file.seek(max(0, file.tell() - 2048))
        tail = file.read()
    if not head:
        return "the file is empty"
    if b"%PDF" not in head:
        return "the file is not a PDF"
    if b"%%EOF" not in tail:
        return "the file is cut off before its end"
    return f"the file is damaged: {error}"


def page_count(path: Path) -> int:
    """Count the sheets of a PDF.

    Raises:
        UnreadablePaper: as `opened`.
    """
    with opened(path) as file:
        return len(file)


def read_sheet(file: Handle, number: int) -> Sheet:
    """Read the words of one sheet of an `opened` file; ``number`` counts from 1.

    Raises:
        UnreadablePaper: pdfium cannot load this sheet; ``page`` names it.
    """
    with _LOCK:
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
                words = _words(page, text, number)
            finally:
                pdfium.FPDFText_ClosePage(text)
            width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            rules, area = _drawings(page)
            return Sheet(number, width, height, words, rules, min(1.0, area / max(width * height, 1.0)))
        finally:
            pdfium.FPDF_ClosePage(page)


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
        characters = "".join(
            chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes
        )
    return characters.replace("\x02", LINE_HYPHEN)


class _Ink(NamedTuple):
    size: float
    bold: bool
    turn: int


def _words(page: Handle, text: Handle, number: int) -> tuple[Word, ...]:
    characters = _characters(text, number)
    spans = [match.span() for match in _WORDS.finditer(characters)]
    if LINE_HYPHEN in characters:
        spans = [half for span in spans for half in _halves(characters, *span)]
    if not spans:
        return ()
    handle = ctypes.cast(text, ctypes.c_void_p).value
    # Left, top, right, bottom of the first and the last letter of each word, in the page's own space.
    corners = (ctypes.c_float * (8 * len(spans)))()
    address = ctypes.addressof(corners)
    inks = _Inks(text, pdfium.FPDFPage_GetRotation(page))
    looks = []
    for start, end in spans:
        _loose_box(handle, start, address)
        _loose_box(handle, end - 1, address + 16)
        address += 32
        looks.append(inks.of(_text_object(handle, start), start))
    ends = np.ctypeslib.as_array(corners).reshape(-1, 2, 4).astype(float)
    low, high = ends.min(axis=1), ends.max(axis=1)
    places = np.stack(_placer(page)(low[:, 0], low[:, 3], high[:, 2], high[:, 1]), axis=1).round(2).tolist()
    return tuple(
        Word._make((characters[start:end], *place, *ink))
        for (start, end), place, ink in zip(spans, places, looks, strict=True)
    )


def _halves(characters: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run after each line-end hyphen: its parts stand on different lines."""
    while (cut := characters.find(LINE_HYPHEN, start, end)) >= 0:
        yield start, cut + 1
        start = cut + 1
    if start < end:
        yield start, end


class _Inks:
    """Type size, weight and direction of characters, looked up once for each text object."""

    def __init__(self, text: Handle, rotation: int) -> None:
        self._text = text
        self._rotation = rotation
        self._known: dict[int | None, _Ink] = {}
        self._matrix = pdfium.FS_MATRIX()

    def of(self, made_by: int | None, index: int) -> _Ink:
        """How the character at ``index`` looks, which the text object at address ``made_by`` wrote."""
        ink = self._known.get(made_by)
        if ink is None:
            ink = self._known[made_by] = self._look(index)
        return ink

    def _look(self, index: int) -> _Ink:
        matrix = self._matrix
        size = pdfium.FPDFText_GetFontSize(self._text, index)
        turn = 0
        if pdfium.FPDFText_GetMatrix(self._text, index, ctypes.byref(matrix)):
            size *= math.hypot(matrix.c, matrix.d)
            turn = (round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) - self._rotation) % 4
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self._text, index, name, len(name), ctypes.byref(flags))
        force_bold = bool(flags.value & (1 << 18))
        return _Ink(round(size, 1), force_bold or bool(_BOLD_NAME.search(name.value.decode("latin-1"))), turn)


def _placer(page: Handle) -> Handle:
    """How a rectangle of the page's own space (left, bottom, right, top) lies on the sheet as displayed."""
    area = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(area))
    x, y, right, top = area.left, area.bottom, area.right, area.top
    turn = pdfium.FPDFPage_GetRotation(page)
    if turn == 1:
        return lambda a, b, c, d: (b - y, a - x, d - y, c - x)
    if turn == 2:
        return lambda a, b, c, d: (right - c, b - y, right - a, d - y)
    if turn == 3:
        return lambda a, b, c, d: (top - d, right - c, top - b, right - a)
    return lambda a, b, c, d: (a - x, top - d, c - x, top - b)


def _drawings(page: Handle) -> tuple[tuple[Rule, ...], float]:
    """Level and upright lines of a page, and the area of its largest picture in square points."""
    place = _placer(page)
    rules: list[Rule] = []
    area = 0.0
    strokes = 0
    edges = [ctypes.c_float() for _ in range(4)]
    left, bottom, right, top = edges
    references = [ctypes.byref(edge) for edge in edges]
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        pdfium.FPDFPageObj_GetBounds(item, *references)
        bounds = Rule(*place(left.value, bottom.value, right.value, top.value))
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            lines = _lines(item, bounds, place)
            strokes += not lines
            rules += lines
        else:
            area = max(area, (bounds.x1 - bounds.x0) * (bounds.y1 - bounds.y0))
    if strokes > MANY_STROKES:
        area = max(area, pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page))
    return tuple(rules), area


def _lines(path: Handle, bounds: Rule, place: Handle) -> list[Rule]:
    """The straight lines of one path: itself if thin, else its level and upright strokes."""
    if bounds.x1 - bounds.x0 <= THIN or bounds.y1 - bounds.y0 <= THIN:
        return [bounds]
    count = pdfium.FPDFPath_CountSegments(path)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value or not 1 < count <= MAX_SEGMENTS:
        return []
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    rules = []
    x, y = ctypes.c_float(), ctypes.c_float()
    last = start = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        at = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = at
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            rules.append((last, at))
        if pdfium.FPDFPathSegment_GetClose(segment):
            rules.append((at, start))
        last = at
    return [_rule(a, b, place) for a, b in rules if min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= 1]


def _rule(a: tuple[float, float], b: tuple[float, float], place: Handle) -> Rule:
    return Rule(*place(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])))


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
    if not 1 <= page <= len(file):
        message = f"the file has no page {page}; it has {len(file)}"
        raise UnreadablePaper(message, page=page)
    with _LOCK:
        try:
            sheet = file[page - 1]
            longest = max(*sheet.get_size(), 1.0)
            bitmap = sheet.render(scale=min(scale, MAX_PICTURE_SIDE / longest))
        except pypdfium2.PdfiumError as error:
            message = f"the page cannot be drawn: {error}"
            raise UnreadablePaper(message, page=page) from error
        drawn = bitmap.to_pil()
        out = io.BytesIO()
        drawn.save(out, "PNG")
        return out.getvalue()
