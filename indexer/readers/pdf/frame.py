"""What a PDF says of itself apart from its pages' content: title, author, labels, outline. Only reader through pypdf.

pypdf never touches page content: it is slow there, and pdfium reads more fonts. What it trips over stays empty.
"""

from __future__ import annotations

import logging
import struct
import zlib
from pathlib import Path
from typing import Any

import pypdf
from pypdf.errors import DependencyError, DeprecationError, PyPdfError

from indexer.layout import clean
from indexer.records import Bookmark

# What pypdf raises on broken files: its own errors, and the built-in ones that leak from its parsers.
PYPDF_TROUBLE = (
    PyPdfError,
    DependencyError,  # no cryptography package: pdfium has read the text all the same
    DeprecationError,  # short names of filters, which it no longer reads
    struct.error,
    zlib.error,
    EOFError,
    RuntimeError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OverflowError,
    ArithmeticError,
    AssertionError,
    OSError,
    MemoryError,
)
# Outlines deeper or longer than this are damaged or hostile.
MAX_BOOKMARKS = 5000


class Frame:
    """What pypdf knows of a file apart from its pages' content; empty where it fails."""

    def __init__(self, path: Path) -> None:
        self.title = self.author = ""
        self.labelled: tuple[str, ...] = ()
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
            self.labelled = (_plain(about.subject), _plain(about.get("/Keywords")))

    def _labels(self, reader: pypdf.PdfReader) -> None:
        if "/PageLabels" not in reader.root_object:
            return
        labels = {number: _plain(label) for number, label in enumerate(reader.page_labels, 1)}
        if any(label != str(number) for number, label in labels.items()):
            self.labels = labels

    def _outline(self, reader: pypdf.PdfReader) -> None:
        outline = reader.outline
        if not outline:
            return
        numbers = {
            page.indirect_reference.idnum: n for n, page in enumerate(reader.pages, 1) if page.indirect_reference
        }
        bookmarks: list[Bookmark] = []

        def walk(entries: list[Any], depth: int) -> None:
            for entry in entries:
                if isinstance(entry, list):
                    walk(entry, depth + 1)
                elif len(bookmarks) < MAX_BOOKMARKS:
                    page = numbers.get(getattr(entry.page, "idnum", -1))
                    if page and (title := _plain(entry.title)):
                        bookmarks.append(Bookmark(title, page, depth))

        walk(outline, 0)
        self.outline = tuple(bookmarks)


def _plain(text: object) -> str:
    return " ".join(clean.invisible(str(text).replace("\n", " ")).split()) if text else ""
