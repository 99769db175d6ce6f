"""Actions and what became of them: done in a later item, still open, or unknown because nothing later is held.

An action is found done where a later meeting of the same body took the matter up again: an item with the same heading
or the same reference number. A heading that comes back at every other meeting ("Treasurer's report") shows nothing.
Whether what was asked for was given there is for the reader to see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from indexer.records import Filters, Meeting, Paper, StoredAction, StoredDecision
from search import cite
from search.history import matters
from search.settings import HISTORY

if TYPE_CHECKING:
    from search.library import Library

State = Literal["open", "found", "nothing later held"]
STATES: tuple[State, ...] = ("open", "found", "nothing later held")


@dataclass(frozen=True, slots=True)
class Followed:
    """An action with its state; ``later`` is the later item it was found in and ``reason`` why that is it.

    ``overdue`` says that it is open though a meeting later than its day is held.
    """

    stored: StoredAction
    state: State
    later: StoredDecision | None = None
    reason: str = ""
    overdue: bool = False


def actions(library: Library, filters: Filters, states: Sequence[str] = (), owner: str = "") -> list[Followed]:
    """List actions, the latest meeting first, each with what became of it.

    Args:
        library: the archive.
        filters: which meetings' actions.
        states: which states; all if none is named.
        owner: only actions whose owner contains this, in any case; "" for all.
    """
    owned = [one for one in _once(library.actions(filters)) if owner.casefold() in one.action.owner.casefold()]
    if not owned:
        return []
    bodies: dict[tuple[str, str], list[StoredDecision]] = defaultdict(list)
    for row in library.decisions(Filters()):
        if row.decision.meeting.date:
            bodies[_body(row.decision.meeting)].append(row)
    held: dict[tuple[str, str], date] = {}
    for body, day in _meetings(library.papers(), bodies):
        held[body] = max(day, held.get(body, day))
    usual = {body: _usual(rows) for body, rows in bodies.items()}
    followed = [
        _followed(one, bodies.get(body, []), usual.get(body, frozenset()), held.get(body))
        for one in owned
        for body in [_body(one.section.meeting)]
    ]
    return [one for one in followed if not states or one.state in states]


def _once(some: Iterable[StoredAction]) -> list[StoredAction]:
    """Each action once, though the minutes are printed in several papers."""
    kept: dict[object, StoredAction] = {}
    for one in some:
        words = " ".join(one.action.text.casefold().split())
        kept.setdefault((_body(one.section.meeting), one.section.meeting.date, one.section.number, words), one)
    return list(kept.values())


def _body(meeting: Meeting) -> tuple[str, str]:
    return meeting.authority.casefold(), meeting.board.casefold()


def _meetings(
    papers: Iterable[Paper], bodies: Mapping[tuple[str, str], Sequence[StoredDecision]]
) -> Iterable[tuple[tuple[str, str], date]]:
    for paper in papers:
        if paper.meeting.date:
            yield _body(paper.meeting), paper.meeting.date
    for body, rows in bodies.items():
        for row in rows:
            if row.decision.meeting.date:
                yield body, row.decision.meeting.date


def _usual(rows: Sequence[StoredDecision]) -> frozenset[str]:
    """The headings of every agenda: a body decides under them at many of its meetings, or again and again for years."""
    met = {row.decision.meeting.date for row in rows}
    days: dict[str, set[date]] = defaultdict(set)
    for row in rows:
        days[row.decision.title.casefold()].add(_day(row))
    least = max(HISTORY.comes_back, HISTORY.usual * len(met))
    return frozenset(
        title
        for title, own in days.items()
        if len(own) >= least or (len(own) >= HISTORY.comes_back and (max(own) - min(own)).days > HISTORY.years)
    )


def _followed(one: StoredAction, rows: Sequence[StoredDecision], usual: frozenset[str], last: date | None) -> Followed:
    day = one.section.meeting.date
    if day is None or last is None or last <= day:
        return Followed(one, "nothing later held")
    mine = matters.of_section(one.paper, one.section, one.action.text)
    later = sorted((row for row in rows if (row.decision.meeting.date or day) > day), key=_day)
    for row in later:
        reason = _reason(mine, matters.of_decision(row), usual)
        if reason and (one.action.decision is not None or _tells(one, mine)):
            return Followed(one, "found", row, reason)
    return Followed(one, "open", overdue=bool(one.action.due_by and one.action.due_by < last))


def _tells(one: StoredAction, mine: matters.Matter) -> bool:
    """Whether a line of minutes that says what is to do has a word of its heading in it.

    Under one heading ("Correspondence") are many matters; what a resolution asks for is of the item's own matter.
    """
    return not matters.title(one.action.text).words.isdisjoint(mine.title.words)


def _day(row: StoredDecision) -> date:
    return row.decision.meeting.date or date.min


def _reason(mine: matters.Matter, other: matters.Matter, usual: frozenset[str]) -> str:
    """Say why a later item is on the same matter; "" if it does not show."""
    if shared := mine.references & other.references:
        return f"the same reference {min(shared)}"
    if not usual.isdisjoint((mine.heading.casefold(), other.heading.casefold())):
        return ""
    if matters.same(mine.title, other.title):
        return "the same heading"
    alike = matters.like(mine.title, other.title)
    if alike >= HISTORY.alike or matters.within(mine.title, other.title, HISTORY.few):
        return f"its heading, “{cite.shortened(other.heading)}”"
    return ""


def to_json(one: Followed) -> dict[str, Any]:
    """Give the JSON form."""
    action, section, paper = one.stored.action, one.stored.section, one.stored.paper
    return {
        "text": action.text,
        "owner": action.owner,
        "due": action.due,
        "due_by": action.due_by.isoformat() if action.due_by else None,
        "state": one.state,
        "overdue": one.overdue,
        "found_in": cite.decision_reference(one.later) if one.later else "",
        "found_id": matters.decision_handle(one.later) if one.later else "",
        "reason": one.reason,
        "reference": cite.place(paper, section, action.spans),
        "item": section.number,
        "title": section.title,
        **cite.placed(paper, section.meeting, (span.page for span in action.spans)),
    }
