"""Minuted votes: counts beside their sides, a score ("carried 5-0"), names listed by side, roll calls, tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from indexer.records import Votes
from indexer.text.cues import BODIES, LEMMAS, TITLES, TOKEN
from indexer.text.number_words import CARDINAL, value
from indexer.text.words import listed

_NOBODY: Final = listed("no none nobody")
_SIDES: Final = {
    **dict.fromkeys(listed("for favour favor aye ayes yes yea yeas tá"), 0),
    **dict.fromkeys(listed("against no noes nay nays opposed níl"), 1),
}
# Names that give no number.
_UNCOUNTED: Final = listed("all unanimous everyone majority")
_ABSENT: Final = listed("absent excused recused")
# A sum, a share or a reference is one token, and no count.
_CARDINAL: Final = re.compile(CARDINAL)
_TOKEN: Final = re.compile(
    rf"\d+(?:[.,:/]\d+)*%?|\b{CARDINAL}\b(?!['’])|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|\t", re.IGNORECASE
)
_DASHES: Final = frozenset("-–—")
_SET_OFF: Final = frozenset(":(=\t") | _DASHES
# What may stand between a side and the count after it, and before it.
_AFTER: Final = listed("the motion amendment proposal recommendation recommendations substantive were was") | frozenset(
    ",;:.()=–—-"
)
_BEFORE: Final = listed("votes vote members member councillors voted voting in were")
_COUNTED: Final = _BEFORE | listed("and with against to")
_REACH: Final = 8
# A score is a vote's where one of these is among the words before it, or right before it.
_SCORED: Final = {"carry": 6, "pass": 6, "vote": 6, "fall": 6, "approv": 1, "adopt": 1}
_BACK: Final = 6
_BEHIND: Final = listed("vote votes with and in to on by")
# What stands between a name and "abstained", inside a name, and between names.
_HELPING: Final = listed("had having who was")
_IN_NAMES: Final = _DASHES | frozenset(".")
_LISTING: Final = listed("and") | frozenset(",&")
# Capitalised words that name nobody, or not how many.
_SEVERAL: Final = listed("all both some several others many most they")
# Names may be printed between the sides, but not a whole discussion.
_NEAR: Final = 800
_ROLL: Final = 3
_MARKS: Final = frozenset({"x", "✓", "✔", "√", "yes", "y", "1", "●", "*"})


class _Words:
    """A text's words in lower case, where each is, and the places of those that name a side."""

    def __init__(self, text: str) -> None:
        tokens = list(_TOKEN.finditer(text))
        self.text = text
        self.low = [match.group().lower() for match in tokens]
        self.spans = [match.span() for match in tokens]
        mute = [(at, 2) for at in range(len(self.low)) if self.low[at : at + 2] == ["not", "voting"]]
        self.sides = sorted(mute + [(at, side) for at, one in enumerate(self.low) if (side := _side(one)) is not None])

    def word(self, place: int) -> str:
        """The word at a place, "" beyond the ends."""
        return self.low[place] if 0 <= place < len(self.low) else ""

    def begins(self, place: int) -> str:
        """The first letter of the word at a place, as printed; "" beyond the ends."""
        return self.text[self.spans[place][0]] if 0 <= place < len(self.low) else ""

    def figure(self, place: int) -> int | None:
        """The count at a place, in figures."""
        word = self.word(place)
        return int(word) if word.isdecimal() and len(word) <= 3 else None

    def number(self, place: int) -> int | None:
        """The count at a place, in figures or as a word."""
        figure = self.figure(place)
        if figure is not None or not self.word(place)[:1].isalpha():
            return figure
        if self.word(place) in _NOBODY:
            return 0
        return value(self.word(place)) if _CARDINAL.fullmatch(self.word(place)) else None

    def after(self, place: int) -> int | None:
        """The count that follows a side: "against the motion (19)", but not "for 12 berths"."""
        for step in range(place + 1, place + _REACH):
            if (count := self.figure(step)) is not None:
                return None if self.begins(step + 1).islower() and not self._counts(step + 1) else count
            if self.word(step) not in _AFTER or (self.low[place], self.word(step)) == ("no", "."):
                return None
        return None

    def before(self, place: int) -> int | None:
        """The count that precedes a side: "seven members voted for"."""
        for step in range(place - 1, max(-1, place - _REACH), -1):
            if (count := self.number(step)) is not None:
                return count
            if self.low[step] not in _BEFORE:
                return None
        return None

    def _counts(self, place: int) -> bool:
        return self.word(place) in _COUNTED or _side(self.word(place)) is not None


