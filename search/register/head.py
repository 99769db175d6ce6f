"""The head line of a decision: outcome, body, date, item and title, vote, and how sure its minutes are, in fixed words.

It is put together from the register's fields and says nothing else; each field keeps the place where it is printed.
A resolution alone ("RESOLVED that the update be noted") says nothing without its item's title: the head line has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from indexer.records import (
    Change,
    Filters,
    Meeting,
    MinutesStatus,
    Outcome,
    Section,
    Span,
    StoredDecision,
    StoredPassage,
    chain,
)
from indexer.text import dates
from search import cite
from search.contents import Contents
from search.history import changed, matters
from search.library import Library
from search.register import held

_BY: Mapping[Outcome, str] = {
    "resolved": "Resolved by",
    "agreed": "Agreed by",
    "approved": "Approved by",
    "noted": "Noted by",
    "recommended": "Recommended by",
    "deferred": "Deferred by",
    "referred": "Referred by",
    "lost": "Put to the vote and lost at",
    "withdrawn": "Withdrawn at",
}
_ASKED = "Recommended to"
MINUTES: Mapping[MinutesStatus, str] = {
    "draft": "Draft minutes",
    "confirmed": "Confirmed minutes",
    "unknown": "Not known whether confirmed",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a head line: its name, what it says, and the file and 1-based sheet (or None) that print it."""

    name: str
    text: str
    file: str = ""
    page: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {"name": self.name, "text": self.text, "file": self.file, "page": self.page}


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of a decision before it is quoted.

    ``handle`` is the name by which `thread` knows it, "" where the register does not hold it. ``fields`` are those that
    are known, in the order in which they are said; ``lacking`` says in whole sentences what is not held.
    """

    handle: str
    fields: tuple[Field, ...]
    lacking: tuple[str, ...] = ()

    def said(self, name: str) -> str:
        """Give what a field says, "" where it is not known."""
        return next((field.text for field in self.fields if field.name == name), "")

    @property
    def lead(self) -> str:
        """Outcome, body and date: ``Resolved by Cabinet (Ashshire Council) on 19 October 2016``."""
        verb, body, when = self.said("outcome"), self.said("body"), self.said("date")
        if role := self.said("role"):
            verb = f"{role} of"
        verb = verb if body else verb.rpartition(" ")[0]
        return " ".join(filter(None, (verb, body, f"on {when}" if when else "")))

    @property
    def matter(self) -> str:
        """Item and title: ``item 93, Update on transport``; for an office, who holds it."""
        number = self.said("item")
        return ", ".join(filter(None, (f"item {number}" if number else "", self.said("title"), self.said("person"))))

    @property
    def standing(self) -> str:
        """Vote, mover, minutes, and what came of it since: ``5 for, 2 against. Draft minutes.``."""
        moved, seconded = self.said("mover"), self.said("seconder")
        people = ", ".join(
            filter(None, (f"moved by {moved}" if moved else "", f"seconded by {seconded}" * bool(seconded)))
        )
        parts = (self.said("vote"), people[:1].upper() + people[1:], self.said("minutes"))
        changes = (field.text for field in self.fields if field.name in ("doubt", "superseded_by"))
        return " ".join(f"{part}." for part in (*parts, *changes) if part)

    @property
    def text(self) -> str:
        """All of it in one line."""
        lead = ": ".join(filter(None, (self.lead, self.matter)))
        return " ".join(filter(None, (f"{lead}.", self.standing, *self.lacking)))

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        fields = [field.to_json() for field in self.fields]
        return {"text": self.text, "id": self.handle, "fields": fields, "not_held": list(self.lacking)}


def of_passage(stored: StoredPassage, library: Library, contents: Contents) -> Head | None:
    """Make the head line of a resolution or recommendation that is quoted; None for any other passage."""
    kind = stored.passage.kind
    if kind not in {"resolution", "recommendation"}:
        return None
    row = decided(stored, library.decisions(Filters(papers=(stored.paper.id,), kinds=(kind,))))
    if row is not None:
        return of_decision(row, library, contents)
    # The register does not hold it as a decision: what is known of the meeting is said, no outcome.
    meeting, section = stored.section.meeting, cite.home(stored.section, contents.sections(stored.paper.id))
    verb = "Decided by" if kind == "resolution" else _ASKED
    page = stored.passage.pages[0] if stored.paper.paged and stored.passage.pages else None
    said = (("outcome", verb), *_met(meeting), ("item", section.number), ("title", cite.shortened(section.title)))
    return Head("", tuple(Field(name, text, stored.paper.path, page) for name, text in said if text))


def of_decision(one: StoredDecision, library: Library, contents: Contents) -> Head:
    """Make the head line of a decision of the register."""
    fields = tuple(field for field in _fields(one, library, contents.sections(one.paper.id)) if field.text)
    lacking = []
    if one.decision.recommendation and not held.minuted(one.decision.meeting, library):
        lacking = [f"The minutes of {held.named(one.decision.meeting)} are not in the archive."]
    return Head(matters.decision_handle(one), fields, tuple(lacking))


def decided(stored: StoredPassage, register: Sequence[StoredDecision]) -> StoredDecision | None:
    """Find the decision of a paper that a passage holds: the one that shares most of its text; None if none does.

    Args:
        stored: the passage.
        register: decisions of its paper.
    """
    shared = [(_shared(row.decision.spans, stored.passage.spans), row) for row in register]
    most = max((length for length, _ in shared), default=0)
    return next((row for length, row in shared if length == most), None) if most else None


def vote(one: StoredDecision) -> str:
    """Say a decision's vote in words; "" where none is printed, and nothing of abstentions where none were counted."""
    votes = one.decision.votes
    if votes is None:
        return ""
    return f"{votes.for_} for, {votes.against} against" + (f", {votes.abstain} abstained" if votes.abstain else "")


