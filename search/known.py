"""What parsing needs of an archive by name, and what is said of what was searched."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.records import Filters
from search import scope
from search.library import Library


@dataclass(frozen=True, slots=True)
class Known:
    """What parsing needs of the archive, and what is said of what was searched."""

    acronyms: tuple[tuple[str, str, int], ...]
    boards: tuple[str, ...]
    authorities: tuple[str, ...]
    searched: str


def known(library: Library, authorities: tuple[str, ...]) -> Known:
    """Read what the archive, or its part of some authorities, holds by name; of no authorities, all of it."""
    whole = library.facets(Filters())
    facets = library.facets(Filters(authorities)) if authorities else whole
    return Known(
        tuple(library.acronyms(authorities)),
        tuple(facets.boards),
        # A question may name another council than those that it is put to.
        tuple(whole.authorities),
        scope.whole(library.totals(), whole),
    )
