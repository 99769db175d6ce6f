"""Time of a question, warm, over judged questions: of this program, or of several versions asked in turn.

    python -m benchmarks.speed GOLD.jsonl [--archive DIR] [--before CHECKOUT DIR] [--rounds 1]

The first ten questions warm the caches and are not counted. ``--before`` is a folder that holds the program as it was
and an archive that it made of the same papers: each question is asked of both, so that both meet the same machine, and
of several rounds, each by newly started processes, the quickest counts. Printed are the median and the 95th percentile
by the clock and in time of processors, and how many times the earlier version's median this one's is, with a 95%
interval (bootstrap over questions). Machines differ and are noisy: compare figures of one run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from search.evaluate import read_gold

Times: TypeAlias = npt.NDArray[np.float64]
_WARMING: Final = 10
_SAMPLES: Final = 2000  # of the bootstrap
_MEASURES: Final = ("by the clock", "of processors")
# What each version's process runs: a question a line comes in, its milliseconds go out.
_ASKER: Final = """
import json, sys, time
from pathlib import Path
from search.engine import Engine
engine = Engine.open(Path(sys.argv[1]))
for line in sys.stdin:
    clock, used = time.perf_counter(), time.process_time()
    engine.ask(json.loads(line))
    print(json.dumps([1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - used)]), flush=True)
"""


def times(versions: Mapping[Path, Path], questions: Sequence[str], rounds: int) -> Mapping[Path, Times]:
    """Ask every version each question in turn.

    Args:
        versions: the archive of each checkout.
        questions: those that warm the caches first.
        rounds: how often each is asked; the quickest counts.

    Returns:
        By checkout, milliseconds: questions by measures.
    """
    # An answer is kept in memory, so a version that is asked again is restarted.
    took = [_round(versions, questions) for _ in range(rounds)]
    quickest = np.array(took, np.float64).min(axis=0)
    return {where: quickest[:, number] for number, where in enumerate(versions)}


def _round(versions: Mapping[Path, Path], questions: Sequence[str]) -> list[list[tuple[float, float]]]:
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", _ASKER, str(archive.resolve())],
                    cwd=where,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for where, archive in versions.items()
        ]
        return [[_asked(process, question) for process in processes] for question in questions][_WARMING:]


def _asked(process: subprocess.Popen[str], question: str) -> tuple[float, float]:
    if not process.stdin or not process.stdout:
        message = "a version without pipes"
        raise OSError(message)
    process.stdin.write(f"{json.dumps(question)}\n")
    process.stdin.flush()
    clock, used = json.loads(process.stdout.readline())
    return clock, used


def table(by_version: Mapping[Path, Times]) -> list[str]:
    """The times of each version as lines of a table; with an earlier version first, the later is compared with it."""
    lines = []
    for number, measure in enumerate(_MEASURES):
        columns = {where: every[:, number] for where, every in by_version.items()}
        for where, own in columns.items():
            median, late = np.percentile(own, [50, 95])
            lines.append(f"{where.name:12} p50 {median:.0f} ms, p95 {late:.0f} ms {measure}")
        if len(columns) > 1:
            first, last = columns.values()
            low, high = interval(last, first, np.median)
            lines.append(f"{np.median(last) / np.median(first):.2f} times [{low:.2f}, {high:.2f}] {measure}")
    return lines


def interval(own: Times, first: Times, whole: Callable[..., Times]) -> tuple[float, float]:
    """Give the 95% interval of how many times ``first``'s ``whole`` (its median or sum) ``own``'s is, by bootstrap.

    Both are drawn together. scipy's bootstrap needs as many lines to say so.
    """
    chosen = np.random.default_rng(0).integers(len(first), size=(_SAMPLES, len(first)))
    low, high = np.percentile(whole(own[chosen], axis=1) / whole(first[chosen], axis=1), [2.5, 97.5])
    return float(low), float(high)


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--archive", type=Path, default=Path("data/archive"))
    parser.add_argument("--before", type=Path, nargs=2, metavar=("CHECKOUT", "DIR"))
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args(arguments)
    questions = [str(judged["question"]) for judged in read_gold(options.gold)]
    versions = {options.before[0].resolve(): options.before[1]} if options.before else {}
    by_version = times({**versions, Path.cwd(): options.archive}, questions, options.rounds)
    print(f"{len(questions) - _WARMING} questions")
    print("\n".join(table(by_version)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
