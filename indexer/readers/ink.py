"""Which words of a page can be seen: a word counts only if its ink shows on the page as drawn.

One look serves for whatever hides a word (a box, a picture or an annotation over it, white on white, a layer that is
off, a clip, the edge of the sheet, invisible type): the page is drawn small, and a word that leaves no trace there is
looked at closely. So is one that something else might cover while leaving a trace of its own. The close look draws the
page with and without the doubtful words: what makes no difference cannot be seen. Text under a scan is a case of its
own: it cannot be seen either, but stands where the picture shows letters, and is told apart.
"""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from indexer.layout.marks import Rule, Word
from indexer.layout.strokes import placer
from indexer.readers import raster
from indexer.readers.covers import Area, Covers, covers
from indexer.readers.looks import Look
from indexer.readers.pdfium import Handle, loose_box, set_active, text_object
from indexer.readers.pdfium import raw as pdfium

Flags: TypeAlias = npt.NDArray[np.bool_]
SMALL: Final = 0.4  # pixels a point of the first look
CLOSE: Final = 1.25  # and of the close one
TRACE: Final = 10  # shades by which ink differs from what is under it, of 255
# Type lower than this many points is too small to be read.
TINY: Final = 2.5
# So much of a word's rectangle must lie under something for it to be in doubt.
_TOUCHED: Final = 0.15
# So much of a letter's rectangle at least is ink.
_INK: Final = 0.04
# Type paler than this is looked at closely: other ink might stand for it.
_PALE: Final = 0.75
_CONTRAST: Final = 40  # shades between light letters and their ground, from which there is no doubt
# A picture that covers this share of the sheet may be a scan, with its text beneath.
SCAN: Final = 0.3
_GROUPS: Final = 4  # of words that lie over each other; each is drawn without once
_UNSEEN_MODES: Final = (3, 7)  # neither filled nor stroked (PDF 32000-1, 9.3.6)


class Written(NamedTuple):
    """The words of a page with what pdfium knows of them: first and last character, text object, looks."""

    words: Sequence[Word]
    spans: Sequence[tuple[int, int]]
    objects: Sequence[int | None]
    looks: Sequence[Look]


class Sight(NamedTuple):
    """What of a page's words can be seen.

    ``hidden`` are the indices of words that cannot, ``layer`` of those that stand under a scan where it shows letters;
    ``lettering`` is where shapes are drawn that may be letters.
    """

    hidden: frozenset[int] = frozenset()
    layer: frozenset[int] = frozenset()
    lettering: tuple[Rule, ...] = ()


def sight(page: Handle, text: Handle, written: Written) -> Sight:
    """Tell which words of a page cannot be seen; the caller holds pdfium's lock."""
    if not written.words:
        return Sight()
    boxes = np.array([word[1:5] for word in written.words], np.float64)
    found = covers(page)
    outright = _outright(page, written, boxes, found)
    doubtful = _doubtful(page, written, boxes, found) & ~outright
    gone = outright.copy()
    if doubtful.any():
        gone[doubtful] = ~_shows(page, text, written, np.flatnonzero(doubtful))
    layer = _under_scan(page, boxes, gone, found) if gone.any() else gone
    hidden, under = (frozenset(np.flatnonzero(flags).tolist()) for flags in (gone & ~layer, layer))
    return Sight(hidden, under, found.lettering())


