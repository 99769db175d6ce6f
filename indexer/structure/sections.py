"""A paper's blocks to its section tree: front sheet, minutes and their items, reports, recommendations, appendices.

Works by what heads look like and by numbering, never by one authority's template. Decides nothing about decisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.heads.headings import (
    body_size,
    clean_title,
    is_closing,
    is_heading,
    is_known,
    is_strong,
    levelled,
    numbered,
    style,
)
from indexer.heads.openings import appendix_head, is_recommendation
from indexer.labelling.units import Unit
from indexer.layout.blocks import Placed, placed, spans_over
from indexer.records import Document, Meeting, Paper, Section, SectionKind
from indexer.structure.minutes import minutes, sittings
from indexer.structure.zones import Zone, zones
from indexer.text import bodies

# A heading over fewer words than this is no separate section where several of them follow each other.
_SMALL = 25
_SMALL_ROW = 60
_DEEPEST = 5
_JOINED_TITLE = 90

_LABEL_CELL = re.compile(r"(?P<label>[A-Z][^\t]{2,60})\t\s*(?P<text>\S.*)")
_BOILERPLATE = re.compile(
    r".*\b(?:rights? to information|right to:|fire (?:and|or|&) emergency|evacuation|public transport|webcast|filming|"
    r"recording of meetings|principles of public life|notes?$|guide to|guidance|access to information|disclosable).*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a section begins: the block's index; ``rank`` 1 is outermost."""

    at: int
    kind: SectionKind
    rank: int
    title: str
    meeting: Meeting
    number: str = ""
    agenda_item: str = ""


def sections(document: Document, paper: Paper) -> tuple[Section, ...]:
    """Return the section tree of a paper, in reading order; every block is in exactly one section.

    Args:
        document: what the reader made of the file.
        paper: its provenance; unknown meetings of reports are taken from it.
    """
    plain = placed(document.pages)
    blocks = levelled(plain, document)
    if not blocks:
        return ()
    body = body_size(blocks)
    starts: list[_Start] = []
    for zone in zones(blocks, document, paper):
        starts.append(_Start(zone.start, zone.kind, zone.rank, zone.title, zone.meeting, zone.number))
        if zone.kind == "minutes":
            starts += _minutes(zone, plain[zone.start : zone.end])
        else:
            starts += _inside(blocks, zone, body_size(blocks[zone.start : zone.end]) or body)
    return _tree(blocks, starts)


def _inside(blocks: Sequence[Placed], zone: Zone, body: float) -> list[_Start]:
    if zone.kind == "front":
        return list(_front(blocks, zone, body))
    if zone.kind == "heading":  # with which a report goes on: what follows stands beside it
        zone = replace(zone, rank=zone.rank - 1)
    return list(_headings(blocks, zone, body))


def _minutes(zone: Zone, own: tuple[Placed, ...]) -> Iterator[_Start]:
    """The items, then the end of the meeting as a separate section, so that it belongs to no item."""
    told = minutes(own)
    last = 0
    sat = {at: replace(zone.meeting, date=day) for at, day in sittings(told, zone.meeting.date)}
    headed = {told.marks[item.start].unit.block for item in told.items}
    for item in told.items:
        unit = told.marks[item.start].unit
        if unit.nth == 0:
            at, rank = zone.start + _begins(own, unit), zone.rank + item.level
            yield _Start(at, "item", rank, item.title, _latest(sat, item.end, zone), item.number, item.agenda_item)
        last = item.end
    closing = (at for at in range(last, len(told.marks)) if told.marks[at].label == "closing")
    closes = next((at for at in closing if told.marks[at].unit.nth == 0), None)
    again = [at for at in sat if told.marks[at].unit.block not in headed]
    for number in (*again, *(() if closes is None else (closes,))):
        unit = told.marks[number].unit
        title, meeting = clean_title(unit.text), _latest(sat, number + 1, zone)
        yield _Start(zone.start + _begins(own, unit), "heading", zone.rank + 1, title, meeting)


def _latest(sat: Mapping[int, Meeting], before: int, zone: Zone) -> Meeting:
    """The meeting with the day of its last sitting that began before a unit of its minutes."""
    return next((sat[at] for at in sorted(sat, reverse=True) if at < before), zone.meeting)


