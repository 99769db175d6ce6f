"""Who issued a paper, for which meeting, what it is and what it is called.

The paper's own text is believed first, then its metadata, then its folders and file name; a sidecar overrules all.
What nothing tells stays empty: `indexer.provenance.neighbours` may fill it from the other papers of the folder.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import get_args

from indexer.provenance import bodies, filing, titles
from indexer.records import Document, Meeting, Paper, PaperKind
from indexer.structure.blocks import Placed, placed
from indexer.structure.heads import Head, appendix_head, minutes_head, top_of_minutes
from indexer.structure.report_heads import report_head
from indexer.text import dates

# A paper says who it is from at its beginning; further on others are quoted.
_TOP_BLOCKS = 45
_HEAD_BLOCKS = 14
_LETTERHEAD = 6
# Evidence below this is a mention, not a letterhead.
_ENOUGH = 2.0

_AGENDA = re.compile(
    r"(?:public |supplementary |draft )*agenda(?: (?:pack|document|supplement|for|of)\b.{0,120}|\s*)?"
    r"|summons\b.{0,60}|notice of (?:a )?meeting\b.{0,60}",
    re.IGNORECASE,
)
_FOR_MEETING = re.compile(
    r"(?:agenda|notice|summons) (?:for|of) (?:the |a )?(?:meeting of (?:the )?)?(?P<board>.{3,100})"
    r"|meeting of (?:the )?(?P<other>.{3,100})",
    re.IGNORECASE,
)
# What follows a board's name in a summons: "Council to be held at the Town Hall on …"
_PLACE = re.compile(r",? (?:(?:which )?(?:will|to) be )?held\b|,? (?:at|on|in) ", re.IGNORECASE)
_SUPPLEMENT = re.compile(
    r"i am now able to enclose|agenda supplement|supplementary (?:agenda|pack|papers)", re.IGNORECASE
)
_RECORD = re.compile(r"record of (?:the |an? )?(?:\w+ ){0,3}decision|decision (?:notice|record)\b", re.IGNORECASE)
_WHEN = re.compile(
    r"(?:date(?: of (?:the )?meeting)?|meeting date|when)\s*[:\t]|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|held on\b"
    r"|at \d{1,2}[.:]\d\d\s*[ap]\.?m",
    re.IGNORECASE,
)
# What an agenda begins with, whatever it is called: labels of when and where, and items that every meeting has.
_SUMMONS = re.compile(r"^(?:date|time|place|venue|location)\b\s*[:\t]", re.IGNORECASE | re.MULTILINE)
_STANDING = re.compile(
    r"^[\d.\t ]*apologies\b[^\n]*\n(?:[^\n]*\n){0,8}?[\d.\t ]*declarations?\b[^\n]*\binterest",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_WHEN = re.compile(r"date of (?:issue|publication)|published|minutes|deadline", re.IGNORECASE)
_DOMAIN = re.compile(r"\b(?P<place>[a-z-]{3,40})\.(?:gov|nhs)\.uk\b", re.IGNORECASE)
_APPENDIX_NAME = re.compile(
    r"(?:^|[\s_–-])(?:appendix|annexe?|schedule|enclosure|eqia|equality impact)\b", re.IGNORECASE
)
_KIND_NAMES: tuple[tuple[PaperKind, re.Pattern[str]], ...] = (
    ("appendix", _APPENDIX_NAME),
    ("supplement", re.compile(r"supplement", re.IGNORECASE)),
    ("minutes", re.compile(r"\bminutes\b", re.IGNORECASE)),
    ("pack", re.compile(r"\bpack\b", re.IGNORECASE)),
    ("agenda", re.compile(r"\bagenda\b|front ?sheet", re.IGNORECASE)),
    ("decision", re.compile(r"record of decision|\bp?rod\b", re.IGNORECASE)),
    ("report", re.compile(r"\breport\b", re.IGNORECASE)),
)


def describe(document: Document, path: str, digest: str, overrides: Mapping[str, str]) -> Paper:
    """Return a paper's provenance.

    Args:
        document: what the reader made of the file.
        path: the path as it was offered; its folders and name are evidence.
        digest: SHA-256 of the bytes, in hex.
        overrides: a sidecar's row: any of authority, board, date, kind, title, url; empty values say nothing.
    """
    blocks = placed(document.pages[:12])
    head, kind = _kind(blocks, document, path)
    given = {name: value.strip() for name, value in overrides.items() if value and value.strip()}
    meeting = Meeting(
        given.get("authority") or _authority(blocks, document),
        given.get("board") or _board(blocks, head, kind, document, path),
        (dates.parse(given["date"]) if "date" in given else None) or _date(blocks, head, kind, document, path),
    )
    kind = next((one for one in get_args(PaperKind) if one == given.get("kind")), kind)
    return Paper(
        id=digest,
        path=path,
        format=document.format,
        paged=document.paged,
        kind=kind,
        title=given.get("title") or titles.title(blocks, head, kind, meeting, document, path),
        meeting=meeting,
        page_count=len(document.pages),
        url=given.get("url", ""),
    )


def _kind(blocks: Sequence[Placed], document: Document, path: str) -> tuple[Head | None, PaperKind]:
    """Return the head of the minutes or report that the paper begins with, and the paper's kind."""
    top = blocks[:_HEAD_BLOCKS]
    text = "\n".join(block.text for block in blocks[:_TOP_BLOCKS])
    name = PurePath(path).stem
    if any(_AGENDA.fullmatch(block.text.strip(" *#")) for block in top) or _front_sheet(text):
        if _SUPPLEMENT.search(text) or "supplement" in document.title.lower():
            return None, "supplement"
        later = any(_begins(blocks, at) for at in range(len(blocks)))
        return None, "pack" if later or len(document.pages) > 8 or "pack" in name.lower() else "agenda"
    if _RECORD.search("\n".join(block.text for block in top[:6])):
        return None, "decision"
    for at in range(len(top)):
        if minutes := minutes_head(blocks, at):
            return minutes, "minutes"
        if report := report_head(blocks, at):
            return report, "supplement" if "supplement" in name.lower() else "report"
    if top and any(appendix_head(block) for block in top[:3]):
        return None, "appendix"
    kind: PaperKind = next((kind for kind, pattern in _KIND_NAMES if pattern.search(name)), "other")
    return top_of_minutes(blocks) if kind == "minutes" else None, kind


