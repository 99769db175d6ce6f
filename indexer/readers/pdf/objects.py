"""What a page draws beside its text, found in one walk: lines, pictures, and all that may hide words, in drawing order.

Objects inside forms lie as their forms do. Annotations are not among them (`indexer.readers.pdf.notes`).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from indexer.layout.marks import Rule
from indexer.readers.pdf import paths
from indexer.readers.pdf.pdfium import Handle, colour, object_bounds, object_kind, page_object, plain
from indexer.readers.pdf.pdfium import raw as pdfium

_OBJECTS: Final = 5000  # of one page that are looked through
# A sheet with more curves than this is drawn: a plan, a chart, or letters turned into outlines.
CURVES: Final = 150
_SHAPES: Final = 400  # of one page that are looked at; a map has thousands
_LARGE: Final = 60_000.0  # square points: a larger box may be filled with a pattern, and patterns may say something
# Points: a drawing of this height may be a wave, whose corners pdfium takes for higher than they are.
_FLAT: Final = 20.0
_MARKS: Final = 8  # of one object that are looked at
_SPELT: Final = 4  # letters: a longer mark replaces words
_DEEPEST: Final = 4  # forms inside forms
LAST: Final = 1 << 30  # in drawing order: annotations are drawn over everything

_marks_of = plain(pdfium.FPDFPageObj_CountMarks, ctypes.c_int, ctypes.c_void_p)
_mark_of = plain(pdfium.FPDFPageObj_GetMark, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
_name_of = plain(
    pdfium.FPDFPageObjMark_GetName, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p
)
_OPTIONAL, _SPAN = (name.encode("utf-16-le") for name in ("OC", "Span"))


class Area(NamedTuple):
    """A rectangle of the sheet as displayed, in points from its top left corner, and when it is drawn.

    ``tone`` is how light it is, 0 black and 1 white; -1 where it is not of one colour, or lets what is under it shine.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    order: int
    tone: float = -1.0


@dataclass(slots=True)
class Objects:
    """What a page draws.

    ``rules`` are its level and upright lines, ``images`` the rectangles of pictures and forms, ``largest`` the area of
    the largest in square points (a drawing of very many strokes is one picture).

    What may hide words: ``texts`` is the place in drawing order of each text object by its address, ``formed`` those
    inside forms, ``layered`` those marked as optional content (PDF 32000-1, 8.11.3), ``retold`` those that a mark says
    to read otherwise than they are drawn (14.9.4), with the mark; ``pictures`` are images and shadings, ``bitmaps`` the
    addresses of images, ``shapes`` what is filled or drawn with a thick line, ``curves`` paths that are neither lines
    nor level boxes of one colour, ``slanting`` those of them that are straight lines; ``waves`` are the extents
    of flat drawings that are no lines, without the width of their strokes, and lines inside forms.
    """

    rules: list[Rule] = field(default_factory=list)
    images: list[Rule] = field(default_factory=list)
    largest: float = 0.0
    texts: dict[int, int] = field(default_factory=dict)
    formed: set[int] = field(default_factory=set)
    layered: set[int] = field(default_factory=set)
    retold: list[tuple[int, Handle]] = field(default_factory=list)
    pictures: list[Area] = field(default_factory=list)
    shapes: list[Area] = field(default_factory=list)
    bitmaps: list[int] = field(default_factory=list)
    curves: list[Rule] = field(default_factory=list)
    slanting: list[Rule] = field(default_factory=list)
    waves: list[Rule] = field(default_factory=list)


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


def objects(page: Handle) -> Objects:
    """Look through a page's objects; the caller holds pdfium's lock."""
    out = Objects()
    _Walk(out, placer(page)).through(_all(page), _Frame(), 0)
    if len(out.curves) > CURVES:
        out.largest = max(out.largest, pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page))
    return out


def placed(page: Handle) -> Iterator[tuple[int, int, Rule]]:
    """The address, kind and place of each of a page's objects, forms as one; the caller holds pdfium's lock."""
    edges = (ctypes.c_float * 4)()
    addresses = [ctypes.addressof(edges) + 4 * index for index in range(4)]
    place = placer(page)
    for item in _all(page):
        object_bounds(item, *addresses)
        yield item, object_kind(item), Rule(*place(*edges))


def texts(page: Handle) -> Iterator[int]:
    """The addresses of a page's text objects; the caller holds pdfium's lock."""
    left = [(item, 0) for item in _all(page)]
    while left:
        item, depth = left.pop()
        if (kind := object_kind(item)) == pdfium.FPDF_PAGEOBJ_TEXT:
            yield item
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            left += ((part, depth + 1) for part in _parts(ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)))


def _all(page: Handle) -> Iterator[int]:
    handle = ctypes.cast(page, ctypes.c_void_p).value
    return (page_object(handle, index) for index in range(min(pdfium.FPDFPage_CountObjects(page), _OBJECTS)))


