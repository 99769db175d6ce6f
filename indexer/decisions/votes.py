"""Minuted votes: counts in a sentence, names listed for and against, or a table of names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.records import Votes

_NUMBER_WORDS = re.findall(
    r"\w+",
    "no none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty",
)
_VALUES = {word: max(0, place - 1) for place, word in enumerate(_NUMBER_WORDS)}
_N = r"(?P<{0}>\d{{1,3}}|" + "|".join(_NUMBER_WORDS) + r")"
_GAP = r"[\s,;:.()=–—-]*"
_ABSTAIN = r"(?:abst(?:ain(?:ed|ing)?|entions?)\w*)"

_MATTER = r"(?:\s+the\s+(?:\w+\s+)?(?:motion|amendment|proposal|recommendations?)\b)?(?:\s+(?:were|was))?"
# "For (39)", "Against: 19", "Abstain 3", "those voting for the amendment were 18": the side first. The number must
# follow at once and in figures: "for seven years" is no vote.
_SIDE_FIRST = {
    "for_": re.compile(
        rf"(?:^|[\s(\"“])(?:votes\s+)?(?:for|in favour|yes){_MATTER}{_GAP}(?P<n>\d{{1,3}})\b(?![.,]\d)", re.I
    ),
    "against": re.compile(rf"\b(?:against|no){_MATTER}{_GAP}(?P<n>\d{{1,3}})\b(?![.,]\d)", re.I),
    "abstain": re.compile(rf"\b{_ABSTAIN}{_GAP}(?P<n>\d{{1,3}})\b", re.I),
}
# Names may be printed between the sides, but not a whole discussion.
_NEAR = 800
# "34 votes for, 21 against and 3 abstentions": the number first.
_NUMBER_FIRST = {
    "for_": re.compile(
        r"\b" + _N.format("n") + r"\s+(?:votes?\s+|members?\s+)?(?:voted\s+|voting\s+)?(?:for|in favour)\b", re.I
    ),
    "against": re.compile(
        r"\b" + _N.format("n") + r"\s+(?:votes?\s+|members?\s+)?(?:voted\s+|voting\s+)?against\b", re.I
    ),
    "abstain": re.compile(r"\b" + _N.format("n") + r"\s+(?:members?\s+)?" + _ABSTAIN, re.I),
}
_N_TO_N = re.compile(r"\bby\s+" + _N.format("f") + r"\s*(?:votes?\b)?,?\s+to\s+" + _N.format("a") + r"\b", re.I)
_NAMES = re.compile(
    r"(?P<side>\bfor|\bagainst|\babst\w+)\s*:\s*(?:councillors?|cllrs?\.?|members)\s+"
    r"(?P<names>.+?)(?=(?:\bfor|\bagainst|\babst\w+)\s*:|$)",
    re.I,
)
_SIDES = {"for": 0, "against": 1, "abst": 2}
_MARKS = frozenset({"x", "✓", "✔", "√", "yes", "y", "1", "●", "*"})


def votes(text: str) -> Votes | None:
    """Read the counts of a vote out of ``text``; None unless both sides are stated."""
    for patterns in (_SIDE_FIRST, _NUMBER_FIRST):
        if counted := _pair(text, patterns):
            return counted
    if match := _N_TO_N.search(text):
        abstained = _NUMBER_FIRST["abstain"].search(text)
        return Votes(_value(match["f"]), _value(match["a"]), _value(abstained["n"]) if abstained else 0)
    return _names(text)


def table_votes(rows: Sequence[str]) -> Votes | None:
    """Count a table of names whose cells, kept apart by tabs, say how each member voted.

    Either a row names the vote ("Cllr A, tab, For") or a header row has a column for each side and a row marks one.
    """
    cells = [[cell.strip() for cell in row.split("\t")] for row in rows]
    if not cells:
        return None
    columns = {place: side for place, cell in enumerate(cells[0]) if (side := _side(cell)) is not None}
    counts = [0, 0, 0]
    if {0, 1} <= set(columns.values()):
        for row in cells[1:]:
            if row[0].lower().startswith("total"):
                continue
            for place, side in columns.items():
                counts[side] += place < len(row) and row[place].lower() in _MARKS
    else:
        for row in cells:
            if len(row) > 1 and (side := _side(row[-1])) is not None:
                counts[side] += 1
    return Votes(*counts) if sum(counts) > 1 else None


def _pair(text: str, patterns: dict[str, re.Pattern[str]]) -> Votes | None:
    """Find the last count against, the nearest count for before it, and abstentions right after."""
    for against in reversed(list(patterns["against"].finditer(text))):
        fors = [
            one for one in patterns["for_"].finditer(text, 0, against.start()) if against.start() - one.end() < _NEAR
        ]
        if fors:
            abstained = patterns["abstain"].search(text, against.end(), against.end() + _NEAR)
            return Votes(_value(fors[-1]["n"]), _value(against["n"]), _value(abstained["n"]) if abstained else 0)
    return None


def _names(text: str) -> Votes | None:
    counts: dict[int, int] = {}
    for match in _NAMES.finditer(" ".join(text.split())):
        listed = re.split(r" ?[,;] ?| and ", match["names"].strip(" .;"))
        side = _side(match["side"])
        if side is not None:
            counts[side] = len([name for name in listed if name])
    return Votes(counts[0], counts[1], counts.get(2, 0)) if {0, 1} <= set(counts) else None


def _side(word: str) -> int | None:
    plain = word.strip(" :.()").lower()
    return next((side for key, side in _SIDES.items() if plain == key or (key == "abst" and plain[:4] == key)), None)


def _value(word: str) -> int:
    return int(word) if word.isdigit() else _VALUES[word.lower()]
