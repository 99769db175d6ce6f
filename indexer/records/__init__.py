"""Frozen records that the rooms hand to each other.

No I/O here, and nothing of ours is imported. Text positions are half-open ``[start, end)`` offsets in Unicode code
points into one page's stored text, like Python slices. Page numbers are 1-based sheets of the file; the number printed
on the sheet is a separate label. Papers without sheets (text, Word, web) are stored as pages too, numbered from 1, but
``Paper.paged`` is False and no page number is ever shown for them.
"""

from __future__ import annotations

from indexer.records.ledger import LedgerEntry, LedgerStatus, Ruling
from indexer.records.pages import Block, Bookmark, Box, Document, Page, PageFault, TextMethod
from indexer.records.papers import (
    Acronym,
    Action,
    Decision,
    Doubt,
    Evidence,
    Limb,
    Meeting,
    Outcome,
    Paper,
    PaperKind,
    Passage,
    PassageKind,
    Reading,
    ReportedDecision,
    Section,
    SectionKind,
    Span,
    Votes,
    cut,
)
from indexer.records.stored import (
    UNSEEN,
    ArchiveState,
    Change,
    Facets,
    Filters,
    MinutesStatus,
    ModelIdentity,
    Printing,
    Scored,
    StoredAction,
    StoredDecision,
    StoredPassage,
    StoredReport,
    StoredSection,
    Totals,
    WordQuery,
)

__all__ = [
    "UNSEEN",
    "Acronym",
    "Action",
    "ArchiveState",
    "Block",
    "Bookmark",
    "Box",
    "Change",
    "Decision",
    "Document",
    "Doubt",
    "Evidence",
    "Facets",
    "Filters",
    "LedgerEntry",
    "LedgerStatus",
    "Limb",
    "Meeting",
    "MinutesStatus",
    "ModelIdentity",
    "Outcome",
    "Page",
    "PageFault",
    "Paper",
    "PaperKind",
    "Passage",
    "PassageKind",
    "Printing",
    "Reading",
    "ReportedDecision",
    "Ruling",
    "Scored",
    "Section",
    "SectionKind",
    "Span",
    "StoredAction",
    "StoredDecision",
    "StoredPassage",
    "StoredReport",
    "StoredSection",
    "TextMethod",
    "Totals",
    "Votes",
    "WordQuery",
    "cut",
]
