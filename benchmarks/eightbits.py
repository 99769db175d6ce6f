"""What eight bits would buy on this processor: the same encoder with its linear layers in int8, taking turns.

    python -m benchmarks.eightbits --archive DIR [--passages 300] [--rounds 3] [--threads 1 2]

Tokens, batches and pooling are the product's own; only what multiplies is exchanged: OpenVINO in the precision that it
chooses (what the product does), torch's dynamic int8 (per channel) and, where onnxruntime and onnx are installed, its
dynamic int8 (unsigned by signed, per channel, in seven bits, which is what a processor without VNNI needs). Prints
passages a second of processor time (the best round) and cosines with the product's vectors.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
import warnings
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.archive import Archive
from indexer.archive.hashes import embedded_text
from indexer.encoding import weights
from indexer.encoding.encoder_openvino import OpenVinoEncoder

_OWN = "OpenVINO, as in use"


def _traceable(folder: Path) -> Any:  # noqa: ANN401 - torch ships no types that mypy is shown here
    """Load a BERT from its folder as a torch module from (ids, mask) to the last hidden states, ready to be traced.

    Both inputs are int64 (batch, tokens); the output is float32 (batch, tokens, dimension).
    """
    import torch
    from transformers import BertModel
    from transformers.utils import logging

    class _States(torch.nn.Module):  # type: ignore[misc]  # torch is untyped here
        def __init__(self, bert: Any) -> None:  # noqa: ANN401
            super().__init__()
            self.bert = bert

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:  # noqa: ANN401
            return self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

    logging.disable_progress_bar()
    logging.set_verbosity_error()  # it reports the pooling layer that we leave out on purpose
    # "eager" attention is plain matrix algebra: no branch depends on the example that is traced.
    bert = BertModel.from_pretrained(
        folder, add_pooling_layer=False, attn_implementation="eager", local_files_only=True, use_safetensors=True
    )
    return _States(bert.eval())


def _example() -> dict[str, Any]:
    """Give inputs of the right types and rank to trace `_traceable` with."""
    import torch

    return {name: torch.ones((2, 8), dtype=torch.long) for name in ("input_ids", "attention_mask")}


class _Torch:
    """Linear layers in int8 by torch; called as OpenVINO's request is."""

    def __init__(self, threads: int) -> None:
        import torch

        self._threads = threads
        per_channel = torch.ao.quantization.per_channel_dynamic_qconfig
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch moves this to a package of its own
            self._model: Any = torch.ao.quantization.quantize_dynamic(
                _traceable(weights.packaged_folder()), {torch.nn.Linear: per_channel}
            )

    def infer(self, given: Mapping[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        """Hidden states of a padded batch."""
        import torch

        torch.set_num_threads(self._threads)
        with torch.inference_mode():
            made = self._model(torch.from_numpy(given["input_ids"]), torch.from_numpy(given["attention_mask"]))
        return [made.numpy()]


class _Onnx:
    """Linear layers in int8 by onnxruntime; called as OpenVINO's request is."""

    def __init__(self, threads: int) -> None:
        import onnxruntime
        import torch
        from onnxruntime.quantization import QuantType, quantize_dynamic

        names = ["input_ids", "attention_mask"]
        with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            whole, eight = Path(folder) / "whole.onnx", Path(folder) / "eight.onnx"
            torch.onnx.export(
                _traceable(weights.packaged_folder()),
                tuple(_example().values()),
                str(whole),
                input_names=names,
                output_names=["states"],
                dynamic_axes={name: {0: "texts", 1: "tokens"} for name in [*names, "states"]},
                dynamo=False,
            )
            given = {"per_channel": True, "reduce_range": True, "weight_type": QuantType.QInt8}
            quantize_dynamic(whole, eight, op_types_to_quantize=["MatMul"], **given)
            settings = onnxruntime.SessionOptions()
            settings.intra_op_num_threads = threads
            # A thread that waits by turning round counts as busy, and takes the time of others where cores are few.
            settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
            self._session: Any = onnxruntime.InferenceSession(str(eight), settings, ["CPUExecutionProvider"])

    def infer(self, given: Mapping[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        """Hidden states of a padded batch."""
        states: list[NDArray[np.float32]] = self._session.run(None, dict(given))
        return states


def main(arguments: Sequence[str] | None = None) -> int:
    """Take turns and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--passages", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args(arguments)
    texts = _texts(options.archive, options.passages)
    print(f"{len(texts)} passages\n{'':24} threads  passages/s by the clock  by processor  cosine mean, least")
    for threads in options.threads:
        encoders = _encoders(threads)
        rows = {name: model.encode(texts) for name, model in encoders.items()}  # the first run compiles shapes
        best = dict.fromkeys(encoders, (0.0, 0.0))
        for _ in range(options.rounds):
            for name, model in encoders.items():
                wall, processor = _rates(model, texts)
                best[name] = (max(best[name][0], wall), max(best[name][1], processor))
        for name, (wall, processor) in best.items():
            cosines = (rows[name] * rows[_OWN]).sum(axis=1)
            print(f"{name:24} {threads:7}  {wall:23.1f}  {processor:12.1f}  {cosines.mean():.5f}, {cosines.min():.5f}")
    return 0


def _texts(archive: Path, count: int) -> list[str]:
    """Passages spread evenly over an archive."""
    with closing(Archive.open(archive)) as held:
        stored = [one for paper in held.papers() for one in held.paper_passages(paper.id)]
    every = [embedded_text(one.passage, "") for one in stored]
    return every[:: max(1, len(every) // count)][:count]


def _encoders(threads: int) -> dict[str, OpenVinoEncoder]:
    """One encoder for each way to multiply, the product's own first."""
    found = {_OWN: _with(_openvino(threads)), "torch, int8": _with(_Torch(threads))}
    if importlib.util.find_spec("onnxruntime") and importlib.util.find_spec("onnx"):
        found["onnxruntime, int8"] = _with(_Onnx(threads))
    else:
        print("onnxruntime and onnx are not installed: left out")
    return found


def _with(request: Any) -> OpenVinoEncoder:  # noqa: ANN401
    made = OpenVinoEncoder()
    made._requests = SimpleQueue()
    made._requests.put(request)
    return made


def _openvino(threads: int) -> Any:  # noqa: ANN401
    """The product's own request, on so many threads."""
    import openvino

    settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": threads}
    file = weights.cache_folder(weights.DEFAULT_DIGEST) / "model.xml"
    return openvino.Core().compile_model(file, "CPU", settings).create_infer_request()


def _rates(model: OpenVinoEncoder, texts: Sequence[str]) -> tuple[float, float]:
    """Passages a second, by the clock and by processor time."""
    start, spent = time.perf_counter(), time.process_time()
    model.encode(texts)
    return len(texts) / (time.perf_counter() - start), len(texts) / (time.process_time() - spent)


if __name__ == "__main__":
    sys.exit(main())
