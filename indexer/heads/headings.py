"""What makes one block a heading: its type, its numbering, its wording; not what the heading opens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.layout.blocks import Placed
from indexer.records import Document
from indexer.text.words import BULLETS, LETTERS, listed, squeezed

LONGEST_TITLE = 160
_WORDS = 24
_PLAIN_WORDS = 8
# Characters of a block that counts as prose when the usual type size is sought.
_PROSE = 60
_LARGER = 1.12

_NUMBER = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,3}|[A-Z](?:\.\d{1,2})?|[IVX]{1,5})[.):]?\s+(?=[A-Z“‘\"'(£0-9])"
)
_BULLET = re.compile(rf"[{BULLETS}·*o–—-]\s|\(?[a-z]{{1,4}}[.)]\s|\(\d")
_PAGE_NUMBER = re.compile(
    r"(?:(?<![\s.…_])[\s.…_]{3,}|(?<!\t)\t+|(?<!\s)\s+\(?pages?\s*)\d{1,4}(?:\s*[-–]\s*\d{1,4})?\)?\s*$", re.IGNORECASE
)
_MARKUP = re.compile(r"^[#*_\s]+|[*_\s]+$")
# Words that may be alone on a line and open nothing.
_FORMULA = re.compile(
    r"(?:that|resolved|agreed|recommended|noted|moved|seconded)\b.{0,40}|yes|no|n/?a|none|tbc|answer"
    r"|.*intentionally (?:left )?blank.*|page \d+(?: of \d+)?|.*[:?]\s*(?:yes|no|n/?a)\W*",
    re.IGNORECASE,
)
# Sums of money and large numbers belong to tables and charts.
_FIGURES = re.compile(r"£\s?\d|\d,\d{3}|\d\s?%|(?:\b\d[\d.]*\b\s*){3}")
_CONTENTS = re.compile(r"(?:(?<!\.)\.{4,}|(?<!…)…{2,}|(?<!\s\.)(?:\s\.){4,})\s*+\d*+\s*$")

# Headings that UK authorities' report templates use; in plain type only the words show it.
_KNOWN = re.compile(
    r"(?:executive |report |plain english )?summary|introduction(?: and background)?"
    r"|(?:policy )?background(?: and \w+)?"
    r"|context|purpose(?: of (?:the )?report)?|classification|key decision|wards?(?:\(s\))? affected"
    r"|divisions? affected"
    r"|(?:alternative|other) options(?: considered(?: and rejected)?)?|options(?: appraisal)?"
    r"|reasons? for (?:the )?recommendations?(?:\(s\))?|key considerations?|key (?:points|issues|messages|findings)"
    r"|(?:main |detailed )?(?:report|considerations?|issues?|proposals?)|consultation(?: and engagement)?|consultees"
    r"|(?:(?:financial|legal|equalit(?:y|ies)|resource|risk|policy|staffing|property|environmental|climate change|"
    r"human rights|hr|data protection|procurement|crime and disorder|health|sustainability|other|corporate|economic)"
    r"(?:,? (?:and|&) \w+| impact| management)*|resource) implications?"
    r"|(?:equality|health|environmental|community) impact(?: assessment)?|equality(?: duty| and human rights)?"
    r"|risk(?: management| assessment|s)?(?: and \w+)?|community impact|appendices|background (?:papers|documents)"
    r"|conclusions?|next steps|timetable|contact (?:details|officers?)|(?:further )?contact points?|finance"
    r"|governance|monitoring(?: and \w+)?|references|glossary(?: of (?:terms|acronyms|abbreviations))?|foreword"
    r"|contents"
    r"|abbreviations|acknowledgements|methodology|recommendation(?:s|\(s\))?",
    re.IGNORECASE,
)
_TITLES = listed("Mr Mrs Ms Miss Dr Cllr Councillor Prof")
# The headings that reports close with.
_CLOSING = re.compile(
    r"(?:list of )?(?:appendices|attachments|enclosures)|attached documents"
    r"|(?:list of |appendices and )?background (?:papers|documents)|contact (?:details|officers?)",
    re.IGNORECASE,
)
# Programs also bookmark scraps of text; a title has a word and does not begin in the middle of a sentence.
_TITLE = re.compile(r"(?![a-z]{2})(?=.*[A-Za-z]{3})")


def clean_title(text: str) -> str:
    """Return a heading's words: no marks, no page number after them, at most 160 characters, cut at a word."""
    title = " ".join(_PAGE_NUMBER.sub("", _MARKUP.sub("", text)).split()).rstrip(" :–-")
    if len(title) <= LONGEST_TITLE:
        return title
    return title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def numbered(text: str) -> tuple[str, str]:
    """Split "5.2 Legal implications" into its number and the rest; the number is "" where there is none."""
    match = _NUMBER.match(text)
    return (match["number"], text[match.end() :]) if match else ("", text)


def is_contents(text: str) -> bool:
    """Say whether a line belongs to a table of contents: leader dots before a page number."""
    return (text.count(".") > 3 or "…" in text) and bool(_CONTENTS.search(text))


