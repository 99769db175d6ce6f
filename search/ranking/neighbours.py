"""Neighbouring passages of one section that both rank high are one hit: the place, not a splinter of it.

A list may be cut from its stem, a table from the sentence that introduces it. The better passage is the hit's core and
the rest its context. A small section or table is one hit whichever of its parts was found. A resolution or
recommendation that ranks higher than what was said before it is a hit by itself, for it is quoted so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.records import RULINGS, Span, StoredPassage
from search.bounds import BOUNDS
from search.ranking.rerank import Ranked

Versions = tuple[Ranked, list[Ranked]]


@dataclass(slots=True, eq=False)
class _Run:
    """Passages of one section that follow each other, in reading order; ``best`` is the one that ranks highest."""

    best: Ranked
    members: list[Ranked]
    versions: list[Ranked]
    words: int

    @classmethod
    def of(cls, one: Ranked, versions: Sequence[Ranked]) -> _Run:
        """Begin a run with one passage and the further versions of its text."""
        others = [other for other in versions if other is not one]
        return cls(one, [one], others, len(one.stored.passage.text.split()))

    @property
    def ids(self) -> tuple[int, int]:
        """The ids of its first and last passage."""
        return self.members[0].stored.id, self.members[-1].stored.id

    def takes(self, worse: _Run) -> bool:
        """Whether a worse run comes right before or after this one, and both make no more words than a hit may have."""
        if self.best.stored.passage.kind in RULINGS or self.words + worse.words > BOUNDS.hit_words:
            return False
        mine, others = self.members, worse.members
        return _follows(mine[-1].stored, others[0].stored) or _follows(others[-1].stored, mine[0].stored)

    def prints(self, one: StoredPassage) -> bool:
        """Whether it holds the text of a passage of another paper."""
        return any(other.stored.twin == one.twin and other.stored.paper.id != one.paper.id for other in self.members)

    def take(self, other: _Run) -> None:
        self.members = sorted([*self.members, *other.members], key=lambda one: one.stored.id)
        self.versions += other.versions
        self.words += other.words


class _Runs:
    """The runs so far, the best first; those beside a passage are found by its id."""

    def __init__(self) -> None:
        self.all: list[_Run] = []
        self._by_id: dict[int, _Run] = {}
        self._texts: set[str] = set()

    def printing(self, one: StoredPassage) -> _Run | None:
        """Give the best run that holds the text of a passage of another paper."""
        return next((run for run in self.all if run.prints(one)), None) if one.twin in self._texts else None

    def beside(self, run: _Run) -> list[_Run]:
        """Give the runs right before and after another one, the better first."""
        first, last = run.ids
        homes = [home for id in (first - 1, last + 1) if (home := self._by_id.get(id)) is not None]
        return sorted(homes, key=self.all.index)

    def add(self, run: _Run, home: _Run | None = None) -> None:
        """Take a run in: to the one that it goes on with, and this one to the next that it then reaches."""
        if home is None:
            self.all.append(run)
            self._know(run, run)
            return
        home.take(run)
        self._know(run, home)
        pairs = (sorted((home, other), key=self.all.index) for other in self.beside(home))
        if bridged := next(((better, worse) for better, worse in pairs if better.takes(worse)), None):
            better, worse = bridged
            better.take(worse)
            self._know(worse, better)
            self.all.remove(worse)

    def _know(self, run: _Run, home: _Run) -> None:
        self._by_id |= {one.stored.id: home for one in run.members}
        self._texts |= {one.stored.twin for one in run.members}


def joined(hits: Sequence[Versions], first: int, parts: Mapping[int, Sequence[Ranked]]) -> list[Versions]:
    """Make one hit of neighbours that are both among the first, as long as it has no more words than a hit may.

    Args:
        hits: different texts, best first, each with its further versions.
        first: how many of them are joined.
        parts: what `other_parts` gives of them.

    Returns:
        The hits, each at the place of its best passage, with the further versions of all its passages.
    """
    runs = _Runs()
    for one, versions in _with_parts(hits[:first], parts):
        if (same := runs.printing(one.stored)) is not None:
            same.versions += [one, *versions]
            continue
        # The one whose neighbour was found may be a version of it in another paper.
        ways = (_Run.of(way, (one, *versions)) for way in (one, *versions))
        beside = next(((way, home) for way in ways for home in runs.beside(way) if home.takes(way)), None)
        runs.add(*(beside or (_Run.of(one, versions),)))
    first_ids = {one.stored.id for one, _ in hits[:first]}
    kept = [run for run in runs.all if run.best.stored.id in first_ids]  # no hit has room for the others
    taken = {one.stored.id for run in kept for one in run.members}
    return [
        *((_one(run), run.versions) for run in kept),
        *(hit for hit in hits[first:] if hit[0].stored.id not in taken),
    ]


def _with_parts(hits: Sequence[Versions], parts: Mapping[int, Sequence[Ranked]]) -> Iterator[Versions]:
    """Yield hits, and after each the other parts of its place; none twice."""
    versions = {one.stored.id: others for one, others in hits}
    seen: set[int] = set()
    for hit, _ in hits:
        for one in (hit, *parts.get(hit.stored.id, ())):
            if one.stored.id not in seen:
                seen.add(one.stored.id)
                yield one, versions.get(one.stored.id, [])


def other_parts(
    hits: Sequence[Versions],
    ranked: Sequence[Ranked],
    fetch: Callable[[Sequence[int]], Mapping[int, StoredPassage]],
    rank: Callable[[Sequence[int]], Sequence[Ranked]],
) -> dict[int, list[Ranked]]:
    """Give, by the id of each hit whose section or table has no more words than a hit may, the other parts of that.

    Args:
        hits: passages with their further versions.
        ranked: all passages that were ordered.
        fetch: gives further passages by their ids.
        rank: gives them as they match the question.
    """
    known = {one.stored.id: one for one in ranked}
    plain = [one.stored for one, _ in hits if one.stored.passage.kind not in RULINGS]
    around = {one.id + step for one in plain for step in range(-BOUNDS.place_parts, BOUNDS.place_parts + 1)}
    stored = {id: one.stored for id, one in known.items()} | dict(fetch(sorted(around - set(known))))
    others = {one.id: _others(one, stored) for one in plain}
    if missing := sorted({id for own in others.values() for id in own} - set(known)):
        known |= {one.stored.id: one for one in rank(missing)}
    return {id: [known[other] for other in own] for id, own in others.items()}


def _others(one: StoredPassage, stored: Mapping[int, StoredPassage]) -> list[int]:
    """Give the ids of the other parts of a passage's small section, else of its small table, the nearest first."""
    for goes_on in (_follows, _same_table):
        first = last = one.id
        while first - 1 in stored and goes_on(stored[first - 1], stored[first]):
            first -= 1
        while last + 1 in stored and goes_on(stored[last], stored[last + 1]):
            last += 1
        whole = range(first, last + 1)
        if len(whole) > BOUNDS.place_parts:
            continue
        if sum(len(stored[id].passage.text.split()) for id in whole) <= BOUNDS.hit_words:
            return sorted(set(whole) - {one.id}, key=lambda id: abs(id - one.id))
    return []


