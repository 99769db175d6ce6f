"""What a PDF says of itself apart from its pages' content: title, author, labels, outline."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from indexer.layout import clean
from indexer.readers.pdf.notes import string
from indexer.readers.pdf.pdfium import LOCK, Handle
from indexer.readers.pdf.pdfium import raw as pdfium
from indexer.records import Bookmark

# Outlines deeper or longer than this are damaged or hostile.
_MOST: Final = 5000
_DEEPEST: Final = 50


@dataclass(frozen=True, slots=True)
class Frame:
    """What a file says of itself: ``labelled`` are its subject and keywords, ``labels`` the numbers of its sheets.

    There are no ``labels`` where they only count the sheets.
    """

    title: str
    author: str
    labelled: tuple[str, ...]
    labels: dict[int, str]
    outline: tuple[Bookmark, ...]


def frame(file: Handle) -> Frame:
    """Read it from an `opened` file; what is damaged is left out."""
    with LOCK:
        title, author, *labelled = (
            _plain(string(pdfium.FPDF_GetMetaText, file.raw, key))
            for key in (b"Title", b"Author", b"Subject", b"Keywords")
        )
        labels = {
            number: _plain(string(pdfium.FPDF_GetPageLabel, file.raw, number - 1)) for number in range(1, len(file) + 1)
        }
        counted = all(label in ("", str(number)) for number, label in labels.items())
        outline = tuple(_outline(file, None, 0, set()))
    return Frame(title, author, tuple(labelled), {} if counted else labels, outline)


def _outline(file: Handle, parent: Handle, depth: int, seen: set[int]) -> Iterator[Bookmark]:
    """The bookmarks below one, each before those below it; those that lead to no page are left out."""
    item = pdfium.FPDFBookmark_GetFirstChild(file.raw, parent)
    while item and len(seen) < _MOST and (address := ctypes.addressof(item.contents)) not in seen:
        seen.add(address)
        aim = pdfium.FPDFBookmark_GetDest(file.raw, item)
        page = pdfium.FPDFDest_GetDestPageIndex(file.raw, aim) + 1 if aim else 0
        if 0 < page <= len(file) and (title := _plain(string(pdfium.FPDFBookmark_GetTitle, item))):
            yield Bookmark(title, page, depth)
        if depth < _DEEPEST:
            yield from _outline(file, item, depth + 1, seen)
        item = pdfium.FPDFBookmark_GetNextSibling(file.raw, item)


def _plain(text: str) -> str:
    return " ".join(clean.invisible(text.replace("\n", " ")).split())
