"""What is on a sheet: words, drawn lines, the sheet itself; coordinates as in `indexer.readers.pdf.sheets`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

# pdfium marks a hyphen that breaks a word at a line's end with U+FFFE (older builds: U+0002).
LINE_HYPHEN = "\ufffe"
# Letters that the file gives no character for are kept as these, U+F0000 and their code, until somebody names them.
NAMELESS = "\U000f0000-\U000f00ff"


class Word(NamedTuple):
    """One run without white space, as printed, with its rectangle, type size in points and weight.

    ``turn`` is the direction of the letters in quarter turns anticlockwise: 0 for upright text. ``place`` counts the
    sheet's words in the order of the file, before anything is left out; 0 throughout where there is no such order.
    ``lean`` is how many degrees the letters are off that direction, in [-45, 45]; ``tone`` is how light they are:
    0 is black, 1 is white.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float = 10.0
    bold: bool = False
    turn: int = 0
    place: int = 0
    lean: float = 0.0
    tone: float = 0.0


class Rule(NamedTuple):
    """A rectangle; most often a drawn line, level or upright, as a thin one."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def area(self) -> float:
        """Its area in square points."""
        return (self.x1 - self.x0) * (self.y1 - self.y0)

    def rounded(self) -> Rule:
        """Its edges to whole points."""
        return Rule(*(float(round(edge)) for edge in self))

    def touches(self, other: Rule) -> bool:
        """Whether any of the other lies in it."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def holds(self, other: Rule) -> bool:
        """Whether all of the other lies in it."""
        return self.x0 <= other.x0 and self.y0 <= other.y0 and other.x1 <= self.x1 and other.y1 <= self.y1


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is on one sheet, sizes in points.

    ``words`` keep the order of the file, and lie as on the sheet turned clockwise by ``lean`` degrees about its middle;
    ``rules`` are level and upright lines; ``pictures`` is the share of the sheet that its largest picture (or a drawing
    of very many strokes) covers, in [0, 1]; ``images`` are the rectangles of its pictures, ``drawn`` of these and of
    all else that may draw letters. ``stamps`` are the texts of what is stamped or typed over it, ``overlays`` those
    printed over it, none of them among its ``words``; ``typed`` says that annotations or form fields put words on it.
    ``unseen`` counts the words of the file that cannot be seen, ``struck`` those that are struck out: both are left
    out; ``layer`` says that many words lie beneath a scan, as an earlier OCR read it. ``covers`` are the rectangles
    of what is drawn over a scan.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    pictures: float = 0.0
    stamps: tuple[str, ...] = ()
    typed: bool = False
    images: tuple[Rule, ...] = ()
    lean: float = 0.0
    overlays: tuple[str, ...] = ()
    unseen: int = 0
    layer: bool = False
    struck: int = 0
    drawn: tuple[Rule, ...] = ()
    covers: tuple[Rule, ...] = ()
