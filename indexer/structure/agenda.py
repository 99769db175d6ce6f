"""What a front sheet says: its items, and of which meeting the minutes in the pack are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.heads.headings import clean_title
from indexer.layout.blocks import Placed
from indexer.records import Meeting
from indexer.text import agenda, dates
from indexer.text.agenda import AgendaItem

_PREVIOUS = re.compile(
    r"minutes\b(?:(?!\bminutes\b).){0,90}?(?:meeting|held|minutes|of"
    r"|dated)\s*(?:held )?(?:on )?(?:the )?(?:\w+day,? )?$",
    re.IGNORECASE | re.DOTALL,
)


def agenda_items(blocks: Sequence[Placed]) -> tuple[AgendaItem, ...]:
    """Return the numbered items of a front sheet, in order."""
    items = agenda.agenda_items(block.text for block in blocks)
    return tuple(AgendaItem(item.number, clean_title(item.title)) for item in items)


def previous_minutes(blocks: Sequence[Placed]) -> Meeting | None:
    """Return the meeting whose minutes the agenda puts up for approval, or None."""
    for block in blocks:
        for start, _, day in dates.find(block.text):
            if _PREVIOUS.search(block.text[max(0, start - 160) : start].rstrip() + " "):
                return Meeting(date=day)
    return None