def _begins(own: Sequence[Placed], unit: Unit) -> int:
    """The block with which a unit begins: the one before its own where that is only its label."""
    return unit.block - (own[unit.block].start > unit.start)


def _front(blocks: Sequence[Placed], zone: Zone, body: float) -> Iterator[_Start]:
    """Only what is printed in every pack is separated from the agenda."""
    yield from _joined(list(_printed(blocks, zone, body)))


def _printed(blocks: Sequence[Placed], zone: Zone, body: float) -> Iterator[_Start]:
    for index in range(zone.start + 1, zone.end):
        following = blocks[index + 1] if index + 1 < zone.end else None
        text = blocks[index].text.strip()
        if _BOILERPLATE.fullmatch(text) and is_heading(blocks[index], following, body):
            yield _Start(index, "heading", zone.rank + 1, clean_title(text), zone.meeting)


def _headings(blocks: Sequence[Placed], zone: Zone, body: float) -> Iterator[_Start]:
    """Headings of a report or appendix, ranked by their type; its recommendations are separate."""
    starts: list[_Start] = []
    for index in range(zone.body, zone.end):
        start = _heading(blocks, index, zone, body)
        # a recommendation's own short lines are not headings
        recommending = bool(starts) and starts[-1].kind == "recommendation"
        if start and not (
            recommending and start.kind == "heading" and not (blocks[index].row or is_strong(blocks[index], body))
        ):
            starts.append(start)
    stack: list[tuple[int, float, bool, bool, int]] = []
    ranked: list[_Start] = []
    for start in starts:
        if start.kind == "recommendation":
            stack.clear()  # what follows stands beside the recommendations, not under them
            ranked.append(start)
            continue
        look = style(blocks[start.at])
        beside = next((at for at, other in enumerate(stack) if _beside(look, other)), None)
        if beside is not None:
            stack[beside:] = [look]
        else:
            while stack and _outranks(look, stack[-1]):
                stack.pop()
            stack.append(look)
        ranked.append(replace(start, rank=zone.rank + min(len(stack), _DEEPEST)))
    yield from _with_attachments(blocks, zone, list(_without_small(blocks, zone, _joined(ranked))), body)


def _beside(look: tuple[int, float, bool, bool, int], other: tuple[int, float, bool, bool, int]) -> bool:
    """Whether headings of two styles have the same rank: one level, or one type where either has no level."""
    return look[0] == other[0] if look[0] and other[0] else look[1:] == other[1:]


def _outranks(look: tuple[int, float, bool, bool, int], other: tuple[int, float, bool, bool, int]) -> bool:
    """Whether a heading of the first style ranks above one of the second."""
    if look[0] and other[0]:
        return look[0] < other[0]
    if look[4] and other[4] and look[4] != other[4]:
        return look[4] < other[4]
    return (look[1], look[2], look[3]) > (other[1], other[2], other[3])


def _heading(blocks: Sequence[Placed], index: int, zone: Zone, body: float) -> _Start | None:
    block = blocks[index]
    text = block.text.strip()
    following = blocks[index + 1] if index + 1 < zone.end else None
    if appendix_head(block):
        return None  # in a list, or repeated on another page: those that open an appendix are known by now
    cell = _LABEL_CELL.fullmatch(text) if block.row else None
    label = cell["label"].strip() if cell and _is_label(cell["label"], cell["text"]) else ""
    if is_recommendation(label or text) and not (block.row and not label):
        name = re.split(r"[:\t]|\bTHAT\b", label or text)[0]
        return _Start(index, "recommendation", zone.rank + 1, clean_title(numbered(name)[1]), zone.meeting)
    if label:
        return _Start(index, "heading", zone.rank + 1, clean_title(label), zone.meeting)
    if not is_heading(block, following, body):
        return None
    number, rest = numbered(text)
    title = clean_title(rest)
    if not number and title.casefold() == zone.title.casefold():
        return None  # the zone has that name already
    return _Start(index, "heading", zone.rank + 1, title, zone.meeting, number)


def _is_label(label: str, text: str) -> bool:
    """A first cell that names what the prose in the second is about, as in reports laid out as a table."""
    return len(label.split()) <= 8 and len(text.split()) >= 15 and "\t" not in text and len(text) > 4 * len(label)


