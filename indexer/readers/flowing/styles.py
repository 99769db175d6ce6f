"""How the letters of a web page look: hidden, struck out or raised, by their tag, their own style or the page's rules.

Rules of the page's own style sheets count as browsers on a screen apply them, but for what outranks what: the last rule
wins. No style sheet is fetched. Only importer of cssselect and tinycss2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Declared: TypeAlias = dict[str, str]
_TAGS: Final = {
    "s": {"text-decoration": "line-through"},
    "strike": {"text-decoration": "line-through"},
    "del": {"text-decoration": "line-through"},
}
# Properties by which letters are hidden, struck out or raised, or an image is put in words.
_USED: Final = frozenset(
    (
        *("display", "visibility", "content-visibility", "opacity", "font-size", "color", "background"),
        *("background-color", "position", "left", "right", "top", "bottom", "text-indent", "margin-left", "clip"),
        *("height", "width", "max-height", "overflow", "transform", "text-decoration", "text-decoration-line"),
        *("clip-path", "vertical-align", "content"),
    )
)
_MOST: Final = 4000  # rules of one page that are applied
_LONGEST: Final = 1_000_000  # characters of style sheets that are looked through
_SCREEN: Final = ("", "all", "screen")
_NUMBER: Final = re.compile(r"(-?(?:\d{1,9}(?:\.\d{1,9})?|\.\d{1,9}))(px|pt|em|rem|%|vw)?")
# So far off to one side, in pixels, nothing is seen; type so small is not read; colours this near are one.
_FAR: Final = -500.0
_SMALL: Final = 2.5
_NEAR: Final = 0.06
_FAINT: Final = 0.05
_LIFT: Final = 3.0  # pixels by which a note's mark is raised at least
_MARKING: Final = ("sup", "a")  # elements that may be a note's mark whatever their style
_NOTE: Final = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡])[\])]?")
_WHITE: Final = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Look:
    """How an element's letters look, what it inherits included; colours as red, green and blue in [0, 1]."""

    hidden: bool = False
    struck: bool = False
    raised: bool = False
    colour: tuple[float, float, float] = (0.0, 0.0, 0.0)
    ground: tuple[float, float, float] = _WHITE


class Styles:
    """The looks of one page's elements; ``contents`` are the texts that its rules put before or behind elements."""

    def __init__(self, root: Element) -> None:
        self._rules: dict[Element, Declared] = {}
        self.contents: list[str] = []
        sheets = "\n".join(sheet.text or "" for sheet in root.iter("style"))[:_LONGEST]
        for selectors, declared in _rules(sheets) if sheets.strip() else ():
            if "content" in declared:
                self.contents.append(declared["content"].strip("\"'"))
                continue
            for selector in selectors:
                for element in _matched(selector, root):
                    self._rules.setdefault(element, {}).update(declared)

    def of(self, element: Element, outer: Look) -> Look:
        """How an element looks inside one that looks like ``outer``."""
        tag = element.tag if isinstance(element.tag, str) else ""
        declared = {**_TAGS.get(tag, {}), **self._rules.get(element, {}), **_declared(element.get("style", ""))}
        for name, attribute in (("color", "color"), ("background-color", "bgcolor")):
            if attribute in element.attrib:
                declared.setdefault(name, element.get(attribute, ""))
        shut = "hidden" in element.attrib or (tag == "dialog" and "open" not in element.attrib)
        if not declared and tag not in _MARKING and not shut:
            return outer
        look = replace(
            outer, colour=_colour(declared.get("color"), outer.colour), ground=_ground(declared, outer.ground)
        )
        alike = max(abs(a - b) for a, b in zip(look.colour, look.ground, strict=True)) < _NEAR
        coloured = not {"color", "background", "background-color"}.isdisjoint(declared)
        return replace(
            look,
            hidden=outer.hidden or shut or _gone(declared) or (coloured and alike),
            struck=outer.struck or "line-through" in _first(declared, "text-decoration", "text-decoration-line"),
            raised=outer.raised or tag == "sup" or _raised(declared) or _refers(element),
        )


def _rules(sheets: str) -> Iterator[tuple[list[str], Declared]]:
    """Rules for a screen that declare anything of interest, each with its selectors."""
    import tinycss2

    waiting: list[Any] = list(tinycss2.parse_stylesheet(sheets, skip_comments=True, skip_whitespace=True))[:_MOST]
    for rule in waiting:
        if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            if tinycss2.serialize(rule.prelude).strip().casefold() in _SCREEN:
                waiting += tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        elif rule.type == "qualified-rule":
            declared = _declared(tinycss2.serialize(rule.content))
            if declared:
                yield tinycss2.serialize(rule.prelude).split(","), declared


