"""What a front sheet says: its numbered items, and of which day the minutes put up for approval are; equal titles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indexer.text import dates
from indexer.text.words import DIGITS, words

_LINE = re.compile(
    r"(?:item\s+)?(?P<number>\d{1,2}(?:\.\d{1,2}|[a-z])?)[.):]?\s+(?P<title>[A-Z0-9“‘(].*)", re.IGNORECASE
)
# The pages an item's papers are on: "11 - 48", or what a line break left of it.
_PAGES = re.compile(r"(?<!\s)\s+(?:(?:\(?pages?\s*)?\d{1,3}(?:\s*[-–]\s*(?:\d{1,3})?)?\)?|pages?)$", re.IGNORECASE)
_PREVIOUS = re.compile(
    r"minutes\b(?:(?!\bminutes\b).){0,90}?(?:meeting|held|minutes|of"
    r"|dated)\s*(?:held )?(?:on )?(?:the )?(?:\w+day,? )?$",
    re.IGNORECASE | re.DOTALL,
)
# Words that say nothing of what an item is about.
_EMPTY = frozenset(["the", "of", "and", "for", "to", "a", "in", "on", "report", "update", "item"])
# Share of an agenda item's words that a report's title must have to be the same matter.
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of the agenda, with its printed number."""

    number: str
    title: str


def agenda_items(lines: Iterable[str]) -> tuple[AgendaItem, ...]:
    """Return the numbered items of a front sheet, in order; numbers rise from 1."""
    items: list[AgendaItem] = []
    for line in lines:
        match = _LINE.fullmatch(" ".join(line.split()))
        if not match:
            continue
        number = int(DIGITS.findall(match["number"])[0])
        last = int(DIGITS.findall(items[-1].number)[0]) if items else 0
        if last <= number <= last + 3:
            items.append(AgendaItem(match["number"], _PAGES.sub("", match["title"])))
    return tuple(items)


def previous_minutes(lines: Iterable[str]) -> date | None:
    """Return the day of the meeting whose minutes the agenda puts up for approval, or None."""
    for line in lines:
        for start, _, day in dates.find(line):
            if _PREVIOUS.search(line[max(0, start - 160) : start].rstrip() + " "):
                return day
    return None


def same_title(one: str, other: str) -> bool:
    """Say whether two titles name the same matter: most of the longer one's significant words are in the other."""
    first, second = _significant(one), _significant(other)
    if not first or not second or len(one) > 300:
        return False
    if first == second:
        return True
    common = len(first & second)
    return common >= 2 and common >= _ALIKE * max(len(first), len(second))


def _significant(title: str) -> frozenset[str]:
    return frozenset(words(title)) - _EMPTY
