"""Neighbouring passages of one section that both rank high are one hit: the place, not a splinter of it.

A list may be cut from its stem, a table from the sentence that introduces it. The better passage is the hit's core and
the rest its context. A resolution or recommendation stands alone and whole: it is quoted so, and what was said before
it is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.records import RULINGS, Span, StoredPassage
from search.bounds import BOUNDS
from search.ranking.rerank import Ranked

Versions = tuple[Ranked, list[Ranked]]


@dataclass(slots=True)
class _Run:
    """Passages of one section that follow each other, in reading order; ``best`` is the one that ranks highest."""

    best: Ranked
    members: list[Ranked]
    versions: list[Ranked]

    @property
    def words(self) -> int:
        return sum(len(one.stored.passage.text.split()) for one in self.members)

    def adjoins(self, other: _Run) -> bool:
        """Whether another run comes right before or after this one, and both make no more words than a hit may have."""
        mine, others = self.members, other.members
        beside = _follows(mine[-1].stored, others[0].stored) or _follows(others[-1].stored, mine[0].stored)
        return beside and self.words + other.words <= BOUNDS.hit_words

    def take(self, other: _Run) -> None:
        self.members = sorted([*self.members, *other.members], key=lambda one: one.stored.id)
        self.versions += other.versions


def joined(hits: Sequence[Versions], first: int) -> list[Versions]:
    """Make one hit of neighbours that are both among the first, as long as it has no more words than a hit may.

    Args:
        hits: different texts, best first, each with its further versions.
        first: how many of them are joined.

    Returns:
        The hits, each at the place of its best passage, with the further versions of all its passages.
    """
    runs: list[_Run] = []
    for one, versions in hits[:first]:
        # The one whose neighbour was found may be a version of it in another paper.
        ways = (_Run(way, [way], [other for other in (one, *versions) if other is not way]) for way in (one, *versions))
        beside = next(((home, way) for way in ways for home in runs if home.adjoins(way)), None)
        if beside is None:
            runs.append(_Run(one, [one], list(versions)))
            continue
        home, way = beside
        home.take(way)
        bridged = next((other for other in runs if other is not home and home.adjoins(other)), None)
        if bridged is not None:
            better, worse = sorted((home, bridged), key=runs.index)
            better.take(worse)
            runs.remove(worse)
    return [*((_one(run), run.versions) for run in runs), *hits[first:]]


def _follows(one: StoredPassage, next_: StoredPassage) -> bool:
    """Whether a passage is the one after another in the same section of the same paper, and neither is a ruling."""
    return (
        one.id + 1 == next_.id
        and (one.paper.id, one.section.ordinal) == (next_.paper.id, next_.section.ordinal)
        and not {one.passage.kind, next_.passage.kind} & RULINGS
    )


def _headers(one: Ranked, members: Sequence[Ranked]) -> Iterator[Span]:
    """Yield the title and header row of a passage's table that none of the members holds."""
    spans = [span for other in members for span in other.stored.passage.spans]
    for header in one.stored.passage.headers:
        if not any(span.page == header.page and span.start <= header.start < span.end for span in spans):
            yield header


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
    passage = replace(
        best.passage,
        text="\n".join(one.stored.passage.text for one in run.members),
        spans=tuple(span for one in run.members for span in one.stored.passage.spans),
        headers=tuple(dict.fromkeys(span for one in run.members for span in _headers(one, run.members))),
    )
    return replace(run.best, stored=replace(best, passage=passage), parts=tuple(parts))
