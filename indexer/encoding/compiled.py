"""A graph of OpenVINO, compiled for this processor and run on several batches at once."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.encoding.protocol import Vectors

# openvino reports its every import to its maker unless its reporting package is missing. A public body's search
# engine must not; it then falls back to its own stub.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]

# This mode multiplies in bfloat16 where the processor has units for it (AMX, AVX-512 BF16), else in single precision.
# Each core has its own batches: two that share one wait for each other, a seventh of the time.
_COMPUTING = {"PERFORMANCE_HINT": "THROUGHPUT", "EXECUTION_MODE_HINT": "PERFORMANCE"}

_STARTING = threading.Lock()

Inputs = Mapping[str, NDArray[np.int64]]


class Compiled:
    """One graph with as many requests as this machine runs at once. Safe between threads.

    ``precision`` is what the processor multiplies in: "f32", or "bf16" where it has units for that; ``streams`` is how
    many batches run at once, each on cores of its own.
    """

    def __init__(self, graph: Any) -> None:  # noqa: ANN401 - openvino ships no types that mypy is shown here
        """Compile a graph, or the one in a file.

        Args:
            graph: of OpenVINO, or the path of a model.xml.
        """
        import openvino

        source = str(graph) if isinstance(graph, Path) else graph
        model = openvino.Core().compile_model(source, "CPU", _COMPUTING)
        self.precision: str = model.get_property("INFERENCE_PRECISION_HINT").get_type_name()
        # A request may not be used by two threads at once.
        self._requests: SimpleQueue[Any] = SimpleQueue()
        self.streams = int(model.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))
        for _ in range(self.streams):
            self._requests.put(model.create_infer_request())
        self._threads = ThreadPoolExecutor(self.streams)
        self._start([port.any_name for port in model.inputs])

    def each(self, inputs: Callable[..., Inputs], *batches: Any) -> Iterator[Vectors]:  # noqa: ANN401 - as `map` has it
        """Run every batch, several at once, and yield what the graph makes of each, in order.

        Args:
            inputs: makes the graph's inputs of a batch.
            batches: lists of equal length, of which each batch is one entry, as `map` takes them.
        """
        # A question is one batch: it needs no other thread.
        mapped = self._threads.map if len(batches[0]) > 1 else map
        return iter(mapped(lambda *batch: self._ran(inputs(*batch)), *batches))

    def _start(self, names: Sequence[str]) -> None:
        """Run the graph once, alone: OpenVINO's first two runs in a process wait for each other for ever if at once.

        The first sets up tables of types, holding a lock and waiting for Python's, which the second may hold.
        """
        with _STARTING:
            self._ran({name: np.ones((1, 1), np.int64) for name in names})

    def _ran(self, inputs: Inputs) -> Vectors:
        request = self._requests.get()
        try:
            return np.array(request.infer(dict(inputs))[0], np.float32)
        finally:
            self._requests.put(request)
