"""Any sentence-transformers model through torch: slower to start and to run, but it takes whatever the user names.

The only importer of torch and sentence-transformers, which `make run` does not install: the default model runs without
them (`indexer.encoding.encoder_openvino`), but for indexing on a graphics card.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import io
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexer.encoding import weights
from indexer.encoding.protocol import TokenVectors, Vectors
from indexer.errors import ModelError
from indexer.records import ModelIdentity

CARD = "cuda"


def card_usable() -> bool:
    """Whether torch is installed, was built for CUDA, and finds a card that it can use."""
    if not importlib.util.find_spec("torch"):
        return False
    import torch

    return bool(torch.cuda.is_available())


_PICKLES = (".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt")


class TorchEncoder:
    """A sentence-transformers model, pooled as its own configuration says (see `indexer.encoding.protocol.Encoder`)."""

    def __init__(
        self, name: str, device: str | None = None, known: tuple[str, str] | None = None, *, half: bool | None = None
    ) -> None:
        """Load a model by its name on the hub or its folder.

        Args:
            name: of the model, or its folder.
            device: as torch names it, "cuda" or "cpu"; the fastest there is otherwise.
            known: the name and weight hash that an archive knows the model by, where that is not its own. The
                hash must be that of the folder's weights file.
            half: compute in bfloat16; on a CUDA card otherwise, and nowhere else.

        Raises:
            ModelError: there is no such model here, none could be fetched, its weights are not the expected bytes, or
                packages for it are missing.
        """
        if not importlib.util.find_spec("sentence_transformers"):
            message = f"The model {name!r} needs further packages: run pip install -r requirements.txt"
            raise ModelError(message, path=name, expected="sentence-transformers")
        import torch
        from sentence_transformers import SentenceTransformer

        if known:
            weights.check(Path(name) / "model.safetensors", known[1])
        _refuse_pickles(name)
        try:
            with contextlib.redirect_stderr(io.StringIO()):  # progress bars
                self._model: Any = SentenceTransformer(name, device=device, model_kwargs={"use_safetensors": True})
        except (OSError, ValueError) as fault:
            message = f"No sentence-transformers model {name!r}: name a model on the hub or a folder that holds one"
            raise ModelError(message, path=name) from fault
        self._lock = threading.Lock()
        self.dimension = int(self._model.get_embedding_dimension())
        self.token_limit = int(self._model.max_seq_length or 512)
        # Hashed as loaded: the same model has the same name whatever it is computed in.
        self.identity = ModelIdentity(*(known or (name, _state_digest(self._model))), self.dimension)
        if half or (half is None and self._model.device.type == CARD):
            self._model.to(torch.bfloat16)

    def count_tokens(self, text: str) -> int:
        """Count the tokens of ``text``, special tokens included."""
        with self._lock:
            return len(self._model.tokenizer(text, truncation=False, verbose=False)["input_ids"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: float32, (len(texts), dimension), unit rows."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        with self._lock:
            rows = self._model.encode(
                list(texts), normalize_embeddings=True, convert_to_tensor=True, show_progress_bar=False
            )
        return _numbers(rows)

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Embed every token of every text; special tokens are left out."""
        if not texts:
            return []
        with self._lock:
            states = self._model.encode(list(texts), output_value="token_embeddings", show_progress_bar=False)
        return self._tokens(texts, states)

    def encode_whole(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
        """Do what `encode` and `encode_tokens` do, in one pass through the model."""
        if not texts:
            return self.encode(texts), []
        with self._lock:
            outputs = self._model.encode(list(texts), output_value=None, show_progress_bar=False)
        rows = np.stack([_numbers(one["sentence_embedding"]) for one in outputs])
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows, self._tokens(texts, [one["token_embeddings"] for one in outputs])

    def _tokens(self, texts: Sequence[str], states: Sequence[Any]) -> list[TokenVectors]:
        """Name the tokens of hidden states, text by text."""
        with self._lock:
            encoded = self._model.tokenizer(
                list(texts),
                truncation=True,
                max_length=self.token_limit,
                return_offsets_mapping=True,
                return_special_tokens_mask=True,
            )
            pieces = [self._model.tokenizer.convert_ids_to_tokens(ids) for ids in encoded["input_ids"]]
        return [
            _without_specials(pieces[i], encoded["offset_mapping"][i], encoded["special_tokens_mask"][i], states[i])
            for i in range(len(texts))
        ]


def _refuse_pickles(name: str) -> None:
    """Make sure that a folder's weights are safetensors; loading a pickle can run anything.

    Raises:
        ModelError: it holds weights as a pickle and not also as safetensors.
    """
    pickles = [path for ending in _PICKLES for path in Path(name).rglob(f"*{ending}")] if Path(name).is_dir() else []
    for path in pickles:
        if not any(path.parent.glob("*.safetensors")):
            message = f"The weights {path} are a pickle, which may run anything: convert them to safetensors"
            raise ModelError(message, path=str(path), expected="*.safetensors", found=path.name)


def _state_digest(model: Any) -> str:  # noqa: ANN401
    """Hash all weights by name, so that the same model has the same hash wherever its files lie."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().flatten().float().numpy().tobytes())
    return digest.hexdigest()


def _numbers(tensor: Any) -> Vectors:  # noqa: ANN401
    """A tensor's values, wherever it lies and whatever its precision; numpy has no bfloat16."""
    return np.asarray(tensor.detach().float().cpu().numpy(), np.float32)


def _without_specials(
    pieces: Sequence[str],
    offsets: Sequence[Sequence[int]],
    special: Sequence[int],
    states: Any,  # noqa: ANN401
) -> TokenVectors:
    kept = [i for i, flag in enumerate(special) if not flag]
    vectors = _numbers(states)[kept]
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return TokenVectors(
        tuple(pieces[i] for i in kept),
        tuple((int(offsets[i][0]), int(offsets[i][1])) for i in kept),
        vectors / np.maximum(norms, np.finfo(np.float32).tiny),
    )
