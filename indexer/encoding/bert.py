"""A BERT as a graph of OpenVINO, made from its weights and configuration alone, so that no torch is installed for it.

Source: Devlin et al. 2019, as the transformers package computes it; tests/indexer compare the two.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.encoding import weights

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_SCALE = 2.0  # of low-rank changes, as they were trained
_TABLES = ("word", "token_type", "position")


def converted(cache: Path | None = None) -> Path:
    """Give the folder of the default weights as OpenVINO reads them, with their tokenizer; made first where need be.

    Args:
        cache: parent folder of converted models; see `indexer.encoding.weights.cache_folder`.

    Raises:
        ModelError: the weights are missing or not the expected bytes.
    """
    # Half-precision weights would save 45 MB and cost digits of every vector.
    return _kept(weights.DEFAULT_DIGEST, cache, lambda source: (graph(source), False))


def converted_for_pairs(adapter: Path, cache: Path | None = None) -> Path:
    """Do the same for the `scoring_graph` of a file of changes to these weights; errors as of `converted`."""
    # An order of ten passages needs no more digits.
    return _kept(
        weights.file_digest(adapter), cache, lambda source: (scoring_graph(source, adapted(source, adapter)), True)
    )


def _kept(digest: str, cache: Path | None, make: Callable[[Path], tuple[Any, bool]]) -> Path:
    """Give the folder of a converted model; ``make`` gives its graph, and whether it is kept in half precision."""

    def write(folder: Path) -> None:
        import openvino

        source = weights.packaged_folder()
        weights.check(source / "model.safetensors", weights.DEFAULT_DIGEST)
        made, half = make(source)
        openvino.save_model(made, folder / "model.xml", compress_to_fp16=half)
        (folder / "tokenizer.json").write_bytes((source / "tokenizer.json").read_bytes())

    folder = weights.cache_folder(digest, _made(), cache)
    return folder if weights.intact(folder) else weights.keep(folder, write)


def _made() -> str:
    """Say how this module makes a copy: a hash of its own text and of OpenVINO's version."""
    import openvino

    return hashlib.sha256(Path(__file__).read_bytes() + openvino.__version__.encode()).hexdigest()[:16]


def graph(folder: Path) -> Any:  # noqa: ANN401 - openvino ships no types that mypy is shown here
    """Build the model whose config.json and model.safetensors are in a folder, without its pooling layer.

    Its inputs are ``input_ids`` and ``attention_mask``, int64 (batch, tokens); its output is the last hidden states,
    float32 (batch, tokens, dimension).
    """
    import openvino

    layers, (ids, mask) = _of(folder), _inputs(_INPUTS[:2])
    return openvino.Model([layers.states(ids, mask)], [ids, mask], "bert")


def scoring_graph(folder: Path, adapted: Mapping[str, NDArray[np.float32]]) -> Any:  # noqa: ANN401 - as above
    """Build the same model for pairs of texts, with other weights and two numbers for each token.

    Its inputs are those of `graph` and ``token_type_ids``, 0 for the first text and 1 for the second; its output is
    float32 (batch, tokens, 2): the first number, of which the first token's is meant, is of the pair, the second of
    the token.

    Args:
        folder: of the model.
        adapted: weights by their names, in place of the model's; ``head.weight``, float32 (2, dimension), and
            ``head.bias`` (2,) make the numbers of the last states.
    """
    import openvino

    layers, (ids, mask, kinds) = _of(folder, adapted), _inputs(_INPUTS)
    return openvino.Model([layers.linear(layers.states(ids, mask, kinds), "head")], [ids, mask, kinds], "cross-encoder")


def adapted(folder: Path, adapter: Path) -> dict[str, NDArray[np.float32]]:
    """Give the weights of a model that low-rank changes make others, by their names.

    Args:
        folder: of the model.
        adapter: a file of arrays: of each layer that is changed ``NAME.up`` (rows, rank) and ``NAME.down`` (rank,
            columns), int8 with a scale for each row; and whole weights and biases.
    """
    from safetensors.numpy import load_file

    packaged = load_file(folder / "model.safetensors")
    with np.load(adapter, allow_pickle=False) as kept:
        arrays = {name: kept[name].astype(np.float32) for name in kept.files}
    whole = {name: array for name, array in arrays.items() if name.endswith((".weight", ".bias"))}
    for name in [one.removesuffix(".down") for one in arrays if one.endswith(".down")]:
        up, down = (arrays[f"{name}.{part}"] * arrays[f"{name}.{part}_scale"][:, None] for part in ("up", "down"))
        whole[f"{name}.weight"] = packaged[f"{name}.weight"] + _SCALE * up @ down
    return whole


