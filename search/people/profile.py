"""One person in public roles: offices held, attendance, motions, recorded votes, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer.errors import BadArguments
from indexer.records import ArchiveState, Filters, Meeting, StoredDecision
from indexer.text import names
from search import cite
from search.contents import Contents
from search.history.changed import decision_json
from search.library import Library
from search.people import hidden, register, votes
from search.people.register import Person, Sighting
from search.people.votes import Side

# Everybody, of the state of the archive and the names that are hidden that were asked for last.
_KEPT: list[tuple[tuple[ArchiveState, hidden.Hidden], tuple[Person, ...]]] = []


@dataclass(frozen=True, slots=True)
class Held:
    """An office or post as printed, its body, from the first to the last day it is printed so, and where last."""

    role: str
    meeting: Meeting
    first: date | None
    last: Sighting


@dataclass(frozen=True, slots=True)
class Profile:
    """A person, with what they moved and seconded and how they voted; only what names nobody else."""

    person: Person
    held: tuple[Held, ...]
    moved: tuple[StoredDecision, ...]
    seconded: tuple[StoredDecision, ...]
    voted: tuple[tuple[StoredDecision, Side], ...]

    @property
    def attended(self) -> tuple[Sighting, ...]:
        """The meetings at which they are printed as present, the latest first, each once."""
        return _once(one for one in self.person.sightings if one.printed == "present")

    @property
    def apologies(self) -> tuple[Sighting, ...]:
        """The meetings to which they are printed as having sent apologies, likewise."""
        return _once(one for one in self.person.sightings if one.printed == "apologies")


def everybody(library: Library) -> tuple[Person, ...]:
    """Give everybody in public roles, in the order of surnames; read once for each state of the archive."""
    with library.snapshot() as state:
        key = state, hidden.of(library)
        # Several threads may read at once; each gives what belongs to its own state.
        for known, kept in tuple(_KEPT):
            if known == key:
                return kept
        every = tuple(register.people(register.sightings(library, Filters())))
        _KEPT[:] = [(key, every)]
        return every


def profile(library: Library, every: Sequence[Person], person: Person) -> Profile:
    """Put together what the papers print of a person.

    Args:
        library: the archive.
        every: everybody in public roles, so that a name which may be another's counts for nobody.
        person: whose profile.
    """
    surnames = {part.surname for part in person.parts}

    def theirs(name: str, authority: str) -> bool:
        part = names.name(name)
        return part is not None and part.surname in surnames and register.named(every, name, authority) == person

    moved, seconded, voted, contents = [], [], [], Contents(library)
    for row in library.decisions(Filters((person.authority,))):
        authority = row.decision.meeting.authority
        moved += [row] if row.decision.mover and theirs(row.decision.mover, authority) else []
        seconded += [row] if row.decision.seconder and theirs(row.decision.seconder, authority) else []
        if row.decision.votes:
            lists = votes.recorded(library, row, contents.sections(row.paper.id))
            voted += [(row, side) for side, some in lists.items() if any(theirs(name, authority) for name in some)]
    return Profile(person, tuple(_held(person)), tuple(moved), tuple(seconded), tuple(voted))


def of_name(library: Library, name: str, authority: str = "") -> Profile:
    """Put together what is printed of whom a caller names.

    Raises:
        BadArguments: nobody in a public role is called that, or several are.
    """
    every = everybody(library)
    person = register.named(every, name, authority)
    if person is None:
        alike = [
            one for one in every if (part := names.name(name)) and any(names.agree(part, its) for its in one.parts)
        ]
        listed = "; ".join(f"{one.name} ({one.authority})" for one in alike)
        what = f"may be several people: {listed}" if alike else "is not printed in a public role in this archive"
        message = f"{name!r} {what}"
        raise BadArguments(message, expected=listed, found=name)
    return profile(library, every, person)


def _held(person: Person) -> Iterable[Held]:
    roles: dict[tuple[str, str], list[Sighting]] = {}
    for one in person.sightings:
        if one.role and one.printed != "apologies":
            board = one.meeting.board if one.printed in {"present", "member"} else ""
            roles.setdefault((one.role.casefold(), board), []).append(one)
    for (_, board), some in roles.items():
        days = [one.meeting.date for one in some if one.meeting.date]
        yield Held(some[0].role, Meeting(person.authority, board), min(days, default=None), some[0])


def _once(some: Iterable[Sighting]) -> tuple[Sighting, ...]:
    kept: dict[Meeting, Sighting] = {}
    for one in some:
        kept.setdefault(one.meeting, one)
    return tuple(kept.values())


def person_json(person: Person) -> dict[str, Any]:
    """Give the JSON of one line of ``people --json``."""
    last = person.sightings[0]
    role = next((one for one in person.sightings if one.role), last)
    return {
        "name": person.name,
        "authority": person.authority,
        "role": role.role,
        "printed": len(person.sightings),
        "last": _sighting_json(last),
    }


def to_json(one: Profile) -> dict[str, Any]:
    """Give the JSON of ``people --name NAME --json``."""
    return {
        "name": one.person.name,
        "authority": one.person.authority,
        "names": sorted({sighting.name for sighting in one.person.sightings}),
        "offices": [
            {
                "role": held.role,
                "body": cite.body(held.meeting),
                "first": held.first.isoformat() if held.first else None,
                "last": _sighting_json(held.last),
            }
            for held in one.held
        ],
        "attended": [_sighting_json(sighting) for sighting in one.attended],
        "apologies": [_sighting_json(sighting) for sighting in one.apologies],
        "moved": [decision_json(row) for row in one.moved],
        "seconded": [decision_json(row) for row in one.seconded],
        "voted": [{"side": side, **decision_json(row)} for row, side in one.voted],
    }


def _sighting_json(one: Sighting) -> dict[str, Any]:
    return {
        "name": one.name,
        "role": one.role,
        "title": one.stored.paper.title,
        **cite.placed(one.stored.paper, one.meeting, [one.span.page]),
    }
