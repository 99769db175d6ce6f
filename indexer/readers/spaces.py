"""Words of pages that print no spaces: some programs only move on, by less than pdfium takes for a space.

On such a page its own gaps tell: those between letters and those between words lie apart, whatever the type.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from indexer.readers.pdfium import Handle, loose_box
from indexer.readers.pdfium import raw as pdfium

_ASKED: Final = 24  # spaces of a page that are asked whether they are printed
_LETTERS: Final = 60  # a page with fewer tells nothing
# Gaps in heights of letters: between these lies the border of letters and words, in a valley at least so wide.
_LEAST: Final = 0.04
_MOST: Final = 0.25
_VALLEY: Final = 0.02


def parted(text: Handle, characters: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut words that stand glued together on a page without spaces.

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
    """Whether a page prints its spaces: of those that pdfium reports, more than a few stand in the file."""
    places = [found.start() for found in re.finditer(" ", characters)]
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
