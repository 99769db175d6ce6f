"""What a paper is: minutes, an agenda, a pack, a report, an appendix or a record of decision, by vote.

Page and file each say something: the head's own word, the blocks of a head that only minutes or only reports have,
the file's name. No word is needed: minutes without a list of those present are minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from indexer.heads.headings import numbered
from indexer.heads.openings import (
    HEAD_BLOCKS,
    TOP_BLOCKS,
    Head,
    appendix_head,
    is_present,
    minutes_head,
    names_minutes,
    top_of_minutes,
)
from indexer.heads.reports import report_head
from indexer.labelling.marks import marked
from indexer.layout.blocks import Placed
from indexer.provenance.evidence import Claim, Verdict, settle
from indexer.records import Document, PaperKind
from indexer.text import dates
from indexer.text.words import listed, words

_FIRST = 6
_LEAST = 1.5
_LONG = 8

_AGENDA = re.compile(
    r"(?:public |supplementary |draft )*agenda(?: (?:pack|document|supplement|for|of)\b.{0,120}|\s*)?"
    r"|summons\b.{0,60}|notice of (?:a )?meeting\b.{0,60}",
    re.IGNORECASE,
)
_SUPPLEMENT = re.compile(
    r"i am now able to enclose|agenda supplement|supplementary (?:agenda|pack|papers)", re.IGNORECASE
)
# "Record of decision", "Decision recording form", "Notice of executive decisions": the two words near each other.
_RECORD = re.compile(
    r"\b(?:record|notice|form)\b(?: of)?(?: (?!of\b)\w+){0,3} decisions?\b"
    r"|\bdecisions? (?:record(?:ing)?|notice|sheet)\b",
    re.IGNORECASE,
)
# What an agenda begins with, whatever it is called: labels of when and where, and items that every meeting has.
_SUMMONS = re.compile(r"^(?:date|time|place|venue|location)\b\s*[:\t]", re.IGNORECASE | re.MULTILINE)
_STANDING = re.compile(
    r"^[\d.\t ]*apologies\b[^\n]*\n(?:[^\n]*\n){0,8}?[\d.\t ]*declarations?\b[^\n]*\binterest",
    re.IGNORECASE | re.MULTILINE,
)
_PAST = listed("met was were had resolved agreed noted reported received")
# Words of meetings alone; this many different ones make a paper minutes, whatever it calls itself.
_HELD = tuple(sorted(listed("second carried adjourn order apolog interest resolved unanim present thank welcom")))
_TOLD = 5
_SENTENCE = 8
# Blocks that are labelled where nothing else says what a paper is; items and decisions that make it minutes.
_LABELLED = 80
_MINUTED_ITEMS = 3
# What words of a file's name say it is; the first that is there counts.
_NAMES: tuple[tuple[PaperKind, tuple[str, ...]], ...] = (
    ("appendix", ("appendix", "annex", "annexe", "schedule", "enclosure", "eqia", "equality impact")),
    ("supplement", ("supplement", "supplementary", "supplements")),
    ("minutes", ("minutes",)),
    ("pack", ("pack",)),
    ("agenda", ("agenda", "front sheet", "frontsheet")),
    ("decision", ("record of decision", "rod", "prod", "decision notice", "decision record")),
    ("report", ("report",)),
)


def kind(
    blocks: Sequence[Placed], document: Document, path: str
) -> tuple[Head | None, PaperKind, Verdict[PaperKind] | None]:
    """Return the head of the minutes or report that a paper begins with, its kind, and what the witnesses said of it.

    Args:
        blocks: its first blocks.
        document: for its length and the file's own title.
        path: its name is a witness.
    """
    top = blocks[:HEAD_BLOCKS]
    heads = _heads(blocks, len(top))
    claims = list(_claims(blocks, heads, path))
    verdict = settle(claims, _LEAST) or settle([*claims, *_by_labels(blocks)], _LEAST)
    sort: PaperKind = verdict.value if verdict else "other"
    if sort == "agenda":
        sort = _agenda(blocks, document, path)
    head = heads.get(sort)
    if sort == "report" and "supplement" in PurePath(path).stem.lower():
        sort = "supplement"
    if sort == "minutes" and head is None:
        head = top_of_minutes(blocks)
    return head, sort, verdict


def _heads(blocks: Sequence[Placed], count: int) -> dict[PaperKind, Head]:
    """The first head of minutes or of a report among the top blocks; what comes second is quoted or enclosed."""
    for at in range(count):
        if minutes := minutes_head(blocks, at):
            return {"minutes": minutes}
        if report := report_head(blocks, at):
            return {"report": report}
    return {}


def _claims(blocks: Sequence[Placed], heads: dict[PaperKind, Head], path: str) -> Iterator[Claim[PaperKind]]:
    top = blocks[:HEAD_BLOCKS]
    text = "\n".join(block.text for block in blocks[:TOP_BLOCKS])
    began = next((at for at, block in enumerate(top) if _is_told(block.text)), len(top))
    if any(_AGENDA.fullmatch(block.text.strip(" *#")) for block in top[:began]):
        yield Claim("agenda", 6.0, "heading")
    summoned = _STANDING.search(text) and len(_SUMMONS.findall(text)) >= 2
    if _SUPPLEMENT.search(text) or (summoned and not any(is_present(block.text) for block in top)):
        yield Claim("agenda", 6.0, "front sheet")
    if any(_RECORD.search(block.text) for block in top[:_FIRST] if len(block.text.split()) <= _LONG + 4):
        yield Claim("decision", 5.5, "heading")
    for sort, head in heads.items():
        yield Claim(sort, 4.0 if blocks[head.start].page == blocks[0].page else 2.0, "head")
    yield from _minuted(top, text)
    if any(appendix_head(block) for block in top[:3]):
        yield Claim("appendix", 3.0, "heading")
    name = f" {' '.join(words(PurePath(path).stem.replace('_', ' ')))} "
    if named := next((kind for kind, said in _NAMES if any(f" {one} " in name for one in said)), None):
        yield Claim(named, 1.5, "file name")


def _minuted(top: Sequence[Placed], text: str) -> Iterator[Claim[PaperKind]]:
    """What minutes alone have: their word with a date, a list of those present, and what was said in the past tense."""
    first = [block for block in top if block.page == top[0].page] if top else []
    if any(names_minutes(block.text) for block in first):
        yield Claim("minutes", 4.0, "heading")
    elif any("minutes" in words(text) and len(text.split()) <= _LONG + 4 for text in _lines(first[:_FIRST])):
        dated = any(dates.parse(block.text) for block in first)
        yield Claim("minutes", 2.0 if dated else 0.5, "heading")
    said = words(text)
    told = sum(word in _PAST for word in said) >= 3
    if told and any(is_present(block.text) for block in first):
        yield Claim("minutes", 1.5, "attendance")
    if told and sum(any(word.startswith(stem) for word in said) for stem in _HELD) >= _TOLD:
        yield Claim("minutes", 1.5, "what is told")


def _by_labels(blocks: Sequence[Placed]) -> Iterator[Claim[PaperKind]]:
    """What no head says, the lines may: somebody attended on a certain day, then decisions were taken item by item."""
    marks = marked(tuple(blocks[:_LABELLED]))
    labels = [mark.label for mark in marks]
    decisions = [mark.unit.text for mark in marks if mark.label == "decision"]
    dated = any(dates.parse(block.text) or dates.yearless(block.text) for block in blocks[:HEAD_BLOCKS])
    if not dated or min(labels.count("item"), len(decisions)) < _MINUTED_ITEMS:
        return
    # A constitution and a plan of decisions to come have lines that read like decisions, and tell of none.
    told = any(not _PAST.isdisjoint(words(text)) for text in decisions)
    if told and "attendance" in labels[: labels.index("decision")]:
        yield Claim("minutes", _LEAST, "labels of lines")


def _is_told(text: str) -> bool:
    """Whether a block is a sentence about what happened."""
    return len(text.split()) >= _SENTENCE and not _PAST.isdisjoint(words(text))


def _lines(blocks: Sequence[Placed]) -> list[str]:
    """The blocks' texts without items: "2. Minutes" is one that every agenda has."""
    return [block.text.strip() for block in blocks if not numbered(block.text.strip())[0]]


def _agenda(blocks: Sequence[Placed], document: Document, path: str) -> PaperKind:
    """Distinguish an agenda alone from one with its reports, and from what is sent after it."""
    text = "\n".join(block.text for block in blocks[:TOP_BLOCKS])
    if _SUPPLEMENT.search(text) or "supplement" in document.title.lower():
        return "supplement"
    later = any(_begins(blocks, at) for at in range(len(blocks)))
    return "pack" if later or len(document.pages) > _LONG or "pack" in PurePath(path).stem.lower() else "agenda"


def _begins(blocks: Sequence[Placed], at: int) -> bool:
    """Whether minutes or a report begin here; an agenda row that names the minutes is not a beginning."""
    return bool(report_head(blocks, at) or (not blocks[at].row and minutes_head(blocks, at)))
