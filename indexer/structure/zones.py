"""The large parts of a paper: front sheet, minutes, reports, appendices; where each begins and ends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.records import Document, Meeting, Paper, SectionKind
from indexer.structure.agenda import AgendaItem, agenda_items, previous_minutes, same_title
from indexer.structure.blocks import Placed
from indexer.structure.headings import body_size, clean_title, is_heading, numbered
from indexer.structure.heads import appendix_head, minutes_end, minutes_head
from indexer.structure.report_heads import report_head

_ATTACHED = re.compile(r"\b(?:appendix|annexe?|eqia|equality impact|dpia|enclosure|presentation)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Zone:
    """Blocks ``[start, end)`` of one kind; text that may hold headings or items begins at ``body``."""

    start: int
    body: int
    end: int
    kind: SectionKind
    title: str
    meeting: Meeting
    rank: int = 1
    number: str = ""


def zones(blocks: Sequence[Placed], document: Document, paper: Paper) -> tuple[Zone, ...]:
    """Part a paper, in order and without gaps.

    Args:
        blocks: all its blocks.
        document: for its bookmarks.
        paper: for its kind and meeting.
    """
    front = paper.kind in ("pack", "agenda", "supplement")
    agenda = agenda_items(blocks[: _front_end(blocks)]) if front else ()
    # where reports have heads of their own, an item's title at the top of a page is only a mention
    labelled = sum(report_head(blocks, index) is not None for index in range(len(blocks))) > 1
    announced = () if labelled else agenda
    marked = _bookmarked(blocks, document, announced)
    found = [_first(blocks, paper)]
    index = 0
    while index < len(blocks):
        zone = _at(blocks, index, found[-1], announced, marked)
        if zone is None:
            index += 1
            continue
        if zone.start <= found[-1].start:
            found.pop()
            zone = replace(zone, start=0 if not found else zone.start)
        found.append(zone)
        index = max(zone.body, index + 1)
    ends = [zone.start for zone in found[1:]] + [len(blocks)]
    previous = previous_minutes(blocks[: ends[0]]) if front else None
    return tuple(_completed(zone, end, paper, previous, agenda) for zone, end in zip(found, ends, strict=True))


def _first(blocks: Sequence[Placed], paper: Paper) -> Zone:
    """The zone that a paper begins with, by its kind; `_at` may put a better one in its place."""
    if paper.kind in ("pack", "agenda", "supplement"):
        return Zone(0, 0, 0, "front", "Agenda", paper.meeting)
    if paper.kind == "minutes":
        return Zone(0, 0, 0, "minutes", "Minutes", paper.meeting)
    if paper.kind == "appendix":
        return Zone(0, 0, 0, "appendix", paper.title, paper.meeting)
    return Zone(0, 0, 0, "report", paper.title, paper.meeting)


def _front_end(blocks: Sequence[Placed]) -> int:
    """Where the front sheet ends at the latest: the first minutes or report."""
    for index in range(len(blocks)):
        if minutes_head(blocks, index) or report_head(blocks, index):
            return index
    return len(blocks)


def _at(
    blocks: Sequence[Placed],
    index: int,
    current: Zone,
    agenda: Sequence[AgendaItem],
    marked: Mapping[int, tuple[str, str]],
) -> Zone | None:
    """Return the zone that begins at a block, or None."""
    if not (current.kind == "minutes" and index < current.body + 8) and (head := minutes_head(blocks, index)):
        return Zone(head.start, head.end, 0, "minutes", head.title, head.meeting)
    if report := report_head(blocks, index):
        return Zone(report.start, report.end, 0, "report", report.title, report.meeting, number=report.number)
    if index in marked and index:
        number, title = marked[index]
        if not number and _ATTACHED.search(title) and current.kind in ("report", "appendix"):
            return Zone(index, index, 0, "appendix", title, current.meeting, 2)
        return Zone(index, index, 0, "report", title, Meeting(), number=number)
    if current.kind != "minutes" and (appendix := _appendix(blocks, index, current)):
        return appendix
    block = blocks[index]
    if block.first and index:
        if item := _announced(blocks, index, agenda):
            return Zone(index, index + 1, 0, "report", item.title, Meeting(), number=item.number)
        if current.kind == "minutes" and _over(blocks, current.start, index):
            return Zone(index, index, 0, "report", _title(blocks, index), Meeting())
    return None


def _announced(blocks: Sequence[Placed], index: int, agenda: Sequence[AgendaItem]) -> AgendaItem | None:
    """The agenda's item whose title stands at the top of the page; none while the agenda itself goes on."""
    titles = {item.title for item in agenda}
    if any(title in line.text for line in blocks[index : index + 12] for title in titles if numbered(line.text)[0]):
        return None
    top = [line.text for line in blocks[index : index + 3] if len(line.text.split()) <= 30 and line.text[-1] != "."]
    return next((item for item in agenda if any(same_title(text, item.title) for text in top)), None)


