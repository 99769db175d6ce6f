"""What is stamped or written over a sheet as an annotation, which is no part of the page's own text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Final

from indexer.layout.marks import Rule
from indexer.layout.strokes import placer
from indexer.readers.pdfium import Handle
from indexer.readers.pdfium import raw as pdfium

_KINDS: Final = (pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_WATERMARK)
# Annotations that may be drawn with words of their own.
WORDED: Final = (*_KINDS, pdfium.FPDF_ANNOT_WIDGET)
# Files pinned to a page, which are papers beside it.
PINNED: Final = pdfium.FPDF_ANNOT_FILEATTACHMENT
_MOST: Final = 200  # annotations of one sheet that are looked at
_LONGEST: Final = 2000  # bytes of one text; a mark is short


def stamps(page: Handle) -> tuple[str, ...]:
    """Return the texts of a page's stamps, watermarks and typed notes; the caller holds pdfium's lock."""
    found = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            if pdfium.FPDFAnnot_GetSubtype(note) in _KINDS:
                found.append(_value(note, b"Contents"))
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
    return tuple(text for text in found if text)


def worded(page: Handle) -> bool:
    """Whether annotations or form fields may put words on a page, or pin files to it; the caller holds the lock."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if note:
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            pdfium.FPDFPage_CloseAnnot(note)
            if kind in (*WORDED, PINNED):
                return True
    return False


def crossed_out(page: Handle) -> tuple[Rule, ...]:
    """Return a line through the middle of each stretch that an annotation strikes out, on the sheet as displayed."""
    place = placer(page)
    found = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_STRIKEOUT:
                found += [_through(edges) for edges in _stretches(note, place)]
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
    return tuple(found)


def _stretches(note: Handle, place: Handle) -> Iterator[Rule]:
    """The rectangles that a note marks: its corners by fours (PDF 32000-1, 12.5.6.10), or its own."""
    corners = pdfium.FS_QUADPOINTSF()
    count = min(pdfium.FPDFAnnot_CountAttachmentPoints(note), _MOST)
    for index in range(count):
        if pdfium.FPDFAnnot_GetAttachmentPoints(note, index, ctypes.byref(corners)):
            xs = [getattr(corners, f"x{n}") for n in range(1, 5)]
            ys = [getattr(corners, f"y{n}") for n in range(1, 5)]
            yield Rule(*place(min(xs), min(ys), max(xs), max(ys)))
    edges = pdfium.FS_RECTF()
    if not count and pdfium.FPDFAnnot_GetRect(note, ctypes.byref(edges)):
        yield Rule(*place(edges.left, edges.bottom, edges.right, edges.top))


def _through(edges: Rule) -> Rule:
    middle = edges.y0 + 0.55 * (edges.y1 - edges.y0)
    return Rule(edges.x0, middle, edges.x1, middle)


def _value(note: Handle, key: bytes) -> str:
    buffer = ctypes.create_string_buffer(_LONGEST)
    length = pdfium.FPDFAnnot_GetStringValue(note, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), _LONGEST)
    if not 2 < length <= _LONGEST:
        return ""
    return " ".join(buffer.raw[: length - 2].decode("utf-16-le", "replace").split())
