"""Named repairs of words and of whole files: odd characters, running headers and footers, stamped numbers, hyphens."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from indexer.layout.marks import LINE_HYPHEN, Sheet, Word
from indexer.layout.turns import upright
from indexer.text.words import DIGITS, STOP_WORDS

# Running lines are within this share of the sheet's height from its top or bottom edge.
EDGE = 0.12
# A line that repeats on at least this many sheets of a file at the same height can be a running line.
REPEATS = 3
# A lone number this near to the edge is a page number, even on one sheet.
OUTER = 0.08
# A line at the edge that wide gaps part into this many cells is a table's header row.
TABLE_CELLS = 4
# What may end the first half of a word that a line's end breaks.
HYPHENS = LINE_HYPHEN + "-‐‑"
# A prefix before its own vowel keeps its hyphen in British spelling: re-elected, anti-inflation.
_PREFIXES = frozenset(["anti", "co", "de", "intra", "micro", "multi", "non", "over", "pre", "re", "semi", "ultra"])
_LEADER = re.compile(r"\.{4,}|…{2,}")
_ORDINAL = re.compile(r"^(?:st|nd|rd|th)[,.;:)]?$")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_SOFT = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufff9-\uffff\ud800-\udfff]")
# The first part of an address of a page or of a mailbox.
_ADDRESS = re.compile(r"^\W*(?:https?://|www\.|[\w.+-]+@)", re.I)
_STAMP = re.compile(r"^(?:page|p\.?)?\s*+[-–]?\s*+(\d{1,4}|[ivxlc]{1,6})\s*[-–]?(?:\s*(?:of|/)\s*\d{1,4})?$", re.I)


def ligatures(text: str) -> str:
    """Expand ﬁ, ﬂ, ﬀ and their like; nothing else is folded."""
    return _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def invisible(text: str) -> str:
    """Remove soft hyphens, zero-width marks, control characters and lone surrogates."""
    return _CONTROL.sub("", _SOFT.sub("", text))


REPAIRS: tuple[Callable[[str], str], ...] = (ligatures, invisible)


def word(text: str) -> str:
    """Apply every repair of single words, in order; "" if nothing is left. A line-end hyphen mark is kept."""
    broken = text.endswith(LINE_HYPHEN)
    for repair in REPAIRS:
        text = repair(text)
    return text + LINE_HYPHEN if broken and text else text


def words(items: Iterable[Word]) -> tuple[Word, ...]:
    """Repair each word, cut dot leaders out of it, and drop words of which nothing is left."""
    out: list[Word] = []
    for item in items:
        text = item.text if item.text.isascii() else word(item.text)
        if "...." in text or "…" in text:
            out += leaders(item._replace(text=text))
        elif text:
            out.append(item if text is item.text else item._replace(text=text))
    return tuple(out)


def leaders(item: Word) -> list[Word]:
    """Cut the dots that lead to a page number out of a word ("Apologies.......4"); boxes are cut in proportion."""
    text = item.text
    if not _LEADER.search(text):
        return [item]
    step = (item.x1 - item.x0) / len(text)
    parts = []
    at = 0
    for match in [*_LEADER.finditer(text), None]:
        end = match.start() if match else len(text)
        if end > at:
            parts.append(item._replace(text=text[at:end], x0=item.x0 + at * step, x1=item.x0 + end * step))
        at = match.end() if match else end
    return parts


def stamped(text: str) -> str:
    """The number of a line that is nothing but a page number ("12", "Page 12 of 40", "- iv -"), or ""."""
    match = _STAMP.match(text)
    return match.group(1) if match else ""


class Line(NamedTuple):
    """A line near the top or bottom edge of a sheet.

    ``key`` is its text with digits masked and its height; ``outer`` says that it is at the very edge, ``close``
    that other text follows it without a gap, ``tabled`` that it belongs to a drawn table, or is beyond one.
    """

    key: tuple[str, int]
    text: str
    indices: tuple[int, ...]
    upper: bool
    outer: bool
    close: bool
    tabled: bool


def edge_lines(sheet: Sheet, kept: frozenset[int] = frozenset()) -> list[Line]:
    """Lines near the edges of a sheet, outermost first, down to the first that is a row of cells.

    Args:
        sheet: its words, repaired.
        kept: the ``id`` of words in cells of drawn tables.
    """
    words, _, high = upright(sheet)
    top, bottom = EDGE * high, (1 - EDGE) * high
    out: list[Line] = []
    for upper in (True, False):
        groups = _grouped(words, [i for i, w in enumerate(words) if (w.y1 < top if upper else w.y0 > bottom)])
        if not upper:
            groups.reverse()
        inner = [w for w in words if not (w.y1 < top if upper else w.y0 > bottom)]
        edge = min((w.y0 for w in inner), default=bottom) if upper else max((w.y1 for w in inner), default=top)
        tabled = False
        for place, group in enumerate(groups):
            if _cells(words, group) >= TABLE_CELLS:
                break
            tabled = tabled or any(id(sheet.words[i]) in kept for i in group)
            y0, y1 = min(words[i].y0 for i in group), max(words[i].y1 for i in group)
            after = groups[place + 1] if place + 1 < len(groups) else []
            if upper:
                gap = min((words[i].y0 for i in after), default=edge) - y1
            else:
                gap = y0 - max((words[i].y1 for i in after), default=edge)
            text = " ".join(words[i].text for i in group)
            height = (y0 + y1) / 2
            outer = height < OUTER * high or height > (1 - OUTER) * high
            key = (_masked(text), round(height / 6))
            out.append(Line(key, text, tuple(group), upper, outer, gap < 0.45 * (y1 - y0), tabled))
    return out


def _grouped(words: Sequence[Word], indices: list[int]) -> list[list[int]]:
    """Indices of words by visual line, from the top, each from the left."""
    groups: list[list[int]] = []
    for index in sorted(indices, key=lambda i: words[i].y0 + words[i].y1):
        item = words[index]
        last = words[groups[-1][-1]] if groups else None
        if last and item.y0 + item.y1 - last.y0 - last.y1 < 0.8 * (last.y1 - last.y0):
            groups[-1].append(index)
        else:
            groups.append([index])
    return [sorted(group, key=lambda i: words[i].x0) for group in groups]


def _cells(words: Sequence[Word], group: list[int]) -> int:
    """How many wide gaps part a line, plus one: a running line has three parts at most, a header row more."""
    return 1 + sum(words[b].x0 - words[a].x1 > max(words[a].size, 6) for a, b in pairwise(group))


def running(edges: Mapping[int, Sequence[Line]]) -> tuple[dict[int, set[int]], dict[int, str]]:
    """Find running headers, footers and stamped page numbers of a file.

    A line is running if it is printed at the same height, digits apart, on several sheets, one of them a near neighbour
    (the title of each report in a pack repeats too, but not on neighbouring sheets). A line that the body follows
    without a gap must repeat on most sheets. A header that says the same on each sheet is often the title: it stays
    on the first sheet of its run.

    Args:
        edges: the `edge_lines` of every sheet of the file, by its number.

    Returns:
        Indices of the words to leave out, and the stamped number, both by sheet number.
    """
    edges = {number: [line for line in lines if not line.tabled] for number, lines in edges.items()}
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    same: dict[str, set[int]] = defaultdict(set)
    for number, lines in edges.items():
        for line in lines:
            text, at = line.key
            same[line.text].add(number)
            for near in (at - 1, at, at + 1):
                seen[text, near].add(number)
    drop: dict[int, set[int]] = {number: set() for number in edges}
    stamps: dict[int, tuple[int, str]] = {}
    for number, lines in edges.items():
        for line in lines:
            stamp = stamped(line.text)
            pages = seen[line.key]
            if stamp and (line.outer or _repeats(line, number, pages, len(edges))):
                drop[number].update(line.indices)
                if len(pages) > stamps.get(number, (0, ""))[0]:
                    stamps[number] = len(pages), stamp
            elif _repeats(line, number, pages, len(edges)) and not _title(line, number, same[line.text]):
                drop[number].update(line.indices)
    return drop, {number: stamp for number, (_, stamp) in stamps.items()}


def _repeats(line: Line, number: int, pages: set[int], total: int) -> bool:
    if pages.isdisjoint((number - 2, number - 1, number + 1, number + 2)):
        return False
    # Minutes of two sheets inside a pack have a header of their own; in the margin it is one even so.
    if len(pages) < REPEATS and not line.outer:
        return False
    return not line.close or len(pages) > total / 2


def _title(line: Line, number: int, same: set[int]) -> bool:
    """Whether a running header is the first of a run of the very same: the title of what follows."""
    return line.upper and len(same) > 1 and same.isdisjoint(range(number - 3, number))


def _masked(text: str) -> str:
    return DIGITS.sub("#", text).casefold()


def glued(first: Word, second: Word) -> bool:
    """Whether ``second`` belongs to ``first`` without a space: the raised letters of an ordinal ("30 th")."""
    near = -1 <= second.x0 - first.x1 < 0.5 * max(first.size, 6)
    return near and first.text[-1].isdigit() and bool(_ORDINAL.match(second.text))


def run_on(first: Word, second: Word) -> bool:
    """Whether a line's end breaks a reference or an address after a sign: "24/" and "00115", "a@b." and "uk"."""
    if second.y0 <= first.y0 + 0.5 * (first.y1 - first.y0):
        return False
    before, after = first.text, second.text
    if len(before) > 1 and before[-1] in "/–" and before[-2].isdigit() and after[0].isdigit():
        return True
    return bool(_ADDRESS.search(before)) and before[-1] in "./@_" and after[0].islower()


