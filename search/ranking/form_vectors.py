"""Token vectors of the other forms of words (long forms of acronyms, synonyms), kept from one question to the next."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.encoding.encoder import Encoder, TokenVectors
from search.bounds import BOUNDS
from search.memory import Cache, Memory


class Forms:
    """The tokens of other forms of words, those used last. Safe to use from several threads.

    Each is embedded by itself, not in the question: so it is done once, and was measured to rank no worse.
    """

    def __init__(self, memory: Memory, encoder: Encoder) -> None:
        self._library = memory.library
        self._encoder = encoder
        self._kept: Cache[str, TokenVectors] = Cache(memory, BOUNDS.kept_forms)

    def tokens(self, forms: Sequence[str]) -> list[TokenVectors]:
        """Give the tokens of each form, embedding those that are new."""
        # Long forms are words of papers: they go when the archive changes, as all else that is kept of it.
        with self._library.snapshot() as state:
            kept = self._kept.kept(state, forms)
            new = [form for form in dict.fromkeys(forms) if form not in kept]
            made = dict(zip(new, self._encoder.encode_tokens(new), strict=True))
            self._kept.keep(state, made)
        return [(kept | made)[form] for form in forms]
