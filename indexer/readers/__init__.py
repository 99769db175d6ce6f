"""One file per format; which one reads a file is decided by its content, never by its suffix alone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from indexer.errors import UnreadablePaper
from indexer.records import Document
from indexer.sweeps import unswept

_HEAD: Final = 4096  # bytes looked at; a PDF's mark may be anywhere in the first 1,024
_HTML: Final = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html\b)", re.I | re.S
)
_TAG: Final = re.compile(rb"<(?:!doctype|html|head|body|div|p|table|h[1-6]|meta|title)\b", re.I)
_NOT_PAPERS: Final = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"{\\rtf", "rich text (RTF); save it as Word or PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or Outlook file; save it as .docx or PDF"),
    (b"\x1f\x8b", "a compressed file (gzip); unpack it"),
    (b"7z\xbc\xaf", "a compressed file (7z); unpack it"),
    (b"Rar!", "a compressed file (RAR); unpack it"),
    (b"SQLite format 3\x00", "a database"),
    (b"%!PS", "PostScript; save it as PDF"),
)
# Half of a download: what comes is read when it is whole, under its own name.
_UNFINISHED: Final = frozenset((".crdownload", ".part", ".partial", ".download"))
# Text that is written for programs, under names that they look for.
_FOR_PROGRAMS: Final = frozenset(("robots.txt", "humans.txt", "security.txt", "ads.txt"))
# Text by content, but data or programs by their suffix.
_DATA: Final = frozenset((
    ".csv", ".tsv", ".json", ".jsonl", ".xml", ".css", ".js", ".py", ".yml", ".yaml", ".toml", ".ini", ".log", ".svg",
    ".ics", ".sql", ".url", ".webloc", ".desktop",
))  # fmt: skip


def read(path: Path) -> Document:
    """Read one paper, whatever its format.

    Raises:
        UnreadablePaper: not a paper's format, damaged, encrypted, empty, or too large.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        message = f"cannot be opened: {error.strerror}"
        raise UnreadablePaper(message, path=str(path)) from error
    if not head.strip(b"\x00 \t\r\n\f"):
        message = "empty file" if not head else "nothing but blanks at its start"
        raise UnreadablePaper(message, path=str(path), expected="a paper", found="no text")
    with unswept():
        return _reader(path, head)(path)


def _reader(path: Path, head: bytes) -> Callable[[Path], Document]:
    """Choose the reader; each is imported only when a paper of its format comes."""
    suffix = path.suffix.casefold()
    if suffix in _UNFINISHED:
        message = f"a download that is not finished ({suffix})"
        raise UnreadablePaper(message, path=str(path), expected="a whole file", found=suffix)
    if b"%PDF" in head[:1024]:
        from indexer.readers import pdf_reader

        return pdf_reader.read
    if head.startswith(b"PK\x03\x04") and _holds(path, "word/document.xml"):
        from indexer.readers.flowing import word

        return word.read
    if suffix == ".pdf" and _HTML.match(head):
        page = "a web page, such as a server sends to ask for a password or to say that the file is not there"
        message = f"no PDF: found {page}"
        raise UnreadablePaper(message, path=str(path), expected="PDF", found=page)
    if _HTML.match(head) or (suffix in (".html", ".htm", ".xhtml") and _TAG.search(head)):
        from indexer.readers.flowing import web

        return web.read
    if other := _other(path, head, suffix):
        message = f"not a paper format: found {other}"
        raise UnreadablePaper(message, path=str(path), expected="PDF, Word (.docx), HTML or text", found=other)
    from indexer.readers.flowing import text

    return text.read


def _holds(path: Path, member: str) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            return member in packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _other(path: Path, head: bytes, suffix: str) -> str:
    """Name what the file is instead of a paper, "" if it may be text."""
    for mark, name in _NOT_PAPERS:
        if head.startswith(mark):
            return name
    if head.startswith(b"PK\x03\x04"):
        if suffix == ".docx":
            return "a damaged Word file (its parts cannot be listed or hold no document)"
        if _holds(path, "content.xml"):
            return "an OpenDocument file; save it as Word or PDF"
        sheets = _holds(path, "xl/workbook.xml") or _holds(path, "ppt/presentation.xml")
        return "a spreadsheet or presentation; save it as PDF" if sheets else "a packed file (zip); unpack it"
    if suffix == ".pdf":
        return "no PDF (its first bytes lack %PDF): damaged, or another format under this name"
    if suffix in (".eml", ".mht", ".mhtml"):
        return f"an e-mail or archived page ({suffix}); save it, and what is attached, as PDF"
    if suffix in _DATA or path.name.casefold() in _FOR_PROGRAMS:
        return f"data or a program ({suffix})"
    from indexer.readers.flowing import text

    if not text.decodes(head):
        return "binary data"
    return ""
