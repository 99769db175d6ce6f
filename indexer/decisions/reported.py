"""Decisions that a paper reports and that are not its own: sentences of reports, and of minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.records import Decision, Page, ReportedDecision, Section, Span
from indexer.structure.blocks import placed
from indexer.structure.minutes import minuted
from indexer.text import dates, reported
from indexer.text.sentences import sentences

# Cells of one row are no sentence: in so many of them, who acts and what is done may be of two columns.
_MOST_CELLS = 3
# The model's probability from which its label is enough, without words that say so.
_SURE = 0.8


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
    by_text: dict[str, ReportedDecision] = {}
    marked = _marked(pages, sections)
    for span, text in _sentences(pages):
        told = reported.report(text, sure=span in marked)
        if told is None or text in by_text or any(_meet(span, other) for other in taken):
            continue
        home = next((section for own, section in homes if _meet(span, own)), None)
        if home is not None:
            day = dates.parse(told.when) if told.when else None
            by_text[text] = ReportedDecision(len(by_text), home.ordinal, text, (span,), told.actor, told.when, day)
    return tuple(by_text.values())


def _marked(pages: tuple[Page, ...], sections: tuple[Section, ...]) -> frozenset[Span]:
    """The sentences of minutes that the model is sure report somebody else's decision."""
    marks = (mark for _, told in minuted(pages, sections) for mark in told.marks)
    return frozenset(
        Span(mark.unit.page, mark.unit.start, mark.unit.end)
        for mark in marks
        if mark.label == "reported" and mark.sure > _SURE
    )


def _sentences(pages: tuple[Page, ...]) -> Iterator[tuple[Span, str]]:
    for block in placed(pages):
        if block.text.count("\t") < _MOST_CELLS:
            for start, end in sentences(block.text):
                yield Span(block.page, block.start + start, block.start + end), block.text[start:end]


def _meet(one: Span, other: Span) -> bool:
    return one.page == other.page and one.start < other.end and other.start < one.end
