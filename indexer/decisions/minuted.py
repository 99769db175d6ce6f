"""What minutes say was decided: a unit that opens a decision and those that go on with it, from their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from indexer.decisions import limbs, wordings
from indexer.labelling.marks import Marked, certain
from indexer.structure.items import Item
from indexer.structure.minutes import Minutes

_HANGING = re.compile(
    r"(?:[:,(–—-]|\b(?:and|or|that|to|of|the|for|in|with|by|on|at|a|an|bod|was))[\s*_]*$", re.IGNORECASE
)
# What can never go on with a decision that was broken off.
_OTHER = frozenset(["item", "closing", "vote", "mover", "head", "attendance", "decision"])
_MOVED = re.compile(r"\b(?:moved|proposed|seconded)\b|^\W*(?:motion|amendment)\b", re.IGNORECASE)
_VERDICT_WORDS = 25
# So few words say only that something was agreed, not what.
_ANSWER_WORDS = 5
# A running line has few words, no stop at its end, and does not begin like a clause.
_RUNNING_WORDS = 15
_NO_RUNNING = re.compile(r"^\s*[a-z]|^\s*That\b|[.;:,][\s*_”\"’')]*$")
_PART_DONE = re.compile(r"[:;,.](?:\s*(?:and|or))?[\s*_]*$")
_TALK = frozenset(["text", "action", "reported", "closing"])
# A heading that the model is so sure of is none of a decision's limbs, whatever its number.
_SURE = 0.9
# A label that the model is less sure of does not end a decision that cannot end yet.
_LIKELY = 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """One decision: the numbers of its units in order, the item it stands under, and whether its text breaks off."""

    units: tuple[int, ...]
    item: Item | None
    broken: bool = False

    @property
    def first(self) -> int:
        """The unit that opens it."""
        return self.units[0]

    @property
    def last(self) -> int:
        """Its last unit."""
        return self.units[-1]


def found(minutes: Minutes) -> tuple[Found, ...]:
    """Find the decisions of one meeting's minutes, in order."""
    marks = settled(minutes.marks)
    groups: list[_Group] = []
    open_ = False
    for at, mark in enumerate(marks):
        group = groups[-1] if groups and open_ else None
        if group and _running(marks, at, group):
            continue
        if group and group.takes(marks, at):
            group.add(marks, at)
        elif mark.label == "decision":
            groups.append(_Group([]))
            if at and (_answers(marks[at - 1], mark) or _opens_list(marks[at - 1], mark)):
                groups[-1].add(marks, at - 1)
            groups[-1].add(marks, at)
            open_ = True
        elif mark.label != "running":
            if group and mark.label == "mover" and mark.unit.block == marks[group.units[-1]].unit.block:
                group.units.append(at)  # "The minutes were approved. Proposed by A, seconded by B."
            open_ = False
    kept = [group.units for group in groups]
    return tuple(
        Found(tuple(units), one, unfinished(marks[units[-1]].unit.text))
        for units, one in zip(kept, _items(minutes, kept), strict=True)
        if not wordings.empty(" ".join(marks[at].unit.text for at in units))
    )


def settled(marks: Sequence[Marked]) -> tuple[Marked, ...]:
    """Count a motion's being carried as its vote where the resolution itself follows at once."""
    return tuple(
        replace(mark, label="vote")
        if mark.label == "decision" and _only_carried(mark.unit.text) and following and following.label == "decision"
        else mark
        for mark, following in zip_longest(marks, marks[1:])
        if mark
    )


def _only_carried(text: str) -> bool:
    return verdict(text) and wordings.verdict(text) is None


