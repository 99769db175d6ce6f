"""The minutes of one meeting, worked out once for every caller: labels, items, and the days on which it sat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from indexer.labelling.marks import Marked, marked
from indexer.layout.blocks import Placed, placed
from indexer.records import Page, Section, chain
from indexer.structure.items import Item, items
from indexer.text import dates
from indexer.text.words import listed, words

_AGAIN = re.compile(
    r"(?<!\bbe )(?<!\bto )\b(?:re-?convened|re-?assembled|resumed)\b"
    r"|\badjourned (?:\w+ ){0,3}(?:meeting|session|sitting)\b|\bcontinuation of\b",
    re.IGNORECASE,
)
_SIGNS = ("convened", "assembled", "resumed", "adjourned", "continuation")  # what it says has one of these
_MEETING = listed("meeting session sitting committee council board cabinet panel executive members")
_NEXT_DAY = re.compile(r"\b(?:following|next) (?:day|morning|evening)\b", re.IGNORECASE)
# At most this many days later: a body holds its next meeting before that.
_LATEST = timedelta(120)
# The most words of a heading; its day may be in the next line.
_HEADING_WORDS = 8
# The most words before a heading's title: "Item 12 (a)".
_NUMBER_WORDS = 3


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
        mark = marks[item.start]
        runs_in = len(mark.unit.text.split()) > len(item.title.split()) + _NUMBER_WORDS
        if mark.label != "item" and not (runs_in and mark.label == "decision"):  # "4. MINUTES The Council approved ..."
            marks[item.start] = replace(mark, label="item")
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
        own = [one.spans for one in sections if section in chain(one, by_ordinal)]
        starts = [(span.page, span.start) for spans in own for span in spans]
        ends = [(span.page, span.end) for spans in own for span in spans]
        first, last = min(starts), max(ends)
        inside = tuple(one for one in blocks if first <= (one.page, one.start) and (one.page, one.end) <= last)
        stretches.append((section, minutes(inside)))
    return tuple(stretches)


def sittings(told: Minutes, held: date | None) -> Iterator[tuple[int, date]]:
    """Yield where minutes say that the meeting sat again on another day, as the index of the unit, and which day.

    Args:
        told: the minutes; what is said before their first item is of the meeting as a whole.
        held: the day that they are of.
    """
    first = told.items[0].start if told.items else len(told.marks)
    for at in range(first, len(told.marks) if held else 0):
        text = _said(told.marks, at)
        if held and text and (day := _day(text, held)) and held < day <= held + _LATEST:
            held = day
            yield at, day


def _said(marks: tuple[Marked, ...], at: int) -> str:
    """What a unit says of sitting again, with the line after it where it is a heading; "" if it says nothing of it."""
    text = marks[at].unit.text
    low = text.lower()
    again = _AGAIN.search(text) if any(sign in low for sign in _SIGNS) else None
    if not again or marks[at].label in ("decision", "decision+") or _MEETING.isdisjoint(words(text)):
        return ""
    short = len(text.split()) <= _HEADING_WORDS and at + 1 < len(marks)
    return f"{text[again.start() :]} {marks[at + 1].unit.text}" if short else text


def _day(text: str, held: date) -> date | None:
    """The first day after the one before it that a text names; a year that it does not print is that of the meeting."""
    full = [day for _, _, day in dates.find(text)]
    short = [dates.of(year, *said) for said in dates.yearless(text) for year in (held.year, held.year + 1)]
    following = held + timedelta(1) if _NEXT_DAY.search(text) else None
    return next((day for day in (*full, *short, following) if day and day > held), None)
