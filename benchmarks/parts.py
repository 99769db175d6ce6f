"""Rarity of words in the whole archive or in the part that is asked: judged questions, of each body among all.

    python -m benchmarks.parts [--shared ../shared] [--archives data/judged]

Asks each body's questions of the archive of all (`benchmarks.judged`), of that body's papers alone, as a reader who
chose a council does: with all that is known of the whole; then with how rare words are taken from the body's own
archive, for the features of an answer alone and for BM25 too; then with its acronyms and names as well.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import judged
from benchmarks.questions.bodies import TOGETHER
from indexer.records import Acronym, Facets, Filters, Scored, Totals, WordQuery
from search.engine import Engine

_ORDINAL = (1 << 20) - 1
_OF_THE_PART = {
    "the whole archive's": frozenset[str](),
    "rarity, features": frozenset({"rarity"}),
    "rarity, features and BM25": frozenset({"rarity", "words"}),
    "these, acronyms and names": frozenset({"rarity", "words", "names"}),
}


class _Within:
    """The archive of all, some of whose statistics are those of one body's own archive."""

    def __init__(self, whole: Any, part: Any, taken: frozenset[str]) -> None:  # noqa: ANN401
        self._whole, self._part, self._taken = whole, part, taken
        keys = {paper.id: paper.key for paper in whole.papers()}
        self._keys = {paper.key: keys[paper.id] for paper in part.papers() if paper.id in keys}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._whole, name)

    def term_frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """How many passages hold each word."""
        frequencies: dict[str, int] = (self._part if "rarity" in self._taken else self._whole).term_frequencies(words)
        return frequencies

    def totals(self) -> Totals:
        """How many passages there are."""
        totals: Totals = (self._part if "rarity" in self._taken else self._whole).totals()
        return totals

    def match_words(self, query: WordQuery, limit: int, filters: Filters) -> list[Scored]:
        """Rank by BM25."""
        if "words" not in self._taken:
            ranked: list[Scored] = self._whole.match_words(query, limit, filters)
            return ranked
        own = self._part.match_words(query, limit, Filters())
        known = [one for one in own if one.id >> 20 in self._keys]
        return [Scored(self._keys[one.id >> 20] << 20 | one.id & _ORDINAL, one.score) for one in known]

    def acronyms(self, authorities: Sequence[str] = ()) -> tuple[Acronym, ...]:
        """What papers abbreviate."""
        part = "names" in self._taken
        acronyms: tuple[Acronym, ...] = self._part.acronyms() if part else self._whole.acronyms(authorities)
        return acronyms

    def facets(self, filters: Filters) -> Facets:
        """Counts, and names of bodies."""
        part = "names" in self._taken
        facets: Facets = self._part.facets(Filters()) if part else self._whole.facets(filters)
        return facets


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--archives", type=Path, default=Path("data/judged"))
    options = parser.parse_args(arguments)
    every, engines = judged.prepared(options.shared, options.archives)
    whole, alone = engines[TOGETHER], dict[str, judged.Result]()
    runs: dict[str, judged.Run] = {name: {} for name in _OF_THE_PART}
    held = {paper.id for paper in whole.library.papers()}
    for name, body in every.items():
        part = engines[name].library
        filters = Filters(papers=tuple(sorted(held & {paper.id for paper in part.papers()})))
        alone |= judged.of_body(body, engines[name], "alone")
        for how, taken in _OF_THE_PART.items():
            within: Any = _Within(whole.library, part, taken)
            runs[how] |= judged.of_body(body, Engine(within, whole.encoder), "alone", filters)
    base = runs["the whole archive's"]
    print(judged.table(base), judged.compared({**runs, "an archive of its own": alone}, base), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
