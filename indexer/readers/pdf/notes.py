"""Annotations of a page: what is stamped, typed, struck out or pinned over it, and what may cover its words."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from indexer.layout.marks import Rule
from indexer.readers.pdf.objects import LAST, Area, placer
from indexer.readers.pdf.pdfium import Handle
from indexer.readers.pdf.pdfium import raw as pdfium

# Annotations that may be drawn with words of their own.
WORDED: Final = (
    pdfium.FPDF_ANNOT_STAMP,
    pdfium.FPDF_ANNOT_FREETEXT,
    pdfium.FPDF_ANNOT_WATERMARK,
    pdfium.FPDF_ANNOT_WIDGET,
)
# Files pinned to a page, which are papers beside it.
PINNED: Final = pdfium.FPDF_ANNOT_FILEATTACHMENT
_QUIET: Final = frozenset((pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_WIDGET))
_UNSEEN: Final = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
MOST: Final = 400  # annotations of one sheet that are looked at
_LONGEST: Final = 20_000  # bytes of one value
_TAG: Final = re.compile(r"<[^<>]*+>")
# The names of standard stamps, which viewers draw by themselves (PDF 32000-1, 12.5.6.12): NotForPublicRelease.
_INNER_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(slots=True)
class Notes:
    """What the annotations of a page are.

    ``said`` are the texts of stamps, watermarks and typed notes, shown or not; ``hidden`` counts words of those that
    are not shown; ``typed`` says that annotations or form fields may put words on the page, or pin files to it.
    ``struck`` are lines through the middle of each stretch that is struck out. ``covers`` may hide what is under them,
    ``redactions`` ask for it to be taken out, or cover it though pdfium does not draw them; all places as on the sheet
    as displayed.
    """

    said: list[str] = field(default_factory=list)
    hidden: int = 0
    typed: bool = False
    struck: list[Rule] = field(default_factory=list)
    covers: list[Area] = field(default_factory=list)
    redactions: list[Area] = field(default_factory=list)


def notes(page: Handle) -> Notes:
    """Look through a page's annotations; the caller holds pdfium's lock."""
    out = Notes()
    place = None
    for note, kind in every(page):
        place = place or placer(page)
        shown = not pdfium.FPDFAnnot_GetFlags(note) & _UNSEEN
        out.typed = out.typed or kind in (*WORDED, PINNED)
        if kind in WORDED:
            said = [worded(note), " ".join(string(pdfium.FPDFAnnot_GetStringValue, note, b"V").split())]
            out.hidden += 0 if shown else sum(len(text.split()) for text in said)
            if kind != pdfium.FPDF_ANNOT_WIDGET:
                said.append(_INNER_CAPITAL.sub(" ", string(pdfium.FPDFAnnot_GetStringValue, note, b"Name")))
                out.said += filter(None, said)
        elif kind == pdfium.FPDF_ANNOT_STRIKEOUT:
            out.struck += [_through(edges) for edges in _stretches(note, place)]
        area = place_of(note, place) if kind not in _QUIET and shown else None
        if area:
            redacts = kind == pdfium.FPDF_ANNOT_REDACT or _filled(note, kind)
            (out.redactions if redacts else out.covers).append(Area(*area, LAST))
    return out


def _filled(note: Handle, kind: int) -> bool:
    """Whether a note is a filled polygon without a stored picture: viewers draw it, pdfium does not."""
    if kind != pdfium.FPDF_ANNOT_POLYGON or pdfium.FPDFAnnot_HasKey(note, b"AP"):
        return False
    cover = ctypes.c_float(1.0)
    pdfium.FPDFAnnot_GetNumberValue(note, b"CA", ctypes.byref(cover))
    return bool(pdfium.FPDFAnnot_HasKey(note, b"IC")) and cover.value == 1


def every(page: Handle) -> Iterator[tuple[Handle, int]]:
    """Yield the annotations of a page, each with its kind; each is open until the next is asked for."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST) if page else 0):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if note:
            try:
                yield note, pdfium.FPDFAnnot_GetSubtype(note)
            finally:
                pdfium.FPDFPage_CloseAnnot(note)


def visible(page: Handle) -> Iterator[tuple[Handle, int]]:
    """Yield the annotations of a page that are shown, as `every` does."""
    return (note for note in every(page) if not pdfium.FPDFAnnot_GetFlags(note[0]) & _UNSEEN)


def place_of(note: Handle, place: Handle) -> Rule | None:
    """Where an annotation lies on the sheet as displayed."""
    edges = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(note, ctypes.byref(edges)):
        return None
    return Rule(*place(edges.left, edges.bottom, edges.right, edges.top))


def string(ask: Handle, *about: Handle) -> str:
    """A text that pdfium writes as UTF-16 into a buffer; "" if there is none, or a very long one."""
    buffer = ctypes.create_string_buffer(_LONGEST)
    address = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    length = ask(*about, address, _LONGEST)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace") if 2 < length <= _LONGEST else ""


def worded(note: Handle) -> str:
    """The text of a note; where it has only rich text (PDF 32000-1, 12.7.3.4), the words of that."""
    plain = string(pdfium.FPDFAnnot_GetStringValue, note, b"Contents")
    rich = "" if plain else string(pdfium.FPDFAnnot_GetStringValue, note, b"RC")
    return " ".join((plain or unescape(_TAG.sub(" ", rich))).split())


def _stretches(note: Handle, place: Handle) -> Iterator[Rule]:
    """The rectangles that a note marks: its corners by fours (PDF 32000-1, 12.5.6.10), or its own."""
    corners = pdfium.FS_QUADPOINTSF()
    count = min(pdfium.FPDFAnnot_CountAttachmentPoints(note), MOST)
    for index in range(count):
        if pdfium.FPDFAnnot_GetAttachmentPoints(note, index, ctypes.byref(corners)):
            xs = [getattr(corners, f"x{n}") for n in range(1, 5)]
            ys = [getattr(corners, f"y{n}") for n in range(1, 5)]
            yield Rule(*place(min(xs), min(ys), max(xs), max(ys)))
    own = None if count else place_of(note, place)
    if own:
        yield own


def _through(edges: Rule) -> Rule:
    middle = edges.y0 + 0.55 * (edges.y1 - edges.y0)
    return Rule(edges.x0, middle, edges.x1, middle)
