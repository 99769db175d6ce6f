"""Letters that a file gives no character for, found by OCR: ligatures, pound signs, fonts of glyph numbers.

pdfium hands such a letter on as a private or a control character. Some words that hold them are read by OCR; each word
that it reads at the same place, and alike but for these letters, says what they are. What most words agree on holds for
the whole file. What stays open parts words, as a blank does, and is reported.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from indexer.layout.marks import NAMELESS, Rule, Sheet, Word

SAMPLE: Final = 2  # sheets of a file that are read for it
_SHOWN: Final = 4  # words of a sheet that show one letter and are read
_ENOUGH: Final = 2  # words that agree on a letter: the next sheet is not read for it
_ROOM: Final = 4.0  # points around them
_OPEN: Final = re.compile(f"[{NAMELESS}\ue000-\uf8ff\ufffd]")
# Bullets and ticks of picture fonts are alone; in a word such a code is a letter.
_LETTERED: Final = re.compile(f"[^\\W_]{_OPEN.pattern}|{_OPEN.pattern}[^\\W_]|{_OPEN.pattern}{{2}}")
_MOST: Final = 3  # letters of one ligature
_AGREED: Final = 0.6  # this many of the words that show a letter must agree on it

Read: TypeAlias = Callable[[Sheet, Sequence[Rule]], Sequence[Word]]


def any_open(sheet: Sheet) -> bool:
    """Whether a sheet holds any letter, alone or in a word, that the file gives no character for."""
    return any(not word.text.isascii() and bool(_OPEN.search(word.text)) for word in sheet.words)


def nameless(sheet: Sheet) -> int:
    """How many words of a sheet hold letters that the file gives no character for."""
    return sum(not word.text.isascii() and bool(_LETTERED.search(word.text)) for word in sheet.words)


def named(sheets: Sequence[Sheet], read: Read | None) -> list[Sheet]:
    """The sheets of a file with nameless letters named.

    Args:
        sheets: those whose text comes from the file.
        read: reads places of a sheet's picture; None where there is no OCR.
    """
    worst = sorted((sheet for sheet in sheets if nameless(sheet)), key=nameless, reverse=True)[:SAMPLE]
    letters = {letter for sheet in sheets for letter in _letters(sheet.words)}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for sheet in worst if read else ():
        if all(letter in votes and max(votes[letter].values()) >= _ENOUGH for letter in letters):
            break
        for open_word, seen in _pairs(sheet.words, read(sheet, _places(sheet)) if read else ()):
            for letter, said in _told(open_word, seen):
                votes[letter][said] += 1
    names = {}
    for letter, counted in votes.items():
        said, count = counted.most_common(1)[0]
        if count >= _AGREED * counted.total():
            names[ord(letter)] = said
    table = str.maketrans({chr(code): said for code, said in names.items()})
    return [replace(sheet, words=tuple(_written(sheet.words, table))) for sheet in sheets]


def _letters(words: Sequence[Word]) -> Iterable[str]:
    for word in words:
        if not word.text.isascii() and _LETTERED.search(word.text):
            yield from _OPEN.findall(word.text)


def _places(sheet: Sheet) -> Sequence[Rule]:
    """Some words that show each nameless letter of a sheet, each with its neighbours; the longest say most."""
    shown: Counter[str] = Counter()
    chosen = []
    words = sheet.words
    for index in sorted(range(len(words)), key=lambda at: -len(words[at].text)):
        word = words[index]
        letters = set() if word.text.isascii() else set(_OPEN.findall(word.text))
        if any(shown[letter] < _SHOWN for letter in letters):
            line = [near for near in words[max(index - 1, 0) : index + 2] if near.y0 < word.y1 and word.y0 < near.y1]
            left, right = min(near.x0 for near in line), max(near.x1 for near in line)
            chosen.append(Rule(left - _ROOM, word.y0 - _ROOM, right + _ROOM, word.y1 + _ROOM))
            shown.update(letters)
    out: list[Rule] = []
    for place in sorted(chosen, key=lambda place: place.y0):
        if out and place.y0 <= out[-1].y1:
            last = out.pop()
            place = Rule(min(place.x0, last.x0), last.y0, max(place.x1, last.x1), max(place.y1, last.y1))
        out.append(place)
    return [Rule(max(a, 0.0), max(b, 0.0), min(c, sheet.width), min(d, sheet.height)) for a, b, c, d in out]


def _pairs(words: Sequence[Word], seen: Sequence[Word]) -> Iterable[tuple[str, str]]:
    """Words with nameless letters, each with what OCR reads in its place."""
    for word in words:
        if word.text.isascii() or not _OPEN.search(word.text):
            continue
        middle = (word.y0 + word.y1) / 2
        wide = word.x1 - word.x0
        for other in seen:
            apart = abs(other.x0 - word.x0) + abs(other.x1 - word.x1)
            if other.y0 <= middle <= other.y1 and apart < 0.3 * wide + 2:
                yield word.text, other.text


def _told(word: str, seen: str) -> Iterable[tuple[str, str]]:
    """What each nameless letter of a word is, if all its other letters are as OCR reads them."""
    if len(word) == len(seen):
        pairs = list(zip(word, seen, strict=True))
        if all(a == b or _OPEN.match(a) for a, b in pairs):
            yield from ((a, b) for a, b in pairs if _OPEN.match(a))
        return
    letters = _OPEN.findall(word)
    if len(letters) == 1:
        before, after = word.split(letters[0])
        fits = re.fullmatch(f"{re.escape(before)}(.{{1,{_MOST}}}){re.escape(after)}", seen)
        if fits:
            yield letters[0], fits[1]


def _written(words: Sequence[Word], names: dict[int, str]) -> Iterable[Word]:
    """The words with their letters named; where one stays open, a word is split, its box in proportion."""
    for word in words:
        text = word.text if word.text.isascii() else word.text.translate(names)
        if text.isascii() or not re.search(f"[{NAMELESS}]", text):
            yield word if text == word.text else word._replace(text=text)
            continue
        step = (word.x1 - word.x0) / len(text)
        for part in re.finditer(f"[^{NAMELESS}]+", text):
            yield word._replace(text=part[0], x0=word.x0 + part.start() * step, x1=word.x0 + part.end() * step)
