"""Marks that are drawn rather than written: stamps, watermarks, letters made of lines or patterns, stamps inside scans.

What is drawn on a sheet beside its text, or in letters much heavier than a scan's others, is split into clusters of
ink. Each is laid level along its longest extent, without its frame; only what then looks like a line or two of letters
is read. Photographs, plans and charts are not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

from indexer.layout.marks import Rule, Sheet
from indexer.readers.pdf import raster
from indexer.readers.pdf.objects import texts as texts_of
from indexer.readers.pdf.pdfium import LOCK, Handle, set_active
from indexer.readers.pdf.pdfium import raw as pdfium
from indexer.readers.pdf.sheets import drawn
from indexer.readers.scan import ocr
from indexer.readers.scan.clusters import FULL, GRAIN, Cluster, Ink, around, clusters, cut, hanging

Amounts: TypeAlias = npt.NDArray[np.float64]
MOST: Final = 6  # clusters of one file that are read
_ACROSS: Final = 600  # pixels along an area at the first look, with at least and at most this many a point
_SCALES: Final = (1.0, 1.5)
_CLOSE: Final = 4.0  # and at the one that is read
# One line of letters, two or three are this many times as long as high.
_LONG: Final = (2.0, 1.4, 1.1)
# Changes from ground to ink along the middle of letters: some three letters to some forty.
_CHANGES: Final = (6, 160)
_THIN: Final = 0.06  # so much of the rectangle around letters is ink; of a chart, less
_SPECKS: Final = 0.08  # a row or column with so much of the ink of the fullest has none of the letters
_STEEP: Final = 3.0  # degrees
_WIDE: Final = 640  # pixels along at which letters look unlike other drawings
_ENOUGH: Final = 1.4  # a line that is brought to this many times its size at most is not drawn again for that
_HIGH: Final = 60  # pixels that a line is brought to before it is read
_LEVEL: Final = 0.4  # degrees; less is not turned
_POINTS: Final = 6000  # spots of ink by which the angle is found
_SLACK: Final = 0.8  # of the length that letters have: what is shorter than that by its spots alone is none
_FINE: Final = np.arange(-3.0, 3.1, 0.5)  # degrees about the longest extent among which the level one is chosen
# A scan is looked at with this many pixels an inch; strokes as wide as this many of them are not ordinary text's.
_DPI: Final = 150
_STROKE: Final = 5
_IN_A_SCAN: Final = 4  # clusters of one scan that are read


class Line(NamedTuple):
    """One to three lines of letters (``bands``) laid level, and the shade behind them.

    ``steep`` says that they were not level, so that their top is unknown.
    """

    shades: raster.Grey
    ground: int
    bands: int
    steep: bool

    @property
    def larger(self) -> float:
        """By how much larger it is read than it is."""
        return _HIGH * self.bands / len(self.shades)


def texts(file: Handle, sheets: Sequence[Sheet]) -> dict[int, tuple[str, ...]]:
    """Read what is drawn beside the text of sheets of an `opened` file, by sheet number; each place is read once."""
    by_sheet: dict[int, tuple[str, ...]] = {}
    seen: set[Rule] = set()
    lines: list[tuple[int, Line]] = []
    for sheet in sheets if any(sheet.drawn for sheet in sheets) and ocr.available() else ():
        places = [area for area in sheet.drawn if area.rounded() not in seen]
        if not places or len(lines) >= MOST:
            continue
        seen.update(area.rounded() for area in places)
        lines += ((sheet.number, line) for line in _drawn_lines(file, sheet, places, MOST - len(lines)))
    for (number, _), said in zip(lines, _said([line for _, line in lines]), strict=True):
        by_sheet[number] = by_sheet.get(number, ()) + said
    return by_sheet


def stamped(file: Handle, sheet: Sheet) -> tuple[str, ...]:
    """Read what is stamped over a scan: letters much heavier than those of its text, which OCR did not read as words.

    Raises:
        UnreadablePaper: the sheet cannot be drawn.
    """
    picture = drawn(file, sheet.number, _DPI / 72, grey=True)
    shades, scale = raster.without_strokes(np.asarray(picture), _STROKE), picture.width / max(sheet.width, 1.0)
    unread = (cluster for cluster in clusters(shades, scale) if not _read(cluster.area, sheet))
    lines = (_leveled(cut(shades, scale, cluster)) for cluster in unread)
    # A scan may lie on its head.
    stamps = [line._replace(steep=True) for line in islice(filter(None, lines), _IN_A_SCAN)]
    return tuple(chain.from_iterable(_said(stamps)))


def shown(picture: Image.Image, wide: float) -> tuple[str, ...]:
    """Read the marks that a picture shows, in shades of grey; ``wide`` are the points that it is laid over."""
    shades, scale = np.asarray(picture), picture.width / wide
    lines = (_leveled(cut(shades, scale, cluster)) for cluster in clusters(shades, scale))
    return tuple(chain.from_iterable(_said(list(islice(filter(None, lines), _IN_A_SCAN)))))


def _read(area: Rule, sheet: Sheet) -> bool:
    """Whether a heavy line is a heading that OCR read: words nearly as high as it fill its width."""
    high, wide = sorted((area.x1 - area.x0, area.y1 - area.y0))
    words = [word for word in sheet.words if area.touches(Rule(*word[1:5]))]
    sides = [sorted((word.x1 - word.x0, word.y1 - word.y0)) for word in words if len(word.text) > 1]
    return sum(long for short, long in sides if short > 0.5 * high) > 0.6 * wide


def _drawn_lines(file: Handle, sheet: Sheet, places: Sequence[Rule], most: int) -> list[Line]:
    """What is drawn at some places of a sheet and looks like large letters, laid level; at most this many lines."""
    if not (areas := around(places, sheet)):
        return []
    with LOCK:
        page = pdfium.FPDF_LoadPage(file.raw, sheet.number - 1)
        try:
            for item in texts_of(page) if page else ():
                set_active(item, False)
            seen = [look for area in areas for look in _seen(page, area, places)] if page else []
            # What a line is made of is read with it.
            done: list[Rule] = []
            lines: list[Line] = []
            for look in sorted(seen, key=lambda look: -look.cluster.cells.size):
                if len(lines) < most and not any(other.holds(look.area) for other in done):
                    line = _closely(page, look)
                    lines += [line] if line else []
                    done += [look.area] if line else []
            return lines
        finally:
            if page:
                pdfium.FPDF_ClosePage(page)


class _Seen(NamedTuple):
    """What looks like letters: where it is on the sheet, its cells, how it looks and at how many pixels a point."""

    area: Rule
    cluster: Cluster
    line: Line
    scale: float


def _seen(page: Handle, area: Rule, places: Sequence[Rule]) -> Iterator[_Seen]:
    """What looks like letters in an area of a page, at some of the places."""
    long = max(area.x1 - area.x0, area.y1 - area.y0)
    shades, scale = raster.part(page, area, min(max(_ACROSS / long, _SCALES[0]), _SCALES[1]))
    for cluster in clusters(shades, scale):
        x0, y0, x1, y1 = cluster.area
        at = Rule(area.x0 + x0, area.y0 + y0, area.x0 + x1, area.y0 + y1)
        if any(at.touches(place) for place in places):
            shown = Image.fromarray(cut(shades, scale, cluster))
            # Large letters are recognised as well when they are drawn small.
            step = max(shown.size) // _WIDE + 1
            line = _leveled(np.asarray(shown.reduce(step)))
            if line:
                yield _Seen(at, cluster, line, scale / step)


def _closely(page: Handle, seen: _Seen) -> Line | None:
    """What was seen, drawn as large as it is read."""
    area, cluster, line, scale = seen
    if line.larger < _ENOUGH:
        return line
    shades, scale = raster.part(page, area, min(scale * line.larger, _CLOSE))
    return _leveled(cut(shades, scale, cluster._replace(area=Rule(0, 0, area.x1 - area.x0, area.y1 - area.y0))))


def _leveled(part: raster.Grey) -> Line | None:
    """A picture laid level, dark on white, without its frame, if it looks like a line or two of letters."""
    if part.size < 100:
        return None
    ground = raster.ground(part)
    ink = raster.differing(part, ground, GRAIN)
    if not 0.002 < ink.mean() < FULL:
        return None
    ink = _unframed(ink)
    if np.count_nonzero(ink) < 50:
        return None
    degrees, fits = _slant(ink)
    if not fits:
        return None
    picture = Image.fromarray(np.where(ink, part, ground).astype(np.uint8))
    if abs(degrees) >= _LEVEL:
        picture = picture.rotate(degrees, expand=True, fillcolor=ground, resample=Image.Resampling.BILINEAR)
    line = _trimmed(np.asarray(picture), ground)
    if min(line.shape) < 6:
        return None
    inked = raster.differing(line, ground, GRAIN)
    changes = np.count_nonzero(inked[:, 1:] != inked[:, :-1], axis=1)
    bands = _bands(inked.sum(axis=1))
    long = 0 < bands <= len(_LONG) and line.shape[1] >= _LONG[bands - 1] * line.shape[0]
    lettered = _CHANGES[0] <= np.percentile(changes, 40) and np.max(changes) <= _CHANGES[1]
    if not (long and lettered and inked.mean() > _THIN):
        return None
    return Line(line, ground, bands, abs(degrees) > _STEEP)


def _bands(counts: npt.NDArray[np.intp]) -> int:
    """How many lines of letters there are, from how much ink each row of pixels has."""
    return int(np.count_nonzero(np.diff(np.r_[0, counts > _SPECKS * counts.max(), 0].astype(np.int8)) == 1))


def _slant(ink: Ink) -> tuple[float, bool]:
    """By how many degrees ink must be turned to lie level, and whether it then may be as long as letters are.

    Of the angles near that of its longest extent the right one makes rows differ most (Postl, 1986).
    """
    y, x = np.nonzero(ink)
    across, both, down = (float(np.mean((a - a.mean()) * (b - b.mean()))) for a, b in ((x, x), (x, y), (y, y)))
    # The axis of most variance; y points down.
    extent = math.degrees(0.5 * math.atan2(2 * both, across - down))
    # Some of the ink shows the angle as well as all of it.
    step = -(-len(x) // _POINTS)
    spots = np.stack((x[::step], y[::step])).astype(np.float64)
    rows = {degrees: _turned(spots, degrees) for degrees in extent + _FINE}
    best = max(rows, key=lambda degrees: float(np.square(np.diff(rows[degrees])).sum()))
    # The columns are the rows of a quarter turn more.
    wide, high = len(_kept(_turned(spots, best - 90))), len(_kept(rows[best]))
    return best, wide > _SLACK * min(_LONG) * high


def _turned(spots: Amounts, degrees: float) -> Amounts:
    """How much ink each row has once spots (x and y) are turned anticlockwise."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    line = np.array([-sine, cosine]) @ spots
    places = line - line.min()
    whole = places.astype(np.intp)
    # A spot between two rows is shared out, so that the grid of pixels makes no rows differ.
    part = places - whole
    most = int(whole.max()) + 2
    return np.asarray(np.bincount(whole, 1 - part, most) + np.bincount(whole + 1, part, most), np.float64)


