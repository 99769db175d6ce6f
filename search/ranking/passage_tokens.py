"""Token vectors of passages, as the archive keeps them; those used last stay in memory as long as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexer.archive import embedded_text
from indexer.encoding.encoder import Encoder
from indexer.encoding.token_codes import pack, unpack
from indexer.records import StoredPassage, cut
from search.memory import Cache, Memory

_AT_ONCE = 1024  # tokens that are compared together


@dataclass(frozen=True, slots=True, eq=False)
class PassageTokens:
    """A passage token by token, its headings included.

    ``codes`` (int8, (tokens, dimension)) times ``scales`` (float32, (tokens,)) are unit rows. ``offsets`` are half-open
    ranges of the passage's text; those of its headings, which stand before it, are negative.
    """

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]
    offsets: tuple[tuple[int, int], ...]

    @property
    def size(self) -> int:
        """Bytes of memory, nearly."""
        return self.codes.nbytes + 120 * len(self.offsets)


class TokenCache:
    """The token vectors of the passages used last, up to a number of bytes. Safe to use from several threads."""

    def __init__(self, memory: Memory, encoder: Encoder, most_bytes: int) -> None:
        self._library = memory.library
        self._encoder = encoder
        self._kept: Cache[int, PassageTokens] = Cache(memory, most_bytes, lambda tokens: tokens.size)

    def get(self, stored: Sequence[StoredPassage]) -> dict[int, PassageTokens]:
        """Give the token vectors of passages by id, encoding those that neither memory nor the archive holds."""
        with self._library.snapshot() as state:
            found = self._kept.found(state, [one.id for one in stored])
            missing = [one for one in stored if one.id not in found]
            made = self._made(missing)
            self._kept.keep(state, made)
        return found | made

    def _made(self, missing: Sequence[StoredPassage]) -> dict[int, PassageTokens]:
        """Fetch token vectors of the archive, or encode what it has none of."""
        texts = {one.id: self._embedded(one) for one in missing}
        packed = dict(self._library.tokens([one.id for one in missing]))
        unkept = [one.id for one in missing if one.id not in packed]
        encoded = self._encoder.encode_tokens([texts[id] for id in unkept])
        packed.update((id, pack(vectors)) for id, vectors in zip(unkept, encoded, strict=True))
        return {one.id: _unpacked(packed[one.id], len(texts[one.id]) - len(one.passage.text)) for one in missing}

    def _embedded(self, one: StoredPassage) -> str:
        """Give the text that the archive embedded: headings and the table's header, then the passage."""
        spans = one.passage.headers
        pages = {span.page: self._library.plain_page(one.paper.id, span.page) for span in spans}
        texts = {number: page.text if page else "" for number, page in pages.items()}
        return embedded_text(one.passage, cut(texts, spans))


def _unpacked(data: bytes, before: int) -> PassageTokens:
    tokens = unpack(data)
    offsets = tuple((start - before, end - before) for start, end in tokens.offsets)
    return PassageTokens(tokens.codes, tokens.scales, offsets)


def similarities(question: NDArray[np.float32], tokens: Sequence[PassageTokens]) -> list[NDArray[np.float32]]:
    """Compare every token of a question with every token of each passage.

    Args:
        question: float32 (n, dimension), unit rows.
        tokens: one entry a passage.

    Returns:
        For each passage, cosines as float32 (n, its tokens).
    """
    if not tokens:
        return []
    codes = np.concatenate([one.codes for one in tokens])
    cosines = np.empty((len(codes), len(question)), np.float32)
    columns = np.ascontiguousarray(question.T)
    # A thousand tokens at a time stay in the processor's own memory while they are made floats and multiplied.
    room = np.empty((min(_AT_ONCE, len(codes)), codes.shape[1]), np.float32)
    _use_one_thread()
    for start in range(0, len(codes), _AT_ONCE):
        some = codes[start : start + _AT_ONCE]
        room[: len(some)] = some
        np.matmul(room[: len(some)], columns, out=cosines[start : start + len(some)])
    cosines *= np.concatenate([one.scales for one in tokens])[:, None]
    ends = np.cumsum([len(one.codes) for one in tokens])
    return [part.T for part in np.split(cosines, ends[:-1])]


def highest(cosines: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Give the best match of each token of the question in each passage, 0 at least: float32 (passages, n)."""
    return np.stack([pairs.max(axis=1, initial=0.0) for pairs in cosines])


@cache
def _use_one_thread() -> None:
    """Let this process multiply matrices in one thread from now on.

    Ours are small: waiting for the other cores costs more than they give as soon as several people ask at once.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
