"""Vectors for passages: those that the archive knows are used again, the rest are made by the encoder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from indexer.archive import Writer, codebook, pack, text_hash
from indexer.encoding.protocol import Encoder, Vectors

# Token vectors of more texts at once would fill the memory.
_AT_ONCE: Final = 512


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of some texts.

    ``rows`` is float32 (texts, dim), unit rows in the texts' order; ``tokens`` are the packed token vectors of those
    that are new, by `text_hash`; ``made`` is how many.
    """

    rows: Vectors
    tokens: dict[str, bytes]
    made: int


@dataclass(frozen=True, slots=True)
class Made:
    """What an encoder made of texts, by their `text_hash`: ``rows`` float32 (dim,), ``tokens`` packed."""

    rows: dict[str, Vectors]
    tokens: dict[str, bytes]

    def joined(self, other: Made) -> Made:
        """Return this with another's."""
        return Made(self.rows | other.rows, self.tokens | other.tokens)


def make(encoder: Encoder, texts: Mapping[str, str]) -> Made:
    """Embed texts, given by their `text_hash`, with a vector for each token."""
    made = Made({}, {})
    book = codebook(encoder.identity.digest, encoder.dimension)
    # Texts of like length together, so that little is padded.
    for some in _runs(sorted(texts.items(), key=lambda entry: len(entry[1]))):
        rows, parts = encoder.encode_whole([text for _, text in some])
        for (hashed, text), row, part in zip(some, rows, parts, strict=True):
            made.rows[hashed] = row
            made.tokens[hashed] = pack(text, part.offsets, part.vectors, book)
    return made


def embed(writer: Writer, make: Callable[[Mapping[str, str]], Made], texts: Sequence[str]) -> Embedded:
    """Embed texts; each distinct one is embedded at most once in the archive's life.

    Args:
        writer: knows the vectors of texts that are in the archive already.
        make: makes the others, given by their `text_hash`.
        texts: in any order, with repetitions.
    """
    hashes = [text_hash(text) for text in texts]
    known = dict(writer.known_vectors(hashes))
    fresh = {hashed: text for hashed, text in zip(hashes, texts, strict=True) if hashed not in known}
    made = make(fresh) if fresh else Made({}, {})
    known |= made.rows
    none = np.empty((0, writer.model.dimension), np.float32)
    rows = np.stack([known[hashed] for hashed in hashes]) if hashes else none
    return Embedded(rows, made.tokens, len(fresh))


def _runs(entries: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    for start in range(0, len(entries), _AT_ONCE):
        yield entries[start : start + _AT_ONCE]
