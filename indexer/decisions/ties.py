"""Which vote, mover and seconder belong to which decision: by position, and none where two could be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.decisions import limbs, wordings
from indexer.decisions.minuted import Resolution
from indexer.decisions.movers import movers, several
from indexer.decisions.series import label
from indexer.decisions.votes import table_votes, votes
from indexer.labelling.marks import Marked, certain
from indexer.records import Doubt, Votes

_AMENDMENT = re.compile(r"\bamendments?\b", re.IGNORECASE)
_ON_THE_WAY = frozenset(["vote", "mover", "running"])


@dataclass(frozen=True, slots=True)
class Tied:
    """What is tied to a decision; ``doubts`` where a vote or a mover is printed beside it that may be another's."""

    mover: str = ""
    seconder: str = ""
    votes: Votes | None = None
    doubts: tuple[Doubt, ...] = ()


def tied(marks: Sequence[Marked], resolutions: Sequence[Resolution], starts: Sequence[int]) -> tuple[Tied, ...]:
    """Tie votes and movers to the decisions of one meeting.

    Args:
        marks: the units of its minutes.
        resolutions: its decisions, in order.
        starts: the units with which items begin.
    """
    borders = sorted({*starts, len(marks)})
    places = [_place(marks, resolutions, at, borders) for at in range(len(resolutions))]
    usual = _usual(places)
    counted = [
        _vote([marks[number].unit.text for number in one.units], place, usual)
        for one, place in zip(resolutions, places, strict=True)
    ]
    motions = [_motion(marks, resolutions, at, place) for at, place in enumerate(places)]
    return tuple(_tied(one, pair) for one, pair in zip(counted, _movers(marks, motions), strict=True))


@dataclass(frozen=True, slots=True)
class _Place:
    """What is beside a decision: where its own stretch begins, and the votes before and after it.

    ``shared`` are the sides ("ahead", "behind") of which the votes touch another decision as well; ``other`` says that
    one of them names a motion that this is not.
    """

    begin: int
    before: int
    behind: tuple[int, ...]
    votes: dict[str, list[Votes]]
    shared: frozenset[str]
    other: bool


def _place(marks: Sequence[Marked], resolutions: Sequence[Resolution], at: int, borders: Sequence[int]) -> _Place:
    one = resolutions[at]
    begin = max([0, *(border for border in borders if border <= one.first)])
    end = min(border for border in borders if border > one.last) if borders[-1] > one.last else len(marks)
    tail = max(unit for unit in one.units if unit - 1 not in one.units)  # a motion's end, after the debate on it
    taken = [unit for other in resolutions if other is not one for unit in other.units]
    before = max([begin, *(unit + 1 for unit in taken if unit < tail)])
    after = min([end, *(unit for unit in taken if unit > one.last)])
    ahead = _run(marks, range(tail - 1, before - 1, -1))[::-1]
    settled = after < end and wordings.concluded(marks[one.last].unit.text)  # the vote after it is another's
    behind = [] if settled else _run(marks, range(one.last + 1, after))
    shared = set()
    if (
        at
        and resolutions[at - 1].last >= begin
        and ahead[:1] == [before]
        and not _has_own(marks, resolutions[at - 1], ahead)
    ):
        shared.add("ahead")
    if (
        behind[-1:] == [after - 1]
        and at + 1 < len(resolutions)
        and after < end
        and not _has_own(marks, resolutions[at + 1], behind)
    ):
        shared.add("behind")
    amended = _amends(marks, one)
    texts = {
        side: [marks[number].unit.text for number in run if marks[number].label == "vote"]
        for side, run in (("behind", behind), ("ahead", ahead))
    }
    other = any(
        bool(_AMENDMENT.search(text)) != amended and _names_motion(text) for side in texts.values() for text in side
    )
    counted = {side: counts for side, lines in texts.items() if (counts := _counts(lines))}
    return _Place(begin, before, tuple(behind), counted, frozenset(shared), other)


def _usual(places: Sequence[_Place]) -> str:
    """The side on which these minutes print votes, if all that touch one decision only are there; else ""."""
    sides = {side for place in places for side in place.votes if side not in place.shared}
    return sides.pop() if len(sides) == 1 else ""


