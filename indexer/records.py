"""Frozen records that the rooms hand to each other.

No I/O here, and nothing of ours is imported. Text positions are half-open ``[start, end)`` offsets in Unicode code
points into one page's stored text, like Python slices. Page numbers are 1-based sheets of the file; the number printed
on the sheet is a separate label. Papers without sheets (text, Word, web) are stored as pages too, numbered from 1, but
``Paper.paged`` is False and no page number is ever shown for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

PassageKind = Literal["resolution", "recommendation", "minute", "report", "table", "agenda", "other"]
SectionKind = Literal["front", "minutes", "item", "report", "recommendation", "appendix", "heading"]
PaperKind = Literal["pack", "agenda", "minutes", "report", "appendix", "decision", "supplement", "other"]
Outcome = Literal[
    "resolved",
    "agreed",
    "approved",
    "noted",
    "recommended",
    "deferred",
    "referred",
    "lost",
    "withdrawn",
]
TextMethod = Literal["text", "ocr", "none", "withheld"]
MinutesStatus = Literal["draft", "confirmed", "unknown"]
# The reason of a `PageFault` that costs a paper nothing: words that no reader of the page sees were left out.
UNSEEN: Final = "holds text that cannot be seen"
LedgerStatus = Literal["indexed", "partly read", "withheld", "withdrawn", "unreadable", "duplicate", "gone"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a sheet, in points (1/72 inch) from the sheet's top left corner; ``x0 <= x1``, ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list entry or table row of one page: ``page.text[start:end]``, without line breaks.

    ``size`` is the usual type size in points (0 where the format has none), ``level`` is the heading depth that the
    file itself marks (Word, HTML, Markdown; 0 for none), ``row`` marks a table row, whose cells a tab keeps apart.
    ``left`` is the indent of the first line in points from the sheet's left edge. ``jumps`` are the offsets into the
    page's text at which another program would not read on: a word that does not follow the one before it in the file,
    or the second half of a word of which a line's end leaves open how it is spelt ("non-" and "elective").
    """

    start: int
    end: int
    size: float = 0.0
    bold: bool = False
    row: bool = False
    level: int = 0
    left: float = 0.0
    jumps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one sheet after cleaning: what spans point into and what is shown.

    ``text`` is the blocks' texts in reading order, joined by line breaks. ``boxes[i]`` holds the rectangles of the
    i-th word (a run without white space) of ``text``: one, or two where a hyphenated word was joined; empty for
    formats without sheets. ``confidence`` is the mean OCR confidence in [0, 1] (1.0 for text that was not guessed).
    ``label`` is the printed page number that the file states ("10", "iv"), or "". ``method`` is how it was read;
    "withheld" says that a part or all of the page is exempt: ``text`` is the rest, and its picture is not to be shown.
    """

    number: int
    text: str
    blocks: tuple[Block, ...] = ()
    label: str = ""
    width: float = 0.0
    height: float = 0.0
    boxes: tuple[tuple[Box, ...], ...] = ()
    method: TextMethod = "text"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One entry of a file's own outline: ``depth`` counts from 0, ``page`` is a 1-based sheet."""

    title: str
    page: int
    depth: int


