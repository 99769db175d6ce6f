"""A query node killed while readers ask: what they see, on a real Milvus cluster and PostgreSQL.

    python -m benchmarks.cluster FOLDER [--passages 20000] [--readers 2] [--seconds 120]

Fills an archive of recombined papers (`benchmarks.scale`) with rows on the server and vectors in a cluster that it
starts (`benchmarks.servers.milvus_nodes` says what to install first), asks questions without pause, and kills one of
two query nodes after a third of the time; first with each vector loaded by one node, then by both. Prints a row each:
questions and errors before and after, p50 and p95 (ms), the longest wait, for how long questions failed, and how many
gave other first ten passages than before.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from benchmarks.papers.recombined import pool
from benchmarks.scale import fill, questions
from benchmarks.servers import database_server
from benchmarks.servers.milvus_nodes import Nodes, running
from indexer.archive import Archive, database, engines
from indexer.archive.milvus import COPIES
from indexer.encoding import encoder
from indexer.errors import ArchiveUnreachable
from search.engine import Engine


@dataclass(frozen=True, slots=True)
class _Question:
    """One that was asked: when, in seconds since the start, for how long, and its first hits; None if it failed."""

    text: str
    at: float
    took: float
    hits: tuple[int, ...] | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Start, fill, ask, kill, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--readers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=120)
    options = parser.parse_args(arguments)
    for replicas in (1, 2):
        with database_server.server() as rows, running(options.folder / f"cluster-{replicas}") as nodes:
            print(json.dumps({"replicas": replicas} | _run(options, rows, nodes, replicas)), flush=True)
    return 0


def _run(options: argparse.Namespace, rows: str, nodes: Nodes, replicas: int) -> dict[str, float]:
    """Fill an archive whose vectors are in this cluster, ask, kill a node, and count."""
    os.environ |= {engines.VARIABLE: nodes.address, COPIES: str(replicas)}
    archive = options.folder / f"archive-{replicas}"
    archive.mkdir(parents=True, exist_ok=True)
    database.keep(archive, database_server.schema(rows, "papers"))
    source = pool(encoder.load())
    fill(archive, source, options.passages)
    model = encoder.load()
    with Archive.open(archive, model.identity) as library:
        engine, wanted = Engine(library, model), questions(source, 40)
        right = {text: _ask(engine, text, 0.0).hits for text in wanted}
        start = time.perf_counter()
        with ThreadPoolExecutor(options.readers) as readers:
            asked = [
                readers.submit(_reader, engine, wanted[reader:] + wanted[:reader], start, options.seconds)
                for reader in range(options.readers)
            ]
            time.sleep(options.seconds / 3)
            killed = time.perf_counter() - start
            nodes.kill_query_node()
            every = [one for reader in asked for one in reader.result()]
    return _counted(every, killed, right)


def _reader(engine: Engine, wanted: Sequence[str], start: float, seconds: float) -> list[_Question]:
    """Ask one question after the other until the time is over."""
    every = []
    for number, text in enumerate(cycle(wanted)):
        if time.perf_counter() - start > seconds:
            break
        # Each with another limit, so that the answer is not in the engine's memory.
        every.append(_ask(engine, text, start, 11 + number // len(wanted) % 39))
    return every


def _ask(engine: Engine, text: str, start: float, limit: int = 10) -> _Question:
    began = time.perf_counter()
    try:
        hits = tuple(hit.stored.id for hit in engine.ask(text, limit=limit).hits[:10])
    except ArchiveUnreachable:
        return _Question(text, began - start, time.perf_counter() - began, None)
    return _Question(text, began - start, time.perf_counter() - began, hits)


def _counted(every: Sequence[_Question], killed: float, right: dict[str, tuple[int, ...] | None]) -> dict[str, float]:
    before = [one for one in every if one.at + one.took <= killed]
    after = [one for one in every if one.at + one.took > killed]
    failed = [one for one in after if one.hits is None]
    row: dict[str, float] = {}
    for name, some in (("before", before), ("after", after)):
        times = [1000 * one.took for one in some if one.hits is not None] or [0.0]
        row |= {
            f"{name}_questions": len(some),
            f"{name}_errors": sum(one.hits is None for one in some),
            f"{name}_other_hits": sum(one.hits is not None and one.hits != right[one.text] for one in some),
            f"{name}_p50_ms": round(statistics.median(times)),
            f"{name}_p95_ms": round(statistics.quantiles(times, n=20)[-1]),
            f"{name}_longest_s": round(max(one.took for one in some), 1),
        }
    row["failing_s"] = round(max(one.at + one.took for one in failed) - killed, 1) if failed else 0.0
    return row


if __name__ == "__main__":
    sys.exit(main())
