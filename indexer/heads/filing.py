"""What gives a paper's board, date and title apart from its text: the file's own title, its folders and its name."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePath

from indexer.text import bodies, dates
from indexer.text.words import LETTERS

# "(Public Pack)Agenda Document for Cabinet, 30/01/2025 10:00", the title that ModernGov gives the packs it makes
_PACK_TITLE = re.compile(
    r"(?:\(public pack\))?.{0,500}?\b(?:for|of) (?P<board>[A-Z][^,]{3,90}), (?P<date>\d{1,2}/\d{1,2}/\d{4})", re.DOTALL
)
# a date in a file name: the board may be before or after it
_DATED = re.compile(
    r"\d{4}[ -]\d\d?[ -]\d\d?|\d{1,2}(?:st|nd|rd|th)?[ -][A-Z][a-z]{2,8}[ -]\d{2,4}(?: \d{1,2}\.\d\d)?"
    r"|\d\d\.\d\d\.\d\d+"
)
_BOARD_DATE = re.compile(r"(?P<board>[A-Za-z][^,–]{3,90}?)\s*(?:,|[–—-])\s+(?:\w+day,?\s+)?(?=\d{1,2}\D)")

# The hyphens of a name in one word: "harbour-board-minutes"
_SLUG = re.compile(r"(?<=[a-z])-+(?=[a-z\d])")
# What precedes a paper's own name in its file's: "Item 7 - Supplementary - 24-00109 - Appendix B - Mud"
_BEFORE = re.compile(
    r"(?:(?:agenda )?item (?:no\.? ?)?\d{1,2}[a-z]?|supplementary|(?P<number>\d{2}[-_/]?\d{4,6}))\s*(?:[-–:]\s+|$)",
    re.IGNORECASE,
)
# What a file's name says of a paper after the body's name: "Harbour Board minutes draft"
_SORT = re.compile(
    r"(?<![\s-])(?:[\s-]++(?:minutes|agenda|pack|papers|notes|meeting|draft|final|signed|approved|unconfirmed|public|v?\d+))+$",
    re.IGNORECASE,
)


def named(path: str) -> str:
    """Return a file's name as a title: words for a slug, then as `own_name`."""
    name = " ".join(PurePath(path).stem.replace("_", " ").split())
    if " " not in name and len(_SLUG.findall(name)) >= 2:
        name = _SLUG.sub(" ", name).capitalize()
    return own_name(name)


def own_name(name: str) -> str:
    """Return a paper's own name first, without its agenda item, and its number in brackets after."""
    number, rest = "", name
    while match := _BEFORE.match(rest):
        number = match["number"] or number
        rest = rest[match.end() :]
    if not any(len(word) > 2 for word in LETTERS.findall(rest)):
        return name
    return f"{rest} ({number})" if number else rest


def stamped(title: str) -> tuple[str, date | None]:
    """Read the board and date from the title that ModernGov gives its packs; ("", None) if it is no such title."""
    match = _PACK_TITLE.match(title)
    return (bodies.board(match["board"]), dates.parse(match["date"])) if match else ("", None)


def dated_board(text: str) -> tuple[str, date | None]:
    """Read a line such as "Health and Wellbeing Board, 7 February 2017"; ("", None) if it is none."""
    match = _BOARD_DATE.match(text)
    board = bodies.board(match["board"]) if match else ""
    return (board, dates.parse(text)) if board else ("", None)


def board_in_path(path: str) -> str:
    """Return the board that a file name or folder is, or ends in: the nearest to the file; "" if none."""
    parts = [PurePath(path).stem, *reversed(PurePath(path).parts[:-1])]
    for part in parts:
        plain = _SLUG.sub(" ", part.replace("_", " "))
        for piece in reversed(_DATED.split(plain)):
            words = _SORT.sub("", piece.lstrip("0123456789.: \t-").rstrip(" \t-")).split()
            tails = (" ".join(words[start:]) for start in range(len(words)))
            if board := next((name for tail in tails if (name := bodies.board(tail[:1].upper() + tail[1:]))), ""):
                return board
    return ""
