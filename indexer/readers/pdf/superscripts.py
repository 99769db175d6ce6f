"""Raised letters on a page: a footnote's mark is not part of the figure beside it.

pdfium joins "£4,200" and a raised "4" to one run. Where a run is written by several objects, those that are smaller and
higher than what they follow are cut off and become raised digits, as in other formats (`indexer.text.raised`).
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from indexer.readers.pdf.looks import Looks
from indexer.readers.pdf.pdfium import Handle, text_object
from indexer.readers.pdf.pdfium import raw as pdfium
from indexer.text.raised import apart, raised

# Raised type is this much smaller than what it is raised against, and this much of its size higher.
_SMALLER: Final = 0.86
_HIGHER: Final = 0.12
_MUCH_HIGHER: Final = 0.25  # where it is not smaller
_NEAR: Final = 2.0  # type sizes from the letter before a mark
_FRACTION: Final = ("/", "⁄")


class Run(NamedTuple):
    """One word: its first character, the one after its last, how it reads, and the text object of its first."""

    start: int
    end: int
    text: str
    made_by: int | None


class Raiser:
    """Recognises raised characters of one page; the caller holds pdfium's lock."""

    def __init__(self, text: Handle, looks: Looks) -> None:
        self._text = text
        self._handle = ctypes.cast(text, ctypes.c_void_p).value
        self._looks = looks
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def runs(self, characters: str, spans: Sequence[tuple[int, int]]) -> list[Run]:
        """Return each run, cut where a raised mark begins; marks that are apart already become raised digits too."""
        handle = self._handle
        out: list[Run] = []
        # An object's characters follow each other: what begins and ends between two of them is its own.
        makers = [text_object(handle, start) for start, _ in spans]
        for (start, end), made, after in zip(spans, makers, [*makers[1:], None], strict=True):
            text = characters[start:end]
            single = made == after or end - start == 1 or made == text_object(handle, end - 1)
            if single and text.isascii() and not text[0].isdigit():
                # Nearly every word: written by one object, and no mark.
                out.append(Run(start, end, text, made))
            elif out and made != out[-1].made_by and text[0].isdigit() and self._stands_at(characters, out[-1], start):
                out.append(Run(start, end, raised(f"{out[-1].text} ", text), made))
            elif not single:
                out += self._cut(characters, start, end)
            else:
                out += _apart(Run(start, end, text, made))
        return out

    def _stands_at(self, characters: str, before: Run, start: int) -> bool:
        """Whether the run that begins at ``start`` is raised against the one before it on its line."""
        last = before.end - 1
        size = self._size(last)
        if characters[before.end : start].strip() or self._size(start) > _SMALLER * size:
            return False
        (x, y), (at, up) = self._origin(last), self._origin(start)
        return math.hypot(at - x, up - y) < _NEAR * size and self._higher(last, start, _HIGHER)

    def _cut(self, characters: str, start: int, end: int) -> Iterator[Run]:
        pieces = list(self._pieces(start, end))
        begin, at = start, pieces[0][1]
        said = characters[start:at]
        for place, (first, after) in enumerate(pieces[1:], 1):
            mark = characters[first:after]
            small = self._size(first) <= _SMALLER * self._size(begin)
            over = self._higher(begin, first, _HIGHER if small else _MUCH_HIGHER)
            reads = raised(said, mark) if over else mark
            follows = characters[pieces[place + 1][0]] if place + 1 < len(pieces) else ""
            if over and follows in _FRACTION and follows and said[-1:].isdigit():
                reads = f" {mark}"  # "3½" written as 3, 1, / and 2
            if reads.startswith(" ") and len(reads) == len(mark) + 1:
                yield self._run(begin, first, said)
                # What follows is compared with the letters before the mark, not with the mark.
                said, at = reads[1:], after
                yield from self._rest(characters, self._run(first, end, said), after)
                return
            said += reads if len(reads) == len(mark) else mark
            at = after
        yield self._run(begin, end, said)

    def _rest(self, characters: str, mark: Run, after: int) -> Iterator[Run]:
        """A mark with the stop behind it; letters that follow at full size are a run of their own."""
        tail = characters[after : mark.end]
        if not tail or not any(sign.isalnum() for sign in tail) or tail.startswith(_FRACTION):
            yield mark._replace(text=mark.text + tail)
        else:
            yield self._run(mark.start, after, mark.text)
            yield self._run(after, mark.end, tail)

    def _run(self, start: int, end: int, text: str) -> Run:
        return Run(start, end, text, text_object(self._handle, start))

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Stretches of a run that one object wrote, or several on one baseline and in one size."""
        first, made = start, text_object(self._handle, start)
        for index in range(start + 1, end):
            by = text_object(self._handle, index)
            if by != made:
                alike = self._size(index) == self._size(first) and self._origin(index)[1] == self._origin(first)[1]
                if not alike:
                    yield first, index
                    first = index
                made = by
        yield first, end

    def _size(self, index: int) -> float:
        return self._looks.of(text_object(self._handle, index), index).size

    def _higher(self, base: int, index: int, least: float) -> bool:
        """Whether a character is ``least`` sizes higher than another, along the way that their letters point up."""
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(self._text, base, ctypes.byref(matrix)):
            return False
        long = math.hypot(matrix.a, matrix.b) or 1.0
        x, y = self._origin(base)
        at, up = self._origin(index)
        rise = (up - y) * matrix.a / long - (at - x) * matrix.b / long
        return bool(rise >= least * self._size(base))

    def _origin(self, index: int) -> tuple[float, float]:
        pdfium.FPDFText_GetCharOrigin(self._text, index, ctypes.byref(self._x), ctypes.byref(self._y))
        return self._x.value, self._y.value


def _apart(run: Run) -> Iterator[Run]:
    """Raised digits that the file has as characters of their own."""
    text = run.text
    reads = text if text.isascii() else apart(text)
    if reads == text:
        yield run
        return
    at = run.start
    for part in reads.split(" "):
        if part:
            yield Run(at, at + len(part), part, run.made_by)
            at += len(part)