def votes(text: str) -> Votes | None:
    """Read the counts of a vote out of ``text``; None unless both sides are stated."""
    words = _Words(text)
    return _counted(words) or _score(words) or _named(words) or _called(words)


def table_votes(rows: Sequence[str]) -> Votes | None:
    """Count a table of names whose cells, kept apart by tabs, say how each member voted.

    Either a row names the vote ("Cllr A, tab, For") or a header row has a column for each side and a row marks one.
    """
    cells = [[cell.strip(" :.()").lower() for cell in row.split("\t")] for row in rows]
    if not cells:
        return None
    columns = {place: side for place, cell in enumerate(cells[0]) if (side := _side(cell)) is not None}
    counts = [0, 0, 0]
    if {0, 1} <= set(columns.values()):
        for row in cells[1:]:
            for place, side in columns.items() if not row[0].startswith("total") else ():
                counts[side] += place < len(row) and row[place] in _MARKS
    else:
        for row in cells:
            if len(row) > 1 and (side := _side(row[-1])) is not None:
                counts[side] += 1
    return Votes(*counts) if sum(counts) > 1 else None


def _side(word: str) -> int | None:
    return 2 if word.startswith(("abst", "staon")) else _SIDES.get(word)


def _counted(words: _Words) -> Votes | None:
    """The last count against, the nearest for before it, and abstentions after it."""
    fors = (place for place, side in words.sides if side == 0)
    first = next((one for one in fors if (words.before(one), words.after(one)) != (None, None)), 0)
    leads = words.word(first + 1) not in _SET_OFF and words.before(first) is not None
    for read in (words.before, words.after) if leads else (words.after, words.before):
        if told := _pair(words, read):
            return told
    return None


def _pair(words: _Words, read: Callable[[int], int | None]) -> Votes | None:
    counts = [(words.spans[place][0], side, count) for place, side in words.sides if (count := read(place)) is not None]
    for at, side, against in reversed(counts):
        fors = [count for other, of, count in counts if of == 0 and 0 < at - other < _NEAR]
        if side == 1 and fors:
            rest = [count for other, of, count in counts if of == 2 and 0 < other - at < _NEAR]
            return _with(fors[-1], against, rest[0] if rest else _abstained(words, at))
    return None


def _score(words: _Words) -> Votes | None:
    """A score beside a verb that says how a motion fared: "carried 5-0", "by nine votes to two"."""
    for place in range(len(words.low)):
        favour = words.number(place)
        if favour is None:
            continue
        to = place + 1 + (words.word(place + 1) in ("vote", "votes"))
        to += words.word(to) == ","
        dashed = words.word(to) in _DASHES
        against = words.figure(to + 1) if dashed else words.number(to + 1) if words.word(to) == "to" else None
        if against is None or not _is_scored(words, place, to + 2, dashed=dashed):
            continue
        if favour > against and any(LEMMAS.get(word) == "fall" for word in words.low[max(0, place - _BACK) : place]):
            if dashed:
                continue  # which of the two was for is not said
            favour, against = against, favour  # "lost by four votes to three"
        more = words.figure(to + 3) if dashed and words.word(to + 2) in _DASHES else None
        return _with(favour, against, more if more is not None else _abstained(words, words.spans[place][0]))
    return None


def _with(favour: int, against: int, abstained: int | None) -> Votes | None:
    return None if abstained is None else Votes(favour, against, abstained)


