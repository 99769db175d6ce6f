"""When two items are on the same matter, by their titles and reference numbers alone; and handles for them.

A wrong link is worse than none: titles that name different periods are different matters, and titles that every
meeting has (apologies, minutes, work programme) link nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from indexer.errors import BadArguments
from indexer.records import KEY_DIGITS, Meeting, Paper, Section, StoredDecision
from indexer.text import periods
from indexer.text.words import STOP_WORDS, words

# 24/00115 on key decisions, DC/19/0042 and 2024/1234/FUL on applications. "2024/25" and "BCF 2022/23" are years.
_REFERENCE = re.compile(
    r"(?<![\w/-])(?:\d{2}[/-]\d{5}|[A-Z]{1,4}[/-]\d{2,4}[/-]\d{3,6}(?:/[A-Z]{1,4})?|\d{2,4}/\d{3,6}/[A-Z]{1,5}"
    r"|[A-Z]\d{6}/[A-Z]{1,3})(?![\w/-])"
)
# Words of a title that say what kind of paper it is, not what it is on.
_FORM = frozenset(
    [
        "report",
        "reports",
        "update",
        "updates",
        "progress",
        "briefing",
        "note",
        "verbal",
        "presentation",
        "draft",
        "revised",
        "proposed",
        "proposal",
        "record",
        "decision",
        "title",
        "item",
        "motion",
        "cllr",
        "agenda",
        "regarding",
    ]
)
_ROUTINE = re.compile(
    r"(?:confirmation of |approval of )?(?:the )?(?:draft )?minutes\b.*|apolog.*|declarations?\b.*"
    r"|(?:named )?substitut.*|questions?\b.*|public (?:participation|questions?)\b.*"
    r"|(?:board |committee |hwb |forward )?work (?:plan|program).*"
    r"|.*\bwork program(?:me)?|.*\bwork plan|forward (?:plan|program).*|date.* (?:of|for) (?:the )?next .*"
    r"|future meeting.*|any other .*|urgent .*|exclusion of .*|.*announcements|introductions?|welcome.*|membership"
    r"|matters arising.*|classification|recommendations?|purpose|appendi.*|attachment.*|petitions?|election of .*"
    r"|appointment of .*(?:chair|vice).*|health and wellbeing board work .*|chair.* report",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"([0-9a-f]{16,64}):([ds])(\d{1,6})")
# Kinds of paper that hold one matter.
_SINGLE = frozenset({"report", "decision", "appendix"})


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart: telling words in lower case without plural s, the periods and references that it names."""

    words: frozenset[str]
    periods: frozenset[str]
    references: frozenset[str]
    routine: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """An item of a meeting, as far as links need it. ``section`` is its ordinal in the paper."""

    paper: Paper
    section: int
    item: str
    heading: str
    title: Title
    meeting: Meeting
    text: str

    @property
    def when(self) -> date | None:
        """The date of the meeting, the paper's own where the item has none."""
        return self.meeting.date or self.paper.meeting.date

    @property
    def board(self) -> str:
        """The board, the paper's own where the item has none."""
        return self.meeting.board or self.paper.meeting.board

    @property
    def body(self) -> tuple[str, str]:
        """Authority and board, to compare."""
        return self.authority, self.board.casefold()

    @property
    def authority(self) -> str:
        """The authority, to compare."""
        return (self.meeting.authority or self.paper.meeting.authority).casefold()

    @property
    def references(self) -> frozenset[str]:
        """Reference numbers of its title and text."""
        return self.title.references | references(self.text)


def of_decision(one: StoredDecision) -> Matter:
    """Make a matter of a decision or recommendation."""
    decision = one.decision
    return _matter(one.paper, decision.section, decision.item, decision.title, decision.meeting, decision.text)


def of_section(paper: Paper, section: Section, text: str) -> Matter:
    """Make a matter of an item or report and its text."""
    return _matter(paper, section.ordinal, section.number, section.title, section.meeting, text)


def _matter(paper: Paper, section: int, item: str, heading: str, meeting: Meeting, text: str) -> Matter:
    return Matter(paper, section, item, heading, named(paper, heading), meeting, text)


def named(paper: Paper, heading: str) -> Title:
    """Take a heading of a paper apart, with the references in the name of a file that holds one matter."""
    parts = title(heading)
    if paper.kind in _SINGLE:
        # "24-00115 - Report.pdf": the file of one report is often named after its decision.
        return replace(parts, references=parts.references | references(PurePath(paper.path).name))
    return parts


def title(text: str) -> Title:
    """Take a title apart."""
    named = references(text)
    bare = _REFERENCE.sub(" ", text)
    spoken = list(periods.names(bare))
    for start, end, _ in spoken:
        bare = bare[:start] + " " * (end - start) + bare[end:]
    telling = frozenset(
        word.rstrip("s") if len(word) > 3 else word
        for word in words(bare)
        if word not in STOP_WORDS and word not in _FORM
    )
    return Title(
        telling, frozenset(form for _, _, form in spoken), named, _ROUTINE.fullmatch(text.strip(" .:-")) is not None
    )


def references(text: str) -> frozenset[str]:
    """Find reference numbers of decisions and applications, written with slashes."""
    written = (match.group().replace("-", "/") for match in _REFERENCE.finditer(text))
    return frozenset(one for one in written if not re.search(r"(?:19|20)\d\d/(?:19|20)\d\d", one))


def same(one: Title, other: Title) -> bool:
    """Whether two titles are the same apart from capitals, filler words and what kind of paper they name."""
    return bool(one.words) and one.words == other.words and one.periods == other.periods and not one.routine


def within(one: Title, other: Title, least: int) -> bool:
    """Whether one title holds all telling words of the other, ``least`` or more, and they name no other periods."""
    shorter = min(one.words, other.words, key=len)
    if one.routine or other.routine or len(shorter) < least or _apart(one, other):
        return False
    return one.words <= other.words or other.words <= one.words


def like(one: Title, other: Title) -> float:
    """Say how alike two titles are: shared telling words of all, in [0, 1]; 0 for different periods."""
    if one.routine or other.routine or _apart(one, other) or not one.words or not other.words:
        return 0.0
    return len(one.words & other.words) / len(one.words | other.words)


def decision_handle(one: StoredDecision) -> str:
    """Give the name by which `thread` knows a decision: the paper's id, cut short, and the decision's number in it."""
    return f"{one.paper.id[:KEY_DIGITS]}:d{one.decision.ordinal}"


def section_handle(paper_id: str, ordinal: int) -> str:
    """Give the name by which `thread` knows an item or report."""
    return f"{paper_id[:KEY_DIGITS]}:s{ordinal}"


def read_handle(text: str) -> tuple[str, bool, int]:
    """Read a handle: the beginning of the paper's id, whether it names a decision, and the number.

    Raises:
        BadArguments: it is not a handle.
    """
    match = _HANDLE.fullmatch(text.strip().lower())
    if match is None:
        message = f"{text!r} names no decision or item: take an id that `decisions --json` or `similar --json` prints"
        raise BadArguments(message, expected="PAPER:d12 or PAPER:s12", found=text[:80])
    return match[1], match[2] == "d", int(match[3])


def _apart(one: Title, other: Title) -> bool:
    """Whether both name years, months or quarters, with none in common."""
    for is_kind in (str.isdigit, lambda sign: sign.isalpha() and sign != "q", lambda sign: sign == "q"):
        named, others = ({period for period in some.periods if is_kind(period[:1])} for some in (one, other))
        if named and others and not named & others:
            return True
    return False
