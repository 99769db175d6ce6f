"""Ink of a picture parted into what hangs together: letters of one line are one cluster, whatever way they run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

from indexer.layout.marks import Rule
from indexer.readers.pdf import raster

Ink: TypeAlias = npt.NDArray[np.bool_]
GRAIN: Final = 24  # shades within which the ground lies; ink differs by more
_LEAST: Final = (24.0, 7.0)  # points along and across; smaller ones are ornaments
_CELL: Final = 5.0  # points: ink in neighbouring cells is one cluster, and in cells but one away
_GROUPS: Final = 150  # of one picture; a chart has more
_GAP: Final = 0.6  # of the shorter side of two groups: letters of one line are nearer
_RULE: Final = (60.0, 4.0)  # points: what is longer and thinner is a line


class Cluster(NamedTuple):
    """Ink that hangs together: its rectangle in points, and which of the cells in it hold some."""

    area: Rule
    cells: Ink


def clusters(shades: raster.Grey, scale: float) -> list[Cluster]:
    """Part the ink of a picture into what hangs together, the largest first; once more without lines of tables."""
    ink = _inked(shades)
    ruled = _ruled(ink, scale) | _ruled(ink.T, scale).T
    every = _grouped(ink, scale) + (_grouped(ink & ~ruled, scale) if ruled.any() else [])
    return sorted(every, key=lambda cluster: -cluster.cells.size)


def _grouped(ink: Ink, scale: float) -> list[Cluster]:
    """Clusters of ink: what hangs together, and the lines that such clusters make."""
    step = max(round(_CELL * scale), 1)
    high, wide = (-(-side // step) for side in ink.shape)
    padded = np.zeros((high * step, wide * step), np.bool_)
    padded[: ink.shape[0], : ink.shape[1]] = ink
    cells = np.asarray(padded.reshape(high, step, wide, step).any(axis=(1, 3)))
    groups = sorted(_together(cells), key=len, reverse=True)[:_GROUPS]
    lines = [line for line in _lined(groups) if line not in groups]
    made = [_cluster(group, step / scale) for group in (*lines, *groups)]
    return [
        cluster
        for cluster in made
        if _LEAST[0] <= max(cluster.cells.shape) * step / scale and _LEAST[1] <= min(cluster.cells.shape) * step / scale
    ]


def _cluster(group: Sequence[tuple[int, int]], point: float) -> Cluster:
    rows, columns = np.array(group).T
    top, left = int(rows.min()), int(columns.min())
    own = np.zeros((int(rows.max()) - top + 1, int(columns.max()) - left + 1), np.bool_)
    own[rows - top, columns - left] = True
    return Cluster(Rule(left * point, top * point, (left + own.shape[1]) * point, (top + own.shape[0]) * point), own)


def _lined(groups: list[list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """Groups of cells, those joined that are as near as letters of their size."""
    boxes = [(*map(min, zip(*group, strict=True)), *map(max, zip(*group, strict=True))) for group in groups]
    out: list[list[tuple[int, int]]] = []
    kept: list[tuple[int, ...]] = []
    for group, box in zip(groups, boxes, strict=True):
        joined, edges = list(group), box
        while True:
            near = next((at for at, other in enumerate(kept) if _near(edges, other)), None)
            if near is None:
                break
            other = kept.pop(near)
            joined += out.pop(near)
            edges = (*map(min, edges[:2], other[:2]), *map(max, edges[2:], other[2:]))
        out.append(joined)
        kept.append(edges)
    return out


def _near(one: Sequence[int], other: Sequence[int]) -> bool:
    gap = max(one[0] - other[2], other[0] - one[2], one[1] - other[3], other[1] - one[3])
    short = min(min(box[2] - box[0], box[3] - box[1]) + 1 for box in (one, other))
    return gap <= _GAP * short


def _together(cells: Ink) -> list[list[tuple[int, int]]]:
    """The rows and columns of cells that hang together by steps of two at most, level, upright or diagonal."""
    # Grown by one to the right and down, such cells touch.
    grown = np.pad(cells, ((0, 1), (0, 1)))
    grown[:, 1:] |= grown[:, :-1]
    grown[1:] |= grown[:-1]
    pieces = hanging(grown)
    groups: dict[int, list[tuple[int, int]]] = {}
    for row, column in np.argwhere(cells).tolist():
        groups.setdefault(int(pieces[row, column]), []).append((row, column))
    return list(groups.values())


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


def _inked(shades: raster.Grey) -> Ink:
    """Pixels that differ from the commonest shade."""
    return np.abs(shades.astype(np.int16) - raster.ground(shades)) > GRAIN


def _ruled(ink: Ink, scale: float) -> Ink:
    """Ink of level lines, which are long and thin."""
    long = raster.runs(ink, round(_RULE[0] * scale))
    return long & ~raster.runs(long.T, round(_RULE[1] * scale)).T


def cut(shades: raster.Grey, scale: float, cluster: Cluster) -> raster.Grey:
    """A cluster's own part of a picture; what lies between its cells is blank."""
    x0, y0, x1, y1 = (max(round(edge * scale), 0) for edge in cluster.area)
    part = shades[y0:y1, x0:x1]
    ground = raster.ground(shades)
    own = np.asarray(Image.fromarray(cluster.cells).resize((x1 - x0, y1 - y0), Image.Resampling.NEAREST))
    return np.where(own[: part.shape[0], : part.shape[1]], part, ground).astype(np.uint8)
