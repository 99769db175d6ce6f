"""What is held and what is not, body by body: for a question that asks for that itself, and for no matter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from indexer.records import Filters, Meeting
from indexer.text import dates
from indexer.text.words import fold, words
from search import cite
from search.bounds import BOUNDS
from search.library import Library
from search.question import matter
from search.question.query import Query
from search.register import held, wish
from search.register.listing import Listed, passes
from search.register.wish import Wish, within

NO_GAP = "No gap is known: each has its minutes. A meeting that left no paper here is not known of."

_KEPT = r"(?:archive|collection)"
_THIS = rf"(?:the|this|your) {_KEPT}"
_ASKS = re.compile(
    r"\W{0,3}(?:what|which|list|show|(?:is|are) (?:there )?any\w*)\b.*"
    rf"\b(?:(?:is|are|any\w*) (?:\w+ )?(?:missing|lacking)|not (?:\w+ )?held|(?:{_KEPT}|you) (?:hold|have|lack|cover)s?"
    rf"|(?:not|\w+n[’']t) (?:\w+ ){{0,3}}?(?:hold|have|in {_THIS})|(?:held|covered) (?:here|(?:by|in) {_THIS}))\b",
    re.IGNORECASE,
)
# Words for papers and for holding them: they name no matter.
_FRAME = re.compile(
    rf"\b(?:{_KEPT}|missing|lack(?:s|ing)?|held|holds?|have|do(?:es)?n[’']t|isn[’']t|cover(?:s|ed)?|any(?:thing)?|papers?|documents?|agendas?|packs?"
    r"|bod(?:y|ies)|boards?|committees?|gaps?|here)\b",
    re.IGNORECASE,
)


def listed(query: Query, filters: Filters, library: Library) -> Listed | None:
    """Say how many meetings have papers, and body by body what is not held; None where something else is asked.

    Args:
        query: the question, taken apart.
        filters: what the reader filtered by as well.
        library: the archive.
    """
    if not _ASKS.match(query.text) or query.exact or query.minutes or matter.words_of(query, _FRAME):
        return None
    of = wish.of(query)
    bodies = _bodies(of, filters, library)
    days = [day for own in bodies.values() for day in own if within(of, day)]
    if not days:
        return Listed((), (), "No papers of any meeting asked for are held", held.around(of, library))
    first, last = map(dates.written, (min(days), max(days)))
    meetings = f"{len(days):,} {'meeting' if len(days) == 1 else 'meetings'}"
    having = sum(any(within(of, day) for day in own) for own in bodies.values())
    counted = f"Papers of {meetings} of {having:,} {'body' if having == 1 else 'bodies'} are held"
    said = [line for body, own in bodies.items() if (line := _lacking(body, own, of))]
    rest = len(said) - BOUNDS.coverage_bodies
    more = (f"{rest:,} more {'body lacks' if rest == 1 else 'bodies lack'} some.",) if rest > 0 else ()
    none = () if said else (NO_GAP,)
    return Listed(
        (), (), f"{counted}, {first if first == last else f'{first} to {last}'}",
        (*said[: BOUNDS.coverage_bodies], *more, *none),
    )  # fmt: skip


def _bodies(of: Wish, filters: Filters, library: Library) -> dict[tuple[str, str], dict[date, bool]]:
    """Give the meetings of each body asked for, by day, and whether minutes of each are held; of all days."""
    bodies: dict[tuple[str, str], dict[date, bool]] = defaultdict(dict)

    def add(meeting: Meeting, minuted: bool) -> None:
        if meeting.date and meeting.board and held.concerns(of, meeting) and passes(filters, meeting):
            own = bodies[meeting.authority, meeting.board]
            own[meeting.date] = minuted or own.get(meeting.date, False)

    for paper in library.papers():
        add(paper.meeting, minuted=False)
    for stored in library.stretches(("minutes",)):
        add(stored.section.meeting, minuted=True)
    for body, own in bodies.items():  # an agenda and the minutes may name one body in more or fewer words
        own |= {day: True for other, days in bodies.items() if _one(body, other) for day in own if days.get(day)}
    return dict(sorted(bodies.items(), key=lambda item: (-len(item[1]), item[0])))


def _one(body: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two boards of an authority may be one: "the Transport Committee" and "the Transport Policy Committee"."""
    own, names = ({*words(fold(board))} for _, board in (body, other))
    return body[0] == other[0] and (own <= names or names <= own)


def _lacking(body: tuple[str, str], own: Mapping[date, bool], of: Wish) -> str:
    """Say of one body which minutes are not held, and which years between its papers have none; "" for neither."""
    unminuted = sorted(day for day, minuted in own.items() if not minuted and within(of, day))
    years = {day.year for day in own}
    absent = [
        str(year)
        for year in range(min(years), max(years))
        if year not in years and (not of.periods or any(one.first.year <= year <= one.last.year for one in of.periods))
    ]
    parts = (
        f"no minutes of {cite.joined(_named(unminuted))}" if unminuted else "",
        f"no papers of {cite.joined(absent)}" if absent else "",
    )
    said = "; ".join(filter(None, parts))
    return f"{cite.body(Meeting(*body))}: {said}." if said else ""


def _named(days: Sequence[date]) -> Iterator[str]:
    yield from map(dates.written, days[: BOUNDS.coverage_days])
    if rest := len(days[BOUNDS.coverage_days :]):
        yield f"{rest:,} other {'meeting' if rest == 1 else 'meetings'}"
