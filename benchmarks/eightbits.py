"""What eight bits would buy on a processor with VNNI: the product's encoder, its linear layers in int8 by OpenVINO.

    python -m benchmarks.eightbits --archive DIR --ranges SAMPLE [--spare] [--passages 160] [--rounds 3]
    python -m benchmarks.eightbits --archive DIR --ranges SAMPLE [--spare] --to COPY

Weights have a range for each row; what they are multiplied with has one range for each layer, as wide as in passages of
the archive SAMPLE: one of ``data/sample``, since ranges would have to be shipped. ``--spare`` leaves the last layer of
each block as it is, which is given the most uneven numbers. Prints milliseconds of processor time a passage (one
thread, the best of rounds that take turns) and cosines with what the product makes. With ``--to`` it copies the archive
instead and makes all vectors anew, so that ``benchmarks.judged --archives`` can ask it; questions are embedded as ever.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np

from indexer.archive import Archive, Writer, remodel
from indexer.archive.hashes import embedded_text
from indexer.encoding import bert
from indexer.encoding.embedding import make
from indexer.encoding.encoder_openvino import OpenVinoEncoder
from indexer.encoding.protocol import Vectors

_FOR_RANGES = 48
_ONE_THREAD = {"EXECUTION_MODE_HINT": "PERFORMANCE", "NUM_STREAMS": 1, "INFERENCE_NUM_THREADS": 1}


def main(arguments: Sequence[str] | None = None) -> int:
    """Take turns and print, or make a copy."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--ranges", type=Path, required=True)
    parser.add_argument("--spare", action="store_true")
    parser.add_argument("--passages", type=int, default=160)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--to", type=Path)
    options = parser.parse_args(arguments)
    eight = _with(_in_eight_bits(_texts(options.ranges, _FOR_RANGES), spare=options.spare))
    if options.to:
        _copy(options.archive, options.to, eight)
    else:
        _compare(_texts(options.archive, options.passages), eight, options.rounds)
    return 0


def _compare(texts: Sequence[str], eight: OpenVinoEncoder, rounds: int) -> None:
    encoders = [_with(_model()), eight]
    (rows, tokens), (others, of_others) = (one.encode_whole(texts) for one in encoders)
    times = np.array([[_spent(one, texts) for one in encoders] for _ in range(rounds)]).min(axis=0)
    print(f"{len(texts)} passages: {times[0]:.1f} ms, in eight bits {times[1]:.1f} ({times[0] / times[1]:.2f} times)")
    pairs = [(a.vectors * b.vectors).sum(axis=1) for a, b in zip(tokens, of_others, strict=True)]
    for name, cosines in (("passages", (rows * others).sum(axis=1)), ("tokens", np.concatenate(pairs))):
        print(f"cosines of {name}: {cosines.mean():.4f}, least {cosines.min():.4f}")


def _spent(encoder: OpenVinoEncoder, texts: Sequence[str]) -> float:
    """Milliseconds of processor time a text."""
    start = time.process_time()
    encoder.encode(texts)
    return 1000 * (time.process_time() - start) / len(texts)


def _copy(archive: Path, to: Path, encoder: OpenVinoEncoder) -> None:
    """Copy an archive, with vectors by another encoder of the same weights."""
    shutil.copytree(archive, to)

    def made(texts: Mapping[str, str]) -> tuple[dict[str, Vectors], dict[str, bytes]]:
        whole = make(encoder, texts)
        return whole.rows, whole.tokens

    print(f"{remodel(to, encoder.identity, made)} texts were embedded in eight bits into {to}")
    Writer.open(to, encoder.identity).finish()  # words and segments follow the vectors


def _texts(archive: Path, count: int) -> list[str]:
    """Passages spread evenly over an archive."""
    with closing(Archive.open(archive)) as held:
        stored = [one for paper in held.papers() for one in held.paper_passages(paper.id)]
    every = [embedded_text(one.passage, "") for one in stored]
    return every[:: max(1, len(every) // count)][:count]


def _model() -> Any:  # noqa: ANN401 - openvino ships no types that mypy is shown here
    """The product's model, as it is kept."""
    import openvino

    return openvino.Core().read_model(bert.converted() / "model.xml")


def _with(model: Any, request: Any = None) -> OpenVinoEncoder:  # noqa: ANN401
    """The product's encoder with another model, or with what takes the place of a request to it, on one thread."""
    import openvino

    made = OpenVinoEncoder()
    made._requests = SimpleQueue()
    made._requests.put(request or openvino.Core().compile_model(model, "CPU", _ONE_THREAD).create_infer_request())
    return made


def _in_eight_bits(texts: Sequence[str], *, spare: bool) -> Any:  # noqa: ANN401
    """Return the model with the layers that multiply in int8, of ranges as in ``texts``."""
    ranges, model = _ranges(texts), _model()
    for operation in _products(model):
        low, high = ranges[_given(operation)]
        weight = operation.input_value(1)
        rows, columns = weight.get_shape()
        if spare and columns > rows:
            continue
        widest = np.abs(weight.get_node().data).max(axis=1, keepdims=True)
        _coarse(operation, 0, (np.float32(low), np.float32(high)), 256)
        _coarse(operation, 1, (-widest, widest), 255)
    return model


def _coarse(operation: Any, at: int, bounds: tuple[Any, Any], levels: int) -> None:  # noqa: ANN401
    """Give a product numbers of so many levels instead of its own, by which OpenVINO knows what to multiply in int8."""
    from openvino import opset13 as ops

    coarse = ops.fake_quantize(operation.input_value(at), *bounds, *bounds, levels)
    operation.input(at).replace_source_output(coarse.output(0))


def _products(model: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the products with weights, in order."""
    for operation in list(model.get_ordered_ops()):
        if operation.get_type_name() == "MatMul" and operation.input_value(1).get_node().get_type_name() == "Constant":
            yield operation


def _given(operation: Any) -> str:  # noqa: ANN401
    """Name what is multiplied with weights: three products may be given the same."""
    return str(operation.input_value(0).get_node().get_friendly_name())


class _Watched:
    """A request whose further outputs are watched: least and most of each, padding included, which differs little."""

    def __init__(self, request: Any) -> None:  # noqa: ANN401
        self._request = request
        self.bounds: list[tuple[float, float]] = []

    def infer(self, given: Mapping[str, Any]) -> list[Any]:
        """Hidden states of a padded batch."""
        states, *rest = self._request.infer(given).values()
        bounds = [(float(one.min()), float(one.max())) for one in rest]
        pairs = zip(self.bounds or bounds, bounds, strict=True)
        self.bounds = [(min(low, least), max(high, most)) for (low, high), (least, most) in pairs]
        return [states]


def _ranges(texts: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Return the least and the most of what each product is given in these texts, by `_given`."""
    import openvino

    model = _model()
    given = {_given(operation): operation.input_value(0) for operation in _products(model)}
    model.add_outputs(list(given.values()))
    settings = {**_ONE_THREAD, "INFERENCE_PRECISION_HINT": "f32"}
    watched = _Watched(openvino.Core().compile_model(model, "CPU", settings).create_infer_request())
    _with(model, watched).encode(texts)
    return dict(zip(given, watched.bounds, strict=True))


if __name__ == "__main__":
    sys.exit(main())
