"""How near the encoder comes to what this machine's processor can do at all.

    python -m benchmarks.flops

Multiplications and additions of the encoder (counted from its shape) over those of a plain matrix product, by torch in
single precision and by OpenVINO in whatever it chooses for the encoder too (bfloat16 where the processor has units for
it), the faster of the two, each a second of processor time on one core, so that other work on the machine matters
little. Taken in turns, the best of several.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

import numpy as np

from indexer.encoding import encoder
from indexer.encoding.encoder_openvino import OpenVinoEncoder

_LAYERS, _WIDTH, _INNER = 6, 384, 1_536  # of all-MiniLM-L6-v2
_ROUNDS = 5
_SIDE = 1_024
# About a passage's 150 tokens.
_TEXT = "The board considered the report of the director on the funding of services for adults and children. " * 8
_TEXTS = 24


def main() -> int:
    """Print the machine and the share."""
    print(machine())
    print(share())
    return 0


def machine() -> str:
    """Say what kind of machine this is: processor, cores, and what the encoder multiplies in."""
    model = OpenVinoEncoder()  # openvino is quiet only when the encoder has loaded it
    import openvino

    core = openvino.Core()
    name, able = (core.get_property("CPU", key) for key in ("FULL_DEVICE_NAME", "OPTIMIZATION_CAPABILITIES"))
    kinds = ", ".join(able)
    return f"{name.strip()}, {os.cpu_count()} cores, able to {kinds}; the encoder multiplies in {model.precision}"


def share() -> str:
    """Measure and say it in one line. From then on this process keeps to one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    model = encoder.load()
    texts = [f"{number} {_TEXT}" for number in range(_TEXTS)]
    work = sum(_operations(model.count_tokens(text)) for text in texts)
    tasks: dict[str, tuple[Callable[[], object], float]] = {
        "encoder": (lambda: model.encode(texts), work),
        "torch": (_torch_product(), 2.0 * _SIDE**3),
        "openvino": (_openvino_product(), 2.0 * _SIDE**3),
    }
    best = dict.fromkeys(tasks, 0.0)
    for _ in range(_ROUNDS):
        for name, (task, operations) in tasks.items():
            best[name] = max(best[name], operations / _processor_seconds(task) / 1e9)
    limit = max(best["torch"], best["openvino"])
    return (
        f"encoder {best['encoder']:.0f} GFLOP a second on one core; matrix product {best['torch']:.0f} by torch, "
        f"{best['openvino']:.0f} by OpenVINO: {best['encoder'] / limit:.0%} of this machine's limit"
    )


def _operations(tokens: int) -> float:
    """Multiplications and additions for one text: projections and inner layers, then attention."""
    a_token = 2 * (4 * _WIDTH * _WIDTH + 2 * _WIDTH * _INNER)
    return float(_LAYERS * (tokens * a_token + 4 * tokens * tokens * _WIDTH))


def _processor_seconds(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return max(time.process_time() - start, 1e-6)


def _torch_product() -> Callable[[], object]:
    import torch

    left, right = torch.rand(_SIDE, _SIDE), torch.rand(_SIDE, _SIDE)
    return lambda: left @ right


def _openvino_product() -> Callable[[], object]:
    import openvino

    made = openvino.opset13
    rows = np.random.default_rng(0).random((_SIDE, _SIDE), np.float32)
    given = made.parameter([_SIDE, _SIDE], np.float32)
    model = openvino.Model([made.matmul(given, made.constant(rows), transpose_a=False, transpose_b=False)], [given])
    request = openvino.Core().compile_model(model, "CPU", {"PERFORMANCE_HINT": "LATENCY"}).create_infer_request()
    return lambda: request.infer([rows])


if __name__ == "__main__":
    sys.exit(main())
