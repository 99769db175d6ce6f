"""Numbers that Word draws but does not store: list entries and headings numbered by the file's list definitions.

Minute numbers and the limbs of resolutions are often such numbers. Only what boards' papers use is counted: decimals,
letters, roman numerals and bullets; pictures and other scripts count as bullets.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN: Final = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACE: Final = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """One depth of a list: how its numbers look ("%1.%2"), in which script, and where they start."""

    format: str
    text: str
    start: int


class Numbering:
    """Counts the numbered paragraphs of one file; `mark` is called once for each, in reading order."""

    def __init__(self, part: Element | None, styles: Mapping[str | None, Element]) -> None:
        self._styles = styles
        self._lists: dict[str, str] = {}  # numId to abstractNumId: paragraphs of one abstract list count together
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if part is None:
            return
        for abstract in part.iter(f"{_W}abstractNum"):
            levels = {_number(level.get(f"{_W}ilvl")): _level(level) for level in abstract.iter(f"{_W}lvl")}
            self._levels[abstract.get(f"{_W}abstractNumId", "")] = levels
        for num in part.iter(f"{_W}num"):
            target = num.find(f"{_W}abstractNumId")
            restarted = num.find(f"{_W}lvlOverride/{_W}startOverride") is not None
            if target is not None:
                name, abstract = num.get(f"{_W}numId", ""), target.get(f"{_W}val", "")
                self._lists[name] = f"{abstract} {name}" if restarted else abstract

    def mark(self, paragraph: Element) -> str:
        """The number that Word draws before this paragraph ("93.", "a)", "•"), "" for none."""
        name, depth = self._place(paragraph)
        key = self._lists.get(name, "")
        levels = self._levels.get(key.split(" ")[0], {}) if key else {}
        level = levels.get(depth)
        if level is None or level.format == "none":
            return ""
        if level.format not in _SCRIPTS:
            return "•"
        counts = self._counts[key]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        return _PLACE.sub(lambda match: self._digits(levels, counts, int(match[1]) - 1), level.text)

    def _digits(self, levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
        level = levels.get(depth)
        if level is None:
            return ""
        return _SCRIPTS[level.format](counts.get(depth, level.start))

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """List and depth, from the paragraph itself or from its style."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        style = self._styles.get(named.get(f"{_W}val")) if named is not None else None
        inherited = style.find(f"{_W}pPr/{_W}numPr") if style is not None else None
        for marks in (own, inherited):
            if marks is not None and marks.find(f"{_W}numId") is not None:
                depth = marks.find(f"{_W}ilvl")
                name = marks.find(f"{_W}numId").get(f"{_W}val", "")
                return name, _number(depth.get(f"{_W}val")) if depth is not None else 0
        return "", 0


def _level(element: Element) -> _Level:
    values = {}
    for name, otherwise in (("numFmt", "decimal"), ("lvlText", ""), ("start", "1")):
        child = element.find(f"{_W}{name}")
        values[name] = child.get(f"{_W}val", otherwise) if child is not None else otherwise
    return _Level(values["numFmt"], values["lvlText"], _number(values["start"]))


def _number(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 6 else 0


def _letter(count: int) -> str:
    """Write a number as Word letters do: a to z, then aa, bb."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count <= 260 else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 400:
        return str(count)
    written = ""
    for value, letters in _ROMAN:
        times, count = divmod(count, value)
        written += letters * times
    return written


_SCRIPTS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02d}",
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}
