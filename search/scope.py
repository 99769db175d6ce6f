"""What an archive holds by name, and what of it was searched, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.records import Facets, Filters, Totals
from indexer.text import dates
from search.bounds import BOUNDS
from search.library import Library


def whole(totals: Totals, facets: Facets) -> str:
    """Say what the whole archive holds to search: ``2 papers, 9 pages of Cabinet, 28 January 2014 to 16 May 2024``."""
    held = f"{totals.papers:,} papers, {totals.pages:,} pages{_boards(list(facets.boards))}"
    if totals.earliest and totals.latest:
        first, last = dates.written(totals.earliest), dates.written(totals.latest)
        held += f", {first}" if first == last else f", {first} to {last}"
    return held


def part(filters: Filters, facets: Facets) -> str:
    """Say what filters left to search: ``120 passages of Cabinet, 2019 to 2021, as filtered``.

    Args:
        filters: as they were set.
        facets: of what passes them.
    """
    held = f"{sum(facets.kinds.values()):,} passages{_boards(list(facets.boards))}"
    first, last = filters.date_from, filters.date_to
    if first or last:
        ends = (f"from {dates.written(first)}" if first else "", f"to {dates.written(last)}" if last else "")
        held += ", " + " ".join(end for end in ends if end)
    elif facets.years:
        years = sorted(facets.years)
        held += f", {years[0]}" if years[0] == years[-1] else f", {years[0]} to {years[-1]}"
    return f"{held}, as filtered"


def _boards(names: list[str]) -> str:
    named = [name for name in names if name]
    if not named:
        return ""
    if len(named) > BOUNDS.boards_named:
        return f" of {len(named):,} boards"
    return " of " + (" and ".join(named) if len(named) < 3 else ", ".join(named[:-1]) + f" and {named[-1]}")


@dataclass(frozen=True, slots=True)
class Known:
    """What parsing needs of the archive, or of its part ``of`` some authorities, and how to say what was searched."""

    of: tuple[str, ...]
    acronyms: tuple[tuple[str, str, int], ...]
    boards: tuple[str, ...]
    authorities: tuple[str, ...]
    searched: str
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def known(library: Library, authorities: tuple[str, ...]) -> Known:
    """Read what the archive, or its part of some authorities, holds by name; of no authorities, all of it."""
    every = library.facets(Filters())
    facets = library.facets(Filters(authorities)) if authorities else every
    return Known(
        authorities,
        tuple(library.acronyms(authorities)),
        tuple(facets.boards),
        # A question may name another council than those that it is put to.
        tuple(every.authorities),
        whole(library.totals(), every),
        every.also,
    )
