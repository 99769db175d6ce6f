"""Where minutes, reports and appendices begin, and which meeting their heads name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from indexer import bodies, dates
from indexer.blocks import Placed
from indexer.headings import clean_title, is_contents, is_known, numbered
from indexer.records import Meeting

# How many blocks a head may have: more is text.
_HEAD = 14

_MINUTES_OF = re.compile(
    r"(?:(?:draft|unconfirmed|confirmed|public|printed|decisions and) )*minutes of (?:an? |the )?"
    r"(?:(?P<board>.{3,120}?) )?(?:meeting\b|held\b)",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:held|at|on)\b", re.IGNORECASE)
_PRESENT = re.compile(
    r"(?:(?:board |committee |voting |core )?members? )?(?:present|in attendance|attendance|attendees)\b"
    r"(?: (?:in person|remotely|virtually|at the meeting))?[,\w ]{0,20}\s*(?:[:\t\n]|[–-] |$)",
    re.IGNORECASE,
)
_IN_MINUTES_HEAD = re.compile(
    r"(?:draft |unconfirmed |public )*minutes\.?|unrestricted(?: items| minutes)?", re.IGNORECASE
)
_OF_THE = re.compile(
    r"(?:of (?:the )?|meeting of (?:the )?|minutes of (?:the )?(?:meeting of (?:the )?)?)(?P<board>[A-Z].{3,110}?)"
    r"(?:,? (?:which was )?held\b|,? (?:in|at|on)\b|,? \w+day\b|$)",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"(?:\(?the )?meeting (?:was )?(?:ended|closed|finished|concluded|terminated|rose|adjourned at)\b|end of (?:the )?meeting"
    r"|(?:time of )?close of (?:the )?meeting|\(?the meeting,? (?:having )?(?:commenced|started|began)|there being no (?:further|other) business",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:^|(?<=[\s\t]))(?P<label>title of (?:the )?(?:report|paper)|report title|report (?:to|by|of|author)|"
    r"meeting(?: date| title)?|date(?: of meeting)?|committee(?: date)?|(?:lead |responsible )?(?:officer|author|director)s?|"
    r"subject(?: matter)?|title|to|from|by|agenda item(?: no)?|item(?: no)?|decision (?:number|no|maker)|key decision|classification|"
    r"presented by|portfolio holder|cabinet member|purpose|recommendations?|wards?(?: affected)?|for (?:decision|information)|"
    r"past pathway(?: of (?:paper|report))?|future pathway(?: of (?:paper|report))?|electoral divisions?|status|contact|summary)"
    r"\.?\s*(?::|\t)",
    re.IGNORECASE,
)
# Labels that only the head of a report has.
_REPORT_LABELS = re.compile(r"title of .*|report (?:title|by|to|of|author)|author", re.IGNORECASE)
_ITEM_NUMBER = re.compile(r"item(?: no\.?| number)?:? ?(?P<number>\d{1,2}\w?)", re.IGNORECASE)
# Labels whose text is the report's own: the head ends before them.
_TEXT_LABELS = re.compile(r"recommendations?|purpose|summary|for (?:decision|information)", re.IGNORECASE)
_TITLE_LABELS = re.compile(r"title.*|report title|subject.*", re.IGNORECASE)
_MEETING_LABELS = re.compile(r"meeting(?: title)?|committee|to|report to|decision maker", re.IGNORECASE)
_DATE_LABELS = re.compile(r"meeting date|date.*|committee date", re.IGNORECASE)
_APPENDIX = re.compile(
    r"(?:appendix|annexe?|schedule|enclosure|attachment)\s*(?P<number>\d{1,2}[a-z]?|[A-Z]{1,2}\d?|[ivxIVX]{1,5})?"
    r"(?:\s*[:.–—-]+\s*|\s+|$)(?P<title>.*)",
    re.IGNORECASE,
)
_RECOMMENDATION = re.compile(
    r"(?:\d{1,2}(?:\.\d)?[.)]?\s+)?(?:(?:officers?'?|proposed|draft|summary of|cabinet|the|key|report) )*"
    r"(?:recommend(?:ation|ations|ed|ation\(s\))|resolution sought|decisions? (?:required|requested|sought)|action required)"
    r"(?: (?:to|for) [\w ]{3,50})?\s*(?P<colon>[:.\t–-]|\bthat\b|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of minutes or of a report: blocks ``[start, end)``, its title, the meeting and agenda item it names."""

    start: int
    end: int
    title: str = ""
    meeting: Meeting = field(default_factory=Meeting)
    number: str = ""


def minutes_head(blocks: Sequence[Placed], at: int) -> Head | None:
    """Return the head of minutes of which block ``at`` is the first tell-tale line, or None."""
    text = blocks[at].text.strip()
    if is_contents(text) or numbered(text)[0].isdigit():
        return None
    window = blocks[at : at + _HEAD]
    if _MINUTES_OF.match(text):
        if not any(_PRESENT.match(block.text.strip()) for block in window[:_HEAD]):
            return None
    elif not (_PRESENT.match(text) and _minutes_near(blocks, at)):
        return None
    start = at
    while start > 0 and blocks[start - 1].page == blocks[at].page and at - start < 6 and _head_line(blocks[start - 1]):
        start -= 1
    lines = [block.text.strip() for block in blocks[start : at + 5]]
    return Head(start, at + 1, "Minutes", Meeting("", _board_of(lines), _date_of(lines)))


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
    )


