"""Who issued a paper, for which meeting, what it is and what it is called.

The paper's own text is believed first, then its metadata, then its folders and file name; a sidecar overrules all.
What nothing tells stays empty: `from_siblings` may fill it from the other papers of the folder.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import get_args

from indexer import bodies, dates
from indexer.blocks import Placed, placed
from indexer.headings import body_size, clean_title, is_heading
from indexer.heads import Head, appendix_head, minutes_head, report_head
from indexer.records import Document, Meeting, Paper, PaperKind

# A paper says who it is from at its beginning; further on others are quoted.
_TOP_BLOCKS = 45
_HEAD_BLOCKS = 14
# Evidence below this is a mention, not a letterhead.
_ENOUGH = 2.0

_AGENDA = re.compile(
    r"(?:public |supplementary |draft )*agenda(?: (?:pack|document|supplement|for|of)\b.{0,120}|\s*)?"
    r"|summons\b.{0,60}|notice of (?:a )?meeting\b.{0,60}",
    re.IGNORECASE,
)
_FOR_MEETING = re.compile(
    r"(?:agenda|notice|summons) (?:for|of) (?:the |a )?(?:meeting of (?:the )?)?(?P<board>.{3,100})|meeting of (?:the )?(?P<other>.{3,100})",
    re.IGNORECASE,
)
_LETTER = re.compile(r"i am now able to enclose|\bagenda\b", re.IGNORECASE)
_SUPPLEMENT = re.compile(
    r"i am now able to enclose|agenda supplement|supplementary (?:agenda|pack|papers)", re.IGNORECASE
)
_RECORD = re.compile(r"record of (?:the |an? )?(?:\w+ ){0,3}decision|decision (?:notice|record)\b", re.IGNORECASE)
_PACK_TITLE = re.compile(
    r"(?:\(public pack\))?.{0,500}?\b(?:for|of) (?P<board>[A-Z][^,]{3,90}), (?P<date>\d{1,2}/\d{1,2}/\d{4})", re.DOTALL
)
_BOARD_DATE = re.compile(r"(?P<board>[A-Za-z][^,–]{3,90}?)\s*(?:,|[–—-])\s+(?:\w+day,?\s+)?(?=\d{1,2}\D)")
_WHEN = re.compile(
    r"(?:date(?: of (?:the )?meeting)?|meeting date|when)\s*[:\t]|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|held on\b|"
    r"at \d{1,2}[.:]\d\d\s*[ap]\.?m",
    re.IGNORECASE,
)
_NOT_WHEN = re.compile(r"date of (?:issue|publication)|published|minutes|deadline", re.IGNORECASE)
_DOMAIN = re.compile(r"\b(?P<place>[a-z-]{3,40})\.(?:gov|nhs)\.uk\b", re.IGNORECASE)
_DECISION_TITLE = re.compile(
    r"(?:subject matter\s*/\s*)?(?:title|subject)(?: of (?:the )?decision)?\s*[:\t]\s*(?P<title>\S.+)", re.IGNORECASE
)
_RUBBISH = re.compile(
    r"\s*|.*\.(?:docx?|pdf|xlsx?|pptx?)|microsoft \w+.*|untitled.*|document\d*|(?:the |committee )?report(?: template)?|"
    r"agenda(?: template)?|minutes|executive decision|record of decision|template|\(public pack\).*|presentation.*|slide \d+.*",
    re.IGNORECASE,
)
_PATH_NOISE = re.compile(
    r"originals?|public[ _-]packs?|papers?|pdfs?|documents?|files?|data|archive|downloads?|.*\d{4}.*", re.IGNORECASE
)
_APPENDIX_NAME = re.compile(
    r"(?:^|[\s_–-])(?:appendix|annexe?|schedule|enclosure|eqia|equality impact)\b", re.IGNORECASE
)
_KIND_NAMES: tuple[tuple[PaperKind, re.Pattern[str]], ...] = (
    ("supplement", re.compile(r"supplement", re.IGNORECASE)),
    ("minutes", re.compile(r"\bminutes\b", re.IGNORECASE)),
    ("appendix", _APPENDIX_NAME),
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
        title=given.get("title") or _title(blocks, head, kind, meeting, document, path),
        meeting=meeting,
        page_count=len(document.pages),
        url=given.get("url", ""),
    )


def from_siblings(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Fill unknown authorities from the other papers of the same folder tree, where those agree.

    A folder's papers share an authority if one is named by at least half of those that name any; folders without
    evidence ask the folder above. Boards and dates are not guessed: `describe` has read them from the path.
    """
    known = tuple(papers)
    votes: dict[str, Counter[str]] = {}
    for paper in known:
        for folder in PurePath(paper.path).parents if paper.meeting.authority else ():
            votes.setdefault(str(folder), Counter())[paper.meeting.authority] += 1
    return tuple(replace(paper, meeting=_filled(paper, votes)) for paper in known)


def _filled(paper: Paper, votes: Mapping[str, Counter[str]]) -> Meeting:
    if paper.meeting.authority:
        return paper.meeting
    for folder in PurePath(paper.path).parents:
        if count := votes.get(str(folder)):
            name, most = count.most_common(1)[0]
            return replace(paper.meeting, authority=name) if most * 2 >= count.total() else paper.meeting
    return paper.meeting


