"""Decisions that are close in meaning to a text, whatever words they are put in.

Apart from the page that shows them, as pages hold no logic.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.records import Filters, StoredDecision
from search.register.head import decided
from search.results import Answered
from search.settings import HISTORY

if TYPE_CHECKING:
    from search.engine import Engine


@dataclass(frozen=True, slots=True)
class Close:
    """Decisions close in meaning, the closest first, and the answer that they were found by."""

    decisions: tuple[StoredDecision, ...]
    answered: Answered


def close(engine: Engine, text: str, filters: Filters) -> Close:
    """Find decisions close in meaning; none where the archive does not seem to hold any.

    Args:
        engine: the archive with its model.
        text: what is looked for.
        filters: which meetings' decisions.

    Raises:
        BadArguments: the text is empty or too long.
        ArchiveMismatch: another model's archive took this one's place.
    """
    answered = engine.ask(text, replace(filters, kinds=("resolution",)), HISTORY.close_passages)
    rows: dict[int, StoredDecision] = {}
    for hit in answered.hits if answered.status == "answered" else ():
        stored = hit.stored
        own = engine.library.decisions(Filters(papers=(stored.paper.id,), kinds=("resolution",)))
        if row := decided(stored, own):
            rows.setdefault(row.id, row)
    return Close(tuple(rows.values()), answered)
