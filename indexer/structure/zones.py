"""The large parts of a paper: front sheet, minutes, reports, appendices; where each begins and ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indexer.heads import filing
from indexer.heads.headings import body_size, clean_title, is_closing, is_heading, numbered
from indexer.heads.openings import (
    ATTACHED,
    AppendixHead,
    appendix_head,
    appendix_title,
    is_proposed,
    minutes_end,
    minutes_head,
)
from indexer.heads.reports import ITEM, report_head
from indexer.layout.blocks import Placed
from indexer.records import Document, Meeting, Paper, SectionKind
from indexer.structure.resuming import resumes
from indexer.text import bodies
from indexer.text.agenda import AgendaItem, agenda_items, previous_minutes, same_title
from indexer.text.words import listed, words

_ATTACHED = ATTACHED | listed("eqia equality dpia presentation")
# Heads of two appendices within this many blocks and words of each other are a list.
_NEAR = 6
# Papers that record what was decided at their own meeting.
_MINUTED = ("minutes", "decision")
_LISTED = 60


@dataclass(frozen=True, slots=True)
class Zone:
    """Blocks ``[start, end)`` of one kind; text that may hold headings or items begins at ``body``.

    ``label`` is what an appendix calls itself. A zone of kind heading goes on with what an appendix had interrupted.
    """

    start: int
    body: int
    end: int
    kind: SectionKind
    title: str
    meeting: Meeting
    rank: int = 1
    number: str = ""
    label: AppendixHead | None = None


def zones(blocks: Sequence[Placed], document: Document, paper: Paper) -> tuple[Zone, ...]:
    """Divide a paper into its large parts, in order and without gaps.

    Args:
        blocks: all its blocks.
        document: for its bookmarks.
        paper: for its kind and meeting.
    """
    front = paper.kind in ("pack", "agenda", "supplement")
    printed = agenda_items(block.text for block in blocks[: _front_end(blocks)]) if front else ()
    agenda = tuple(replace(item, title=clean_title(item.title)) for item in printed)
    # where reports have heads of their own, an item's title at the top of a page is only a mention
    labelled = sum(report_head(blocks, index) is not None for index in range(len(blocks))) > 1
    announced = () if labelled else agenda
    marked = _bookmarked(blocks, document, announced)
    parts = [_first(paper, is_proposed(blocks))]
    index = 0
    while index < len(blocks):
        zone = _at(blocks, index, parts[-1], (agenda, announced), marked) or _resumed(blocks, index, parts)
        if zone is None:
            index += 1
            continue
        if zone.start <= parts[-1].start or _is_the_paper(zone, parts[-1]):
            parts.pop()
            zone = replace(zone, start=0 if not parts else zone.start)
        if not zone.title:
            zone = replace(zone, title=_title(blocks, zone.body) if parts else paper.title)
        parts.append(zone)
        index = max(zone.body, index + 1)
    ends = [zone.start for zone in parts[1:]] + [len(blocks)]
    previous = previous_minutes(block.text for block in blocks[: ends[0]]) if front else None
    return tuple(_completed(zone, end, paper, previous, agenda) for zone, end in zip(parts, ends, strict=True))


def _is_the_paper(zone: Zone, before: Zone) -> bool:
    """Whether a head a few lines down is that of the paper itself, and what is above belongs to it."""
    return before.body == 0 and zone.kind == before.kind and (zone.kind == "minutes" or zone.title == before.title)


def _first(paper: Paper, proposed: bool) -> Zone:
    """The zone that a paper begins with, by its kind; `_at` may put a better one in its place."""
    if paper.kind == "decision" and not proposed:
        return Zone(0, 0, 0, "minutes", paper.title, paper.meeting)
    if paper.kind in ("pack", "agenda", "supplement"):
        return Zone(0, 0, 0, "front", "Agenda", paper.meeting)
    if paper.kind == "minutes":
        return Zone(0, 0, 0, "minutes", "Minutes", paper.meeting)
    if paper.kind == "appendix":
        label = appendix_title(paper.title)
        return Zone(0, 0, 0, "appendix", paper.title, paper.meeting, number=label.number if label else "", label=label)
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
    agendas: tuple[Sequence[AgendaItem], Sequence[AgendaItem]],
    marked: Mapping[int, tuple[str, str]],
) -> Zone | None:
    """Return the zone that begins at a block, or None; ``agendas`` are the agenda and what its titles may show."""
    agenda, announced = agendas
    if not (current.kind == "minutes" and 0 < current.body > index - 8) and (head := minutes_head(blocks, index)):
        return Zone(head.start, head.end, 0, "minutes", head.title, head.meeting)
    if report := report_head(blocks, index):
        return Zone(report.start, report.end, 0, "report", report.title, report.meeting, number=report.number)
    if index in marked and index and not _head_follows(blocks, index):
        number, title = marked[index]
        if not number and not _ATTACHED.isdisjoint(words(title)) and current.kind in ("report", "appendix"):
            return _attached(index, filing.own_name(title), current.meeting)
        return Zone(index, index, 0, "report", title, Meeting(), number=number)
    if current.kind != "minutes" and (appendix := _appendix(blocks, index, current)):
        return appendix
    if stamped := _stamped(blocks, index, current, agenda):
        return stamped
    block = blocks[index]
    if block.first and index and not _head_follows(blocks, index):
        if item := _announced(blocks, index, announced):
            return Zone(index, index + 1, 0, "report", item.title, Meeting(), number=item.number)
        if current.kind == "minutes" and _over(blocks, current.start, index):
            return Zone(index, index, 0, "report", _title(blocks, index), Meeting())
    return None


def _head_follows(blocks: Sequence[Placed], index: int) -> bool:
    """Whether a report's own head is a few lines below on the page: it says more than a bookmark."""
    near = range(index + 1, min(index + 5, len(blocks)))
    return any(blocks[at].page == blocks[index].page and report_head(blocks, at) for at in near)