def _joined(starts: Sequence[_Start]) -> list[_Start]:
    """Make one of headings that follow each other with nothing between, unless the second is below the first."""
    kept: list[_Start] = []
    bare = -1
    for start in starts:
        before = kept[-1] if kept else None
        if before and start.at == bare + 1 and before.kind == start.kind == "heading" and start.rank <= before.rank:
            kept[-1] = replace(before, title=_both(before.title, start.title))
        else:
            kept.append(start)
        bare = start.at
    return kept


def _both(first: str, second: str) -> str:
    """Two headings in one; the second alone where they are too long, the first where it says the second already."""
    if second.casefold() in (part.casefold() for part in first.split(": ")):
        return first
    return f"{first}: {second}" if len(first) + len(second) + 2 <= _JOINED_TITLE else second


def _without_small(blocks: Sequence[Placed], zone: Zone, starts: list[_Start]) -> Iterator[_Start]:
    """Leave out consecutive headings over next to nothing; their text stays in the section before."""
    begins = [start.at for start in starts] + [zone.end]
    gathered = _words(blocks, zone.start, begins[0])
    previous: SectionKind = zone.kind
    for start, end in zip(starts, begins[1:], strict=True):
        words = _words(blocks, start.at, end)
        small = start.kind == "heading" and words < _SMALL and end > start.at + 1
        if small and previous != "recommendation" and gathered + words < _SMALL_ROW:
            gathered += words
            continue
        gathered, previous = words, start.kind
        yield start


def _with_attachments(blocks: Sequence[Placed], zone: Zone, starts: list[_Start], body: float) -> Iterator[_Start]:
    """Part what is attached to a report from its last headings ("Appendices", "Background papers: none")."""
    below, closing = 0, 0
    for start, end in zip(starts, [*(one.at for one in starts[1:]), zone.end], strict=bool(starts)):
        block = blocks[start.at]
        if closing and block.first and block.page > closing and not is_known(block.text) and not below:
            below = 1
            title = start.title
            if bodies.authority(title):
                title = _attached_title(blocks, start.at + 1, end, body) or title
            yield replace(start, kind="appendix", rank=zone.rank + 1, title=title)
            continue
        yield replace(start, rank=start.rank + below)
        # what a new page brings after the headings that reports close with is attached
        closing = block.page if is_closing(start.title) and zone.kind == "report" and not below else 0
        at = next((i for i in range(start.at, end) if blocks[i].page > closing and not appendix_head(blocks[i])), end)
        if closing and at < end and _words(blocks, at, end) > _SMALL_ROW:
            title = _attached_title(blocks, at, min(at + 4, end), body) or "Attachment"
            yield _Start(at, "appendix", zone.rank + 1, title, zone.meeting)
            below = 1


def _attached_title(blocks: Sequence[Placed], start: int, end: int, body: float) -> str:
    """The first heading of these blocks that is not the name of whose paper it is, or ""."""
    texts = (blocks[at].text for at in range(start, end) if is_heading(blocks[at], None, body))
    return next((clean_title(text) for text in texts if not (bodies.authority(text) or bodies.board(text))), "")


def _words(blocks: Sequence[Placed], start: int, end: int) -> int:
    return sum(len(block.text.split()) for block in blocks[start:end])


def _tree(blocks: Sequence[Placed], starts: list[_Start]) -> tuple[Section, ...]:
    # where a part and its first heading are one block, the part counts
    outer = {start.at: start for start in sorted(starts, key=lambda start: (start.at, -start.rank))}
    starts = [outer[at] for at in sorted(outer)]
    ends = [start.at for start in starts[1:]] + [len(blocks)]
    above: list[tuple[int, int]] = []
    tree: list[Section] = []
    for start, end in zip(starts, ends, strict=True):
        while above and above[-1][0] >= start.rank:
            above.pop()
        tree.append(
            Section(
                len(tree),
                above[-1][1] if above else None,
                start.kind,
                start.number,
                start.title,
                start.meeting,
                spans_over(blocks[start.at : end]),
                start.rank,
                start.agenda_item,
            )
        )
        above.append((start.rank, len(tree) - 1))
    return tuple(tree)
