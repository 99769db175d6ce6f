"""The meetings, by body, of which the archive holds anything.

A meeting is there if a paper was made for it or if minutes of it are printed anywhere, in another meeting's pack too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from indexer.errors import BadArguments
from indexer.records import Alias, Meeting, Paper, StoredDecision
from search.contents import meeting_of

Body = tuple[str, str]  # authority and board, as they are named; "" where not known


@dataclass(slots=True)
class Held:
    """What the archive holds of one meeting: the papers made for it, and what it decided, wherever that is printed."""

    papers: list[Paper] = field(default_factory=list)
    decisions: list[StoredDecision] = field(default_factory=list)


Meetings = dict[date | None, Held]


def held(
    papers: Iterable[Paper], register: Iterable[StoredDecision], aliases: Iterable[Alias] = ()
) -> dict[Body, Meetings]:
    """Sort papers and decisions (recommendations are none) by body, in the order of the alphabet, and by meeting.

    Args:
        papers: all there are.
        register: all decisions.
        aliases: other names of bodies, which are then under the names that they go by.
    """
    bodies: dict[Body, Meetings] = {}
    others = {(one.authority, one.name) if one.board else (one.name, ""): one for one in aliases}

    def at(meeting: Meeting) -> Held:
        return bodies.setdefault(_goes_by((meeting.authority, meeting.board), others), {}).setdefault(
            meeting.date, Held()
        )

    for paper in papers:
        at(paper.meeting).papers.append(paper)
    for row in register:
        if not row.decision.recommendation:
            at(meeting_of(row.decision.meeting, row.paper)).decisions.append(row)
    return {body: bodies[body] for body in sorted(bodies, key=lambda body: (body[0].casefold(), body[1].casefold()))}


def _goes_by(body: Body, others: Mapping[Body, Alias]) -> Body:
    authority = others[body[0], ""].authority if (body[0], "") in others else body[0]
    board, passed = body[1], set[str]()
    while board not in passed and (one := others.get((authority, board))) and one.board:
        passed.add(board)
        board = one.board
    return authority, board


def beside(meetings: Meetings, when: date | None) -> tuple[date | None, date | None]:
    """Give the days of the meetings before and after one; None where there is none, or it has no date."""
    days = sorted(day for day in meetings if day)
    if when is None:
        return None, None
    return max((day for day in days if day < when), default=None), min(
        (day for day in days if day > when), default=None
    )


def merged(every: Iterable[Meetings]) -> Meetings:
    """Put together what is held of one body under several names."""
    together: Meetings = {}
    for meetings in every:
        for day, one in meetings.items():
            own = together.setdefault(day, Held())
            own.papers += one.papers
            own.decisions += one.decisions
    return together


def chosen(bodies: Iterable[Body], authority: str, board: str, also: Mapping[str, Sequence[str]] | None = None) -> Body:
    """Find the body whose names a reader typed; capitals make no difference.

    Args:
        bodies: all there are.
        authority: its authority; "" where the board's name alone is enough.
        board: the board; "" for what an authority holds of no board.
        also: other names of boards, each with the names that it means.

    Raises:
        BadArguments: there is none, or the board's name alone is not enough; the message lists what there is.
    """
    known = list(bodies)
    fit = [body for body in known if body[1].casefold() == board.strip().casefold()]
    meant = [held for name, held in (also or {}).items() if name.casefold() == board.strip().casefold()]
    fit = fit or [body for body in known if body[1] in {name for held in meant for name in held}]
    if authority.strip():
        fit = [body for body in fit if body[0].casefold() == authority.strip().casefold()]
    if len(fit) == 1:
        return fit[0]
    listed = "; ".join(", ".join(filter(None, reversed(body))) for body in fit or known)
    what = "names several boards, so say whose" if fit else "is not a board of this archive"
    message = f"{', '.join(filter(None, (board, authority)))!r} {what}: {listed or 'it holds none'}"
    raise BadArguments(message, expected=listed, found=board)
