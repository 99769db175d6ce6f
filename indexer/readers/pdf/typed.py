"""What is typed over a page rather than printed on it: form fields, notes and stamps, which every reader of it sees.

Their words are read where they are drawn, from a copy of the page with its annotations laid into it. A field or note
that has no drawing is read from its value, set into its rectangle. Comments that open on a click are
not part of the page and are left out; what is attached to the file is listed, not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

from indexer.errors import UnreadablePaper
from indexer.layout.marks import Sheet, Word
from indexer.readers.pdf.notes import MOST, PINNED, WORDED, place_of, string, visible, worded
from indexer.readers.pdf.objects import placer
from indexer.readers.pdf.pdfium import LOCK, Handle, changed
from indexer.readers.pdf.pdfium import raw as pdfium
from indexer.readers.pdf.sheets import read_sheet

# A value that is set into its rectangle: type size, and the width of a letter in type sizes.
_SIZE: Final = 9.0
_LETTER: Final = 0.5


class _Note(NamedTuple):
    """An annotation with words: its rectangle on the sheet, and its value."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str

    def holds(self, word: Word) -> bool:
        across, down = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        return self.x0 <= across <= self.x1 and self.y0 <= down <= self.y1


def words(file: Handle, sheet: Sheet) -> list[tuple[Word, ...]]:
    """The words that each annotation or form field puts on a sheet of an `opened` file, beside the sheet's own."""
    with LOCK:
        notes = _notes(file, sheet.number)
        if not notes:
            return []
        try:
            with changed(file, sheet.number, _flatten) as copy:
                drawn = read_sheet(copy, 1).words
        except UnreadablePaper:
            drawn = ()
    printed = {(word.text, round(word.x0), round(word.y0)) for word in sheet.words}
    added = [word for word in drawn if (word.text, round(word.x0), round(word.y0)) not in printed]
    texts: list[tuple[Word, ...]] = []
    for note in notes:
        inside = [word for word in added if note.holds(word)]
        added = [word for word in added if not note.holds(word)]
        own = any(note.holds(word) for word in sheet.words) and not inside
        said = inside or ([] if own else list(_set(note, sheet.words)))
        texts.append(tuple(word._replace(place=0) for word in said))
    return list(filter(None, texts))


def attached(file: Handle, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """The names of the files that are attached to an `opened` file, or pinned to one of its sheets."""
    with LOCK:
        count = min(pdfium.FPDFDoc_GetAttachmentCount(file.raw), MOST)
        items = [pdfium.FPDFDoc_GetAttachment(file.raw, index) for index in range(count)]
        names = [string(pdfium.FPDFAttachment_GetName, item) or "unnamed" for item in items if item]
        for sheet in sheets:
            names += _pinned(file, sheet.number) if sheet.typed else []
        return tuple(dict.fromkeys(names))


def _pinned(file: Handle, number: int) -> list[str]:
    with _loaded(file, number) as page:
        return [
            string(pdfium.FPDFAnnot_GetStringValue, note, b"Contents")[:60] or f"pinned to page {number}"
            for note, kind in visible(page)
            if kind == PINNED
        ]


@contextmanager
def _loaded(file: Handle, number: int) -> Iterator[Handle]:
    """A page, or nothing where it cannot be loaded."""
    page = pdfium.FPDF_LoadPage(file.raw, number - 1)
    try:
        yield page
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


def needs_adobe(file: Handle) -> bool:
    """Whether the file is a form that holds no pages but a program by which Adobe's reader draws them (XFA)."""
    with LOCK:
        return bool(pdfium.FPDF_GetFormType(file.raw) == pdfium.FORMTYPE_XFA_FULL)


def _flatten(page: Handle) -> None:
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)


def _notes(file: Handle, number: int) -> list[_Note]:
    form = getattr(getattr(file, "formenv", None), "raw", None)
    notes = []
    with _loaded(file, number) as page:
        place = placer(page) if page else None
        for note, kind in visible(page):
            if kind in WORDED and place:
                area = place_of(note, place)
                notes += [_Note(*area, _said(note, kind, form))] if area else []
    return notes


def _said(note: Handle, kind: int, form: Handle) -> str:
    """What a note or field says, "" for buttons, passwords, and stamps, whose comment is not what they show."""
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        return worded(note)
    if kind != pdfium.FPDF_ANNOT_WIDGET or form is None:
        return ""
    field = pdfium.FPDFAnnot_GetFormFieldType(form, note)
    if field in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        return "☒" if pdfium.FPDFAnnot_IsChecked(form, note) else ""
    secret = field == pdfium.FPDF_FORMFIELD_TEXTFIELD and pdfium.FPDFAnnot_GetFormFieldFlags(form, note) & 1 << 13
    kinds = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
    return "" if secret or field not in kinds else string(pdfium.FPDFAnnot_GetFormFieldValue, form, note)


def _set(note: _Note, printed: Sequence[Word]) -> Iterator[Word]:
    """The words of a value on one line of its rectangle: beside its label, if there is one, else at the top."""
    beside = [word.y0 for word in printed if word.x1 <= note.x0 and note.y0 - 2 <= word.y0 <= note.y1]
    top = min(beside, default=note.y0)
    said = note.text.split()
    letter = min(_LETTER * _SIZE, (note.x1 - note.x0) / (len(" ".join(said)) or 1))
    x = note.x0
    for text in said:
        yield Word(text, x, top, x + letter * len(text), top + _SIZE, _SIZE)
        x += letter * (len(text) + 1)
