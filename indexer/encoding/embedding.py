"""Vectors for passages and for their tokens, as the archive keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from indexer.archive import EmbeddedText, codebook, join, pack
from indexer.encoding.protocol import Encoder, Vectors

# Texts that are embedded in one go. Token vectors of more would fill the memory, and a run that is stopped ends with
# the portion at hand; fewer would leave batches half empty.
_AT_ONCE: Final = 256
# What the headings around a passage's own weigh in its vector: as good as reading all in one, .3 or their share of the
# tokens are a little worse, none is much worse (benchmarks/tried.md).
_AROUND: Final = 0.15
_REMEMBERED: Final = 4096  # headings around passages, some 3 kB each


@dataclass(frozen=True, slots=True)
class Made:
    """What an encoder made of texts, by their `text_hash`: ``rows`` float32 (dim,), ``tokens`` packed."""

    rows: dict[str, Vectors]
    tokens: dict[str, bytes]

    @classmethod
    def joined(cls, parts: Iterable[Made]) -> Made:
        """Return all that several hold."""
        whole = cls({}, {})
        for part in parts:
            whole.rows.update(part.rows)
            whole.tokens.update(part.tokens)
        return whole


def portions(texts: Mapping[str, EmbeddedText]) -> Iterator[dict[str, EmbeddedText]]:
    """Divide texts into what is embedded in one go: those of like length together, so that little is padded."""
    entries = sorted(texts.items(), key=lambda entry: len(entry[1].own))
    for start in range(0, len(entries), _AT_ONCE):
        yield dict(entries[start : start + _AT_ONCE])


class Embedder:
    """Makes the vectors of passages and of their tokens. Safe between threads.

    A passage is read with its innermost heading; the headings around that one, a quarter of all words and the same for
    many passages, are read once for all of them. Its tokens are those of both, its vector is between the two.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._book = codebook(encoder.identity.digest, encoder.dimension)
        self._around: dict[str, tuple[Vectors, bytes]] = {}

    def make(self, texts: Mapping[str, EmbeddedText]) -> Made:
        """Embed texts, given by their `text_hash`, with a vector for each token."""
        made = Made({}, {})
        for some in portions(texts):
            known = self._around
            new = sorted({text.around for text in some.values()} - known.keys() - {""})
            rows, packed = self._read([*((one, 0) for one in new), *((t.whole, len(t.around)) for t in some.values())])
            known = known | dict(zip(new, zip(rows, packed, strict=False), strict=False))
            self._around = known if len(known) <= _REMEMBERED else {}
            for hashed, text, row, codes in zip(some, some.values(), rows[len(new) :], packed[len(new) :], strict=True):
                made.rows[hashed], made.tokens[hashed] = row, codes
                if text.around:
                    above, first = known[text.around]
                    mixed = _AROUND * above + (1 - _AROUND) * row
                    made.rows[hashed] = mixed / np.linalg.norm(mixed)
                    made.tokens[hashed] = join(first, codes, self._book)
        return made

    def _read(self, texts: Sequence[tuple[str, int]]) -> tuple[Vectors, list[bytes]]:
        """Embed each text from a letter on: float32 (texts, dim), and its tokens packed, with places in the whole."""
        rows, parts = self._encoder.encode_whole([text[start:] for text, start in texts])
        placed = (
            (text, [(start + first, start + end) for first, end in part.offsets], part.vectors)
            for (text, start), part in zip(texts, parts, strict=True)
        )
        return rows, list(pack(placed, self._book))