def _outright(page: Handle, written: Written, boxes: raster.Boxes, found: Covers) -> Flags:
    """Words that cannot be seen whatever is drawn: off the sheet, too small, invisible type, or to be redacted."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    out: Flags = (x < 0) | (y < 0) | (x > width) | (y > height)
    upright = np.array([look.turn % 2 == 0 for look in written.looks])
    out |= np.where(upright, boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]) < TINY
    out |= np.array([look.mode in _UNSEEN_MODES for look in written.looks])
    if found.redactions:
        out |= _under(boxes, found.redactions, 0.5).any(axis=1)
    return out


def _doubtful(page: Handle, written: Written, boxes: raster.Boxes, found: Covers) -> Flags:
    """Words that leave no trace on the page drawn small, or that something may hide although there is one."""
    shades, scale = _drawn_without(page, found.images, SMALL)
    count, _ = raster.sums(raster.edges(shades, TRACE), _inner(boxes), scale)
    out: Flags = count == 0
    out |= np.array([look.layered for look in written.looks])
    for tone in {look.tone for look in written.looks if look.tone > _PALE}:
        # Light letters show on a ground that is not light; the trace may else be other ink.
        same = np.flatnonzero([look.tone == tone for look in written.looks])
        ground, pixels = raster.sums(np.abs(shades - 255 * tone) > _CONTRAST, _inner(boxes[same]), scale)
        out[same] |= ground < 0.5 * pixels
    if found.pictures:
        out |= _under(boxes, found.pictures, _TOUCHED).any(axis=1)
    if found.shapes:
        order = np.array([found.texts.get(made or 0, -1) for made in written.objects])
        later = np.array([area.order for area in found.shapes])[None, :] > order[:, None]
        out |= (_under(boxes, found.shapes, _TOUCHED) & later).any(axis=1)
    return out


def _inner(boxes: raster.Boxes) -> raster.Boxes:
    """The middle of each rectangle, clear of the lines above and below it."""
    out = boxes.copy()
    high = boxes[:, 3] - boxes[:, 1]
    out[:, 1] += 0.2 * high
    out[:, 3] -= 0.2 * high
    return out


def _under(boxes: raster.Boxes, areas: Sequence[Area], share: float) -> Flags:
    """Whether each word (row) lies under each area (column) with at least ``share`` of its rectangle."""
    over = np.array([area[:4] for area in areas], np.float64)
    wide = np.minimum(boxes[:, None, 2], over[:, 2]) - np.maximum(boxes[:, None, 0], over[:, 0])
    high = np.minimum(boxes[:, None, 3], over[:, 3]) - np.maximum(boxes[:, None, 1], over[:, 1])
    own = np.maximum((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), 1e-6)
    return np.asarray(np.clip(wide, 0, None) * np.clip(high, 0, None) >= share * own[:, None])


def _shows(page: Handle, text: Handle, written: Written, indices: npt.NDArray[np.intp]) -> Flags:
    """Whether each doubtful word makes a difference to the drawn page with every one of its letters and digits."""
    whole, _ = raster.drawn(page, CLOSE)
    out = np.zeros(len(indices), np.bool_)
    groups = _apart(np.array([written.words[index][1:5] for index in indices], np.float64))
    for group in range(max(groups) + 1):
        some = np.flatnonzero(groups == group)
        out[some] = _differs(page, text, written, indices[some], whole)
    return out


def _apart(boxes: raster.Boxes) -> npt.NDArray[np.intp]:
    """Put words that lie over each other into different groups, so that one's ink does not stand for another's."""
    inner = _inner(boxes)
    across = np.minimum(inner[:, None, 2], inner[:, 2]) - np.maximum(inner[:, None, 0], inner[:, 0])
    down = np.minimum(inner[:, None, 3], inner[:, 3]) - np.maximum(inner[:, None, 1], inner[:, 1])
    over = (across > 0.5) & (down > 0.5)
    groups = np.zeros(len(boxes), np.intp)
    for index in np.flatnonzero(over.sum(axis=1) > 1):
        taken = set(groups[:index][over[index, :index]].tolist())
        groups[index] = next((group for group in range(_GROUPS) if group not in taken), 0)
    return groups


def _differs(page: Handle, text: Handle, written: Written, indices: npt.NDArray[np.intp], whole: raster.Grey) -> Flags:
    letters: list[int] = []
    owners: list[int] = []
    for place, index in enumerate(indices):
        start, end = written.spans[index]
        told = [start + at for at, sign in enumerate(written.words[index].text[: end - start]) if sign.isalnum()]
        letters += told or range(start, end)
        owners += [place] * (len(told) or end - start)
    handle = ctypes.cast(text, ctypes.c_void_p).value
    # One word may be written by several objects.
    made = {item for letter in letters if (item := text_object(handle, letter))}
    without, scale = _drawn_without(page, made, CLOSE)
    changed = np.abs(whole.astype(np.int16) - without.astype(np.int16)) >= TRACE
    ink, pixels = raster.sums(changed, _letter_boxes(page, text, letters), scale)
    seen = ink >= np.maximum(2.0, _INK * pixels)
    out = np.ones(len(indices), np.bool_)
    np.logical_and.at(out, np.array(owners), seen)
    return out


def _drawn_without(page: Handle, objects: Collection[int], scale: float) -> tuple[raster.Grey, float]:
    """Draw a page as `raster.drawn` does, but for these objects."""
    for item in objects:
        set_active(item, False)
    try:
        return raster.drawn(page, scale)
    finally:
        for item in objects:
            set_active(item, True)


def _letter_boxes(page: Handle, text: Handle, letters: Sequence[int]) -> raster.Boxes:
    """Rectangles of characters on the sheet as displayed."""
    handle = ctypes.cast(text, ctypes.c_void_p).value
    corners = (ctypes.c_float * (4 * len(letters)))()
    for place, letter in enumerate(letters):
        loose_box(handle, letter, ctypes.addressof(corners) + 16 * place)
    # pdfium gives left, top, right, bottom.
    left, top, right, bottom = np.ctypeslib.as_array(corners).reshape(-1, 4).astype(float).T
    return np.stack(placer(page)(left, bottom, right, top)).T


def _under_scan(page: Handle, boxes: raster.Boxes, gone: Flags, found: Covers) -> Flags:
    """Which words that make no difference stand beneath a scan, on light paper, where it shows letters."""
    sheet = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    scans = [area for area in found.pictures if (area.x1 - area.x0) * (area.y1 - area.y0) > SCAN * sheet]
    out = np.zeros(len(boxes), np.bool_)
    if not scans:
        return out
    out[gone] = _under(boxes[gone], scans, 0.5).any(axis=1)
    if not out.any():
        return out
    shades, scale = raster.drawn(page, 1.0)
    inner = _inner(boxes)
    traces, pixels = raster.sums(raster.edges(shades, 4 * TRACE), inner, scale)
    light, _ = raster.sums(shades > 128, inner, scale)
    return out & (traces > 0) & (light > 0.4 * pixels)
