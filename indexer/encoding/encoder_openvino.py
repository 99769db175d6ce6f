"""The default model through OpenVINO: the same weights four to five times as fast as through torch.

The weights are converted once (`indexer.encoding.bert`) and kept with their hash.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.encoding import bert, weights
from indexer.encoding.compiled import Compiled
from indexer.encoding.protocol import TokenVectors, Vectors, batches
from indexer.records import ModelIdentity

TOKEN_LIMIT = 256  # what the model was trained with (sentence_bert_config.json)
_DIMENSION = 384
_STEP = 8  # lengths are padded up to a multiple, since every new shape costs OpenVINO a compilation


class OpenVinoEncoder:
    """all-MiniLM-L6-v2, mean-pooled and normalised (see `indexer.encoding.protocol.Encoder`).

    ``precision`` is what this machine's processor multiplies in: "f32", or "bf16" where it has units for that.
    """

    dimension = _DIMENSION
    token_limit = TOKEN_LIMIT

    def __init__(self, cache: Path | None = None) -> None:
        """Load the converted weights, converting them first where that was never done or they are damaged.

        Args:
            cache: parent folder of converted models; see `indexer.encoding.weights.cache_folder`.

        Raises:
            ModelError: the weights are missing or not the expected bytes.
        """
        folder = bert.converted(cache)
        self.identity = ModelIdentity(weights.DEFAULT, weights.DEFAULT_DIGEST, _DIMENSION)
        self._tokenizer = bert.tokenizer(folder)
        self._model = Compiled(folder / "model.xml")
        self.precision = self._model.precision
        self._lock = threading.Lock()  # no tokenizer may be used by two threads at once

    def count_tokens(self, text: str) -> int:
        """Count the tokens of ``text``, special tokens included."""
        with self._lock:
            return len(self._tokenizer.encode(text).ids)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: float32, (len(texts), dimension), unit rows."""
        vectors = np.empty((len(texts), _DIMENSION), np.float32)
        for rows, encodings, states in self._states(texts):
            vectors[rows] = _pooled(encodings, states)
        return vectors

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Embed every token of every text; special tokens are left out."""
        tokens: dict[int, TokenVectors] = {}
        for rows, encodings, states in self._states(texts):
            tokens.update(zip(rows, map(_inner, encodings, states), strict=True))
        return [tokens[row] for row in range(len(texts))]

    def encode_whole(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
        """Do what `encode` and `encode_tokens` do, in one pass through the model."""
        vectors = np.empty((len(texts), _DIMENSION), np.float32)
        tokens: dict[int, TokenVectors] = {}
        for rows, encodings, states in self._states(texts):
            vectors[rows] = _pooled(encodings, states)
            tokens.update(zip(rows, map(_inner, encodings, states), strict=True))
        return vectors, [tokens[row] for row in range(len(texts))]

    def _states(self, texts: Sequence[str]) -> Iterator[tuple[list[int], list[Any], Vectors]]:
        """Run the model batch by batch: positions in ``texts``, their encodings, hidden states (padded)."""
        with self._lock:
            encodings = self._tokenizer.encode_batch(list(texts))
        lengths = [-(-min(len(encoding.ids), TOKEN_LIMIT) // _STEP) * _STEP for encoding in encodings]
        groups = list(batches(lengths))
        chosen = [[encodings[row] for row in rows] for rows in groups]
        widths = [lengths[rows[0]] for rows in groups]
        ran = self._model.each(_inputs, chosen, widths)
        return zip(groups, chosen, ran, strict=True)


def _inputs(encodings: Sequence[Any], width: int) -> dict[str, NDArray[np.int64]]:
    """Make the model's inputs of one batch, padded to ``width`` tokens."""
    ids = np.zeros((len(encodings), width), np.int64)
    for line, encoding in zip(ids, encodings, strict=True):
        cut = encoding.ids[:TOKEN_LIMIT]
        line[: len(cut)] = cut
        line[len(cut) - 1] = encoding.ids[-1]  # a text cut short still ends in [SEP]
    return {"input_ids": ids, "attention_mask": _mask(encodings, width)}


def _mask(encodings: Sequence[Any], width: int) -> NDArray[np.int64]:
    """Mark the real tokens of a padded batch: int64 (batch, width) of 0 and 1."""
    lengths = np.array([min(len(encoding.ids), TOKEN_LIMIT) for encoding in encodings])
    return (np.arange(width)[None, :] < lengths[:, None]).astype(np.int64)


def _pooled(encodings: Sequence[Any], states: Vectors) -> Vectors:
    """Average the real tokens of a padded batch to unit rows: float32 (batch, dimension)."""
    mask = _mask(encodings, states.shape[1])[:, :, None]
    means = (states * mask).sum(axis=1) / mask.sum(axis=1)
    unit: Vectors = (means / np.linalg.norm(means, axis=1, keepdims=True)).astype(np.float32)
    return unit


def _inner(encoding: Any, state: Vectors) -> TokenVectors:  # noqa: ANN401 - tokenizers ships no types
    """Take a text's own tokens; first and last are the model's: [CLS] and [SEP], or, of a text cut short, the cut."""
    inner = slice(1, min(len(encoding.ids), TOKEN_LIMIT) - 1)
    vectors = state[inner]
    return TokenVectors(
        tuple(encoding.tokens[inner]),
        tuple(encoding.offsets[inner]),
        vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
    )
