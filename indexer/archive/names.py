"""One body, one name: which names of an archive are one body's, and what shows it.

Papers print some (`indexer.provenance.aliases`); others show in what several papers hold together: a body that approves
the minutes of a meeting under another name is that body, and so are two names that only ever have the same
meetings, only one of which has minutes. Names that share no distinctive word are never merged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Final

from indexer.archive.database import Database
from indexer.archive.kept import Kept
from indexer.archive.schema import state_of
from indexer.records import Alias, ArchiveState, Facets, Filters
from indexer.text.words import name_key

# Words of a board's name that do not identify it.
_GENERIC: Final = name_key("board cabinet committee council panel scrutiny select sub")
_LEAST = 2  # meetings that two names must have in common
_Days = dict[str, set[str]]


def telling(board: str) -> frozenset[str]:
    """Give the words of a board's name that identify it."""
    return name_key(board) - _GENERIC


def aliases(connection: Database) -> tuple[Alias, ...]:
    """Return the other names of bodies, by authority and name: ``board`` is held, ``name`` need not be."""
    held: defaultdict[str, _Days] = defaultdict(lambda: defaultdict(set))
    minuted: defaultdict[str, _Days] = defaultdict(lambda: defaultdict(set))
    rows = connection.execute(
        "SELECT authority, board, meeting_date, kind FROM sections WHERE authority <> '' "
        "GROUP BY authority, board, meeting_date, kind"
    )
    for authority, board, day, kind in rows.fetchall():
        days = held[authority][board]
        if day:
            days.add(day)
            if kind == "minutes":
                minuted[authority][board].add(day)
    every = [*_printed(connection, held), *_approving(connection, held), *_spelled(held)]
    for authority, boards in held.items():
        every += _together(authority, boards, minuted[authority])
    unique = {(one.authority, one.board, one.name): one for one in reversed(every)}
    return tuple(unique[key] for key in sorted(unique))


def _printed(connection: Database, held: Mapping[str, _Days]) -> Iterator[Alias]:
    """Names that papers print, of bodies that the archive holds something of."""
    for row in connection.execute("SELECT DISTINCT authority, board, name, how FROM aliases").fetchall():
        one = Alias(*row)
        boards = held.get(one.authority, {})
        if one.board in boards:
            yield one
        elif one.name in boards:
            yield replace(one, board=one.name, name=one.board)


def _approving(connection: Database, held: Mapping[str, _Days]) -> Iterator[Alias]:
    """The earlier name of a body that approved minutes printed under it, where only one name can be meant."""
    rows = connection.execute(
        "SELECT DISTINCT authority, board, confirms FROM decisions WHERE confirms IS NOT NULL AND recommendation = 0"
    )
    for authority, board, day in rows.fetchall():
        boards = held.get(authority, {})
        if not board or day in boards.get(board, ()):
            continue
        similar = [name for name, days in boards.items() if day in days and telling(name) & telling(board)]
        # Where the new name met before the old one did last, both are bodies.
        if len(similar) == 1 and min(boards.get(board, {day}), default=day) > max(boards[similar[0]]):
            yield Alias(authority, board, similar[0], "minutes")


def _together(authority: str, boards: _Days, minuted: _Days) -> Iterator[Alias]:
    """Pairs of names, one with a further word, with the same meetings, and minutes under one name alone."""
    for one, other in combinations((name for name in boards if name), 2):
        short, long = sorted((one, other), key=lambda name: (len(name_key(name)), name))
        if name_key(short) == name_key(long):
            yield Alias(authority, one, other, "words")
        elif (
            name_key(short) < name_key(long)
            and telling(short)
            and len(boards[one]) >= _LEAST
            and boards[one] == boards[other]
            and bool(minuted.get(one)) != bool(minuted.get(other))
        ):
            kept = one if minuted.get(one) else other
            yield Alias(authority, kept, other if kept == one else one, "meetings")


def _spelled(held: Mapping[str, _Days]) -> Iterator[Alias]:
    """Spellings of one authority's name: the one with more meetings is the name."""
    groups: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for name in held:
        groups[name_key(name)].append(name)
    for names in groups.values():
        first, *others = sorted(names, key=lambda name: (-sum(map(len, held[name].values())), name))
        for other in others:
            yield Alias(first, "", other, "words")


def _also(every: Iterable[Alias], held: set[str]) -> dict[str, tuple[str, ...]]:
    """Give for each name that is one of several the others of them that are held."""
    groups: dict[str, frozenset[str]] = {}
    for one in every:
        names = (one.board or one.authority, one.name)
        whole = frozenset(names).union(*(groups.get(name, ()) for name in names))
        groups |= dict.fromkeys(whole, whole)
    return {name: tuple(sorted((group & held) - {name})) for name, group in sorted(groups.items())}


class Names:
    """The names of bodies of an archive, kept while it does not change."""

    def __init__(self) -> None:
        self._kept: Kept[ArchiveState, tuple[tuple[Alias, ...], dict[str, tuple[str, ...]]]] = Kept()

    def added(self, connection: Database, facets: Facets) -> Facets:
        """Add to counts by body the other names of bodies."""
        every, also = self._read(connection)
        return replace(facets, aliases=every, also=also)

    def widened(self, connection: Database, filters: Filters) -> Filters:
        """Let pass also the other names of the bodies that ``filters`` ask for."""
        if not (filters.authorities or filters.boards):
            return filters
        other = self._read(connection)[1]
        authorities, boards = (
            tuple(dict.fromkeys(one for name in names for one in (name, *other.get(name, ()))))
            for names in (filters.authorities, filters.boards)
        )
        return replace(filters, authorities=authorities, boards=boards)

    def _read(self, connection: Database) -> tuple[tuple[Alias, ...], dict[str, tuple[str, ...]]]:
        def make() -> tuple[tuple[Alias, ...], dict[str, tuple[str, ...]]]:
            every = aliases(connection)
            rows = connection.execute("SELECT authority, board FROM sections GROUP BY authority, board")
            return every, _also(every, {name for row in rows.fetchall() for name in row if name})

        return self._kept.once(state_of(connection), make)
