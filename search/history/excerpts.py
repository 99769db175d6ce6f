"""What is quoted of a precedent: what it says that it is for, and the words that come nearest to a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.records import Section, StoredPassage
from indexer.text.sentences import sentences
from search import cite
from search.contents import Contents
from search.settings import HISTORY

# Where a report says what it is for, the plainest first.
_PURPOSES = tuple(
    re.compile(rf"(?<![\W\d])[\W\d]*(?:{label})(?: of (?:the |this )?report)?\W*", re.IGNORECASE)
    for label in ("purpose|aims?", "(?:executive )?summary", "introduction")
)
_SAYS_SO = re.compile(
    r"[\W\d]*(?:The purpose of|(?:This|The) (?:report|paper|briefing|note) "
    r"(?:is to|sets? out|provides?|seeks?|asks?|gives?"
    r"|updates?|presents?|informs?|summarises?|describes?|recommends?|outlines?)"
    r"|To (?:seek|receive|consider|agree|approve|note|inform|update|tell|present|provide|review|report|ask|set out))\b"
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words and the 1-based sheet they are on, with their own reference where it is not the paper's."""

    text: str
    page: int
    reference: str = ""


def purpose(contents: Contents, paper_id: str, sections: Sequence[Section]) -> tuple[Quote, ...]:
    """Quote the first sentences under the words that announce a purpose, summary or introduction.

    Where no heading does, the first sentence that says so itself; else none.
    """
    # Further on, a summary is that of a document which the report brings.
    first = min((section.pages[0] for section in sections if section.pages), default=0)
    sections = [section for section in sections if section.pages and section.pages[0] <= first + HISTORY.purpose_sheets]
    for label in _PURPOSES:
        for section in sections:
            headed = label.fullmatch(section.title) is not None
            if quotes := _quotes(contents, paper_id, section, label, headed=headed):
                return quotes
    for section in sections:
        for page, whole in _wholes(contents, paper_id, section):
            if _SAYS_SO.match(whole) and len(whole.split()) >= HISTORY.purpose_words:
                return (Quote(whole, page),)
    return ()


def _wholes(contents: Contents, paper_id: str, section: Section) -> Iterator[tuple[int, str]]:
    """Give the sentences of a section, table rows apart, each with its sheet."""
    for span in section.spans:
        text = contents.text(paper_id, span.page)[span.start : span.end]
        yield from ((span.page, text[a:b]) for a, b in sentences(text) if "\t" not in text[a:b])


def _quotes(
    contents: Contents, paper_id: str, section: Section, label: re.Pattern[str], *, headed: bool
) -> tuple[Quote, ...]:
    """Take the first sentences after ``label``; ``headed`` says that the section's own heading is it."""
    quotes: list[Quote] = []
    for span in section.spans:
        for line in contents.text(paper_id, span.page)[span.start : span.end].split("\n"):
            head, sign, rest = line.partition("\t") if "\t" in line else line.partition(":")
            labelled = bool(sign) and label.fullmatch(head) is not None
            if not labelled and (not headed or "\t" in line):
                continue
            text = rest if labelled else line
            whole = [text[start:end] for start, end in sentences(text)]
            quotes += [
                Quote(one, span.page)
                for one in whole
                if len(one.split()) >= HISTORY.purpose_words and not one.isupper()
            ]
            if quotes and (labelled or len(quotes) >= HISTORY.purpose_sentences):
                return tuple(quotes[: HISTORY.purpose_sentences])
    return tuple(quotes)


def wording(contents: Contents, best: StoredPassage) -> Iterator[Quote]:
    """Quote the beginning of the passage nearest to the draft, in whole sentences, sheet by sheet."""
    room = HISTORY.excerpt_words
    for span in best.passage.spans:
        text = contents.text(best.paper.id, span.page)[span.start : span.end]
        ends = [end for _, end in sentences(text) if len(text[:end].split()) <= room]
        if ends:
            label = contents.label(best.paper.id, span.page)
            yield Quote(text[: ends[-1]], span.page, cite.reference(best, label, page=span.page))
            room -= len(text[: ends[-1]].split())
        if not ends or ends[-1] < len(text.rstrip()):
            return
