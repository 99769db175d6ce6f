"""Arabic and Hebrew on a sheet: letters and words in the order in which they are read.

pdfium turns some right-to-left words round and others not; the reader has put their letters as they lie on the page.
Files that print the letters from left to right come out backwards: letters that only ever end a word show which it is.
Apart from `pages`, which calls it only for sheets with such letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from indexer.layout.marks import Word

_LETTERS: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT: Final = re.compile(f"[{_LETTERS}]")
_WORD: Final = re.compile(f"[{_LETTERS}]+")
# Final forms of Hebrew, ta marbuta and alef maksura of Arabic: no word begins with them.
_ENDINGS: Final = "ךםןףץةى"


def any_in(words: Sequence[Word]) -> bool:
    """Whether any word is written from right to left."""
    return any(not word.text.isascii() and _RIGHT_TO_LEFT.search(word.text) for word in words)


def backwards(words: Sequence[Word]) -> bool:
    """Whether the file wrote a sheet's right-to-left words from left to right, so that they came out reversed."""
    texts = [text for word in words for text in _WORD.findall(word.text) if len(text) > 1]
    return sum(text[0] in _ENDINGS for text in texts) > sum(text[-1] in _ENDINGS for text in texts)


def reversed_letters(words: Sequence[Word]) -> list[Word]:
    """The words with the letters of right-to-left ones the other way round."""
    return [word._replace(text=_WORD.sub(lambda match: match[0][::-1], word.text)) for word in words]


def ordered(words: Sequence[Word]) -> list[Word]:
    """The words of a cell or paragraph with each line's right-to-left stretches read from the right."""
    out: list[Word] = []
    for line in _lines(words):
        # Figures do not end a stretch where the line has no words of other letters.
        mixed = any(map(str.isalpha, _RIGHT_TO_LEFT.sub("", "".join(word.text for word in line))))
        for right, same in groupby(line, key=lambda word: not mixed or bool(_RIGHT_TO_LEFT.search(word.text))):
            stretch = list(same)
            out += stretch[::-1] if right else stretch
    return out


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    line: list[Word] = []
    for word in words:
        if line and (word.x0 < line[-1].x0 or word.y0 > line[-1].y1):
            yield line
            line = []
        line.append(word)
    yield line
