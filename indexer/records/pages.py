"""What a reader makes of a file: pages, their blocks and the places of their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

TextMethod = Literal["text", "ocr", "none", "withheld"]


class Box(NamedTuple):
    """A rectangle on a sheet, in points (1/72 inch) from the sheet's top left corner; ``x0 <= x1``, ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list entry or table row of one page: ``page.text[start:end]``, without line breaks.

    ``size`` is the usual type size in points (0 where the format has none), ``level`` is the heading depth that the
    file itself marks (Word, HTML, Markdown; 0 for none), ``row`` marks a table row, whose cells a tab keeps apart.
    ``left`` is the indent of the first line in points from the sheet's left edge. ``jumps`` are the offsets into the
    page's text at which another program would not read on: a word that does not follow the one before it in the file,
    or the second half of a word whose spelling a line's end leaves open ("non-" and "elective"). ``lead`` is how many
    characters at its beginning are set in bold where the rest is not; 0 where none or all of it is.
    """

    start: int
    end: int
    size: float = 0.0
    bold: bool = False
    row: bool = False
    level: int = 0
    left: float = 0.0
    jumps: tuple[int, ...] = ()
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one sheet after cleaning: what spans point into and what is shown.

    ``text`` is the blocks' texts in reading order, joined by line breaks. ``boxes[i]`` holds the rectangles of the
    i-th word (a run without white space) of ``text``: one, or two where a hyphenated word was joined; empty for
    formats without sheets. ``confidence`` is the mean OCR confidence in [0, 1] (1.0 for text that was not guessed).
    ``label`` is the printed page number that the file states ("10", "iv"), or "". ``method`` is how it was read;
    "withheld" says that a part or all of the page is exempt: ``text`` is the rest, and its picture is not to be shown.
    """

    number: int
    text: str
    blocks: tuple[Block, ...] = ()
    label: str = ""
    width: float = 0.0
    height: float = 0.0
    boxes: tuple[tuple[Box, ...], ...] = ()
    method: TextMethod = "text"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One entry of a file's own outline: ``depth`` counts from 0, ``page`` is a 1-based sheet."""

    title: str
    page: int
    depth: int


@dataclass(frozen=True, slots=True)
class PageFault:
    """A page that could not be read, and why, in words for the ledger."""

    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of one file. ``title`` and ``author`` are the file's own metadata, often useless.

    ``margins`` are short texts beside the paper's own: lines at the edges of its sheets, headers and
    footers, keywords. ``spread`` are those that begin at the head of a sheet and end at its foot, if they are one text.
    ``overlays`` are what is printed over them: watermarks and stamps. All are looked at for what marks a paper as
    exempt, and never stored.
    """

    format: str
    paged: bool
    pages: tuple[Page, ...]
    title: str = ""
    author: str = ""
    outline: tuple[Bookmark, ...] = ()
    faults: tuple[PageFault, ...] = ()
    margins: frozenset[str] = frozenset()
    overlays: frozenset[str] = frozenset()
    spread: frozenset[str] = frozenset()
