"""Named repairs of words and of whole files: odd characters, running headers and footers, stamped numbers, hyphens."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from indexer.sheets import LINE_HYPHEN, Sheet, Word

# Running lines stand within this share of the sheet's height from its top or bottom edge.
EDGE = 0.12
# A line that repeats on at least this many sheets of a file at the same height is a running line.
REPEATS = 3
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_SOFT = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufff9-\uffff\ud800-\udfff]")
_STAMP = re.compile(r"^(?:page|p\.?)?\s*[-–]?\s*(\d{1,4}|[ivxlc]{1,6})\s*[-–]?(?:\s*(?:of|/)\s*\d{1,4})?$", re.I)


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


def words(found: Iterable[Word]) -> tuple[Word, ...]:
    """Repair each word and drop those of which nothing is left."""
    out = []
    for item in found:
        text = item.text if item.text.isascii() else word(item.text)
        if text:
            out.append(item if text is item.text else item._replace(text=text))
    return tuple(out)


def stamped(text: str) -> str:
    """The number of a line that is nothing but a page number ("12", "Page 12 of 40", "- iv -"), or ""."""
    match = _STAMP.match(text)
    return match.group(1) if match else ""


Line = tuple[float, str, tuple[int, ...]]


def edge_lines(sheet: Sheet) -> list[Line]:
    """Lines near the top and bottom edges: (centre height in points, text, indices of their words)."""
    top, bottom = EDGE * sheet.height, (1 - EDGE) * sheet.height
    near = [(w.y0 + w.y1, i) for i, w in enumerate(sheet.words) if w.y1 < top or w.y0 > bottom]
    near.sort()
    groups: list[list[int]] = []
    for _, index in near:
        item = sheet.words[index]
        last = sheet.words[groups[-1][-1]] if groups else None
        if last and abs(item.y0 + item.y1 - last.y0 - last.y1) < 0.8 * (last.y1 - last.y0):
            groups[-1].append(index)
        else:
            groups.append([index])
    out = []
    for group in groups:
        group.sort(key=lambda i: sheet.words[i].x0)
        first = sheet.words[group[0]]
        out.append(((first.y0 + first.y1) / 2, " ".join(sheet.words[i].text for i in group), tuple(group)))
    return out


def running(sheets: Sequence[Sheet]) -> tuple[dict[int, set[int]], dict[int, str]]:
    """Find running headers, footers and stamped page numbers of a file.

    Returns:
        Indices of the words to leave out, and the stamped number, both by sheet number.
    """
    edges = {sheet.number: edge_lines(sheet) for sheet in sheets}
    seen: dict[str, Counter[int]] = defaultdict(Counter)
    for lines in edges.values():
        for height, text, _ in lines:
            seen[_masked(text)][round(height / 6)] += 1
    drop: dict[int, set[int]] = {}
    labels: dict[int, str] = {}
    for sheet in sheets:
        gone: set[int] = set()
        for height, text, indices in edges[sheet.number]:
            at = round(height / 6)
            repeats = sum(seen[_masked(text)][near] for near in (at - 1, at, at + 1))
            number = stamped(text)
            outer = height < 0.08 * sheet.height or height > 0.92 * sheet.height
            if (number and outer) or repeats >= max(REPEATS, 0.02 * len(sheets)):
                gone.update(indices)
                if number:
                    labels[sheet.number] = number
        drop[sheet.number] = gone
    return drop, labels


def _masked(text: str) -> str:
    return re.sub(r"\d+", "#", text).casefold()


def joined(first: str, second: str, known: set[str]) -> str:
    """Mend a word that a line's end broke: ``first`` ends in a hyphen or its mark.

    The joined form wins if the document has it; then the hyphenated form, if the document has that or both halves are
    words of the document; else the halves are joined. A hyphen before a capital or digit stays.

    Args:
        known: the document's words, casefolded, without punctuation.
    """
    head = first.rstrip(LINE_HYPHEN + "-‐")
    left, right = bare(head), bare(second)
    if not second[:1].islower() or not left:
        return f"{head}-{second}"
    if left + right in known:
        return head + second
    if f"{left}-{right}" in known or (left in known and right in known):
        return f"{head}-{second}"
    return head + second


def bare(text: str) -> str:
    """A word without the punctuation around it, casefolded: how `joined` knows it."""
    return text.strip("\"'“”‘’()[]{}.,;:!?…-" + LINE_HYPHEN).casefold()
