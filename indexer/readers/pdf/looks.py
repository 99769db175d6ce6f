"""How the characters of a page look: size, weight, direction, shade, and what may keep their ink from sight."""

from __future__ import annotations

import ctypes
import math
import re
from typing import Final, NamedTuple

from indexer.readers.pdf.pdfium import Handle, colour, plain, segment_point
from indexer.readers.pdf.pdfium import raw as pdfium

_BOLD_NAME: Final = re.compile(rb"bold|black|heavy|demi", re.I)
# The flag of a font descriptor that asks for bold (PDF 32000-1, 9.8.2).
FORCE_BOLD: Final = 1 << 18
_FILLED: Final = (0, 2)  # text rendering modes that fill letters (PDF 32000-1, 9.3.6)
_UNSEEN: Final = (3, 7)  # and those that draw nothing

_address, _whole = ctypes.c_void_p, ctypes.c_int
_font_size = plain(pdfium.FPDFText_GetFontSize, ctypes.c_double, _address, _whole)
_matrix_of = plain(pdfium.FPDFText_GetMatrix, _whole, _address, _whole, _address)
_font_of = plain(pdfium.FPDFTextObj_GetFont, _address, _address)
_mode_of = plain(pdfium.FPDFTextObj_GetTextRenderMode, _whole, _address)
_lets_through = plain(pdfium.FPDFPageObj_HasTransparency, _whole, _address)
_clip_of = plain(pdfium.FPDFPageObj_GetClipPath, _address, _address)
_clips = plain(pdfium.FPDFClipPath_CountPaths, _whole, _address)
_corners_of = plain(pdfium.FPDFClipPath_CountPathSegments, _whole, _address, _whole)
_corner_of = plain(pdfium.FPDFClipPath_GetPathSegment, _address, _address, _whole, _whole)
_bounds_of = plain(pdfium.FPDFPageObj_GetBounds, _whole, *[_address] * 5)


class Look(NamedTuple):
    """How a character looks; ``turn``, ``lean`` and ``tone`` as `indexer.layout.marks.Word` has them.

    ``unseen`` says that its way of being drawn leaves no ink; ``doubtful`` that its ink may not show for another reason
    than what is drawn over it: it lets through, is clipped, hollow, or of no one colour. ``font`` distinguishes the
    fonts of a page.
    """

    size: float
    bold: bool
    turn: int
    lean: float
    tone: float
    unseen: bool
    doubtful: bool
    font: int


class Looks:
    """Looks of characters, found once for each text object; ``rotation`` is the page's, in quarter turns."""

    def __init__(self, text: Handle, rotation: int) -> None:
        self._text = ctypes.cast(text, ctypes.c_void_p).value
        self._rotation = rotation
        self._known: dict[int | None, Look] = {}
        self._bold: dict[int, bool] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._placed = ctypes.addressof(self._matrix)
        self._name = ctypes.create_string_buffer(128)
        self._edges = (ctypes.c_float * 4)()
        self._addresses = [ctypes.addressof(self._edges) + 4 * index for index in range(4)]
        self._inside: dict[tuple[int, int], tuple[float, ...]] = {}

    def of(self, made_by: int | None, index: int) -> Look:
        """How the character at ``index`` looks, which the text object at address ``made_by`` wrote."""
        look = self._known.get(made_by)
        if look is None:
            look = self._known[made_by] = self._look(made_by, index)
        return look

    def _look(self, made_by: int | None, index: int) -> Look:
        matrix = self._matrix
        size = _font_size(self._text, index)
        turn, lean = 0, 0.0
        if _matrix_of(self._text, index, self._placed):
            size *= math.hypot(matrix.c, matrix.d)
            a, b = matrix.a, matrix.b
            if b or a <= 0:
                quarters = math.atan2(b, a) / (math.pi / 2)
                turn = round(quarters)
                lean = round(90 * (quarters - turn), 1)
            turn = (turn - self._rotation) % 4
        if not made_by:
            return Look(round(size, 1), False, turn, lean, 0.0, False, True, 0)
        font = _font_of(made_by) or 0
        ink, mode = colour(made_by), _mode_of(made_by)
        light, cover = ink or (0.0, 1.0)
        doubtful = ink is None or cover < 1 or mode not in _FILLED or bool(_lets_through(made_by))
        doubtful = doubtful or self._hemmed(made_by)
        shade = round(1 - (1 - light) * cover, 2)
        return Look(round(size, 1), self._heavy(font), turn, lean, shade, mode in _UNSEEN, doubtful, font)

    @staticmethod
    def font(font: int) -> tuple[bytes, int]:
        """A font's name and the bytes of its program, 0 where it has none: each letter is then a separate drawing."""
        name, size = ctypes.create_string_buffer(128), ctypes.c_ulong()
        handle = ctypes.cast(font, pdfium.FPDF_FONT)
        if not font or not pdfium.FPDFFont_GetFontData(handle, None, 0, ctypes.byref(size)):
            return b"", 0
        pdfium.FPDFFont_GetBaseFontName(handle, name, 128)
        return name.value, size.value

    def _heavy(self, font: int) -> bool:
        """Whether a font is bold, by its flags or its name."""
        known = self._bold.get(font)
        if known is None:
            handle = ctypes.cast(font, pdfium.FPDF_FONT)
            pdfium.FPDFFont_GetBaseFontName(handle, self._name, 128)
            forced = pdfium.FPDFFont_GetFlags(handle) & FORCE_BOLD if font else 0
            known = self._bold[font] = bool(forced) or bool(_BOLD_NAME.search(self._name.value))
        return known

    def _hemmed(self, item: int) -> bool:
        """Whether a clip may cut into a text object: any other than a rectangle around it."""
        clip = _clip_of(item)
        count = _clips(clip) if clip else 0
        if count <= 0:
            return False
        _bounds_of(item, *self._addresses)
        left, bottom, right, top = self._edges
        for path in range(count):
            held = self._held(clip, path)
            if not held or held[0] > left + 1 or held[1] > bottom + 1 or held[2] < right - 1 or held[3] < top - 1:
                return True
        return False

    def _held(self, clip: int, path: int) -> tuple[float, ...]:
        """Left, bottom, right and top of a clip that is a level rectangle; empty if it is anything else."""
        count = _corners_of(clip, path)
        if not 4 <= count <= 6:
            return ()
        # Objects that follow each other share a clip, and so its first corner.
        first = _corner_of(clip, path, 0), count
        if first not in self._inside:
            xs, ys = zip(*(segment_point(_corner_of(clip, path, index)) for index in range(count)), strict=True)
            level = len({round(across, 1) for across in xs}) == len({round(up, 1) for up in ys}) == 2
            self._inside[first] = (min(xs), min(ys), max(xs), max(ys)) if level else ()
        return self._inside[first]
