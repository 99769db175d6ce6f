"""A list of hits without repeats: one text in several versions is one hit, and precedents come from several reports."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from functools import cache

from indexer.text.words import shingles, words
from search.ranking.rerank import Ranked
from search.settings import Settings

_RUN = 3  # words of a run; two texts that share nearly all runs are versions of one
_FIGURE = re.compile(r"\d+")


def distinct(ranked: Sequence[Ranked], limit: int, share: float) -> list[tuple[Ranked, list[Ranked]]]:
    """Take the first ``limit`` different texts, best first, each with its further versions among ``ranked``.

    Texts with the same hash, or that have a share of their three-word runs in common and stand in two papers, are
    versions of one, if their figures are the same: last year's table is not this year's. Two rows of one table in one
    paper are not, however alike they are.

    Args:
        ranked: passages, best first.
        limit: most texts.
        share: of their runs that makes two texts versions, in [0, 1].
    """
    kept: list[tuple[Ranked, list[Ranked]]] = []
    by_figures: dict[frozenset[str], list[tuple[Ranked, list[Ranked]]]] = {}
    runs_of = cache(_runs)  # of each text once, however many it is compared with
    for one in ranked:
        alike = by_figures.setdefault(frozenset(_FIGURE.findall(one.stored.passage.text)), [])
        home = next((versions for other, versions in alike if _versions(one, other, runs_of, share)), None)
        if home is not None:
            home.append(one)
        elif len(kept) < limit:
            kept.append((one, []))
            alike.append(kept[-1])
    return kept


def spread(ranked: Sequence[Ranked], matter: Callable[[Ranked], Hashable], most: int) -> list[Ranked]:
    """Reorder so that the best passage of each report or item comes before a second one of any.

    Args:
        ranked: passages, best first.
        matter: tells which report or item a passage belongs to. It is asked until ``most`` have come: the rest keeps
            its order.
        most: reports or items that come first.
    """
    seen: set[Hashable] = set()
    first: list[Ranked] = []
    later: list[Ranked] = []
    for at, one in enumerate(ranked):
        if len(first) == most:
            return [*first, *later, *ranked[at:]]
        whose = matter(one)
        (later if whose in seen else first).append(one)
        seen.add(whose)
    return first + later


def by_meetings(ranked: Sequence[Ranked], named: Callable[[Ranked], bool], settings: Settings) -> list[Ranked]:
    """Reorder so that the best passage on the matter of each meeting comes before a second one of any.

    Only passages whose item matches nearly as well as the best count as being on the matter; the others keep their
    order after them.

    Args:
        ranked: passages, best first.
        named: tells whether a passage says what the question names; it is asked of those that match.
        settings: how well is well, and how many meetings come first.
    """
    floor = settings.on_matter * max((one.item_match for one in ranked), default=0.0)
    on = [one for one in ranked if one.item_match >= floor and named(one)]
    among = {id(one) for one in on}
    return [*spread(on, _meeting, settings.spread), *(one for one in ranked if id(one) not in among)]


def _meeting(one: Ranked) -> Hashable:
    meeting, paper = one.stored.section.meeting, one.stored.paper.meeting
    return meeting.authority or paper.authority, meeting.board or paper.board, meeting.date or paper.date


def _versions(one: Ranked, other: Ranked, runs_of: Callable[[str], frozenset[tuple[str, ...]]], share: float) -> bool:
    if one.stored.twin == other.stored.twin:
        return True
    text, others = one.stored.passage.text, other.stored.passage.text
    # Cheap signs first: most pairs are no versions, and their runs need not be made.
    shorter, longer = sorted((len(text), len(others)))
    if one.stored.paper.id == other.stored.paper.id or shorter < share * longer:
        return False
    runs, other_runs = runs_of(text), runs_of(others)
    return len(runs & other_runs) >= share * max(len(runs), len(other_runs))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    return shingles(words(text), _RUN)
