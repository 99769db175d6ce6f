"""Words of a PDF's page as the file writes them, each with its place and look; which of them show is not asked here.

Some programs print no spaces and only move on, by less than pdfium takes for a space, or by more between letters set
apart. There a page's own gaps decide: those between letters and those between words differ, whatever the type.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import Final, NamedTuple
from unicodedata import bidirectional

import numpy as np
import numpy.typing as npt

from indexer.errors import UnreadablePaper
from indexer.layout.marks import LINE_HYPHEN, NAMELESS, Word
from indexer.readers.pdf.looks import Look, Looks
from indexer.readers.pdf.objects import placer
from indexer.readers.pdf.pdfium import Handle, colour, loose_box, object_bounds
from indexer.readers.pdf.pdfium import raw as pdfium
from indexer.readers.pdf.superscripts import Raiser, Run

# A page with more characters than this is a bomb or a plotted map, not a paper.
MAX_CHARACTERS = 200_000
# Control characters are glyph numbers of fonts that name no characters; U+0002 is pdfium's own mark.
_CODES: Final = {code: 0xF0000 + code for code in (*range(9), 11, *range(14, 32), *range(127, 160))} | {2: LINE_HYPHEN}
_CODED: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_WORDS: Final = re.compile(r"[^\s\x00-\x01\x03-\x1f\x7f-\x9f]+")
_NAMELESS: Final = re.compile(f"[{NAMELESS}]")
_LINES: Final = re.compile(r"[^\r\n]+")
_FROM_RIGHT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FROM_LEFT: Final = frozenset(("L", "EN", "AN"))  # as Unicode calls letters and figures that are read from the left
_JOINER: Final = "\u2060"
_ASKED: Final = 24  # spaces of a page that are asked whether they are printed
# So much of what pdfium takes for spaces is not printed: on a page of letters set apart, and of no spaces at all.
_HALF: Final = 0.5
_NEARLY: Final = 0.9
_LETTERS: Final = 60  # a page with fewer is no evidence
# Gaps in heights of letters: between these lies the border of letters and words, in a valley at least so wide.
_LEAST: Final = 0.04
_MOST: Final = 0.25
_VALLEY: Final = 0.02
# Letters set apart have gaps this much alike; words are so much further apart than these.
_EVEN: Final = 0.06
_WORDS_APART: Final = 0.12
_FEWEST: Final = 5  # gaps of a line that say something of its letters
_WIDEST: Final = 0.5
# A word of this many letters that has each of them twice; what says the same is looked for within so much of its height
# or this many points.
_DOUBLED: Final = 6
_SHIFTED: Final = 0.35
_NEAR: Final = 4.0


class Written(NamedTuple):
    """The words of a page with what pdfium knows of them: first and last character, text object, looks.

    ``boxes`` are the words' rectangles, a row each.
    """

    words: Sequence[Word]
    spans: Sequence[tuple[int, int]]
    objects: Sequence[int | None]
    looks: Sequence[Look]
    boxes: npt.NDArray[np.float64]


def written(page: Handle, text: Handle, number: int) -> Written:
    """Read the words of a loaded page in the order of the file; the caller holds pdfium's lock.

    Raises:
        UnreadablePaper: there are more than `MAX_CHARACTERS`; ``page`` is ``number``.
    """
    characters, spans = _parted(text, _characters(text, number))
    if not spans:
        return Written((), (), (), (), np.empty((0, 4)))
    known = Looks(text, pdfium.FPDFPage_GetRotation(page))
    cut = Raiser(text, known).runs(characters, spans)
    if not characters.isascii() and _FROM_RIGHT.search(characters):
        cut = [_from_right(text, run) for run in cut]
    handle = ctypes.cast(text, ctypes.c_void_p).value
    # Left, top, right, bottom of the first and the last letter of each word, in the page's own space.
    corners = (ctypes.c_float * (8 * len(cut)))()
    address = ctypes.addressof(corners)
    looks, objects = [], []
    for start, end, _, made in cut:
        loose_box(handle, start, address)
        loose_box(handle, end - 1, address + 16)
        address += 32
        objects.append(made)
        looks.append(known.of(made, start))
    ends = np.ctypeslib.as_array(corners).reshape(-1, 2, 4).astype(float)
    low, high = ends.min(axis=1), ends.max(axis=1)
    edges = np.stack(placer(page)(low[:, 0], low[:, 3], high[:, 2], high[:, 1])).round(2)
    starts, stops, runs, _ = zip(*cut, strict=True)
    sizes, bolds, turns, leans, tones, *_ = zip(*looks, strict=True)
    columns = (runs, *edges.tolist(), sizes, bolds, turns, range(len(runs)), leans, tones)
    made_words = tuple(map(Word._make, zip(*columns, strict=True)))
    return Written(made_words, tuple(zip(starts, stops, strict=True)), objects, looks, edges.T)


def _from_right(text: Handle, run: Run) -> Run:
    """A word with its right-to-left letters in the order in which they lie on the page, from the right."""
    if (
        len(run.text) != run.end - run.start
        or not _FROM_RIGHT.search(run.text)
        or not _FROM_LEFT.isdisjoint(map(bidirectional, run.text))
    ):
        return run
    lefts = [-box[0] for box in places(text, range(run.start, run.end))]
    # Letters of one ligature share its box and keep their order.
    return run._replace(
        text="".join(letter for _, letter in sorted(zip(lefts, run.text, strict=True), key=itemgetter(0)))
    )


def doubled(words: Sequence[Word]) -> bool:
    """Whether a word has each of its letters twice, as pdfium reads letters that are printed beside themselves."""
    return any(
        len(word.text) >= _DOUBLED and word.text[::2] == word.text[1::2] and len(set(word.text)) > 1 for word in words
    )


def reprinted(text: Handle, items: Iterable[int]) -> set[int]:
    """Of text objects that say the same nearly in one place, for boldness or a shadow, all but the darkest.

    Args:
        text: the loaded text page.
        items: the page's text objects, by their addresses, in drawing order.
    """
    edges = (ctypes.c_float * 4)()
    addresses = [ctypes.addressof(edges) + 4 * index for index in range(4)]
    alike: dict[tuple[float, float, str], list[tuple[float, float, int]]] = {}
    again: dict[tuple[float, float], set[int]] = {}
    for item in items:
        object_bounds(item, *addresses)
        left, bottom, right, top = edges
        said = _said(text, item)
        if not said:  # pdfium leaves out wide letters that are printed beside themselves
            continue
        near = max(_SHIFTED * (top - bottom), _NEAR)
        same = alike.setdefault((round(right - left, 1), round(top - bottom, 1), said), [])
        for x, y, other in same:
            if max(abs(left - x), abs(bottom - y)) < near:
                shift = (round(left - x, 1), round(bottom - y, 1))
                again.setdefault(shift, set()).add(other if _light(item) <= _light(other) else item)
        same.append((left, bottom, item))
    # Two letters that follow each other in a word are near too, but not all as far apart.
    usual = max(map(len, again.values()), default=0)
    return {item for some in again.values() if len(some) > usual / 4 for item in some}


def _light(item: int) -> float:
    light, cover = colour(item) or (0.0, 1.0)
    return 1 - (1 - light) * cover


def _said(text: Handle, item: int) -> str:
    """What a text object says, without the space that pdfium sees behind it."""
    handle = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
    size = pdfium.FPDFTextObj_GetText(handle, text, None, 0)
    said = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFTextObj_GetText(handle, text, said, size)
    return bytes(said).decode("utf-16-le", "replace").strip("\0 \r\n")


def _characters(text: Handle, number: int) -> str:
    """All characters of a text page, so that string index and pdfium's character index agree."""
    count = pdfium.FPDFText_CountChars(text)
    if count > MAX_CHARACTERS:
        message = f"the page holds {count} characters, more than {MAX_CHARACTERS}"
        raise UnreadablePaper(message, page=number, expected=str(MAX_CHARACTERS), found=str(count))
    if count <= 0:
        return ""
    buffer = ctypes.create_string_buffer(2 * count + 2)
    written = pdfium.FPDFText_GetText(text, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    characters = buffer.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(characters) != count:
        # Characters without any Unicode value are left out and shift the index: ask one by one.
        codes = (pdfium.FPDFText_GetUnicode(text, index) for index in range(count))
        characters = "".join(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)
    return characters.translate(_CODES) if _CODED.search(characters) else characters


def _halves(characters: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run after each line-end hyphen: its parts are on different lines."""
    while (cut := characters.find(LINE_HYPHEN, start, end)) >= 0:
        yield start, cut + 1
        start = cut + 1
    if start < end:
        yield start, end


def _parted(text: Handle, characters: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a page's characters and the first and last index (exclusive) of its words.

    Where the page prints no spaces its gaps part the words. What pdfium takes for spaces between letters set apart
    becomes a joiner, which is not part of the word.
    """
    spans = [match.span() for match in _WORDS.finditer(characters)]
    made = _made(text, characters) if sum(end - start for start, end in spans) >= _LETTERS else 0.0
    cuts: set[int] = set()
    if made >= _HALF:
        letters = [index for start, end in spans for index in range(start, end)]
        gaps = dict(zip(letters[1:], _gaps(places(text, letters)), strict=True))
        border = _border(list(gaps.values())) if made >= _NEARLY else None
        signs = list(characters)
        for line in _LINES.finditer(characters):
            inside = [at for at in range(line.start() + 1, line.end()) if at in gaps]
            usual = median([gaps[at] for at in inside] or [0.0])
            limit = border if usual < _LEAST else _apart([gaps[at] for at in inside], usual)
            # Arabic letters overhang their neighbours.
            cuts.update(at for at in inside if limit and gaps[at] > limit and bidirectional(characters[at]) != "AL")
            for at in inside if limit and usual >= _LEAST else ():
                if signs[at - 1] == " " and at not in cuts:
                    signs[at - 1] = _JOINER
        characters = "".join(signs)
        spans = [match.span() for match in _WORDS.finditer(characters)]
    if not characters.isascii() and _NAMELESS.search(characters):
        spans = [part for span in spans for part in _levels(text, characters, *span)]
    if LINE_HYPHEN in characters:
        spans = [half for span in spans for half in _halves(characters, *span)]
    for at in range(len(spans) - 1, -1, -1) if cuts else ():
        start, end = spans[at]
        spans[at : at + 1] = pairwise([start, *(cut for cut in range(start + 1, end) if cut in cuts), end])
    return characters, spans


def _levels(text: Handle, characters: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run of letters without a character where it goes on at another height: pdfium sees no line end there."""
    if _NAMELESS.search(characters, start, end):
        boxes = places(text, range(start, end))
        for at, (a, b) in enumerate(pairwise(boxes), start + 1):
            if a[3] > b[1] or b[3] > a[1]:
                yield start, at
                start = at
    yield start, end


def _made(text: Handle, characters: str) -> float:
    """The share of the spaces that pdfium reports which are not printed, by some of them; 1 where it reports none."""
    places = [match.start() for match in re.finditer(" ", characters)]
    sample = places[:: max(1, len(places) // _ASKED)]
    return sum(pdfium.FPDFText_IsGenerated(text, index) == 1 for index in sample) / len(sample) if sample else 1.0


def places(text: Handle, letters: Sequence[int]) -> list[list[float]]:
    """Left, top, right and bottom of characters, in the page's own space."""
    corners = (ctypes.c_float * (4 * len(letters)))()
    handle = ctypes.cast(text, ctypes.c_void_p).value
    for at, index in enumerate(letters):
        loose_box(handle, index, ctypes.addressof(corners) + 16 * at)
    boxes: list[list[float]] = np.ctypeslib.as_array(corners).reshape(-1, 4).tolist()
    return boxes


def _gaps(boxes: Sequence[Sequence[float]]) -> Iterator[float]:
    """Gaps from each character to the next, in heights of a letter; 0 where they are not side by side."""
    for a, b in pairwise(boxes):
        high = max(a[1] - a[3], 1.0)
        level = abs(a[3] - b[3]) < 0.3 * high and b[0] > a[0]
        yield (b[0] - a[2]) / high if level else 0.0


def _border(gaps: Sequence[float]) -> float | None:
    """The gap that parts letters from words: in the first valley above the gaps between letters; None without one."""
    inside = [_LEAST, *sorted(gap for gap in gaps if _LEAST < gap < _MOST), _MOST]
    for low, high in pairwise(inside):
        if high - low >= _VALLEY:
            # Nearer to the letters: an overhanging f comes close to the next word.
            return low + (high - low) / 4
    return None


def _apart(gaps: Sequence[float], usual: float) -> float | None:
    """The gap from which on words of a line are split whose letters are set apart evenly; None if they are not.

    A few figures far apart are cells.
    """
    if len(gaps) < _FEWEST or usual > _WIDEST:
        return None
    wider = [usual, *sorted(gap for gap in gaps if gap > usual)]
    valley, low = max(((high - low, low) for low, high in pairwise(wider)), default=(0.0, usual))
    limit = low + valley / 2 if valley > _WORDS_APART else wider[-1] + _WORDS_APART
    uneven = sum(abs(gap - usual) > _EVEN for gap in gaps if gap < limit)
    return limit if uneven <= 0.1 * len(gaps) else None
