"""Indexing against the general pipeline (`benchmarks.naive`): same papers, weights and machine, one after the other.

    python -m benchmarks.indexing PDF... [--rounds 3]

Each pipeline runs in its own process with its model loaded, and indexes all the papers into a new folder; the two
take turns, the first being last in every other round. Prints the kind of machine, pages a second by the clock and by
processor time (which other work on the machine disturbs less), for how much of the time our encoder was at work (the
rest is reading before it and writing after it that nothing overlapped), then the encoders alone on equal texts with the
least cosine between them, and what share our encoder reaches of this machine's own matrix product. Linux only.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks import flops
from benchmarks.naive import Naive
from benchmarks.processor import Spent
from indexer.encoding.encoder_openvino import OpenVinoEncoder
from indexer.encoding.protocol import TokenVectors, Vectors
from indexer.pipeline.build import index
from indexer.pipeline.progress import Lines
from indexer.readers.pdf.sheets import page_count

_EQUAL_TEXTS, _AT_ONCE = 256, 64
_NAIVE, _OURS = "general pipeline", "this program"
# The pipeline of this process: one of the two.
_NAIVE_HERE: list[Naive] = []
_OURS_HERE: list[_Watched] = []


class _Watched(OpenVinoEncoder):
    """The product's encoder; ``spans`` are when it was at work on passages, in several threads."""

    def __init__(self) -> None:
        super().__init__()
        self.spans: list[tuple[float, float]] = []

    def encode_whole(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
        start = time.perf_counter()
        try:
            return super().encode_whole(texts)
        finally:
            self.spans.append((start, time.perf_counter()))

    def busy(self) -> float:
        """Seconds in which any thread was at work."""
        total = until = 0.0
        for start, end in sorted(self.spans):
            total += max(0.0, end - max(start, until))
            until = max(until, end)
        return total


@dataclass(frozen=True, slots=True)
class Run:
    """One run over all papers: passages or chunks made, seconds by the clock, of the processor and of our encoder."""

    texts: int
    wall: float
    processor: float
    encoder: float = 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Take turns and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    papers = sorted(options.papers)
    pages = sum(page_count(path) for path in papers)
    away = multiprocessing.get_context("spawn")
    runs: dict[str, list[Run]] = {_NAIVE: [], _OURS: []}
    with (
        ProcessPoolExecutor(1, away, _begin_naive) as naive,
        ProcessPoolExecutor(1, away, _begin_ours) as own,
    ):
        turns = [(_NAIVE, naive, _run_naive), (_OURS, own, _run_ours)]
        print(own.submit(flops.machine).result())
        print(f"{len(papers)} papers, {pages} pages\n{'':18} texts   wall s  processor s  pages/s")
        for _ in range(options.rounds):
            for name, process, run in turns:
                runs[name].append(process.submit(run, papers).result())
                print(_row(name, runs[name][-1], pages), flush=True)
            turns.reverse()
        _print_ratios(runs)
        _print_encoders(naive, own, papers)
    with ProcessPoolExecutor(1, away) as alone:
        print(alone.submit(flops.share).result())
    return 0


def _begin_naive() -> None:
    _NAIVE_HERE.append(Naive())
    _encoded(["The first batch loads what is loaded late."])


def _begin_ours() -> None:
    _OURS_HERE.append(_Watched())
    _encoded(["The first batch loads what is loaded late."])


def _run_naive(papers: Sequence[Path]) -> Run:
    return _timed(lambda folder: _NAIVE_HERE[0].index(papers, folder))


def _run_ours(papers: Sequence[Path]) -> Run:
    def indexed(folder: Path) -> int:
        with Lines() as quiet:
            return index([str(path) for path in papers], folder / "archive", lambda: _OURS_HERE[0], quiet).passages

    _OURS_HERE[0].spans.clear()
    run = _timed(indexed)
    return replace(run, encoder=_OURS_HERE[0].busy())


def _timed(work: Callable[[Path], int]) -> Run:
    with tempfile.TemporaryDirectory() as folder, Spent() as spent:
        start = time.perf_counter()
        texts = work(Path(folder))
        return Run(texts, time.perf_counter() - start, spent.seconds())


def _row(name: str, run: Run, pages: int) -> str:
    busy = f"  encoder at work {run.encoder / run.wall:.0%} of the time" if run.encoder else ""
    return f"{name:18} {run.texts:5}  {run.wall:7.1f}  {run.processor:11.1f}  {pages / run.wall:7.2f}{busy}"


def _print_ratios(runs: dict[str, list[Run]]) -> None:
    pairs = list(zip(runs[_NAIVE], runs[_OURS], strict=True))
    wall = [theirs.wall / ours.wall for theirs, ours in pairs]
    processor = [theirs.processor / ours.processor for theirs, ours in pairs]
    print(
        f"times as fast, median of rounds: {statistics.median(wall):.2f} by the clock ({min(wall):.2f} to "
        f"{max(wall):.2f}), {statistics.median(processor):.2f} by processor time "
        f"({min(processor):.2f} to {max(processor):.2f})"
    )


def _print_encoders(naive: ProcessPoolExecutor, own: ProcessPoolExecutor, papers: Sequence[Path]) -> None:
    """Both encoders on the same texts, taking turns."""
    texts = naive.submit(_chunks, papers).result()
    times: dict[str, list[float]] = {_NAIVE: [], _OURS: []}
    cosines = []
    for at in range(0, len(texts), _AT_ONCE):
        rows = {}
        for name, process in ((_NAIVE, naive), (_OURS, own)):
            rows[name], seconds = process.submit(_encoded, texts[at : at + _AT_ONCE]).result()
            times[name].append(seconds)
        cosines.append((rows[_NAIVE] * rows[_OURS]).sum(axis=1))
    per = {name: 1000 * sum(seconds) / len(texts) for name, seconds in times.items()}
    print(
        f"encoders alone, {len(texts)} equal texts: {per[_NAIVE]:.1f} and {per[_OURS]:.1f} ms of processor a text, "
        f"{per[_NAIVE] / per[_OURS]:.2f} times as fast, least cosine {float(np.concatenate(cosines).min()):.6f}"
    )


def _chunks(papers: Sequence[Path]) -> list[str]:
    every = [chunk["text"] for path in papers for chunk in _NAIVE_HERE[0].chunks(path)]
    return every[:: max(1, len(every) // _EQUAL_TEXTS)][:_EQUAL_TEXTS]


def _encoded(texts: Sequence[str]) -> tuple[Vectors, float]:
    start = time.process_time()
    rows = _NAIVE_HERE[0].encode(texts) if _NAIVE_HERE else _OURS_HERE[0].encode(texts)
    return rows, time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
