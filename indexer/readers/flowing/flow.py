"""Lay out text without sheets: lines of a flowing document become blocks, and blocks pages of a fair size.

Word, web and text papers have no sheets. They are stored as pages all the same, cut between blocks, so that no stored
page grows without bound; their page numbers are never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from indexer.records import Block, Page

PAGE_SIZE: Final = 20_000  # characters: some seven printed sheets, and a page is shown and marked as a whole
_NOT_TEXT: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One block to be: its text, and what the file marks it as. ``cells`` of a table row are separated by tabs.

    ``lead`` is how many characters at its beginning are bold where the rest is not.
    """

    text: str
    level: int = 0
    bold: bool = False
    row: bool = False
    lead: int = 0


def tidy(text: str) -> str:
    """One line of text without control characters, soft hyphens or runs of white space."""
    return " ".join(_NOT_TEXT.sub("", text).split())


def row(cells: Iterable[str]) -> Line | None:
    """A table row, its cells kept apart by tabs; nothing if all are empty. One filled cell is still a row."""
    texts = [tidy(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return Line("\t".join(texts), row=True) if texts else None


def pages(lines: Iterable[Line]) -> tuple[Page, ...]:
    """Put blocks on pages of about `PAGE_SIZE` characters, in order; empty lines are left out."""
    made: list[Page] = []
    waiting: list[Line] = []
    size = 0
    for line in _fitting(lines):
        # A heading opens the next page rather than closing this one.
        full = size + len(line.text) > PAGE_SIZE or (line.level and size > PAGE_SIZE * 3 // 4)
        if waiting and full:
            made.append(_page(len(made) + 1, waiting))
            waiting, size = [], 0
        waiting.append(line)
        size += len(line.text) + 1
    if waiting:
        made.append(_page(len(made) + 1, waiting))
    return tuple(made)


def _fitting(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines that hold anything, those longer than a page cut at a blank."""
    for line in lines:
        text = line.text.strip("\n") if line.row else line.text.strip()
        while len(text) > PAGE_SIZE:
            at = text.rfind(" ", PAGE_SIZE // 2, PAGE_SIZE)
            at = at if at > 0 else PAGE_SIZE
            yield Line(text[:at].strip(), line.level, line.bold, line.row)
            text = text[at:].strip()
        if text:
            yield Line(text, line.level, line.bold, line.row, line.lead if text == line.text else 0)


def _page(number: int, lines: list[Line]) -> Page:
    blocks = []
    at = 0
    for line in lines:
        blocks.append(Block(at, at + len(line.text), bold=line.bold, row=line.row, level=line.level, lead=line.lead))
        at += len(line.text) + 1
    return Page(number, "\n".join(line.text for line in lines), tuple(blocks))
