"""Which bodies have something on a matter: at how many meetings, from when to when, and where only a title names it.

Where bodies are asked for or compared, this is the answer, and quotations follow it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer.records import Meeting
from indexer.text import dates
from search import cite


@dataclass(frozen=True, slots=True)
class Having:
    """What one body has: its ``days`` of meetings, and at how many of them the matter is only named (``agenda``).

    ``meeting`` is one of them, for its body; ``papers`` counts the papers of no known day.
    """

    body: str
    meeting: Meeting
    days: tuple[date, ...]
    agenda: int = 0
    papers: int = 0

    @property
    def said(self) -> str:
        """Say it in words: ``Cabinet (Ashshire Council): 3 meetings, 4 May 2031 to 6 July 2033``."""
        first, *_, last = map(dates.written, (*self.days[:1], *self.days[-1:])) if self.days else ("", "")
        meetings = f"{number(len(self.days), 'meeting')}, {first}{f' to {last}' if first != last else ''}"
        only = (
            f"{'' if self.agenda == len(self.days) else f'{self.agenda:,} '}only on an agenda, in a title or in a list"
        )
        undated = f"{number(self.papers, 'paper')} without a date"
        parts = ((meetings, len(self.days)), (only, self.agenda), (undated, self.papers))
        return f"{self.body}: {', '.join(said for said, count in parts if count)}"

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        ends = (day.isoformat() for day in (self.days[0], self.days[-1])) if self.days else (None, None)
        first, last = ends
        return {
            "body": self.body, "meetings": len(self.days), "first": first, "last": last,
            "on_agenda_only": self.agenda, "undated_papers": self.papers,
        }  # fmt: skip


def having(every: Iterable[tuple[Meeting, str, bool]]) -> tuple[Having, ...]:
    """Count by body, that with most meetings first.

    Args:
        every: meetings with something on the matter, each with the id of a paper that has it and whether no more
            than an agenda or title names it; a meeting may come several times.
    """
    days: dict[str, dict[date, bool]] = defaultdict(dict)
    papers: dict[str, set[str]] = defaultdict(set)
    of: dict[str, Meeting] = {}
    for meeting, paper, agenda in every:
        body = cite.body(meeting)
        of[body] = meeting
        if body and meeting.date:
            days[body][meeting.date] = agenda and days[body].get(meeting.date, True)
        elif body:
            papers[body].add(paper)
    made = [
        Having(body, of[body], tuple(sorted(days[body])), sum(days[body].values()), len(papers[body]))
        for body in {**days, **papers}
    ]
    return tuple(sorted(made, key=lambda one: (-len(one.days), -one.papers, one.body)))


def number(count: int, what: str, several: str = "") -> str:
    """Say how many: "1 body", "2 bodies"."""
    return f"{count:,} {what if count == 1 else several or f'{what}s'}"
