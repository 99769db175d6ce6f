"""How the archive grows: one archive of recombined papers, filled step by step and measured at each size.

    python -m benchmarks.scale FOLDER [--sizes 10000 100000 1000000] [--questions 60]
                                      [--server ADDRESS [--database-pid PID]]

At each size (in passages) this prints one row: how long filling took, the size on disk, the most memory of the process
that wrote and of one that answers, the time of a question with filters off and on, without the cross-encoder and with
it ("read"), that of the rankings by words and by meaning alone, recall of the ranking by meaning against an exact one,
and the time to add one more paper. Rows go to FOLDER/growth.jsonl as well; ``python -m benchmarks.growth`` draws them.
What the papers are made of, and what is not real about them, says `benchmarks.papers.recombined`. Papers are written
through the archive's own writer.

Token vectors are the real ones of the sample's sentences, some thousand passages' worth, over and over: of as many
bytes as a passage's own, but not its own.

With ``--server`` rows are on a PostgreSQL server (and vectors in Milvus, if ``BOARD_PAPERS_MILVUS`` says so); sizes are
then those of its tables, with their indexes. ``--database-pid`` is that of the server's first process, where it runs on
this machine: then its processor time is told as well.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import count, cycle
from pathlib import Path
from typing import Any

from benchmarks.asking import measure
from benchmarks.papers.recombined import Pool, Recombiner, packed_tokens, pool
from benchmarks.servers.serving import peak
from indexer.archive import Archive, Writer, codebook, database, engines, texts_to_embed
from indexer.encoding import encoder
from indexer.encoding.protocol import Vectors
from indexer.errors import ArchiveMissing
from indexer.records import LedgerEntry, Reading

_GOLD = Path("data/gold.jsonl")
_POOLED = 6_000
_AT_ONCE = 25
_FEW = 5  # papers added one by one at the end of each size


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--server", default="")
    parser.add_argument("--database-pid", type=int, default=0)
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.server:
        database.keep(options.folder, options.server)
    source = pool(encoder.load())
    asked = questions(source, options.questions)
    away = multiprocessing.get_context("spawn")
    for size in sorted(options.sizes):
        # Each step in its own process, so that its peak of memory is its own.
        row: dict[str, Any] = {"store": _store(options.folder), "passages": size}
        for step, values in (
            (fill, (options.folder, source, size)),
            (measure, (options.folder, asked, options.database_pid)),
        ):
            with ProcessPoolExecutor(1, away) as process:
                row |= process.submit(step, *values).result()
        with (options.folder / "growth.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(row) + "\n")
        print(json.dumps(row, indent=1), flush=True)
    return 0


def _store(folder: Path) -> str:
    if not database.address_of(folder):
        return "embedded"
    return "PostgreSQL and Milvus" if engines.shared(folder) else "PostgreSQL"


def questions(source: Pool, most: int) -> list[str]:
    """The sample's judged questions, then as many again about the topics of papers, until there are ``most``."""
    gold = [json.loads(line)["question"] for line in _GOLD.read_text(encoding="utf-8").splitlines()]
    recombiner = Recombiner(source)
    readings = (recombiner.paper(number)[0] for number in range(most))
    made = [f"What did the {one.paper.meeting.board} decide about {one.sections[0].title.lower()}?" for one in readings]
    return [*gold, *made][:most]


def fill(folder: Path, source: Pool, size: int) -> dict[str, float]:
    """Add papers until the archive holds ``size`` passages; then some one by one, each as its own run."""
    identity = encoder.load().identity
    papers, passages = _held(folder)
    codes = cycle(list(packed_tokens(source, _POOLED, codebook(identity.digest, identity.dimension))))

    def add(writer: Writer, reading: Reading, vectors: Vectors) -> None:
        tokens = dict(zip((text.hash for text in texts_to_embed(reading)), codes, strict=False))
        writer.add(reading, vectors, [_entry(reading)], tokens)

    start, began = time.perf_counter(), passages
    with Writer.open(folder, identity) as writer:
        for reading, vectors in _made(source, papers, size - passages):
            add(writer, reading, vectors)
            papers, passages = papers + 1, passages + len(vectors)
    filled = time.perf_counter() - start
    recombiner, times = Recombiner(source), []
    for number in range(papers, papers + _FEW):
        reading, vectors = recombiner.paper(number)
        start = time.perf_counter()
        with Writer.open(folder, identity) as writer:
            add(writer, reading, vectors)
        times.append(time.perf_counter() - start)
    return {
        "papers": papers + _FEW,
        "fill_seconds": round(filled, 1),
        "fill_per_second": round((passages - began) / filled) if passages > began else 0,
        "add_one_paper_ms": round(1000 * sorted(times)[_FEW // 2], 1),
        "writer_peak_mb": peak(),
    }


def _held(folder: Path) -> tuple[int, int]:
    try:
        with Archive.open(folder) as archive:
            totals = archive.totals()
    except ArchiveMissing:
        return 0, 0
    return totals.papers, totals.passages


def _entry(reading: Reading) -> LedgerEntry:
    return LedgerEntry(reading.paper.path, "indexed", "", reading.paper.id, reading.paper.page_count)


def _made(source: Pool, first: int, passages: int) -> Iterator[tuple[Reading, Any]]:
    """Make papers in another process, from number ``first`` until there are ``passages``."""
    if passages <= 0:
        return
    away = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, away, _begin, (source,)) as maker:
        numbers = (range(at, at + _AT_ONCE) for at in count(first, _AT_ONCE))
        waiting = [maker.submit(_papers, next(numbers)) for _ in range(3)]
        while passages > 0:
            batch = waiting.pop(0).result()
            waiting.append(maker.submit(_papers, next(numbers)))
            for reading, vectors in batch:
                yield reading, vectors
                passages -= len(vectors)
                if passages <= 0:
                    return


_MAKER: list[Recombiner] = []


def _begin(source: Pool) -> None:
    _MAKER.append(Recombiner(source))


def _papers(numbers: range) -> list[tuple[Reading, Any]]:
    return [_MAKER[0].paper(number) for number in numbers]


if __name__ == "__main__":
    sys.exit(main())
