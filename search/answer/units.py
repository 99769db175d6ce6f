"""What may be quoted of the passages found: sentences, table rows with their header, and how well each matches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.records import RULINGS
from search.answer.lines import Part, groups, lines_of, places
from search.answer.said import Figures, said_above, said_over, said_within
from search.question.answer_type import Holds, answer_type
from search.question.query import Query
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.settings import Quoting


@dataclass(frozen=True, slots=True)
class Unit:
    """What may be quoted as one: its parts, the paper's id, the hit's number, and its place among the hit's units.

    ``match`` is the late interaction within it and the headings above it; ``holds`` says whether it holds what the
    question asks for (an amount, a date, …: `search.question.answer_type`); ``score`` orders units of all hits.
    ``reach`` is where it begins and ends in the passage's text; ``header`` is what a row or an entry of
    a list is read under: the header row of its table, the stem of its list.
    ``member`` counts the passages that were joined to the hit; ``sums`` says that the figures of a row are of money, as
    its header or what is above its table says, and ``under`` where its header is in the passage's text, which says what
    is in its columns; ``beside`` says how well the words beside its figure match, 1 where none is asked for.
    """

    parts: tuple[Part, ...]
    paper: str
    hit: int
    place: int
    match: float
    holds: bool
    score: float
    reach: tuple[int, int] = (0, 0)
    row: bool = False
    header: tuple[Part, ...] = ()
    member: int = 0
    sums: bool = False
    under: tuple[int, int] = (0, 0)
    beside: float = 1.0

    @property
    def words(self) -> int:
        """How many words it has, over all its parts."""
        return sum(len(part.text.split()) for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Sought:
    """What a question wants an answer to hold, and which figures."""

    holds: Holds | None
    figures: Figures


def units_of(query: Query, tokens: QueryTokens, ranked: Sequence[Ranked], quoting: Quoting) -> list[Unit]:
    """Take hits apart into sentences and rows, in order, each with how well it matches the question."""
    sought = _Sought(answer_type(query), Figures(query, tokens, quoting))
    return [unit for hit, one in enumerate(ranked, 1) for unit in _of_hit(one, tokens, hit, sought, quoting)]


def whole(one: Ranked, hit: int) -> Unit:
    """Make one unit of a whole passage, one part for each of its spans."""
    return _stretch(one, hit, len(one.stored.passage.text))


def beginnings(one: Ranked, hit: int) -> Iterator[Unit]:
    """Make units of a passage's beginning, the whole first, then without its last sentence or limb, and so on."""
    yield whole(one, hit)
    every = list(groups(one.stored.passage.text, list(places(one))))
    for group in reversed(every[:-1]):
        yield _stretch(one, hit, group[-1][1])


def _stretch(one: Ranked, hit: int, stop: int) -> Unit:
    """Make one unit of a passage up to an offset of its text, one part for each of its spans."""
    text = one.stored.passage.text
    parts = tuple(
        Part(text[start : min(end, stop)], span.page, span.start) for start, end, span in places(one) if start < stop
    )
    return Unit(parts, one.stored.paper.id, hit, -1, one.match, True, one.score)


def _of_hit(one: Ranked, tokens: QueryTokens, hit: int, sought: _Sought, quoting: Quoting) -> Iterator[Unit]:
    """Take a hit apart, each of the passages that were joined to it by itself."""
    place = 0
    for member, (at, part) in enumerate(one.members):
        yield from _units(part, tokens, _Home(hit, member, place, at), sought, quoting)
        # More than it has units: no quotation runs from one passage to the next.
        place += len(part.stored.passage.text) + 2


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a passage is: its hit's number, its own among those joined, and the place and offset that it begins at."""

    hit: int
    member: int
    place: int
    at: int


def _units(one: Ranked, tokens: QueryTokens, home: _Home, sought: _Sought, quoting: Quoting) -> Iterator[Unit]:
    passage = one.stored.passage
    above = quoting.above * said_above(one)
    paper, ruled = one.stored.paper.id, quoting.ruled if passage.kind in RULINGS else 0.0
    lines = lines_of(one, quoting)
    best = [
        np.maximum(said_within(one, line.begin, line.end), said_over(one, above, line.under, quoting)) for line in lines
    ]
    matches = tokens.match(np.stack(best)).tolist() if best else ()
    for line, match, beside in zip(lines, matches, sought.figures.beside(one, lines), strict=True):
        held = sought.holds is None or sought.holds(line.text, passage.kind)
        # Between like sentences that of the better passage is taken, one that rules.
        score = match + quoting.passage * one.score + ruled
        yield Unit(
            line.parts, paper, home.hit, home.place + line.place, match, held, score,
            (home.at + line.begin, home.at + line.end), line.row, line.header, home.member, line.sums, line.under,
            beside,
        )  # fmt: skip


def said_with_headings(one: Ranked, unit: Unit) -> NDArray[np.float32]:
    """Give, for each of the question's vectors, the highest cosine with a token of a unit or of what it is read under.

    Args:
        one: the hit that it is of.
        unit: it.
    """
    _, part = one.members[unit.member]
    return np.maximum(np.maximum(said_in(one, unit), said_above(part)), said_within(part, *unit.under))


def said_in(one: Ranked, unit: Unit) -> NDArray[np.float32]:
    """Do the same for what a unit of a hit says itself."""
    at, part = one.members[unit.member]
    return said_within(part, unit.reach[0] - at, unit.reach[1] - at)
