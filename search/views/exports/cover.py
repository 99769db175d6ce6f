"""The list in front of the evidence: what is cited, and on which page of the file it is. As marks on paper, no library.

Set in the Helvetica that every viewer has; its widths are bounded from above, so that no line runs off the paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842  # A4 in points
_MARGIN = 64
_TITLE, _TEXT, _SMALL = 16, 10.5, 9  # sizes of type in points
_LEAD = 1.35  # from one line to the next, of the size
_GAP = 11  # points between entries

# Widths of Helvetica by its metrics, of the size of type: the widest of each class of signs.
_WIDE = {"W": 0.95, "M": 0.84, "m": 0.84, "w": 0.73, "%": 0.89, "@": 1.02, "—": 1.0, "…": 1.0}
_NARROW = set(" .,:;'‘’!|ijlIft()[]/\\-`")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: the references of a page, its file, and why it is missing, "" if it is not."""

    references: Sequence[str]
    file: str
    fault: str = ""


@dataclass(slots=True)
class Leaf:
    """One page of the list: its content as PDF operators, and for each link its rectangle and the entry it leads to."""

    content: bytearray = field(default_factory=bytearray)
    links: list[tuple[tuple[float, float, float, float], int]] = field(default_factory=list)


def leaves(title: str, entries: Sequence[Entry], first: int) -> list[Leaf]:
    """Set the list.

    Args:
        title: stands above it.
        entries: in the order of their pages.
        first: how many pages stand before the first cited one.

    Returns:
        Its pages; how many they are does not depend on ``first``.
    """
    made = [Leaf()]
    down = float(_MARGIN)
    for line in _wrapped(title, _TITLE):
        down = _write(made[-1], line, "F2", _TITLE, down)
    down += _GAP
    place = first
    for number, entry in enumerate(entries):
        place += not entry.fault
        lines = list(_set(entry, place))
        tall = sum(size * _LEAD for _, _, size in lines)
        if down + tall > HEIGHT - _MARGIN:
            made.append(Leaf())
            down = float(_MARGIN)
        top = down
        for line, font, size in lines:
            down = _write(made[-1], line, font, size, down)
        if not entry.fault:
            made[-1].links.append(((_MARGIN, HEIGHT - down, WIDTH - _MARGIN, HEIGHT - top), number))
        down += _GAP
    return made


def _set(entry: Entry, place: int) -> Iterator[tuple[str, str, float]]:
    """Give an entry's lines, each with its font and size."""
    for reference in dict.fromkeys(entry.references):
        for line in _wrapped(reference, _TEXT):
            yield line, "F1", _TEXT
    yield (entry.fault or f"Page {place} of this file"), "F2", _SMALL
    for line in _wrapped(f"From {entry.file}", _SMALL):
        yield line, "F1", _SMALL


def _wrapped(text: str, size: float) -> Iterator[str]:
    """Break a text into lines that fit; a word that is too long for one is broken as well."""
    line = ""
    for word in text.split():
        while _width(word, size) > WIDTH - 2 * _MARGIN:
            cut = next(at for at in range(len(word), 0, -1) if _width(word[:at], size) <= WIDTH - 2 * _MARGIN)
            yield from [line] if line else []
            yield word[:cut]
            line, word = "", word[cut:]
        longer = f"{line} {word}" if line else word
        if _width(longer, size) > WIDTH - 2 * _MARGIN:
            yield line
            longer = word
        line = longer
    yield from [line] if line else []


def _width(text: str, size: float) -> float:
    # Bold is up to a tenth wider; only the title is, and some room costs nothing.
    return size * 1.1 * sum(_WIDE.get(sign) or _bound(sign) for sign in text)


def _bound(sign: str) -> float:
    if sign in _NARROW:
        return 0.34
    return 0.78 if sign.isupper() else 0.61


def _write(leaf: Leaf, line: str, font: str, size: float, down: float) -> float:
    """Write a line below ``down`` points from the top; give where the next begins."""
    down += size * _LEAD
    grey = "0.3 g" if size == _SMALL else "0 g"
    start = f"BT {grey} /{font} {size:g} Tf {_MARGIN} {HEIGHT - down + size * 0.3:g} Td ("
    leaf.content += start.encode() + _string(line) + b") Tj ET\n"
    return down


def _string(line: str) -> bytes:
    """Encode a line for a PDF string; signs outside the font's alphabet become question marks."""
    text = "".join(sign if sign.isprintable() else " " for sign in line).encode("cp1252", "replace")
    return text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
