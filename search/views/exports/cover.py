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
    (width, height), margin = BOUNDS.sheet, BOUNDS.margin
    canvas = Canvas(out, pagesize=BOUNDS.sheet, invariant=True)
    top, place = height - margin, first
    for number, entry in enumerate((Entry((), ""), *entries)):
        place += bool(number) and not entry.fault
        lines = (
            [_set(title[: BOUNDS.cover_characters], BOUNDS.title_size)] if not number else list(_lines(entry, place))
        )
        tall = sum(line.wrap(width - 2 * margin, height)[1] for line in lines)
        if top - tall < margin:
            canvas.showPage()
            made.pages += 1
            top = height - margin
        bottom = top - tall
        for line in lines:
            top -= line.height
            line.drawOn(canvas, margin, top)
        if number and not entry.fault:
            made.links.append((made.pages - 1, (margin, bottom, width - margin, bottom + tall), number - 1))
        top -= BOUNDS.gap
    canvas.save()
    made.pdf = out.getvalue()
    return made


def _lines(entry: Entry, place: int) -> Iterator[Paragraph]:
    yield from (_set(reference, BOUNDS.text_size) for reference in dict.fromkeys(entry.references))
    yield _set(entry.fault or f"Page {place} of this file", BOUNDS.small_size)
    yield _set(f"From {entry.file}", BOUNDS.small_size)


def _set(text: str, size: float) -> Paragraph:
    """Set a text, broken into lines that fit; signs that the font lacks become question marks."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    letters = _letters()
    style = ParagraphStyle("", fontName=_FONT, fontSize=size, leading=size * BOUNDS.leading)
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
