"""Paths of a PDF's page: what of them are level and upright lines, boxes, waves, and what covers what is under it."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from typing import Final, TypeAlias

from indexer.layout.marks import Rule
from indexer.readers.pdf.pdfium import Handle, colour, plain, segments
from indexer.readers.pdf.pdfium import raw as pdfium

# Paths thinner than this many points are lines; those of more segments are not looked through.
THIN: Final = 3.0
_SEGMENTS: Final = 400
_modes_of = plain(pdfium.FPDFPath_GetDrawMode, ctypes.c_int, *[ctypes.c_void_p] * 3)
_MODES = (ctypes.c_int * 2)()
_PLACES = [ctypes.addressof(_MODES) + 4 * place for place in range(2)]
_LEVEL: Final = 1.0  # points by which the ends of a level line may differ

Spot: TypeAlias = tuple[float, float]
Modes: TypeAlias = tuple[bool, bool]  # filled, stroked
Stroke: TypeAlias = list[tuple[int, Spot, bool]]  # points by the kind of segment that ends there, which may close


def matrix(item: Handle) -> tuple[float, ...]:
    """How an object lies on its page (PDF 32000-1, 8.3.4)."""
    out = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(out))
    return out.a, out.b, out.c, out.d, out.e, out.f


def filled(path: Handle, modes: Modes) -> bool:
    """Whether a path covers what lies under it: it is filled, or its line is thick."""
    fill, stroke = modes
    if fill or not stroke:
        return fill
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(path, ctypes.byref(width))
    a, b, c, d, *_ = matrix(path)
    return width.value * math.sqrt(abs(a * d - b * c)) > THIN


def box(path: Handle) -> bool:
    """Whether a path is a level box that is filled with one colour."""
    count = pdfium.FPDFPath_CountSegments(path)
    if not 4 <= count <= 6 or not colour(ctypes.cast(path, ctypes.c_void_p).value or 0):
        return False
    corners = {(round(x, 1), round(y, 1)) for _, x, y, _ in segments(path, count)}
    return len({at[0] for at in corners}) <= 2 and len({at[1] for at in corners}) <= 2


def stroke(path: Handle, modes: Modes) -> Stroke:
    """The points of a path that is drawn as a line, as they lie on its page; none of any other."""
    count = pdfium.FPDFPath_CountSegments(path) if modes[1] else 0
    if not 1 < count <= _SEGMENTS:
        return []
    a, b, c, d, e, f = matrix(path)
    return [(kind, (a * x + c * y + e, b * x + d * y + f), closes) for kind, x, y, closes in segments(path, count)]


def lines(drawn: Stroke, place: Handle) -> list[Rule]:
    """The level and upright lines of a stroke; ``place`` lays rectangles on the sheet."""
    out = []
    last = start = (0.0, 0.0)
    for kind, at, closes in drawn:
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = at
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            out.append((last, at))
        if closes:
            out.append((at, start))
        last = at
    return [around(pair, place) for pair in out if pair[0] != pair[1] and min(_steps(*pair)) <= _LEVEL]


def slanting(drawn: Stroke) -> bool:
    """Whether a stroke is one straight line or two, given that none of them is level or upright."""
    line = [pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_LINETO]
    return [kind for kind, _, closes in drawn if not closes] in (line, 2 * line)


def around(spots: Sequence[Spot], place: Handle) -> Rule:
    """The rectangle around points; ``place`` lays it on the sheet."""
    xs, ys = zip(*spots, strict=True)
    return Rule(*place(min(xs), min(ys), max(xs), max(ys)))


def _steps(a: Spot, b: Spot) -> Spot:
    return abs(a[0] - b[0]), abs(a[1] - b[1])


def modes(item: int) -> Modes:
    """Whether the path at an address is filled, and whether it is stroked; the caller holds pdfium's lock."""
    _modes_of(item, *_PLACES)
    return bool(_MODES[0]), bool(_MODES[1])
