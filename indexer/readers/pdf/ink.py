"""Which words of a page can be seen: a word counts only if its ink shows on the page as drawn.

One look serves for whatever hides a word (a box, a picture or an annotation over it, white on white, a layer that is
off, a clip, the edge of the sheet, invisible type). Most sheets hold nothing that could: what they draw is listed
first, and only where something of it may hide a word is the page drawn, small. A word that leaves no trace there is
looked at closely; so is one that something else might cover while leaving a trace of its own. The close look draws the
page with and without the doubtful words: what makes no difference cannot be seen. Text under a scan is a case of its
own: it cannot be seen either, but lies where the picture shows letters, and is kept distinct.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from indexer.layout.marks import NAMELESS, Rule
from indexer.layout.strikes import typed_over
from indexer.readers.pdf import raster
from indexer.readers.pdf.looks import Looks
from indexer.readers.pdf.notes import Notes
from indexer.readers.pdf.objects import Objects, placer
from indexer.readers.pdf.pdfium import Handle, set_active, text_object
from indexer.readers.pdf.pdfium import raw as pdfium
from indexer.readers.pdf.words import Written, places

Flags: TypeAlias = npt.NDArray[np.bool_]
Proven: TypeAlias = set[tuple[bytes, int]]
SMALL: Final = 0.4  # pixels a point of the first look
CLOSE: Final = 1.25  # and of the close one
_STEP: Final = 20.0  # points, which are whole pixels at both looks
TRACE: Final = 10  # shades by which ink differs from what is under it, of 255
# Type lower than this many points is too small to be read; letters this many times narrower than high are squeezed.
TINY: Final = 2.5
_SQUEEZED: Final = 0.12
# So much of a word's rectangle must lie under something for it to be in doubt; this many thin lines over it are a box.
_TOUCHED: Final = 0.15
_LINES: Final = 3
# So much of a letter's rectangle at least is ink.
_INK: Final = 0.04
_TRACED: Final = (0.9, 0.4)  # of the letters of a line cut through leave a trace, and as much as a whole letter must
# Type paler than this may be white; type and ground this near in shade, both in [0, 1], may be one.
_PALE: Final = 0.75
_NEAR: Final = 0.35
# A picture that covers this share of the sheet may be a scan, with its text beneath.
SCAN: Final = 0.3
_NAMELESS: Final = re.compile(f"[{NAMELESS}]+$")
_GROUPS: Final = 4  # of words that lie over each other, so that the ink of one is not taken for that of another


class Sight(NamedTuple):
    """What of a page's words can be seen.

    ``hidden`` are the indices of words that cannot, ``layer`` of those that lie under a scan where it shows letters,
    ``blank`` of letters without a character that are blanks, since nothing hides them.
    """

    hidden: frozenset[int] = frozenset()
    layer: frozenset[int] = frozenset()
    blank: frozenset[int] = frozenset()


def sight(page: Handle, text: Handle, written: Written, drawn: Objects, notes: Notes, proven: Proven) -> Sight:
    """Find the words of a page that cannot be seen; the caller holds pdfium's lock.

    Args:
        page: as it is loaded.
        text: its text page.
        written: its words.
        drawn: what it draws beside them.
        notes: its annotations.
        proven: the fonts of the file, by name and size in bytes, of which letters were seen; more are added.
    """
    if not written.words:
        return Sight()
    boxes, looks = written.boxes, _looks(written)
    outright = _outright(page, looks, boxes, notes)
    close = _suspect(written, looks, boxes, drawn, notes)
    # The name of each font, and the bytes that it takes: 0 for one of drawings.
    fonts = {font: Looks.font(int(font)) for font in set(looks.font.tolist())}
    outright[typed_over(written.words)] = True
    gone = outright.copy()
    alike = _alike(written, looks, boxes, drawn)
    unproven = [font for font, key in fonts.items() if key not in proven]
    fresh = np.isin(looks.font, unproven) & ~close
    if close.any() or alike.any() or unproven:
        doubtful = (close | _faint(page, looks, boxes, drawn, alike, fresh)) & ~outright
        if doubtful.any():
            gone[doubtful] = ~_shows(page, text, written, np.flatnonzero(doubtful))
        lost = set(looks.font[gone].tolist())
        proven.update(key for font, key in fonts.items() if font not in lost and key[1])
    layer = _under_scan(page, boxes, gone, drawn) if gone.any() else gone
    blank = gone & fresh & ~alike & ~layer
    if blank.any():
        blank &= np.array([bool(_NAMELESS.match(word.text)) for word in written.words])
    return Sight(*(frozenset(np.flatnonzero(flags).tolist()) for flags in (gone & ~layer & ~blank, layer, blank)))


class _Columns(NamedTuple):
    """How words look, a row each."""

    upright: Flags
    tone: npt.NDArray[np.float64]
    unseen: Flags
    doubtful: Flags
    font: npt.NDArray[np.float64]


def _looks(written: Written) -> _Columns:
    # Words of one object share their look.
    some = {id(look): look for look in written.looks}
    places = {key: place for place, key in enumerate(some)}
    columns = np.array(list(some.values()), np.float64)[[places[id(look)] for look in written.looks]].T
    _, _, turn, _, tone, unseen, doubtful, font = columns
    return _Columns(turn % 2 == 0, tone, unseen > 0, doubtful > 0, font)


def _outright(page: Handle, looks: _Columns, boxes: raster.Boxes, notes: Notes) -> Flags:
    """Words that cannot be seen whatever is drawn: off the sheet, too small, invisible type, or to be redacted."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    out: Flags = (x < 0) | (y < 0) | (x > width) | (y > height)
    out |= (_high(looks, boxes) < TINY) | looks.unseen
    if notes.redactions:
        out |= raster.under(boxes, notes.redactions, 0.5).any(axis=1)
    return out