@dataclass(frozen=True, slots=True)
class PageFault:
    """A page that could not be read, and why, in words for the ledger."""

    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of one file. ``title`` and ``author`` are the file's own metadata, often useless.

    ``margins`` are short texts that stand beside the paper's own: lines at the edges of its sheets, headers and
    footers, keywords. ``overlays`` are what is printed over them: watermarks and stamps. Both are looked at for what
    marks a paper as exempt, and never stored.
    """

    format: str
    paged: bool
    pages: tuple[Page, ...]
    title: str = ""
    author: str = ""
    outline: tuple[Bookmark, ...] = ()
    faults: tuple[PageFault, ...] = ()
    margins: frozenset[str] = frozenset()
    overlays: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A body's meeting: which authority, which board or committee of it, and when. Unknown parts are "" or None."""

    authority: str = ""
    board: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field of a paper's provenance says what it says: the witnesses that agree, and how sure that is in [0, 1].

    ``field`` is "authority", "board", "date" or "kind"; ``witnesses`` are places: "head", "running line", "path" …
    """

    field: str
    confidence: float
    witnesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One archived file. ``id`` is the SHA-256 of its bytes in hex; ``path`` is as it was offered.

    ``meeting`` is the meeting the paper was made for: for a pack its own date, not the date of the minutes inside.
    ``evidence`` says for each known part of its provenance who told it.
    """

    id: str
    path: str
    format: str
    paged: bool
    kind: PaperKind
    title: str
    meeting: Meeting
    page_count: int
    url: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def key(self) -> int:
        """43 bits of the content hash; ``(key << 20) | ordinal`` numbers the paper's passages."""
        return int(self.id[:16], 16) >> 21


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text on one page: ``pages[page].text[start:end]``."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a paper under one heading, in reading order.

    Every block of a paper belongs to exactly one section, the innermost; ``spans`` are that section's own blocks (its
    heading first), one span a page, not those of its children. ``parent`` is the ordinal of the section around it.
    ``number`` is the printed minute, item or paragraph number ("93", "5.2") or "". ``agenda_item`` is the agenda item
    that a minute names besides its own number ("5" in "80. Provisional Settlement (Item 5)"). ``meeting`` is the
    meeting that the text records (minutes) or was written for (reports).
    """

    ordinal: int
    parent: int | None
    kind: SectionKind
    number: str
    title: str
    meeting: Meeting
    spans: tuple[Span, ...]
    level: int = 1
    agenda_item: str = ""

    @property
    def pages(self) -> tuple[int, ...]:
        """The sheets the section's own text stands on, in order."""
        return tuple(span.page for span in self.spans)


