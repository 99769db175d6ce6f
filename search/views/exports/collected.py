"""A collection's quotations as the archive holds them now, and as a briefing or an evidence bundle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.records import Page, Paper, Passage, Section, Span, StoredPassage
from search import cite
from search.collections import Collection, Piece
from search.views.exports.bundle import Sheet
from search.views.render import leaf, phrasing
from search.views.render.briefing import Briefing, Quoted, lines_of, readable

if TYPE_CHECKING:
    from indexer.archive import Archive


@dataclass(frozen=True, slots=True)
class Held:
    """A piece as the archive holds it: its paper, spans, words and reference."""

    piece: Piece
    paper: Paper
    spans: tuple[Span, ...]
    text: str
    reference: str


def held(archive: Archive, collection: Collection) -> tuple[Held, ...]:
    """Look up the pieces of a collection; those whose paper or page is gone are left out."""
    return tuple(held for piece in collection.pieces if (held := _held(archive, piece)))


def _held(archive: Archive, piece: Piece) -> Held | None:
    paper, spans = archive.paper(piece.paper), leaf.spans_from(piece.spans)
    pages = {span.page: archive.plain_page(piece.paper, span.page) for span in spans} if paper else {}
    if paper is None or not spans or not all(pages.values()):
        return None
    text = "\n".join(page.text[span.start : span.end] for span in spans if (page := pages[span.page]))
    return Held(piece, paper, spans, text, _reference(archive, paper, piece, spans, text, pages[spans[0].page]))


def _reference(
    archive: Archive, paper: Paper, piece: Piece, spans: tuple[Span, ...], text: str, page: Page | None
) -> str:
    sections = {section.ordinal: section for section in archive.sections(paper.id)}
    around = [one for one in sections.values() if any(_within(spans[0], own) for own in one.spans)]
    own = max(around, key=lambda one: one.ordinal, default=Section(0, None, "front", "", "", paper.meeting, spans))
    home = cite.home(own, sections)
    stored = StoredPassage(0, paper, own, Passage(0, own.ordinal, piece.kind, spans, text, ()), "")
    label = page.label if page else ""
    return cite.reference(stored, label, page=spans[0].page, item=home, around=cite.around(home, sections))


def _within(span: Span, other: Span) -> bool:
    return span.page == other.page and other.start <= span.start < other.end


def briefing(name: str, pieces: tuple[Held, ...]) -> Briefing:
    """Put a collection together as a briefing: each quotation under the reader's note, with its reference."""
    quoted = tuple(
        Quoted(readable(one.piece.note), lines_of(one.text), cite.copyable(one.reference, one.paper, one.spans[0].page))
        for one in pieces
    )
    return Briefing(readable(name), (f"{phrasing.counted(len(pieces), 'quotation')}.",), (("Quotations", quoted),))


def sheets(pieces: tuple[Held, ...]) -> Iterator[Sheet]:
    """Give the pages that the quotations of a collection are on, each once."""
    listed: dict[tuple[str, int], Sheet] = {}
    for one in pieces:
        for span in one.spans:
            sheet = listed.setdefault((one.paper.id, span.page), Sheet(one.paper, span.page))
            sheet.spans.append(span)
            sheet.references += [] if one.reference in sheet.references else [one.reference]
    yield from listed.values()
