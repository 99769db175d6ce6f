"""Read a manuscript: the plain text that a sample paper is made from.

A manuscript is blocks between empty lines; lines of one block are joined. The start of a block says what it is:

    = text, == text     title or subtitle, centred
    # text … ### text   heading
    : label | value     one line of a report's head ("Meeting | Cabinet"); several make one head
    | a | b |           a table row; the first row is the header
    - text              a bullet
    > text              an indented paragraph
    ~ text              small print
    a) text, 2.1 text   a paragraph with a hanging label; two blanks before it indent it further
    !name value         an instruction to the typesetter (`!page`, `!running …`), listed in `typeset`

Words between two pairs of asterisks are bold. It does no layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LABEL = re.compile(r"( *)(\(?(?:[a-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*)[.)]|\d{1,2}\.\d{1,2})\s+(.*)", re.DOTALL)
_PREFIXES = (
    ("### ", "heading3"),
    ("## ", "heading2"),
    ("# ", "heading1"),
    ("== ", "subtitle"),
    ("= ", "title"),
    ("- ", "bullet"),
    ("> ", "indented"),
    ("~ ", "small"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of a manuscript.

    ``kind`` is a style name, "head", "table", "labelled" or "instruction". ``rows`` holds the cells of a head or a
    table; ``label`` is a labelled paragraph's label or an instruction's name; ``depth`` is its indent, from 0.
    """

    kind: str
    text: str = ""
    label: str = ""
    depth: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def read(path: Path) -> tuple[str, tuple[Piece, ...]]:
    """Read one manuscript: where its paper goes (the first line, ``!file``) and its pieces in order.

    Raises:
        ValueError: the first line names no file.
    """
    head, _, body = path.read_text(encoding="utf-8").partition("\n")
    if not head.startswith("!file "):
        message = f"{path}: the first line must be '!file PATH', found {head!r}"
        raise ValueError(message)
    return head.removeprefix("!file ").strip(), tuple(pieces(body))


def pieces(text: str) -> Iterator[Piece]:
    """Cut a manuscript's text into pieces."""
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        lines = block.split("\n")
        while lines and lines[0].startswith("!"):
            name, _, value = lines.pop(0)[1:].partition(" ")
            yield Piece("instruction", value.strip(), name)
        if lines:
            yield _piece(lines)


def _piece(lines: list[str]) -> Piece:
    if lines[0].startswith("| "):
        return Piece("table", rows=tuple(_cells(line.strip("| ")) for line in lines))
    if lines[0].startswith(": "):
        return Piece("head", rows=tuple(_cells(line[2:]) for line in lines))
    text = " ".join([lines[0].rstrip(), *(line.strip() for line in lines[1:])])
    for prefix, kind in _PREFIXES:
        if text.startswith(prefix):
            return Piece(kind, text.removeprefix(prefix))
    labelled = _LABEL.fullmatch(text)
    if labelled:
        return Piece("labelled", labelled[3], labelled[2], depth=len(labelled[1]) // 2)
    return Piece("body", text.strip())


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.split("|"))
