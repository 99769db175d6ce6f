"""A PDF into a document: text and boxes through `indexer.sheets`, outline, labels and metadata through pypdf.

pypdf never touches page content here: it is slow there, and pdfium reads more fonts. Whatever pypdf trips over, the
text is still read.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pypdf
from pypdf.errors import PyPdfError

from indexer import clean, layout
from indexer.errors import UnreadablePaper
from indexer.records import Block, Bookmark, Box, Document, Page, PageFault
from indexer.sheets import LINE_HYPHEN, Sheet, Word, opened, read_sheet

# What pypdf raises on broken files: its own errors, and the built-in ones that leak from its parsers.
PYPDF_TROUBLE = (
    PyPdfError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
    OverflowError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    OSError,
    MemoryError,
)
# Outlines deeper or longer than this are damaged or hostile.
MAX_BOOKMARKS = 5000


def read(path: Path) -> Document:
    """Read a PDF: clean text with boxes, page labels, outline, title and author.

    A page that fails alone becomes an empty page and a fault.

    Raises:
        UnreadablePaper: the file is no PDF, is damaged beyond repair, needs a password, or has no pages.
    """
    sheets: list[Sheet] = []
    faults: list[PageFault] = []
    with opened(path) as file:
        for number in range(1, len(file) + 1):
            try:
                sheet = read_sheet(file, number)
            except UnreadablePaper as error:
                faults.append(PageFault(number, str(error)))
                sheet = Sheet(number, 0.0, 0.0, ())
            sheets.append(sheet)
    frame = _Frame(path)
    broken = {fault.page for fault in faults}
    pages = tuple(_pages(sheets, frame.labels, broken))
    return Document("pdf", True, pages, frame.title, frame.author, frame.outline, tuple(faults))


def _pages(sheets: Sequence[Sheet], labels: dict[int, str], broken: set[int]) -> Iterable[Page]:
    drop, stamps = clean.running(sheets)
    known = {clean.bare(word.text) for sheet in sheets for word in sheet.words if not word.text.endswith(LINE_HYPHEN)}
    for sheet in sheets:
        gone = drop[sheet.number]
        kept = clean.words(word for index, word in enumerate(sheet.words) if index not in gone)
        label = labels.get(sheet.number) or stamps.get(sheet.number, "")
        page = compose(sheet, layout.drafts(kept, sheet.rules), known, label)
        unread = sheet.number in broken or (sheet.pictures and not sheet.words)
        yield page if not unread else Page(sheet.number, "", (), label, sheet.width, sheet.height, (), "none", 0.0)


def compose(sheet: Sheet, drafts: Sequence[layout.Draft], known: set[str], label: str) -> Page:
    """Write blocks into a page's text, with the boxes of each word.

    Args:
        known: the document's words, for mending broken ones (`clean.joined`).
    """
    text: list[str] = []
    blocks: list[Block] = []
    boxes: list[tuple[Box, ...]] = []
    at = 0
    for draft in drafts:
        cells = []
        for cell in draft.cells:
            mended = list(_mended(cell, known))
            cells.append(" ".join(word for word, _ in mended))
            boxes += [places for _, places in mended]
        body = "\t".join(cells)
        words = [word for cell in draft.cells for word in cell]
        size = sorted(word.size for word in words)[len(words) // 2]
        bold = sum(word.bold for word in words) > len(words) / 2
        blocks.append(Block(at, at + len(body), size, bold, draft.row, 0, round(draft.left, 1)))
        text.append(body)
        at += len(body) + 1
    return Page(sheet.number, "\n".join(text), tuple(blocks), label, sheet.width, sheet.height, tuple(boxes))


def _mended(cell: Sequence[Word], known: set[str]) -> Iterable[tuple[str, tuple[Box, ...]]]:
    held: tuple[str, tuple[Box, ...]] | None = None
    for word in cell:
        box = Box(word.x0, word.y0, word.x1, word.y1)
        text, places = word.text, (box,)
        if held:
            text, places = clean.joined(held[0], text, known), (*held[1], box)
        if word.text.endswith(LINE_HYPHEN):
            held = text, places
            continue
        held = None
        yield text, places
    if held:
        yield held[0].rstrip(LINE_HYPHEN) + "-", held[1]


class _Frame:
    """What pypdf knows of a file apart from its pages' content; empty where it fails."""

    def __init__(self, path: Path) -> None:
        self.title = self.author = ""
        self.labels: dict[int, str] = {}
        self.outline: tuple[Bookmark, ...] = ()
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        try:
            reader = pypdf.PdfReader(path)
        except PYPDF_TROUBLE:
            return
        with reader:
            for part in (self._metadata, self._labels, self._outline):
                try:
                    part(reader)
                except PYPDF_TROUBLE:
                    continue

    def _metadata(self, reader: pypdf.PdfReader) -> None:
        about = reader.metadata
        if about:
            self.title = _plain(about.title)
            self.author = _plain(about.author)

    def _labels(self, reader: pypdf.PdfReader) -> None:
        if "/PageLabels" not in reader.root_object:
            return
        labels = {number: _plain(label) for number, label in enumerate(reader.page_labels, 1)}
        if any(label != str(number) for number, label in labels.items()):
            self.labels = labels

    def _outline(self, reader: pypdf.PdfReader) -> None:
        numbers = {
            page.indirect_reference.idnum: n for n, page in enumerate(reader.pages, 1) if page.indirect_reference
        }
        found: list[Bookmark] = []

        def walk(entries: list[Any], depth: int) -> None:
            for entry in entries:
                if isinstance(entry, list):
                    walk(entry, depth + 1)
                elif len(found) < MAX_BOOKMARKS:
                    page = numbers.get(getattr(entry.page, "idnum", -1))
                    if page and (title := _plain(entry.title)):
                        found.append(Bookmark(title, page, depth))

        walk(reader.outline, 0)
        self.outline = tuple(found)


def _plain(text: object) -> str:
    return " ".join(clean.invisible(str(text).replace("\n", " ")).split()) if text else ""
