"""The register of one state of an archive as threads need it: read, taken apart and paired once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.records import Filters, StoredDecision
from search.contents import Contents
from search.history import links, matters
from search.history.matters import Matter
from search.library import Library


@dataclass(frozen=True, slots=True)
class Decided:
    """Every printing of every decision, its matter and references by its id, and which recommendation led to which.

    ``by_authority`` are the decisions of each, by its name to compare (`Matter.authority`).
    """

    every: Sequence[StoredDecision]
    by_id: Mapping[int, StoredDecision]
    matters: Mapping[int, Matter]
    references: Mapping[int, frozenset[str]]
    pairs: links.Pairs
    by_authority: Mapping[str, Sequence[StoredDecision]]

    def of(self, matter: Matter) -> Sequence[StoredDecision]:
        """Give the decisions of the authority that a matter is of."""
        return self.by_authority.get(matter.authority, ())


def decided(library: Library, contents: Contents) -> Decided:
    """Read the register."""
    every = library.decisions(Filters(), merge=False)
    taken = {one.id: matters.of_decision(one) for one in every}
    by_authority: dict[str, list[StoredDecision]] = defaultdict(list)
    for one in every:
        by_authority[taken[one.id].authority].append(one)
    references = {id: matter.references for id, matter in taken.items()}
    by_id = {one.id: one for one in every}
    return Decided(every, by_id, taken, references, links.pairs(every, contents.sections), by_authority)
