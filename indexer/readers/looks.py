"""How the characters of a page look: size, weight, direction, shade, and whether they are drawn at all."""

from __future__ import annotations

import ctypes
import math
import re
from typing import Final, NamedTuple

from indexer.readers.pdfium import Handle
from indexer.readers.pdfium import raw as pdfium

_BOLD_NAME: Final = re.compile(rb"bold|black|heavy|demi", re.I)
# The flag of a font descriptor that asks for bold (PDF 32000-1, 9.8.2).
FORCE_BOLD: Final = 1 << 18
# Weights of red, green and blue in how light a colour looks (ITU-R BT.601).
_LIGHT: Final = (0.299, 0.587, 0.114)


class Look(NamedTuple):
    """How a character looks; ``turn``, ``lean`` and ``tone`` as `indexer.layout.marks.Word` has them.

    ``mode`` is the text rendering mode of PDF 32000-1, 9.3.6; ``layered`` says that it belongs to an optional layer.
    """

    size: float
    bold: bool
    turn: int
    lean: float
    tone: float
    mode: int
    layered: bool


class Looks:
    """Looks of characters, found once for each text object; ``rotation`` is the page's, in quarter turns."""

    def __init__(self, text: Handle, rotation: int) -> None:
        self._text = text
        self._rotation = rotation
        self._known: dict[int | None, Look] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._colour = [ctypes.c_uint() for _ in range(4)]

    def of(self, made_by: int | None, index: int) -> Look:
        """How the character at ``index`` looks, which the text object at address ``made_by`` wrote."""
        look = self._known.get(made_by)
        if look is None:
            look = self._known[made_by] = self._look(made_by, index)
        return look

    def _look(self, made_by: int | None, index: int) -> Look:
        matrix = self._matrix
        size = pdfium.FPDFText_GetFontSize(self._text, index)
        turn, lean = 0, 0.0
        if pdfium.FPDFText_GetMatrix(self._text, index, ctypes.byref(matrix)):
            size *= math.hypot(matrix.c, matrix.d)
            quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
            turn = (round(quarters) - self._rotation) % 4
            lean = round(90 * (quarters - round(quarters)), 1)
        pdfium.FPDFText_GetFontInfo(self._text, index, self._name, 128, ctypes.byref(self._flags))
        bold = bool(self._flags.value & FORCE_BOLD) or bool(_BOLD_NAME.search(self._name.value))
        item = ctypes.cast(made_by, pdfium.FPDF_PAGEOBJECT) if made_by else None
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item) if item else 0
        return Look(round(size, 1), bold, turn, lean, self._tone(index), mode, bool(item) and _layered(item))

    def _tone(self, index: int) -> float:
        if not pdfium.FPDFText_GetFillColor(self._text, index, *map(ctypes.byref, self._colour)):
            return 0.0
        *colour, cover = (part.value / 255 for part in self._colour)
        light = sum(weight * part for weight, part in zip(_LIGHT, colour, strict=True))
        return round(1 - (1 - light) * cover, 2)


def _layered(item: Handle) -> bool:
    """Whether an object is marked as optional content (PDF 32000-1, 8.11.3)."""
    count = pdfium.FPDFPageObj_CountMarks(item)
    if count <= 0:
        return False
    name = (ctypes.c_ushort * 8)()
    length = ctypes.c_ulong()
    for index in range(min(count, 8)):
        mark = pdfium.FPDFPageObj_GetMark(item, index)
        if mark and pdfium.FPDFPageObjMark_GetName(mark, name, 16, ctypes.byref(length)) and length.value == 6:
            return bytes(name)[:4].decode("utf-16-le") == "OC"
    return False
