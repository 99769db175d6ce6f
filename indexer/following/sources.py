"""How a council's site is read: one adapter for each system behind one protocol, and which system a site runs.

A new system is one module with a class like `Source` and a line in `SYSTEMS` (docs/following.md shows how).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from indexer.errors import FollowError
from indexer.following.client import Client
from indexer.following.cmis import Cmis
from indexer.following.listed import Listed
from indexer.following.modern_gov import ModernGov
from indexer.following.modern_gov_pages import ModernGovPages
from indexer.following.records import Committee, MeetingPage, MeetingRef, System


class Source(Protocol):
    """What following needs of a council's system. Each method may raise `FollowError` for an answer it cannot use."""

    def committees(self) -> tuple[Committee, ...]:
        """List the bodies."""
        ...

    def meetings(self, committee: Committee, since: date, until: date) -> tuple[MeetingRef, ...]:
        """List a body's meetings between two dates, inclusive: one request."""
        ...

    def meeting(self, committee: Committee, ref: MeetingRef) -> MeetingPage:
        """Give what the site says of one meeting: one request, two where the system needs them."""
        ...


SYSTEMS: Mapping[System, Callable[[Client], Source]] = {
    "moderngov": ModernGov,
    "moderngov-pages": ModernGovPages,
    "cmis": Cmis,
    "list": Listed,
}


def open_source(system: System, client: Client) -> Source:
    """Give the adapter for a system."""
    return SYSTEMS[system](client)


def detect(client: Client) -> tuple[System, tuple[Committee, ...]]:
    """Find out which system a site runs, by asking each in turn for its committees.

    Raises:
        FollowError: none of them is understood; the message says what each answered.
    """
    answers = []
    for system, adapter in SYSTEMS.items():
        try:
            committees = adapter(client).committees()
        except FollowError as error:
            answers.append(f"{system}: {error}")
            continue
        if committees:
            return system, committees
        answers.append(f"{system}: no committees")
    message = f"{client.base} is none of {', '.join(SYSTEMS)} ({'; '.join(answers)})"
    raise FollowError(message, path=client.base, expected="a council's meetings", found="none")
