"""Where minutes, recommendations and appendices begin and minutes end, and which meeting a head names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from indexer.heads.headings import clean_title, is_contents, numbered
from indexer.heads.named import named_in
from indexer.layout.blocks import Placed
from indexer.records import Meeting
from indexer.text import bodies, dates
from indexer.text.words import listed, words

# The most blocks that a head has: more is text.
HEAD_BLOCKS = 14
# What a paper begins with: its front sheet, head and first lines.
TOP_BLOCKS = 45

_MINUTES_OF = re.compile(
    r"(?:(?:draft|unconfirmed|confirmed|public|printed|decisions and) )*minutes? of (?:an? |the )?"
    r"(?:(?P<board>.{3,120}?) )?(?:meeting\b|held\b)",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"(?:[\w’'-]+ ){0,3}(?:present|in attendance|attendance|attendees|attending)\b"
    r"(?: (?:in person|remotely|virtually|at the meeting))?[,\w ]{0,20}\s*(?:[:\t\n]|[–-] |$)",
    re.IGNORECASE,
)
_IN_MINUTES_HEAD = re.compile(
    r"(?:draft |unconfirmed |public )*minutes\.?|unrestricted(?: items| minutes)?", re.IGNORECASE
)
_ENDED = re.compile(
    r"(?:\(?the )?meeting (?:was )?(?:ended|closed|finished|concluded|terminated|rose|adjourned at)\b"
    r"|end of (?:the )?meeting"
    r"|(?:time of )?close of (?:the )?meeting|\(?(?:the )?meeting,? (?:having )?(?:commenced|started|began)"
    r"|there being no (?:further|other) business",
    re.IGNORECASE,
)
_APPENDIX = re.compile(
    r"(?P<word>appendix|annexe?|schedule|enclosure|attachment)\s*(?P<number>\d{1,2}[a-z]?|[A-Z]{1,2}\d?|[ivxIVX]{1,5})?"
    r"(?:\s*[:.–—-]+\s*|\s+|$)(?P<title>.*)",
    re.IGNORECASE,
)
# What is attached to a report calls itself so.
ATTACHED = listed("appendix annex annexe schedule enclosure attachment")
_RECOMMENDATION = re.compile(
    r"(?:\d{1,2}(?:\.\d)?[.)]?\s+)?(?:(?:officers?'?|proposed|draft|summary of|cabinet|the|key|report) )*"
    r"(?:recommend(?:ation|ations|ed|ation\(s\))|resolution sought|decisions? (?:required|requested|sought)"
    r"|action required)"
    r"(?: (?:to|for) [\w ]{3,50})?\s*(?P<colon>[:.\t–-]|\bthat\b|$)",
    re.IGNORECASE,
)
# Labels of a head's lines, and words for a meeting that is not the one whose head it is.
_LABELS = listed("meeting committee board date time venue place location chair chairman")
_EARLIER = frozenset(["previous", "last"])

PROPOSED = re.compile(r"\bproposed\s+record\b|\bdecision to be taken\b|\bdraft record\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of minutes or of a report: blocks ``[start, end)``, its title, the meeting and agenda item it names."""

    start: int
    end: int
    title: str = ""
    meeting: Meeting = field(default_factory=Meeting)
    number: str = ""


def minutes_head(blocks: Sequence[Placed], at: int) -> Head | None:
    """Return the head of minutes whose first sign is block ``at``, or None."""
    text = blocks[at].text.strip()
    if is_contents(text) or numbered(text)[0].isdigit():
        return None
    window = blocks[at : at + HEAD_BLOCKS]
    if names_minutes(text):
        if not any(is_present(block.text) for block in window):
            return None
    elif not (is_present(text) and _minutes_near(blocks, at)):
        return None
    start = at
    while start > 0 and blocks[start - 1].page == blocks[at].page and at - start < 6 and _head_line(blocks[start - 1]):
        start -= 1
    named = blocks[start : at + 1]
    for block in blocks[at + 1 : at + 5]:
        if numbered(block.text.strip(" *#"))[0] and not dates.parse(block.text[:40]):
            break
        named = [*named, block]
    lines = [part for block in named for part in bodies.tongues(block.text)]
    return Head(start, at + 1, "Minutes", Meeting("", _board_of(named), first_date(lines)))


def top_of_minutes(blocks: Sequence[Placed]) -> Head:
    """Read the meeting from the first lines of a paper that is known to be minutes, whether or not it lists members."""
    lines = _above_text(blocks[:HEAD_BLOCKS])
    return Head(0, 0, "Minutes", Meeting("", _board_of(lines), first_date([block.text for block in lines])))


