"""Parts of public minutes that are headed as exempt after the public was sent out: taken out, the rest stays.

The resolution to exclude the press and public is itself public, and so is what was decided before and after it. What
is withheld begins at a heading that calls itself exempt, private or confidential once the public had been excluded, and
ends where the public was let in again, or with the minutes; in doubt it goes on. A heading without such a word is no
sign: councils publish a summary of what was decided behind closed doors. Agendas only announce, and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from indexer.layout.blocks import Placed, blocks_of, placed
from indexer.records import Block, Box, Document, Page, PageFault, Section, chain
from indexer.withholding.exempt import named, stated
from indexer.withholding.marks import marked

REASON: Final = "withheld: headed as exempt after the resolution to exclude the public"
_LONGEST_HEADING: Final = 20  # words
_FRONT: Final = -2  # all that is agenda
_NEAR: Final = 3  # blocks: "RESOLVED" may be alone above what was resolved

_EXCLUDED: Final = re.compile(
    r"\b(?:press|public)\b[^.;]{0,80}?\b(?:be|were|was|being|been) (?:\w+ )?excluded\b"
    r"|\bexclu(?:de|ded|ding|sion of) (?:of )?(?:the )?(?:press|public|members of the (?:press|public))\b"
    r"|\b(?:moved?|went|goes?|going) into (?:private|closed|exempt|confidential) session\b",
    re.IGNORECASE,
)
_RESOLVED: Final = re.compile(
    r"\b(?:resolved|agreed|carried|approved)\b|\b(?:were|was|been) (?:\w+ )?excluded\b|\bwent into\b", re.IGNORECASE
)
_LET_IN: Final = re.compile(
    r"\b(?:re-?admitted|re-?admission|re-?join(?:ed)?|returned to the meeting)\b|\b(?:back )?in(?:to)? (?:open|public)"
    r" session\b|\b(?:open|public) session\b|^\W*part (?:1|i|one|a)\b",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"^\W*(?:(?:minute|item|agenda item)\s*)?\d{1,4}(?:\.\d+)*\s*[.:)–-]?\s+", re.IGNORECASE)
_GROUP: Final = re.compile(
    r"^\W*(?:part (?:2|ii|two|b)\b|(?:exempt|confidential|private|closed|restricted)\b(?: or (?:exempt|confidential))?"
    r"(?: (?:items?|business|matters?|session|minutes?|reports?|part|section|agenda))*\W*$)",
    re.IGNORECASE,
)


def spoken_of(document: Document) -> bool:
    """Whether the paper says anywhere that the public was excluded: only then a part of it can be closed."""
    return any(_EXCLUDED.search(page.text) for page in document.pages)


def closed(document: Document, sections: Sequence[Section]) -> frozenset[tuple[int, int]]:
    """Return page and start of the blocks that must not be stored.

    Args:
        document: the paper as read.
        sections: its sections; a closed part ends with the outermost one around it.
    """
    blocks = placed(document.pages)
    gone: list[tuple[int, int]] = []
    home, excluded, shut = -1, False, False
    for index, (block, root) in enumerate(zip(blocks, _roots(blocks, sections), strict=True)):
        if root != home:
            home, excluded, shut = root, False, False
        if shut and _LET_IN.search(block.text):
            shut = excluded = False
        shut = shut or (excluded and _heads(block.text))
        if shut:
            gone.append((block.page, block.start))
        elif root != _FRONT and _EXCLUDED.search(block.text):
            near = " ".join(one.text for one in blocks[max(0, index - _NEAR) : index + _NEAR])
            excluded = excluded or bool(_RESOLVED.search(near))
    return frozenset(gone)


def without(document: Document, gone: frozenset[tuple[int, int]]) -> Document:
    """Return the paper without these blocks: none of their text, boxes or bookmarks is left, and its pages say so."""
    touched = {page for page, _ in gone}
    pages = tuple(_cut(page, gone) if page.number in touched else page for page in document.pages)
    faults = tuple(PageFault(page.number, REASON) for page in pages if page.number in touched)
    outline = tuple(mark for mark in document.outline if mark.page not in touched)
    # A heading at the top of a sheet is one of its margins too; taken out, it says nothing of the rest.
    said = {block.text for block in placed(document.pages) if (block.page, block.start) in gone}
    margins = document.margins - said
    spread = frozenset(text for text in document.spread if not any(one in text for one in said))
    faults += document.faults
    return replace(document, pages=pages, faults=faults, outline=outline, margins=margins, spread=spread)


def _roots(blocks: Sequence[Placed], sections: Sequence[Section]) -> Iterator[int]:
    """The outermost section around each block, `_FRONT` for agendas."""
    by_ordinal = {section.ordinal: section for section in sections}
    begins: dict[tuple[int, int], int] = {}
    for section in sections:
        top = chain(section, by_ordinal)[-1]
        begins |= {(span.page, span.start): _FRONT if top.kind == "front" else top.ordinal for span in section.spans}
    root = -1
    for block in blocks:
        root = begins.get((block.page, block.start), root)
        yield root


def _heads(text: str) -> bool:
    """Whether a text heads something exempt, or says in the words of the Act that it is."""
    bare = _NUMBER.sub("", text.strip())
    sentence = len(bare.split()) > _LONGEST_HEADING or bare.endswith((".", ";", ","))
    if sentence or _EXCLUDED.search(bare):
        return stated(text)
    return bool(_GROUP.match(bare)) or marked(bare) or named(bare)


def _cut(page: Page, gone: frozenset[tuple[int, int]]) -> Page:
    """The page with the rest of its blocks, and the boxes of their words."""
    texts: list[str] = []
    blocks: list[Block] = []
    boxes: list[tuple[Box, ...]] = []
    at = word = 0
    for block in blocks_of(page):
        text = page.text[block.start : block.end]
        count = len(text.split())
        if (page.number, block.start) not in gone:
            shift = at - block.start
            jumps = tuple(jump + shift for jump in block.jumps)
            blocks.append(replace(block, start=at, end=at + len(text), jumps=jumps))
            boxes += page.boxes[word : word + count]
            texts.append(text)
            at += len(text) + 1
        word += count
    made = "\n".join(texts)
    return replace(page, text=made, blocks=tuple(blocks), boxes=tuple(boxes), method="withheld")
