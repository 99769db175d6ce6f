"""The minutes of one meeting with their labels and items, made once for all who ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.labelling.marks import Marked, marked
from indexer.layout.blocks import Placed, placed
from indexer.records import Page, Section
from indexer.structure.items import Item, items


@dataclass(frozen=True, slots=True)
class Minutes:
    """A stretch of blocks that are minutes: ``marks`` are their units with labels, ``items`` their headings."""

    blocks: tuple[Placed, ...]
    marks: tuple[Marked, ...]
    items: tuple[Item, ...]


@lru_cache(maxsize=8)
def minutes(blocks: tuple[Placed, ...]) -> Minutes:
    """Label the minutes of one meeting; ``blocks`` are as `placed` gives them."""
    marks = list(marked(blocks))
    headings = items(blocks, marks)
    for item in headings:  # also those found by the sequence of numbers
        if marks[item.start].label != "item":
            marks[item.start] = replace(marks[item.start], label="item")
    return Minutes(blocks, tuple(marks), headings)


def minuted(pages: Sequence[Page], sections: Sequence[Section]) -> tuple[tuple[Section, Minutes], ...]:
    """Return the minutes in a paper, each with the section that holds it.

    Args:
        pages: the paper's pages.
        sections: its section tree; `Minutes` can be made again from it at any time.
    """
    outer = [section for section in sections if section.kind == "minutes" and section.spans]
    if not outer:
        return ()
    by_ordinal = {section.ordinal: section for section in sections}
    blocks = placed(pages)
    stretches: list[tuple[Section, Minutes]] = []
    for section in outer:
        own = [one.spans for one in sections if _within(one, section.ordinal, by_ordinal)]
        starts = [(span.page, span.start) for spans in own for span in spans]
        ends = [(span.page, span.end) for spans in own for span in spans]
        first, last = min(starts), max(ends)
        inside = tuple(one for one in blocks if first <= (one.page, one.start) and (one.page, one.end) <= last)
        stretches.append((section, minutes(inside)))
    return tuple(stretches)


def _within(section: Section, ordinal: int, sections: dict[int, Section]) -> bool:
    at: Section | None = section
    while at is not None:
        if at.ordinal == ordinal:
            return True
        at = None if at.parent is None else sections[at.parent]
    return False
