"""What a paper is called: the printed title, else the file's own, else its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from indexer.provenance import bodies
from indexer.records import Document, Meeting, PaperKind
from indexer.structure.blocks import Placed
from indexer.structure.headings import body_size, clean_title, is_heading
from indexer.structure.heads import Head, appendix_head

_TOP_BLOCKS = 45
_HEAD_BLOCKS = 14
_LETTER = re.compile(r"i am now able to enclose|\bagenda\b", re.IGNORECASE)
_DECISION_TITLE = re.compile(
    r"(?:subject matter\s*/\s*)?(?:title|subject)(?: of (?:the )?decision)?\s*(?:[:\t]\s*(?P<title>.*)|$)",
    re.IGNORECASE,
)
# Titles that programs and templates put into files.
_RUBBISH = re.compile(
    r"\s*|.*\.(?:docx?|pdf|xlsx?|pptx?)|microsoft \w+.*|untitled.*|document\d*|(?:the |committee )?report(?: template)?"
    r"|agenda(?: template)?|minutes|executive decision|record of decision|template|\(public pack\).*|presentation.*"
    r"|slide \d+.*",
    re.IGNORECASE,
)
_MEETING_PAPERS: dict[PaperKind, str] = {
    "pack": "Agenda pack",
    "agenda": "Agenda",
    "minutes": "Minutes",
    "supplement": "Agenda supplement",
}


def title(
    blocks: Sequence[Placed], head: Head | None, kind: PaperKind, meeting: Meeting, document: Document, path: str
) -> str:
    """Return a paper's title.

    Args:
        blocks: the paper's first blocks.
        head: the head of minutes or of a report that it begins with, if any.
        kind: what it is; papers of a meeting are named by board and date.
        meeting: its meeting.
        document: for the file's own title.
        path: its name is the last resort.
    """
    text = "\n".join(block.text for block in blocks[:_TOP_BLOCKS])
    enclosed = kind == "supplement" and (head or not _LETTER.search(text))
    if kind in _MEETING_PAPERS and not enclosed:
        day = meeting.date
        when = f"{day.day} {day:%B %Y}" if day else ""
        return ", ".join(filter(None, (_MEETING_PAPERS[kind], meeting.board, when)))
    if head and head.title:
        return head.title
    if kind == "decision" and (named := _of_decision(blocks)):
        return named
    if not _RUBBISH.fullmatch(document.title) and len(document.title) >= 8 and kind not in ("appendix", "decision"):
        return clean_title(document.title)
    name = clean_title(PurePath(path).stem.replace("_", " "))
    printed = _printed(blocks, appendix=kind == "appendix")
    return printed if printed and not bodies.authority(printed) else name


def _of_decision(blocks: Sequence[Placed]) -> str:
    """The subject of a record of decision: "Title of Decision: …", behind the label or on the next line."""
    for index, block in enumerate(blocks[:_TOP_BLOCKS]):
        if match := _DECISION_TITLE.fullmatch(block.text.strip()):
            following = blocks[index + 1].text if index + 1 < len(blocks) else ""
            return clean_title(match["title"] or following)
    return ""


def _printed(blocks: Sequence[Placed], appendix: bool) -> str:
    """The appendix's number and name, or else (not for an appendix, whose file name says more) the first heading."""
    first = [block for block in blocks[:_HEAD_BLOCKS] if block.page == blocks[0].page]
    for index, block in enumerate(first):
        if found := appendix_head(block):
            number, name = found
            if not name and index + 1 < len(first):
                name = first[index + 1].text
            return clean_title(f"Appendix {number}: {name}" if number else name)
    body = body_size(blocks)
    headings = (clean_title(block.text) for block in first if not appendix and is_heading(block, None, body))
    return next(headings, "")
