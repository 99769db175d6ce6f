"""The contents of papers, looked up once: sections, printed page numbers and plain text, for references.

A list of hits does not need word boxes, so pages are read without them.
"""

from __future__ import annotations

from indexer.records import Meeting, Paper, PaperKind, Section, SectionKind, StoredPassage, chain, cut
from search.bounds import BOUNDS
from search.library import Library
from search.memory import Cache, Memory

# Papers that hold several reports or items, and what those are.
SEVERAL: frozenset[PaperKind] = frozenset({"pack", "minutes", "agenda", "supplement"})
_MATTERS: frozenset[SectionKind] = frozenset({"item", "report"})


class Contents:
    """Sections and page labels of an archive, those used last kept. Safe to use from several threads."""

    def __init__(self, library: Library, memory: Memory | None = None) -> None:
        self._library = library
        memory = memory or Memory(library)
        self._sections: Cache[str, dict[int, Section]] = Cache(memory, BOUNDS.kept_papers)
        self._labels: Cache[tuple[str, int], str] = Cache(memory, BOUNDS.kept_pages)
        self._guessed: Cache[tuple[str, int], float | None] = Cache(memory, BOUNDS.kept_pages)
        self._jumps: Cache[tuple[str, int], tuple[int, ...]] = Cache(memory, BOUNDS.kept_pages)

    def sections(self, paper_id: str) -> dict[int, Section]:
        """Give a paper's sections by ordinal."""

        def fetch() -> dict[int, Section]:
            return {section.ordinal: section for section in self._library.sections(paper_id)}

        return self._sections.once(paper_id, fetch)

    def matter(self, stored: StoredPassage) -> tuple[str, int]:
        """Give the report or item of a passage: the outermost around it, or the whole paper if that is one."""
        paper = stored.paper
        if paper.kind not in SEVERAL:
            return paper.id, -1
        sections = self.sections(paper.id)
        every = chain(stored.section, sections)
        around = [section for section in every if section.kind in _MATTERS] or every
        return paper.id, around[-1].ordinal

    def label(self, paper_id: str, page: int) -> str:
        """Give the number printed on a sheet, "" if none is known."""
        return self._labels.once((paper_id, page), lambda: self._library.page_label(paper_id, page))

    def jumps(self, paper_id: str, page: int) -> tuple[int, ...]:
        """Give the offsets at which other programs do not read on in a page's text (`Block.jumps`)."""

        def fetch() -> tuple[int, ...]:
            stored = self._library.plain_page(paper_id, page)
            return tuple(jump for block in stored.blocks for jump in block.jumps) if stored else ()

        return self._jumps.once((paper_id, page), fetch)

    def text(self, paper_id: str, page: int) -> str:
        """Give the text of a page, "" if it is gone; never kept, so that no text outlives its paper."""
        stored = self._library.plain_page(paper_id, page)
        return stored.text if stored else ""

    def guessed(self, paper_id: str, page: int) -> float | None:
        """Give how surely OCR read a page, in [0, 1]; None for text that was not guessed."""

        def fetch() -> float | None:
            stored = self._library.plain_page(paper_id, page)
            return stored.confidence if stored and stored.method == "ocr" else None

        return self._guessed.once((paper_id, page), fetch)


def text_of(library: Library, paper: Paper, section: Section) -> str:
    """Give a section's own text, as far as its pages are still there."""
    texts = {number: page.text for number in section.pages if (page := library.plain_page(paper.id, number))}
    return cut(texts, tuple(span for span in section.spans if span.page in texts))


def meeting_of(meeting: Meeting, paper: Paper) -> Meeting:
    """Give the meeting of a part of a paper, with the paper's own where the part does not say."""
    own = paper.meeting
    return Meeting(meeting.authority or own.authority, meeting.board or own.board, meeting.date or own.date)
