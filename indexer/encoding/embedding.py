"""Vectors for passages and for their tokens, as the archive keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from indexer.archive import codebook, pack
from indexer.encoding.protocol import Encoder, Vectors

# Texts that are embedded in one go. Token vectors of more would fill the memory, and a run that is stopped ends with
# the portion at hand; fewer would leave batches half empty.
_AT_ONCE: Final = 256


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


def portions(texts: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Divide texts into what is embedded in one go: those of like length together, so that little is padded."""
    entries = sorted(texts.items(), key=lambda entry: len(entry[1]))
    for start in range(0, len(entries), _AT_ONCE):
        yield dict(entries[start : start + _AT_ONCE])


def make(encoder: Encoder, texts: Mapping[str, str]) -> Made:
    """Embed texts, given by their `text_hash`, with a vector for each token."""
    made = Made({}, {})
    book = codebook(encoder.identity.digest, encoder.dimension)
    for some in portions(texts):
        rows, parts = encoder.encode_whole(list(some.values()))
        made.rows.update(zip(some, rows, strict=True))
        of_texts = zip(some.values(), parts, strict=True)
        packed = pack(((text, part.offsets, part.vectors) for text, part in of_texts), book)
        made.tokens.update(zip(some, packed, strict=True))
    return made
