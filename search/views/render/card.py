"""The head of the answer card: the head line of what is quoted first, or of all that the register lists."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.records import Meeting
from indexer.text import dates
from search.register.head import Head
from search.results import Answered


@dataclass(frozen=True, slots=True)
class Card:
    """What is above the quotations: ``headline`` and ``detail`` in words, ``handle`` what its thread is named by.

    Each is "" where it is not known.
    """

    headline: str = ""
    detail: str = ""
    handle: str = ""


def card(answered: Answered) -> Card:
    """Say who decided what and when, if a ruling is quoted first; and how many decisions or actions are listed."""
    if answered.listed:
        return Card(f"{answered.listed.counted}.", "" if by_body(answered) else " ".join(answered.listed.lacking))
    if answered.actions:
        return Card(f"{answered.actions.counted}.")
    if answered.head is None:
        return Card(answered.overview.lead if answered.overview else "")
    made = of_head(answered.head)
    earlier = _earlier(answered, answered.hits[answered.answer[0].hit - 1].stored.section.meeting)
    return Card(f"{made.headline}, and also on {earlier}", made.detail, made.handle) if earlier else made


def by_body(answered: Answered) -> tuple[str, ...]:
    """Say what each body or meeting has on a matter, or lacks, where these are asked for; else nothing."""
    if answered.listed:
        return () if answered.listed.decisions else answered.listed.lacking
    return answered.overview.leading if answered.overview else ()


def of_head(head: Head) -> Card:
    """Lay a head line out."""
    headline = ": ".join(filter(None, (head.lead, head.matter)))
    detail = " ".join(filter(None, (head.standing, *head.lacking)))
    return Card(headline, detail, head.handle)


def listed(answered: Answered) -> tuple[Card, ...]:
    """Lay out every decision that the register lists for a question, in its order; none for other questions."""
    if not answered.listed:
        return ()
    rows = zip(map(of_head, answered.listed.heads), answered.listed.beginnings, strict=True)
    return tuple(replace(made, headline=f"{made.headline}: “{begun}”") for made, begun in rows)


def _earlier(answered: Answered, latest: Meeting) -> str:
    """Name the other meetings whose resolutions are quoted, the latest of them first."""
    by_rank = {hit.rank: hit.stored for hit in answered.hits}
    quoted = [by_rank[sentence.hit] for sentence in answered.answer if sentence.hit in by_rank]
    days = {one.section.meeting.date for one in quoted if one.passage.kind == "resolution"} - {latest.date, None}
    return " and ".join(dates.written(day) for day in sorted(filter(None, days), reverse=True))
