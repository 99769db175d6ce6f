"""What was searched, in words: how many papers, of which boards, from when to when."""

from __future__ import annotations

from indexer.records import Facets, Filters, Totals
from indexer.text import dates
from search.bounds import BOUNDS


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