def _over(blocks: Sequence[Placed], start: int, index: int) -> bool:
    """Whether the minutes that began at ``start`` have ended on a page before block ``index``."""
    return any(minutes_end(block.text) for block in blocks[start:index] if block.page < blocks[index].page)


def _appendix(blocks: Sequence[Placed], index: int, current: Zone) -> Zone | None:
    """An appendix's heading at the top of a page or in heading type; a list of appendices is none."""
    found = appendix_head(blocks[index])
    block = blocks[index]
    top = block.first or (index > 0 and blocks[index - 1].first and blocks[index - 1].page == block.page)
    if found is None or current.kind == "front" or not (top or block.bold or block.level):
        return None
    if any(appendix_head(blocks[near]) for near in (index - 1, index + 1) if 0 <= near < len(blocks)):
        return None
    number, title = found
    body = index + 1
    if not title and body < len(blocks) and is_heading(blocks[body], None, body_size(blocks)):
        title, body = clean_title(blocks[body].text), body + 1
    name = " ".join(filter(None, ("Appendix", number)))
    rank = 1 if index == 0 or (current.rank == 1 and current.kind == "appendix") else 2
    return Zone(index, body, 0, "appendix", f"{name}: {title}" if title else name, current.meeting, rank, number)


def _title(blocks: Sequence[Placed], index: int) -> str:
    body = body_size(blocks)
    page = [block for block in blocks[index : index + 6] if block.page == blocks[index].page]
    named = next((block for block in page if is_heading(block, None, body)), blocks[index])
    return clean_title(named.text)


def _bookmarked(
    blocks: Sequence[Placed], document: Document, agenda: Sequence[AgendaItem]
) -> dict[int, tuple[str, str]]:
    """Where the pack's own bookmarks put its documents: block index to (agenda item number, title).

    Packs made by ModernGov have one bookmark for each document; in others only those count that name an agenda item.
    """
    first = {block.page: index for index, block in reversed(list(enumerate(blocks))) if block.first}
    of_documents = document.title.startswith("(Public Pack)")
    found: dict[int, tuple[str, str]] = {}
    for entry in document.outline[1:]:
        number, title = numbered(entry.title)
        item = next((item for item in agenda if same_title(title, item.title)), None)
        if entry.page in first and not title.lower().startswith("minutes") and (of_documents or item):
            found.setdefault(first[entry.page], (item.number if item else number, clean_title(title)))
    return found


def _completed(zone: Zone, end: int, paper: Paper, previous: Meeting | None, agenda: Sequence[AgendaItem]) -> Zone:
    """Add what the head did not say: the paper's meeting, the agenda's date of the minutes, the item's number."""
    known = zone.meeting
    if zone.kind == "minutes":
        day = known.date or (previous.date if previous else None)
        day = day or (paper.meeting.date if paper.kind == "minutes" else None)
    else:
        day = known.date or paper.meeting.date
    meeting = Meeting(paper.meeting.authority, known.board or paper.meeting.board, day)
    number = zone.number
    if zone.kind == "report" and not number and known.date in (None, paper.meeting.date):
        number = next((item.number for item in agenda if same_title(zone.title, item.title)), "")
    return replace(zone, end=end, meeting=meeting, number=number)