def _board_of(lines: Sequence[str]) -> str:
    for line in lines:
        match = _MINUTES_OF.match(line)
        if match:
            of = _OF_THE.search(line, match.start())
            for name in (match["board"], of["board"] if of else ""):
                if name and (found := bodies.board(re.sub(r"^(?:an? |the )", "", name, flags=re.IGNORECASE))):
                    return found
    return next((found for line in lines if (found := bodies.board(line)) and not bodies.authority(line)), "")


def _date_of(lines: Sequence[str]) -> date | None:
    return next((day for line in lines if (day := dates.parse(line))), None)


def minutes_end(text: str) -> bool:
    """Say whether a line tells that the meeting ended."""
    return bool(_ENDED.match(text.strip()))


def report_head(blocks: Sequence[Placed], at: int) -> Head | None:
    """Return the head of a report that begins with block ``at``: label rows such as "Title of report:", or None.

    The head ends where labels end. Its title is the labelled one, else the heading just above the labels.
    """
    if not _labelled(blocks, at):
        return None
    labels: dict[str, str] = {}
    end = at
    for index in range(at, min(at + _HEAD, len(blocks))):
        fresh = _labelled(blocks, index)
        if blocks[index].page > blocks[at].page + 1 or (
            not fresh and (index - end > 2 or is_known(blocks[index].text))
        ):
            break
        for label, value in fresh.items():
            labels.setdefault(label, value)
            if _TEXT_LABELS.fullmatch(label):
                return _head_from(blocks, at, end, labels)
            end = index + 1
            if not value and end < len(blocks) and not _LABEL.match(blocks[end].text.strip()):
                labels[label] = blocks[end].text.strip()
    return _head_from(blocks, at, end, labels)


def _labelled(blocks: Sequence[Placed], index: int) -> dict[str, str]:
    """Return the labels of a block with their values; a label may be wrapped over two rows of a table."""
    text = blocks[index].text.strip()
    marks = list(_LABEL.finditer(text[:1200]))
    if marks and marks[0].start() == 0:
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        return {
            " ".join(mark["label"].lower().split()): " ".join(text[mark.end() : end].replace("\t", " ").split())
            for mark, end in zip(marks, ends, strict=True)
        }
    if index + 1 < len(blocks) and blocks[index].row and blocks[index + 1].row:
        label, _, value = text.partition("\t")
        more, _, rest = blocks[index + 1].text.strip().partition("\t")
        if (match := _LABEL.match(f"{label} {more}\t")) and not _LABEL.match(more):
            return {" ".join(match["label"].lower().split()): " ".join(f"{value} {rest}".split())}
    return {}


def _head_from(blocks: Sequence[Placed], at: int, end: int, labels: dict[str, str]) -> Head | None:
    title = next((value for label, value in labels.items() if _TITLE_LABELS.fullmatch(label)), "")
    meeting = next((value for label, value in labels.items() if _MEETING_LABELS.fullmatch(label)), "")
    day = _date_of([value for label, value in labels.items() if _DATE_LABELS.fullmatch(label)] + [meeting])
    start = at
    while start > 0 and blocks[start - 1].page >= blocks[at].page - 1 and _above_head(blocks[start - 1]):
        start -= 1
    number = next((m["number"] for one in blocks[start:at] if (m := _ITEM_NUMBER.search(one.text))), "")
    if not title and start > 0 and blocks[start - 1].page >= blocks[at].page - 1 and _may_be_title(blocks[start - 1]):
        title, start = blocks[start - 1].text.strip(), start - 1
    template = any(_REPORT_LABELS.fullmatch(label) for label in labels)
    if not title or not ((len(labels) >= 3 and (meeting or day)) or (len(labels) >= 2 and (template or day))):
        return None
    name = re.split(r"\s+[–—-]\s+|,? \d|\s+on\s+", meeting)[0]
    return Head(start, end, clean_title(title), Meeting("", bodies.board(name), day), number)


def _may_be_title(block: Placed) -> bool:
    words = block.text.split()
    return not block.row and 1 < len(words) <= 30 and not block.text.rstrip().endswith((".", ":", ";"))


def _above_head(block: Placed) -> bool:
    text = block.text.strip()
    return bool(
        bodies.authority(text)
        or re.fullmatch(
            r"(?:agenda )?item(?: no\.?| number)?:? ?\d{1,2}\w?|report|not? exempt|unrestricted|open",
            text,
            re.IGNORECASE,
        )
    )


def appendix_head(block: Placed) -> tuple[str, str] | None:
    """Return (number, title) if the block is an appendix's heading ("Appendix A – Action plan"), or None."""
    text = block.text.strip()
    match = _APPENDIX.fullmatch(text)
    if (
        not match
        or block.row
        or len(text.split()) > 22
        or is_contents(text)
        or clean_title(text) != text.rstrip(" :–-")
    ):
        return None
    number, title = match["number"] or "", match["title"].strip()
    if re.search(r"[.;,]$", text) or title[:1].islower() or (not number and title):
        return None
    return number, clean_title(title)


def is_recommendation(text: str) -> bool:
    """Say whether a line opens a report's recommendations, alone or with the first words behind a colon."""
    match = _RECOMMENDATION.match(text.strip(" *#"))
    return bool(match) and (bool(match and match["colon"] not in ("", ".")) or len(text.split()) <= 8)
