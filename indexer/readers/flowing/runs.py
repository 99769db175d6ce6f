"""What a paragraph of a Word file says: its runs as a reader of the accepted document sees them.

Left out are text that tracked changes deleted or moved away, struck-out text, and text that cannot be seen: hidden, of
the colour of its ground, or too small. What is left out is counted, except what was moved.
Raised letters are kept apart (`indexer.text.raised`), and notes are remembered at their marks. Boxes of text
that hang on a paragraph are handed back, since they are not part of its sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from indexer.records import DELETED, STRUCK, UNSEEN
from indexer.text.raised import raised

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_GONE: Final = frozenset(
    ("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", f"{_W}del", f"{_W}moveFrom", f"{_W}pPr")
)
Marks: TypeAlias = dict[str, bool | str]
_TINY: Final = 4  # half-points: letters this low are not read
_RAISED: Final = 4  # half-points above the line from which letters are raised
_LIGHT: Final = 240  # of 255: lighter letters cannot be seen on paper
_NEAR: Final = 16  # shades within which two colours are one
# Colours of Word's highlighter in which letters can be lost.
_HIGHLIGHTS: Final = {
    "black": (0, 0, 0), "white": (255, 255, 255), "yellow": (255, 255, 0), "red": (255, 0, 0), "blue": (0, 0, 255),
    "green": (0, 255, 0), "cyan": (0, 255, 255), "magenta": (255, 0, 255), "darkBlue": (0, 0, 128),
    "darkCyan": (0, 128, 128), "darkGreen": (0, 128, 0), "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0),
    "darkYellow": (128, 128, 0), "darkGray": (128, 128, 128), "lightGray": (192, 192, 192),
}  # fmt: skip
_OFF: Final = ("0", "false", "off", "none")
_NOTES: Final = {f"{_W}footnoteReference": "footnotes", f"{_W}endnoteReference": "endnotes"}
_BREAKS: Final = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Letters of picture fonts that papers use, by the last two digits of their code; other pictures say nothing.
_PICTURES: Final = {
    "wingdings": {
        "fc": "✓", "fb": "✗", "fe": "☑", "fd": "☒", "a8": "☐", "6f": "☐", "78": "☒",
        "b7": "•", "a7": "▪", "e0": "→", "df": "←",
    },
    "wingdings 2": {"50": "✓", "4f": "✗", "52": "☑", "51": "☒", "a3": "☐", "2a": "☐"},
    "symbol": {"a3": "≤", "b3": "≥", "b1": "±", "b0": "°", "b7": "•", "b4": "×", "b8": "÷", "ae": "→", "6d": "µ"},
}  # fmt: skip


@dataclass(slots=True)
class Said:
    """One paragraph: its text with tabs and line breaks, whether all of it is bold, and what hangs on it.

    ``lead`` is what is bold at its beginning where the rest is not.

    ``notes`` are (part, id) of the footnotes and endnotes that it points to, ``left_out`` counts the words that are
    struck out in it, those that tracked changes deleted, and those that cannot be seen.
    """

    text: str = ""
    bold: bool = False
    lead: str = ""
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


class Runs:
    """Reads the paragraphs of one file; notes are numbered in the order in which they are first pointed to."""

    def __init__(self, styles: Mapping[str | None, Element]) -> None:
        self._styles = styles
        self._numbers: dict[tuple[str, str], int] = {}

    def said(self, paragraph: Element) -> Said:
        """What a paragraph says once every tracked change is accepted."""
        out = Said()
        pieces: list[str] = []
        weights: list[bool] = []
        led = 0
        usual = self._properties(paragraph.find(f"{_W}pPr"))
        # Of cells and boxes the ground is not known: they take it from styles of tables and shapes.
        boxed = next(paragraph.iterancestors(f"{_W}tc", f"{_W}txbxContent"), None) is not None
        out.left_out[DELETED] += sum(len((part.text or "").split()) for part in paragraph.iter(f"{_W}delText"))
        for run in self._runs(paragraph, out):
            look = usual | self._properties(run.find(f"{_W}rPr"))
            before = "".join(pieces[-4:])
            text = self._text(run, before, out)
            if not text:
                continue
            if look.get("vanish") or _unseen(look, boxed=boxed):
                out.left_out[UNSEEN] += len(text.split())
                continue
            if look.get("strike") or look.get("dstrike"):
                out.left_out[STRUCK] += len(text.split())
                continue
            if text.strip():
                mark = run.find(f"{_W}rPr/{_W}b")
                weights.append(mark is not None and mark.get(f"{_W}val", "1") not in _OFF)
            pieces.append(raised(before, text) if look.get("raised") else text)
            led = len(pieces) if all(weights) else led
        out.text = "".join(pieces)
        out.bold = bool(weights) and all(weights)
        out.lead = "".join(pieces[:led]) if not out.bold else ""
        return out

    def number(self, note: tuple[str, str]) -> int:
        """The number that Word draws for a note."""
        part = note[0]
        count = sum(known[0] == part for known in self._numbers)
        return self._numbers.setdefault(note, count + 1)

    def _runs(self, parent: Element, out: Said) -> Iterator[Element]:
        for child in parent.iterchildren():
            if child.tag == f"{_W}txbxContent":
                out.boxes.append(child)
            elif child.tag not in _GONE:
                if child.tag in (f"{_W}r", f"{_M}r"):
                    yield child
                yield from self._runs(child, out)

    def _text(self, run: Element, before: str, out: Said) -> str:
        pieces = []
        for child in run.iterchildren():
            if child.tag in (f"{_W}t", f"{_M}t"):
                pieces.append(child.text or "")
            elif child.tag in _BREAKS:
                pieces.append(_BREAKS[child.tag])
            elif child.tag == f"{_W}sym":
                pieces.append(_picture(child))
            elif child.tag in _NOTES:
                note = (_NOTES[child.tag], child.get(f"{_W}id", ""))
                out.notes.append(note)
                pieces.append(raised(before + "".join(pieces), str(self.number(note))))
            elif child.tag == f"{_W}fldChar":
                pieces.append(_filled(child))
        return "".join(pieces)

    def _properties(self, marked: Element | None) -> Marks:
        """How letters are struck out, hidden, raised or coloured: by themselves, or by the style that they name."""
        marks: Marks = {}
        if marked is None:
            return marks
        for kind in ("rStyle", "pStyle"):
            named = marked.find(f"{_W}{kind}")
            for style in self._chain(named.get(f"{_W}val") if named is not None else None):
                marks = _marks(style.find(f"{_W}pPr")) | _marks(style.find(f"{_W}rPr")) | marks
        # What a paragraph's own mark looks like says nothing of its letters, but what is behind them does.
        return marks | _marks(marked)

    def _chain(self, name: str | None) -> Iterator[Element]:
        """A style and those that it is based on, nearest first; styles may be based on each other in a ring."""
        for _ in range(10):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            based = style.find(f"{_W}basedOn")
            name = based.get(f"{_W}val") if based is not None else None


def _marks(properties: Element | None) -> Marks:
    marks: Marks = {}
    for mark in () if properties is None else properties.iterchildren():
        name = mark.tag.removeprefix(_W)
        value = mark.get(f"{_W}val", "1")
        if name in ("strike", "dstrike", "vanish"):
            marks[name] = value not in _OFF
        elif name == "vertAlign":
            marks["raised"] = value == "superscript"
        elif name == "position":
            marks["raised"] = value.isdecimal() and int(value) >= _RAISED
        elif name in ("color", "highlight", "sz"):
            marks[name] = value
        elif name == "shd":
            marks[name] = mark.get(f"{_W}fill", "auto")
    return marks


def _unseen(look: Marks, *, boxed: bool) -> bool:
    """Whether letters have the colour of their ground, or are lower than `_TINY` half-points."""
    size = str(look.get("sz", ""))
    if size.isdecimal() and int(size) < _TINY:
        return True
    highlight = str(look.get("highlight", "none"))
    ground = _HIGHLIGHTS.get(highlight) or _rgb(look.get("shd"))
    colour = _rgb(look.get("color"))
    if colour is None:
        # Automatic letters turn white on dark shading, but not on the highlighter.
        return highlight == "black"
    if ground is None:
        return not boxed and min(colour) > _LIGHT
    return max(abs(a - b) for a, b in zip(colour, ground, strict=True)) < _NEAR


def _rgb(value: object) -> tuple[int, int, int] | None:
    """A colour as Word writes it, None for an automatic one."""
    try:
        number = int(str(value), 16) if value and len(str(value)) == 6 else -1
    except ValueError:
        return None
    return (number >> 16, number >> 8 & 255, number & 255) if number >= 0 else None


def _picture(symbol: Element) -> str:
    """A letter of a picture font as the character that it looks like."""
    code = symbol.get(f"{_W}char", "").casefold()
    known = _PICTURES.get(symbol.get(f"{_W}font", "").casefold())
    if known is not None:
        return known.get(code[-2:], "")
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    # Word keeps the codes of picture fonts in the private area, a page above the letters of the same keys.
    value -= 0xF000 if 0xF020 <= value <= 0xF0FF else 0
    return chr(value) if 31 < value < 0xD800 else ""


def _filled(mark: Element) -> str:
    """What an old form field shows: a box with or without its cross, or the chosen entry of a list."""
    box = mark.find(f"{_W}ffData/{_W}checkBox")
    if box is not None:
        state = box.find(f"{_W}checked")
        state = box.find(f"{_W}default") if state is None else state
        return "☒" if state is not None and state.get(f"{_W}val", "1") not in _OFF else "☐"
    entries = [entry.get(f"{_W}val", "") for entry in mark.iterfind(f"{_W}ffData/{_W}ddList/{_W}listEntry")]
    chosen = mark.find(f"{_W}ffData/{_W}ddList/{_W}result")
    at = chosen.get(f"{_W}val", "0") if chosen is not None else "0"
    return entries[int(at)] if at.isdecimal() and int(at) < len(entries) else ""
