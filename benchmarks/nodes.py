"""Indexing on two machines of which one dies: what it costs, and whether the archive is the same, row by row.

    python -m benchmarks.nodes FOLDER PAPERS... [--after 0.4]

Indexes PAPERS three times: by processes of this machine, by Ray on two nodes with one processor each, and by the same
of which one is killed after that share of the papers. Nodes are processes of this machine, so times say nothing of two
machines: what is compared is the archives, and that every paper is taken once. Prints a row each.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import ray
from ray.cluster_utils import Cluster

from benchmarks.lives import rows
from indexer.encoding import encoder
from indexer.pipeline.build import index
from indexer.pipeline.intake import Options


class _Counting:
    """Counts papers, and does something once after so many."""

    def __init__(self, after: float, then: Callable[[], None]) -> None:
        self._after, self._then = after, then
        self._papers = 0
        self.names: list[str] = []

    def start(self, papers: int, _size: int) -> None:
        """See `indexer.pipeline.progress.Watcher`."""
        self._papers = papers

    def advance(self, path: str, _pages: int, _size: int) -> None:
        """See `indexer.pipeline.progress.Watcher`."""
        self.names.append(path)
        if len(self.names) == max(1, round(self._after * self._papers)):
            self._then()

    def warn(self, line: str) -> None:
        """See `indexer.pipeline.progress.Watcher`."""
        print(line, file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Index three times and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("papers", nargs="+")
    parser.add_argument("--after", type=float, default=0.4)
    options = parser.parse_args(arguments)
    runs = {"one machine": _run(options.folder / "here", options.papers, Options())}
    for name, after in (("two nodes", 2.0), ("two nodes, one killed", options.after)):
        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
        other = cluster.add_node(num_cpus=1)
        own = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        ray.init(address=cluster.address, log_to_driver=False, runtime_env={"env_vars": own})

        def kill(cluster: Cluster = cluster, other: object = other) -> None:
            cluster.remove_node(other, allow_graceful=False)

        runs[name] = _run(options.folder / name.replace(" ", "-"), options.papers, Options(ray=True), after, kill)
        cluster.shutdown()
    wanted = runs["one machine"][1]
    for name, (counted, held) in runs.items():
        print(json.dumps({"how": name, **counted, "rows_that_differ": _differing(wanted, held)}))
    return 0


def _differing(wanted: dict[str, list[str]], held: dict[str, list[str]]) -> dict[str, int]:
    """Count by table the rows of one archive that are not in the other."""
    counts = {table: len(set(wanted[table]) - set(held[table])) for table in wanted}
    return {table: count for table, count in counts.items() if count}


def _run(
    archive: Path, papers: Sequence[str], options: Options, after: float = 2.0, then: Callable[[], None] = print
) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Index once; return what it took, and the archive's rows."""
    counting, began = _Counting(after, then), time.perf_counter()
    report = index(papers, archive, encoder.load_for_indexing, counting, options)
    counted = {
        "papers": len(counting.names),
        "taken_twice": len(counting.names) - len(set(counting.names)),
        "passages": report.passages,
        "seconds": round(time.perf_counter() - began, 1),
    }
    return counted, rows(archive)


if __name__ == "__main__":
    sys.exit(main())