def _attached(index: int, name: str, meeting: Meeting) -> Zone:
    """An appendix that a bookmark names."""
    label = appendix_title(name)
    title, number = (label.name, label.number) if label else (name, "")
    return Zone(index, index, 0, "appendix", title, meeting, 2, number, label)


def _stamped(blocks: Sequence[Placed], index: int, current: Zone, agenda: Sequence[AgendaItem]) -> Zone | None:
    """A paper without its own head, only stamped "Agenda item 11": the agenda says what that is."""
    stamp = ITEM.fullmatch(blocks[index].text.strip())
    if not stamp or not stamp["agenda"] or current.kind == "front" or current.number == stamp["number"]:
        return None
    item = next((item for item in agenda if item.number == stamp["number"]), None)
    return Zone(index, index + 1, 0, "report", item.title, Meeting(), number=item.number) if item else None


def _announced(blocks: Sequence[Placed], index: int, agenda: Sequence[AgendaItem]) -> AgendaItem | None:
    """The agenda's item whose title is at the top of the page; none while the agenda itself goes on."""
    titles = {item.title for item in agenda}
    if any(title in line.text for line in blocks[index : index + 12] for title in titles if numbered(line.text)[0]):
        return None
    top = [line.text for line in blocks[index : index + 3] if len(line.text.split()) <= 30 and line.text[-1] != "."]
    return next((item for item in agenda if any(same_title(text, item.title) for text in top)), None)


def _over(blocks: Sequence[Placed], start: int, index: int) -> bool:
    """Whether the minutes that began at ``start`` have ended on a page before block ``index``."""
    return any(minutes_end(block.text) for block in blocks[start:index] if block.page < blocks[index].page)


