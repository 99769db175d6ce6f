"""Token vectors as archives keep them: what the model that is trained reads, so that no text passes the encoder again.

At a question the vectors of its candidates lie in memory, so a reader over them costs only its own few layers (Gao, Dai
and Callan, "Modularized transformer-based ranking framework", EMNLP 2020).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.archive import Archive, Codebook, TokenCodes, pack, unpack
from indexer.encoding.protocol import Encoder
from indexer.text.words import STOP_WORDS
from search.settings import DEFAULT

Rows = NDArray[np.float32]
LONGEST = 110  # tokens of a passage that are read


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """All word pieces of a question, float32 (pieces, axes), and what each weighs, float32 (pieces,), 1 in all."""

    rows: Rows
    weights: Rows


class Vectors:
    """The vectors of texts on the codebook's axes, each text encoded once."""

    def __init__(self, encoder: Encoder, book: Codebook) -> None:
        self._encoder = encoder
        self._book = book
        self._asked: dict[str, Question] = {}
        self._read: dict[str, Rows] = {}
        self._decoded: dict[int, Rows] = {}

    def questions(self, texts: Sequence[str]) -> list[Question]:
        """Give questions with the weights that words have where no archive says how rare they are."""
        missing = list(dict.fromkeys(text for text in texts if text not in self._asked))
        for text, tokens in zip(missing, self._encoder.encode_tokens(missing), strict=True):
            weights = np.array([_weight(token) for token in tokens.tokens], np.float32)
            rows = (tokens.vectors @ self._book.axes).astype(np.float32)
            self._asked[text] = Question(rows, weights / max(float(weights.sum()), 1e-6))
        return [self._asked[text] for text in texts]

    def passages(self, texts: Sequence[str]) -> list[Rows]:
        """Give those word pieces of passages that an archive would keep, as it would keep them."""
        missing = list(dict.fromkeys(text for text in texts if text not in self._read))
        for text, tokens in zip(missing, self._encoder.encode_tokens(missing), strict=True):
            codes = unpack(pack(text, tokens.offsets, tokens.vectors, self._book), self._book, 0).codes
            self._read[text] = self._book.decode(codes[:LONGEST])
        return [self._read[text] for text in texts]

    def know(self, archive: Archive) -> None:
        """Take the vectors of an archive's passages, without those of the headings above them, by their texts."""
        for paper in archive.papers():
            stored = archive.paper_passages(paper.id)
            packed = archive.tokens([one.id for one in stored])
            for one in (one for one in stored if one.id in packed):
                codes = unpack(packed[one.id], self._book, 0)
                whole = max((end for _, end in codes.offsets), default=0)
                # Headings come before the text; the last piece may end before the text does, by a full stop or so.
                own = [at for at, (start, _) in enumerate(codes.offsets) if start >= whole - len(one.passage.text)]
                self._read[one.passage.text] = self._book.decode(codes.codes[own][:LONGEST])

    def kept(self, tokens: TokenCodes) -> Rows:
        """Give those that an archive kept; ``tokens`` must live as long as this does."""
        if id(tokens) not in self._decoded:
            self._decoded[id(tokens)] = self._book.decode(tokens.codes[:LONGEST])
        return self._decoded[id(tokens)]


def _weight(token: str) -> float:
    """Weigh a word piece as ranking weighs words of like rarity."""
    if not any(map(str.isalnum, token)):
        return 0.0
    return DEFAULT.stop if token in STOP_WORDS else 1.0


def padded(some: Sequence[Rows]) -> tuple[Rows, NDArray[np.bool_]]:
    """Put texts side by side: float32 (texts, longest, axes), and which rows are no padding."""
    longest = max(1, *(len(one) for one in some))
    rows = np.zeros((len(some), longest, some[0].shape[1]), np.float32)
    real = np.zeros((len(some), longest), bool)
    for at, one in enumerate(some):
        rows[at, : len(one)] = one
        real[at, : len(one)] = True
    return rows, real