def _begins(blocks: Sequence[Placed], at: int) -> bool:
    """Whether minutes or a report begin here; a row of the agenda that names the minutes is no beginning."""
    return bool(report_head(blocks, at) or (not blocks[at].row and minutes_head(blocks, at)))


def _front_sheet(text: str) -> bool:
    """Whether a paper that does not call itself an agenda begins as one: when and where, then the standing items."""
    return bool(_SUPPLEMENT.search(text) or (_STANDING.search(text) and len(_SUMMONS.findall(text)) >= 2))


def _authority(blocks: Sequence[Placed], document: Document) -> str:
    """Weigh the names: a letterhead and the file's author most, the web address, then mentions at the top."""
    score: defaultdict[str, float] = defaultdict(float)
    for index, block in enumerate(blocks):
        top = index < _TOP_BLOCKS
        if top and (whole := bodies.authority(re.split(r"\s+[–—-]\s+|\t", block.text)[0])):
            score[whole] += 6
        if top and (letterhead := bodies.parted(block.text)):
            score[letterhead[0]] += 6
        for name in bodies.authorities(block.text):
            score[name] += 0.5 if top else 0.2
    for field, worth in ((document.author, 5.0), (document.title, 2.0)):
        for name in bodies.authorities(field):
            score[name] += worth
    for place, count in _places("\n".join(block.text for block in blocks)).items():
        for name in score:
            if re.sub(r"\W", "", name).lower().startswith(place):
                score[name] += min(3.0, 1.0 + count)
    name, most = max(score.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0.0))
    return name if most >= _ENOUGH else ""


def _places(text: str) -> Counter[str]:
    """The places in web and mail addresses: "kent" in "x@kent.gov.uk"."""
    return Counter(match["place"].lower().replace("-", "") for match in _DOMAIN.finditer(text))


def _board(blocks: Sequence[Placed], head: Head | None, kind: PaperKind, document: Document, path: str) -> str:
    if head and head.meeting.board:
        return head.meeting.board
    if stamped := filing.stamped(document.title)[0]:
        return stamped
    if kind in ("pack", "agenda", "supplement", "decision"):
        for block in blocks[:_TOP_BLOCKS]:
            if found := _board_in(block.text):
                return found
    return _letterhead(blocks)[0] or filing.dated_board(document.title)[0] or filing.board_in_path(path)


def _letterhead(blocks: Sequence[Placed]) -> tuple[str, date | None]:
    """A board's name on a line of its own at the very top, and the date next to it; ("", None) if there is none."""
    top = [" ".join(block.text.split()) for block in blocks[:_LETTERHEAD] if block.page == blocks[0].page]
    for index, line in enumerate(top):
        whose = bodies.authority(line) or bodies.authority(" ".join(top[max(0, index - 1) : index + 1]))
        if not whose and (both := filing.dated_board(line))[0]:
            return both
        named = "" if whose or bodies.authorities(line) else bodies.board(line)
        if not named or len(named.split()) < 2:
            continue
        near = top[index + 1 : index + 2] + top[max(0, index - 1) : index]
        return named, next((day for one in near if (day := dates.whole(one))), None)
    return "", None


def _board_in(text: str) -> str:
    line = " ".join(text.split())
    if letterhead := bodies.parted(line):
        return letterhead[1]
    whole = bodies.board(line)
    if whole and not bodies.authority(line):
        return whole
    if len(line) > 160:
        return ""
    if found := filing.dated_board(line)[0]:
        return found
    named = _FOR_MEETING.search(line)
    return bodies.board(_PLACE.split(named["board"] or named["other"])[0]) if named else ""


def _date(blocks: Sequence[Placed], head: Head | None, kind: PaperKind, document: Document, path: str) -> date | None:
    stamped = filing.stamped(document.title)[1]
    if stamped or (head and head.meeting.date):
        return stamped or (head.meeting.date if head else None)
    if kind in ("pack", "agenda", "supplement"):
        for block in blocks[:_TOP_BLOCKS]:
            dated = _WHEN.search(block.text) or _board_in(block.text)
            if dated and not _NOT_WHEN.search(block.text) and (found := dates.parse(block.text)):
                return found
    return _letterhead(blocks)[1] or filing.dated_board(document.title)[1] or dates.in_path(path)