@dataclass(frozen=True, slots=True)
class Passage:
    """What is embedded, indexed, found and shown: one thought of one section.

    ``text`` is the cuts of ``spans`` joined by line breaks (`cut`). ``trail`` is the headings above it, outermost
    first; it is embedded and indexed with the text but is no part of it. ``headers`` are the title and header row of
    the table a row belongs to, or the sentence that introduces a list's further entries, where outside ``spans``.
    """

    ordinal: int
    section: int
    kind: PassageKind
    spans: tuple[Span, ...]
    text: str
    trail: tuple[str, ...]
    headers: tuple[Span, ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        """The sheets it stands on, in order, each once."""
        return tuple(dict.fromkeys(span.page for span in self.spans))


@dataclass(frozen=True, slots=True)
class Limb:
    """One numbered or lettered part of a resolution; ``label`` as printed ("a)", "(ii)", "1."), "" if unnumbered."""

    label: str
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Votes:
    """A minuted vote."""

    for_: int
    against: int
    abstain: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided, or (``recommendation``) what a report asks it to decide: verbatim, with its place.

    ``meeting`` is the meeting that decided. ``section`` is the ordinal of the item it belongs to; ``item`` and
    ``title`` are that item's number and heading. ``confirms`` is the date of the earlier meeting whose minutes this
    decision approves as a correct record, if it is such a decision.
    """

    ordinal: int
    section: int
    recommendation: bool
    outcome: Outcome
    text: str
    spans: tuple[Span, ...]
    limbs: tuple[Limb, ...]
    item: str
    title: str
    meeting: Meeting
    mover: str = ""
    seconder: str = ""
    votes: Votes | None = None
    confirms: date | None = None

    @property
    def pages(self) -> tuple[int, ...]:
        """The sheets it stands on, in order, each once."""
        return tuple(dict.fromkeys(span.page for span in self.spans))


@dataclass(frozen=True, slots=True)
class ReportedDecision:
    """A sentence that tells of a decision taken elsewhere; it is none of the paper's own, and ranks below those.

    ``actor`` is who decided and ``when`` the day, both as the sentence has them, "" where it does not tell; ``day`` is
    the date, where ``when`` is a whole one.
    """

    ordinal: int
    section: int
    text: str
    spans: tuple[Span, ...]
    actor: str
    when: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """What somebody is to do, by a resolution (``decision`` is its ordinal) or by an action column (None).

    ``text`` is the words that say so; ``owner`` is who is to do it and ``due`` when, both as printed, "" where nothing
    is said; ``due_by`` is the last day of that, reckoned from the meeting where it is said as a span of time.
    """

    ordinal: int
    section: int
    decision: int | None
    text: str
    spans: tuple[Span, ...]
    owner: str = ""
    due: str = ""
    due_by: date | None = None


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form that a paper itself defines, with where: "Child Sexual Exploitation (CSE)"."""

    short: str
    long: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper read and taken apart: everything the archive stores of it, vectors apart."""

    paper: Paper
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    decisions: tuple[Decision, ...]
    acronyms: tuple[Acronym, ...]
    faults: tuple[PageFault, ...] = ()
    outline: tuple[Bookmark, ...] = ()
    reported: tuple[ReportedDecision, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one file that was offered. No file is ever dropped without one."""

    path: str
    status: LedgerStatus
    reason: str
    paper_id: str
    pages: int = 0
    pages_without_text: tuple[int, ...] = ()
    ocr_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided about a paper, and why. The archive keeps every one, in order.

    ``was`` is the paper's status in the ledger before, "" where it had none; ``noted`` an ISO time in UTC.
    """

    paper_id: str
    ruling: Literal["withdrawn", "withheld", "released"]
    was: str
    reason: str
    noted: str


def cut(pages: dict[int, str], spans: tuple[Span, ...]) -> str:
    """Cut ``spans`` out of the pages' texts and join them by line breaks.

    Args:
        pages: stored text by 1-based page number.
        spans: what to cut, in order.

    Raises:
        KeyError: a span names a page that is not given.
    """
    return "\n".join(pages[span.page][span.start : span.end] for span in spans)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which passages count. Empty means all; several values of one kind mean any of them.

    ``authorities``, ``boards`` and ``dates`` are those of the meeting that the passage's section records or was
    written for; dates are inclusive. A passage without a date passes no date filter. ``papers`` are paper ids.
    """

    authorities: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    kinds: tuple[PassageKind, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    papers: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is filtered."""
        return self == Filters()


@dataclass(frozen=True, slots=True)
class WordQuery:
    """What the word index is asked.

    ``words`` is free text of which any word may match; ``phrases`` are runs of words looked for in that order
    (a match scores high, a miss excludes nothing); ``expansions`` are further texts with a weight in (0, 1], such as
    the long form of an acronym. ``headings`` are words that the headings above a passage must hold, each.
    """

    words: str
    phrases: tuple[str, ...] = ()
    expansions: tuple[tuple[str, float], ...] = ()
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """One passage id of one ranking. Higher is better; scales differ between rankings and are never compared."""

    id: int
    score: float


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as the archive keeps it. ``id`` is ``(paper.key << 20) | passage.ordinal``.

    ``twin`` is a hash of its normalised text: equal for the same passage in several papers.
    """

    id: int
    paper: Paper
    section: Section
    passage: Passage
    twin: str


@dataclass(frozen=True, slots=True)
class Printing:
    """One of the places where a decision is printed: ``id`` numbers it there, ``pages`` are 1-based sheets."""

    id: int
    paper: Paper
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A later decision that changes an earlier one, seen from either: ``id`` and the rest are those of the other.

    ``how`` says what became of the earlier one.
    """

    how: Literal["corrected", "rescinded"]
    id: int
    paper: Paper
    decision: Decision


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision as the archive keeps it, with its paper; ``status`` is that of the minutes it stands in.

    ``confirmed_by`` is the date of the later meeting that approved those minutes, if the archive holds it. ``places``
    are the other papers that print the same decision, ``superseded_by`` the later decisions that correct or rescind it,
    the latest first, and ``corrects`` the earlier ones that it corrects or rescinds.
    """

    id: int
    paper: Paper
    decision: Decision
    status: MinutesStatus
    confirmed_by: date | None = None
    places: tuple[Printing, ...] = ()
    superseded_by: tuple[Change, ...] = ()
    corrects: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A reported decision as the archive keeps it, with its paper and section."""

    id: int
    paper: Paper
    section: Section
    report: ReportedDecision


@dataclass(frozen=True, slots=True)
class StoredAction:
    """An action as the archive keeps it, with its paper and section (the item that it arises from)."""

    id: int
    paper: Paper
    section: Section
    action: Action


@dataclass(frozen=True, slots=True)
class Facets:
    """How many passages each value of a filter would leave, most first (years: latest first)."""

    authorities: dict[str, int]
    boards: dict[str, int]
    kinds: dict[str, int]
    years: dict[int, int]


@dataclass(frozen=True, slots=True)
class Totals:
    """What the archive holds, counted."""

    papers: int
    pages: int
    passages: int
    decisions: int
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """One committed state of one archive: its name, which no other archive has, and how many changes it has had."""

    archive: str
    generation: int


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which encoder made an archive's vectors: its name, the SHA-256 of its weights in hex, and its dimension."""

    name: str
    digest: str
    dimension: int
