"""Blocks and sections as one stream of lines in reading order, which is how minutes are written.

A line is one block (paragraph, list entry, table row) that knows its section. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.layout.blocks import placed
from indexer.records import Page, Section, Span


@dataclass(frozen=True, slots=True)
class Line:
    """One block: ``text`` is ``pages[page].text[start:end]``; ``heading`` marks the first line of a section."""

    page: int
    start: int
    end: int
    text: str
    section: int
    row: bool = False
    heading: bool = False

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Give the place of ``text[start:end]`` on the page, without white space or left-over ``**`` at its ends."""
        piece = self.text[start:end]
        kept = piece.rstrip()
        while kept.endswith("**"):
            kept = kept[:-2].rstrip()
        lead = len(kept) - len(kept.lstrip())
        return Span(self.page, self.start + start + lead, self.start + start + len(kept))


def joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Join neighbouring spans of one page, so that a page break is the only reason for a second span."""
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].page == span.page:
            merged[-1] = Span(span.page, merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def joined_lines(parts: Iterable[tuple[Line, Span]]) -> tuple[Span, ...]:
    """Join the parts of neighbouring lines; what was left out between two lines, as is who acts, keeps them apart."""
    merged: list[Span] = []
    page = end = 0
    for line, span in parts:
        if span.end > span.start:
            near = bool(merged) and line.page == page and line.start <= end + 1
            merged[-1:] = joined([*merged[-1:], span]) if near else [*merged[-1:], span]
        page, end = line.page, line.end
    return tuple(merged)


def lines(pages: Sequence[Page], sections: Sequence[Section]) -> tuple[Line, ...]:
    """Lay out every block of ``pages`` that lies in a section, in reading order."""
    owned: dict[int, list[tuple[int, int, int]]] = {}
    for section in sections:
        for span in section.spans:
            owned.setdefault(span.page, []).append((span.start, span.end, section.ordinal))
    firsts = {(section.spans[0].page, section.spans[0].start) for section in sections if section.spans}
    return tuple(
        Line(block.page, block.start, block.end, block.text, owner, block.row, (block.page, block.start) in firsts)
        for block in placed(pages)
        if (owner := _owner(owned.get(block.page, []), block.start)) is not None
    )


def _owner(spans: list[tuple[int, int, int]], position: int) -> int | None:
    """Find the innermost section around ``position``: the one that begins last before it."""
    around = [(start, ordinal) for start, end, ordinal in spans if start <= position < end]
    return max(around)[1] if around else None
