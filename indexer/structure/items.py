"""The items of minutes, from the labels of their lines: number, title, and which are below another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.heads.headings import clean_title, is_shouted
from indexer.labelling.marks import Marked, certain
from indexer.labelling.units import Unit
from indexer.layout.blocks import Placed
from indexer.structure.titles import shouted, split, without_column
from indexer.text.cues import LEMMAS
from indexer.text.words import DIGITS

_AGENDA_ITEM = re.compile(
    r"\(?(?<!\s)\s*(?:agenda )?item\s+(?:no\.?\s*)?(?P<number>\d{1,3}\w?)\s*\)?\s*$", re.IGNORECASE
)
# The labels after which a form gives the title.
_LABELS = frozenset(("subject", "title", "title of report", "title of decision", "report title", "matter"))
# The most words of a heading.
_HEADING_WORDS = 28
# The most words of one that runs into its text, as a sentence does.
_RUN_IN_WORDS = 8
# A row whose numbers are set alike may have this many fewer.
_STRAYS = 2
# The fewest headings that show how all of them are set, and how many times as many other lines may be set so.
_ALIKE = 3
_MORE = 2
# The labels that the model may give a heading by mistake.
_MISTAKEN = frozenset(["text", "decision", "reported", "row", "attendance", "head", "closing"])
# A limb that the model is as sure of as this is not a heading.
_SURE = 0.9
# A gap in the numbers this wide or wider is no gap but another list.
_WIDEST_GAP = 6
# Numbers in a column beside the text of one item, at most.
_COLUMN = 20


@dataclass(frozen=True, slots=True)
class Item:
    """An item's heading: units ``[start, end)`` of those marked; its printed number, title, and agenda item.

    ``under`` is the number of the item that it is below, "" for none.
    """

    start: int
    end: int
    number: str
    title: str
    agenda_item: str = ""
    under: str = ""
    level: int = 1

    @property
    def known_as(self) -> str:
        """The number by which the minutes know it: its own, or that of the item above where it is not part of that."""
        if not self.under or (self.number and self.number.split(".")[0] == self.under.split(".")[0]):
            return self.number
        return self.under


def items(blocks: Sequence[Placed], marks: Sequence[Marked]) -> tuple[Item, ...]:
    """Return the items of the minutes whose units are marked, in order."""
    headings: list[Item] = []
    at = 0
    while at < len(marks):
        if marks[at].label != "item" or _AGENDA_ITEM.fullmatch(marks[at].unit.text.strip()):
            at += 1
            continue
        item = _heading(blocks, marks, at)
        headings.append(item)
        at = item.end
    headings = _set_alike(blocks, marks, headings)
    completed = [item for item in _completed(marks, headings) if not _turns_page(blocks, marks[item.start].unit)]
    return _levelled(completed, _best(marks, completed)[1])


def _turns_page(blocks: Sequence[Placed], unit: Unit) -> bool:
    """Whether a line in plain type was at the foot of a page within a sentence: "Continued overleaf"."""
    block, following = blocks[unit.block], blocks[unit.block + 1 : unit.block + 3]
    pages = [one.page for one in following]
    plain = not (block.bold or block.level or is_shouted(block.text) or split(block.text)[0])
    return plain and pages == [block.page, block.page + 1] and following[1].text[:1].islower()


def _set_alike(blocks: Sequence[Placed], marks: Sequence[Marked], headings: Sequence[Item]) -> list[Item]:
    """Add the lines among the headings that are set and numbered as they are, in type that little else has."""
    styles = Counter(_style(blocks, marks[item.start].unit) for item in headings)
    style, count = styles.most_common(1)[0] if styles else ("", 0)
    same = [item for item in headings if _style(blocks, marks[item.start].unit) == style]
    if not style or count < _ALIKE:
        return list(headings)
    taken = {at for item in headings for at in range(item.start, item.end)}
    alone = [at for at, mark in enumerate(marks) if at not in taken and (mark.unit.of == 1 or mark.unit.lead)]
    others = [at for at in alone if _style(blocks, marks[at].unit) == style]
    if len(others) > _MORE * count:
        return list(headings)
    if all(_is_lettered(marks[item.start]) for item in same):
        others = [at for at in others if _is_lettered(marks[at])]
    else:
        unnumbered = not any(item.number for item in same)
        others = [at for at in others if unnumbered and same[0].start < at < same[-1].start]
    titles = [at for at in others if marks[at].label in _MISTAKEN and _is_title(marks[at].unit)]
    return sorted([*headings, *(_heading(blocks, marks, at) for at in titles)], key=lambda item: item.start)


def _is_lettered(mark: Marked) -> bool:
    """Whether a line begins with a letter in a column of its own."""
    text = mark.unit.text
    return "\t" in text and len(split(text)[0]) == 1


def _style(blocks: Sequence[Placed], unit: Unit) -> str:
    """How a line is set, where that is not as the text is; else ""."""
    block = blocks[unit.block]
    apart = (block.bold or block.level > 0 or unit.lead) and (not block.row or block.text.count("\t") == 1)
    return f"{block.bold or unit.lead} {block.level} {block.size:.0f} {block.left:.0f}" if apart else ""


def _is_title(unit: Unit) -> bool:
    """Whether a line can be a title: a few words, no sentence, nothing that decides."""
    text = unit.text.rstrip(" .:") if unit.lead else unit.text
    words = split(text)[1].lower().split() or [""]
    decides = certain(text) or words[0].strip(":") in LEMMAS
    return not decides and len(words) <= _RUN_IN_WORDS and text.rstrip()[-1:] not in ".;:,?"


def _completed(marks: Sequence[Marked], headings: Sequence[Item]) -> list[Item]:
    """Add the headings that the run of numbers lacks: short lines with the number that comes next there."""
    position, every = _best(marks, headings)
    added: list[Item] = []
    for last, places, following in _gaps(marks, headings, sorted(every)):
        for at in places:
            number, title = _overlooked(marks, at)
            mine = _values(number)
            if not (title and mine) or len(mine) != len(last) or mine[position] != last[position] + 1:
                continue
            if not following or mine[position] < following[position]:
                added.append(Item(at, at + 1, number, clean_title(title.strip(" :–-").removesuffix("."))))
                last = mine
    return sorted([*headings, *added], key=lambda item: item.start)


def _gaps(
    marks: Sequence[Marked], headings: Sequence[Item], chain: Sequence[int]
) -> Iterator[tuple[list[int], Sequence[int], list[int]]]:
    """The units between two headings in a row, with both their numbers; outside of it what is in capitals or closes."""
    for first in [headings[at] for at in chain[:1] if len(_values(headings[at].number)) == 1]:
        yield [0], [at for at in range(first.start) if _leads_on(marks[at])], _values(first.number)
    for before, after in pairwise(headings[at] for at in chain):
        yield _values(before.number), range(before.end, after.start), _values(after.number)
    for last in [headings[at] for at in chain[-1:]]:
        behind = range(last.end, len(marks))
        yield _values(last.number), [at for at in behind if marks[at].label == "closing" or _leads_on(marks[at])], []


def _leads_on(mark: Marked) -> bool:
    """Whether a number and a title in capitals run into a text."""
    number, title = split(mark.unit.text)
    return bool(number) and bool(shouted(title))


def _overlooked(marks: Sequence[Marked], at: int) -> tuple[str, str]:
    """Number and title of a unit that the model may have overlooked as a heading; "" for both where it is none."""
    mark = marks[at]
    number, title = split(mark.unit.text)
    if not any(map(str.isalpha, title)):
        number, title = split(mark.unit.text.split()[0])[0], _beside_numbers(marks, at)
    if title.endswith(".") or len(title.split()) > _HEADING_WORDS:
        title = shouted(title) or title
    runs_in = title.endswith(".") and mark.unit.of > 1 and len(title.split()) <= _RUN_IN_WORDS
    named = title[:1].isupper() or "/" in title.partition(" ")[0]  # "121 23/02114/FUL – Manor Farm"
    named = named and len(title.split()) <= _HEADING_WORDS and (runs_in or title[-1:] not in ".;,")
    named = named and (mark.label[:8] != "decision" or LEMMAS.keys().isdisjoint(title.lower().split()))
    unsure = mark.label in _MISTAKEN or (mark.label == "decision+" and (mark.sure < _SURE or _is_bare(mark)))
    return (number, title) if named and unsure and not mark.unit.nth else ("", "")


def _beside_numbers(marks: Sequence[Marked], at: int) -> str:
    """The title after a column of bare numbers: "5.", "5.1", "5.2", then "Updates"."""
    texts = (mark.unit.text for mark in marks[at : at + _COLUMN])
    return next((" ".join(text.split()) for text in texts if any(map(str.isalpha, text))), "")


def _best(marks: Sequence[Marked], headings: Sequence[Item]) -> tuple[int, frozenset[int]]:
    """The longest row of rising numbers and the part of a number that rises: of numbers set alike, if there is one."""
    texts = [without_column(marks[item.start].unit.text) for item in headings]
    wide = [text.split(" ")[0].rstrip() != text.split()[0] for text in texts]
    rows = [(one, _chain(headings, one, alike)) for alike in (wide, [False] * len(headings)) for one in (0, -1)]
    alike, others = max(rows[:2], key=lambda row: len(row[1])), max(rows[2:], key=lambda row: len(row[1]))
    return alike if len(alike[1]) + _STRAYS >= len(others[1]) else others


def _values(number: str) -> list[int]:
    return [int(part) for part in DIGITS.findall(number.removesuffix(".0"))]  # "7.0" follows "6."


def _heading(blocks: Sequence[Placed], marks: Sequence[Marked], at: int) -> Item:
    """Read a heading from the units from ``at`` on: a number may be alone, and a title run on."""
    number, title = split(marks[at].unit.text)
    agenda = ""
    upto = at + 1
    column = False  # of numbers beside the text
    while upto < len(marks) and (marks[upto].label == "item" or (number and not title and _is_bare(marks[upto]))):
        text = " ".join(marks[upto].unit.text.split())
        stamp = _AGENDA_ITEM.fullmatch(text)
        own, rest = split(text)
        if stamp:
            agenda = stamp["number"]
        elif not title and not own:
            title = rest
        elif not title and own and not rest and number:
            column = True
        elif not _continues(blocks, marks, upto, title, own):
            break
        else:
            title = f"{title} {text}"
        upto += 1
    if column and not title and upto < len(marks) and len(marks[upto].unit.text.split()) <= _RUN_IN_WORDS:
        title, upto = " ".join(marks[upto].unit.text.split()), upto + 1
    if not agenda and upto < len(marks) and (stamp := _AGENDA_ITEM.fullmatch(marks[upto].unit.text.strip())):
        agenda, upto = stamp["number"], upto + 1
    if inner := _AGENDA_ITEM.search(title):
        agenda, title = agenda or inner["number"], title[: inner.start()]
    label, _, subject = title.partition(":")
    if subject.strip() and label.strip().casefold() in _LABELS:
        title, number = subject, agenda if number.isalpha() else number  # "(a) Subject:" is the form's letter
    return Item(at, upto, number, clean_title(title.strip(" :–-").removesuffix(".")), agenda)


def _is_bare(mark: Marked) -> bool:
    return not any(map(str.isalpha, mark.unit.text))


def _continues(blocks: Sequence[Placed], marks: Sequence[Marked], at: int, title: str, own: str) -> bool:
    """Whether a heading goes on in the next unit: in the same type, without a number, in the middle of its words."""
    before, unit = blocks[marks[at - 1].unit.block], blocks[marks[at].unit.block]
    if own or before.page != unit.page or before.bold != unit.bold or before.row != unit.row:
        return False
    text = marks[at].unit.text
    return text[:1].islower() or (is_shouted(title) and is_shouted(text) and before.size == unit.size)


def _levelled(headings: Sequence[Item], chain: frozenset[int]) -> tuple[Item, ...]:
    """Put items whose numbers break the rising row under the one before them."""
    if len(chain) < 2:
        return tuple(headings)
    levelled: list[Item] = []
    above = ""
    for at, item in enumerate(headings):
        if at in chain:
            above = item.number
            levelled.append(item)
        elif above:
            levelled.append(Item(item.start, item.end, item.number, item.title, item.agenda_item, above, 2))
        else:
            levelled.append(item)
    return tuple(levelled)


def _chain(headings: Sequence[Item], position: int, wide: Sequence[bool]) -> frozenset[int]:
    """The longest row of items set alike whose numbers rise; ``position`` says which part of "12/24" counts."""
    values = [_values(item.number) for item in headings]
    best: list[int] = []
    back: list[int] = []
    for at, mine in enumerate(values):
        length, before = bool(mine) + 0, -1
        for earlier in range(at):
            its = values[earlier]
            if wide[at] != wide[earlier] or not mine or len(its) != len(mine) or best[earlier] + 1 <= length:
                continue
            if 0 < mine[position] - its[position] < _WIDEST_GAP:
                length, before = best[earlier] + 1, earlier
        best.append(length)
        back.append(before)
    at = max(range(len(best)), key=best.__getitem__, default=-1)
    chain = set()
    while at >= 0:
        chain.add(at)
        at = back[at]
    return frozenset(chain)
