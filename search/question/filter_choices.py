"""Filters from what a user typed, checked against what the archive holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import get_args

from indexer.errors import BadArguments
from indexer.records import Facets, Filters, PassageKind
from search.bounds import BOUNDS


def filters(
    facets: Facets,
    authorities: Sequence[str] = (),
    boards: Sequence[str] = (),
    kinds: Sequence[str] = (),
    date_from: str = "",
    date_to: str = "",
) -> Filters:
    """Make filters of typed values; names may differ in capitals only, and may be other names of bodies.

    Args:
        facets: what the whole archive holds.
        authorities: names of authorities.
        boards: names of boards.
        kinds: kinds of passages.
        date_from: earliest day as YYYY-MM-DD, YYYY-MM or YYYY; "" for none.
        date_to: latest day, likewise.

    Raises:
        BadArguments: a value that the archive does not hold, or that is not a date; the message lists what there is.
    """
    first, last = day(date_from, last=False), day(date_to, last=True)
    if first and last and first > last:
        message = f"--from {date_from} is after --to {date_to}: no day lies between them"
        raise BadArguments(message, expected=date_from, found=date_to)
    return Filters(
        authorities=tuple(_one("authority", name, facets.authorities, facets.also) for name in authorities),
        boards=tuple(_one("board", name, facets.boards, facets.also) for name in boards),
        kinds=tuple(_kind(name) for name in kinds),
        date_from=first,
        date_to=last,
    )


def day(text: str, *, last: bool) -> date | None:
    """Read a day, month or year; of a month or year the first day, or the last.

    Raises:
        BadArguments: it is none of these.
    """
    if not text.strip():
        return None
    parts = text.strip().split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(parts[0]) != 4 or len(numbers) > 3:
            raise ValueError(text)
        whole = date(*[*numbers, 1, 1][:3])
        if last and len(numbers) == 1:
            return date(whole.year, 12, 31)
        if last and len(numbers) == 2:
            following = date(whole.year + whole.month // 12, whole.month % 12 + 1, 1)
            return date.fromordinal(following.toordinal() - 1)
    except (ValueError, OverflowError) as fault:
        message = f"{text!r} is not a date: write it as 2025-01-30, 2025-01 or 2025"
        raise BadArguments(message, expected="YYYY-MM-DD", found=text) from fault
    return whole


def _one(what: str, name: str, known: Iterable[str], also: Iterable[str]) -> str:
    names = list(known)
    for candidate in (*names, *also):
        if candidate.casefold() == name.strip().casefold():
            return candidate
    near = get_close_matches(name, names, n=1)  # a hint in a message, for which the standard library is good enough
    hint = f"did you mean {near[0]!r}? " if near else ""
    listed = ", ".join(names[: BOUNDS.choices_named]) + (", …" if len(names) > BOUNDS.choices_named else "")
    message = f"No {what} {name!r} in this archive: {hint}it holds {listed or 'none'}"
    raise BadArguments(message, expected=listed, found=name)


def _kind(name: str) -> PassageKind:
    for kind in get_args(PassageKind):
        if kind == name.strip().lower():
            return kind  # type: ignore[no-any-return]  # get_args gives the literal's own values
    listed = ", ".join(get_args(PassageKind))
    message = f"No kind {name!r}: use one of {listed}"
    raise BadArguments(message, expected=listed, found=name)