def broken(first: Word, second: Word) -> bool:
    """Whether a line's end breaks a word between ``first`` and ``second``: a hyphen, and a new line."""
    if first.text.endswith(LINE_HYPHEN):
        return True
    lower = second.y0 > first.y0 + 0.5 * (first.y1 - first.y0)
    return lower and len(first.text) > 1 and first.text[-1] in "-‐‑" and first.text[-2] not in "-‐‑–"


class Vocabulary:
    """How often a document has each word, as `bare` writes them; gathered when first asked for.

    Both halves of broken words are left out: they are no words of their own.
    """

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = sheets

    @cached_property
    def _counts(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for sheet in self._sheets:
            half = False
            for item in sheet.words:
                first = item.text[-1] in HYPHENS
                if not (first or half):
                    counts[bare(item.text)] += 1
                half = first
        return counts

    def count(self, item: str) -> int:
        """How often the document has this word."""
        return self._counts[item]


def joined(first: str, second: str, known: Vocabulary) -> str:
    """Mend a word that a line's end broke.

    Of the joined and the hyphenated form the one that the document has more often wins; where it has neither, the
    hyphen stays if both halves are words of the document, or if the first is a prefix that ends as the second begins.
    A hyphen before a capital, digit or sign stays, and one in an address or behind a small word ("pay-and-display").

    Args:
        first: the first half, ending in a hyphen or its mark.
        second: the second half.
        known: the document's words.
    """
    head = first.rstrip(HYPHENS)
    left, right = bare(head), bare(second)
    if not second[:1].islower() or not left or not left[-1].isalpha():
        return f"{head}-{second}"
    whole, hyphened = known.count(left + right), known.count(f"{left}-{right}")
    doubled = left in _PREFIXES and left[-1] == right[:1]
    inner = left.rpartition("-")
    address = re.split(r"[/@.]", left)
    broken = known.count(address[-1] + re.split(r"[/@.-]", right)[0])
    if (len(address) > 1 and not broken) or (inner[0] and inner[2] in STOP_WORDS) or left == "well":
        return f"{head}-{second}"
    if hyphened > whole or (not whole and (doubled or (known.count(left) and known.count(right)))):
        return f"{head}-{second}"
    return head + second


def bare(text: str) -> str:
    """A word without the punctuation around it, casefolded: how `joined` knows it."""
    return text.strip("\"'“”‘’()[]{}.,;:!?…-" + LINE_HYPHEN).casefold()
