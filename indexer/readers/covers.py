"""What may hide the words of a page: pictures, filled shapes and annotations, each with its place in drawing order."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from indexer.layout.marks import Rule
from indexer.layout.strokes import MAX_OBJECTS, THIN, placer
from indexer.readers.pdfium import Handle, object_bounds, object_kind, page_object
from indexer.readers.pdfium import raw as pdfium

MOST: Final = 400  # areas of one page that are looked at; a map has thousands
_DEEPEST: Final = 4  # forms inside forms
_LAST: Final = 1 << 30  # annotations are drawn over everything
_QUIET: Final = frozenset((pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_WIDGET))
_WINDING: Final = 8  # segments of an outline; a box has five
_LETTERS: Final = (5, 60)  # shapes of a mark
_NOTES: Final = 200  # annotations of one page that are looked at


class Area(NamedTuple):
    """A rectangle of the sheet as displayed, in points from its top left corner, and when it is drawn."""

    x0: float
    y0: float
    x1: float
    y1: float
    order: int


@dataclass(slots=True)
class Covers:
    """What of a page may hide words.

    ``texts`` is the place in drawing order of each text object by its address; ``pictures`` are images and shadings,
    ``shapes`` what is filled or drawn with a thick line, ``redactions`` what a Redact annotation asks to be taken out.
    ``images`` are the addresses of the images themselves, ``outlines`` filled shapes as winding as a letter.
    """

    texts: dict[int, int] = field(default_factory=dict)
    pictures: list[Area] = field(default_factory=list)
    shapes: list[Area] = field(default_factory=list)
    redactions: list[Area] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    outlines: list[Area] = field(default_factory=list)

    def lettering(self) -> tuple[Rule, ...]:
        """The rectangle around shapes that may be the letters of a mark; none where there are too few or too many."""
        if not _LETTERS[0] <= len(self.outlines) <= _LETTERS[1]:
            return ()
        lefts, tops, rights, bottoms = zip(*(area[:4] for area in self.outlines), strict=True)
        return (Rule(min(lefts), min(tops), max(rights), max(bottoms)),)


def covers(page: Handle) -> Covers:
    """Look through a page's objects and annotations; the caller holds pdfium's lock."""
    found = Covers()
    place = placer(page)
    handle = ctypes.cast(page, ctypes.c_void_p).value
    count = min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)
    _walk(found, (page_object(handle, index) for index in range(count)), place, _Frame(), 0)
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _NOTES)):
        _note(found, page, index, place)
    return found


class _Frame(NamedTuple):
    """How a form lies on its page (PDF 32000-1, 8.3.4), and how many objects came before it."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def laid(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A rectangle of the form as it lies on the page."""
        xs = [self.a * x + self.c * y + self.e for x in (left, right) for y in (bottom, top)]
        ys = [self.b * x + self.d * y + self.f for x in (left, right) for y in (bottom, top)]
        return min(xs), min(ys), max(xs), max(ys)

    def inside(self, matrix: Handle) -> _Frame:
        """The frame of a form that lies in this one."""
        a, b, c, d, e, f = (getattr(matrix, name) for name in "abcdef")
        return _Frame(
            a * self.a + b * self.c,
            a * self.b + b * self.d,
            c * self.a + d * self.c,
            c * self.b + d * self.d,
            e * self.a + f * self.c + self.e,
            e * self.b + f * self.d + self.f,
        )


def _walk(found: Covers, items: Iterator[int], place: Handle, frame: _Frame, depth: int) -> None:
    edges = (ctypes.c_float * 4)()
    addresses = [ctypes.addressof(edges) + 4 * index for index in range(4)]
    plain = frame == _Frame()
    for item in items:
        kind = object_kind(item)
        order = len(found.texts) + len(found.pictures) + len(found.shapes)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            found.texts[item] = order
            continue
        handle = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < _DEEPEST:
                _walk(found, _parts(handle), place, frame.inside(_matrix(handle)), depth + 1)
            continue
        object_bounds(item, *addresses)
        left, bottom, right, top = edges
        x0, y0, x1, y1 = place(*((left, bottom, right, top) if plain else frame.laid(left, bottom, right, top)))
        area = Area(x0, y0, x1, y1, order)
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            found.pictures.append(area)
            found.images += [item] if kind == pdfium.FPDF_PAGEOBJ_IMAGE else []
        elif min(area.x1 - area.x0, area.y1 - area.y0) > THIN and len(found.shapes) < MOST and _filled(handle):
            found.shapes.append(area)
            found.outlines += [area] if pdfium.FPDFPath_CountSegments(handle) >= _WINDING else []


def _parts(form: Handle) -> Iterator[int]:
    for index in range(min(pdfium.FPDFFormObj_CountObjects(form), MAX_OBJECTS)):
        item = ctypes.cast(pdfium.FPDFFormObj_GetObject(form, index), ctypes.c_void_p).value
        if item:
            yield item


def _matrix(item: Handle) -> Handle:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    return matrix


def _filled(path: Handle) -> bool:
    """Whether a path covers what lies under it: it is filled, or its line is thick."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if fill.value or not stroke.value:
        return bool(fill.value)
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(path, ctypes.byref(width))
    matrix = _matrix(path)
    return width.value * math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) > THIN


def _note(found: Covers, page: Handle, index: int, place: Handle) -> None:
    note = pdfium.FPDFPage_GetAnnot(page, index)
    if not note:
        return
    try:
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        edges = pdfium.FS_RECTF()
        if kind in _QUIET or not pdfium.FPDFAnnot_GetRect(note, ctypes.byref(edges)):
            return
        x0, y0, x1, y1 = place(edges.left, edges.bottom, edges.right, edges.top)
        area = Area(x0, y0, x1, y1, _LAST)
        (found.redactions if kind == pdfium.FPDF_ANNOT_REDACT else found.shapes).append(area)
    finally:
        pdfium.FPDFPage_CloseAnnot(note)
