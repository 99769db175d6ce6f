"""Who reads and embeds papers: processes of this machine here, those of many machines in `indexer.pipeline.on_ray`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Final, Protocol

from indexer.archive import EmbeddedText
from indexer.encoding.embedding import Embedder, Made, portions
from indexer.encoding.protocol import Encoder
from indexer.pipeline.reading import read_paper
from indexer.readers.pool import Limits, Pool, Task

# What a worker needs for any paper, loaded once for all where processes can share memory.
PRELOAD: Final = (
    "indexer.pipeline.discover",
    "indexer.pipeline.reading",
    "indexer.readers.pdf_reader",
    "indexer.withholding.closed",
    "indexer.withholding.exempt",
    "indexer.provenance.aliases",
    "indexer.provenance.describe",
    "indexer.structure.sections",
    "indexer.decisions.actions",
    "indexer.decisions.extract",
    "indexer.decisions.reported",
    "indexer.passages.cutting",
    "langchain_text_splitters",
    "indexer.text.acronyms",
)


class Workers(Protocol):
    """Reads papers and embeds their texts; a paper that costs too much or crashes its reader costs nobody else."""

    def read(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, object]]:
        """Yield each task with its result, as `indexer.readers.pool.Pool.run` does, in no fixed order."""
        ...

    def embed(self, texts: Mapping[str, EmbeddedText]) -> Sequence[Future[Made]]:
        """Begin to embed texts of papers that were read, by their `text_hash`; the parts together hold all."""
        ...


class Here(AbstractContextManager["Here"]):
    """Reads in processes of this machine and embeds in threads of this one, while papers are being read and written.

    Args:
        encoder: makes vectors.
        workers: processes that read; 0 for one a core.
        limits: what one paper may cost.
    """

    def __init__(self, encoder: Encoder, workers: int, limits: Limits) -> None:
        self._embedder = Embedder(encoder)
        self._workers = workers or cores()
        self._limits = limits
        # Two: while one codes the token vectors that it was given, the encoder works for the other.
        self._threads = ThreadPoolExecutor(2)

    def __exit__(self, *_: object) -> None:
        """Drop what is not embedded yet; processes end with each `read`."""
        self._threads.shutdown(cancel_futures=True)

    def read(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, object]]:
        """See `Workers.read`."""
        with Pool(read_paper, min(self._workers, len(tasks)), self._limits, PRELOAD) as pool:
            yield from pool.run(tasks)

    def embed(self, texts: Mapping[str, EmbeddedText]) -> Sequence[Future[Made]]:
        """See `Workers.embed`."""
        return [self._threads.submit(self._embedder.make, some) for some in portions(texts)]


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
