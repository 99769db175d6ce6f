"""What is stamped or written over a sheet as an annotation, which is no part of the page's own text."""

from __future__ import annotations

import ctypes
from typing import Final

from indexer.readers.pdfium import Handle
from indexer.readers.pdfium import raw as pdfium

_KINDS: Final = (pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_WATERMARK)
# Annotations that may be drawn with words of their own.
WORDED: Final = (*_KINDS, pdfium.FPDF_ANNOT_WIDGET)
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
    """Whether annotations or form fields may put words on a page; the caller holds pdfium's lock."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if note:
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            pdfium.FPDFPage_CloseAnnot(note)
            if kind in WORDED:
                return True
    return False


def _value(note: Handle, key: bytes) -> str:
    buffer = ctypes.create_string_buffer(_LONGEST)
    length = pdfium.FPDFAnnot_GetStringValue(note, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), _LONGEST)
    if not 2 < length <= _LONGEST:
        return ""
    return " ".join(buffer.raw[: length - 2].decode("utf-16-le", "replace").split())
