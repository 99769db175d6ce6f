"""Who moved and who seconded a motion, as minutes put it."""

from __future__ import annotations

import re

# A name runs to the words that end it; a title such as "Deputy Leader" after a comma is no part of it.
_WHO = r"(?P<{0}>(?:the\s+)?[A-Z][^,;:()\n]{{1,58}}?)"
_VERB = r"(?:moved|proposed)"
_ASIDE = r"(?:,[^;:\n]{0,120}?,|\s*\([^)\n]{1,80}\))?"
# A stop after an initial or a title is part of the name.
_STOP = r"(?<!\b[A-Z])(?<!\bCllr)(?<!\bMr)(?<!\bMrs)(?<!\bDr)\."
_END = rf"(?=\s*(?:[,;:()\n]|{_STOP}|$|\bthat\b|\band\b|\bto\b|\bit was\b))"

_PATTERNS = (
    # Moved by Cllr A and seconded by Cllr B
    re.compile(
        rf"\b{_VERB}\s+by:?\s+{_WHO.format('mover')}{_ASIDE}\s*[,;:.]?\s*(?:and\s+)?(?:was\s+)?seconded\s+by:?\s+"
        rf"{_WHO.format('seconder')}{_END}",
        re.I,
    ),
    # On the motion of Cllr A, seconded by Cllr B
    re.compile(
        rf"\bmotion\s+of\s+{_WHO.format('mover')}{_ASIDE}\s*,?\s*(?:and\s+)?seconded\s+by\s+{_WHO.format('seconder')}{_END}",
        re.I,
    ),
    # Proposer: Cllr A  Seconder: Cllr B
    re.compile(
        rf"\b(?:proposer|mover|moved|proposed)\s*[:–-]\s*{_WHO.format('mover')}\s*[,;.]?\s*"
        rf"(?:seconder|seconded)\s*[:–-]\s*{_WHO.format('seconder')}{_END}",
        re.I,
    ),
    # Cllr A proposed its approval, seconded by Cllr B
    re.compile(
        rf"(?:^|[.,;:)]\s+|\n){_WHO.format('mover')}{_ASIDE}\s+{_VERB}\b[^.\n]{{0,160}}?\bseconded\s+by\s+"
        rf"{_WHO.format('seconder')}{_END}"
    ),
    # Cllr A moved, and Cllr B seconded
    re.compile(
        rf"(?:^|[.,;:)]\s+|\n){_WHO.format('mover')}{_ASIDE}\s+{_VERB}\b[^.\n]{{0,160}}?(?:\band|,)\s+{_WHO.format('seconder')}"
        rf"{_ASIDE}\s+seconded\b"
    ),
)


def movers(text: str) -> tuple[str, str]:
    """Find the last mover and seconder that ``text`` names, as printed; ("", "") where it names none.

    The last, because a text holds what stands before a resolution and the nearest motion is the one it settles.
    """
    if "second" not in text.lower():
        return "", ""
    found = [match for pattern in _PATTERNS for match in pattern.finditer(text)]
    if not found:
        return "", ""
    last = max(found, key=lambda match: match.end())
    return _name(last["mover"]), _name(last["seconder"])


def _name(text: str) -> str:
    # "Amendment 2. Councillor A": what stands before a stop that ends no initial or title is no name
    plain = " ".join(text.split()).strip(" .,;:")
    name = re.split(rf"{_STOP}\s+", plain)[-1]
    return re.sub(r"^(?:The|the)\s", "the ", name)
