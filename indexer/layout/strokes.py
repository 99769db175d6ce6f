"""Lines and pictures that a page draws, and how its own space lies on the sheet as displayed."""

from __future__ import annotations

import ctypes

from indexer.layout.marks import Rule
from indexer.readers.pdfium import Handle, object_bounds, object_kind, page_object
from indexer.readers.pdfium import raw as pdfium

# Paths thinner than this many points are lines; drawings of more objects or strokes are not looked through.
THIN = 3.0
MAX_OBJECTS = 5000
MAX_SEGMENTS = 400
# A sheet with more curves than this is drawn: a plan, a chart, or letters turned into outlines.
MANY_STROKES = 150


def placer(page: Handle) -> Handle:
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


def drawings(page: Handle) -> tuple[tuple[Rule, ...], float, tuple[Rule, ...]]:
    """Level and upright lines of a page, the area of its largest picture in square points, and where pictures lie."""
    place = placer(page)
    rules: list[Rule] = []
    images: list[Rule] = []
    area = 0.0
    strokes = 0
    edges = (ctypes.c_float * 4)()
    addresses = [ctypes.addressof(edges) + 4 * index for index in range(4)]
    handle = ctypes.cast(page, ctypes.c_void_p).value
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        item = page_object(handle, index)
        kind = object_kind(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        object_bounds(item, *addresses)
        bounds = Rule(*place(*edges))
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            thin = bounds.x1 - bounds.x0 <= THIN or bounds.y1 - bounds.y0 <= THIN
            lines = [bounds] if thin else _lines(ctypes.cast(item, pdfium.FPDF_PAGEOBJECT), place)
            strokes += not lines
            rules += lines
        else:
            area = max(area, (bounds.x1 - bounds.x0) * (bounds.y1 - bounds.y0))
            images.append(bounds)
    if strokes > MANY_STROKES:
        area = max(area, pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page))
    return tuple(rules), area, tuple(images)


def _lines(path: Handle, place: Handle) -> list[Rule]:
    """The level and upright strokes of one path."""
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
    return [_rule(a, b, place) for a, b in rules if a != b and min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= 1]


def _rule(a: tuple[float, float], b: tuple[float, float], place: Handle) -> Rule:
    return Rule(*place(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])))
