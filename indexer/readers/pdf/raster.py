"""A page drawn small, as shades of grey, and sums over many rectangles of it at once."""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

from indexer.layout.marks import Rule
from indexer.readers.pdf.pdfium import Handle
from indexer.readers.pdf.pdfium import raw as pdfium

Grey: TypeAlias = npt.NDArray[np.uint8]
Boxes: TypeAlias = npt.NDArray[np.float64]
# A picture is never larger than this on its longer side, in pixels.
_LONGEST: Final = 2500


def drawn(page: Handle, scale: float, *, notes: bool = True) -> tuple[Grey, float]:
    """Draw a page, with its annotations or without, ``scale`` pixels a point or less if it is huge.

    Returns:
        Shades, rows by columns, 0 black to 255 white, and the scale it was drawn at; the caller holds pdfium's lock.
    """
    across, down = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(scale, _LONGEST / max(across, down, 1.0))
    shades = np.full((max(round(down * scale), 1), max(round(across * scale), 1)), 255, np.uint8)
    _draw(page, shades, (0, 0, shades.shape[1], shades.shape[0]), notes=notes)
    return shades, scale


def part(page: Handle, area: Rule, scale: float, *, sharp: bool = False) -> tuple[Grey, float]:
    """Draw a part of a page, from the top left corner of an area of the sheet to the lower right one, as `drawn`.

    With ``sharp`` what is drawn covers whole pixels: between lines or boxes laid edge to edge no seam lets through.
    """
    across, down = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(scale, _LONGEST / max(area.x1 - area.x0, area.y1 - area.y0, 1.0))
    left, top, right, bottom = (round(edge * scale) for edge in area)
    shades = np.full((max(bottom - top, 1), max(right - left, 1)), 255, np.uint8)
    _draw(
        page, shades, (-left, -top, max(round(across * scale), 1), max(round(down * scale), 1)), notes=True, sharp=sharp
    )
    return shades, scale


def _draw(page: Handle, shades: Grey, place: tuple[int, int, int, int], *, notes: bool, sharp: bool = False) -> None:
    """Draw a page over shades, so that its left upper corner and its size are at a place, in pixels."""
    height, width = shades.shape
    address = shades.ctypes.data_as(ctypes.c_void_p)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, address, width)
    if bitmap:
        flags = pdfium.FPDF_GRAYSCALE | (pdfium.FPDF_ANNOT if notes else 0)
        flags |= pdfium.FPDF_RENDER_NO_SMOOTHPATH if sharp else 0
        pdfium.FPDF_RenderPageBitmap(bitmap, page, *place, 0, flags)
        pdfium.FPDFBitmap_Destroy(bitmap)


def edges(shades: Grey, least: int) -> npt.NDArray[np.bool_]:
    """Pixels that differ from their right or lower neighbour by at least ``least`` shades."""
    out = np.zeros(shades.shape, np.bool_)
    out[:, :-1] = apart(shades[:, 1:], shades[:, :-1]) >= least
    out[:-1] |= apart(shades[1:], shades[:-1]) >= least
    return out


def apart(one: Grey, other: Grey) -> Grey:
    """By how many shades the pixels of two pictures of one size differ."""
    return np.maximum(one, other) - np.minimum(one, other)


def differing(shades: Grey, ground: int, least: int) -> npt.NDArray[np.bool_]:
    """Pixels that differ from a shade by more than ``least``."""
    return (shades < ground - least) | (shades > ground + least)


def sums(field: npt.NDArray[np.bool_] | Grey, boxes: Boxes, scale: float) -> tuple[Boxes, Boxes]:
    """Add up the pixels of a field inside rectangles: count the true ones, or sum the shades.

    Args:
        field: true or false, or a shade, a pixel.
        boxes: left, top, right, bottom a row, in points.
        scale: pixels a point.

    Returns:
        The sum in each rectangle, and how many pixels it has: 0 outside the field.
    """
    height, width = field.shape
    # Shades of any drawn page can be summed in 32 bits, at half the cost.
    whole = np.zeros((height + 1, width + 1), np.int32)
    np.cumsum(np.cumsum(field, axis=1, dtype=np.int32), axis=0, out=whole[1:, 1:])
    limits = np.array([width, height, width, height])
    low = np.clip(np.floor(boxes[:, :2] * scale), 0, limits[:2]).astype(np.intp)
    high = np.clip(np.ceil(boxes[:, 2:] * scale), 0, limits[2:]).astype(np.intp)
    x0, y0 = low.T
    x1, y1 = np.maximum(high, low).T
    inside = whole[y1, x1] - whole[y0, x1] - whole[y1, x0] + whole[y0, x0]
    return inside.astype(np.float64), ((x1 - x0) * (y1 - y0)).astype(np.float64)


