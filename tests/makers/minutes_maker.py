"""Small fictional minutes and reports for tests: paragraphs in, pages and sections out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from indexer.records import Block, Meeting, Page, Section, SectionKind, Span

MEETING = Meeting("Borsley Council", "Harbour Board", date(2024, 3, 14))

# A part of a paper: kind, number, title and paragraphs. "\f" among the paragraphs turns the page.
Part = tuple[SectionKind, str, str, Sequence[str]]


def item(number: str, title: str, *paragraphs: str) -> Part:
    """Make an item of minutes; a paragraph with a tab is a table row."""
    return "item", number, title, paragraphs


def report(title: str, *paragraphs: str) -> Part:
    """Make a report without further headings."""
    return "report", "", title, paragraphs


def minutes(*items: Part, meeting: Meeting = MEETING) -> tuple[tuple[Page, ...], tuple[Section, ...]]:
    """Make the minutes of one meeting: a first section with the title, each item under it."""
    return paper(("minutes", "", "MINUTES of a meeting of the Harbour Board", ()), *items, meeting=meeting)


def paper(first: Part, *rest: Part, meeting: Meeting = MEETING) -> tuple[tuple[Page, ...], tuple[Section, ...]]:
    """Lay out a section and the sections within it, each one's heading first."""
    texts: list[list[str]] = [[]]
    spans: list[dict[int, Span]] = []
    for _, number, title, paragraphs in (first, *rest):
        own: dict[int, Span] = {}
        heading = f"{number}. {title}" if number else title
        for text in (heading, *paragraphs):
            if text == "\f":
                texts.append([])
                continue
            page = len(texts)
            start = sum(len(line) + 1 for line in texts[-1])
            texts[-1].append(text)
            begun = own.get(page)
            own[page] = Span(page, begun.start if begun else start, start + len(text))
        spans.append(own)
    pages = tuple(_page(number, lines) for number, lines in enumerate(texts, 1))
    sections = tuple(
        Section(
            ordinal, None if ordinal == 0 else 0, kind, number, title, meeting, tuple(own.values()), bool(ordinal) + 1
        )
        for ordinal, ((kind, number, title, _), own) in enumerate(zip((first, *rest), spans, strict=True))
    )
    return pages, sections


def _page(number: int, lines: Sequence[str]) -> Page:
    blocks: list[Block] = []
    start = 0
    for line in lines:
        blocks.append(Block(start, start + len(line), row="\t" in line))
        start += len(line) + 1
    return Page(number, "\n".join(lines), tuple(blocks))