def _tied(vote: tuple[Votes | None, bool], pair: tuple[str, str] | None) -> Tied:
    counted, unsure = vote
    told: tuple[tuple[Doubt, bool], ...] = (("vote", unsure), ("mover", pair is None))
    return Tied(*(pair or ("", "")), counted, tuple(doubt for doubt, holds in told if holds))


def _run(marks: Sequence[Marked], numbers: range) -> list[int]:
    """The votes and movers next to a decision, without anything between."""
    taken: list[int] = []
    for number in numbers:
        if marks[number].label not in _ON_THE_WAY:
            break
        taken.append(number)
    return taken


def _vote(inside: Sequence[str], place: _Place, usual: str) -> tuple[Votes | None, bool]:
    """The vote in the decision's own words, else the one beside it; (None, True) where it may be another's."""
    amended = bool(_AMENDMENT.search(inside[0]))  # then "the motion was carried by 3 to 1" is no vote on it
    if told := votes("\n".join(one for one in inside if not (amended and _is_of_motion(one)))):
        return told, False
    if place.other:
        return None, bool(place.votes)
    own = [one for side, counts in place.votes.items() if side not in place.shared or side == usual for one in counts]
    if len(own) == 1:
        return own[0], False
    return None, bool(own) or (bool(place.votes) and not usual)


def _has_own(marks: Sequence[Marked], one: Resolution, run: Sequence[int]) -> bool:
    """Whether a decision leaves a vote to the next: it has its own, says its end, or that names the motion amended."""
    own = [marks[number].unit.text for number in one.units]
    if votes("\n".join(own)) or wordings.concluded(own[-1]):
        return True
    texts = [marks[number].unit.text for number in run if marks[number].label == "vote"]
    return _amends(marks, one) and any(map(_is_of_motion, texts))


def _is_of_motion(text: str) -> bool:
    return _names_motion(text) and not _AMENDMENT.search(text)


def _names_motion(text: str) -> bool:
    return bool(_AMENDMENT.search(text)) or "motion" in text.lower() or "recommendation" in text.lower()


def _counts(texts: Sequence[str]) -> list[Votes]:
    """The votes in these lines: a table's, else those of each line that gives both sides, else of all together."""
    whole = table_votes([text for text in texts if "\t" in text])
    single = [] if whole else [told for text in texts if (told := votes(text))]
    whole = whole or (None if single else votes("\n".join(texts)))
    return [whole] if whole else single


@dataclass(frozen=True, slots=True)
class _Motion:
    """Who moved a decision by its own words, and the lines before and after it that may say so.

    ``torn`` says that of a motion and an amendment before the decision either may be meant.
    """

    own: tuple[str, str]
    before: frozenset[int] = frozenset()
    after: frozenset[int] = frozenset()
    torn: bool = False


def _motion(marks: Sequence[Marked], resolutions: Sequence[Resolution], at: int, place: _Place) -> _Motion:
    one, earlier = resolutions[at], resolutions[:at]
    texts = [marks[number].unit.text for number in one.units]
    amended = bool(_AMENDMENT.search(" ".join(texts)))
    names = movers(" ".join(texts))
    if any(names) and several(" ".join(texts)):
        return _Motion(("", ""), torn=True)  # on two motions, or a motion and an amendment to it
    if any(names):
        return _Motion(names if names[1] else (names[0], _seconder(marks, one, amended=amended)))
    before = place.before
    if not amended:  # what was decided on an amendment leaves the motion before the meeting
        before = max([place.begin, *(other.last + 1 for other in earlier if not _amends(marks, other))])
    taken = {unit for other in earlier for unit in other.units}
    moved = [
        number
        for number in range(before, one.first)
        if marks[number].label == "mover" and number not in taken and not _is_another_entry(marks, number, one.first)
    ]
    settled = any(
        other.first >= place.begin
        and _amends(marks, other) != amended
        and (amended or wordings.fate(marks[other.last].unit.text) == "lost")
        for other in earlier
    )
    rivals = {_speaks_of_amendment(marks, number) for number in moved} | _amendments(marks, range(before, one.first))
    both = len(rivals) > 1
    if both and wordings.two_motions(texts[0]):
        return _Motion(names, torn=True)
    behind = [number for number in place.behind if marks[number].label == "mover"]
    lines, after = (
        frozenset(number for number in numbers if _speaks_of_amendment(marks, number) == amended)
        for numbers in (moved, behind)
    )
    return _Motion(names, lines, after, both and not settled and not certain(texts[0]))


