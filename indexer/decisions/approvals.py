"""Approvals of earlier minutes: which decisions are such, and the date of the meeting that they confirm."""

from __future__ import annotations

import re
from datetime import date

from indexer.records import Section
from indexer.text import dates

_MINUTES = re.compile(r"\bminutes?\b|\bcofnodion\b", re.I)
_RECORD = re.compile(
    r"\b(?:correct|accurate|true)\b[\w\s]{0,20}\b(?:record|reflection)|\b(?:approved|agreed|confirmed|accepted|signed|adopted"
    r"|approve|confirm|agree|APPROVED|AGREED)\b|\bgofnod cywir\b",
    re.I,
)


def approves_minutes(text: str, item: Section) -> bool:
    """Say whether a decision approves the minutes of an earlier meeting.

    The text must speak of minutes and of approving; "the minutes" of another body being noted is no approval.
    """
    if not _RECORD.search(text):
        return False
    said = _MINUTES.search(text[:160])
    return bool(said or (_MINUTES.search(item.title) and re.search(r"correct|accurate|true", text, re.I)))


def confirms(text: str, item: Section) -> date | None:
    """Give the date of the meeting whose minutes a decision approves, from its text or its item's title.

    A date without a year is the latest such day before the deciding meeting. A date that is not before that meeting
    contradicts it and counts as none.
    """
    if not approves_minutes(text, item):
        return None
    held = item.meeting.date
    for source in (text, item.title):
        day = dates.parse(source) or _without_year(source, held)
        if day and (held is None or day < held):
            return day
    return None


def _without_year(text: str, held: date | None) -> date | None:
    if held is None:
        return None
    days = (dates.of(year, *said) for said in dates.yearless(text)[:1] for year in (held.year, held.year - 1))
    return next((day for day in days if day and day < held), None)
