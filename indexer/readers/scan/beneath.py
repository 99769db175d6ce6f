"""What is laid over a scan and hides letters of it: the file still holds them, so that it must not be given out."""

from __future__ import annotations

import ctypes
from typing import Final

import numpy as np

from indexer.layout.marks import Sheet
from indexer.readers.pdf import raster
from indexer.readers.pdf.ink import CLOSE, SCAN, TRACE
from indexer.readers.pdf.objects import placer
from indexer.readers.pdf.pdfium import LOCK, Handle, object_bounds, object_kind, page_object, set_active
from indexer.readers.pdf.pdfium import raw as pdfium

# Letters change from paper to ink in so many of their pixels and more; of those that show, most still do.
_LETTERED: Final = 0.04
_SHOWN: Final = 0.5


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
            bare, _ = raster.drawn(page, CLOSE, notes=False)
        finally:
            pdfium.FPDF_ClosePage(page)
    letters = raster.edges(bare, 4 * TRACE)
    boxes = np.array(sheet.covers, np.float64)
    there, pixels = raster.sums(letters, boxes, scale)
    left, _ = raster.sums(letters & raster.edges(whole, TRACE), boxes, scale)
    return int(np.count_nonzero((there > _LETTERED * pixels) & (left < _SHOWN * there)))


def _beside_scans(page: Handle, sheet: float) -> list[int]:
    """The objects of a page but for pictures that cover much of a ``sheet`` of so many square points."""
    edges = (ctypes.c_float * 4)()
    addresses = [ctypes.addressof(edges) + 4 * index for index in range(4)]
    handle = ctypes.cast(page, ctypes.c_void_p).value
    out = []
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = page_object(handle, index)
        object_bounds(item, *addresses)
        x0, y0, x1, y1 = placer(page)(*edges)
        if object_kind(item) != pdfium.FPDF_PAGEOBJ_IMAGE or (x1 - x0) * (y1 - y0) <= SCAN * sheet:
            out.append(item)
    return out