def _amendments(marks: Sequence[Marked], numbers: range) -> set[bool]:
    """{True} where an amendment is moved in one of these lines, whatever its label; else nothing."""
    texts = (marks[number].unit.text for number in numbers)
    return {True for text in texts if _AMENDMENT.search(text) and any(movers(text))}


def _seconder(marks: Sequence[Marked], one: Resolution, *, amended: bool) -> str:
    """Who seconded a motion by the one line between its words and what became of it that says so and no more."""
    between = (number for number in range(one.first, one.last) if number not in one.units)
    pairs = {movers(marks[number].unit.text) for number in between if _speaks_of_amendment(marks, number) == amended}
    seconders = {seconder for mover, seconder in pairs if seconder and not mover}
    return seconders.pop() if len(seconders) == 1 else ""


def _movers(marks: Sequence[Marked], motions: Sequence[_Motion]) -> Iterator[tuple[str, str] | None]:
    """Who moved each decision: by its own words, or by the one pair beside it; None where it may be another's."""
    every = range(len(motions))
    alone = [_unclaimed(motions, at, (every, every)) for at in every]
    usual = {side for lines in alone for side in (0, 1) if lines[side]}
    lacking = tuple([at for at in every if not alone[at][side]] for side in (0, 1))
    for at, one in enumerate(motions):
        printed = (one.before, one.after)
        beside = [printed[side] for side in usual] if len(usual) == 1 else _unclaimed(motions, at, lacking)
        pairs = next((named for lines in beside if (named := _named(marks, lines))), set())
        if any(one.own):
            yield one.own
        elif one.torn or len(pairs) > 1 or (not pairs and len(usual) != 1 and any(printed)):
            yield None
        else:
            yield pairs.pop() if pairs else ("", "")


def _unclaimed(
    motions: Sequence[_Motion], at: int, rivals: Sequence[Sequence[int]]
) -> tuple[frozenset[int], frozenset[int]]:
    """The lines on who moved before and after a decision that may not be a rival's as well.

    Args:
        motions: those of the meeting.
        at: which of them.
        rivals: which of the earlier ones may be meant by a line after them, and which of the later by one before.
    """
    behind = [motions[other].after for other in rivals[0] if other < at]
    ahead = [motions[other].before for other in rivals[1] if other > at]
    return motions[at].before.difference(*behind), motions[at].after.difference(*ahead)


def _named(marks: Sequence[Marked], lines: Iterable[int]) -> set[tuple[str, str]]:
    """The pairs that lines name: those of a mover and a seconder, else of one of them."""
    pairs = {pair for number in lines if any(pair := movers(_with_next(marks, number)))}
    return {pair for pair in pairs if all(pair)} or pairs


def _is_another_entry(marks: Sequence[Marked], number: int, first: int) -> bool:
    """Whether a line is in one entry of a list, "(a)", and the decision in another of the same, "(c)"."""
    heads = [at - marks[at].unit.nth for at in (number, first)]
    one, other = (label(marks[at].unit.text) for at in heads)
    return heads[0] != heads[1] and bool(one) and limbs.alike(one, other)


def _speaks_of_amendment(marks: Sequence[Marked], number: int) -> bool:
    """Whether a line, or one before it in its paragraph ("Amendment 2."), speaks of an amendment."""
    if _is_of_motion(marks[number].unit.text):
        return False
    first = number - marks[number].unit.nth
    said = (mark.unit.text for mark in marks[max(0, first) : number + 1])
    return any("mendment" in text.lower() and _AMENDMENT.search(text) for text in said)


def _with_next(marks: Sequence[Marked], number: int) -> str:
    """A line on who moved, with the next where that says who seconded."""
    text = marks[number].unit.text
    alone = "econd" not in text and any(movers(text))
    if alone and number + 1 < len(marks) and marks[number + 1].label == "mover":
        return f"{text} {marks[number + 1].unit.text}"
    return text


def _amends(marks: Sequence[Marked], one: Resolution) -> bool:
    return any(_speaks_of_amendment(marks, number) for number in one.units)
