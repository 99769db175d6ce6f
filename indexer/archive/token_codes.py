"""Token vectors small enough to keep: one for each word piece that is not a stop word, at about fifty bytes.

Made once, in the pass through the model that makes a passage's vector, so that a question never waits for passages to
be encoded again. Vectors are turned to their principal axes; two codes of a byte name the nearest of 256 centroids and
the nearest of 256 to what is left, and of the rest each few axes are a code by themselves (product quantisation: Jégou,
Douze and Schmid, PAMI 2011; a centroid and its residual: Santhanam et al., "ColBERTv2", NAACL 2022). What it costs is
in ``benchmarks/tried.md``; `benchmarks.codes` makes and compares such codebooks.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.archive.arrays import read_arrays
from indexer.archive.threads import use_one_thread
from indexer.text.words import STOP_WORDS

Rows = NDArray[np.float32]
Codes = NDArray[np.uint8]

# Of the packaged model. Codes that archives hold cannot be read without this very file: another one is another format.
_FITTED: Final = Path(__file__).with_name("token_codebook.npz")
_LONGEST: Final = 0xFFFF
_MOST_LETTERS: Final = 0xFF
# Rows that are decoded together: what is made of so many stays in the processor's own memory.
_AT_ONCE: Final = 512
# Bytes that an array takes besides its numbers.
_AN_ARRAY: Final = 112
# For models without a codebook: on each axis 16 even steps, as wide as suits a unit vector of any direction.
_STEPS: Final = 16
_STEP: Final = 0.4
_ROWS: Final = 256  # coded together: their products with 256 centroids stay in a core's own memory


@dataclass(frozen=True, slots=True, eq=False)
class Codebook:
    """How vectors become codes of a byte each and back.

    ``axes`` is float32 (dimension, axes), orthonormal columns; ``stages`` (stages, 256, axes) are centroids of the
    vectors on these axes and then of what is left of them, ``parts`` (parts, 256, axes / parts) those of each run of
    axes of the rest. ``kept`` is the mean cosine of a vector and what is decoded of it, by which cosines with what is
    decoded would come out too small.
    """

    axes: Rows
    stages: Rows
    parts: Rows
    kept: float = 1.0

    @property
    def width(self) -> int:
        """Bytes of one vector."""
        return len(self.stages) + len(self.parts)

    def encode(self, vectors: Rows) -> Codes:
        """Give the codes of unit rows, float32 (n, dimension): uint8 (n, width)."""
        codes = np.empty((len(vectors), self.width), np.uint8)
        halves = [0.5 * np.einsum("ij,ij->i", centroids, centroids) for centroids in (*self.stages, *self.parts)]
        for start in range(0, len(vectors), _ROWS):
            of_rows = codes[start : start + _ROWS]
            rest = vectors[start : start + _ROWS] @ self.axes
            for at, centroids in enumerate(self.stages):
                of_rows[:, at] = _nearest(rest, centroids, halves[at])
                rest -= centroids[of_rows[:, at]]
            runs = np.split(rest, len(self.parts), axis=1)
            for at, (run, centroids) in enumerate(zip(runs, self.parts, strict=True), len(self.stages)):
                of_rows[:, at] = _nearest(run, centroids, halves[at])
        return codes

    def decode(self, codes: Codes) -> Rows:
        """Give rows on the axes, float32 (n, axes): their products with others are nearly those of what was encoded."""
        rows = self._sums(codes)
        rows /= self._lengths(rows)[:, None]
        return rows

    def lengths(self, codes: Codes) -> Rows:
        """Give by what `decode` divides each row that codes add up to: float32 (n,)."""
        return self._lengths(self._sums(codes))

    def products(self, codes: Codes, lengths: Rows, columns: Rows, at_once: int) -> Rows:
        """Multiply what `decode` gives with ``columns``, in a third of the time: centroids are multiplied only once.

        Args:
            codes: uint8 (n, width).
            lengths: their `lengths`.
            columns: float32 (axes, m).
            at_once: codes taken together, so that what is decoded of them stays in the processor's own memory.

        Returns:
            float32 (n, m).
        """
        products = np.empty((len(codes), columns.shape[1]), np.float32)
        of_stages = [centroids @ columns for centroids in self.stages]
        for start in range(0, len(codes), at_once):
            some, rows = codes[start : start + at_once], products[start : start + at_once]
            np.matmul(self._rests(some), columns, out=rows)
            for at, of_centroids in enumerate(of_stages):
                rows += of_centroids.take(some[:, at], axis=0)
        products /= lengths[:, None]
        return products

    def _rests(self, codes: Codes) -> Rows:
        of_part = 256 * np.arange(len(self.parts)) + codes[:, len(self.stages) :]
        rows = self.parts.reshape(-1, self.parts.shape[2]).take(of_part, axis=0)
        return rows.reshape(len(codes), self.axes.shape[1])

    def _sums(self, codes: Codes) -> Rows:
        rows = self._rests(codes)
        for at, centroids in enumerate(self.stages):
            rows += centroids.take(codes[:, at], axis=0)
        return rows

    def _lengths(self, rows: Rows) -> Rows:
        lengths: Rows = np.maximum(self.kept * np.sqrt(np.einsum("ij,ij->i", rows, rows)), np.finfo(np.float32).tiny)
        return lengths


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class TokenCodes:
    """The tokens of one text that are kept: their codes (uint8, (tokens, width)) and half-open ranges of the text.

    ``places`` are the ranges, int32 (tokens, 2), in order; ``lengths`` are those of their codes (`Codebook.lengths`).
    """

    codes: Codes
    places: NDArray[np.int32]
    lengths: Rows

    @property
    def offsets(self) -> tuple[tuple[int, int], ...]:
        """The ranges as pairs."""
        return tuple((start, end) for start, end in self.places.tolist())

    @property
    def size(self) -> int:
        """Bytes of memory, nearly."""
        return self.codes.nbytes + self.lengths.nbytes + self.places.nbytes + _AN_ARRAY * 3


def codebook(model_digest: str, dimension: int) -> Codebook:
    """Give the codebook of a model, by the hash of its weights: its own, or one of four bits a number for any other.

    From then on this process multiplies in one thread (`use_one_thread`).

    Raises:
        ValueError: it has none and its dimension is odd.
    """
    use_one_thread()
    digest, fitted = _fitted()
    return fitted if model_digest == digest else _four_bits(dimension)


def pack(texts: Iterable[tuple[str, Sequence[tuple[int, int]], Rows]], book: Codebook) -> Iterator[bytes]:
    """Give the bytes that keep each text's token vectors; many together take a quarter less time than one by one.

    Punctuation is left out, and so are stop words: no question asks for them.

    Args:
        texts: each with the half-open ranges of its tokens and their vectors, float32 (tokens, dimension), unit rows.
        book: of the model.
    """
    places, rows = [np.empty((0, 2), np.int64)], [np.empty((0, len(book.axes)), np.float32)]
    for text, offsets, vectors in texts:
        kept = _kept(text, offsets)
        places.append(np.array([offsets[at] for at in kept], np.int64).reshape(-1, 2))
        rows.append(np.asarray(vectors, np.float32)[kept])
    codes = np.split(book.encode(np.concatenate(rows)), np.cumsum([len(ranges) for ranges in places]))
    for (starts, ends), coded in zip((ranges.T for ranges in places[1:]), codes[1:], strict=False):
        lengths = np.minimum(ends - starts, _MOST_LETTERS).astype(np.uint8)
        yield b"".join((starts.astype("<u2").tobytes(), lengths.tobytes(), coded.tobytes()))


def join(first: bytes, second: bytes, book: Codebook) -> bytes:
    """Put what `pack` gave for two stretches of one text into one, the first before the second."""
    ends = [0, 2, 3, 3 + book.width]
    counts = [len(data) // ends[-1] for data in (first, second)]
    columns = itertools.pairwise(ends)
    return b"".join(
        data[start * n : end * n] for start, end in columns for data, n in zip((first, second), counts, strict=True)
    )


def unpack(data: bytes, book: Codebook, before: int = 0) -> TokenCodes:
    """Undo `pack` for one text; see `unpack_all`."""
    return unpack_all([(data, before)], book)[0]


def unpack_all(packed: Sequence[tuple[bytes, int]], book: Codebook) -> list[TokenCodes]:
    """Undo `pack`, up to the coding, for many texts at once: one by one they take three times as long.

    Args:
        packed: what `pack` gave, each with how many characters of the text are before the part that offsets shall
            count from.
        book: of the model.
    """
    counts = [len(data) // (3 + book.width) for data, _ in packed]
    every = [
        np.frombuffer(data, np.uint8, count * book.width, 3 * count).reshape(count, book.width)
        for (data, _), count in zip(packed, counts, strict=True)
    ]
    joined = np.concatenate([*every, np.empty((0, book.width), np.uint8)])
    lengths = np.concatenate([book.lengths(joined[at : at + _AT_ONCE]) for at in range(0, len(joined) or 1, _AT_ONCE)])
    made, first = [], 0
    for (data, before), count, codes in zip(packed, counts, every, strict=True):
        places = np.empty((count, 2), np.int32)
        places[:, 0] = np.frombuffer(data, "<u2", count)
        places[:, 0] -= before
        np.add(places[:, 0], np.frombuffer(data, np.uint8, count, 2 * count), out=places[:, 1])
        made.append(TokenCodes(codes, places, lengths[first : first + count].copy()))
        first += count
    return made


def _kept(text: str, offsets: Sequence[tuple[int, int]]) -> list[int]:
    """Say which tokens of a text are kept."""
    said = [at for at, (start, end) in enumerate(offsets) if end <= _LONGEST and any(map(str.isalnum, text[start:end]))]
    return [at for at in said if not _is_stop_word(text, *offsets[at])] or said


def _is_stop_word(text: str, start: int, end: int) -> bool:
    """Whether a token is a stop word, and no piece of another word."""
    whole = not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
    return whole and text[start:end].lower() in STOP_WORDS


def _nearest(rows: Rows, centroids: Rows, halves: Rows) -> NDArray[np.intp]:
    """Give each row's nearest centroid; ``halves`` are half their squared lengths."""
    nearness = rows @ centroids.T
    nearness -= halves
    near: NDArray[np.intp] = nearness.argmax(axis=1)
    return near


@cache
def _fitted() -> tuple[str, Codebook]:
    """Read the packaged model's codebook, with the hash of the weights that it is for."""
    kept = read_arrays(_FITTED, ("axes", "stages", "parts", "model", "kept"))
    axes, stages, parts = (np.asarray(kept[name], np.float32) for name in ("axes", "stages", "parts"))
    return str(kept["model"]), Codebook(axes, stages, parts, float(kept["kept"]))


@cache
def _four_bits(dimension: int) -> Codebook:
    """Make the codebook of an unknown model: two axes are a code of four bits each."""
    if dimension % 2:
        message = f"vectors have {dimension} parts; four-bit codes need an even number"
        raise ValueError(message)
    levels = ((np.arange(_STEPS) - _STEPS / 2 + 0.5) * _STEP / np.sqrt(dimension)).astype(np.float32)
    pairs = np.stack(np.meshgrid(levels, levels, indexing="ij"), axis=-1).reshape(1, 256, 2)
    parts = np.broadcast_to(pairs, (dimension // 2, 256, 2))
    return Codebook(np.eye(dimension, dtype=np.float32), np.empty((0, 256, dimension), np.float32), parts)