def _high(looks: _Columns, boxes: raster.Boxes, *, across: bool = False) -> npt.NDArray[np.float64]:
    """The height of letters in points, or with ``across`` the length of words."""
    return np.where(looks.upright != across, boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0])


def _suspect(written: Written, looks: _Columns, boxes: raster.Boxes, drawn: Objects, notes: Notes) -> Flags:
    """Words that something may hide although there is a trace of ink at their place."""
    out: Flags = looks.doubtful.copy()
    if drawn.layered:
        out |= np.array([made in drawn.layered for made in written.objects])
    letters = np.array([len(word.text) for word in written.words])
    out |= _high(looks, boxes, across=True) < _SQUEEZED * letters * _high(looks, boxes)
    if drawn.pictures:
        out |= raster.under(boxes, drawn.pictures, _TOUCHED).any(axis=1)
    shapes = [*drawn.shapes, *notes.covers]
    if shapes:
        order = np.array([drawn.texts.get(made or 0, -1) for made in written.objects])
        later = np.array([area.order for area in shapes])[None, :] > order[:, None]
        out |= (raster.under(boxes, shapes, _TOUCHED) & later).any(axis=1)
    lines = (*drawn.rules, *drawn.curves)
    if len(lines) >= _LINES:
        out |= raster.crossings(boxes, lines) >= _LINES
    return out


def _alike(written: Written, looks: _Columns, boxes: raster.Boxes, drawn: Objects) -> Flags:
    """Words that may have the shade of their ground, or are inside forms, which may not be shown."""
    tones = looks.tone
    out: Flags = tones > _PALE
    if drawn.formed:
        out |= np.array([made in drawn.formed for made in written.objects])
    grounds = [area for area in drawn.shapes if area.tone < _PALE + _NEAR / 2]
    if grounds:
        shades = np.array([area.tone for area in grounds])[None, :]
        near = (np.abs(shades - tones[:, None]) < _NEAR) | (shades < 0)
        out |= (raster.under(boxes, grounds, _TOUCHED) & near).any(axis=1)
    return out


def _faint(page: Handle, looks: _Columns, boxes: raster.Boxes, drawn: Objects, alike: Flags, fresh: Flags) -> Flags:
    """Words ``alike`` or ``fresh`` that leave no trace on the page drawn small, or are alike and where their shade is.

    Other ink may be there.
    """
    out: Flags = alike | fresh
    if not out.any():
        return out
    inner = raster.middles(boxes[out])
    # All words of a sheet are seldom asked about: most often they are the pale ones of a table's head.
    area = _around(page, inner)
    shades, scale = _drawn_without(page, drawn.bitmaps, SMALL, area)
    inner -= np.tile(area[:2], 2)
    count, _ = raster.sums(raster.edges(shades, TRACE), inner, scale)
    own = count == 0
    if alike.any():
        total, pixels = raster.sums(shades, inner, scale)
        shade = total / np.maximum(pixels, 1)
        own |= alike[out] & (np.abs(shade - 255 * looks.tone[out]) < 255 * _NEAR)
    out[out] = own
    return out


def _around(page: Handle, boxes: raster.Boxes) -> Rule:
    """The part of a page that holds rectangles; whole pixels lie before it, so that it is drawn as the page is."""
    size = np.array([pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)])
    corner = np.floor(np.clip(boxes[:, :2].min(axis=0), 0, size) / _STEP) * _STEP
    far = np.minimum(np.ceil(boxes[:, 2:].max(axis=0) / _STEP) * _STEP, size)
    return Rule(*corner.tolist(), *np.maximum(far, corner + 1).tolist())