def _above_text(blocks: Sequence[Placed]) -> list[Placed]:
    """The blocks before the first item and the list of those present, who may come from other bodies."""
    above: list[Placed] = []
    for block in blocks:
        text = block.text.strip(" *#")
        if is_present(text) or (numbered(text)[0] and not dates.parse(text)):
            break
        above.append(block)
    return above


def is_present(text: str) -> bool:
    """Say whether a line begins the list of those present at a meeting."""
    return any(_PRESENT.match(part) for part in bodies.tongues(text))


def _minutes_near(blocks: Sequence[Placed], at: int) -> bool:
    near = [block for block in blocks[max(0, at - 7) : at + 4] if abs(block.page - blocks[at].page) <= 1]
    named = any(_IN_MINUTES_HEAD.fullmatch(block.text.strip(" *#:")) for block in near)
    dated = any(dates.parse(block.text) and len(block.text.split()) < 30 for block in near)
    return named and dated


def _head_line(block: Placed) -> bool:
    text = block.text.strip()
    return len(text.split()) <= 16 and bool(
        bodies.authority(text)
        or bodies.board(text)
        or (dates.parse(text) and len(text.split()) <= 14)
        or _IN_MINUTES_HEAD.fullmatch(text.strip(" *#:"))
        or text.partition(":")[0].casefold() in _LABELS
    )


def _board_of(blocks: Sequence[Placed]) -> str:
    """The board that these lines name, those first that say that they do."""
    named = [one for one in named_in(_above_text(blocks)) if one.board]
    return max(named, key=lambda one: one.worth).board if named else ""


def is_proposed(blocks: Sequence[Placed]) -> bool:
    """Say whether a record of decision is of one that is still to be taken."""
    return any(PROPOSED.search(block.text[:200]) for block in blocks[:HEAD_BLOCKS])


def names_minutes(text: str) -> bool:
    """Say whether a line begins "Minutes of the meeting …", in any of its languages."""
    return any(_MINUTES_OF.match(part) for part in bodies.tongues(text))


def first_date(lines: Sequence[str], *, american: bool = False) -> date | None:
    """Return the first date in these lines that is of no earlier meeting; ``american`` as in `dates.parse`."""
    own = (line for line in lines if _EARLIER.isdisjoint(words(line)))
    return next((day for line in own if (day := dates.parse(line, american=american))), None)


def minutes_end(text: str) -> bool:
    """Say whether a line records that the meeting ended."""
    return bool(_ENDED.match(text.strip()))


@dataclass(frozen=True, slots=True)
class AppendixHead:
    """An appendix's heading: the word it uses ("Appendix", "Annex"), its number and its title, "" where it has none."""

    word: str
    number: str
    title: str

    @property
    def name(self) -> str:
        """For example "Annex A: Action plan", or what of it is known."""
        label = " ".join(filter(None, (self.word, self.number)))
        return f"{label}: {self.title}" if self.title else label

    def follows(self, other: AppendixHead) -> bool:
        """Whether this is the next in the other's row: "Appendix C" after "Appendix B", not after "Appendix 2"."""
        mine, its = _rank(self.number), _rank(other.number)
        return self.word == other.word and mine[0] == its[0] and mine[1] - its[1] in (0, 1)


def _rank(number: str) -> tuple[str, int]:
    """The kind of a number, and its place: letters count from A, figures as they are, others not at all."""
    if number.isdigit():
        return "figure", int(number)
    return ("letter", ord(number)) if len(number) == 1 and number.isupper() else (number.lower(), 0)


def appendix_head(block: Placed) -> AppendixHead | None:
    """Return what a block says as an appendix's heading ("Appendix A – Action plan"), or None if it is none."""
    return None if block.row else appendix_title(block.text.strip())


def appendix_title(text: str) -> AppendixHead | None:
    """Read an appendix's heading, or the name of a paper that is one; None where it is a mention or a list's line."""
    match = _APPENDIX.fullmatch(text)
    if not match or len(text.split()) > 22 or is_contents(text) or clean_title(text) != text.rstrip(" :–-"):
        return None
    number, title = match["number"] or "", match["title"].strip()
    if text.endswith((".", ";", ",")) or title[:1].islower() or (not number and title):
        return None
    return AppendixHead(match["word"].capitalize(), number, clean_title(title))


def is_recommendation(text: str) -> bool:
    """Say whether a line opens a report's recommendations, alone or with the first words after a colon."""
    match = _RECOMMENDATION.match(text.strip(" *#"))
    return bool(match) and (bool(match and match["colon"] not in ("", ".")) or len(text.split()) <= 8)
