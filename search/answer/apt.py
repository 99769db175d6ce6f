"""Which runs of sentences are of the days and years asked for, and of money that went the way asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from search.answer.resolutions import age
from search.answer.telling import figured, tells
from search.answer.units import Unit
from search.question.answer_type import asks_detail
from search.question.deeds import contrary
from search.question.query import Query
from search.ranking import presence
from search.ranking.reading import current_of
from search.ranking.rerank import Ranked
from search.settings import Quoting

Off = Callable[[Unit], float]


def ordered(
    query: Query, pool: Sequence[Unit], ranked: Sequence[Ranked], fitting: Sequence[float], quoting: Quoting
) -> tuple[list[Unit], Off]:
    """Order runs by how well they match, less what they lose; where what holds now is asked for, the newest first.

    A month is reported at the meeting after it, and a table of all years names them all: what is of other days loses,
    but is not left out.

    Returns:
        The runs with what is left of their scores, and what says how much one loses.
    """
    off = _off(query, ranked, fitting, quoting)
    apt = sorted((replace(run, score=run.score - off(run)) for run in pool), key=lambda run: -run.score)
    return (_newest_first(query, apt, ranked, quoting) if query.newest else apt), off


def _off(query: Query, ranked: Sequence[Ranked], fitting: Sequence[float], quoting: Quoting) -> Off:
    other = contrary(query)
    # Where a run names no year, that is of the year which its passage names, or what it is in.
    homes = [other(presence.around(one.stored)) for one in ranked]
    # What a year is asked of may be reported in the next one; a month or day is that of its own meeting first.
    exact = any(one.exact for one in query.periods)
    detail = asks_detail(query)
    fits = fitting if exact else [float(fit > 0) for fit in fitting]
    best = max(fits, default=1.0)

    def off(run: Unit) -> float:
        wrong = homes[run.hit - 1] or other(in_context(run))
        # A bare title or an entry without its list answers only where a name or a day in it is asked for.
        told = tells(run) or figured(run) or (detail and run.holds)
        return quoting.off_days * (best - fits[run.hit - 1]) + quoting.contrary * (wrong + (not told))

    return off


def _newest_first(query: Query, kept: Sequence[Unit], ranked: Sequence[Ranked], quoting: Quoting) -> list[Unit]:
    """Put the newest first of the runs that match about as well as the best, in the passages that answer."""
    answering = {id(one) for one in current_of(query, ranked, quoting)}
    answers, others = parted(kept, lambda run: id(ranked[run.hit - 1]) in answering)
    floor = quoting.as_new * max((run.score for run in answers), default=0.0)
    near, far = parted(answers, lambda run: run.score >= floor)
    return [*sorted(near, key=lambda run: age(ranked[run.hit - 1])), *far, *others]


def parted(runs: Sequence[Unit], choose: Callable[[Unit], bool]) -> tuple[list[Unit], list[Unit]]:
    """Give those chosen and the others, each in order."""
    chosen = [run for run in runs if choose(run)]
    return chosen, [run for run in runs if not choose(run)]


def under_headings(run: Unit, ranked: Sequence[Ranked]) -> str:
    """Give what a run of one of the hits says, under the headings above it, as the cross-encoder reads it."""
    trail = ranked[run.hit - 1].members[run.member][1].stored.passage.trail
    return "\n".join((". ".join(trail), in_context(run)))


def in_context(run: Unit) -> str:
    """Give what a run says, with its header."""
    return "\n".join(part.text for part in (*run.header, *run.parts))
