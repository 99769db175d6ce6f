"""Everything that the register holds for a question: meeting by meeting in agenda order, counted, with what is missing.

A question without a matter of its own ("What was agreed on 30 January 2025?") is not answered by ranking: what ranks
high is then chance, and what ranks low is missing from the answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.records import Filters, Meeting, Outcome, Paper, PassageKind, Span, StoredDecision
from indexer.text import dates
from indexer.text.words import words
from search import cite
from search.bounds import BOUNDS
from search.contents import Contents
from search.library import Library
from search.question import asked_days
from search.register import held
from search.register.head import Head, of_decision, vote
from search.register.wish import Wish, within
from search.results import first_words


@dataclass(frozen=True, slots=True)
class Row:
    """Where a row of the register is printed."""

    paper: Paper
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """What the register answers with.

    ``decisions`` are all that were asked for, the latest meeting first, those of one meeting in agenda order, each
    once; ``heads`` their head lines; ``counted`` says in words how many there are of which outcome and how many votes
    and meetings; ``lacking`` in whole sentences which minutes are not held.
    """

    decisions: tuple[StoredDecision, ...]
    heads: tuple[Head, ...]
    counted: str
    lacking: tuple[str, ...]

    @property
    def rows(self) -> list[Row]:
        """Where the decisions are printed."""
        return [Row(one.paper, one.decision.spans) for one in self.decisions]

    @property
    def beginnings(self) -> list[str]:
        """The first words of each decision: those of one item have one head line between them."""
        whole = (" ".join(one.decision.text.split()) for one in self.decisions)
        cut = ((text, first_words(text, BOUNDS.listed_words)) for text in whole)
        return [begun if begun == text else f"{begun} …" for text, begun in cut]

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        rows = [
            {"words": one.decision.text, **head.to_json()} for one, head in zip(self.decisions, self.heads, strict=True)
        ]
        return {"total": len(rows), "counted": self.counted, "decisions": rows, "not_held": list(self.lacking)}


def listed(wish: Wish, filters: Filters, library: Library, contents: Contents) -> Listed:
    """List what is asked for.

    Args:
        wish: bodies, days and outcomes.
        filters: what the reader filtered by as well.
        library: the archive.
        contents: sections and page numbers of its papers.
    """
    kind: PassageKind = "recommendation" if wish.recommendations else "resolution"
    if wish.unknown:
        return Listed((), (), _counted([]), (f"The archive knows no body called “{wish.unknown}”.",))
    if filters.kinds and kind not in filters.kinds:
        return Listed((), (), _counted([]), ())
    narrowed = Filters(
        filters.authorities, filters.boards, (kind,), filters.date_from, filters.date_to, filters.papers
    )  # fmt: skip
    rows = [
        row
        for row in library.decisions(narrowed)
        if held.concerns(wish, row.decision.meeting) and within(wish, row.decision.meeting.date)
    ]
    lacking = [one for one in held.missing(wish, library) if passes(filters, one)]
    if wish.last:
        latest = max((day for row in rows if (day := row.decision.meeting.date)), default=None)
        rows = [row for row in rows if row.decision.meeting.date == latest]
        lacking = [one for one in lacking if latest is None or (one.date and one.date > latest)]
    if wish.outcomes:
        rows = [row for row in rows if row.decision.outcome in wish.outcomes]
    told = (
        held.told(lacking)
        if rows
        else (
            none(wish, "recommendation" if kind == "recommendation" else "decision"),
            *(held.told(lacking) or held.around(wish, library)),
        )
    )
    return of_rows(sorted(_once(rows), key=_order), told, library, contents)


def none(wish: Wish, what: str, is_held: str = "is held") -> str:
    """Say that the register holds no ``what`` ("decision") as asked for, with its bodies, days and outcomes."""
    named = " or ".join(wish.boards or wish.authorities)
    days = " or ".join(map(asked_days.within, wish.periods))
    outcomes = " or ".join(sorted(wish.outcomes))
    parts = (
        f" of {named}" if named else "",
        f" {days}" if days else "",
        f" recorded as {outcomes}" if outcomes else "",
    )
    return f"No {what}{''.join(parts)} {is_held}."


def of_rows(rows: Sequence[StoredDecision], lacking: tuple[str, ...], library: Library, contents: Contents) -> Listed:
    """List decisions as they are given, each with its head line."""
    heads = tuple(of_decision(row, library, contents) for row in rows)
    return Listed(tuple(rows), heads, _counted(rows), lacking)


def passes(filters: Filters, meeting: Meeting) -> bool:
    """Whether a meeting passes what a reader filtered by."""
    day = meeting.date
    return (
        (not filters.authorities or meeting.authority in filters.authorities)
        and (not filters.boards or meeting.board in filters.boards)
        and not (filters.date_from and (day is None or day < filters.date_from))
        and not (filters.date_to and (day is None or day > filters.date_to))
    )


def _once(rows: Iterable[StoredDecision]) -> list[StoredDecision]:
    """Keep one of what several papers print of one meeting: the same words under the same item."""
    kept: dict[tuple[object, ...], StoredDecision] = {}
    for row in rows:
        meeting = row.decision.meeting
        key = (meeting.authority, meeting.board, meeting.date, row.decision.item, tuple(words(row.decision.text)))
        kept.setdefault(key, row)
    return list(kept.values())


def _order(row: StoredDecision) -> tuple[object, ...]:
    """Order the latest meeting first, and within a meeting as the minutes print it."""
    meeting, spans = row.decision.meeting, row.decision.spans
    day = -meeting.date.toordinal() if meeting.date else 0
    place = (spans[0].page, spans[0].start) if spans else (0, 0)
    return (day, meeting.authority, meeting.board, row.paper.path, *place, row.decision.ordinal)


_WORD: dict[Outcome, str] = {"lost": "lost", "withdrawn": "withdrawn", "deferred": "deferred", "referred": "referred"}


def _counted(rows: Sequence[StoredDecision]) -> str:
    """Count in words: ``6 decisions of 1 meeting (9 January 2025), 1 of them deferred, 2 by a vote``."""
    if not rows:
        return "No decisions"
    what = "recommendation" if rows[0].decision.recommendation else "decision"
    meetings = list(dict.fromkeys((cite.body(row.decision.meeting), row.decision.meeting.date) for row in rows))
    said = f"{_number(len(rows), what)} of {_number(len(meetings), 'meeting')}"
    if len(meetings) == 1 and meetings[0][1]:
        said += f" ({dates.written(meetings[0][1])})"
    outcomes = Counter(row.decision.outcome for row in rows if row.decision.outcome in _WORD)
    parts = [f"{count} {_WORD[outcome]}" for outcome, count in outcomes.most_common()]
    voted = sum(bool(vote(row)) for row in rows)
    parts += [f"{voted} with a recorded vote"] if voted else []
    return said + (f", {', '.join(parts)}" if parts else "")


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
