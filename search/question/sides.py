"""The days that a question asks about, and the sides of one that compares: bodies or days set against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import TypeVar

from indexer.records import Filters, Meeting
from indexer.text.periods import Period
from indexer.text.words import STOP_WORDS, fold, words
from search.question.asked_days import stretched
from search.question.entities import GENERIC
from search.question.intent import WHICH
from search.question.query import Query

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: the names that mean one body, or a stretch of days."""

    names: tuple[str, ...] = ()
    period: Period | None = None

    def holds(self, meeting: Meeting) -> bool:
        """Whether a meeting is of this side."""
        if self.period is None:
            return not {meeting.authority, meeting.board}.isdisjoint(self.names)
        return meeting.date is not None and self.period.first <= meeting.date <= self.period.last

    def within(self, filters: Filters) -> Iterator[Filters]:
        """Yield filters that let through what passes ``filters`` and is of this side; a name may be of either kind."""
        if self.period is not None:
            first, last = max(filters.date_from or date.min, self.period.first), self.period.last
            yield replace(filters, date_from=first, date_to=min(filters.date_to or last, last))
        elif self.names:
            yield from () if filters.authorities else (replace(filters, authorities=self.names),)
            yield from () if filters.boards else (replace(filters, boards=self.names),)


def periods(query: Query) -> list[Period]:
    """Give the days that a question asks about: "since" and "by" stretched, "between … and …" as one."""
    return stretched(query.text, query.periods)


def sides(query: Query) -> tuple[Side, ...]:
    """Give the bodies, else the days, that a question over time or over bodies sets against each other; or nothing."""
    if query.intent != "overview":
        return ()
    if len(named := bodies(query)) > 1:
        return named
    days = periods(query)
    return tuple(Side(period=one) for one in days) if len(days) > 1 else ()


def apart_from(query: Query) -> tuple[Side, ...]:
    """Give what is looked for by itself: sides, or else the days or months named, of which little else may be said."""
    return sides(query) or tuple(Side(period=one) for one in periods(query) if one.exact)


def bodies(query: Query) -> tuple[Side, ...]:
    """Give the bodies that a question names; "the Harbour Authority" means the authority and its boards alike."""
    groups: dict[frozenset[str], list[str]] = {}
    said = set(words(fold(query.text))) - GENERIC - STOP_WORDS
    for name in (*query.authorities, *query.boards):
        own = frozenset(set(words(fold(name))) & said) or frozenset({name})
        key = next((other for other in groups if own <= other or other <= own), own)
        groups.setdefault(key, []).append(name)
    return tuple(Side(names=tuple(names)) for names in groups.values())


def apart(compared: Sequence[Side], every: Iterable[T], meeting: Callable[[T], Meeting]) -> list[list[T]]:
    """Part what was found by the first side that holds its meeting, in order; what no side holds comes last."""
    parts: list[list[T]] = [[] for _ in range(len(compared) + 1)]
    for one in every:
        met = meeting(one)
        parts[next((at for at, side in enumerate(compared) if side.holds(met)), -1)].append(one)
    return parts


def grouped(query: Query, every: Iterable[T], meeting: Callable[[T], Meeting]) -> list[list[T]]:
    """Part what was found by the sides of a comparison, or by body where bodies are asked for; what is of none last."""
    if compared := sides(query):
        return apart(compared, every, meeting)
    groups: dict[tuple[str, str], list[T]] = {}
    for one in every:
        met = meeting(one)
        groups.setdefault((met.authority, met.board) if WHICH.search(query.text) else ("", ""), []).append(one)
    return [*groups.values(), []]


def in_turn(parts: Sequence[Sequence[T]]) -> list[T]:
    """Take from each side in turn, the first of each first; what is of no side, which is the last part, comes last."""
    *own, rest = parts
    turns = (one for turn in zip_longest(*own) for one in turn if one is not None)
    return [*turns, *rest]
