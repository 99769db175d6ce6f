"""Which meetings the archive knows of, and which have minutes in it: what is not held is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from indexer.records import Filters, Meeting, PassageKind
from indexer.text import dates
from search import cite
from search.library import Library
from search.register.wish import Wish, within

_MINUTED: tuple[PassageKind, ...] = ("minute", "resolution")


def minuted(meeting: Meeting, library: Library) -> bool:
    """Whether minutes of a meeting are held, in whichever paper; also where its day or body is not known."""
    if meeting.date is None or not (meeting.authority or meeting.board):
        return True
    return any(library.facets(Filters(
        (meeting.authority,), (meeting.board,), _MINUTED, meeting.date, meeting.date,
    )).kinds.values())  # fmt: skip


def missing(wish: Wish, library: Library) -> list[Meeting]:
    """Find the meetings asked for that have papers but no minutes, the latest first.

    Args:
        wish: bodies and days; without days, all.
        library: the archive.
    """
    meetings = dict.fromkeys(
        paper.meeting
        for paper in library.papers()
        if paper.meeting.date is not None and paper.meeting.board and concerns(wish, paper.meeting)
    )
    lacking = [meeting for meeting in meetings if within(wish, meeting.date) and not minuted(meeting, library)]
    return sorted(lacking, key=lambda one: (-(one.date.toordinal() if one.date else 0), one.authority, one.board))


def latest(wish: Wish, library: Library, month: int = 0) -> date | None:
    """Find the latest day on which one of the bodies asked for met and has minutes held, or in a ``month``."""
    meetings = [one.section.meeting for one in library.stretches(("minutes",))]
    meetings += [paper.meeting for paper in library.papers() if month]
    days = [one.date for one in meetings if one.date and concerns(wish, one)]
    return max((day for day in days if month in (0, day.month)), default=None)


def around(wish: Wish, library: Library) -> tuple[str, ...]:
    """Name the nearest meetings with papers before and after the days asked for; nothing without days."""
    days = sorted({
        paper.meeting.date for paper in library.papers() if paper.meeting.date and concerns(wish, paper.meeting)
    })  # fmt: skip
    if not wish.periods or any(within(wish, day) for day in days):
        return ()
    first, last = min(one.first for one in wish.periods), max(one.last for one in wish.periods)
    near = [*[day for day in days if day < first][-1:], *[day for day in days if day > last][:1]]
    said = " and ".join(dates.written(day) for day in near)
    return (f"The nearest meetings with papers in the archive are those of {said}.",) if near else ()


def concerns(wish: Wish, meeting: Meeting) -> bool:
    """Whether a meeting is one of the bodies asked for; of any where none is named."""
    return (not wish.authorities or meeting.authority in wish.authorities) and (
        not wish.boards or meeting.board in wish.boards
    )


def narrowed(of: Wish, filters: Filters) -> Filters:
    """Ask the archive for no more meetings than the question and the reader's filters leave."""
    first = [one for one in (min((one.first for one in of.periods), default=None), filters.date_from) if one]
    last = [one for one in (max((one.last for one in of.periods), default=None), filters.date_to) if one]
    return replace(
        filters,
        authorities=filters.authorities or of.authorities,
        boards=filters.boards or of.boards,
        date_from=max(first, default=None),
        date_to=min(last, default=None),
    )


def named(meeting: Meeting) -> str:
    """Name a meeting: ``Cabinet (Ashshire Council) of 4 March 2025``."""
    when = f"of {dates.written(meeting.date)}" if meeting.date else ""
    return " ".join(filter(None, (cite.body(meeting), when)))


def told(lacking: Sequence[Meeting], most: int = 3) -> tuple[str, ...]:
    """Say which minutes are not held, in whole sentences, the first ``most`` by name."""
    said = [f"The minutes of {named(one)} are not in the archive." for one in lacking[:most]]
    rest = len(lacking) - most
    if rest > 0:
        said.append(f"Nor are those of {rest} other {'meeting' if rest == 1 else 'meetings'} with papers here.")
    return tuple(said)
