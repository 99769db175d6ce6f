"""A list of hits without repeats: one text in several versions is one hit, and precedents come from several reports."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import compress
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

from indexer.records import RULINGS
from indexer.text.words import DIGITS, LABEL, shingles, words
from search.contents import meeting_of
from search.question import sides
from search.question.intent import WHICH
from search.question.query import Query
from search.ranking import presence
from search.ranking.passage_tokens import TokenCache
from search.ranking.reading import age
from search.ranking.rerank import Ranked
from search.settings import Settings

# What a file's name says of the version: "draft", "final", "v2", "version 1.3", "rev 4".
_STAGE = re.compile(
    r"(?<![a-z])(?:(?P<draft>draft)|(?P<final>final)|(?:v|ver|version|rev|revision)[ ._-]?(?P<number>\d+(?:\.\d+)?))"
    r"(?![a-z])",
    re.IGNORECASE,
)


def distinct(
    ranked: Sequence[Ranked], limit: int, settings: Settings, cache: TokenCache
) -> list[tuple[Ranked, list[Ranked]]]:
    """Take the first ``limit`` different texts, best first, each with its further versions among ``ranked``.

    A text is a version of a better one in another paper if it adds nothing to it: it has the same hash, or nearly all
    its runs of words and all its figures are in it. So last year's table is not this year's, two rows of one
    table in one paper are not versions, however alike they are, and a ruling is only one of the same meeting's ruling.

    Args:
        ranked: passages, best first.
        limit: most texts.
        settings: share of its runs that must be in the other.
        cache: keeps what words they hold.
    """
    texts = [_Text(one, settings.run) for one in ranked]
    better: dict[int, list[int]] = {}
    for at, other in np.argwhere(
        np.tril(_likely(texts, cache.sketches([one.stored for one in ranked]), settings), -1)
    ).tolist():
        better.setdefault(at, []).append(other)
    kept: dict[int, list[Ranked]] = {}
    for at, one in enumerate(texts):
        homes = (other for other in better.get(at, ()) if other in kept)
        home = next((other for other in homes if one.adds_nothing_to(texts[other], settings)), None)
        if home is not None:
            kept[home].append(one.ranked)
        elif len(kept) < limit:
            kept[at] = []
    return [(texts[at].ranked, versions) for at, versions in kept.items()]


def _likely(texts: Sequence[_Text], said: NDArray[np.float32], settings: Settings) -> NDArray[np.bool_]:
    """Say of which others (columns) each text (row) may be a version, by what is cheap to compare: bool (n, n).

    Args:
        texts: all of them.
        said: their words (`TokenCache.sketches`).
        settings: shares of runs and words that must be in the other.
    """
    lengths = np.array([len(one.text) for one in texts])
    likely: NDArray[np.bool_] = settings.versions * lengths[:, None] <= lengths
    likely &= ~_same([one.stored.paper.id for one in texts]) & _same([one.ruling for one in texts])
    likely &= said @ said.T >= settings.in_common * said.sum(axis=1, keepdims=True)
    return likely | _same([one.stored.twin for one in texts])


def _same(values: Sequence[Hashable]) -> NDArray[np.bool_]:
    """Compare each value with each: bool (n, n)."""
    numbers: dict[Hashable, int] = {}
    codes = np.array([numbers.setdefault(value, len(numbers)) for value in values], int)
    same: NDArray[np.bool_] = codes[:, None] == codes
    return same


class _Text:
    """A passage as it is compared with others: what costs more is made when it is first asked for."""

    def __init__(self, ranked: Ranked, run: int) -> None:
        self.ranked = ranked
        self._run = run
        self.stored = ranked.stored
        self.text = ranked.stored.passage.text

    @cached_property
    def figures(self) -> frozenset[str]:
        """Its figures, without the numbers of paragraphs and entries."""
        return frozenset(DIGITS.findall(LABEL.sub("", self.text)))

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        return shingles(words(self.text), self._run)

    @property
    def ruling(self) -> tuple[str, date | None] | None:
        """Of a ruling its kind and meeting; None for all else."""
        kind = self.stored.passage.kind
        return (kind, self.stored.section.meeting.date) if kind in RULINGS else None

    def adds_nothing_to(self, other: _Text, settings: Settings) -> bool:
        """Whether it is a version of another text, or a part of one; asked of those that are likely."""
        if self.stored.twin == other.stored.twin:
            return True
        if not self.figures <= other.figures:
            return False
        share = settings.versions
        alike = share * len(other.text) <= len(self.text)
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


def arranged(
    query: Query, ranked: Sequence[Ranked], matter: Callable[[Ranked], Hashable], settings: Settings
) -> list[Ranked]:
    """Reorder as a question asks: precedents of several reports, what holds now, a matter over time; see `spread`."""
    ordered = list(ranked)
    if query.intent == "precedent":
        ordered = spread(ordered, matter, settings.spread)
    if query.newest and not any(one.sure for one in ranked):  # otherwise `reading.read` has put the newest first
        ordered = newest_first(ordered, settings.as_new)
    return by_sides(query, ordered, settings) if query.intent == "overview" else ordered


def by_sides(query: Query, ranked: Sequence[Ranked], settings: Settings) -> list[Ranked]:
    """Reorder for a matter over time (`by_meetings`), each side of a comparison by itself and then in turn.

    So are bodies, where those are asked for that have something on it.
    """
    naming = [presence.names_it(query, one.stored) for one in ranked]
    kept = naming if WHICH.search(query.text) else [True] * len(ranked)
    *each, last = sides.grouped(
        query, compress(ranked, kept), lambda one: meeting_of(one.stored.section.meeting, one.stored.paper)
    )
    named = {id(one) for one in compress(ranked, naming)}
    rest = [one for one, keeps in zip(ranked, kept, strict=True) if not keeps]
    return sides.in_turn([by_meetings(own, lambda one: id(one) in named, settings) for own in (*each, [*last, *rest])])


def newest_first(ranked: Sequence[Ranked], share: float) -> list[Ranked]:
    """Reorder so that of the passages that match about as well as the best those of the latest meetings come first.

    Args:
        ranked: passages, best first.
        share: of the best match, from which on one is as good.
    """
    floor = share * max((one.match for one in ranked), default=0.0)
    good = [one for one in ranked if one.match >= floor]
    among = {id(one) for one in good}
    return [*sorted(good, key=age), *(one for one in ranked if id(one) not in among)]


def _meeting(one: Ranked) -> Hashable:
    meeting, paper = one.stored.section.meeting, one.stored.paper.meeting
    return meeting.authority or paper.authority, meeting.board or paper.board, meeting.date or paper.date


@dataclass(frozen=True, slots=True)
class _Version:
    name: str  # of the file, less what says the version
    stage: tuple[bool, float, bool]  # final, its number, not a draft: greater is later


def outdated(question: str, ranked: Sequence[Ranked], share: float) -> dict[int, int]:
    """Say which passages a later version of the same paper words alike, perhaps with other figures.

    Args:
        question: one that names a version, such as the draft, gets what it asks for: nothing is said of the others.
        ranked: passages, in the order shown.
        share: see `Quoting.alike`.

    Returns:
        For the position of each such passage the position of the one in the latest version. Papers are versions of one
        paper if they are of one meeting and their files' names differ in nothing but what says the version.
    """
    if _STAGE.search(question):
        return {}
    versions = [_version(one.stored.paper.path) for one in ranked]
    later: dict[int, int] = {}
    for at, one in enumerate(ranked):
        others = [
            other
            for other, two in enumerate(ranked)
            if versions[other].name == versions[at].name
            and versions[other].stage > versions[at].stage
            and two.stored.paper.meeting == one.stored.paper.meeting
            and _alike(one, two, share)
        ]
        if others:
            later[at] = max(others, key=lambda other: (versions[other].stage, -other))
    return later


def _version(path: str) -> _Version:
    name = PurePosixPath(path.replace("\\", "/")).stem
    stages = list(_STAGE.finditer(name))
    draft, final = (any(match[kind] for match in stages) for kind in ("draft", "final"))
    number = max((float(match["number"]) for match in stages if match["number"]), default=0.0)
    return _Version(" ".join(words(_STAGE.sub(" ", name))), (final and not draft, number, not draft))


def _alike(one: Ranked, two: Ranked, share: float) -> bool:
    own, other = (
        {word for word in words(each.stored.passage.text) if not any(map(str.isdigit, word))} for each in (one, two)
    )
    return bool(own) and len(own & other) >= share * len(own | other)