def middles(boxes: Boxes) -> Boxes:
    """The middle of each rectangle, clear of the lines above and below it."""
    out = boxes.copy()
    high = boxes[:, 3] - boxes[:, 1]
    out[:, 1] += 0.2 * high
    out[:, 3] -= 0.2 * high
    return out


def separated(boxes: Boxes, most: int) -> npt.NDArray[np.intp]:
    """Number rectangles so that those that lie over each other have different numbers, below ``most``."""
    inner = middles(boxes)
    across = np.minimum(inner[:, None, 2], inner[:, 2]) - np.maximum(inner[:, None, 0], inner[:, 0])
    down = np.minimum(inner[:, None, 3], inner[:, 3]) - np.maximum(inner[:, None, 1], inner[:, 1])
    over = (across > 0.5) & (down > 0.5)
    groups = np.zeros(len(boxes), np.intp)
    for index in np.flatnonzero(over.sum(axis=1) > 1):
        taken = set(groups[:index][over[index, :index]].tolist())
        groups[index] = next((group for group in range(most) if group not in taken), 0)
    return groups


def under(boxes: Boxes, areas: Sequence[tuple[float, ...]], share: float) -> npt.NDArray[np.bool_]:
    """Whether each rectangle (row) lies under each area (column) with at least ``share`` of it."""
    over = np.array([area[:4] for area in areas], np.float64)
    wide = np.minimum(boxes[:, None, 2], over[:, 2]) - np.maximum(boxes[:, None, 0], over[:, 0])
    high = np.minimum(boxes[:, None, 3], over[:, 3]) - np.maximum(boxes[:, None, 1], over[:, 1])
    own = np.maximum((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), 1e-6)
    return np.asarray(np.clip(wide, 0, None) * np.clip(high, 0, None) >= share * own[:, None])


def crossings(boxes: Boxes, lines: Sequence[tuple[float, ...]]) -> npt.NDArray[np.int64]:
    """How many lines run through each rectangle, over half of it."""
    over = np.array(lines, np.float64)
    inner = middles(boxes)
    wide = np.minimum(inner[:, None, 2], over[:, 2]) - np.maximum(inner[:, None, 0], over[:, 0])
    high = np.minimum(inner[:, None, 3], over[:, 3]) - np.maximum(inner[:, None, 1], over[:, 1])
    across = (wide > 0.5 * (inner[:, 2] - inner[:, 0])[:, None]) & (high > -0.01)
    down = (high > 0.5 * (inner[:, 3] - inner[:, 1])[:, None]) & (wide > -0.01)
    return np.asarray((across | down).sum(axis=1))


def ground(shades: Grey) -> int:
    """The commonest shade of a picture, in [0, 255]."""
    # Pillow counts bytes as they are; numpy widens each to eight first.
    return int(np.argmax(Image.fromarray(np.ascontiguousarray(shades)).histogram()))


def without_strokes(shades: Grey, width: int) -> Grey:
    """A picture with dark strokes thinner than ``width`` pixels, an odd number, lightened to what is beside them."""
    for best in (np.maximum, np.minimum):
        for _ in ("down", "across"):
            padded = np.pad(shades, ((width // 2,) * 2, (0, 0)), mode="edge")
            shades = functools.reduce(best, (padded[step : step + len(shades)] for step in range(width))).T
    return np.ascontiguousarray(shades)


def runs(field: npt.NDArray[np.bool_], least: int) -> npt.NDArray[np.bool_]:
    """The true pixels of a field that are in level runs of at least ``least`` pixels."""
    width = field.shape[1]
    if not 0 < least <= width:
        return field if least <= 0 else np.zeros_like(field)
    # So long a run covers two neighbours of a row's pixels half as far apart: few rows have any.
    spots = field[:, :: max(least // 2, 1)]
    some = (spots[:, 1:] & spots[:, :-1]).any(axis=1)
    if least > 1 and not some.all():
        whole = np.zeros_like(field)
        whole[some] = runs(np.ascontiguousarray(field[some]), least) if some.any() else False
        return whole
    begins, reach = field, 1
    while reach < least:
        step = min(reach, least - reach)
        begins = begins[:, : begins.shape[1] - step] & begins[:, step:]
        reach += step
    out = np.zeros_like(field)
    out[:, : begins.shape[1]] = begins
    reach = 1
    while reach < least:
        step = min(reach, least - reach)
        spread = out.copy()
        spread[:, step:] |= out[:, :-step]
        out, reach = spread, reach + step
    return out
