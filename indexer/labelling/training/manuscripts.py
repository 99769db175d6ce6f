"""Our own fictional minutes with their labels, from the text files beside this module.

A line is a block: the mark of its label, a star where it is set in bold type, and its text, in which `` | `` parts the
cells of a row. ``&`` before the mark says that the sentence, or the cell, stands in the block before. ``---`` turns the
page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from indexer.labelling.units import Label
from indexer.records import Block, Page

FOLDER: Final = Path(__file__).with_name("manuscripts")
MARKS: Final[dict[str, Label]] = {
    "h": "head", "p": "attendance", "i": "item", "t": "text", "d": "decision", "+": "decision+", "v": "vote",
    "m": "mover", "a": "action", "k": "reported", "c": "closing", "~": "running", "r": "row",
}  # fmt: skip
_SIZE = 11.0


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Fictional minutes: ``labels`` are (page, start, end, label) of stretches of the pages' texts, in order."""

    name: str
    pages: tuple[Page, ...]
    labels: tuple[tuple[int, int, int, Label], ...]


def manuscripts(folder: Path = FOLDER) -> Iterator[Manuscript]:
    """Read every manuscript of a folder, by name."""
    for path in sorted(folder.glob("*.txt")):
        yield manuscript(path.stem, path.read_text(encoding="utf-8"))


def manuscript(name: str, text: str) -> Manuscript:
    """Set one manuscript.

    Raises:
        KeyError: a line's mark is none.
    """
    pages: list[Page] = []
    labels: list[tuple[int, int, int, Label]] = []
    sheet: list[tuple[str, bool, bool, int]] = []
    for line in [*text.split("\n"), "---"]:
        if line == "---":
            if sheet:
                pages.append(_page(len(pages) + 1, sheet))
            sheet = []
            continue
        if not line.strip() or line.startswith("#"):
            continue
        mark, _, words = line.partition(" ")
        same, mark, bold = mark.startswith("&"), mark.strip("&*"), mark.endswith("*")
        words = f" {words}".replace(" |", "\t").replace("\t ", "\t").removeprefix(" ").rstrip()
        start = sum(len(block) + 1 for block, *_ in sheet) - same * bool(sheet)
        if same and sheet:
            before, bold, row, lead = sheet.pop()
            joint = "" if words.startswith("\t") else " "
            row = row or "\t" in words
            lead = lead or (len(before) if bold and not row else 0)  # a title in bold that runs into its text
            sheet.append((f"{before}{joint}{words}", bold and not lead, row, lead))
            start += len(joint)
        else:
            sheet.append((words, bold, "\t" in words, 0))
        labels.append((len(pages) + 1, start, start + len(words), MARKS[mark]))
    return Manuscript(name, tuple(pages), tuple(labels))


def _page(number: int, sheet: list[tuple[str, bool, bool, int]]) -> Page:
    blocks: list[Block] = []
    start = 0
    for text, bold, row, lead in sheet:
        blocks.append(Block(start, start + len(text), _SIZE, bold, row, lead=lead))
        start += len(text) + 1
    return Page(number, "\n".join(text for text, *_ in sheet), tuple(blocks))
