"""Sections to decisions: what meetings resolved, and what reports and records of decision ask them to resolve.

Which words count is told in `wordings`, where a decision ends in `extent`, what came of it in `outcomes`. Here it is
joined up, item by item:

- Minutes: every formal or settled wording is a decision. Ordinary words ("It was agreed that", "The Board noted its
  work plan") count only in a paragraph that stands at the end of its item, after which nothing but decisions, votes and
  closing lines follow; and "was agreed" without the body as its subject only if the item has no formal decision.
- Reports: what stands under "Recommendation(s)", once a report.
- Records of decision: what stands after "Decision:"; a recommendation where the record says that it is proposed.

An opening word with no text ("RESOLVED" and nothing) is no decision: there is nothing to quote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from indexer.decisions import approvals, asked, outcomes, wordings
from indexer.decisions.extent import MOVING, Extent, ends_everything, extent
from indexer.decisions.limbs import line_label
from indexer.decisions.movers import movers
from indexer.decisions.stream import Line, lines
from indexer.decisions.votes import table_votes, votes
from indexer.records import Decision, Page, Section, Votes, cut

_VOTE_LINES = 60
_LINES_BEFORE_VERDICT = 8
_MOTION = re.compile(r"\b(?:moved|proposed)\b.*\b(?:second|that\b|:)|^\W*(?:motion|amendment)\b", re.I | re.S)


@dataclass(frozen=True, slots=True)
class _Found:
    """One decision in its item's lines: from line ``first`` to ``last``, both included; ``fell`` if it was lost."""

    first: int
    last: int
    extent: Extent
    fell: bool = False


def decisions(pages: tuple[Page, ...], sections: tuple[Section, ...]) -> tuple[Decision, ...]:
    """Extract every decision and recommendation of a paper, in reading order.

    Args:
        pages: the paper's pages, as stored.
        sections: its sections, as `structure.sections` makes them; ``ordinal`` is the place in the tuple.

    Returns:
        Decisions with ordinals from 0; ``text`` of each is the cut of its spans.
    """
    by_ordinal = {section.ordinal: section for section in sections}
    stream = lines(pages, sections)
    found: list[Decision] = []
    for (minuted, item), group in groupby(stream, key=lambda line: _place(line, by_ordinal)):
        own = tuple(group)
        found += _of_item(pages, own, by_ordinal[item]) if minuted else ()
    found += asked.recommendations(pages, stream, by_ordinal)
    found.sort(key=lambda one: (one.spans[0].page, one.spans[0].start))
    return tuple(replace(one, ordinal=ordinal) for ordinal, one in enumerate(found))


def _place(line: Line, sections: dict[int, Section]) -> tuple[bool, int]:
    """Say whether a line stands in minutes, and which section is its item."""
    chain = [sections[line.section]]
    while chain[-1].parent is not None:
        chain.append(sections[chain[-1].parent])
    kinds = [section.kind for section in chain]
    if "minutes" not in kinds:
        return False, line.section
    inside = chain[: kinds.index("minutes") + 1]
    item = next((section for section in inside if section.kind == "item"), None)
    return True, (item or (inside[-2] if len(inside) > 1 else inside[-1])).ordinal


def _of_item(pages: tuple[Page, ...], own: tuple[Line, ...], item: Section) -> list[Decision]:
    found = _formal(own)
    found = sorted([*found, *_conclusion(own, found, item)], key=lambda one: one.first)
    decided: list[Decision] = []
    before = moved = 0
    for place, one in enumerate(found):
        until = found[place + 1].first if place + 1 < len(found) else len(own)
        names = movers(_spoken(own, one, before if one.fell else moved, until))
        counted = _votes(own, one, before, until)
        decided.append(replace(_decision(pages, one, item), mover=names[0], seconder=names[1], votes=counted))
        before = one.last + 1
        # an amendment that fell leaves the motion before the meeting
        if not (one.fell and "mendment" in own[one.last].text):
            moved = before
    return decided


def _formal(own: tuple[Line, ...]) -> list[_Found]:
    """Find the formal and settled decisions among an item's lines."""
    found: list[_Found] = []
    place = 0
    while place < len(own):
        opened = _opened(own, place)
        one = _from(own, place, opened, found) if opened else None
        if one is None:
            place += 1
        else:
            found.append(one)
            place = one.last + 1
    return found


def _opened(own: tuple[Line, ...], place: int) -> tuple[int, wordings.Strength] | None:
    """Say where a line begins a formal or settled decision; a heading may be formal, never settled."""
    line = own[place]
    opened = wordings.opener(line.text)
    if opened and opened[1] != "formal" and (opened[1] == "concluding" or line.heading):
        opened = None
    if opened is None and place + 1 < len(own) and not line.heading:
        begin = wordings.stem(line.text, own[place + 1].text)
        opened = None if begin is None else (begin, "formal")
    return opened


