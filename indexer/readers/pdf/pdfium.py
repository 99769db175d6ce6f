"""The door to pdfium: files opened and closed, and its functions under one lock.

This is the only module that imports pypdfium2. pdfium's own objects carry no types and are passed about as `Handle`.
"""

from __future__ import annotations

import ctypes
import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image

from indexer.errors import UnreadablePaper

__all__ = [
    "LOCK",
    "Handle",
    "PdfiumError",
    "bitmap",
    "changed",
    "char_angle",
    "char_code",
    "colour",
    "loose_box",
    "object_bounds",
    "object_kind",
    "opened",
    "page_count",
    "page_object",
    "plain",
    "raw",
    "segment_point",
    "segments",
    "set_active",
    "text_object",
]

PdfiumError = pypdfium2.PdfiumError
Handle: TypeAlias = Any
# pdfium is not thread-safe: every call into it holds this lock.
LOCK = threading.RLock()


def plain(function: Handle, result: Handle, *arguments: Handle) -> Handle:
    """A pdfium function that takes plain addresses: three times faster to call than through typed pointers."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_WAYS = {raw.FPDFBitmap_Gray: "L", raw.FPDFBitmap_BGR: "BGR", raw.FPDFBitmap_BGRx: "BGRX"}
_DARK = 128  # shades: paper is lighter
_PLAIN = 60  # shades: letters differ from their paper by more
_MOST = 4_000_000  # pixels of a picture that is taken as the file holds it
loose_box = plain(raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
page_object = plain(raw.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
object_kind = plain(raw.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)
object_bounds = plain(raw.FPDFPageObj_GetBounds, ctypes.c_int, *[ctypes.c_void_p] * 5)
set_active = plain(raw.FPDFPageObj_SetIsActive, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
char_angle = plain(raw.FPDFText_GetCharAngle, ctypes.c_float, ctypes.c_void_p, ctypes.c_int)
char_code = plain(raw.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
text_object = plain(raw.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_kind_of = plain(raw.FPDFPathSegment_GetType, ctypes.c_int, ctypes.c_void_p)
_closes = plain(raw.FPDFPathSegment_GetClose, ctypes.c_int, ctypes.c_void_p)
_segment_of = plain(raw.FPDFPath_GetPathSegment, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_point_of = plain(raw.FPDFPathSegment_GetPoint, ctypes.c_int, *[ctypes.c_void_p] * 3)
_POINT = (ctypes.c_float * 2)()
_ENDS = [ctypes.addressof(_POINT) + 4 * end for end in range(2)]
_fill_colour = plain(raw.FPDFPageObj_GetFillColor, ctypes.c_int, *[ctypes.c_void_p] * 5)
_COLOUR = (ctypes.c_uint * 4)()
_PARTS = [ctypes.addressof(_COLOUR) + 4 * part for part in range(4)]
# Weights of red, green and blue in how light a colour looks (ITU-R BT.601).
_LIGHT = (0.299 / 255, 0.587 / 255, 0.114 / 255)


def segment_point(segment: int) -> tuple[float, float]:
    """Where a segment of a path ends, in the path's own space; the caller holds the lock."""
    _point_of(segment, *_ENDS)
    return _POINT[0], _POINT[1]


def segments(path: Handle, count: int) -> Iterator[tuple[int, float, float, bool]]:
    """The kind, the end and whether it closes of each of a path's first segments; the caller holds the lock."""
    handle = ctypes.cast(path, ctypes.c_void_p).value
    for index in range(count):
        segment = _segment_of(handle, index)
        yield _kind_of(segment), *segment_point(segment), bool(_closes(segment))


def colour(item: int) -> tuple[float, float] | None:
    """How light the filling of the object at an address is, and how opaque, both in [0, 1]; None without one colour.

    The caller holds the lock.
    """
    if not _fill_colour(item, *_PARTS):
        return None
    red, green, blue, cover = _COLOUR
    return red * _LIGHT[0] + green * _LIGHT[1] + blue * _LIGHT[2], cover / 255


@contextmanager
def opened(path: Path) -> Iterator[Handle]:
    """Open a PDF for `read_sheet`; an empty user password opens.

    Raises:
        UnreadablePaper: not a PDF, damaged beyond repair, needs a password, or has no pages.
    """
    with LOCK:
        try:
            file = pypdfium2.PdfDocument(path)
        except (PdfiumError, OSError) as error:
            raise UnreadablePaper(_why(path, error), path=str(path)) from error
        if raw.FPDF_GetFormType(file.raw) == raw.FORMTYPE_ACRO_FORM:
            with suppress(PdfiumError):  # a broken form costs its fields, not the paper
                file.init_forms()  # without it fields are neither drawn nor filled in
    try:
        if len(file) < 1:
            message = "the file has no pages"
            raise UnreadablePaper(message, path=str(path))
        yield file
    finally:
        with LOCK:
            file.close()


@contextmanager
def changed(file: Handle, number: int, change: Callable[[Handle], object]) -> Iterator[Handle]:
    """A copy of one page of an `opened` file (``number`` counts from 1), changed by a function of the loaded page.

    The copy's only page is empty where pdfium cannot copy it. The caller holds the lock.
    """
    copy = pypdfium2.PdfDocument.new()
    try:
        page = (ctypes.c_int * 1)(number - 1)
        if not raw.FPDF_ImportPagesByIndex(copy.raw, file.raw, page, 1, 0):
            raw.FPDFPage_New(copy.raw, 0, 1, 1)
        loaded = raw.FPDF_LoadPage(copy.raw, 0)
        if loaded:
            change(loaded)
            raw.FPDF_ClosePage(loaded)
        yield copy
    finally:
        copy.close()


def bitmap(item: int, least: tuple[float, float]) -> Image.Image | None:
    """A picture in colour as the file holds it, by the address of its object: quicker than drawing it.

    None where it has fewer pixels along and across than ``least`` or too many, and where it is dark or nearly of one
    shade: what it shows may be in its mask. The caller holds the lock.
    """
    handle = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(handle, ctypes.byref(wide), ctypes.byref(high))
    sides = sorted((wide.value, high.value))
    if wide.value * high.value > _MOST or any(side < one for side, one in zip(sides, sorted(least), strict=True)):
        return None
    pixels = raw.FPDFImageObj_GetBitmap(handle)
    if not pixels:
        return None
    try:
        way, line = _WAYS.get(raw.FPDFBitmap_GetFormat(pixels), ""), raw.FPDFBitmap_GetStride(pixels)
        size = raw.FPDFBitmap_GetWidth(pixels), raw.FPDFBitmap_GetHeight(pixels)
        held = ctypes.string_at(raw.FPDFBitmap_GetBuffer(pixels), line * size[1]) if way else b""
    finally:
        raw.FPDFBitmap_Destroy(pixels)
    if not held:
        return None
    picture = Image.frombytes("L" if way == "L" else "RGB", size, held, "raw", way, line)
    shades = picture.convert("L").histogram()
    there = [shade for shade, count in enumerate(shades) if count]
    return None if shades.index(max(shades)) < _DARK or there[-1] - there[0] < _PLAIN else picture


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
