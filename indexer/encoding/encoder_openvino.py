"""The default model through OpenVINO: the same weights four to five times as fast as through torch.

The only importer of tokenizers. The weights are converted once (`indexer.encoding.bert`) and kept with their hash.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.encoding import bert, weights
from indexer.encoding.protocol import TokenVectors, Vectors, batches
from indexer.records import ModelIdentity

# openvino reports its every import to its maker unless its reporting package is missing. A public body's search
# engine must not; it then falls back to its own stub.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]

TOKEN_LIMIT = 256  # what the model was trained with (sentence_bert_config.json)
_DIMENSION = 384
# This mode multiplies in bfloat16 where the processor has units for it (AMX, AVX-512 BF16), else in single precision.
# each core has its own batches: two that share one wait for each other, a seventh of the time.
_COMPUTING = {"PERFORMANCE_HINT": "THROUGHPUT", "EXECUTION_MODE_HINT": "PERFORMANCE"}
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
        import openvino
        from tokenizers import Tokenizer

        folder = bert.converted(cache)
        self.identity = ModelIdentity(weights.DEFAULT, weights.DEFAULT_DIGEST, _DIMENSION)
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        core = openvino.Core()
        model = core.compile_model(folder / "model.xml", "CPU", _COMPUTING)
        self.precision: str = model.get_property("INFERENCE_PRECISION_HINT").get_type_name()
        # Neither a tokenizer nor a request may be used by two threads at once.
        self._lock = threading.Lock()
        self._requests: SimpleQueue[Any] = SimpleQueue()
        streams = int(model.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))
        for _ in range(streams):
            self._requests.put(model.create_infer_request())
        self._threads = ThreadPoolExecutor(streams)

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
        # A question is one batch: it needs no other thread.
        ran = self._threads.map(self._ran, chosen, widths) if len(groups) > 1 else map(self._ran, chosen, widths)
        return zip(groups, chosen, ran, strict=True)

    def _ran(self, encodings: Sequence[Any], width: int) -> Vectors:
        """Run the model on one batch, padded to ``width`` tokens: its hidden states."""
        ids = np.zeros((len(encodings), width), np.int64)
        for line, encoding in zip(ids, encodings, strict=True):
            cut = encoding.ids[:TOKEN_LIMIT]
            line[: len(cut)] = cut
            line[len(cut) - 1] = encoding.ids[-1]  # a text cut short still ends in [SEP]
        request = self._requests.get()
        try:
            result = request.infer({"input_ids": ids, "attention_mask": _mask(encodings, width)})
            return np.array(result[0], np.float32)
        finally:
            self._requests.put(request)


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