class _Frame(NamedTuple):
    """How a form lies on its page (PDF 32000-1, 8.3.4)."""

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

    def inside(self, matrix: Sequence[float]) -> _Frame:
        """The frame of a form that lies in this one."""
        a, b, c, d, e, f = matrix
        return _Frame(
            a * self.a + b * self.c,
            a * self.b + b * self.d,
            c * self.a + d * self.c,
            c * self.b + d * self.d,
            e * self.a + f * self.c + self.e,
            e * self.b + f * self.d + self.f,
        )


class _Walk:
    """Goes through objects and what is inside forms."""

    def __init__(self, out: Objects, place: Handle) -> None:
        self._out = out
        self._place = place
        self._edges = (ctypes.c_float * 4)()
        self._addresses = [ctypes.addressof(self._edges) + 4 * index for index in range(4)]
        self._order = 0
        self._name = ctypes.create_string_buffer(16)
        self._length = ctypes.c_ulong()
        self._names: dict[int, bytes] = {}

    def through(self, items: Iterator[int], frame: _Frame, depth: int) -> None:
        out = self._out
        for item in items:
            kind = object_kind(item)
            self._order += 1
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                out.texts[item] = self._order
                if depth:
                    out.formed.add(item)
                if (count := _marks_of(item)) > 0:
                    self._marked(item, min(count, _MARKS))
                continue
            object_bounds(item, *self._addresses)
            left, bottom, right, top = self._edges
            bounds = Rule(
                *self._place(*(frame.laid(left, bottom, right, top) if depth else (left, bottom, right, top)))
            )
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, bounds, frame, depth)
                continue
            if not depth:
                out.images.append(bounds)
                out.largest = max(out.largest, bounds.area)
            if kind != pdfium.FPDF_PAGEOBJ_FORM:
                out.pictures.append(Area(*bounds, order=self._order))
                out.bitmaps += [item] if kind == pdfium.FPDF_PAGEOBJ_IMAGE else []
            elif depth < _DEEPEST:
                handle = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
                self.through(_parts(handle), frame.inside(paths.matrix(handle)), depth + 1)

    def _marked(self, item: int, count: int) -> None:
        for index in range(count):
            address = _mark_of(item, index)
            name = self._names.get(address)
            if name is None:  # objects that follow each other share a mark
                _name_of(address, ctypes.addressof(self._name), 16, ctypes.addressof(self._length))
                name = self._names[address] = self._name.raw[: max(self._length.value - 2, 0)]
            if name == _OPTIONAL:
                self._out.layered.add(item)
            elif name == _SPAN:
                mark = ctypes.cast(address, pdfium.FPDF_PAGEOBJECTMARK)
                said = pdfium.FPDFPageObjMark_GetParamStringValue(
                    mark, b"ActualText", None, 0, ctypes.byref(self._length)
                )
                # Ligatures, hyphens and the like are spelt out so too.
                if said and self._length.value > 2 * _SPELT:
                    self._out.retold.append((item, mark))

    def _path(self, item: int, bounds: Rule, frame: _Frame, depth: int) -> None:
        few = len(self._out.waves) < _SHAPES
        if min(bounds.x1 - bounds.x0, bounds.y1 - bounds.y0) <= paths.THIN:
            if few or not depth:
                (self._out.waves if depth else self._out.rules).append(bounds)
            return
        handle, modes = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT), paths.modes(item)
        if few or not depth:
            self._stroke(handle, paths.stroke(handle, modes), bounds, frame, depth)
        if len(self._out.shapes) < _SHAPES and paths.filled(handle, modes):
            light, cover = colour(item) or (0.0, 0.0)
            shape = Area(*bounds, self._order, light if cover == 1 else -1.0)
            self._out.shapes.append(shape)

    def _stroke(self, path: Handle, stroke: paths.Stroke, bounds: Rule, frame: _Frame, depth: int) -> None:
        def place(*edges: float) -> tuple[float, ...]:
            return tuple(self._place(*(frame.laid(*edges) if depth else edges)))

        lines = paths.lines(stroke, place) if stroke else []
        if depth:
            self._out.waves += lines
        else:
            self._out.rules += lines
        if 2 * len(lines) < len(stroke) and bounds.y1 - bounds.y0 <= _FLAT and len(self._out.waves) < _SHAPES:
            self._out.waves.append(paths.around([at for _, at, _ in stroke], place))
        if not depth and not lines and (not paths.box(path) or bounds.area > _LARGE):
            self._out.curves.append(bounds)
            self._out.slanting += [bounds] if paths.slanting(stroke) else []


def _parts(form: Handle) -> Iterator[int]:
    for index in range(min(pdfium.FPDFFormObj_CountObjects(form), _OBJECTS)):
        item = ctypes.cast(pdfium.FPDFFormObj_GetObject(form, index), ctypes.c_void_p).value
        if item:
            yield item