def _fields(one: StoredDecision, library: Library, sections: Mapping[int, Section]) -> Iterator[Field]:
    decision, file = one.decision, one.paper.path
    paged = one.paper.paged
    own = decision.pages[0] if paged and decision.pages else None
    item = sections.get(decision.section)
    heading = _first(item, paged=paged, otherwise=own)
    top = _first(_top(item, sections), paged=paged, otherwise=own)
    verb = _ASKED if decision.recommendation else _BY[decision.outcome]
    yield Field("outcome", verb, file, own)
    for name, text in _met(decision.meeting):
        yield Field(name, text, file, top)
    yield Field("item", decision.item, file, heading)
    yield Field("title", cite.shortened(" ".join(decision.title.split())), file, heading)
    yield Field("vote", vote(one), file, own)
    yield Field("mover", decision.mover, file, own)
    yield Field("seconder", decision.seconder, file, own)
    if not decision.recommendation:
        yield _minutes(one, library, top)
    for doubt in changed.doubts(one):
        yield Field("doubt", doubt, file, decision.pages[-1] if own else None)
    for change in one.superseded_by:
        yield _changed(change)


def _minutes(one: StoredDecision, library: Library, top: int | None) -> Field:
    """Say whether the minutes were confirmed, and by what: the place is that of the later meeting's decision.

    Of minutes that no later meeting held confirms, it is their own beginning, on sheet ``top``.
    """
    said = MINUTES[one.status]
    if one.confirmed_by is None:
        return Field("minutes", said, one.paper.path, top)
    day = Filters(date_from=one.confirmed_by, date_to=one.confirmed_by)
    when = one.decision.meeting.date
    by = next((other for other in library.decisions(day) if other.decision.confirms == when), None)
    page = by.decision.pages[0] if by is not None and by.paper.paged and by.decision.pages else None
    said = f"Minutes confirmed on {dates.written(one.confirmed_by)}"
    return Field("minutes", said, by.paper.path if by else "", page)


def _changed(change: Change) -> Field:
    """Say which later decision corrects or rescinds this one: the place is that decision's."""
    by = " on ".join(text for _, text in _met(change.decision.meeting) if text)
    page = change.decision.pages[0] if change.paper.paged and change.decision.pages else None
    return Field("superseded_by", f"{change.how.capitalize()} by {by}", change.paper.path, page)


def _met(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    return ("body", cite.body(meeting)), ("date", dates.written(meeting.date) if meeting.date else "")


def _first(section: Section | None, *, paged: bool, otherwise: int | None) -> int | None:
    return section.pages[0] if section is not None and section.pages and paged else otherwise


def _top(section: Section | None, sections: Mapping[int, Section]) -> Section | None:
    """Climb to the outermost section of the same meeting: its head names body and day."""
    around = chain(section, sections) if section else []
    last = around[-1] if around else None
    return next((one for one, above in pairwise(around) if one.meeting != above.meeting), last)


def _shared(some: Sequence[Span], others: Sequence[Span]) -> int:
    """Count the characters that two runs of spans have in common."""
    return sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one in some
        for other in others
        if one.page == other.page
    )
