"""Papers read, structured and embedded on many machines, by Ray Data; the only importer of ray.

Every actor has its own encoder and reading process, under the same limits as on one machine. What it made of a
paper comes back as bytes that can become records and vectors and nothing else (`indexer.wire`). A machine that dies
costs the papers it had in hand: Ray gives them to another, and each paper is taken here once.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Any, Final

import numpy as np

from indexer.archive import EmbeddedText, texts_to_embed
from indexer.encoding.embedding import Embedder, Made
from indexer.encoding.protocol import Encoder
from indexer.errors import UnreadablePaper
from indexer.pipeline.reading import read_paper
from indexer.pipeline.workers import PRELOAD
from indexer.readers.pool import Limits, Pool, Task
from indexer.readers.worker import Fault
from indexer.records import Reading
from indexer.wire import kinds, packed, unpacked

# Papers that one task takes, at most: what a machine that dies costs, and what an actor holds at once.
_TOGETHER: Final = 4
# Ray would report every run to its makers, and gives up on a machine that is too busy to start within half a minute.
_ENVIRONMENT: Final = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_raylet_start_wait_time_s": "300"}
_KINDS: Final = {**kinds(read_paper), "Fault": Fault}


class OnRay(AbstractContextManager["OnRay"]):
    """Reads and embeds wherever Ray runs: the cluster that ``RAY_ADDRESS`` names, or one of this machine alone.

    Every machine needs this program with requirements-scale.txt, and the papers at the same place.

    Args:
        encoder: embeds here what no paper brought along.
        load: gives one, on each machine.
        limits: what one paper may cost.
    """

    def __init__(self, encoder: Encoder, load: Callable[[], Encoder], limits: Limits) -> None:
        for name, value in _ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        import ray

        self._embedder, self._load, self._limits = Embedder(encoder), load, limits
        self._carried = _Carried(encoder.dimension)
        if not ray.is_initialized():
            own = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **_ENVIRONMENT}
            ray.init(include_dashboard=False, log_to_driver=False, logging_level="ERROR", runtime_env={"env_vars": own})
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False

    def __exit__(self, *_: object) -> None:
        """Leave the cluster; one of this machine alone ends."""
        import ray

        self._carried.close()
        ray.shutdown()

    def read(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, object]]:
        """See `indexer.pipeline.workers.Workers.read`; texts come back embedded."""
        import ray

        if not tasks:
            return
        waiting = {task.name: task for task in tasks}
        there = ray.cluster_resources()
        cards = int(there.get("GPU", 0))
        actors = max(1, min(cards or int(there["CPU"]), len(tasks)))
        offered = ray.data.from_items(
            [{"task": task} for task in tasks], override_num_blocks=-(-len(tasks) // _TOGETHER)
        )
        made = offered.map(
            _Reader,
            fn_constructor_args=(self._load, self._limits),
            concurrency=(1, actors),
            **({"num_gpus": 1} if cards else {"num_cpus": 1}),
        )
        for row in made.iter_rows():
            if (task := waiting.pop(row["name"], None)) is not None:
                self._carried.put(row["hashes"], row["rows"], row["codes"])
                result = unpacked(row["result"], _KINDS)
                yield task, UnreadablePaper(result.reason, path=result.path) if isinstance(result, Fault) else result

    def embed(self, texts: Mapping[str, EmbeddedText]) -> Sequence[Future[Made]]:
        """See `indexer.pipeline.workers.Workers.embed`: with what came back with the papers."""
        carried = self._carried.made(texts)
        rest = {hashed: text for hashed, text in texts.items() if hashed not in carried.rows}
        made: Future[Made] = Future()
        made.set_result(Made.joined([carried, self._embedder.make(rest)]))
        return [made]


class _Reader:
    """An actor: reads a paper in its process, then embeds what it holds."""

    def __init__(self, load: Callable[[], Encoder], limits: Limits) -> None:
        self._embedder = Embedder(load())
        self._pool = Pool(read_paper, 1, limits, PRELOAD).__enter__()

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Do one paper."""
        ((task, result),) = self._pool.run([row["task"]])
        made = Made({}, {})
        if isinstance(result, Reading):
            made = self._embedder.make({text.hash: text for text in texts_to_embed(result)})
        elif isinstance(result, UnreadablePaper):
            result = Fault(str(result), result.path, result.page, result.expected, result.found)
        return {
            "name": task.name,
            "result": packed(result),
            "hashes": list(made.rows),
            "rows": b"".join(row.tobytes() for row in made.rows.values()),
            "codes": [made.tokens[hashed] for hashed in made.rows],
        }


class _Carried:
    """Vectors that came back with papers, on disk until the papers are written: some wait until all others are read."""

    def __init__(self, dimension: int) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._row = 4 * dimension
        self._places: dict[str, tuple[int, int]] = {}

    def put(self, hashes: Sequence[str], rows: bytes, codes: Sequence[bytes]) -> None:
        """Keep vectors and token codes by the hashes of their texts."""
        for at, (hashed, code) in enumerate(zip(hashes, codes, strict=True)):
            if hashed not in self._places:
                place = self._file.seek(0, os.SEEK_END)
                self._file.write(rows[at * self._row : (at + 1) * self._row] + code)
                self._places[hashed] = (place, self._row + len(code))

    def made(self, hashes: Iterable[str]) -> Made:
        """Give those of these that are kept."""
        made = Made({}, {})
        for hashed in hashes:
            if hashed in self._places:
                place, length = self._places[hashed]
                self._file.seek(place)
                data = self._file.read(length)
                made.rows[hashed] = np.frombuffer(data[: self._row], np.float32)
                made.tokens[hashed] = data[self._row :]
        return made

    def close(self) -> None:
        """Forget everything."""
        self._file.close()
