"""The list in front of the evidence: what is cited, and on which page of the file it is. Printed by reportlab.

The file carries its font, so that every viewer shows each letter of a Welsh name ("Tŷ").
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from search.bounds import BOUNDS

if TYPE_CHECKING:
    from reportlab.platypus import Paragraph

WIDTH, HEIGHT = 595, 842  # A4 in points
MARGIN = 64
_TITLE, _TEXT, _SMALL = 16.0, 10.5, 9.0  # sizes of type in points
_LEAD = 1.35  # from one line to the next, of the size
_GAP = 11  # points between entries
_FONT = "Open Sans"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: the references of a page, its file, and why it is missing, "" if it is not."""

    references: Sequence[str]
    file: str
    fault: str = ""


@dataclass(slots=True)
class Front:
    """The list as a PDF of so many pages; each link's page from 0, its rectangle and the entry that it leads to."""

    pdf: bytes = b""
    pages: int = 1
    links: list[tuple[int, tuple[float, float, float, float], int]] = field(default_factory=list)


def front(title: str, entries: Sequence[Entry]) -> Front:
    """Print the list.

    Args:
        title: printed above it.
        entries: in the order of their pages, which follow the list.
    """
    return _printed(title, entries, _printed(title, entries, 0).pages)


def _printed(title: str, entries: Sequence[Entry], first: int) -> Front:
    """Print the list before a page that has ``first`` pages before it."""
    from reportlab.pdfgen.canvas import Canvas

    made, out = Front(), io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=True)
    top, place = float(HEIGHT - MARGIN), first
    for number, entry in enumerate((Entry((), ""), *entries)):
        place += bool(number) and not entry.fault
        lines = [_set(title[: BOUNDS.cover_characters], _TITLE)] if not number else list(_lines(entry, place))
        tall = sum(line.wrap(WIDTH - 2 * MARGIN, HEIGHT)[1] for line in lines)
        if top - tall < MARGIN:
            canvas.showPage()
            made.pages += 1
            top = float(HEIGHT - MARGIN)
        bottom = top - tall
        for line in lines:
            top -= line.height
            line.drawOn(canvas, MARGIN, top)
        if number and not entry.fault:
            made.links.append((made.pages - 1, (MARGIN, bottom, WIDTH - MARGIN, bottom + tall), number - 1))
        top -= _GAP
    canvas.save()
    made.pdf = out.getvalue()
    return made


def _lines(entry: Entry, place: int) -> Iterator[Paragraph]:
    yield from (_set(reference, _TEXT) for reference in dict.fromkeys(entry.references))
    yield _set(entry.fault or f"Page {place} of this file", _SMALL)
    yield _set(f"From {entry.file}", _SMALL)


def _set(text: str, size: float) -> Paragraph:
    """Set a text, broken into lines that fit; signs that the font lacks become question marks."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    letters = _letters()
    style = ParagraphStyle("", fontName=_FONT, fontSize=size, leading=size * _LEAD)
    return Paragraph(escape("".join(sign if ord(sign) in letters else "?" for sign in " ".join(text.split()))), style)


@cache
def _letters() -> frozenset[int]:
    """Make the font known, and give the signs that it has."""
    import fontpkg_open_sans
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(_FONT, str(fontpkg_open_sans.ROOT / "files" / "OpenSans[wdth,wght].ttf"))
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)
