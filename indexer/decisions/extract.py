"""Sections to decisions: what meetings resolved, and what reports and records of decision ask them to resolve.

- Minutes: units decide by their labels (`minuted`), votes and movers are theirs by position
  (`ties`), what came of it by the verb (`outcomes`).
- Reports: what stands under "Recommendation(s)", once a report.
- Records of decision: what stands after "Decision:"; a recommendation where the record says that it is proposed.

An opening word with no text ("RESOLVED" and nothing) is not a decision: there is nothing to quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from indexer.decisions import limbs, outcomes, recommended, wordings
from indexer.decisions.limbs import line_label
from indexer.decisions.minuted import Resolution, resolutions
from indexer.decisions.motions import moves, settled, verdict
from indexer.decisions.reported import is_anothers
from indexer.decisions.series import unowned
from indexer.decisions.stream import Line, joined_lines, lines
from indexer.decisions.ties import Tied, tied
from indexer.labelling.marks import Marked, certain
from indexer.records import Decision, Outcome, Page, Section, cut
from indexer.structure.minutes import Minutes, minuted
from indexer.text import dates

_MINUTES = re.compile(r"\bminutes?\b|\bcofnodion\b", re.I)
_RECORD = re.compile(
    r"\b(?:correct|accurate|true)\b[\w\s]{0,20}\b(?:record|reflection)|\b(?:approved|agreed|confirmed|accepted|signed|adopted"
    r"|approve|confirm|agree|APPROVED|AGREED)\b|\bgofnod cywir\b",
    re.I,
)


def decisions(pages: tuple[Page, ...], sections: tuple[Section, ...]) -> tuple[Decision, ...]:
    """Extract every decision and recommendation of a paper, in reading order.

    Args:
        pages: the paper's pages, as stored.
        sections: its sections, as `structure.sections` makes them; ``ordinal`` is the place in the tuple.

    Returns:
        Decisions with ordinals from 0; ``text`` of each is the cut of its spans.
    """
    texts = {page.number: page.text for page in pages}
    told: list[Decision] = []
    for section, minutes in minuted(pages, sections):
        told += _of_meeting(texts, minutes, section, sections)
    told += recommended.recommendations(
        pages, lines(pages, sections), {section.ordinal: section for section in sections}
    )
    told.sort(key=lambda one: (one.spans[0].page, one.spans[0].start))
    return tuple(replace(one, ordinal=ordinal) for ordinal, one in enumerate(told))


def _of_meeting(
    texts: dict[int, str], minutes: Minutes, section: Section, sections: Sequence[Section]
) -> Iterator[Decision]:
    marks = settled(minutes.marks)
    every = tuple(
        one
        for one in _of_form(minutes, resolutions(minutes, marks))
        if certain(said := " ".join(marks[at].unit.text for at in one.units)) or not is_anothers(said, section.meeting)
    )
    ties = tied(marks, every, [item.start for item in minutes.items])
    homes = _homes(section, sections)
    for one, names in zip(every, ties, strict=True):
        first = minutes.marks[one.first].unit
        at = max((home for home in homes if home <= (first.page, first.start)), default=None)
        home = homes[at] if at else replace(section, title=section.title if section.title != "Minutes" else "")
        made = _decision(texts, minutes.marks, one, names, home)
        if made.spans:  # the marks of Markdown alone are not text
            yield made


def _of_form(minutes: Minutes, every: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
    """Of a record of decision, what is under that label, without it: what those consulted said decides nothing."""
    head = [mark.unit.text for mark in minutes.marks if mark.label == "head"]
    labelled = tuple(one for one in every if wordings.bare(minutes.marks[one.first].unit.text))
    if not labelled or not any(wordings.names_record(text) for text in head):
        return every
    return tuple(replace(one, units=one.units[1:] or one.units) for one in labelled)


def _homes(section: Section, sections: Sequence[Section]) -> dict[tuple[int, int], Section]:
    """Where each item of these minutes begins."""
    own = {section.ordinal}
    homes = {}
    for one in sections:
        if one.parent in own and one.spans:
            own.add(one.ordinal)
            homes[one.spans[0].page, one.spans[0].start] = one
    return homes


def _decision(texts: dict[int, str], marks: Sequence[Marked], one: Resolution, names: Tied, home: Section) -> Decision:
    ends = [marks[number].unit.text for number in (one.first, one.last)]
    became = {wordings.fate(text) for text in ends if not moves(text)}
    fell: Outcome | None = "withdrawn" if "withdrawn" in became else "lost" if "lost" in became else None
    whole = tuple(_lines(texts, marks, one.units))
    labels = [match["label"].strip() if (match := line_label(line.text)) else "" for line in whole]
    following = next((label for label in labels[1:] if label), "")
    counted = bool(labels[0]) and bool(following) and limbs.succeeds(following, labels[0])
    parts = [(line, 0 if number or counted else wordings.body_start(line.text)) for number, line in enumerate(whole)]
    spans = joined_lines((line, line.span(offset)) for line, offset in parts)
    text = cut(texts, spans)
    moved = parts[:-1] if len(parts) > 1 and not labels[-1] and verdict(parts[-1][0].text) else parts
    marked = limbs.marks(moved, [counted, *(bool(label) for label in labels[1 : len(moved)])])
    found_limbs = () if fell else limbs.limbs([Page(page, text) for page, text in texts.items()], moved, marked)
    stem = text[: text.find(found_limbs[0].text)] if found_limbs else text
    item, title = (one.item.known_as, one.item.title) if one.item else (home.number, home.title)
    said = outcomes.outcome(stem, [limb.text for limb in found_limbs])
    named = replace(home, title=title)
    return Decision(
        ordinal=0,
        section=home.ordinal,
        recommendation=False,
        outcome=fell or ("approved" if _approves_minutes(text, named) else said),
        text=text,
        spans=spans,
        limbs=found_limbs,
        item=item,
        title=title,
        meeting=home.meeting,
        mover=names.mover,
        seconder=names.seconder,
        votes=names.votes,
        confirms=_confirms(text, named),
        doubts=(*names.doubts, *(("text",) if one.broken else ())),
    )


def _lines(texts: dict[int, str], marks: Sequence[Marked], units: Sequence[int]) -> Iterator[Line]:
    """The units of a decision as lines, those of one block together."""
    runs: list[list[int]] = []
    for number in units:
        if runs and number == runs[-1][-1] + 1 and marks[number].unit.block == marks[runs[-1][-1]].unit.block:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        first, last = marks[run[0]].unit, marks[run[-1]].unit
        end = last.start + len(unowned(last.text)) if "\t" in last.text else last.end
        yield Line(first.page, first.start, end, texts[first.page][first.start : end], 0)


def _approves_minutes(text: str, item: Section) -> bool:
    """Say whether a decision approves the minutes of an earlier meeting.

    The text must speak of minutes and of approving; "the minutes" of another body being noted is not an approval.
    """
    if not _RECORD.search(text):
        return False
    true = any(word in text.lower() for word in ("correct", "accurate", "true"))
    return bool(_MINUTES.search(text[:160]) or (true and _MINUTES.search(item.title)))


def _confirms(text: str, item: Section) -> date | None:
    """Give the date of the meeting whose minutes a decision approves, from its text or its item's title.

    A date without a year is the latest such day before the deciding meeting. A date that is not before that meeting
    contradicts it and counts as none.
    """
    if not _approves_minutes(text, item):
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
