"""Records to compact column values and back: texts, spans, blocks, vectors, dates."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.records import Block, Evidence, Span

# Words and turns that papers share, commonest last: a page is short, and would hold most of them for the first time.
# They were taken from the manuscripts of the sample once. Stored text cannot be read without this very file.
# Zlib stays: Zstandard with a dictionary trained on the archive would make pages' text a third smaller, which is under
# a hundredth of an archive, and existing archives would still need this file.
_PHRASES = Path(__file__).with_name("phrases.txt")


@cache
def _phrases() -> bytes:
    return _PHRASES.read_bytes()


def _deflated(data: bytes, shared: bytes = b"") -> bytes:
    """Return data compressed, without the header and checksum of zlib's own format."""
    made = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY, shared)
    return made.compress(data) + made.flush()


def _inflated(data: bytes, shared: bytes = b"") -> bytes:
    """Undo `_deflated`."""
    return zlib.decompressobj(-zlib.MAX_WBITS, shared).decompress(data)


def text_to_bytes(text: str) -> bytes:
    """Return a page's text compressed; empty for none."""
    return _deflated(text.encode(), _phrases()) if text else b""


def text_from_bytes(data: bytes) -> str:
    """Undo `text_to_bytes`; of damaged bytes, whatever they hold: hashes show that it is not what was stored."""
    return _inflated(data, _phrases()).decode("utf-8", "replace") if data else ""


def evidence_to_text(evidence: Sequence[Evidence]) -> str:
    """Return a paper's evidence as JSON: ``[[field, confidence, [witness, …]], …]``."""
    return json.dumps([[one.field, one.confidence, one.witnesses] for one in evidence], separators=(",", ":"))


def evidence_from_text(text: str) -> tuple[Evidence, ...]:
    """Undo `evidence_to_text`."""
    return tuple(Evidence(field, sure, tuple(witnesses)) for field, sure, witnesses in json.loads(text))


def spans_to_text(spans: Sequence[Span]) -> str:
    """Return spans as flat JSON: ``[page,start,end,page,start,end,…]``."""
    return json.dumps([n for span in spans for n in (span.page, span.start, span.end)], separators=(",", ":"))


# The sections of a paper are read again with each of its passages.
@lru_cache(maxsize=16_384)
def spans_from_text(text: str) -> tuple[Span, ...]:
    """Undo `spans_to_text`."""
    flat = json.loads(text)
    return tuple(map(Span, flat[::3], flat[1::3], flat[2::3]))


def numbers_to_text(numbers: Sequence[int]) -> str:
    """Return whole numbers as a JSON list."""
    return json.dumps(list(numbers), separators=(",", ":"))


# Nearly every entry of a long ledger has none, and the passages of a section have one trail.
@lru_cache(maxsize=16_384)
def numbers_from_text(text: str) -> tuple[int, ...]:
    """Undo `numbers_to_text`."""
    return tuple(json.loads(text))


def blocks_to_bytes(blocks: Sequence[Block]) -> bytes:
    """Return blocks as compressed JSON, each by how far it begins behind the last one's end; empty for none."""
    if not blocks:
        return b""
    before = (0, *(block.end for block in blocks[:-1]))
    rows = [
        (b.start - end, b.end - b.start, b.size, int(b.bold), int(b.row), b.level, b.left, b.jumps, b.lead)[
            : 9 if b.lead else 8
        ]
        for b, end in zip(blocks, before, strict=True)
    ]
    return _deflated(json.dumps(rows, separators=(",", ":")).encode())


def blocks_from_bytes(data: bytes) -> tuple[Block, ...]:
    """Undo `blocks_to_bytes`."""
    if not data:
        return ()
    blocks, end = list[Block](), 0
    for gap, length, size, bold, row, level, left, jumps, *lead in json.loads(_inflated(data)):
        start, end = end + gap, end + gap + length
        blocks.append(Block(start, end, size, bool(bold), bool(row), level, left, tuple(jumps), *lead))
    return tuple(blocks)


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