@dataclass(slots=True)
class _Group:
    """A decision as it grows: its units, the label of its own paragraph, and the labels of its open limbs."""

    units: list[int]
    own: str = ""
    stack: limbs.Stack = ()

    def add(self, marks: Sequence[Marked], at: int) -> None:
        """Take in a unit."""
        label = _label(marks[at])
        if not self.units:
            self.own = label
        elif label:
            self.stack = limbs.push(self.stack, label) or (*self.stack, label)
        self.units.append(at)

    def takes(self, marks: Sequence[Marked], at: int) -> bool:
        """Whether the next unit goes on with a decision: by its label, by its number, or as that cannot end yet."""
        mark, last = marks[at], marks[self.units[-1]].unit.text
        label = _label(mark)
        if mark.label == "decision":
            told = mark.unit.block == marks[self.units[-1]].unit.block and verdict(mark.unit.text)
            return unfinished(last) or told or self._is_listed(marks, label) or self._is_motion_of(marks, at)
        if label and self.own and not self.stack and limbs.succeeds(label, self.own) and mark.label != "decision+":
            return False
        if label and self.stack and self.own and limbs.succeeds(label, self.own) and not self.next_limb(label):
            return False
        if mark.label == "decision+" or self._same_resolution(marks, at):
            return True
        if label and self.next_limb(label) and not (mark.label == "item" and mark.sure > _SURE):
            return True
        if mark.label == "running" or (mark.label in _OTHER and mark.sure > _LIKELY):
            return False
        going_on = mark.unit.text[:1].islower() and not last.rstrip().endswith((".", "!", "?")) and mark.unit.nth == 0
        return unfinished(last) or going_on

    def _is_listed(self, marks: Sequence[Marked], label: str) -> bool:
        """Whether this is the next of a list that the decision's first words open: "The Board: • APPROVED ..."."""
        opened = marks[self.units[0]].unit.text.rstrip().endswith(":")
        return opened and bool(label and self.stack) and any(limbs.succeeds(label, one) for one in self.stack)

    def _same_resolution(self, marks: Sequence[Marked], at: int) -> bool:
        """Whether this is talk in the paragraph of a resolution that capitals leave no doubt of: it is part of it."""
        first = marks[self.units[0]].unit
        return marks[at].label in _TALK and marks[at].unit.block == first.block and certain(first.text)

    def _is_motion_of(self, marks: Sequence[Marked], at: int) -> bool:
        """Whether this is only what was moved, and unit ``at`` says what became of it."""
        said = " ".join(marks[one].unit.text for one in self.units)
        return at == self.units[-1] + 1 and verdict(marks[at].unit.text) and _MOVED.search(said) is not None

    def next_limb(self, label: str) -> bool:
        """Say whether a label is the next of a limb that is open; a bullet counts nothing."""
        return not limbs.is_bullet(label) and any(limbs.succeeds(label, one) for one in self.stack)


def _answers(before: Marked, mark: Marked) -> bool:
    """Whether a decision is a word on the sentence before it: "This was agreed.", "Supported.", "No objection."."""
    near = before.label == "text" and before.unit.block == mark.unit.block
    return near and len(mark.unit.text.split()) < _ANSWER_WORDS


def _opens_list(before: Marked, mark: Marked) -> bool:
    """Whether the words before a decision open the list of which it is the first: "The Board:"."""
    return before.label == "text" and before.unit.text.rstrip().endswith(":") and bool(_label(mark))


def _running(marks: Sequence[Marked], at: int, group: _Group) -> bool:
    """Whether a few words at a page's edge are a running line: the limbs go on right after it."""
    unit = marks[at].unit
    if at + 1 >= len(marks) or marks[at].label == "decision":
        return False
    if marks[group.units[-1]].unit.page == unit.page == marks[at + 1].unit.page:
        return False
    if not (_PART_DONE.search(marks[group.units[-1]].unit.text) or unfinished(marks[group.units[0]].unit.text)):
        return False
    if unfinished(marks[group.units[-1]].unit.text) and len(group.units) > 1:
        return False
    bare = len(unit.text.split()) <= _RUNNING_WORDS and not _NO_RUNNING.search(unit.text) and not _label(marks[at])
    following = _label(marks[at + 1])
    return bare and bool(following) and (group.next_limb(following) or (not group.stack and limbs.first(following)))


def _label(mark: Marked) -> str:
    match = limbs.line_label(mark.unit.text) if mark.unit.nth == 0 else None
    return match["label"].strip() if match else ""


def verdict(text: str) -> bool:
    """Say whether a sentence only records what became of a motion: carried, lost, withdrawn."""
    told = wordings.verdict(text) is not None or wordings.CARRIED.search(text) is not None
    bare = re.fullmatch(
        r"\W*(?:it was |this was |duly |was )*(?:carried|passed)(?: unanimously)?\W*", text, re.IGNORECASE
    )
    return bool(bare) or (told and len(text.split()) < _VERDICT_WORDS)


def unfinished(text: str) -> bool:
    """Say whether a text cannot end here: "RESOLVED that:", "to write to the"."""
    return bool(_HANGING.search(text)) or wordings.bare(text)


def _items(minutes: Minutes, groups: Sequence[Sequence[int]]) -> Iterator[Item | None]:
    """The heading before each decision, None where there is none."""
    for group in groups:
        before = [item for item in minutes.items if item.start <= group[0]]
        yield before[-1] if before else None
