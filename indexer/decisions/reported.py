"""Decisions that a paper reports and that are not its own: sentences of reports, and of minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from indexer.decisions.motions import PROPOSING
from indexer.labelling.marks import Marked
from indexer.layout.blocks import placed
from indexer.records import Decision, Meeting, Page, ReportedDecision, Section, Span
from indexer.structure.minutes import minuted
from indexer.text import dates, reported
from indexer.text.cues import BODIES, LEMMAS, TOKEN
from indexer.text.sentences import sentences

# A row with this many cells is no sentence: who acts and what is done may be in different columns.
_MOST_CELLS = 3
# The model's probability from which its label is enough, without words that say so.
_SURE = 0.8
# Words between a verb of deciding and the "by" of who decided, and those inside a body's name.
_REACH = 10
_JOINING = frozenset(["the", "of", "and", "for"])
_ARTICLES = frozenset(["the", "our", "full", "whole", "of"])


def reports(
    pages: tuple[Page, ...], sections: tuple[Section, ...], decisions: Sequence[Decision]
) -> tuple[ReportedDecision, ...]:
    """Find the reported decisions of a paper, in reading order; the same sentence once.

    Args:
        pages: the paper's pages, as stored.
        sections: its sections.
        decisions: its own decisions and recommendations, which do not count as reports of one.
    """
    taken = [span for decision in decisions for span in decision.spans]
    homes = [(span, section) for section in sections if section.kind != "front" for span in section.spans]
    by_text: dict[str, ReportedDecision] = {}
    marked = _marked(pages, sections)
    for span, text, paragraph in _sentences(pages):
        mark, meeting = marked.get(span, (None, None))
        sure = mark is not None and mark.label == "reported" and mark.sure > _SURE
        told = reported.report(text, sure=sure)
        if told is None or text in by_text or any(span.meets(other) for other in taken):
            continue
        spoken = any(reported.speech(paragraph, said) for said in (text, ""))
        if meeting and not sure and (spoken or _is_own(text, told, meeting)):
            continue
        home = next((section for own, section in homes if span.meets(own)), None)
        if home is not None:
            day = dates.parse(told.when) if told.when else None
            by_text[text] = ReportedDecision(len(by_text), home.ordinal, text, (span,), told.actor, told.when, day)
    return tuple(by_text.values())


def _marked(pages: tuple[Page, ...], sections: tuple[Section, ...]) -> dict[Span, tuple[Marked, Meeting]]:
    """The sentences of minutes, each with its label and whose minutes they are."""
    return {
        Span(mark.unit.page, mark.unit.start, mark.unit.end): (mark, section.meeting)
        for section, told in minuted(pages, sections)
        for mark in told.marks
    }


def is_anothers(text: str, meeting: Meeting) -> bool:
    """Say whether a sentence of minutes is another's words or another body's decision: "The Planning Board agreed it".

    Args:
        text: the sentence.
        meeting: whose minutes they are; where neither board nor authority is known, no body is another.
    """
    told = reported.report(text)
    names = _names(meeting)
    actor = _actor(told.actor) if told else _actor(_doer(text))
    return (bool(names) and len(actor) > 1 and not actor <= names) or reported.speech(text)


def _doer(text: str) -> str:
    """The body after a sentence's first verb of deciding: "Approved by the Park Authority."; "" for none."""
    words = TOKEN.findall(text)
    at = next((at for at, word in enumerate(words) if word.lower() in LEMMAS), len(words))
    behind = words[at + 1 : at + _REACH]
    if "by" not in behind or LEMMAS[words[at].lower()] in PROPOSING:
        return ""
    named = list(takewhile(_is_of_name, words[at + 2 + behind.index("by") :]))
    return " ".join(named) if any(word.lower() in BODIES for word in named) else ""


def _is_of_name(word: str) -> bool:
    return word[0].isupper() or word in _JOINING


def _names(meeting: Meeting) -> set[str]:
    return set(f"{meeting.board} {meeting.authority}".lower().split())


def _actor(name: str) -> set[str]:
    return set(name.lower().split()) - _ARTICLES


def _is_own(text: str, told: reported.Report, meeting: Meeting) -> bool:
    """Whether the board that meets decides here, and it is not reported: not "has agreed", and on no other day."""
    return not told.when and _actor(told.actor) <= _names(meeting) and reported.PERFECT.isdisjoint(text.lower().split())


def _sentences(pages: tuple[Page, ...]) -> Iterator[tuple[Span, str, str]]:
    """Where each sentence is, it, and its paragraph."""
    for block in placed(pages):
        if block.text.count("\t") < _MOST_CELLS:
            for start, end in sentences(block.text):
                yield Span(block.page, block.start + start, block.start + end), block.text[start:end], block.text
