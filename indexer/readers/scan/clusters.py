"""Ink of a picture split into what hangs together: letters of one line are one cluster, whatever way they run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

from indexer.layout.marks import Rule, Sheet
from indexer.readers.pdf import raster

Ink: TypeAlias = npt.NDArray[np.bool_]
Cells: TypeAlias = npt.NDArray[np.intp]  # rows and columns of a group's cells
GRAIN: Final = 24  # shades within which the ground lies; ink differs by more
FULL: Final = 0.5  # a cluster with so much ink in it is a picture
_LEAST: Final = (24.0, 7.0)  # points along and across
_CELL: Final = 5.0  # points: ink in neighbouring cells is one cluster, and in cells but one away
_GROUPS: Final = 150  # of one picture; a chart has more
_GAP: Final = 0.6  # of the shorter side of two groups: letters of one line are nearer
_RULE: Final = (60.0, 4.0)  # points: what is longer and thinner is a line


_NEAR: Final = 10.0  # points around what is drawn that are looked at too, or so much of its shorter side
_BESIDE: Final = 0.6
_PLACES: Final = 1000  # and lines, of one sheet; of more all of it is looked at


class Cluster(NamedTuple):
    """Ink that hangs together: its rectangle in points, which of the cells in it hold some, and the shade behind it."""

    area: Rule
    cells: Ink
    ground: int = 255


def clusters(shades: raster.Grey, scale: float) -> list[Cluster]:
    """Part the ink of a picture into what hangs together, the largest first; once more without lines of tables."""
    ground = raster.ground(shades)
    ink = raster.differing(shades, ground, GRAIN)
    every = _grouped(ink, scale)
    # Letters with lines through them leave most of the ground; a photograph, whose dark parts look like lines, none.
    ruled = _ruled(ink, scale) | _ruled(np.ascontiguousarray(ink.T), scale).T if ink.mean() < FULL else None
    if ruled is not None and ruled.any():
        known = {(cluster.area, cluster.cells.tobytes()) for cluster in every}
        again = _grouped(ink & ~ruled, scale)
        every += (cluster for cluster in again if (cluster.area, cluster.cells.tobytes()) not in known)
    every.sort(key=lambda cluster: -cluster.cells.size)
    return [cluster._replace(ground=ground) for cluster in every]


def _grouped(ink: Ink, scale: float) -> list[Cluster]:
    """Clusters of ink: what hangs together, and the lines that such clusters make."""
    step = max(round(_CELL * scale), 1)
    high, wide = (-(-side // step) for side in ink.shape)
    padded = np.zeros((high * step, wide * step), np.bool_)
    padded[: ink.shape[0], : ink.shape[1]] = ink
    cells = np.asarray(padded.reshape(high, step, -1).any(axis=1).reshape(high, wide, step).any(axis=2))
    groups = _together(cells)
    made = (_cluster(group, step / scale) for group in (*_lined(groups), *groups))
    return [cluster for cluster in made if cluster]


def around(places: Sequence[Rule], sheet: Sheet) -> list[Rule]:
    """Areas of a sheet that hold places and what is drawn near to them; those too small for a mark are left out.

    Lines are near as well unless they are long: letters may be made of them.
    """
    whole = Rule(0.0, 0.0, sheet.width, sheet.height)
    short = (rule for rule in sheet.rules if max(rule.x1 - rule.x0, rule.y1 - rule.y0) < 2 * _RULE[0])
    drawn = [piece for piece in (*places, *short) if whole.touches(piece)]
    if len(drawn) > _PLACES:
        return [whole]
    field = np.zeros((int(sheet.height / _CELL) + 1, int(sheet.width / _CELL) + 1), np.bool_)
    corners = []
    for x0, y0, x1, y1 in drawn:
        near = max(_NEAR, _BESIDE * min(x1 - x0, y1 - y0))
        left, top, right, bottom = (max(int(edge / _CELL), 0) for edge in (x0 - near, y0 - near, x1 + near, y1 + near))
        field[top : bottom + 1, left : right + 1] = True
        corners.append((top, left))
    pieces = hanging(field)
    owners = np.array([pieces[corner] for corner in corners], np.intp)
    edges = np.array(drawn, np.float64).reshape(-1, 4)
    out: list[Rule] = []
    for number in dict.fromkeys(owners[: sum(map(whole.touches, places))].tolist()):
        (left, top), (right, bottom) = edges[owners == number, :2].min(axis=0), edges[owners == number, 2:].max(axis=0)
        if large(bottom - top, right - left):
            rows, columns = np.nonzero(pieces == number)
            x0, y0, x1, y1 = (_CELL * int(at) for at in (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1))
            out.append(Rule(x0, y0, min(x1, sheet.width), min(y1, sheet.height)))
    return out


def large(high: float, wide: float) -> bool:
    """Whether what is this many points high and wide may be a mark: what is smaller is an ornament."""
    return max(high, wide) >= _LEAST[0] and min(high, wide) >= _LEAST[1]


def _cluster(group: Cells, point: float) -> Cluster | None:
    """A group as a cluster, its cells this many points wide; None if it is too small."""
    (top, left), (bottom, right) = group.min(axis=0), group.max(axis=0) + 1
    if not large(int(bottom - top) * point, int(right - left) * point):
        return None
    own = np.zeros((bottom - top, right - left), np.bool_)
    own[group[:, 0] - top, group[:, 1] - left] = True
    return Cluster(Rule(*(float(edge * point) for edge in (left, top, right, bottom))), own)


def _lined(groups: Sequence[Cells]) -> list[Cells]:
    """What two or more groups make together that are as near as letters of their size."""
    out: list[list[Cells]] = []
    kept = np.empty((0, 4), np.intp)
    for group in groups:
        joined, edges = [group], np.r_[group.min(axis=0), group.max(axis=0)]
        while (near := np.flatnonzero(_near(edges, kept))).size:
            other = kept[near[0]]
            edges = np.r_[np.minimum(edges[:2], other[:2]), np.maximum(edges[2:], other[2:])]
            joined += out.pop(near[0])
            kept = np.delete(kept, near[0], axis=0)
        out.append(joined)
        kept = np.vstack((kept, edges))
    return [np.vstack(joined) for joined in out if len(joined) > 1]


def _near(one: Cells, others: Cells) -> Ink:
    gaps = np.maximum(one[:2] - others[:, 2:], others[:, :2] - one[2:]).max(axis=1)
    short = np.minimum((others[:, 2:] - others[:, :2]).min(axis=1), (one[2:] - one[:2]).min()) + 1
    return np.asarray(gaps <= _GAP * short)


def _together(cells: Ink) -> list[Cells]:
    """The cells that hang together by steps of two at most, level, upright or diagonal: the largest such groups."""
    # Grown by one to the right and down, such cells touch.
    grown = np.pad(cells, ((0, 1), (0, 1)))
    grown[:, 1:] |= grown[:, :-1]
    grown[1:] |= grown[:-1]
    places = np.argwhere(cells)
    pieces = hanging(grown)[cells.nonzero()] if len(places) else np.empty(0, np.intp)
    _, firsts, counts = np.unique(pieces, return_index=True, return_counts=True)
    groups = np.split(places[np.argsort(pieces, kind="stable")], np.cumsum(counts)[:-1]) if len(places) else []
    return [groups[at] for at in np.lexsort((firsts, -counts))[:_GROUPS]]


def hanging(field: Ink) -> npt.NDArray[np.intp]:
    """Number the pieces that the true pixels of a field hang together in, corners included: 0 is false, others differ.

    Level runs are joined from row to row; each takes the lowest number of those it touches, and then that one's own,
    until none changes (Shiloach and Vishkin, 1982).
    """
    steps = np.diff(np.pad(field, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    (rows, starts), ends = np.nonzero(steps == 1), np.nonzero(steps == -1)[1]
    # Each run touches those of the row above from ``first`` to before ``last``.
    width = field.shape[1] + 3
    firsts = np.searchsorted(rows * width + ends, (rows - 1) * width + starts)
    counts = np.searchsorted(rows * width + starts, (rows - 1) * width + ends, "right") - firsts
    below = np.repeat(np.arange(len(rows)), counts)
    above = np.arange(len(below)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(firsts, counts)
    labels, before = np.arange(len(rows)), np.empty(0, np.intp)
    while not np.array_equal(labels, before):
        before = labels.copy()
        low = np.minimum(before[below], before[above])
        for touching in (before[below], before[above]):
            np.minimum.at(labels, touching, low)
        while not np.array_equal(labels, own := labels[labels]):
            labels = own
    out = np.zeros(field.shape, np.intp)
    out[field] = 1 + np.repeat(labels, ends - starts)
    return out


def _ruled(ink: Ink, scale: float) -> Ink:
    """Ink of level lines, which are long and thin."""
    long = raster.runs(ink, round(_RULE[0] * scale))
    rows = np.flatnonzero(long.any(axis=1))
    out = np.zeros_like(ink)
    if len(rows):
        part = slice(rows[0], rows[-1] + 1)
        out[part] = long[part] & ~raster.runs(np.ascontiguousarray(long[part].T), round(_RULE[1] * scale)).T
    return out


def cut(shades: raster.Grey, scale: float, cluster: Cluster) -> raster.Grey:
    """A cluster's own part of a picture; what lies between its cells is blank."""
    x0, y0, x1, y1 = (max(round(edge * scale), 0) for edge in cluster.area)
    part = shades[y0:y1, x0:x1]
    own = np.asarray(Image.fromarray(cluster.cells).resize((x1 - x0, y1 - y0), Image.Resampling.NEAREST))
    return np.where(own[: part.shape[0], : part.shape[1]], part, np.uint8(cluster.ground))
