"""How the letters of a web page look: hidden, struck out or raised, by their tag, their own style or the page's rules.

Rules of the page's own style sheets count where they name a tag, a class, or both; nothing else is worked out, and no
style sheet is fetched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Look = Literal["hidden", "struck", "raised"]
_DECLARED: Final[dict[Look, re.Pattern[str]]] = {
    "hidden": re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I),
    "struck": re.compile(r"text-decoration[\w-]*\s*:[^;}]*line-through", re.I),
    "raised": re.compile(r"vertical-align\s*:\s*super\b", re.I),
}
_TAGS: Final[dict[str, Look]] = {"s": "struck", "strike": "struck", "del": "struck", "sup": "raised"}
_SIMPLE: Final = re.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+))?", re.I)
_LONGEST: Final = 1_000_000  # characters of style sheets that are looked through


class Styles:
    """The looks of one page's elements."""

    def __init__(self, root: Element) -> None:
        self._rules: dict[tuple[str, str], set[Look]] = defaultdict(set)
        sheets = "\n".join(sheet.text or "" for sheet in root.iter("style"))[:_LONGEST]
        for rule in sheets.split("}"):
            selectors, _, body = rule.rpartition("{")
            looks = _looks(body)
            for selector in selectors.split(",") if looks else ():
                simple = _SIMPLE.fullmatch(selector.rpartition("{")[2].strip())
                if simple and any(simple.groups()):
                    self._rules[(simple[1] or "").casefold(), simple[2] or ""] |= looks

    def of(self, element: Element) -> frozenset[Look]:
        """What an element adds to the look of the letters inside it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        found = _looks(element.get("style", ""))
        if tag in _TAGS:
            found.add(_TAGS[tag])
        if "hidden" in element.attrib:
            found.add("hidden")
        for name in ("", *element.get("class", "").split()):
            found |= self._rules.get((tag, name), set()) | (self._rules.get(("", name), set()) if name else set())
        return frozenset(found)


def _looks(declared: str) -> set[Look]:
    return {look for look, pattern in _DECLARED.items() if pattern.search(declared)} if declared else set()