def _abstained(words: _Words, begin: int) -> int | None:
    """How many abstained, by a count or by their names; 0 where nobody is said to, None where it is not clear.

    Args:
        words: of a text.
        begin: the letter with which the vote begins.
    """
    places = [place for place, side in words.sides if side == 2 and 0 < words.spans[place][0] - begin < _NEAR]
    if not places:
        return 0
    counts = (count for place in places for count in (words.before(place), words.after(place)) if count is not None)
    if (counted := next(counts, None)) is not None:
        return counted
    if words.word(places[0] + 1) in _SET_OFF:
        return _names(words.text[words.spans[places[0] + 1][1] :])
    return _named_before(words, places[0] - 1 - (words.word(places[0] - 1) in _HELPING))


def _named_before(words: _Words, place: int) -> int | None:
    """How many names end at a place, "Councillors A Roe and B Poe"; None where it may be a group or nobody's name."""
    named = 0
    while place >= 0 and words.begins(place).isupper():
        last = words.word(place)
        if (
            last in BODIES
            or last in _SEVERAL
            or (last.endswith("s") and words.word(place - 1) not in _IN_NAMES | TITLES)
        ):
            return None  # "the Labour Group", "All", "Independents"
        named += 1
        while place >= 0 and (words.begins(place).isupper() or words.word(place) in _IN_NAMES):
            place -= 1
        while words.word(place) in _LISTING:
            place -= 1
    return named or None


def _is_scored(words: _Words, place: int, end: int, *, dashed: bool) -> bool:
    behind = words.word(end)
    if dashed and behind.isalpha() and behind not in _BEHIND:
        return False  # "passed a 2-3 year plan"
    before = words.low[max(0, place - _BACK) : place][::-1]
    told = any(back < _SCORED.get(LEMMAS.get(word, ""), 0) for back, word in enumerate(before))
    return told or "vote" in (behind, words.low[place + 1].rstrip("s")) or (not dashed and before[:1] == ["by"])


def _named(words: _Words) -> Votes | None:
    """Names after each side: "Ayes: A, B and C. Nays: None."; a count printed with them comes first."""
    begins = [(place, side) for place, side in words.sides if words.word(place + 1) in _SET_OFF]
    begins += [(place, 3) for place, word in enumerate(words.low) if word in _ABSENT]
    counts: dict[int, int] = {}
    for number, (place, side) in enumerate(begins := sorted(begins)):
        end = words.spans[begins[number + 1][0]][0] if number + 1 < len(begins) else len(words.text)
        names = words.text[words.spans[place + 1][1] : end] if place + 1 < len(words.spans) else ""
        if not _UNCOUNTED.isdisjoint(TOKEN.findall(names.lower())[:2]):
            return None
        counts[side] = _names(names)
    return Votes(counts[0], counts[1], counts.get(2, 0)) if {0, 1} <= set(counts) else None


def _names(text: str) -> int:
    """How many are named before the sentence ends."""
    kept: list[str] = []
    inside, closed, _ = text.partition(")")
    for word in (inside if closed and "(" not in inside else text).split():
        kept.append(word.lower().strip("():"))
        if word.endswith(".") and len(word) > 2 and kept[-1].strip(".") not in TITLES:
            break
    named = re.split(r"[,;]| and ", " ".join(kept).strip(" .,;"))
    printed = named[-1].split()[-1:] if named else []
    if printed and printed[0].isdigit():
        return int(printed[0])
    return len([name for name in named if name.strip(" .-–") and name.strip(" .") not in ("none", "nil", "nobody")])


def _called(words: _Words) -> Votes | None:
    """A roll call: "Ames - aye; Bell - nay; Cole - aye"."""
    called = [
        side for place, side in words.sides if words.word(place - 1) in _SET_OFF and words.begins(place - 2).isupper()
    ]
    return Votes(called.count(0), called.count(1), called.count(2)) if len(called) >= _ROLL else None
