"""Words of a PDF's page as the file writes them, each with its place and look; which of them show is not asked here.

Some programs print no spaces and only move on, by less than pdfium takes for a space. There its own gaps decide:
those between letters and those between words lie apart, whatever the type.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from indexer.errors import UnreadablePaper
from indexer.layout.marks import LINE_HYPHEN, Word
from indexer.readers.pdf.looks import Look, Looks
from indexer.readers.pdf.objects import placer
from indexer.readers.pdf.pdfium import Handle, loose_box
from indexer.readers.pdf.pdfium import raw as pdfium
from indexer.readers.pdf.superscripts import Raiser

# A page with more characters than this is a bomb or a plotted map, not a paper.
MAX_CHARACTERS = 200_000
# Control characters are glyph numbers of fonts that name no characters; U+0002 is pdfium's own mark.
_CODES: Final = {code: 0xF0000 + code for code in (*range(9), 11, *range(14, 32), *range(127, 160))} | {2: LINE_HYPHEN}
_WORDS: Final = re.compile(r"[^\s\x00-\x01\x03-\x1f\x7f-\x9f]+")
_ASKED: Final = 24  # spaces of a page that are asked whether they are printed
_LETTERS: Final = 60  # a page with fewer is no evidence
# Gaps in heights of letters: between these lies the border of letters and words, in a valley at least so wide.
_LEAST: Final = 0.04
_MOST: Final = 0.25
_VALLEY: Final = 0.02


class Written(NamedTuple):
    """The words of a page with what pdfium knows of them: first and last character, text object, looks."""

    words: Sequence[Word]
    spans: Sequence[tuple[int, int]]
    objects: Sequence[int | None]
    looks: Sequence[Look]


def written(page: Handle, text: Handle, number: int) -> Written:
    """Read the words of a loaded page in the order of the file; the caller holds pdfium's lock.

    Raises:
        UnreadablePaper: there are more than `MAX_CHARACTERS`; ``page`` is ``number``.
    """
    characters = _characters(text, number)
    spans = [match.span() for match in _WORDS.finditer(characters)]
    if LINE_HYPHEN in characters:
        spans = [half for span in spans for half in _halves(characters, *span)]
    spans = _parted(text, characters, spans)
    if not spans:
        return Written((), (), (), ())
    known = Looks(text, pdfium.FPDFPage_GetRotation(page))
    cut = Raiser(text, known).runs(characters, spans)
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
    edges = np.stack(placer(page)(low[:, 0], low[:, 3], high[:, 2], high[:, 1])).round(2).tolist()
    starts, stops, runs, _ = zip(*cut, strict=True)
    sizes, bolds, turns, leans, tones, *_ = zip(*looks, strict=True)
    columns = (runs, *edges, sizes, bolds, turns, range(len(runs)), leans, tones)
    made_words = tuple(map(Word._make, zip(*columns, strict=True)))
    return Written(made_words, tuple(zip(starts, stops, strict=True)), objects, looks)


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
    return characters.translate(_CODES)


def _halves(characters: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run after each line-end hyphen: its parts are on different lines."""
    while (cut := characters.find(LINE_HYPHEN, start, end)) >= 0:
        yield start, cut + 1
        start = cut + 1
    if start < end:
        yield start, end


def _parted(text: Handle, characters: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut words that are glued together on a page without spaces.

    Args:
        text: the loaded text page.
        characters: all of its characters, by pdfium's index.
        spans: first and last index (exclusive) of its words.
    """
    count = sum(end - start for start, end in spans)
    if count < _LETTERS or _spaced(text, characters):
        return spans
    boxes = _boxes(text, spans)
    gaps = [gap for start, end in spans for gap in _gaps(boxes, start, end)]
    gaps += [gap for (_, a), (b, _) in pairwise(spans) for gap in _gaps({0: boxes[a - 1], 1: boxes[b]}, 0, 2)]
    border = _border(gaps)
    if border is None:
        return spans
    out: list[tuple[int, int]] = []
    for start, end in spans:
        cuts = [start + 1 + at for at, gap in enumerate(_gaps(boxes, start, end)) if gap > border]
        out += pairwise([start, *cuts, end])
    return out


def _spaced(text: Handle, characters: str) -> bool:
    """Whether a page prints its spaces: of those that pdfium reports, more than a few are in the file."""
    places = [match.start() for match in re.finditer(" ", characters)]
    if not places:
        return False
    asked = places[:: max(1, len(places) // _ASKED)]
    made = sum(pdfium.FPDFText_IsGenerated(text, index) == 1 for index in asked)
    return bool(made < 0.9 * len(asked))


def _boxes(text: Handle, spans: Sequence[tuple[int, int]]) -> dict[int, Sequence[float]]:
    """Left, top, right and bottom of each character of the words, by its index."""
    places = [index for start, end in spans for index in range(start, end)]
    corners = (ctypes.c_float * (4 * len(places)))()
    handle = ctypes.cast(text, ctypes.c_void_p).value
    for at, index in enumerate(places):
        loose_box(handle, index, ctypes.addressof(corners) + 16 * at)
    return dict(zip(places, np.ctypeslib.as_array(corners).reshape(-1, 4).tolist(), strict=True))


def _gaps(boxes: dict[int, Sequence[float]], start: int, end: int) -> Iterator[float]:
    """Gaps from each character to the next, in heights of a letter; 0 where they are not side by side."""
    for a, b in pairwise(boxes[index] for index in range(start, end)):
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