def _matched(selector: str, root: Element) -> Iterable[Element]:
    """The elements that a selector names; none if it is of a kind that only browsers know."""
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    if ":" in selector:  # what is so only under the pointer, or not a whole element
        return ()
    try:
        elements: list[Element] = CSSSelector(selector, translator="html")(root)
    except SelectorError:
        return ()
    return elements


def _declared(style: str) -> Declared:
    """The declarations of interest in a style, by their property."""
    if not style:
        return {}
    import tinycss2

    declarations = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return {
        one.lower_name: tinycss2.serialize(one.value).strip().casefold()
        if one.lower_name != "content"
        else tinycss2.serialize(one.value).strip()
        for one in declarations
        if one.type == "declaration" and one.lower_name in _USED
    }


def _raised(declared: Declared) -> bool:
    """Whether declarations set letters higher than their line: as superscripts, or shifted up."""
    aligned = declared.get("vertical-align", "")
    shifted = declared.get("position", "") == "relative"
    lifts = [aligned, declared.get("bottom", "") if shifted else ""]
    lifts += [declared["top"][1:]] if shifted and declared.get("top", "").startswith("-") else []
    return aligned in ("super", "text-top") or any((_length(lift) or 0.0) >= _LIFT for lift in lifts)


def _refers(element: Element) -> bool:
    """Whether an element is a link from a note's mark, which stands behind a word, to the note on the same page."""
    text = "".join(element.itertext()) if element.tag == "a" and element.get("href", "").startswith("#") else ""
    before = element.getprevious()
    behind = (element.getparent().text if before is None else before.tail) or ""
    return bool(_NOTE.fullmatch(text.strip())) and behind[-1:].strip() != ""


def _first(declared: Declared, *names: str) -> str:
    return next((declared[name] for name in names if name in declared), "")


def _length(value: str) -> float | None:
    """A length in pixels, roughly; None where there is none."""
    match = _NUMBER.match(value)
    scale = {"em": 16.0, "rem": 16.0, "%": 0.16, "pt": 4 / 3, "vw": 10.0}
    return float(match[1]) * scale.get(match[2] or "", 1.0) if match else None


def _gone(declared: Declared) -> bool:
    """Whether declarations keep an element from sight, whatever its colours."""
    words = {
        "display": ("none",),
        "visibility": ("hidden", "collapse"),
        "content-visibility": ("hidden",),
    }
    if any(declared.get(name, "").startswith(values) for name, values in words.items()):
        return True
    opacity, size = _length(declared.get("opacity", "")), _length(declared.get("font-size", ""))
    if (opacity is not None and opacity < _FAINT) or (size is not None and size < _SMALL):
        return True
    sides = ["text-indent", "margin-left"]
    sides += ["left", "right", "top"] if declared.get("position", "") in ("absolute", "fixed") else []
    if any((_length(declared.get(side, "")) or 0.0) < _FAR for side in sides):
        return True
    lengths = [_length(declared.get(side, "")) for side in ("height", "max-height", "width")]
    closed = any(length is not None and length <= 1 for length in lengths) and "overflow" in declared
    cut = declared.get("clip", "").replace(" ", "").startswith(("rect(0,0,0,0", "rect(0000", "rect(1px"))
    cut = cut or declared.get("clip-path", "").replace(" ", "").startswith(("inset(50%", "inset(100%", "circle(0"))
    return closed or cut or declared.get("transform", "").replace(" ", "").startswith(("scale(0)", "scale(0,"))


def _colour(value: str | None, otherwise: tuple[float, float, float]) -> tuple[float, float, float]:
    """A colour; one that lets nearly all through is that of the ground, which is taken as white."""
    if not value:
        return otherwise
    from tinycss2.color3 import parse_color

    colour = parse_color(value)
    if colour is None or isinstance(colour, str):
        return otherwise
    return (colour.red, colour.green, colour.blue) if colour.alpha >= _FAINT else _WHITE


def _ground(declared: Declared, otherwise: tuple[float, float, float]) -> tuple[float, float, float]:
    """The colour behind letters: that of the first word of a background which names one."""
    for word in _first(declared, "background-color", "background").split():
        if word != "transparent" and (colour := _colour(word, (-1.0, 0.0, 0.0)))[0] >= 0:
            return colour
    return otherwise
