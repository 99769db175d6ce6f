"""Decisions that are looked for by words, reference, item, outcome, vote, or by who moved or seconded them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from indexer.records import Outcome, StoredDecision
from indexer.text import names
from indexer.text.words import fold
from search.history import matters

_ITEM = re.compile(r"\b(?:minute|item)\s+(?:no\.?\s*)?(?P<number>\d[\w./]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; what is empty limits nothing.

    ``words`` must all occur in the decision, its heading, or the names of who moved and seconded it; a reference among
    them ("24/00109") is looked for in the file's name too, and "minute 46" or "item 5" is the item's number.
    """

    words: str = ""
    mover: str = ""
    seconder: str = ""
    voted: bool = False
    outcome: Outcome | None = None


def matching(rows: Iterable[StoredDecision], sought: Sought) -> list[StoredDecision]:
    """Choose the decisions that are looked for, in the order given."""
    numbers = {match["number"].casefold() for match in _ITEM.finditer(sought.words)}
    references = matters.references(sought.words)
    rest = _ITEM.sub(" ", sought.words)
    words = [word for word in fold(rest).casefold().split() if not matters.references(word.upper())]
    return [
        row
        for row in rows
        if (not numbers or row.decision.item.casefold().strip(".") in numbers)
        and (not sought.voted or row.decision.votes is not None)
        and (sought.outcome is None or row.decision.outcome == sought.outcome)
        and _is(sought.mover, row.decision.mover)
        and _is(sought.seconder, row.decision.seconder)
        and (not references or references <= _references(row))
        and (not words or _holds(row, words))
    ]


def latest_first(row: StoredDecision) -> tuple[date, int]:
    """Order decisions of one meeting as printed, for a list that is sorted with the latest first."""
    return row.decision.meeting.date or date.min, -row.decision.ordinal


def _holds(row: StoredDecision, words: Iterable[str]) -> bool:
    decision = row.decision
    said = fold(f"{decision.item} {decision.title} {decision.text} {decision.mover} {decision.seconder}").casefold()
    return all(word in said for word in words)


def _references(row: StoredDecision) -> frozenset[str]:
    decision = row.decision
    named = matters.named(row.paper, decision.title).references | matters.references(PurePath(row.paper.path).name)
    return named | matters.references(decision.text)


def _is(name: str, printed: str) -> bool:
    """Whether a printed name can be the one that is looked for, with or without title and initials."""
    if not name:
        return True
    part, other = names.name(name), names.name(printed)
    return part is not None and other is not None and names.agree(part, other)
