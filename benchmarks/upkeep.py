"""What an archive costs to keep: a run over unchanged papers, and one more paper, by how many there are already.

    python -m benchmarks.upkeep FOLDER [--papers 10 1000 10000]

FOLDER is filled with short invented minutes as text files and an archive of them. Filling uses a stand-in for the
encoder, because it is not what is measured; the runs that are timed are the command as a user gives it, in a process of
its own, with the real encoder. Prints one row for each number of papers: seconds of processor and wall time, and MB.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.encoding import encoder
from indexer.encoding.protocol import Encoder, TokenVectors, Vectors
from indexer.pipeline.build import index
from indexer.pipeline.progress import Lines
from indexer.records import ModelIdentity

_REPEATS = 3
_PLACES = ("quay", "orchard", "library", "viaduct", "almshouse", "weir", "market", "towpath", "chapel", "granary")
_MATTERS = ("repair", "lease", "lighting", "drainage", "opening hours", "insurance", "survey", "closure")


@dataclass(frozen=True, slots=True)
class StandIn:
    """Random unit vectors under the name of the real encoder, whose archive may then be added to."""

    identity: ModelIdentity
    dimension: int
    token_limit: int = 256

    def count_tokens(self, text: str) -> int:
        """Count about as many as the real one."""
        return 4 * len(text.split()) // 3

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Draw vectors."""
        rows = np.random.default_rng(len(texts)).standard_normal((len(texts), self.dimension)).astype(np.float32)
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Give each text one token."""
        return [TokenVectors(("a",), ((0, 1),), row[None]) for row in self.encode(texts)]

    def encode_whole(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
        """See `indexer.encoding.protocol.Encoder.encode_whole`."""
        return self.encode(texts), self.encode_tokens(texts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--papers", type=int, nargs="+", default=[10, 1_000, 10_000])
    options = parser.parse_args(arguments)
    real = encoder.load()
    stand_in: Encoder = StandIn(real.identity, real.dimension)
    print(f"{'papers':>7}  {'unchanged':>16}  {'one more':>16}  {'one more, by name':>18}   (wall s, processor s, MB)")
    for count in options.papers:
        papers, archive = options.folder / str(count) / "papers", options.folder / str(count) / "archive"
        shutil.rmtree(papers.parent, ignore_errors=True)
        papers.mkdir(parents=True)
        for number in range(count):
            _write(papers, number)
        with Lines() as quiet:
            index([str(papers)], archive, lambda: stand_in, quiet)
        time.sleep(2)  # a file this young may still change unnoticed, and is hashed again
        _run(papers, archive)
        rows = [[_run(papers, archive) for _ in range(_REPEATS)], [], []]
        for more in range(count, count + _REPEATS):
            _write(papers, more)
            rows[1].append(_run(papers, archive))
            rows[2].append(_run(_write(papers, more + _REPEATS), archive))
        print(f"{count:>7}  " + "  ".join(_shown(row) for row in rows), flush=True)
    return 0


def _write(folder: Path, number: int) -> Path:
    """Write minutes of one meeting; every number makes other ones."""
    place, matter = _PLACES[number % len(_PLACES)], _MATTERS[number // 10 % len(_MATTERS)]
    path = folder / f"{number // 100:04d}" / f"{number}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f"# Saltmarsh Council\n\nMinutes of the meeting of the Harbour Board held on {1 + number % 28} May "
        f"{1990 + number // 28 % 30}\n\n## {number}. {matter.upper()} OF THE {place.upper()} {number}\n\nThe Board "
        f"considered report {number} of the Harbour Master on {matter} of the {place}, which would cost £{number}.\n\n"
        f"RESOLVED: That the {matter} of the {place} be put in hand under order {number}.\n",
        encoding="utf-8",
    )
    return path


def _run(offered: Path, archive: Path) -> tuple[float, float, float]:
    """Run the indexer once; return wall seconds, processor seconds and most MB."""
    command = [sys.executable, "-m", "indexer", "index", str(offered), "--archive", str(archive), "--json"]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most, done = 0, 0
    while not done:
        # Looked at while it runs: what the system says at the end includes the memory of this process.
        found = re.findall(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text(encoding="ascii"))
        most = max([most, *map(int, found)])
        time.sleep(0.01)
        done, status, used = os.wait4(process.pid, os.WNOHANG)
    if status:
        message = f"{' '.join(command)} ended with status {status}"
        raise SystemExit(message)
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, most / 1024


def _shown(runs: Sequence[tuple[float, float, float]]) -> str:
    wall, processor, memory = (float(np.median(column)) for column in zip(*runs, strict=True))
    return f"{wall:5.2f} {processor:5.2f} {memory:4.0f}"


if __name__ == "__main__":
    sys.exit(main())
