"""Vectors of a question, and of the other forms of its words (long forms of acronyms, synonyms), which are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.encoding.encoder import Encoder, TokenVectors
from search.bounds import BOUNDS
from search.memory import Cache, Memory

# What `Encoder.encode_whole` gives.
Embedded: TypeAlias = tuple[NDArray[np.float32], list[TokenVectors]]


class Forms:
    """The tokens of questions and of other forms of words, of those the ones used last. Safe between threads.

    Each form is embedded by itself, not in the question: so it is done once, and was measured to rank no worse.
    """

    def __init__(self, memory: Memory, encoder: Encoder) -> None:
        self._library = memory.library
        self._encoder = encoder
        self._kept: Cache[str, TokenVectors] = Cache(memory, BOUNDS.kept_forms)
        self._threads = ThreadPoolExecutor(thread_name_prefix="embedding")

    def embed(self, question: str) -> Callable[[], Embedded]:
        """Begin to embed a question, as a whole and token by token; what is given waits for that."""
        return self._threads.submit(self._encoder.encode_whole, [question]).result

    def tokens(self, forms: Sequence[str]) -> list[TokenVectors]:
        """Give the tokens of each form, embedding those that are new."""
        # Long forms are words of papers: they go when the archive changes, as all else that is kept of it.
        with self._library.snapshot() as state:
            kept = self._kept.kept(state, forms)
            new = [form for form in dict.fromkeys(forms) if form not in kept]
            made = dict(zip(new, self._encoder.encode_tokens(new), strict=True))
            self._kept.keep(state, made)
        return [(kept | made)[form] for form in forms]