def _shows(page: Handle, text: Handle, written: Written, indices: npt.NDArray[np.intp]) -> Flags:
    """Whether each doubtful word makes a difference to the drawn page with every one of its letters and digits."""
    out = np.zeros(len(indices), np.bool_)
    groups = raster.separated(np.array([written.words[index][1:5] for index in indices], np.float64), _GROUPS)
    for group in range(max(groups) + 1):
        some = np.flatnonzero(groups == group)
        out[some] = _differs(page, text, written, indices[some])
    return out


def _differs(page: Handle, text: Handle, written: Written, indices: npt.NDArray[np.intp]) -> Flags:
    letters: list[int] = []
    owners: list[int] = []
    for place, index in enumerate(indices):
        start, end = written.spans[index]
        sounded = [start + at for at, sign in enumerate(written.words[index].text[: end - start]) if sign.isalnum()]
        letters += sounded or range(start, end)
        owners += [place] * (len(sounded) or end - start)
    handle = ctypes.cast(text, ctypes.c_void_p).value
    # One word may be written by several objects.
    made = {item for letter in letters if (item := text_object(handle, letter))}
    boxes = _letter_boxes(page, text, letters)
    area = _around(page, boxes)
    whole, scale = raster.part(page, area, CLOSE, sharp=True)
    without, _ = _drawn_without(page, made, CLOSE, area, sharp=True)
    changed = raster.apart(whole, without) >= TRACE
    boxes -= np.tile(area[:2], 2)
    ink, pixels = raster.sums(changed, boxes, scale)
    # What lies beyond the sheet says nothing of the letters on it.
    seen = (ink >= np.maximum(2.0, _INK * pixels)) | (pixels == 0)
    words = np.array([written.words[index][1:5] for index in indices], np.float64) - np.tile(area[:2], 2)
    # What covers words was laid there to hide them; a clip cuts whatever happens to be at its edge.
    clipped = np.array([written.looks[index].doubtful for index in indices])[owners]
    if (clipped & ~seen).any():
        seen |= clipped & _cut_level(words[owners], boxes, seen, changed, scale)
    out = np.ones(len(indices), np.bool_)
    np.logical_and.at(out, np.array(owners), seen)
    return out


def _cut_level(words: raster.Boxes, boxes: raster.Boxes, seen: Flags, changed: Flags, scale: float) -> Flags:
    """Letters of lines cut through from end to end, as at the foot of a page.

    Of such a line no letter has ink in one half of its height, nearly all have in the other, and many are ``seen``.
    ``words`` are the rectangles of the letters' words.
    """
    middle = (words[:, 1] + words[:, 3]) / 2
    upper, lower = boxes.copy(), boxes.copy()
    upper[:, 3] = lower[:, 1] = middle
    halves = [raster.sums(changed, half, scale)[0] > 0 for half in (upper, lower)]
    out = np.zeros(len(boxes), np.bool_)
    rows = np.round(words[:, [1, 3]]).astype(np.intp)
    for row in np.unique(rows, axis=0):
        line = (rows == row).all(axis=1)
        shares = np.mean((halves[0] | halves[1])[line]), np.mean(seen[line])
        out[line] = not all(half[line].any() for half in halves) and all(np.greater_equal(shares, _TRACED))
    return out


def _drawn_without(
    page: Handle, objects: Collection[int], scale: float, area: Rule, *, sharp: bool = False
) -> tuple[raster.Grey, float]:
    """Draw an area of a page but for these objects."""
    for item in objects:
        set_active(item, False)
    try:
        return raster.part(page, area, scale, sharp=sharp)
    finally:
        for item in objects:
            set_active(item, True)


def _letter_boxes(page: Handle, text: Handle, letters: Sequence[int]) -> raster.Boxes:
    """Rectangles of characters on the sheet as displayed."""
    left, top, right, bottom = np.array(places(text, letters)).T
    return np.stack(placer(page)(left, bottom, right, top)).T


def _under_scan(page: Handle, boxes: raster.Boxes, gone: Flags, drawn: Objects) -> Flags:
    """Which words that make no difference lie beneath a scan, on light paper, where it shows letters."""
    sheet = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    scans = [area for area in drawn.pictures if (area.x1 - area.x0) * (area.y1 - area.y0) > SCAN * sheet]
    out = np.zeros(len(boxes), np.bool_)
    if not scans:
        return out
    out[gone] = raster.under(boxes[gone], scans, 0.5).any(axis=1)
    if not out.any():
        return out
    shades, scale = raster.drawn(page, 1.0)
    inner = raster.middles(boxes)
    traces, pixels = raster.sums(raster.edges(shades, 4 * TRACE), inner, scale)
    light, _ = raster.sums(shades > 128, inner, scale)
    return out & (traces > 0) & (light > 0.4 * pixels)
