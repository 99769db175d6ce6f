"""What is still to be done: the actions of the register, for a question that asks for them.

The papers rarely say which of them are done; `search.history.actions` finds where a later meeting took one up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer.records import Filters, Meeting
from indexer.text import dates
from indexer.text.words import fold, words
from search.history import actions
from search.history.actions import Followed, State
from search.library import Library
from search.question import matter
from search.question.query import Query
from search.register import held, listing, wish
from search.register.listing import Row
from search.register.wish import Wish, within

_OPEN = re.compile(
    r"\b(?:(?:still )?(?:outstanding|unfinished)|still (?:open|due|to (?:be )?do(?:ne)?)"
    r"|not (?:yet )?(?:been )?(?:done|completed|dealt with))\b",
    re.IGNORECASE,
)
_ACTIONS = re.compile(r"\b(?:action(?:s| points?| log)|undertakings)\b", re.IGNORECASE)
_LISTS = re.compile(r"\W{0,3}(?:what|which|list|show|any(?:thing)?)\b", re.IGNORECASE)
_LEFT: tuple[State, ...] = ("open", "nothing later held")
_SAID: dict[State, str] = {
    "open": "on which no later decision is held",
    "found": "taken up at a later meeting",
    "nothing later held": "of a last meeting held, so what became of it is not known",
}


@dataclass(frozen=True, slots=True)
class ActionQuestion:
    """The actions that a question asks for: their meetings, words in them, and whether only those left."""

    of: Wish
    about: tuple[str, ...]
    left: bool


@dataclass(frozen=True, slots=True)
class Outstanding:
    """The actions, the latest meeting first, and in words how many they are; ``told`` says which minutes have none."""

    actions: tuple[Followed, ...]
    told: str = ""

    @property
    def rows(self) -> list[Row]:
        """Where they are printed."""
        return [Row(one.stored.paper, one.stored.action.spans) for one in self.actions]

    @property
    def counted(self) -> str:
        """Count them: ``3 actions: 2 on which no later decision is held, 1 taken up at a later meeting``."""
        if not self.actions:
            return self.told
        number = len(self.actions)
        states = Counter(one.state for one in self.actions)
        parts = ", ".join(f"{states[state]} {said}" for state, said in _SAID.items() if states[state])
        return f"{self.told}{number:,} action{'' if number == 1 else 's'}: {parts}"

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        rows = [actions.to_json(one) for one in self.actions]
        return {"total": len(rows), "counted": self.counted, "actions": rows}


def action_question(query: Query) -> ActionQuestion | None:
    """Take a question as one for actions; None where it asks for something else."""
    left = _OPEN.search(query.text) is not None
    if not (_LISTS.match(query.text) and (left or _ACTIONS.search(query.text))):
        return None
    # What arose "from March 2019" arose then, and not since.
    of = wish.of(replace(query, text=re.sub(r"\bfrom\b", "of", query.text, flags=re.IGNORECASE)))
    return ActionQuestion(of, tuple(matter.words_of(query, _OPEN, _ACTIONS)), left)


def outstanding(query: Query, filters: Filters, library: Library) -> Outstanding | None:
    """List the actions that a question asks for, or say that minutes have none.

    None where it asks for no actions, and where it asks for those on a matter on which there are none.

    Args:
        query: the question, taken apart.
        filters: what the reader filtered by.
        library: the archive.
    """
    question = action_question(query)
    if question is None:
        return None
    every = [
        one
        for one in actions.actions(library, filters)
        if _is_of(question.of, one.stored.section.meeting) and set(question.about) <= _said(one)
    ]
    rows = tuple(one for one in every if not question.left or one.state in _LEFT)
    if question.of.last:
        minuted = [one.section.meeting for one in library.stretches(("minutes",), filters)]
        days = [one.date for one in minuted if one.date and _is_of(question.of, one)]
        last = [one for one in minuted if days and one.date == max(days) and _is_of(question.of, one)]
        return _last(last, every, rows) if last and not question.about else None
    of = question.of
    if rows or question.about or not (of.boards or of.authorities or of.periods):
        return Outstanding(rows) if rows else None
    told = (listing.none(of, "open action" if every else "action", "was found"), *held.around(of, library))
    return Outstanding((), " ".join(told).rstrip("."))


def _last(meetings: Sequence[Meeting], every: Sequence[Followed], rows: Sequence[Followed]) -> Outstanding:
    """Give what is asked for of the last meeting with minutes, or say that they have none, and who had some last."""
    own = tuple(one for one in rows if one.stored.section.meeting.date == meetings[0].date)
    if own:
        return Outstanding(own)
    none = (
        "no action that is still open" if any(one.stored.section.meeting in meetings for one in every) else "no action"
    )
    named = " and ".join(dict.fromkeys(map(held.named, meetings)))
    told = f"In the last minutes held, those of {named}, {none} was found"
    days = [day for one in rows if (day := one.stored.section.meeting.date)]
    if not days:
        return Outstanding((), told)
    before = tuple(one for one in rows if one.stored.section.meeting.date == max(days))
    return Outstanding(before, f"{told}; the last with some are those of {dates.written(max(days))}. ")


def _is_of(of: Wish, meeting: Meeting) -> bool:
    return held.concerns(of, meeting) and within(of, meeting.date)


def _said(one: Followed) -> set[str]:
    action, section = one.stored.action, one.stored.section
    return set(_plain((action.text, action.owner, section.title)))


def _plain(texts: Sequence[str]) -> list[str]:
    return words(fold(" ".join(texts)))