def _follows(one: StoredPassage, next_: StoredPassage) -> bool:
    """Whether a passage is the one after another in the same section of the same paper; a ruling ends its matter."""
    return (
        one.id + 1 == next_.id
        and (one.paper.id, one.section.ordinal) == (next_.paper.id, next_.section.ordinal)
        and one.passage.kind not in RULINGS
    )


def _same_table(one: StoredPassage, next_: StoredPassage) -> bool:
    """Whether rows go on in the next passage: under the same headers, or under what this one holds."""
    headers = next_.passage.headers
    return (
        {one.passage.kind, next_.passage.kind} == {"table"}
        and _follows(one, next_)
        and (headers == one.passage.headers or any(_holds(one, header) for header in headers))
    )


def _headers(one: Ranked, members: Sequence[Ranked]) -> Iterator[tuple[Span, str]]:
    """Yield the title and header row of a passage's table that none of the members holds: where, and their texts."""
    for header, text in zip(one.stored.passage.headers, one.stored.headers, strict=True):
        if not any(_holds(other.stored, header) for other in members):
            yield header, text


def _holds(one: StoredPassage, header: Span) -> bool:
    return any(span.page == header.page and span.start <= header.start < span.end for span in one.passage.spans)


def _one(run: _Run) -> Ranked:
    """Make one passage of a run: its texts line by line, its spans in reading order."""
    if len(run.members) == 1:
        return run.best
    parts: list[tuple[int, Ranked]] = []
    at = 0
    for one in run.members:
        parts.append((at, one))
        at += len(one.stored.passage.text) + 1  # the line break that joins the cuts
    best = run.best.stored
    headers = dict(above for one in run.members for above in _headers(one, run.members))
    passage = replace(
        best.passage,
        text="\n".join(one.stored.passage.text for one in run.members),
        spans=tuple(span for one in run.members for span in one.stored.passage.spans),
        headers=tuple(headers),
    )
    stored = replace(best, passage=passage, headers=tuple(headers.values()))
    return replace(run.best, stored=stored, parts=tuple(parts))
