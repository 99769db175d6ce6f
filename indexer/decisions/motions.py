"""Motions and what became of them: which line is the vote and which the decision, and the words that were moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from typing import Final

from indexer.decisions import outcomes, wordings
from indexer.decisions.limbs import is_bullet
from indexer.decisions.series import label as label_of
from indexer.decisions.series import unfinished
from indexer.labelling.cues import BODIES, LEMMAS, TOKEN
from indexer.labelling.marks import Marked, certain
from indexer.labelling.units import Label

_VERDICT_WORDS: Final = 25
# What goes on with a decision although talk is before it is one itself, with this probability.
_LIKELY: Final = 0.5
# Words of a line that names a body and nothing else.
_LEAD: Final = 8
_TALK: Final = frozenset(["text", "item", "action", "reported"])
QUOTES: Final = frozenset("“\"‘'")
_ENDS: Final = frozenset(["item", "decision", "closing"])
# Words of a sentence that moves something, and does not only say that somebody moved.
_MOVED_BY: Final = frozenset(["second", "seconded", "that", "by", ":"])
_SECONDED: Final = frozenset(["second", "seconded", "that"])
_PROPOSING: Final = frozenset(["move", "propose", "second"])
_CONSIDERING: Final = frozenset(["consider"])
_MOVING: Final = frozenset(["move", "propose"])


def verdict(text: str) -> bool:
    """Say whether a sentence only says what became of a motion: carried, lost, withdrawn."""
    return len(text.split()) < _VERDICT_WORDS and bool(wordings.fate(text))


def voted(text: str) -> bool:
    """Say whether a sentence begins with what was voted: "Voted: 3-0 to approve the minutes."."""
    words = TOKEN.findall(text.lower())
    return bool(words) and LEMMAS.get(words[0]) == "vote" and words[0].endswith("d")


@lru_cache(maxsize=1024)
def moves(text: str) -> bool:
    """Say whether a sentence moves something: "Councillor A moved that", "Motion:", "An amendment was moved by B"."""
    words = TOKEN.findall(text.lower())
    named = words[:1] in (["motion"], ["amendment"]) and not (wordings.fate(text) and _SECONDED.isdisjoint(words))
    told = any(LEMMAS.get(word) in _MOVING and word.endswith("d") for word in words)
    return named or (told and (not _MOVED_BY.isdisjoint(words) or text.rstrip().endswith((":", ";"))))


def settled(marks: Sequence[Marked]) -> tuple[Marked, ...]:
    """Settle which of the lines about a motion is the decision.

    A motion's being carried is its vote where the resolution itself follows at once, and the decision where nothing
    else in the item is; of two lines on what became of motions each is one. Where no word decides, nothing is decided.
    """
    labels = [_settled(marks, at) for at in range(len(marks))]
    return tuple(
        mark if mark.label == label else replace(mark, label=label) for mark, label in zip(marks, labels, strict=True)
    )


def _settled(marks: Sequence[Marked], at: int) -> Label:
    mark = marks[at]
    text, fate = mark.unit.text, wordings.fate(mark.unit.text) if verdict(mark.unit.text) else ""
    following = marks[at + 1].label if at + 1 < len(marks) else ""
    if mark.label == "decision" and fate == "carried" and following == "decision":
        return "vote"
    entry = all(is_bullet(label_of(one.unit.text)) for one in marks[at : at + 2])
    if mark.label == "decision" and (following != "decision+" or entry or _only_considers(text)) and not _decides(text):
        return "text"
    another = at > 0 and moves(text) and verdict(marks[at - 1].unit.text)
    if mark.label == "decision+" and mark.unit.nth == 0 and (fate or another):
        return "decision"
    if mark.label == "decision+" and mark.sure > _LIKELY and at and marks[at - 1].label in _TALK and _decides(text):
        return "decision"
    if mark.label == "text" and at + 1 < len(marks) and _leads(text, marks[at + 1].unit.text):
        return "decision"
    if mark.label in ("vote", "mover", "closing") and (fate in ("lost", "withdrawn") or (fate and _alone(marks, at))):
        return "decision"
    if mark.label in ("text", "running") and fate in ("lost", "withdrawn") and _was_moved(marks, at):
        return "decision"
    if mark.label == "decision" and _resolved_later(marks, at):
        return "mover"
    return mark.label


def _decides(text: str) -> bool:
    words = TOKEN.findall(text.lower())
    # that something was proposed and seconded settles nothing
    lemmas = {LEMMAS[word] for word in words if word in LEMMAS} - _PROPOSING
    told = bool(lemmas) or words[:1] == ["no"] or "that" in words[:3] or text.rstrip().endswith(":")
    return (told and lemmas != _CONSIDERING) or certain(text)


def _only_considers(text: str) -> bool:
    """Whether a sentence says only what was considered: "The Council considered the following policies:"."""
    return {LEMMAS[word] for word in TOKEN.findall(text.lower()) if word in LEMMAS} == _CONSIDERING


def _resolved_later(marks: Sequence[Marked], at: int) -> bool:
    """Whether a line only says what was moved and seconded, and the item's own resolution in capitals comes later."""
    text = marks[at].unit.text
    followed = at + 1 < len(marks) and verdict(marks[at + 1].unit.text)
    if certain(text) or followed or "second" not in text.lower() or not moves(text):
        return False
    rest = takewhile(lambda mark: mark.label != "item", marks[at + 1 :])
    return any(mark.label == "decision" and certain(mark.unit.text) for mark in rest)


