"""Words set with a space between their letters ("R E S O L V E D"), as headings are for show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from indexer.layout.marks import Word

_LETTER: Final = re.compile(r"[^\W\d_]$")
_FIGURE: Final = re.compile(r"\d[.):]?$")
_LAST: Final = re.compile(r"[^\W\d_][.,;:!?)]*$")
# Fewer letters in a row may be initials; letters in the order of the alphabet are a list.
_FEWEST: Final = 4
# A gap wider than the usual one of such letters by this factor parts two words; one of so many type sizes, cells.
_WIDER: Final = 1.6
_CELL: Final = 1.5
_SPACE: Final = 0.4


def closed(words: Sequence[Word]) -> tuple[Word, ...]:
    """Join the letters of spaced words; all other words come out as they are, in order."""
    if not _any(words):
        return tuple(words)
    out: list[Word] = []
    row: list[Word] = []
    for word in words:
        if row and not (_beside(row[-1], word) and _LETTER.match(row[-1].text)):
            _add(out, row)
            row = []
        if _LAST.match(word.text):
            row.append(word)
        else:
            _add(out, row)
            out.append(word)
            row = []
    _add(out, row)
    return tuple(out)


def _add(out: list[Word], row: list[Word]) -> None:
    """Add the words that a row of letters spells, and join the figures of a number before them, spaced as they are."""
    joined = list(_joined(row))
    if len(joined) < len(row):
        gap = _WIDER * max(median(b.x0 - a.x1 for a, b in pairwise(row)), 0.1)
        number: list[Word] = []
        while out and _FIGURE.match(out[-1].text) and _beside(out[-1], (*number, row[0])[0]):
            if number and (number[0].x0 - out[-1].x1 > gap or len(out[-1].text) > 1):
                break
            number.insert(0, out.pop())
        if number:
            out.append(number[0]._replace(text="".join(word.text for word in number), x1=number[-1].x1))
    out += joined


def _any(words: Sequence[Word]) -> bool:
    """Whether so many single letters follow each other anywhere: on few sheets they do."""
    row = 0
    for word in words:
        row = row + 1 if len(word.text) == 1 else 0
        if row == _FEWEST - 1:
            return True
    return False


def _beside(a: Word, b: Word) -> bool:
    return a.turn == b.turn == 0 and abs(a.y0 - b.y0) < 0.3 * (a.y1 - a.y0) and -1 < b.x0 - a.x1 < _CELL * a.size


def _joined(row: Sequence[Word]) -> Iterator[Word]:
    """The words that a row of single letters spells, or the letters themselves."""
    letters = [word.text[0] for word in row]
    listed = all(ord(b) - ord(a) == 1 for a, b in pairwise(letters))
    alike = all(letter.isupper() for letter in letters) or all(letter.islower() for letter in letters[1:])
    if len(row) < _FEWEST or listed or not alike or len(set(letters)) < 2:
        yield from row
        return
    usual = median(b.x0 - a.x1 for a, b in pairwise(row))
    start = 0
    for end in range(1, len(row) + 1):
        if end == len(row) or row[end].x0 - row[end - 1].x1 > _WIDER * max(usual, 0.1):
            # Wide as they are, the gaps between such words part no cells.
            x1 = row[end - 1].x1 if end == len(row) else row[end].x0 - _SPACE * row[end].size
            yield row[start]._replace(text="".join(word.text for word in row[start:end]), x1=x1)
            start = end
