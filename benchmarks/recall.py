"""What compressing vectors loses and what it gains, on an archive's own vectors; the figures behind its settings.

    python -m benchmarks.recall ARCHIVE [--rows 262144]

Takes the archive's first ROWS vectors, compresses them whatever their number, and asks for the 50 nearest of a hundred
passages' vectors moved a little. Prints recall against an exact search by the share of partitions that are visited and
the rows that are compared exactly, and the times of both kinds by number of rows.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from indexer.archive import nearness
from indexer.encoding.protocol import Vectors

_ASKED, _DEEP = 100, 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--rows", type=int, default=262_144)
    options = parser.parse_args(arguments)
    rows = _rows(options.archive, options.rows)
    generator = np.random.default_rng(6)
    asked = rows[generator.integers(len(rows), size=_ASKED)].astype(np.float32)
    asked += 0.5 * generator.standard_normal(asked.shape).astype(np.float32) / np.sqrt(asked.shape[1])
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    index = _compressed(rows)
    exact = np.stack([rows.astype(np.float32) @ query for query in asked])
    print(
        f"{len(rows):,} vectors, recall@{_DEEP}\nvisited  " + "".join(f"{again:>8}" for again in (100, 200, 400, 800))
    )
    for share in (0.25, 0.5, 0.75, 1.0):
        with mock.patch.object(nearness, "_VISITED", share):
            recalls = [_recall(index, asked, exact, again) for again in (100, 200, 400, 800)]
        print(f"{share:7.2f}  " + "".join(f"{value:8.4f}" for value in recalls))
    print("\n   rows  exact ms  compressed ms")
    for count in (8_192, 16_384, 32_768, 65_536, 131_072, 262_144):
        if count <= len(rows):
            some = rows[:count]
            plain, packed = _time(nearness.exact(some), asked, 200), _time(_compressed(some), asked, 400)
            print(f"{count:7}  {plain:8.2f}  {packed:13.2f}")
    return 0


def _rows(archive: Path, most: int) -> NDArray[np.float16]:
    with sqlite3.connect(f"{archive.resolve().as_uri()}/archive.sqlite?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT vector FROM embeddings LIMIT ?", (most,)).fetchall()
    connection.close()
    return np.frombuffer(b"".join(vector for (vector,) in rows), "<f2").reshape(len(rows), -1)


def _compressed(rows: NDArray[np.float16]) -> object:
    sample = rows[:: max(1, len(rows) // 49_152)].astype(np.float32)
    return nearness.opened(nearness.compressed(sample, [rows]))


def _recall(index: object, asked: Vectors, exact: Vectors, again: int) -> float:
    recalls = []
    for query, cosines in zip(asked, exact, strict=True):
        _, places = nearness.search(index, query[None], again, None)
        best = sorted(cosines[places].tolist(), reverse=True)[:_DEEP]
        # Of equal passages any may be found.
        least = float(np.partition(cosines, -_DEEP)[-_DEEP]) - 1e-5
        recalls.append(sum(cosine >= least for cosine in best) / _DEEP)
    return float(np.mean(recalls))


def _time(index: object, asked: Vectors, most: int) -> float:
    """Milliseconds a question, the median."""
    times = []
    for query in asked:
        start = time.perf_counter()
        nearness.search(index, query[None], most, None)
        times.append(1000 * (time.perf_counter() - start))
    return float(np.median(times))


if __name__ == "__main__":
    sys.exit(main())
