"""Words whose letters are set apart for show: with a space between them ("R E S O L V E D"), or the first one large."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from indexer.layout.marks import Word

_LETTER: Final = re.compile(r"[^\W\d_]$")
_FIGURE: Final = re.compile(r"\d[.):]?$")
_LAST: Final = re.compile(r"[^\W\d_][.,;:!?)]*$")
# Fewer letters in a row may be initials; letters in the order of the alphabet are a list.
_FEWEST: Final = 4
# A gap wider than the usual one of such letters by this factor parts two words; one of this many type sizes, cells.
_WIDER: Final = 1.6
_CELL: Final = 1.5
_SPACE: Final = 0.4
# A paragraph's first letter, set so many times as large as the rest, which begins so many sizes behind it.
_INITIAL: Final = re.compile(r"[“‘\"']?[A-Z]$")
_LARGE: Final = 1.8
_BEHIND: Final = 0.8
_WORDS_ALONE: Final = "AIO"


def closed(words: Sequence[Word]) -> tuple[Word, ...]:
    """Join the letters of spaced words, and the figures of numbers that begin a line and are spaced as these are.

    A large first letter is joined with the rest of its word. All other words come out as they are, in order.
    """
    words = _with_initials(words)
    if not _any(words):
        return tuple(words)
    out: list[Word] = []
    gaps: list[float] = []
    spelt: set[int] = set()
    for row in _rows(words):
        joined = list(_joined(row))
        if len(joined) < len(row):
            gaps += (b.x0 - a.x1 for a, b in pairwise(row))
            spelt.add(len(out))
        out += joined
    return tuple(_numbered(out, spelt, _WIDER * max(median(gaps), 0.1)) if gaps else out)


def _with_initials(words: Sequence[Word]) -> Sequence[Word]:
    """Join each paragraph's large first letter with the word beside its head."""
    letters = [(at, word) for at, word in enumerate(words) if len(word.text) < 3 and _INITIAL.match(word.text)]
    usual = median(word.size for word in words) if letters else 0.0
    rest: dict[int, Word] = {}
    taken: set[int] = set()
    for at, letter in letters:
        if letter.turn or letter.size < _LARGE * usual:
            continue
        beside = [
            (word.y0, index)
            for index, word in enumerate(words)
            if word.turn == 0
            and letter.size >= _LARGE * word.size
            and -1 < word.x0 - letter.x1 < _BEHIND * word.size
            and letter.y0 < (word.y0 + word.y1) / 2 < letter.y1
        ]
        index = min(beside)[1] if beside else at
        if index != at and _completes(words[index].text, letter.text, words, several=len(beside) > 1):
            rest[index] = words[index]._replace(text=letter.text + words[index].text, x0=letter.x0)
            taken.add(at)
    return [rest.get(at, word) for at, word in enumerate(words) if at not in taken] if taken else words


def _completes(rest: str, letter: str, words: Sequence[Word], *, several: bool) -> bool:
    """Whether a word is the rest of one that begins with a large letter; "A" and "I" may be words themselves."""
    if not (rest[:1].islower() or (several and len(rest) > 1 and rest.isupper())):
        return False
    if letter[-1] not in _WORDS_ALONE:
        return True
    known = {word.text.casefold() for word in words}
    return (letter + rest).casefold() in known or set("aeiouy").isdisjoint(rest.casefold())


def _rows(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words, neighbouring single letters in one list."""
    row: list[Word] = []
    for word in words:
        if row and not (_beside(row[-1], word) and _LETTER.match(row[-1].text)):
            yield row
            row = []
        if _LAST.match(word.text):
            row.append(word)
        else:
            yield from ([row] if row else [])
            yield [word]
            row = []
    if row:
        yield row


def _numbered(words: Sequence[Word], spelt: Collection[int], gap: float) -> Iterator[Word]:
    """Join single figures at a line's start, each at most ``gap`` from the next.

    They are a number if they end in a stop or bracket, or come before one of the words ``spelt`` (by index).
    """
    number: list[Word] = []
    for index, word in enumerate(words):
        begins = not index or not _level(words[index - 1], word)
        follows = bool(number) and number[-1].text.isdigit() and not begins and word.x0 - number[-1].x1 <= gap
        if number and not (follows and _FIGURE.match(word.text)):
            yield from _number(number, heads=index in spelt)
            number = []
        if _FIGURE.match(word.text) and (begins or number):
            number.append(word)
        else:
            yield word
    yield from _number(number, heads=False)


def _number(figures: Sequence[Word], *, heads: bool) -> Sequence[Word]:
    if len(figures) < 2 or (figures[-1].text.isdigit() and not heads):
        return figures
    return [figures[0]._replace(text="".join(word.text for word in figures), x1=figures[-1].x1)]


def _any(words: Sequence[Word]) -> bool:
    """Whether this many single letters follow each other anywhere: on few sheets they do."""
    row = 0
    for word in words:
        row = row + 1 if len(word.text) == 1 else 0
        if row == _FEWEST - 1:
            return True
    return False


def _level(a: Word, b: Word) -> bool:
    return a.turn == b.turn == 0 and abs(a.y0 - b.y0) < 0.3 * (a.y1 - a.y0)


def _beside(a: Word, b: Word) -> bool:
    return _level(a, b) and -1 < b.x0 - a.x1 < _CELL * a.size


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
