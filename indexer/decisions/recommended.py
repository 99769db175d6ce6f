"""What papers ask a meeting to decide: recommendations of reports, and records of decisions taken or proposed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.decisions import limbs, outcomes
from indexer.decisions.series import reach
from indexer.decisions.stream import Line, joined
from indexer.heads.openings import PROPOSED
from indexer.records import Decision, Page, Section, chain, cut
from indexer.text.words import words

_RECOMMENDATION = re.compile(
    r"\W*(?:\d{1,2}(?:\.\d{1,2})*\.?\s*)?(?:[|:]\s*)?(?:(?:Officer|Officers'|Summary of|Draft|Proposed)\s+)?"
    r"(?:Recommendations?|RECOMMENDATIONS?|Argymhell(?:ion|iad))(?:\s*\(s\)|\s*\(S\))?\s*(?:[*_]{2})?\s*"
    r"(?P<mark>[:\t–—-]|$|(?=THAT\b|That\b|The\b))\s*[*_]{0,2}\s*"
)
_WHOLE = re.compile(r".*$", re.S)
_DECISION = re.compile(r"\W*Decisions?\s*(?:\(s\))?\s*(?:taken|made)?\s*:\s*|\W*(?:DECISION|Decision)\s*$")
_RECORD = re.compile(r"\brecord of (?:\w+\s+){0,2}decision\b", re.I)
# A record names itself in its first lines; its "Decision:" follows within these many.
_RECORD_LINES = 60

# Head and foot of a report say the same with small changes; this share of common words makes them one.
_SAME = 0.8


@dataclass(frozen=True, slots=True)
class _Beginning:
    """Where the text begins: line number and offset."""

    place: int
    offset: int


def recommendations(
    pages: tuple[Page, ...], stream: tuple[Line, ...], sections: dict[int, Section]
) -> Iterator[Decision]:
    """Find what reports recommend and what records of decision say, outside minutes and appendices.

    The same recommendation at the head and the foot of a report is given once, at its first place.
    """
    seen: list[tuple[int, Counter[str]]] = []
    record: int | None = None
    proposed = False
    for place, line in enumerate(stream):
        around = chain(sections[line.section], sections)
        if any(section.kind in {"minutes", "appendix"} for section in around):
            continue
        if "ecision" in line.text[:200].lower() and _RECORD.search(line.text[:200]):
            record, proposed = place, bool(PROPOSED.search(line.text))
        recorded = record is not None and place - record < _RECORD_LINES
        match = (_DECISION.match(line.text) if recorded else None) or _heading(line, around[0])
        began = match and _beginning(stream, place, match.end())
        decision = began and _recommended(pages, stream, began, around, sections)
        if not decision or not match:
            continue
        said = Counter(word for word in words(decision.text) if len(word) > 1)
        if not any(report == around[-1].ordinal and _same(said, earlier) for report, earlier in seen):
            seen.append((around[-1].ordinal, said))
            taken = match.re is _DECISION and not proposed
            yield _as_taken(decision) if taken else decision


def _same(words: Counter[str], earlier: Counter[str]) -> bool:
    """Say whether two recommendations share nearly all their words."""
    return (words & earlier).total() >= _SAME * max(words.total(), earlier.total())


def _heading(line: Line, section: Section) -> re.Match[str] | None:
    """Match the words that announce a recommendation; a table's header row announces none."""
    match = _RECOMMENDATION.match(line.text)
    if match and line.text.count("\t") > 1:
        return None
    if match is None and line.heading and section.kind == "recommendation":
        return _WHOLE.match(line.text)
    return match


def _beginning(stream: Sequence[Line], place: int, offset: int) -> _Beginning | None:
    rest = stream[place].text[offset:].strip(" *_\t")
    if rest:
        # nothing but a page number: an entry of a table of contents
        if not any(letter.isalpha() for letter in rest):
            return None
        return _Beginning(place, offset)
    following = place + 1
    if following < len(stream) and (not stream[following].heading or limbs.line_label(stream[following].text)):
        return _Beginning(following, 0)
    return None


def _recommended(
    pages: tuple[Page, ...],
    stream: Sequence[Line],
    began: _Beginning,
    around: Sequence[Section],
    sections: dict[int, Section],
) -> Decision | None:
    own = list(_region(stream, began.place, around[0].ordinal, sections))
    parts, labelled = reach(own, began.offset)
    spans = joined([span for line, offset in parts if (span := line.span(offset)).end > span.start])
    text = cut({page.number: page.text for page in pages}, spans)
    if not spans or not any(letter.isalpha() for letter in text):
        return None
    home = next((section for section in around if section.kind in {"report", "item"}), around[-1])
    pieces = limbs.limbs(pages, parts, limbs.marks(parts, labelled))
    return Decision(
        ordinal=0,
        section=around[0].ordinal,
        recommendation=True,
        outcome="recommended",
        text=text,
        spans=spans,
        limbs=pieces,
        item=home.number or home.agenda_item,
        title=home.title,
        meeting=home.meeting,
    )


def _as_taken(decision: Decision) -> Decision:
    """Turn what a record states into a decision, with the outcome that its words give."""
    stem = decision.text[: decision.text.find(decision.limbs[0].text)] if decision.limbs else decision.text
    said = outcomes.outcome(stem, [limb.text for limb in decision.limbs])
    return replace(decision, recommendation=False, outcome=said)


def _region(stream: Sequence[Line], place: int, section: int, sections: dict[int, Section]) -> Iterator[Line]:
    """Give the lines from ``place`` on as far as the recommendation's own section and those within it reach."""
    for number in range(place, len(stream)):
        line = stream[number]
        inside = any(one.ordinal == section for one in chain(sections[line.section], sections))
        if number > place and not inside and line.heading:
            return
        yield line