def _unframed(ink: Ink) -> Ink:
    """Ink without a frame around it: what hangs together from the left edge to the right, the top and the bottom."""
    columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    # What reaches from side to side has ink in every column and row; between letters there is none.
    if len(rows) < 4 or len(columns) <= columns[-1] - columns[0] or len(rows) <= rows[-1] - rows[0]:
        return ink
    pieces = hanging(ink)
    sides = (pieces[:, columns[0]], pieces[:, columns[-1]], pieces[rows[0]], pieces[rows[-1]])
    around = set.intersection(*(set(side[side > 0].tolist()) for side in sides))
    return ink & ~np.isin(pieces, list(around)) if around else ink


def _kept(counts: Amounts | npt.NDArray[np.intp]) -> range:
    """From the first to the last row or column with more than next to no ink."""
    inked = np.flatnonzero(counts > _SPECKS * counts.max(initial=0))
    return range(int(inked[0]), int(inked[-1]) + 1) if len(inked) else range(0)


def _trimmed(line: raster.Grey, ground: int) -> raster.Grey:
    """A picture cut to its ink, without the specks around it: rows and columns with next to none."""
    for axis in (1, 0, 1):
        kept = _kept(raster.differing(line, ground, GRAIN).sum(axis=axis))
        if not kept:
            return line[:1, :1]
        line = line[kept.start : kept.stop] if axis else line[:, kept.start : kept.stop]
    return line


def _dark(line: Line) -> Image.Image:
    """Dark letters on white, all as high: much larger ones are read as badly as small ones."""
    far = np.abs(line.shades.astype(np.int16) - line.ground)
    picture = Image.fromarray(255 - (far * (255 / max(int(far.max()), 1))).astype(np.uint8))
    size = max(round(picture.width * line.larger), 1), _HIGH * line.bands
    picture = picture.resize(size, Image.Resampling.BICUBIC)
    out = Image.new("L", (picture.width + 40, picture.height + 40), 255)
    out.paste(picture, (20, 20))
    return out


def _said(lines: Sequence[Line]) -> list[tuple[str, ...]]:
    """What lines say, either way up unless they are level; letters on their head read as rubbish, which is no mark."""
    ways = [(at, turn) for at, line in enumerate(lines) for turn in ((0, 180) if line.steep else (0,))]
    pictures = [_dark(line) for line in lines]
    texts = ocr.lines([pictures[at].rotate(turn) for at, turn in ways])
    out: list[tuple[str, ...]] = [()] * len(lines)
    for (at, _), text in zip(ways, texts, strict=True):
        out[at] += (text,) if text else ()
    return out
