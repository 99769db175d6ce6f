"""What minutes say was decided: a unit that opens a decision and those that go on with it, from their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.decisions import limbs, wordings
from indexer.decisions.leads import ANSWER_WORDS, TALK, begins, is_told, label_of
from indexer.decisions.motions import decides, enough, moves, verdict, voted, with_motion
from indexer.decisions.series import Series, breaks, runs, stopped, unfinished, unowned
from indexer.labelling.marks import Marked, certain
from indexer.layout.blocks import Placed
from indexer.structure.items import Item
from indexer.structure.minutes import Minutes

# What can never go on with a decision that was broken off.
_OTHER = frozenset(["item", "closing", "vote", "mover", "head", "attendance", "decision"])
# What is listed under a decision's words and looks like persons: applications with their places.
_PERSONS = frozenset(["head", "attendance"])
# A heading that the model is as sure of as this is not one of a decision's limbs, whatever its number.
_SURE = 0.9
# Running lines at the foot of a page and the head of the next, and one more.
_EDGE = 4
# A label that the model is less sure of does not end a decision that cannot end yet.
_LIKELY = 0.6


@dataclass(frozen=True, slots=True)
class Resolution:
    """One decision: the numbers of its units in order, its item, and whether its text breaks off."""

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


def resolutions(minutes: Minutes, marks: Sequence[Marked]) -> tuple[Resolution, ...]:
    """Find the decisions of one meeting's minutes, in order; ``marks`` are its units as `settled` gives them."""
    groups: list[_Group] = []
    open_ = False
    for at, mark in enumerate(marks):
        group = groups[-1] if groups and open_ else None
        if group and _running(marks, at, group):
            continue
        if group and not _is_table(minutes.blocks, marks, at, group) and group.takes(marks, at):
            group.add(marks, at)
        elif mark.label == "decision" and is_told(marks, at):
            open_ = False
        elif mark.label == "decision" and groups and groups[-1].moved(marks, at):
            last = groups[-1].last  # what became of it, reported after the debate, or after the names in one paragraph
            groups[-1].units += range(last + 1, at) if marks[last].unit.block == mark.unit.block else []
            groups[-1].units.append(at)
            open_ = True
        elif mark.label == "decision":
            groups.append(_Group([]))
            for one in range(begins(marks, at), at + 1):
                groups[-1].add(marks, one)
            open_ = True
        elif mark.label != "running":
            if groups and groups[-1].last == at - 1 and groups[-1].holds(marks, at):
                groups[-1].units.append(at)  # "The minutes were approved. Proposed by A, seconded by B."
            open_ = False
    kept = _adopted(minutes, marks, [with_motion(marks, group.units) for group in groups])
    return tuple(
        Resolution(tuple(units), one, unfinished(unowned(marks[units[-1]].unit.text)))
        for units, one in zip(kept, _items(minutes, kept), strict=True)
        if not wordings.empty(" ".join(marks[at].unit.text for at in units)) and _is_decided(marks, units)
    )


def _adopted(minutes: Minutes, marks: Sequence[Marked], groups: Sequence[Sequence[int]]) -> list[Sequence[int]]:
    """Join what was put to the meeting as a recommendation with the resolution on it, next under the same heading."""
    homes = list(_items(minutes, groups))
    texts = [" ".join(marks[at].unit.text for at in units) for units in groups]
    kept: list[Sequence[int]] = []
    before: Sequence[int] = ()
    for at, units in enumerate(groups):
        put = homes[at] in homes[at + 1 : at + 2] and wordings.adopts(texts[at], texts[at + 1])
        if not put:
            kept.append((*before, *units))
        before = units if put else ()
    return kept


