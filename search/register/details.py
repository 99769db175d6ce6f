"""Who moved a decision and how the vote went: from the decision on the matter that prints it."""

from __future__ import annotations

from dataclasses import replace

from indexer.records import Filters, StoredDecision
from search.contents import Contents
from search.library import Library
from search.register import listing, printed, wish
from search.register.head import decided
from search.results import Answered, Hit
from search.settings import FIRST


def with_detail(
    wanted: wish.Detail, answered: Answered, limit: int, library: Library, contents: Contents
) -> Answered | None:
    """Put the decision first that prints the vote or the mover asked for; None where none does.

    Args:
        wanted: which of the two.
        answered: the answer to what was decided.
        limit: most hits.
        library: the archive.
        contents: sections and page numbers of its papers.
    """
    if answered.status != "answered":
        return None
    of_items = (_on_item(hit, wanted, library) for hit in answered.hits[:FIRST])
    rows = next((rows for rows in of_items if rows), ())
    if not rows:
        return None
    told = listing.of_rows(rows, (), library, contents)
    own, homes = printed.hits(told.rows, limit, library, contents)
    first = {hit.stored.id for hit in own}
    rest = [hit for hit in answered.hits if hit.stored.id not in first]
    hits = [*own, *(replace(hit, rank=len(own) + number) for number, hit in enumerate(rest, 1))][:limit]
    answer = printed.quoted(told.rows, homes, hits, contents)
    return replace(answered, hits=tuple(hits), answer=answer, head=told.heads[0]) if answer else None


def _on_item(hit: Hit, wanted: wish.Detail, library: Library) -> tuple[StoredDecision, ...]:
    """Find the decision that prints what is wanted: the one that a hit holds, else the only one on its item."""
    stored = hit.stored
    register = [
        row
        for row in library.decisions(Filters(papers=(stored.paper.id,), kinds=("resolution",)))
        if (row.decision.votes if wanted == "vote" else row.decision.mover or row.decision.seconder)
    ]
    own = decided(stored, register)
    if own is not None:
        return (own,)
    rows = tuple(row for row in register if row.decision.section == stored.section.ordinal)
    return rows if len(rows) == 1 else ()
