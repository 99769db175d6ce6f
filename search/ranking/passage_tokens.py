"""Passages, their token vectors as the archive keeps them, and their words; those used last stay in memory."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.archive import Codebook, TokenCodes, codebook, embedded_text, to_embed, unpack_all
from indexer.encoding.embedding import Embedder
from indexer.encoding.encoder import Encoder
from indexer.records import StoredPassage
from search.bounds import BOUNDS
from search.memory import Cache, Memory


class TokenCache:
    """The passages used last, and their token vectors up to a number of bytes. Safe to use from several threads.

    ``book`` is the codebook of the archive's model, by which they are read.
    """

    def __init__(self, memory: Memory, encoder: Encoder, most_bytes: int) -> None:
        self.book = codebook(encoder.identity.digest, encoder.dimension)
        self._library = memory.library
        self._embedder = Embedder(encoder)
        self._passages: Cache[int, StoredPassage] = Cache(memory, BOUNDS.kept_passages)
        self._kept: Cache[int, TokenCodes] = Cache(memory, most_bytes, lambda tokens: tokens.size)
        self._sketches: Cache[int, NDArray[np.uint8]] = Cache(memory, BOUNDS.kept_passages)

    def passages(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        """Give passages by id; ids that are gone are left out."""
        with self._library.snapshot() as state:
            kept = self._passages.kept(state, ids)
            fetched = dict(self._library.passages([id for id in ids if id not in kept]))
            self._passages.keep(state, fetched)
        return kept | fetched

    def get(self, stored: Sequence[StoredPassage]) -> dict[int, TokenCodes]:
        """Give the token vectors of passages by id, encoding those that neither memory nor the archive holds.

        Headings and a table's header are included; their offsets, before the passage's text, are negative.
        """
        with self._library.snapshot() as state:
            kept = self._kept.kept(state, [one.id for one in stored])
            missing = [one for one in stored if one.id not in kept]
            made = self._made(missing)
            self._kept.keep(state, made)
        return kept | made

    def texts(self, stored: Sequence[StoredPassage]) -> list[str]:
        """Give the texts that the archive embedded: headings and a table's header, then the passage."""
        return [embedded_text(one.passage, "\n".join(one.headers)) for one in stored]

    def sketches(self, stored: Sequence[StoredPassage]) -> NDArray[np.float32]:
        """Give the words of each passage by their hashes, 1 for a bucket that holds one: float32 (n, 512)."""
        with self._library.snapshot() as state:
            kept = self._sketches.kept(state, [one.id for one in stored])
            made = {one.id: _sketch(one.passage.text) for one in stored if one.id not in kept}
            self._sketches.keep(state, made)
        every = kept | made
        packed = np.array([every[one.id] for one in stored], np.uint8).reshape(-1, BOUNDS.word_buckets // 8)
        return np.unpackbits(packed, axis=1).astype(np.float32)

    def _made(self, missing: Sequence[StoredPassage]) -> dict[int, TokenCodes]:
        """Fetch token vectors of the archive, or encode what it has none of."""
        texts = {one.id: to_embed(one.passage, "\n".join(one.headers)) for one in missing}
        packed = dict(self._library.tokens([one.id for one in missing]))
        unkept = {id: text.hash for id, text in texts.items() if id not in packed}
        made = self._embedder.make({hashed: texts[id] for id, hashed in unkept.items()})
        packed |= {id: made.tokens[hashed] for id, hashed in unkept.items()}
        own = [(packed[one.id], len(texts[one.id].whole) - len(one.passage.text)) for one in missing]
        return dict(zip((one.id for one in missing), unpack_all(own, self.book), strict=True))


def _sketch(text: str) -> NDArray[np.uint8]:
    said = np.zeros(BOUNDS.word_buckets, np.uint8)
    said[list(map(_bucket, set(text.lower().split())))] = 1
    return np.packbits(said)


# Passages say the same words over and over. Python's own hashes differ from process to process.
@lru_cache(maxsize=65_536)
def _bucket(word: str) -> int:
    return crc32(word.encode()) % BOUNDS.word_buckets


_halves = ThreadPoolExecutor(thread_name_prefix="comparing")


def similarities(
    question: NDArray[np.float32], tokens: Sequence[TokenCodes], book: Codebook
) -> tuple[list[NDArray[np.float32]], NDArray[np.float32]]:
    """Compare every token of a question with every token of each passage.

    Args:
        question: float32 (n, dimension), unit rows.
        tokens: one entry a passage, one passage at least.
        book: reads their codes.

    Returns:
        For each passage, cosines as float32 (n, its tokens). And the best match of each token of the question in each
        passage, 0 at least: float32 (passages, n).
    """
    codes, lengths = np.concatenate([one.codes for one in tokens]), np.concatenate([one.lengths for one in tokens])
    columns = np.ascontiguousarray((question @ book.axes).T)
    # Half of them in another thread: numpy lets both compute at once.
    at_once = BOUNDS.tokens_at_once
    half = len(codes) // at_once // 2 * at_once
    first = _halves.submit(book.products, codes[:half], lengths[:half], columns, at_once)
    last = book.products(codes[half:], lengths[half:], columns, at_once)
    cosines = np.concatenate([first.result(), last])
    ends = np.cumsum([len(one.codes) for one in tokens])
    highest = np.zeros((len(tokens), len(question)), np.float32)
    starts = ends - [len(one.codes) for one in tokens]
    some = starts < ends
    highest[some] = np.maximum.reduceat(cosines, starts[some], axis=0) if some.any() else 0.0
    places = zip(starts.tolist(), ends.tolist(), strict=True)
    return [cosines[start:end].T for start, end in places], np.maximum(highest, 0.0)