def _appendix(blocks: Sequence[Placed], index: int, current: Zone) -> Zone | None:
    """An appendix's heading at the top of a page or in heading type; none in a list, or stamped on what it names."""
    head = appendix_head(blocks[index])
    block = blocks[index]
    top = block.first or (index > 0 and blocks[index - 1].first and blocks[index - 1].page == block.page)
    if head is None or current.kind == "front" or not (top or block.bold or block.level):
        return None
    if _listed(blocks, index, top):
        return None
    body = index + 1
    if not head.title and body < len(blocks) and is_heading(blocks[body], None, body_size(blocks)):
        head, body = replace(head, title=clean_title(blocks[body].text)), body + 1
    if index and current.label and _same_appendix(head, current.label, blocks[index]):
        return None
    if index == 0 or (
        current.rank == 1 and current.kind == "appendix" and (not current.label or head.follows(current.label))
    ):
        rank = 1
    else:
        rank = 2
    return Zone(index, body, 0, "appendix", head.name, current.meeting, rank, head.number, head)


def _same_appendix(head: AppendixHead, label: AppendixHead, block: Placed) -> bool:
    """Whether a head only repeats whose pages these are: in full, or by the bare number that a page is stamped with."""
    if (head.word, head.number) != (label.word, label.number):
        return False
    return head.title.casefold() == label.title.casefold() or appendix_head(block) == replace(head, title="")


def _listed(blocks: Sequence[Placed], index: int, top: bool) -> bool:
    """Whether an appendix's head is part of a list: close to another one, or under the headings that close a report."""
    page = blocks[index].page
    if any(_other(blocks[index], blocks[near]) for near in (index - 1, index + 1) if 0 <= near < len(blocks)):
        return True
    for step in (-1, 1):
        words = 0
        for near in range(index + step, index + step * _NEAR, step):
            if not 0 <= near < len(blocks) or blocks[near].page != page or words > _LISTED:
                break
            if appendix_head(blocks[near]):
                return True
            if step < 0 and not top and is_closing(blocks[near].text):
                return True
            words += len(blocks[near].text.split())
    return False


def _other(block: Placed, near: Placed) -> bool:
    """Whether a block is another appendix's head; on another page the same one is what the list had announced."""
    mine, its = appendix_head(block), appendix_head(near)
    return bool(mine and its) and (block.page == near.page or (mine and mine.number) != (its and its.number))


def _resumed(blocks: Sequence[Placed], index: int, earlier: Sequence[Zone]) -> Zone | None:
    """The report going on after an appendix in the middle of it, where its own order shows that it does."""
    current = earlier[-1]
    outer = next((zone for zone in reversed(earlier) if zone.rank == 1), current)
    if current.kind != "appendix" or outer is current or index < current.body:
        return None
    if not resumes(blocks, index, (outer.body, current.start, max(current.body, current.start + 1))):
        return None
    number, title = numbered(blocks[index].text.strip())
    return Zone(index, index + 1, 0, "heading", clean_title(title), outer.meeting, 2, number)


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
    titles: dict[int, tuple[str, str]] = {}
    for entry in document.outline[1:]:
        number, title = numbered(entry.title)
        item = next((item for item in agenda if same_title(title, item.title)), None)
        if entry.page in first and not title.lower().startswith("minutes") and (of_documents or item):
            titles.setdefault(first[entry.page], (item.number if item else number, clean_title(title)))
    return titles


def _completed(zone: Zone, end: int, paper: Paper, previous: date | None, agenda: Sequence[AgendaItem]) -> Zone:
    """Add what the head did not say: the paper's meeting, the agenda's date of the minutes, the item's number."""
    known = zone.meeting
    if zone.kind == "minutes":
        day = known.date or previous or (paper.meeting.date if paper.kind in _MINUTED else None)
    else:
        day = known.date or paper.meeting.date
    board = bodies.one_name(known.board, paper.meeting.authority) if known.board else paper.meeting.board
    meeting = Meeting(paper.meeting.authority, board, day)
    if zone.start == 0 and zone.kind == "minutes" and paper.kind in _MINUTED:
        meeting = paper.meeting  # more than its head said which meeting they are of
    number = zone.number
    if zone.kind == "report" and not number and known.date in (None, paper.meeting.date):
        number = next((item.number for item in agenda if same_title(zone.title, item.title)), "")
    return replace(zone, end=end, meeting=meeting, number=number)
