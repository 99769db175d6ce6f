"""A list of hits without repeats: one text in several versions is one hit, and precedents come from several reports."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import cached_property

from indexer.text.words import shingles, words
from search.ranking.rerank import Ranked
from search.results import RULINGS
from search.settings import Settings

_RUN = 3  # words of a run; two texts that share nearly all runs are versions of one
_PREFILTER = 0.75  # of words in common: fewer, and the share of runs in common cannot be reached
_LABEL = re.compile(r"^[^\w\n]*+\d{1,3}(?:\.\d{1,3})*[.)]?\s", re.MULTILINE)  # a number of a paragraph or entry
_FIGURE = re.compile(r"\d+")


def distinct(ranked: Sequence[Ranked], limit: int, settings: Settings) -> list[tuple[Ranked, list[Ranked]]]:
    """Take the first ``limit`` different texts, best first, each with its further versions among ``ranked``.

    A text is a version of a better one in another paper if it adds nothing to it: it has the same hash, or nearly all
    its three-word runs and all its figures stand there too. So last year's table is not this year's, two rows of one
    table in one paper are not versions, however alike they are, and a ruling is only one of the same meeting's ruling.

    Args:
        ranked: passages, best first.
        limit: most texts.
        settings: how many of its runs must stand in the other.
    """
    kept: list[tuple[_Text, list[Ranked]]] = []
    for one in map(_Text, ranked):
        home = next((versions for other, versions in kept if one.adds_nothing_to(other, settings)), None)
        if home is not None:
            home.append(one.ranked)
        elif len(kept) < limit:
            kept.append((one, []))
    return [(one.ranked, versions) for one, versions in kept]


class _Text:
    """A passage as it is compared with others: what costs more is made when it is first asked for."""

    def __init__(self, ranked: Ranked) -> None:
        self.ranked = ranked
        self.stored = ranked.stored
        self.text = ranked.stored.passage.text
        # Thousands of pairs are compared by these for one question.
        self.twin, self.paper, self.length = self.stored.twin, self.stored.paper.id, len(self.text)

    @cached_property
    def figures(self) -> frozenset[str]:
        """Its figures, without the numbers of paragraphs and entries."""
        return frozenset(_FIGURE.findall(_LABEL.sub("", self.text)))

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.text.lower().split())

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        return shingles(words(self.text), _RUN)

    @cached_property
    def ruling(self) -> tuple[str, date | None] | None:
        """Of a ruling its kind and meeting; None for all else."""
        kind = self.stored.passage.kind
        return (kind, self.stored.section.meeting.date) if kind in RULINGS else None

    def adds_nothing_to(self, other: _Text, settings: Settings) -> bool:
        """Whether it is a version of another text, or a part of one."""
        share = settings.versions
        if self.twin == other.twin:
            return True
        # What is cheap comes first: most pairs are no versions, and their runs need not be made.
        if share * self.length > other.length or self.paper == other.paper:
            return False
        if self.ruling != other.ruling or not self.figures <= other.figures:
            return False
        if len(self.words & other.words) < _PREFILTER * len(self.words):
            return False
        alike = other.length * share <= self.length
        long = len(self.runs) >= settings.part_runs
        return (alike or long) and len(self.runs & other.runs) >= share * len(self.runs)


def spread(ranked: Sequence[Ranked], matter: Callable[[Ranked], Hashable], most: int) -> list[Ranked]:
    """Reorder so that the best passage of each report or item comes before a second one of any.

    Args:
        ranked: passages, best first.
        matter: gives which report or item a passage belongs to. It is asked until ``most`` have come: the rest keeps
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
        named: says whether a passage says what the question names; it is asked of those that match.
        settings: how well is well, and how many meetings come first.
    """
    floor = settings.on_matter * max((one.item_match for one in ranked), default=0.0)
    on = [one for one in ranked if one.item_match >= floor and named(one)]
    among = {id(one) for one in on}
    return [*spread(on, _meeting, settings.spread), *(one for one in ranked if id(one) not in among)]


def newest_first(ranked: Sequence[Ranked], share: float) -> list[Ranked]:
    """Reorder so that of the passages that match about as well as the best those of the latest meetings come first.

    Args:
        ranked: passages, best first.
        share: of the best match, from which on one is as good.
    """
    floor = share * max((one.match for one in ranked), default=0.0)
    good = [one for one in ranked if one.match >= floor]
    among = {id(one) for one in good}
    return [*sorted(good, key=_age), *(one for one in ranked if id(one) not in among)]


def _age(one: Ranked) -> int:
    day = one.stored.section.meeting.date or one.stored.paper.meeting.date
    return -day.toordinal() if day else 0


def _meeting(one: Ranked) -> Hashable:
    meeting, paper = one.stored.section.meeting, one.stored.paper.meeting
    return meeting.authority or paper.authority, meeting.board or paper.board, meeting.date or paper.date
