"""Vectors for passages: those that the archive knows are used again, the rest are made by the encoder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from indexer.archive import Writer, text_hash
from indexer.encoding.protocol import Encoder, Vectors
from indexer.encoding.token_codes import pack

# Token vectors of more texts at once would fill the memory.
_AT_ONCE: Final = 512


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of some texts.

    ``rows`` is float32 (texts, dim), unit rows in the texts' order; ``tokens`` are the packed token vectors of those
    that were made anew, by `text_hash`; ``made`` is how many.
    """

    rows: Vectors
    tokens: dict[str, bytes]
    made: int


def embed(writer: Writer, encoder: Encoder, texts: Sequence[str]) -> Embedded:
    """Embed texts; each distinct one is embedded at most once in the archive's life.

    Args:
        writer: knows the vectors of texts that are in the archive already.
        encoder: makes the others.
        texts: in any order, with repetitions.
    """
    hashes = [text_hash(text) for text in texts]
    known = dict(writer.known_vectors(hashes))
    fresh = {hashed: text for hashed, text in zip(hashes, texts, strict=True) if hashed not in known}
    tokens: dict[str, bytes] = {}
    # Texts of like length together, so that little is padded.
    for some in _runs(sorted(fresh.items(), key=lambda entry: len(entry[1]))):
        made, parts = encoder.encode_whole([text for _, text in some])
        for (hashed, _), row, part in zip(some, made, parts, strict=True):
            known[hashed] = row
            tokens[hashed] = pack(part)
    rows = np.stack([known[hashed] for hashed in hashes]) if hashes else np.empty((0, encoder.dimension), np.float32)
    return Embedded(rows, tokens, len(fresh))


def _runs(entries: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    for start in range(0, len(entries), _AT_ONCE):
        yield entries[start : start + _AT_ONCE]