def _kind(blocks: Sequence[Placed], document: Document, path: str) -> tuple[Head | None, PaperKind]:
    """Return the head of the minutes or report that the paper begins with, and the paper's kind."""
    top = blocks[:_HEAD_BLOCKS]
    text = _text(blocks)
    name = PurePath(path).stem
    if any(_AGENDA.fullmatch(block.text.strip(" *#")) for block in top) or _SUPPLEMENT.search(text):
        if _SUPPLEMENT.search(text) or "supplement" in document.title.lower():
            return None, "supplement"
        later = any(minutes_head(blocks, at) or report_head(blocks, at) for at in range(len(blocks)))
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
    return None, next((kind for kind, pattern in _KIND_NAMES if pattern.search(name)), "other")


def _authority(blocks: Sequence[Placed], document: Document) -> str:
    """Weigh the names: a letterhead and the file's author most, the web address, then mentions at the top."""
    score: defaultdict[str, float] = defaultdict(float)
    for index, block in enumerate(blocks):
        top = index < _TOP_BLOCKS
        if top and (whole := bodies.authority(re.split(r"\s+[–—-]\s+|\t", block.text)[0])):
            score[whole] += 6
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
    if stamped := _stamped(document)[0]:
        return stamped
    if kind in ("pack", "agenda", "supplement", "decision"):
        for block in blocks[:_TOP_BLOCKS]:
            if found := _board_in(block.text):
                return found
    return _named(document)[0] or _board_in_path(path)


def _board_in(text: str) -> str:
    line = " ".join(text.split())
    whole = bodies.board(line)
    if whole and not bodies.authority(line):
        return whole
    if len(line) > 160:
        return ""
    match = _BOARD_DATE.match(line)
    if match and (found := bodies.board(match["board"])):
        return found
    named = _FOR_MEETING.search(line)
    return bodies.board(named["board"] or named["other"]) if named else ""


def _stamped(document: Document) -> tuple[str, date | None]:
    """Read the title that ModernGov gives its packs: "(Public Pack)Agenda Document for Cabinet, 30/01/2025 10:00"."""
    match = _PACK_TITLE.match(document.title)
    return (bodies.board(match["board"]), dates.parse(match["date"])) if match else ("", None)


def _named(document: Document) -> tuple[str, date | None]:
    """Read a title such as "Health and Wellbeing Board, 7 February 2017"."""
    match = _BOARD_DATE.match(document.title)
    board = bodies.board(match["board"]) if match else ""
    return (board, dates.parse(document.title)) if board else ("", None)


def _board_in_path(path: str) -> str:
    """A file name or folder that is, or ends in, a board's name; the nearest to the file wins."""
    parts = [re.sub(r"[_-]+", " ", part) for part in [PurePath(path).stem, *reversed(PurePath(path).parts[:-1])]]
    for part in parts:
        bare = " ".join(re.sub(r"\d[\d./ :-]*(?:st|nd|rd|th)?|\b[A-Z][a-z]{2}\b \d{4}", " ", part).split())
        words = bare.split()
        for start in range(len(words)):
            tail = " ".join(words[start:])
            if found := bodies.board(tail[:1].upper() + tail[1:]):
                place = bodies.authorities(bodies.tidy(bare))
                return found if not place or start else ""
    return ""


def _date(blocks: Sequence[Placed], head: Head | None, kind: PaperKind, document: Document, path: str) -> date | None:
    stamped = _stamped(document)[1]
    if stamped or (head and head.meeting.date):
        return stamped or (head.meeting.date if head else None)
    if kind in ("pack", "agenda", "supplement"):
        for block in blocks[:_TOP_BLOCKS]:
            dated = _WHEN.search(block.text) or _board_in(block.text)
            if dated and not _NOT_WHEN.search(block.text) and (found := dates.parse(block.text)):
                return found
    return _named(document)[1] or dates.in_path(path)


def _title(
    blocks: Sequence[Placed], head: Head | None, kind: PaperKind, meeting: Meeting, document: Document, path: str
) -> str:
    day = meeting.date
    when = f"{day.day} {day:%B %Y}" if day else ""
    what = {"pack": "Agenda pack", "agenda": "Agenda", "minutes": "Minutes", "supplement": "Agenda supplement"}.get(
        kind
    )
    if what and not (kind == "supplement" and (head or not _LETTER.search(_text(blocks)))):
        return ", ".join(filter(None, (what, meeting.board, when)))
    if head and head.title:
        return head.title
    if kind == "decision" and (named := _decision_title(blocks)):
        return named
    printed = _printed_title(blocks)
    if not _RUBBISH.fullmatch(document.title) and len(document.title) >= 8 and kind not in ("appendix", "decision"):
        return clean_title(document.title)
    return printed or clean_title(re.sub(r"[_]+", " ", PurePath(path).stem))


def _decision_title(blocks: Sequence[Placed]) -> str:
    """The subject of a record of decision: "Title of Decision: …"."""
    return next(
        (clean_title(m["title"]) for block in blocks[:_TOP_BLOCKS] if (m := _DECISION_TITLE.match(block.text))), ""
    )


def _text(blocks: Sequence[Placed]) -> str:
    return "\n".join(block.text for block in blocks[:_TOP_BLOCKS])


def _printed_title(blocks: Sequence[Placed]) -> str:
    """The appendix's number and name, or the first heading of the first page."""
    first = [block for block in blocks[:_HEAD_BLOCKS] if block.page == blocks[0].page]
    body = body_size(blocks)
    for index, block in enumerate(first):
        if found := appendix_head(block):
            number, title = found
            if not title and index + 1 < len(first):
                title = clean_title(first[index + 1].text)
            return clean_title(f"Appendix {number}: {title}" if number else title)
    return next((clean_title(block.text) for block in first if is_heading(block, None, body)), "")
