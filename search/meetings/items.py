"""A meeting's items in the order of its agenda, each with its reports, its minute and what was decided on it.

An agenda, minutes, reports and the register name the same matter in their own words. They are put together where a
number of the agenda or a reference is the same, or the titles are; what fits no item stays outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.records import Paper, Section, StoredDecision, StoredSection
from indexer.text.agenda import AgendaItem, same_title
from search.history import matters
from search.settings import HISTORY


@dataclass(frozen=True, slots=True)
class Printed:
    """Where something is printed: its title as the council gives it, its paper and 1-based sheet (None without)."""

    title: str
    paper: Paper
    page: int | None = None
    section: int | None = None
    number: str = ""


@dataclass(slots=True)
class Item:
    """An item: its number on the agenda ("" where not known), its minute, reports and decisions."""

    number: str
    title: str
    minute: Printed | None = None
    reports: list[Printed] = field(default_factory=list)
    decisions: list[StoredDecision] = field(default_factory=list)


def printed(paper: Paper, section: Section) -> Printed:
    """Give where a section begins."""
    page = section.pages[0] if section.pages and paper.paged else None
    return Printed(" ".join(section.title.split()), paper, page, section.ordinal, section.number)


def items(agenda: Sequence[AgendaItem], minutes: Sequence[StoredSection]) -> list[Item]:
    """Put an agenda and the items of minutes together, in the order of the agenda.

    Args:
        agenda: as printed; empty where none is held.
        minutes: items of one paper's minutes of the meeting, in order.
    """
    agenda_items = [Item(one.number, one.title) for one in agenda]
    after = 0
    for stored in minutes:
        minute = printed(stored.paper, stored.section)
        named = stored.section.agenda_item
        free = [item for item in agenda_items if item.minute is None]
        best = max(free, key=lambda item: _fit(item, minute, named), default=None)
        if best is None or _fit(best, minute, named) < HISTORY.alike:
            # A matter that the agenda does not have goes after the one minuted before it.
            best = Item(named, minute.title)
            agenda_items.insert(after, best)
        best.minute = minute
        after = agenda_items.index(best) + 1
    return agenda_items


def place_reports(agenda_items: Sequence[Item], reports: Iterable[Printed]) -> list[Printed]:
    """Put each report under its item; return those that fit none."""
    rest = []
    for report in reports:
        best = max(agenda_items, key=lambda item: _fit(item, report), default=None)
        if best is not None and _fit(best, report) >= HISTORY.alike:
            best.reports.append(report)
        else:
            rest.append(report)
    return rest


def place_decisions(
    agenda_items: list[Item], decisions: Iterable[StoredDecision], sections: Mapping[int, Section]
) -> list[Item]:
    """Put each decision under its item; one that fits none gets a new item, at the end.

    Args:
        agenda_items: the items.
        decisions: of the meeting, in the order of the minutes.
        sections: of the paper whose minutes the items are, by ordinal.
    """
    every = list(agenda_items)
    for row in decisions:
        best = max(every, key=lambda item: _decided(item, row, sections), default=None)
        if best is None or _decided(best, row, sections) < HISTORY.alike:
            best = Item("", " ".join(row.decision.title.split()) or "Decision")
            every.append(best)
        best.decisions.append(row)
    return every


def is_item(section: Section, sections: Mapping[int, Section]) -> bool:
    """Whether a section is an item or report of the meeting itself, not part of one."""
    if section.kind not in {"item", "report"} or not section.title.strip():
        return False
    return not any(above.kind in {"item", "report"} for above in _around(section, sections))


def _around(section: Section, sections: Mapping[int, Section]) -> Iterable[Section]:
    above = section.parent
    while above is not None and (here := sections.get(above)) is not None:
        yield here
        above = here.parent


def _decided(item: Item, row: StoredDecision, sections: Mapping[int, Section]) -> float:
    """Say how surely a decision was made on an item."""
    decision, minute = row.decision, item.minute
    if minute and minute.paper.id == row.paper.id:
        home = sections.get(decision.section)
        chain = [home, *_around(home, sections)] if home else []
        return HISTORY.by_number if any(one.ordinal == minute.section for one in chain) else 0.0
    if minute and decision.item and decision.item == minute.number:
        return HISTORY.by_number
    return _alike(item, matters.named(row.paper, decision.title), decision.title)


def _fit(item: Item, other: Printed, named: str = "") -> float:
    """Say how surely something printed is on an item; ``named`` is the item of the agenda that it names, if any."""
    if named and named == item.number:
        return HISTORY.by_number
    title = matters.named(other.paper, other.title)
    numbered = other.number and other.number == item.number and title.words & matters.title(item.title).words
    return max(HISTORY.by_number_and_word if numbered else 0.0, _alike(item, title, other.title))


def _alike(item: Item, title: matters.Title, words: str) -> float:
    own = matters.title(item.title)
    if own.references & title.references:
        return HISTORY.by_reference
    if same_title(item.title, words):
        return HISTORY.by_title
    # "Minutes of the meeting held on 6 April" and "Minutes": what every meeting has is there once.
    routine = own.routine and title.routine and own.words & title.words
    return HISTORY.by_part if routine or matters.within(own, title, HISTORY.few) else matters.like(own, title)
