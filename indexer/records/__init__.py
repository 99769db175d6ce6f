"""Frozen records that the rooms hand to each other.

No I/O here, and nothing of ours is imported. Text positions are half-open ``[start, end)`` offsets in Unicode code
points into one page's stored text, like Python slices. Page numbers are 1-based sheets of the file; the number printed
on the sheet is a separate label. Papers without sheets (text, Word, web) are stored as pages too, numbered from 1, but
``Paper.paged`` is False and no page number is ever shown for them.
"""

from __future__ import annotations

from indexer.records.pages import Block, Bookmark, Box, Document, Page, PageFault, TextMethod
from indexer.records.papers import (
    KEY_DIGITS,
    RULINGS,
    Acronym,
    Action,
    Alias,
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
    SameBody,
    Section,
    SectionKind,
    Span,
    Votes,
    chain,
    cut,
)
from indexer.records.stored import (
    ATTACHED,
    CONCEALING,
    DELETED,
    EMBEDDED,
    NOTED,
    STRUCK,
    UNSEEN,
    ArchiveState,
    Change,
    Facets,
    Filters,
    LedgerEntry,
    LedgerStatus,
    MinutesStatus,
    ModelIdentity,
    Printing,
    Ruling,
    Scored,
    StoredAction,
    StoredDecision,
    StoredPassage,
    StoredReport,
    StoredSection,
    Totals,
    WordQuery,
)
