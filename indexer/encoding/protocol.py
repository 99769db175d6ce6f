"""What every encoder offers, and how texts are grouped into batches for one.

Knows no model library: see `indexer.encoding.encoder` for loading one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.records import ModelIdentity

Vectors = NDArray[np.float32]

# Padded tokens in one batch. Large enough to keep two cores busy, small enough that the hidden states of one batch
# (tokens x 1,536 x 4 bytes in the widest layer, 12 MB) stay in a processor's cache: a tenth faster than 8,192.
TOKENS_A_BATCH = 2048


@dataclass(frozen=True, slots=True, eq=False)
class TokenVectors:
    """One text, token by token; the model's own special tokens are left out.

    ``tokens`` are the model's word pieces ("##ing" continues a word), ``offsets`` the half-open ranges of characters
    of the text that they cover, ``vectors`` float32 (len(tokens), dimension), unit rows.
    """

    tokens: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    vectors: Vectors


class Encoder(Protocol):
    """Turns texts into vectors. Safe to use from several threads at once."""

    @property
    def identity(self) -> ModelIdentity:
        """Name, weight hash and dimension, as an archive records them."""
        ...

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        ...

    @property
    def token_limit(self) -> int:
        """Most tokens of a text that are read, the model's special tokens included; the rest is cut off."""
        ...

    def count_tokens(self, text: str) -> int:
        """Count the tokens of ``text``, special tokens included; above `token_limit` the end would be cut off."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts.

        Returns:
            float32, (len(texts), dimension), unit rows in the order given; (0, dimension) for no texts.
        """
        ...

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Embed every token of every text, in its context."""
        ...

    def encode_whole(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
        """Do what `encode` and `encode_tokens` do, in one pass through the model."""
        ...


def batches(lengths: Sequence[int], budget: int = TOKENS_A_BATCH) -> Iterator[list[int]]:
    """Group texts of like length, longest first, so that little is padded.

    Args:
        lengths: tokens of each text.
        budget: most padded tokens in one batch; a longer text is a batch by itself.

    Yields:
        Positions in ``lengths``, each exactly once.
    """
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    start = 0
    while start < len(order):
        size = max(1, budget // max(1, lengths[order[start]]))
        yield order[start : start + size]
        start += size