def is_shouted(text: str) -> bool:
    """Say whether the letters are capitals: at least four of them, and hardly one in lower case."""
    capitals = sum(map(str.isupper, text))
    return capitals >= 4 and capitals >= 0.9 * sum(map(str.isalpha, text))


def is_known(text: str) -> bool:
    """Say whether a line is a heading of the usual report templates, numbered or not."""
    return bool(_KNOWN.fullmatch(numbered(text.strip())[1].strip(" :.#*")))


def is_closing(text: str) -> bool:
    """Say whether a line is a heading that reports close with: appendices, background papers, contact details."""
    return bool(_CLOSING.fullmatch(numbered(text.strip())[1].strip(" :.#*")))


def body_size(blocks: Sequence[Placed]) -> float:
    """Return the type size, in points, in which most of the prose is set; 0 where sizes are unknown.

    Tables are often smaller and are left out, unless there is hardly anything else.
    """
    sizes: Counter[float] = Counter()
    for block in blocks:
        if not block.row and len(block.text) >= _PROSE:
            sizes[round(block.size, 1)] += len(block.text)
    if not sizes:
        sizes.update({round(block.size, 1): 1 for block in blocks if not block.row})
    return sizes.most_common(1)[0][0] if sizes else 0.0


def is_strong(block: Placed, body: float) -> bool:
    """Say whether a heading is one by type or wording, not only by standing alone on a line."""
    larger = body > 0 and block.size >= body * _LARGER
    return bool(block.level) or block.bold or larger or is_known(block.text) or is_shouted(block.text)


def is_heading(block: Placed, following: Placed | None, body: float) -> bool:
    """Say whether a block is a heading.

    Args:
        block: the block in question.
        following: the block after it, or None at the end.
        body: the usual type size around it, in points (0 if unknown).
    """
    text = block.text.strip()
    if block.level and not block.row:
        return True
    if not _could_be(block, text):
        return False
    if is_known(text):
        return True
    larger = body > 0 and block.size >= body * _LARGER
    if is_shouted(text) and not block.bold and not larger:
        return _says_something(text) and following is not None and len(following.text.split()) >= 4
    if block.bold or larger:
        return not (block.bold and following is not None and following.bold and _goes_on(text, following))
    number, rest = numbered(text)
    plain = len(rest.split()) <= _PLAIN_WORDS and rest[:1].isupper() and not rest.endswith(tuple(",;.:?!"))
    if not plain or following is None or following.row:
        return False
    # a short plain line is a heading only over a real paragraph
    weighty = len(following.text.split()) >= 15 and following.text[:1].isupper() | following.text[:1].isdigit()
    return weighty and (bool(number) or len(rest.split()) >= 2 or rest.isalpha()) and not _looks_like_name(rest)


def _could_be(block: Placed, text: str) -> bool:
    words = text.split()
    if block.row or not words or len(words) > _WORDS or len(text) > LONGEST_TITLE + 40:
        return False
    if (
        _FIGURES.search(text)
        or _BULLET.match(text)
        or _FORMULA.fullmatch(text)
        or is_contents(text)
        or (len(words) == 2 and len(words[0]) == 1 and text.istitle())  # "J Harbour" under a letter or a report
        or not any(len(word) > 2 for word in LETTERS.findall(text))
    ):
        return False
    first = numbered(text)[1][:1]
    return not first.islower() and not re.search(r"[,;]$|[a-z]{3}\.$|\b(?:and|or|the|of|to)$", text)


def _says_something(text: str) -> bool:
    """At least two words or one long one: "BACKGROUND", "NEXT STEPS", but not "HR4 0LE" or a chart's "WMWA"."""
    words = re.findall(r"[A-Z]{3,}", text)
    return len(words) >= 2 or any(len(word) >= 7 for word in words)


def _goes_on(text: str, following: Placed) -> bool:
    """A bold paragraph in lines: the next one goes on in the middle of the sentence."""
    return not text.endswith((".", ":")) and following.text[:1].islower()


def _looks_like_name(text: str) -> bool:
    return text.partition(" ")[0].rstrip(".") in _TITLES or "@" in text or "www." in text


def style(block: Placed) -> tuple[int, float, bool, bool, int]:
    """Return what headings of one rank share: file level, size, boldness, capitals, depth of numbering."""
    number, rest = numbered(block.text.strip())
    depth = number.count(".") + 1 if number else 0
    return (block.level, round(block.size), block.bold, is_shouted(rest), depth)


def levelled(blocks: Sequence[Placed], document: Document) -> tuple[Placed, ...]:
    """Return the blocks, with a level from 1 for those that a bookmark of their page repeats word for word.

    Levels that the format itself marks stay, and rows of tables are left alone.
    """
    depths: dict[tuple[int, str], int] = {}
    for entry in document.outline:
        depths.setdefault((entry.page, _plain(entry.title)), entry.depth)
    if not depths:
        return tuple(blocks)
    return tuple(_levelled(block, depths.get((block.page, _plain(block.text)))) for block in blocks)


def _levelled(block: Placed, depth: int | None) -> Placed:
    if depth is None or block.level or block.row or not _TITLE.match(block.text.strip()):
        return block
    return replace(block, level=depth + 1)


def _plain(title: str) -> str:
    return squeezed(clean_title(title))
