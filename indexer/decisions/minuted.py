"""What minutes say was decided: a unit that opens a decision and those that go on with it, from their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.decisions import limbs, wordings
from indexer.labelling.marks import Marked
from indexer.structure.items import Item
from indexer.structure.minutes import Minutes

_HANGING = re.compile(
    r"(?:[:,(–—-]|\b(?:and|or|that|to|of|the|for|in|with|by|on|at|a|an|bod|was))[\s*_]*$", re.IGNORECASE
)
# What can never go on with a decision that was broken off.
_OTHER = frozenset(["item", "closing", "vote", "mover", "head", "attendance", "decision"])
# A heading that the model is so sure of is none of a decision's limbs, whatever its number.
_SURE = 0.9


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
    marks = minutes.marks
    groups: list[_Group] = []
    open_ = False
    for at, mark in enumerate(marks):
        group = groups[-1] if groups and open_ else None
        if group and group.takes(marks, at):
            group.add(marks, at)
        elif mark.label == "decision":
            groups.append(_Group([]))
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
        """Whether the unit after a decision goes on with it: by its label, by its number, or because it cannot end yet."""
        mark, last = marks[at], marks[self.units[-1]].unit.text
        label = _label(mark)
        if mark.label == "decision":
            return unfinished(last)
        if label and self.own and not self.stack and limbs.succeeds(label, self.own) and mark.label != "decision+":
            return False
        if label and self.stack and self.own and limbs.succeeds(label, self.own) and not self._next_limb(label):
            return False
        if mark.label == "decision+":
            return True
        if label and self._next_limb(label) and not (mark.label == "item" and mark.sure > _SURE):
            return True
        if mark.label in _OTHER or mark.label == "running":
            return False
        going_on = mark.unit.text[:1].islower() and not last.rstrip().endswith((".", "!", "?")) and mark.unit.nth == 0
        return unfinished(last) or going_on

    def _next_limb(self, label: str) -> bool:
        """Whether a label is the next of a limb that is open; a bullet counts nothing."""
        return not limbs.is_bullet(label) and any(limbs.succeeds(label, one) for one in self.stack)


def _label(mark: Marked) -> str:
    match = limbs.line_label(mark.unit.text) if mark.unit.nth == 0 else None
    return match["label"].strip() if match else ""


def unfinished(text: str) -> bool:
    """Say whether a text cannot end here: "RESOLVED that:", "to write to the"."""
    return bool(_HANGING.search(text)) or wordings.bare(text)


def _items(minutes: Minutes, groups: Sequence[Sequence[int]]) -> Iterator[Item | None]:
    """The heading before each decision, None where there is none."""
    for group in groups:
        before = [item for item in minutes.items if item.start <= group[0]]
        yield before[-1] if before else None