@dataclass(slots=True)
class _Group:
    """A decision as it grows: its units, the label of its own paragraph, and the labels of its open limbs."""

    units: list[int]
    series: Series = field(default_factory=Series)

    @property
    def last(self) -> int:
        """Its last unit so far."""
        return self.units[-1]

    def add(self, marks: Sequence[Marked], at: int) -> None:
        """Take in a unit."""
        if not self.units:
            self.series.own = label_of(marks[at]) or label_of(marks[max(0, at - marks[at].unit.nth)])
        else:
            self.series.add(label_of(marks[at]))
        self.units.append(at)

    def takes(self, marks: Sequence[Marked], at: int) -> bool:
        """Whether the next unit goes on with a decision: by its label, by its number, or as that cannot end yet."""
        mark, last = marks[at], unowned(marks[self.last].unit.text)
        label = label_of(mark)
        if mark.label == "decision":
            short = verdict(mark.unit.text) or len(mark.unit.text.split()) < ANSWER_WORDS
            short = short and not (verdict(last) and verdict(mark.unit.text))  # of another motion
            same = mark.unit.text[:1].islower() and not stopped(last)  # sentence
            told = mark.unit.block == marks[self.last].unit.block and (short or same)
            return unfinished(last) or told or self._is_listed(marks, label) or self._is_motion_of(marks, at)
        own = self.series.own
        if self.series.ends(label) and (self.series.stack or mark.label != "decision+" or not limbs.first(own)):
            return False
        sibling = limbs.is_bullet(label) and label == own and not unfinished(last)
        loose = mark.sure < _SURE or (limbs.is_bullet(label) and stopped(last))  # bullets of a list need its stem
        apart = bool(label) and not self.series.stack and (stopped(last) or sibling) and loose
        if (mark.label == "decision+" and not apart) or self._same_resolution(marks, at) or self._same_limb(marks, at):
            return True
        if self.series.follows(label) and not (mark.label == "item" and mark.sure > _SURE):
            return True
        listed = mark.label in _PERSONS and self.series.opens(label, last)
        least = _SURE if wordings.bare(last) else _LIKELY  # "It was APPROVED" has its text still to come
        if mark.label == "running" or (mark.label in _OTHER and mark.sure > least and not listed):
            return False
        going_on = mark.unit.text[:1].islower() and not stopped(last) and mark.unit.nth == 0
        return unfinished(last) or going_on or self.series.opens(label, last) or self._within_list(marks, at)

    def _within_list(self, marks: Sequence[Marked], at: int) -> bool:
        """Whether a line without a label is inside a list: its next entry follows at once."""
        mark = marks[at]
        ahead = at + 1 < len(marks) and self.series.follows(label_of(marks[at + 1]))
        return ahead and not label_of(mark) and mark.sure < _SURE and not mark.unit.text.rstrip().endswith(":")

    def _is_listed(self, marks: Sequence[Marked], label: str) -> bool:
        """Whether this is the next of a list that the decision's first words open: "The Board: • APPROVED ..."."""
        opened = marks[self.units[0]].unit.text.rstrip().endswith(":")
        return opened and self.series.follows(label)

    def _same_resolution(self, marks: Sequence[Marked], at: int) -> bool:
        """Whether this is talk in the paragraph of a resolution that capitals leave no doubt of: it is part of it."""
        first, unit = marks[self.units[0]].unit, marks[at].unit
        said = marks[self.units[1]].unit if wordings.bare(first.text) and len(self.units) > 1 else first
        if unit.block != said.block or any("\t" in mark.unit.text for mark in marks[at - unit.nth : at + 1]):
            return False  # of another paragraph, or of a row, whose cells hold several
        return marks[at].label in TALK and certain(first.text)

    def _same_limb(self, marks: Sequence[Marked], at: int) -> bool:
        """Whether this is talk in the paragraph of a limb: it explains it."""
        unit = marks[at].unit
        first = at - unit.nth
        rows = any("\t" in mark.unit.text for mark in marks[first : at + 1])
        return at > first in self.units[1:] and bool(label_of(marks[first])) and marks[at].label in TALK and not rows

    def holds(self, marks: Sequence[Marked], at: int) -> bool:
        """Whether who moved, or how a motion fared, is right after this decision in its paragraph."""
        before, mark = marks[at - 1].unit, marks[at]
        said = [marks[one].unit.text for one in self.units]
        moved = any(map(moves, said)) and not any(map(wordings.concluded, said))
        told = mark.label == "mover" or (mark.label == "vote" and (moved or verdict(before.text)))
        return told and mark.unit.block == before.block

    def _is_motion_of(self, marks: Sequence[Marked], at: int) -> bool:
        """Whether this is only what was moved, and unit ``at`` right after it says what became of it."""
        return at == self.last + 1 and self.moved(marks, at)

    def moved(self, marks: Sequence[Marked], at: int) -> bool:
        """Whether the decision so far only says what was moved, and unit ``at`` of its item what became of it."""
        said = " ".join(marks[one].unit.text for one in self.units)
        between = {mark.label for mark in marks[self.last + 1 : at]}
        return (
            (verdict(marks[at].unit.text) or voted(marks[at].unit.text))
            and not moves(marks[at].unit.text)
            and (moves(said) or moves(marks[self.units[0]].unit.text))
            and not any(
                verdict(text) or wordings.concluded(text) for text in (marks[one].unit.text for one in self.units)
            )
            and ("amendment" in said or "be amended" in said) == ("amendment" in marks[at].unit.text)
            and not between & {"item", "decision+"}
        )


def _running(marks: Sequence[Marked], at: int, group: _Group) -> bool:
    """Whether a few words at a page's edge are a running line: the limbs, or the sentence, go on right after it."""
    last = marks[group.last].unit
    ahead = next((one for one in range(at, min(len(marks), at + _EDGE)) if not _runs(marks[one])), at)
    if ahead == at or ahead == len(marks) or last.page == marks[ahead].unit.page:
        return False
    following = marks[ahead].unit
    if following.nth == 0 and following.text[:1].islower() and not stopped(last.text):
        return True
    if not (breaks(last.text) or unfinished(marks[group.units[0]].unit.text)):
        return False
    label, series = label_of(marks[ahead]), group.series
    starts = not series.stack and bool(label) and limbs.first(label)
    return (series.follows(label) or starts) and not (unfinished(last.text) and len(group.units) > 1)


def _is_table(blocks: Sequence[Placed], marks: Sequence[Marked], at: int, group: _Group) -> bool:
    """Whether a table begins behind a decision that has ended and is in none: its rows are not part of the decision."""
    mark, last = marks[at], marks[group.last].unit
    row = blocks[mark.unit.block].row and not blocks[last.block].row and mark.unit.nth == 0
    announced = not stopped(last.text) or "following" in last.text
    return row and mark.label != "decision" and not label_of(mark) and not announced


def _runs(mark: Marked) -> bool:
    return mark.label != "decision" and mark.unit.of == 1 and runs(mark.unit.text)


def _is_decided(marks: Sequence[Marked], units: Sequence[int]) -> bool:
    """Whether a word decides or a vote was taken, or the model leaves no doubt."""
    return any(decides(text) or moves(text) or verdict(text) for text in (marks[at].unit.text for at in units)) or any(
        enough(marks[at]) for at in units
    )


def _items(minutes: Minutes, groups: Sequence[Sequence[int]]) -> Iterator[Item | None]:
    """The heading before each decision, None where there is none."""
    # "d. Decision taken" is a form's label and no item
    titled = [item for item in minutes.items if item.number[:1].isdigit() or not wordings.bare(item.title)]
    for group in groups:
        before = [item for item in titled if item.start <= group[0]]
        yield before[-1] if before else None
