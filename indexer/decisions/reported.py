"""Decisions that a paper reports and that are not its own: sentences of reports, and of minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.records import Decision, Page, ReportedDecision, Section, Span
from indexer.structure.blocks import placed
from indexer.text import dates, reported
from indexer.text.sentences import sentences

# Cells of one row are no sentence: where so many stand in it, who acts and what is done may be of two columns.
_MOST_CELLS = 3


def reports(
    pages: tuple[Page, ...], sections: tuple[Section, ...], decisions: Sequence[Decision]
) -> tuple[ReportedDecision, ...]:
    """Find the reported decisions of a paper, in reading order; the same sentence once.

    Args:
        pages: the paper's pages, as stored.
        sections: its sections.
        decisions: its own decisions and recommendations, which are no reports of one.
    """
    taken = [span for decision in decisions for span in decision.spans]
    homes = [(span, section) for section in sections if section.kind != "front" for span in section.spans]
    found: dict[str, ReportedDecision] = {}
    for span, text in _sentences(pages):
        told = reported.report(text)
        if told is None or text in found or any(_meet(span, other) for other in taken):
            continue
        home = next((section for own, section in homes if _meet(span, own)), None)
        if home is not None:
            day = dates.parse(told.when) if told.when else None
            found[text] = ReportedDecision(len(found), home.ordinal, text, (span,), told.actor, told.when, day)
    return tuple(found.values())


def _sentences(pages: tuple[Page, ...]) -> Iterator[tuple[Span, str]]:
    for block in placed(pages):
        if block.text.count("\t") < _MOST_CELLS:
            for start, end in sentences(block.text):
                yield Span(block.page, block.start + start, block.start + end), block.text[start:end]


def _meet(one: Span, other: Span) -> bool:
    return one.page == other.page and one.start < other.end and other.start < one.end
