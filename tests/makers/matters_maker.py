"""Fictional reports and minutes, taken apart, in an archive whose encoder knows words only."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from indexer.archive import Archive, Writer, texts_to_embed
from indexer.records import (
    Block,
    Decision,
    LedgerEntry,
    Meeting,
    Outcome,
    Page,
    Paper,
    PaperKind,
    Passage,
    PassageKind,
    Reading,
    Section,
    SectionKind,
    Span,
)
from tests.makers.library_maker import WordEncoder

Part = tuple[SectionKind, str, str, str]  # kind, number, title, text
AUTHORITY = "Ashshire County Council"


def meeting(day: str, board: str = "Cabinet", authority: str = AUTHORITY) -> Meeting:
    """Give the meeting of a board on a day."""
    return Meeting(authority, board, date.fromisoformat(day))


def report(
    name: str,
    title: str,
    when: Meeting,
    *,
    purpose: str = "",
    asked: str = "",
    body: str = "",
    number: str = "",
) -> Reading:
    """Make a paper of one report."""
    parts: list[Part] = [("report", number, title, f"{title}\n{body}" if body else title)]
    if purpose:
        parts.append(("heading", "", "Purpose", f"Purpose\n{purpose}"))
    if asked:
        parts.append(("recommendation", "", "Recommendation", f"Recommendation\n{asked}"))
    return _reading(name, "report", when, when, parts)


def minutes(name: str, when: Meeting, items: Sequence[tuple[str, str, str]], printed: Meeting | None = None) -> Reading:
    """Make a paper of minutes; ``items`` are numbers, titles and texts, of which the last line is the decision."""
    parts: list[Part] = [("minutes", "", "Minutes", "Minutes")]
    parts += [("item", number, title, f"{number}. {title}\n{text}") for number, title, text in items]
    return _reading(name, "minutes", printed or when, when, parts)


def strategy(name: str, when: Meeting, *headings: tuple[str, str], kind: PaperKind = "other") -> Reading:
    """Make a paper that is no report: headings, each with its text under it."""
    return _reading(name, kind, when, when, [("heading", "", title, f"{title}\n{text}") for title, text in headings])


def appended(name: str, title: str, when: Meeting, appendix: tuple[str, str]) -> Reading:
    """Make a report with an appendix."""
    return _reading(
        name, "report", when, when, [("report", "", title, title), ("appendix", "", appendix[0], "\n".join(appendix))]
    )


def archive(folder: Path, *readings: Reading) -> tuple[Archive, WordEncoder]:
    """Write readings into an archive and open it."""
    encoder = WordEncoder()
    with Writer.open(folder, encoder.identity) as writer:
        for one in readings:
            entry = LedgerEntry(one.paper.path, "indexed", "", one.paper.id, 1)
            writer.add(one, encoder.encode([text.whole for text in texts_to_embed(one)]), [entry])
    return Archive.open(folder), encoder


def _reading(name: str, kind: PaperKind, printed: Meeting, when: Meeting, parts: Sequence[Part]) -> Reading:
    text, sections, passages, decisions, blocks = "", list[Section](), list[Passage](), list[Decision](), list[Block]()
    for ordinal, (what, number, title, words) in enumerate(parts):
        start = len(text) + 1 if text else 0
        text = f"{text}\n{words}" if text else words
        span = Span(1, start, len(text))
        blocks.append(Block(start, len(text)))
        section = Section(ordinal, 0 if ordinal else None, what, number, title, when, (span,), 2 if ordinal else 1)
        sections.append(section)
        passages.append(Passage(ordinal, ordinal, _KINDS.get(what, "report"), (span,), words, (parts[0][2], title)))
        said = words.rpartition("\n")[2]
        if what in {"item", "recommendation"} and said != "Discussed.":
            head = sections[0] if what == "recommendation" else section
            place = Span(1, len(text) - len(said), len(text))
            decisions.append(
                Decision(
                    len(decisions), ordinal, what == "recommendation", _outcome(said), said, (place,), (), head.number,
                    head.title, when,
                )
            )  # fmt: skip
    paper = Paper(hashlib.sha256(name.encode()).hexdigest(), name, "pdf", True, kind, parts[0][2], printed, 1)
    return Reading(paper, (Page(1, text, tuple(blocks)),), tuple(sections), tuple(passages), tuple(decisions), ())


_KINDS: dict[SectionKind, PassageKind] = {"item": "resolution", "recommendation": "recommendation", "minutes": "minute"}


def _outcome(text: str) -> Outcome:
    return "deferred" if "deferred" in text else "resolved"
