"""Words for what the archive counts and names, in one place, so that every page says the same."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.records import LedgerStatus, Outcome, PassageKind, StoredDecision
from indexer.text import dates
from search.register.head import MINUTES

KIND: Mapping[PassageKind, str] = {
    "resolution": "Decision",
    "recommendation": "Recommendation",
    "minute": "Minutes",
    "report": "Report",
    "table": "Table",
    "agenda": "Agenda",
    "other": "Other",
}

OUTCOME: Mapping[Outcome, str] = {
    "resolved": "Resolved",
    "agreed": "Agreed",
    "approved": "Approved",
    "noted": "Noted",
    "recommended": "Recommended",
    "deferred": "Deferred",
    "referred": "Referred",
    "lost": "Lost",
    "withdrawn": "Withdrawn",
}

LEDGER: Mapping[LedgerStatus, str] = {
    "indexed": "Can be searched",
    "partly read": "Read in part",
    "withheld": "Withheld (may be exempt)",
    "withdrawn": "Withdrawn",
    "unreadable": "Could not be read",
    "duplicate": "Same as another paper",
    "gone": "No longer in the folder",
}

NOT_FOUND = "Not found in these papers."


def minutes(row: StoredDecision) -> str:
    """Say whether the minutes that print a decision are confirmed, and on which day."""
    return f"Minutes confirmed on {dates.written(row.confirmed_by)}" if row.confirmed_by else MINUTES[row.status]


def nothing(what: str, *, narrowed: bool) -> str:
    """Say that a list is empty: the view is ``narrowed`` to what none fits, or the papers hold none."""
    tried = f"No {what} matches. Try other words, a wider span of dates, or fewer filters."
    return tried if narrowed else f"No {what} was found in these papers."


def counted(number: int, one: str, many: str = "") -> str:
    """Say a number with its noun: ``1 passage``, ``1,204 passages``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(numbers: tuple[int, ...], most: int = 12) -> str:
    """Write numbers with runs joined: ``1–3, 7``, cut after ``most`` runs."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    return ", ".join([*said[:most], *(["…"] if len(said) > most else [])])
