"""The head of the answer card: the outcome, the body and the date in words, and the vote. Nothing of Streamlit here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from indexer.records import Filters, Meeting, Outcome, Span, StoredDecision
from indexer.text import dates
from search import cite
from search.history import matters
from search.results import Answered, Hit
from search.views.render import browse, wording

Decisions = Callable[[Filters], Sequence[StoredDecision]]

_BY: Mapping[Outcome, str] = {
    "resolved": "Resolved by",
    "agreed": "Agreed by",
    "approved": "Approved by",
    "noted": "Noted by",
    "recommended": "Recommended by",
    "deferred": "Deferred by",
    "referred": "Referred by",
    "lost": "Put to the vote and lost at",
    "withdrawn": "Withdrawn at",
}


@dataclass(frozen=True, slots=True)
class Card:
    """What stands above the quotations: ``headline`` and ``detail`` in words, ``thread`` the address of what followed.

    Each is "" where it is not known.
    """

    headline: str = ""
    detail: str = ""
    thread: str = ""


def card(answered: Answered, decisions: Decisions) -> Card:
    """Say who decided what and when, if the answer's first quotation is a decision.

    Args:
        answered: what the engine gave.
        decisions: fetches the register.
    """
    by_rank = {hit.rank: hit for hit in answered.hits}
    first = next((by_rank[sentence.hit] for sentence in answered.answer[:1]), None)
    if first is None or first.stored.passage.kind != "resolution":
        return Card()
    found = decided(first, decisions)
    headline = _headline(first, found)
    earlier = _earlier(answered, first.stored.section.meeting)
    if headline and earlier:
        headline += f", and also on {earlier}"
    if found is None:
        return Card(headline)
    return Card(headline, _detail(found), browse.thread(matters.decision_handle(found)))


def decided(hit: Hit, decisions: Decisions) -> StoredDecision | None:
    """Find the decision of the register that a passage holds, the one that shares most of its text."""
    paper, spans = hit.stored.paper, hit.stored.passage.spans
    own = [row for row in decisions(Filters(papers=(paper.id,))) if not row.decision.recommendation]
    shared = [(_shared(row.decision.spans, spans), row) for row in own]
    most = max((length for length, _ in shared), default=0)
    return next((row for length, row in shared if length == most), None) if most else None


def _headline(hit: Hit, found: StoredDecision | None) -> str:
    meeting = hit.stored.section.meeting
    who = cite.body(meeting) or cite.body(hit.stored.paper.meeting)
    when = f" on {dates.written(meeting.date)}" if meeting.date else ""
    verb = _BY[found.decision.outcome] if found else "Decided by"
    if who:
        return f"{verb} {who}{when}"
    return f"{verb.rsplit(' ', 1)[0]}{when}" if when else ""


def _detail(row: StoredDecision) -> str:
    votes = row.decision.votes
    counted = f"{votes.for_} for, {votes.against} against, {votes.abstain} abstained. " if votes else ""
    confirmed = f" on {dates.written(row.confirmed_by)}" if row.confirmed_by else ""
    return f"{counted}{wording.MINUTES[row.status]}{confirmed}."


def _earlier(answered: Answered, latest: Meeting) -> str:
    """Name the other meetings whose resolutions are quoted, the latest of them first."""
    by_rank = {hit.rank: hit.stored for hit in answered.hits}
    quoted = [by_rank[sentence.hit] for sentence in answered.answer if sentence.hit in by_rank]
    days = {one.section.meeting.date for one in quoted if one.passage.kind == "resolution"} - {latest.date, None}
    return " and ".join(dates.written(day) for day in sorted(filter(None, days), reverse=True))


def _shared(some: Sequence[Span], others: Sequence[Span]) -> int:
    """Count the characters that two runs of spans have in common."""
    return sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one in some
        for other in others
        if one.page == other.page
    )
