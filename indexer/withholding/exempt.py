"""Distinguish exempt papers from public ones that only mention exemption. When in doubt, withhold.

Papers may be kept secret under Schedule 12A to the Local Government Act 1972 ("Part 2" or "pink" papers). Public
papers use the same words: the resolution to exclude the press and public, agenda headings above no items, forms that
tell their author what to leave out, reports about supported exempt accommodation or the private rented sector, cover
reports of a public item with an exempt appendix. So three things count: the paper's name, a mark at the edge or head
of any page or printed large over it, and a sentence that says of this very paper that it is exempt. One such page
withholds the whole file, until a person has looked and releases it. (Exempt parts of public minutes: `closed`.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from indexer.records import Document, Page
from indexer.withholding.marks import EXCLUSION, PAPER, SECRET, UNPUBLISHED, alone, marked, overlaid

# Names: of a file, a folder or a title.
_NOT_FOR: Final = re.compile(
    rf"\b(?:{UNPUBLISHED}|in camera\b|members only\b|official\W+sensitive\b|commercial in confidence\b"
    r"|closed (?:session|business|agenda|minutes|part)\b)",
    re.IGNORECASE,
)
# These words have many public meanings (private fostering, restricted parking, pink): they count only as a label.
_WORD: Final = "(?:private|restricted|pink|nfp)"
_LABEL: Final = re.compile(
    rf"^\W*{_WORD}\W*$|[(\[]{_WORD}[)\]]"
    rf"|\b{_WORD} (?:{PAPER}|board|cabinet|committee|meeting)\b|^{_WORD}(?:\s*[–—:]|\s+-|-\s)"
    rf"|(?:[–—:]\s*|\s-\s*){_WORD}\W*$",
    re.IGNORECASE,
)
_PART_TWO: Final = re.compile(r"\b(?:part|pt)\s*(?:2|ii|two|b)\b(?!\s*of\b)", re.IGNORECASE)
# What is published in numbered parts; "Part 2" there is the second volume.
_VOLUMES: Final = re.compile(
    r"\b(?:volume|plan|strategy|framework|review|phase|chapter|constitution|act|regulations|guidance|evidence|study"
    r"|audit)\b",
    re.IGNORECASE,
)
_PUBLIC_NAME: Final = re.compile(
    r"\b(?:redacted|public version|no (?:exempt|confidential)|exclusion of|exclude|notice of) ?"
    r"|\bexempt items?\W*\(?none\b",
    re.IGNORECASE,
)

_HEAD: Final = 6  # blocks
_WATERMARK: Final = 24.0  # points: what is printed as large as this runs over the page

# Sentences in the words of the Act that say it of the very paper.
_THIS: Final = re.compile(
    rf"(?<!to )(?<!of )(?<!with )\bthis (?:\w+ )?{PAPER}(?: \w+)? (?:is|are|has been|contains?|includes?|discloses?)\b"
    r"[^.;]{0,60}?\b(?:exempt|confidential|not for publication)\b",
    re.IGNORECASE,
)
_BY_VIRTUE: Final = re.compile(
    r"\breasons? for (?:exemption|confidentiality|restriction)\W+(?:para|categor|schedule|contains)"
    r"|\b(?:restricted|private)\W{1,3}by virtue of (?:para|regulation|schedule|section)"
    r"|\b(?:not for publication|exempt(?: information| from (?:publication|disclosure))?)\b[^;]{0,40}?"
    r"\b(?:by (?:virtue|reason) of|under|in accordance with|pursuant to|within the meaning of|as defined (?:in|by)"
    r"|because|as it contains)\b[^;]{0,100}?"
    r"\b(?:paragraphs?|categor(?:y|ies)|schedule 12a|section 100|exempt information|confidential)",
    re.IGNORECASE,
)
# Before the words of the Act these make them a rule or a possibility. After them they say nothing: the Act itself
# speaks of information "likely to reveal" and of the affairs of "any particular person".
_HEDGE: Final = re.compile(
    r"\b(?:if|any|no|none|does not|not exempt|not confidential|unless|except|whether|would|may|likely|where|when"
    r"|whenever|should|can|rights?|means)\b",
    re.IGNORECASE,
)
_OTHER_PAPER: Final = re.compile(
    rf"\b{PAPER} [\w.]+ (?:\w+ ){{1,6}}(?:is|are)\b"
    rf"|\b(?:{PAPER} [\w.]+|the|an?|attached|separate|accompanying|that) (?:to (?:this|the) \w+ )?"
    rf"(?:is|are|contains?|\w* ?{PAPER}\b)",
    re.IGNORECASE,
)


def sign(document: Document, path: str, overrides: Mapping[str, str]) -> str:
    """Return why a paper must be withheld, "" if it is public.

    The reason never quotes the paper beyond its file name: the ledger is public.

    Args:
        document: the paper as read; every page and all margins are looked at.
        path: as it was offered.
        overrides: its sidecar row; ``exempt`` settles the matter either way.
    """
    said = overrides.get("exempt", "").casefold()
    if said:
        return "" if said == "no" else "the sidecar says that it is exempt"
    parts = PurePosixPath(path).parts
    for part in (*parts[:-1], PurePosixPath(path).stem):
        if named(part):
            return f"its path says so: {part}"
    if any(named(title) for title in (document.title, overrides.get("title", ""))):
        return "its title says that it is exempt or confidential"
    if any(marked(line) for line in document.margins | document.spread):
        return "a running line, stamp or keyword marks it as exempt or not for publication"
    if any(overlaid(text) for text in document.overlays):
        return "a watermark or stamp marks it as exempt or not for publication"
    for page in document.pages:
        if _page(page):
            return f"{f'page {page.number}' if document.paged else 'its text'} says that it is exempt"
    return ""


def named(name: str) -> bool:
    """Whether a title, file or folder name says that what it names is exempt."""
    spaced = " ".join(re.sub(r"[_+.]+|(?<=[a-z])(?=[A-Z])", " ", name).split())
    if _PUBLIC_NAME.search(spaced):
        return False
    if _NOT_FOR.search(spaced) or SECRET.search(spaced) or _LABEL.search(spaced):
        return True
    return bool(_PART_TWO.search(spaced)) and not _VOLUMES.search(spaced)


def stated(text: str) -> bool:
    """Whether a sentence says, in the words of the Act, that the paper it is in is exempt."""
    this = _THIS.search(text)
    # A motion names the exclusion first and the grounds after it; a paper that says what it is may ask for one later.
    if this and not (_HEDGE.search(text[: this.end()]) or EXCLUSION.search(text[: this.end()])):
        return True
    if EXCLUSION.search(text):
        return False
    act = _BY_VIRTUE.search(text)
    before = text[: act.start()] if act else ""
    return bool(act) and not _HEDGE.search(before) and not _OTHER_PAPER.search(before)


def _page(page: Page) -> bool:
    blocks = [page.text[block.start : block.end] for block in page.blocks] or page.text.split("\n")
    large = [page.text[block.start : block.end] for block in page.blocks if block.size >= _WATERMARK]
    marks = any(marked(text) for text in (*blocks[:_HEAD], *large)) or any(alone(text) for text in blocks[_HEAD:])
    return marks or any(stated(text) for text in _sentences(blocks))


def _sentences(blocks: Iterable[str]) -> Iterator[str]:
    """Sentences that may matter, joined over line breaks where one was cut in the middle."""
    before = ""
    for block in blocks:
        text = f"{before} {block}" if before else block
        before = ""
        if "exempt" in text.casefold() or "publication" in text.casefold() or "confidential" in text.casefold():
            sentences = re.split(r"(?<=[.;!?])\s+(?=[A-Z(])", text)
            yield from sentences
            if text[-1:].isalpha() or text[-1:] == ",":
                before = sentences[-1][-200:]
