"""What a PDF says of itself apart from its pages' content: title, author, labels, outline. Only reader through pypdf.

pypdf reads labels alone, where there are any: it is slow, but pdfium ends in labels that lead back to themselves.
"""

from __future__ import annotations

import ctypes
import logging
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import pypdf
from pypdf.errors import DependencyError, DeprecationError, PyPdfError

from indexer.layout import clean
from indexer.readers.pdf.notes import string
from indexer.readers.pdf.pdfium import LOCK, Handle
from indexer.readers.pdf.pdfium import raw as pdfium
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
_LABELS: Final = re.compile(rb"/PageLabels\b")
# Files that belong to a page or to the whole paper (PDF 2.0, 14.13), which pdfium does not list.
_FILES: Final = re.compile(rb"/AF\s{0,9}[\[\d]")
# Where a file packs objects, with its compressed bytes, and how much of one such pack is looked at.
_PACK: Final = re.compile(rb"/ObjStm\b[^>]{0,200}>{1,2}\s*stream\r?\n")
_UNPACKED: Final = 1 << 20
# Outlines deeper or longer than this are damaged or hostile.
_MOST: Final = 5000
_DEEPEST: Final = 50


@dataclass(frozen=True, slots=True)
class Frame:
    """What a file says of itself: ``labelled`` are its subject and keywords, ``labels`` the numbers of its sheets.

    There are no ``labels`` where they only count the sheets. ``files`` are the names of those that belong to a page.
    """

    title: str
    author: str
    labelled: tuple[str, ...]
    labels: dict[int, str]
    outline: tuple[Bookmark, ...]
    files: tuple[str, ...]


def frame(file: Handle, path: Path) -> Frame:
    """Read it from an `opened` file and its path; what is damaged is left out."""
    with LOCK:
        title, author, *labelled = (
            _plain(string(pdfium.FPDF_GetMetaText, file.raw, key))
            for key in (b"Title", b"Author", b"Subject", b"Keywords")
        )
        outline = tuple(_outline(file, None, 0, set()))
    labels, files = _listed(path)
    return Frame(title, author, tuple(filter(None, labelled)), labels, outline, files)


def _listed(path: Path) -> tuple[dict[int, str], tuple[str, ...]]:
    """The labels of a file's sheets, and the names of the files that belong to them."""
    held = path.read_bytes()
    packs = [_unpacked(held[match.end() : match.end() + _UNPACKED]) for match in _PACK.finditer(held)]
    sealed = b"/Encrypt" in held
    labelled, filed = (sealed or any(map(name.search, (held, *packs))) for name in (_LABELS, _FILES))
    labels: dict[int, str] = {}
    files: dict[str, None] = {}
    if labelled or filed:
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        with suppress(*PYPDF_TROUBLE), pypdf.PdfReader(path) as reader:
            if labelled and "/PageLabels" in reader.root_object:
                labels = {number: _plain(label) for number, label in enumerate(reader.page_labels, 1)}
            for one in (reader.root_object, *reader.pages) if filed else ():
                files |= dict.fromkeys(_names(one))
    return labels if any(label != str(number) for number, label in labels.items()) else {}, tuple(files)


def _names(one: pypdf.generic.DictionaryObject) -> Iterator[str]:
    """The names of the files in the list of a page or of the whole paper; what lies elsewhere is not attached."""
    listed = one.get("/AF", pypdf.generic.ArrayObject()).get_object()
    for file in islice(listed, _MOST):
        about = file.get_object()
        if "/EF" in about:
            yield _plain(str(about.get("/UF") or about.get("/F") or "unnamed"))


def _unpacked(pack: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(pack, _UNPACKED)
    except zlib.error:
        return b""


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