def tokenizer(folder: Path) -> Any:  # noqa: ANN401 - tokenizers ships no types
    """Load a model's tokenizer, which neither pads nor cuts. It may not be used by two threads at once."""
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(folder / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def _of(folder: Path, adapted: Mapping[str, NDArray[np.float32]] | None = None) -> _Layers:
    from openvino import opset13 as ops
    from safetensors.numpy import load_file

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return _Layers(ops, load_file(folder / "model.safetensors") | dict(adapted or {}), config)


def _inputs(names: Sequence[str]) -> list[Any]:
    from openvino import opset13 as ops

    inputs = [ops.parameter([-1, -1], np.int64) for _ in names]
    for given, name in zip(inputs, names, strict=True):
        given.output(0).get_tensor().set_names({name})
    return inputs


@dataclass(frozen=True, slots=True)
class _Layers:
    """The parts of a BERT: ``ops`` are OpenVINO's operations, ``weights`` arrays by name, ``config`` its numbers."""

    ops: Any
    weights: dict[str, Any]
    config: dict[str, Any]

    def states(self, ids: Any, mask: Any, kinds: Any = None) -> Any:  # noqa: ANN401
        ops = self.ops
        # Nothing is read from padding: what is added to its scores leaves it no share.
        padded = ops.subtract(np.float32(1), ops.convert(ops.unsqueeze(mask, [1, 2]), np.float32))
        hidden = ops.multiply(padded, np.finfo(np.float32).min)
        states = self._embedded(ids, kinds)
        for number in range(self.config["num_hidden_layers"]):
            states = self._layer(states, hidden, f"encoder.layer.{number}")
        return states

    def _embedded(self, ids: Any, of_kinds: Any) -> Any:  # noqa: ANN401
        ops = self.ops
        words, kinds, places = (self.weights[f"embeddings.{one}_embeddings.weight"] for one in _TABLES)
        count = ops.unsqueeze(ops.gather(ops.shape_of(ids), 1, 0), 0)
        said = ops.add(ops.gather(words, ids, 0), kinds[0] if of_kinds is None else ops.gather(kinds, of_kinds, 0))
        return self._normalised(ops.add(said, ops.slice(places, [0], count, [1], [0])), "embeddings")

    def _layer(self, states: Any, hidden: Any, name: str) -> Any:  # noqa: ANN401
        read = self._attended(states, hidden, f"{name}.attention")
        inner = self.ops.gelu(self.linear(read, f"{name}.intermediate.dense"), "erf")
        return self._normalised(self.ops.add(self.linear(inner, f"{name}.output.dense"), read), f"{name}.output")

    def _attended(self, states: Any, hidden: Any, name: str) -> Any:  # noqa: ANN401
        ops, heads = self.ops, self.config["num_attention_heads"]
        wide = self.config["hidden_size"] // heads
        query, key, value = (
            ops.transpose(
                ops.reshape(self.linear(states, f"{name}.self.{one}"), [0, 0, heads, wide], special_zero=True),
                [0, 2, 1, 3],
            )
            for one in ("query", "key", "value")
        )
        scores = ops.multiply(ops.matmul(query, key, transpose_a=False, transpose_b=True), np.float32(wide**-0.5))
        shares = ops.softmax(ops.add(scores, hidden), -1)
        read = ops.transpose(ops.matmul(shares, value, transpose_a=False, transpose_b=False), [0, 2, 1, 3])
        together = self.linear(ops.reshape(read, [0, 0, heads * wide], special_zero=True), f"{name}.output.dense")
        return self._normalised(ops.add(together, states), f"{name}.output")

    def linear(self, states: Any, name: str) -> Any:  # noqa: ANN401
        product = self.ops.matmul(states, self.weights[f"{name}.weight"], transpose_a=False, transpose_b=True)
        return self.ops.add(product, self.weights[f"{name}.bias"])

    def _normalised(self, states: Any, name: str) -> Any:  # noqa: ANN401
        unit = self.ops.mvn(
            states, [-1], normalize_variance=True, eps=self.config["layer_norm_eps"], eps_mode="inside_sqrt"
        )
        scaled = self.ops.multiply(unit, self.weights[f"{name}.LayerNorm.weight"])
        return self.ops.add(scaled, self.weights[f"{name}.LayerNorm.bias"])
