"""A BERT as a graph of OpenVINO, made from its weights and configuration alone, so that no torch is installed for it.

Source: Devlin et al. 2019, as the transformers package computes it; tests/indexer compare the two.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from indexer.encoding import weights

_INPUTS = ("input_ids", "attention_mask")
_TABLES = ("word", "token_type", "position")


def converted(cache: Path | None = None) -> Path:
    """Give the folder of the default weights as OpenVINO reads them, with their tokenizer; made first where need be.

    Args:
        cache: parent folder of converted models; see `indexer.encoding.weights.cache_folder`.

    Raises:
        ModelError: the weights are missing or not the expected bytes.
    """
    folder = weights.cache_folder(weights.DEFAULT_DIGEST, _made(), cache)
    return folder if weights.intact(folder) else weights.keep(folder, _write)


def _made() -> str:
    """Say how this module makes a copy: a hash of its own text and of OpenVINO's version."""
    import openvino

    return hashlib.sha256(Path(__file__).read_bytes() + openvino.__version__.encode()).hexdigest()[:16]


def _write(folder: Path) -> None:
    import openvino

    source = weights.packaged_folder()
    weights.check(source / "model.safetensors", weights.DEFAULT_DIGEST)
    # Half-precision weights would save 45 MB and cost digits of every vector.
    openvino.save_model(graph(source), folder / "model.xml", compress_to_fp16=False)
    (folder / "tokenizer.json").write_bytes((source / "tokenizer.json").read_bytes())


def graph(folder: Path) -> Any:  # noqa: ANN401 - openvino ships no types that mypy is shown here
    """Build the model whose config.json and model.safetensors are in a folder, without its pooling layer.

    Its inputs are ``input_ids`` and ``attention_mask``, int64 (batch, tokens); its output is the last hidden states,
    float32 (batch, tokens, dimension).
    """
    import openvino
    from openvino import opset13 as ops
    from safetensors.numpy import load_file

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    layers = _Layers(ops, load_file(folder / "model.safetensors"), config)
    ids, mask = (ops.parameter([-1, -1], np.int64) for _ in _INPUTS)
    for given, name in zip((ids, mask), _INPUTS, strict=True):
        given.output(0).get_tensor().set_names({name})
    # Nothing is read from padding: what is added to its scores leaves it no share.
    padded = ops.subtract(np.float32(1), ops.convert(ops.unsqueeze(mask, [1, 2]), np.float32))
    hidden = ops.multiply(padded, np.finfo(np.float32).min)
    states = layers.embedded(ids)
    for number in range(config["num_hidden_layers"]):
        states = layers.layer(states, hidden, f"encoder.layer.{number}")
    return openvino.Model([states], [ids, mask], "bert")


@dataclass(frozen=True, slots=True)
class _Layers:
    """The parts of a BERT: ``ops`` are OpenVINO's operations, ``weights`` arrays by name, ``config`` its numbers."""

    ops: Any
    weights: dict[str, Any]
    config: dict[str, Any]

    def embedded(self, ids: Any) -> Any:  # noqa: ANN401
        ops = self.ops
        words, kinds, places = (self.weights[f"embeddings.{one}_embeddings.weight"] for one in _TABLES)
        count = ops.unsqueeze(ops.gather(ops.shape_of(ids), 1, 0), 0)
        said = ops.add(ops.gather(words, ids, 0), kinds[0])
        return self._normalised(ops.add(said, ops.slice(places, [0], count, [1], [0])), "embeddings")

    def layer(self, states: Any, hidden: Any, name: str) -> Any:  # noqa: ANN401
        read = self._attended(states, hidden, f"{name}.attention")
        inner = self.ops.gelu(self._linear(read, f"{name}.intermediate.dense"), "erf")
        return self._normalised(self.ops.add(self._linear(inner, f"{name}.output.dense"), read), f"{name}.output")

    def _attended(self, states: Any, hidden: Any, name: str) -> Any:  # noqa: ANN401
        ops, heads = self.ops, self.config["num_attention_heads"]
        wide = self.config["hidden_size"] // heads
        query, key, value = (
            ops.transpose(
                ops.reshape(self._linear(states, f"{name}.self.{one}"), [0, 0, heads, wide], special_zero=True),
                [0, 2, 1, 3],
            )
            for one in ("query", "key", "value")
        )
        scores = ops.multiply(ops.matmul(query, key, transpose_a=False, transpose_b=True), np.float32(wide**-0.5))
        shares = ops.softmax(ops.add(scores, hidden), -1)
        read = ops.transpose(ops.matmul(shares, value, transpose_a=False, transpose_b=False), [0, 2, 1, 3])
        together = self._linear(ops.reshape(read, [0, 0, heads * wide], special_zero=True), f"{name}.output.dense")
        return self._normalised(ops.add(together, states), f"{name}.output")

    def _linear(self, states: Any, name: str) -> Any:  # noqa: ANN401
        product = self.ops.matmul(states, self.weights[f"{name}.weight"], transpose_a=False, transpose_b=True)
        return self.ops.add(product, self.weights[f"{name}.bias"])

    def _normalised(self, states: Any, name: str) -> Any:  # noqa: ANN401
        unit = self.ops.mvn(
            states, [-1], normalize_variance=True, eps=self.config["layer_norm_eps"], eps_mode="inside_sqrt"
        )
        scaled = self.ops.multiply(unit, self.weights[f"{name}.LayerNorm.weight"])
        return self.ops.add(scaled, self.weights[f"{name}.LayerNorm.bias"])
