"""Records to compact column values and back: spans, blocks, boxes, vectors, dates."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.records import Block, Box, Span

# Boxes are kept to a sixteenth of a point (0.02 mm): finer than any screen or printer, exact in binary.
_STEPS = 16


def spans_to_text(spans: Sequence[Span]) -> str:
    """Return spans as flat JSON: ``[page,start,end,page,start,end,…]``."""
    return json.dumps([n for span in spans for n in (span.page, span.start, span.end)], separators=(",", ":"))


# The sections of a paper are read again with each of its passages.
@lru_cache(maxsize=16_384)
def spans_from_text(text: str) -> tuple[Span, ...]:
    """Undo `spans_to_text`."""
    flat = json.loads(text)
    return tuple(Span(*flat[at : at + 3]) for at in range(0, len(flat), 3))


def strings_to_text(strings: Sequence[str]) -> str:
    """Return strings as a JSON list."""
    return json.dumps(list(strings), ensure_ascii=False, separators=(",", ":"))


def strings_from_text(text: str) -> tuple[str, ...]:
    """Undo `strings_to_text`."""
    return tuple(json.loads(text))


def numbers_to_text(numbers: Sequence[int]) -> str:
    """Return whole numbers as a JSON list."""
    return json.dumps(list(numbers), separators=(",", ":"))


def numbers_from_text(text: str) -> tuple[int, ...]:
    """Undo `numbers_to_text`."""
    # Nearly every entry of a long ledger has none.
    return () if text == "[]" else tuple(json.loads(text))


def blocks_to_bytes(blocks: Sequence[Block]) -> bytes:
    """Return blocks as compressed JSON; empty for none."""
    if not blocks:
        return b""
    rows = [(b.start, b.end, b.size, int(b.bold), int(b.row), b.level, b.left, b.jumps) for b in blocks]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode())


def blocks_from_bytes(data: bytes) -> tuple[Block, ...]:
    """Undo `blocks_to_bytes`."""
    if not data:
        return ()
    rows = json.loads(zlib.decompress(data))
    # Archives made before jumps were kept have rows of seven.
    return tuple(
        Block(s, e, size, bool(bold), bool(row), level, left, tuple(jumps[0]) if jumps else ())
        for s, e, size, bold, row, level, left, *jumps in rows
    )


def boxes_to_bytes(boxes: Sequence[Sequence[Box]]) -> bytes:
    """Return the words' boxes compressed, rounded to a sixteenth of a point; empty for none.

    Neighbouring words differ little in place, so columns of differences, byte by byte, compress about four times
    better than the numbers as they are.
    """
    if not boxes:
        return b""
    counts = np.array([len(some) for some in boxes], dtype=np.int32)
    flat = np.array([(b.x0, b.y0, b.x1, b.y1) for some in boxes for b in some], dtype=np.float64).reshape(-1, 4)
    whole = np.rint(flat * _STEPS).astype(np.int32)
    columns = np.empty_like(whole)
    columns[:, 2:] = whole[:, 2:] - whole[:, :2]
    columns[:, :2] = np.diff(whole[:, :2], axis=0, prepend=np.zeros((1, 2), dtype=np.int32))
    stream = np.concatenate([counts, columns.T.ravel()]).astype("<i4")
    planes = stream.view(np.uint8).reshape(-1, 4).T.tobytes()
    return len(boxes).to_bytes(4, "little") + zlib.compress(planes)


def boxes_from_bytes(data: bytes) -> tuple[tuple[Box, ...], ...]:
    """Undo `boxes_to_bytes`."""
    if not data:
        return ()
    words = int.from_bytes(data[:4], "little")
    planes = np.frombuffer(zlib.decompress(data[4:]), dtype=np.uint8).reshape(4, -1)
    stream = np.ascontiguousarray(planes.T).view("<i4").ravel()
    columns = stream[words:].reshape(4, -1).T.copy()
    columns[:, :2] = np.cumsum(columns[:, :2], axis=0)
    columns[:, 2:] += columns[:, :2]
    flat = iter((columns / _STEPS).tolist())
    return tuple(tuple(Box(*next(flat)) for _ in range(count)) for count in stream[:words].tolist())


def vectors_to_half(vectors: NDArray[np.float32]) -> NDArray[np.float16]:
    """Return float16 unit rows of float32 rows; rows of zeros stay so."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype("<f2")


def date_to_text(day: date | None) -> str | None:
    """Return an ISO date, or None."""
    return day.isoformat() if day else None


def date_from_text(text: str | None) -> date | None:
    """Undo `date_to_text`."""
    return date.fromisoformat(text) if text else None
