"""Tell exempt papers from public ones that only speak of exemption. When in doubt, withhold.

Papers may be kept secret under Schedule 12A to the Local Government Act 1972 ("Part 2" or "pink" papers). Public
papers mention the same words: the resolution to exclude the press and public, agenda headings above no items, forms
that tell their author what to leave out, reports about a confidential service. So a title, file name or sidecar row
is a sign by itself, while in a page's text only wordings that mark *this* paper count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from indexer.records import Document, Page

# How a paper, or a folder for such papers, is named. "Confidentiality policy" or "part 20" is no such name.
_NAME: Final = re.compile(
    r"(?<!non-)(?<!non )(?<!not )\b(?:exempt|confidential|restricted|private|pink|closed)\b"
    r"(?!\s+(?:from|sector|rented|finance|hire|housing|landlord|school|fostering|health|car|parking|road|growth|accommodation|tenan\w+|use|substances?))"
    r"|\bpart\s*(?:2|ii|b|two)\b(?!\s*(?:of|[-–:]\s*(?:successes|section)))|\bnot for publication\b",
    re.IGNORECASE,
)
# "Part 2" in a title or file name also numbers the second half of a public paper.
_NUMBERED: Final = re.compile(
    r"\b(?:appendix|annexe?|volume|vol|strategy|plan|report|section|schedule|review|phase)\b.*\bpart\s*(?:2|ii|b|two)\b",
    re.IGNORECASE,
)
_PART: Final = re.compile(r"\bpart\s*(?:2|ii|b|two)\b", re.IGNORECASE)
_WORD: Final = re.compile(
    r"\b(?:exempt|confidential|restricted|private|pink|closed)\b|not for publication", re.IGNORECASE
)
_PUBLIC_NAME: Final = re.compile(
    r"\b(?:public|open|redacted|non[- ]exempt|part\s*(?:1|i|one|a))\b|exempt(?:ion|ed)|exclusion of (?:the )?(?:press|public)",
    re.IGNORECASE,
)

# What marks the paper itself, near the start of a line.
_MARK: Final = re.compile(
    r"^\W{0,4}(?:(?:strictly|private (?:and|&)|part (?:2|ii|b)|pink|official|report|appendix \w+|annexe? \w+|status|classification)\W{1,3}){0,3}"
    r"(?:not for publication|not for general release|exempt (?:report|appendix|annexe?|paper|document|information|from publication|item|minutes?)"
    r"|(?:strictly )?(?:private (?:and|&) )?confidential(?: (?:report|appendix|annexe?|paper|document|item|minutes?))?|restricted|official[- –:]+sensitive"
    r"|contains? (?:exempt|confidential) information|this (?:report|appendix|annexe?|paper|document|item|minute)s? (?:is|are|contains?) (?:\w+ ){0,2}"
    r"(?:exempt|confidential|not for publication))\b",
    re.IGNORECASE,
)
# What says so in the words of the Act, wherever it stands in a sentence.
_ACT: Final = re.compile(
    r"\b(?:(?:report|appendix|annexe?|paper|document|item|minute|information)s?(?: \w{1,3})? (?:is|are|has been|contains?|includes?)(?: \w+){0,4} "
    r"(?:exempt|not for publication|confidential)"
    r"|not for publication|exempt(?: information)?(?: from (?:publication|disclosure))?)\b[^.]{0,80}?"
    r"\b(?:by virtue of|under|within the meaning of|as defined in|in accordance with|because|pursuant to)\b[^.]{0,80}?"
    r"\b(?:paragraphs?|schedule 12a|section 100|category|local government act)",
    re.IGNORECASE,
)
# The same words in public papers: motions to exclude, forms and headings without items, rules and rights.
_PUBLIC: Final = re.compile(
    r"\bexclu(?:de|des|ded|ding|sion)\b|\bpress and (?:the )?public\b|\bpublic and (?:the )?press\b|\bdo not include\b"
    r"|\b(?:there (?:were|are|is|was) )?no (?:exempt|confidential|restricted|private)\b|\bwithout (?:any )?exempt\b|\bnone\b|\bif any\b|\bany (?:exempt|confidential)\b"
    r"|\bnot (?:exempt|confidential|restricted)\b|\bdoes not contain\b|\bunless\b|\bwould (?:disclose|be)\b|\blikely to\b|\bmay (?:be|contain|include|consider)\b"
    r"|\bright(?:s)? (?:to|of)\b|\bexcept\b|\bwhether\b|\bmeans\b|\bwhen(?:ever)?\b|\bwhere\b|\bshould\b|\bmust\b|\bcontained in\b|\bset out in\b|\bin the (?:exempt|confidential)\b"
    r"|\b(?:see|the|an?|attached|accompanying|separate) (?:exempt|confidential|restricted|private) (?:appendi\w+|annexe?|report|paper|document)",
    re.IGNORECASE,
)
# The label alone as a heading over items ("EXEMPT ITEMS"), as agendas of public meetings have it.
_HEADING: Final = re.compile(
    r"^\W*(?:part (?:2|ii|b)\W*)?(?:exempt|confidential|private|restricted)(?: (?:or|and|/) (?:exempt|confidential))? (?:items?|business|session|matters?)\b",
    re.IGNORECASE,
)
# An agenda speaks of the exempt reports that it does not hold, so there only a mark at the top of a page counts.
_TOP_BLOCKS: Final = 6


def sign(document: Document, path: str, overrides: Mapping[str, str]) -> str:
    """Return why a paper must be withheld, "" if it is public.

    The reason never quotes the paper beyond its file name: the ledger is public.

    Args:
        document: the paper as read; every page is looked at.
        path: as it was offered.
        overrides: its sidecar row; ``exempt`` settles the matter either way.
    """
    said = overrides.get("exempt", "").casefold()
    if said:
        return "" if said == "no" else "the sidecar says that it is exempt"
    for part in PurePosixPath(path).parts:
        if named(part):
            return f"its path says so: {part}"
    for title in (document.title, overrides.get("title", "")):
        if named(title):
            return "its title says that it is exempt or confidential"
    for page in document.pages:
        if _marked(page):
            where = f"page {page.number}" if document.paged else "its text"
            return f"{where} is marked as exempt or not for publication"
    return ""


def named(name: str) -> bool:
    """Whether a title, file or folder name says that what it names is exempt."""
    spaced = re.sub(r"[_+.]+", " ", name)
    if not _NAME.search(spaced) or (_PUBLIC_NAME.search(spaced) and not _WORD.search(_PUBLIC_NAME.sub(" ", spaced))):
        return False
    return not (_NUMBERED.search(spaced) and _PART.search(spaced) and not _WORD.search(spaced))


def _marked(page: Page) -> bool:
    """Whether a page's own text marks it. A page marked in the middle of a pack withholds the pack: fail closed."""
    blocks = [page.text[block.start : block.end] for block in page.blocks] or page.text.split("\n")
    return any(_stamp(text) for text in blocks[:_TOP_BLOCKS]) or any(_stated(text) for text in _sentences(blocks))


def _stamp(text: str) -> bool:
    """A block at a page's head that is such a mark: short, and not a heading over items or a sentence about rules."""
    short = len(text) <= 200 and bool(_MARK.search(text))
    return short and not _HEADING.search(text) and not _PUBLIC.search(text)


def _stated(text: str) -> bool:
    return bool(_ACT.search(text)) and not _PUBLIC.search(text)


def _sentences(blocks: Iterable[str]) -> Iterator[str]:
    """Blocks with the one before: the words of the Act may run over a line that was cut."""
    before = ""
    for block in blocks:
        if "exempt" in block.casefold() or "publication" in block.casefold():
            yield f"{before[-80:]} {block}" if before and before[-1:].isalpha() and block[:1].islower() else block
        before = block
