"""Named repairs of words and of whole files: odd characters, dot leaders, hyphens."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from indexer.layout.marks import LINE_HYPHEN, Sheet, Word
from indexer.text.words import STOP_WORDS

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
    """Repair each word, cut dot leaders out of it, and drop words with nothing left."""
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

    Both halves of broken words are left out: they are not words by themselves.
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
