"""Time of a question, warm: median and 95th percentile over judged questions, each asked once.

    python -m benchmarks.speed GOLD.jsonl [--archive DIR]

The first ten questions warm the caches and are not counted. Machines differ and are noisy: compare figures of one run.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from search.engine import Engine
from search.evaluate import read_gold

_WARMING = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask every question once and print the times in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--archive", type=Path, default=Path("data/archive"))
    options = parser.parse_args(arguments)
    questions = [str(judged["question"]) for judged in read_gold(options.gold)]
    engine = Engine.open(options.archive)
    for question in questions[:_WARMING]:
        engine.ask(question)
    times = []
    for question in questions[_WARMING:]:
        start = time.perf_counter()
        engine.ask(question)
        times.append(1000 * (time.perf_counter() - start))
    print(f"{len(times)} questions, {engine.library.totals().passages:,} passages")
    print(f"p50 {statistics.median(times):.0f} ms, p95 {statistics.quantiles(times, n=20)[-1]:.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
