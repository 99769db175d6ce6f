"""Sheets whose text leans: printed askew, as a scanner's program lays its letters over a crooked scan.

Lines that climb cannot be told from one another by their height, and pdfium itself loses their order. Such a sheet is
read from a copy that is turned level.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from indexer.layout.marks import Sheet
from indexer.readers.pdfium import LOCK, Handle, changed
from indexer.readers.pdfium import raw as pdfium

_ASKED: Final = 40  # characters of a page that are asked how they stand
_LEAST: Final = 0.4  # degrees by which text must lean; less disturbs nothing
_STEP: Final = 0.5  # degrees within which characters lean alike


def lean(text: Handle) -> float:
    """By how many degrees, clockwise, most characters of a text page must be turned to stand level; 0 for none."""
    count = pdfium.FPDFText_CountChars(text)
    if count <= 0:
        return 0.0
    found = []
    for index in range(0, count, max(1, count // _ASKED)):
        angle = pdfium.FPDFText_GetCharAngle(text, index)
        if angle >= 0 and pdfium.FPDFText_GetUnicode(text, index) > 32:
            # pdfium counts clockwise from 0 to 2 pi; quarter turns are no lean.
            found.append((45 - math.degrees(angle)) % 90 - 45)
    if not found:
        return 0.0
    near, most = Counter(round(degrees / _STEP) for degrees in found).most_common(1)[0]
    alike = [degrees for degrees in found if abs(degrees / _STEP - near) <= 1]
    slant = sum(alike) / len(alike)
    return round(slant, 2) if 2 * most > len(found) and abs(slant) >= _LEAST else 0.0


def level(file: Handle, sheet: Sheet, read: Callable[[Handle, int], Sheet]) -> Sheet:
    """The sheet of an `opened` file with its words and lines as they lie once it is turned level by its ``lean``.

    Args:
        file: holds the sheet.
        sheet: as it lies.
        read: reads one sheet of a file, as `indexer.readers.sheets.read_sheet` does.

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
        straight = read(copy, 1)
    return replace(sheet, words=straight.words, rules=straight.rules)
