"""Where words are on a page, in few bytes.

A word is mostly a space behind the last one, on its line, and is as wide as its letters. So of each box is kept how
far it is from that: widths of letters are fitted to the page, and what words differ from their sum is little.
"""

from __future__ import annotations

import lzma
from collections.abc import Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from indexer.archive.threads import use_one_thread
from indexer.records import Box

# Boxes are kept to a sixteenth of a point (0.02 mm): finer than any screen or printer, exact in binary.
_STEPS = 16
# Widths of letters are kept in this part of a box's height, in a byte.
_PARTS = 256
# Numbers of one page are few bytes and no text: no context of earlier bytes helps, and so none is modelled.
_NUMBERS = ({"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16, "lc": 0, "lp": 0, "pb": 0},)

# Added to the diagonal of the equations for widths, whose other entries are hundreds.
_EVEN = 1e-3

_Column = NDArray[np.int32]


def boxes_to_bytes(boxes: Sequence[Sequence[Box]], text: str) -> bytes:
    """Return the boxes of a page's words compressed, rounded to a sixteenth of a point; empty for none.

    Args:
        boxes: of each word those that it has.
        text: the page's.
    """
    if not boxes:
        return b""
    counts = np.array([len(some) for some in boxes], dtype=np.int32)
    flat = np.array([(b.x0, b.y0, b.x1, b.y1) for some in boxes for b in some], dtype=np.float64).reshape(-1, 4)
    x0, y0, x1, y1 = np.rint(flat * _STEPS).astype(np.int32).T
    letters = _letters(text, counts)
    widths = _fitted(letters, x1 - x0, y1 - y0)
    surplus = x1 - x0 - _expected(letters, widths, y1 - y0)
    columns = [counts, x0 - _before(x1), y0 - _before(y0), surplus, y1 - y0]
    # Folded, so that small numbers of either sign have nothing but zeros in their upper bytes.
    stream = np.concatenate([(column << 1) ^ (column >> 31) for column in columns]).astype("<u4")
    planes = widths.tobytes() + stream.view(np.uint8).reshape(-1, 4).T.tobytes()
    return len(boxes).to_bytes(4, "little") + lzma.compress(planes, lzma.FORMAT_RAW, filters=_NUMBERS)


def boxes_from_bytes(data: bytes, text: str) -> tuple[tuple[Box, ...], ...]:
    """Undo `boxes_to_bytes`."""
    if not data:
        return ()
    words, kinds = int.from_bytes(data[:4], "little"), len(set("".join(text.split())))
    unpacked = np.frombuffer(lzma.decompress(data[4:], lzma.FORMAT_RAW, filters=_NUMBERS), dtype=np.uint8)
    widths, planes = unpacked[:kinds], unpacked[kinds:].reshape(4, -1)
    folded = np.ascontiguousarray(planes.T).view("<u4").ravel()
    stream = (folded >> 1).astype(np.int32) ^ -(folded & 1).astype(np.int32)
    counts, columns = stream[:words], stream[words:].reshape(4, -1)
    gaps, drops, surplus, heights = columns
    wide = surplus + _expected(_letters(text, counts), widths, heights)
    x1, y0 = np.cumsum(gaps + wide), np.cumsum(drops)
    boxes = map(Box, *(np.stack([x1 - wide, y0, x1, y0 + heights]) / _STEPS).tolist())
    return tuple(tuple(islice(boxes, count)) for count in counts.tolist())


def _before(column: _Column) -> _Column:
    """Return each value's predecessor; 0 for the first."""
    return np.concatenate([np.zeros(1, np.int32), column[:-1]])[: len(column)]


def _letters(text: str, counts: _Column) -> _Column:
    """Return how often each letter of the page, in their order, is in the word of each box: int32 (boxes, letters)."""
    words = text.split()
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), "<u4")
    signs, codes = np.unique(letters, return_inverse=True)
    owners = np.repeat(np.arange(len(words)), np.array([len(word) for word in words], np.int64))
    own = owners < len(counts)
    totals = np.bincount(owners[own] * len(signs) + codes[own], minlength=len(counts) * len(signs))
    return np.repeat(totals.reshape(len(counts), len(signs)).astype(np.int32), counts, axis=0)


def _fitted(letters: _Column, widths: _Column, heights: _Column) -> NDArray[np.uint8]:
    """Return the width of each letter, nearly by least squares, in 256ths of a box's height."""
    scaled = letters * (heights[:, None] / _PARTS)
    use_one_thread()  # on so small a product several wait for each other five times longer than one works
    # Letters that are always together have widths that only add up: a little on the diagonal chooses some.
    made = np.linalg.solve(scaled.T @ scaled + _EVEN * np.eye(scaled.shape[1]), scaled.T @ widths)
    fitted: NDArray[np.uint8] = np.clip(np.rint(made), 0, 255).astype(np.uint8)
    return fitted


def _expected(letters: _Column, widths: NDArray[np.uint8], heights: _Column) -> _Column:
    """Return how wide each box would be, were it as wide as its letters."""
    expected: _Column = ((letters @ widths.astype(np.int32)) * heights) // _PARTS
    return expected
