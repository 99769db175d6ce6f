"""Token vectors small enough to keep: four bits a number, with where each token stands in its text.

Made once, in the pass through the model that makes a passage's vector, so that a question never waits for passages to
be encoded again. Scalar quantisation with one scale a token; what it costs is in ``benchmarks/README.md``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.encoding.protocol import TokenVectors

# A part of a vector is clipped at this many times the mean size of its parts: rare large ones would waste the steps.
_CLIP = 4.0
_LEVELS = 8  # on each side of nought
_LONGEST = 0xFFFF


@dataclass(frozen=True, slots=True, eq=False)
class TokenCodes:
    """The tokens of one text: ``codes`` (int8, (tokens, dimension), odd numbers from -15 to 15) times ``scales``.

    ``scales`` is float32 (tokens,); each product is a unit row. ``offsets`` are half-open ranges of the text.
    """

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]
    offsets: tuple[tuple[int, int], ...]


def pack(tokens: TokenVectors) -> bytes:
    """Give the bytes that keep a text's token vectors; punctuation is left out, for no question asks for it.

    Raises:
        ValueError: the dimension is odd.
    """
    kept = [i for i, token in enumerate(tokens.tokens) if any(map(str.isalnum, token))]
    kept = [i for i in kept if tokens.offsets[i][1] <= _LONGEST]
    vectors = np.asarray(tokens.vectors, np.float32)[kept]
    if vectors.shape[1] % 2:
        message = f"vectors have {vectors.shape[1]} parts; four-bit codes need an even number"
        raise ValueError(message)
    steps = np.abs(vectors).mean(axis=1, keepdims=True) * (_CLIP / _LEVELS)
    levels = np.clip(np.floor(vectors / np.maximum(steps, 1e-9)), -_LEVELS, _LEVELS - 1).astype(np.int8)
    nibbles = (levels + _LEVELS).astype(np.uint8)
    # Rows are unit vectors again after rounding: the scale makes them so.
    scales = 1.0 / np.linalg.norm(2.0 * levels + 1.0, axis=1)
    places = np.array([tokens.offsets[i] for i in kept], "<u2").reshape(-1, 2)
    packed = nibbles[:, ::2] << 4 | nibbles[:, 1::2]
    head = np.array([len(kept), vectors.shape[1]], "<u2").tobytes()
    data: bytes = head + places.tobytes() + scales.astype("<f4").tobytes() + packed.tobytes()
    return data


def unpack(data: bytes) -> TokenCodes:
    """Undo `pack`, up to the rounding."""
    count, dimension = np.frombuffer(data, "<u2", 2).tolist()
    at = 4
    places = np.frombuffer(data, "<u2", 2 * count, at).reshape(-1, 2)
    at += places.nbytes
    scales = np.frombuffer(data, "<f4", count, at).astype(np.float32)
    packed = np.frombuffer(data, np.uint8, count * dimension // 2, at + scales.nbytes).reshape(count, dimension // 2)
    codes = np.empty((count, dimension), np.int8)
    codes[:, ::2] = packed >> 4
    codes[:, 1::2] = packed & 0x0F
    codes *= 2
    codes -= 2 * _LEVELS - 1
    return TokenCodes(codes, scales, tuple((start, end) for start, end in places.tolist()))