def _from(
    own: tuple[Line, ...], place: int, opened: tuple[int, wordings.Strength], found: Sequence[_Found]
) -> _Found | None:
    offset, strength = opened
    if strength == "settled" and wordings.verdict(own[place].text[offset:]):
        if _MOTION.search(own[place].text[:offset]):
            return _told(own, place, place, 0, fell=True)
        motion = _motion_before(own, place, found[-1].last + 1 if found else 0)
        return _told(own, motion, place, offset, fell=True)
    whole = extent(own, place, offset)
    if wordings.empty("\n".join(line.text[begin:] for line, begin in whole.parts)):
        return None
    return _Found(place, whole.last, whole)


def _told(own: tuple[Line, ...], first: int, last: int, offset: int, *, fell: bool = False) -> _Found:
    """Make a decision of a motion's words and the line that tells its fate."""
    parts = tuple((own[number], offset if number == first == last else 0) for number in range(first, last + 1))
    return _Found(first, last, Extent(parts, tuple(False for _ in parts), last), fell)


def _motion_before(own: tuple[Line, ...], place: int, earliest: int) -> int:
    """Find the line where the motion begins on which ``own[place]`` reports; ``place`` if none is near."""
    for number in range(place - 1, max(earliest, place - _LINES_BEFORE_VERDICT) - 1, -1):
        line = own[number]
        if line.heading or wordings.opener(line.text):
            break
        if _MOTION.search(line.text):
            return number
    return place


def _conclusion(own: tuple[Line, ...], formal: Sequence[_Found], item: Section) -> list[_Found]:
    """Find decisions in ordinary words among the last lines of an item."""
    if item.kind != "item":
        return []
    taken = {number for one in formal for number in range(one.first, one.last + 1)}
    found: list[_Found] = []
    tail = len(own)  # from here on every line is accounted for
    for number in range(len(own) - 1, -1, -1):
        line = own[number]
        opened = None if line.heading else wordings.opener(line.text)
        plain = opened is not None and opened[1] == "concluding"
        if number in taken or (not plain and not line.heading and ends_everything(line)):
            if number < tail - 1:
                break
            tail = number
        elif opened and plain and (not formal or wordings.names_body(line.text)):
            one = _concluded(own, number, opened[0])
            if one.last < tail - 1:
                break
            found.append(one)
            tail = one.first
        elif number < tail and (line.heading or line_label(line.text) is None):
            break
    return found


def _concluded(own: tuple[Line, ...], number: int, offset: int) -> _Found:
    if wordings.CARRIED.search(own[number].text):
        return _told(own, _motion_before(own, number, 0), number, offset)
    whole = extent(own, number, offset)
    return _Found(number, whole.last, whole)


def _decision(pages: tuple[Page, ...], one: _Found, item: Section) -> Decision:
    spans = one.extent.spans()
    text = cut({page.number: page.text for page in pages}, spans)
    limbs = one.extent.limbs(pages)
    fell = wordings.verdict(one.extent.parts[-1][0].text) if one.fell else None
    said = outcomes.outcome(one.extent.stem(), [limb.text for limb in limbs])
    return Decision(
        ordinal=0,
        section=item.ordinal,
        recommendation=False,
        outcome=fell or ("approved" if approvals.approves_minutes(text, item) else said),
        text=text,
        spans=spans,
        limbs=limbs,
        item=item.number,
        title=item.title if item.kind != "minutes" else "",
        meeting=item.meeting,
        confirms=approvals.confirms(text, item),
    )


def _spoken(own: tuple[Line, ...], one: _Found, before: int, until: int) -> str:
    """Join the lines that may name who moved a decision: those before it, and "Proposed by ..." right after it.

    Amendments have movers of their own, who did not move what was resolved in the end.
    """
    earlier = [line.text for line in own[before : one.last + 1] if not line.heading]
    later = [line.text for line in own[one.last + 1 : min(until, one.last + 3)] if MOVING.match(line.text)]
    return "\n".join(text for text in (*earlier, *later) if one.fell or "mendment" not in text)


def _votes(own: tuple[Line, ...], one: _Found, before: int, until: int) -> Votes | None:
    """Look for the vote in the decision, then after it, then before it."""
    told = votes("\n".join(line.text for line, _ in one.extent.parts))
    if told:
        return told
    after = own[one.last + 1 : min(until, one.last + _VOTE_LINES)]
    earlier = own[max(before, one.first - _VOTE_LINES) : one.first]
    for some in (after, earlier):
        texts = "\n".join(line.text for line in some if not line.heading and not line.row)
        if counted := votes(texts) or table_votes([line.text for line in some if line.row]):
            return counted
    return None
