"""What the archive hands out, what it is asked, and what it notes of files and of decisions about papers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from indexer.records.papers import Action, Alias, Decision, Paper, Passage, PassageKind, ReportedDecision, Section

MinutesStatus = Literal["draft", "confirmed", "unknown"]
LedgerStatus = Literal["indexed", "partly read", "withheld", "withdrawn", "unreadable", "duplicate", "gone"]
UNSEEN: Final = "holds text that cannot be seen"
STRUCK: Final = "struck-out words are left out"
DELETED: Final = "words that tracked changes deleted are left out"
ATTACHED: Final = "attached files are not read"
EMBEDDED: Final = ("an embedded file is not read", "an embedded document is not read")
# How faults begin for which a file is not given out: there is more in it than was looked at for marks, or is shown.
CONCEALING: Final = (UNSEEN, DELETED, ATTACHED, *EMBEDDED)
# And of pages that are read in full all the same.
NOTED: Final = (STRUCK, DELETED, UNSEEN)


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
class StoredSection:
    """A section as the archive keeps it, with its paper."""

    paper: Paper
    section: Section


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as the archive keeps it. ``id`` is ``(paper.key << 20) | passage.ordinal``.

    ``twin`` is a hash of its normalised text: equal for the same passage in several papers. ``headers`` are the
    texts of `Passage.headers`.
    """

    id: int
    paper: Paper
    section: Section
    passage: Passage
    twin: str
    headers: tuple[str, ...] = ()


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
    """A decision as the archive keeps it, with its paper; ``status`` is that of the minutes that print it.

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
    """How many passages each value of a filter would leave, most first (years: latest first).

    ``aliases`` are the other names of bodies, and ``also`` has for each name of several the others that are values.
    """

    authorities: dict[str, int]
    boards: dict[str, int]
    kinds: dict[str, int]
    years: dict[int, int]
    aliases: tuple[Alias, ...] = ()
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)


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
