"""A paper taken apart: its sections, passages, decisions and acronyms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from indexer.records.pages import Bookmark, Page, PageFault

PassageKind = Literal["resolution", "recommendation", "minute", "report", "table", "agenda", "other"]
KEY_DIGITS: Final = 16  # of an id in hex: those that number the paper, and name it in handles
# Kinds of passages that say what was decided, or was to be.
RULINGS: Final = frozenset[PassageKind]({"resolution", "recommendation"})
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
# What is not certain about a decision: a vote or a mover that may be another's, a text that may be incomplete.
Doubt = Literal["vote", "mover", "text"]

# How it is known that two names are one body's: the head of a paper of it has the other name; a paper says that it was
# called so before; it approved minutes that bear the other name; both names have the same meetings, only one of them
# minutes; or they are the same words.
SameBody = Literal["printed", "formerly", "minutes", "meetings", "words"]


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
    ``evidence`` says for each known part of its provenance which witnesses say so.
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
        return int(self.id[:KEY_DIGITS], 16) >> 21


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text on one page: ``pages[page].text[start:end]``."""

    page: int
    start: int
    end: int

    def meets(self, other: Span) -> bool:
        """Whether the two have a character in common."""
        return self.page == other.page and self.start < other.end and other.start < self.end


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
class Section:
    """A stretch of a paper under one heading, in reading order.

    Every block of a paper belongs to exactly one section, the innermost; ``spans`` are that section's own blocks (its
    heading first), one span a page, not those of its children. ``parent`` is the ordinal of the section around it.
    ``number`` is the printed minute, item or paragraph number ("93", "5.2") or "". ``agenda_item`` is the agenda item
    that a minute names as well as its own number ("5" in "80. Provisional Settlement (Item 5)"). ``meeting`` is the
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
        """The sheets of the section's own text, in order."""
        return tuple(span.page for span in self.spans)


def chain(section: Section, sections: Mapping[int, Section]) -> list[Section]:
    """Return a section and those around it, innermost first; ``sections`` are its paper's by ordinal."""
    every = [section]
    while (above := sections.get(-1 if every[-1].parent is None else every[-1].parent)) and above not in every:
        every.append(above)
    return every


@dataclass(frozen=True, slots=True)
class Passage:
    """What is embedded, indexed, retrieved and shown: a short stretch of one section.

    ``text`` is the cuts of ``spans`` joined by line breaks (`cut`). ``trail`` is the headings above it, outermost
    first; it is embedded and indexed with the text but is not part of it. ``headers`` are the title and header row of
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
        """Its sheets, in order, each once."""
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
    decision approves as a correct record, if it is such a decision. ``doubts`` names what is not certain: what is in
    doubt is left empty, or, of the text, may go on.
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
    doubts: tuple[Doubt, ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        """Its sheets, in order, each once."""
        return tuple(dict.fromkeys(span.page for span in self.spans))


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form that a paper itself defines, with where: "Child Sexual Exploitation (CSE)"."""

    short: str
    long: str
    span: Span


@dataclass(frozen=True, slots=True)
class ReportedDecision:
    """A sentence that reports a decision taken elsewhere; it is not the paper's own, and ranks below those.

    ``actor`` is who decided and ``when`` the day, both as the sentence has them, "" where it does not say; ``day`` is
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
    is said; ``due_by`` is the last day of that, counted from the meeting where it is given as a span of time.
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
class Alias:
    """Another name of a body: of a board, or of the authority itself where ``board`` is "".

    ``board`` is the name that it goes by, ``name`` the other one.
    """

    authority: str
    board: str
    name: str
    how: SameBody


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
    aliases: tuple[Alias, ...] = ()