def _leads(text: str, following: str) -> bool:
    """Whether a line only names the body whose decisions are listed after it: "The Board:", "(a) approved"."""
    words = TOKEN.findall(text.lower())
    named = words[-1:] == [":"] and len(words) <= _LEAD and not BODIES.isdisjoint(words)
    entry = TOKEN.findall(following[wordings.body_start(following) :])
    return named and bool(entry) and outcomes.known(entry[0]) is not None


def _alone(marks: Sequence[Marked], at: int) -> bool:
    """Whether something was moved before unit ``at`` and nothing else in the item says what was decided on it."""
    if _amends(marks[at].unit.text):
        return _was_moved(marks, at)
    ahead = next((mark.label for mark in marks[at + 1 :] if mark.label not in ("vote", "mover", "running")), "")
    if ahead in ("decision", "decision+"):
        return False
    for mark in reversed(marks[:at]):
        if mark.label in _ENDS or mark.label == "decision+":
            return False
        if mark.label == "mover":
            return True
    return False


def _was_moved(marks: Sequence[Marked], at: int) -> bool:
    """Whether something was moved in the item before unit ``at``."""
    before = takewhile(lambda mark: mark.label != "item", reversed(marks[:at]))
    return any(mark.label == "mover" for mark in before)


def with_motion(marks: Sequence[Marked], units: Sequence[int]) -> tuple[int, ...]:
    """Give a decision that only says what became of a motion the motion's units, without the debate between."""
    first = units[0]
    told = {wordings.fate(marks[number].unit.text) for number in (first, units[-1])}
    alone = all(marks[number].label in ("vote", "mover") for number in units[1:])
    if moves(marks[first].unit.text) or not (told & {"lost", "withdrawn"} or (alone and any(told))):
        return tuple(units)
    amended = _amends(marks[first].unit.text)
    for number in range(first - 1, -1, -1):
        text = marks[number].unit.text
        if marks[number].label in _ENDS and (amended or not _amends(text)):
            break
        opens = moves(text) and not text.lower().startswith("the amendment")
        if opens and _amends(text) == amended:
            begin = number - marks[number].unit.nth  # "Amendment 2. Councillor A moved": with the whole paragraph
            return (*range(begin, number + 1), *_rest(marks, number + 1, first), *units)
    return tuple(units)


def _rest(marks: Sequence[Marked], begin: int, end: int) -> Iterator[int]:
    """The units after one that moves something that are still of the motion: its words, its limbs, who seconded."""
    amended = _amends(marks[begin - 1].unit.text)
    within = False  # a quotation
    for number in range(begin, end):
        before, mark = marks[number - 1].unit, marks[number]
        quoted = within or mark.unit.text.lstrip()[:1] in QUOTES or mark.unit.block == before.block
        other = not amended and not within and _amends(mark.unit.text) and moves(mark.unit.text)
        if other or not (mark.label in ("mover", "decision+") or quoted or unfinished(before.text)):
            return
        within = mark.unit.text.count("“") > mark.unit.text.count("”") or (within and "”" not in mark.unit.text)
        yield number


def _amends(text: str) -> bool:
    return "amendment" in text.lower()
