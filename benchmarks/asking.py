"""Times, memory and recall of a process that answers questions from an archive of recombined papers."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.processor import Spent
from benchmarks.servers.serving import peak
from indexer.archive import Archive, codec, database
from indexer.encoding import cross_encoder, encoder
from indexer.encoding.protocol import Vectors
from indexer.records import Filters, WordQuery
from search.engine import Engine
from search.memory import tidy_seldom

_WARMING = 10
_DEEP = 50
_TIED = 1e-5  # of equal passages any may be found
_FILTERS = (
    Filters(boards=("Cabinet",)),
    Filters(date_from=date(2019, 1, 1), date_to=date(2020, 12, 31)),
    Filters(kinds=("resolution",)),
    Filters(authorities=("Saltmarsh Council",), boards=("Flood Panel",)),
    Filters(kinds=("report", "table"), date_from=date(2015, 1, 1)),
)
_SETS: Final = {"off": (Filters(),), "on": _FILTERS}
_COMMON = WordQuery("council report service budget committee board care people work plan year")


# Bytes of each table with its indexes, by both databases.
_IN_FILE = "SELECT name, SUM(pgsize) FROM dbstat GROUP BY name"
_ON_SERVER = (
    "SELECT relname, pg_total_relation_size(oid) FROM pg_class "
    "WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
)


def measure(folder: Path, questions: Sequence[str], database_pid: int = 0) -> dict[str, float]:
    """Ask every question once without filters and once with, after ten to warm up, and return what it took.

    Then once more by an engine that has nothing in memory and reads the first passages with the cross-encoder. Before
    each, garbage is set to be collected as the app has it.

    Args:
        folder: the archive.
        questions: what is asked.
        database_pid: of the database's server, where its processor time can be seen; 0 where not.
    """
    model = encoder.load()
    start = time.perf_counter()
    library = Archive.open(folder, model.identity)
    engine = Engine(library, model)
    engine.ask(questions[0])
    row = {"first_question_s": round(time.perf_counter() - start, 2)}
    for question in questions[:_WARMING]:
        engine.ask(question, limit=9)
    tidy_seldom()
    vectors = model.encode(questions)
    every = {name: [filters[at % len(filters)] for at in range(len(questions))] for name, filters in _SETS.items()}
    for name, chosen in every.items():
        with Spent(database_pid) as spent:
            row |= _times(f"question_{name}", engine.ask, zip(questions, chosen, strict=True))
        if database_pid:
            row[f"question_{name}_database"] = round(1000 * spent.seconds() / len(questions), 1)
        row |= _rankings(name, engine, questions, vectors, chosen)
    row["reader_peak_mb"] = peak()
    row |= _with_cross_encoder(Engine(library, model, cross_encoder=cross_encoder.load()), questions, every)
    return row | _sizes(folder, library.totals().passages) | _recall(folder, library, vectors)


def _with_cross_encoder(
    engine: Engine, questions: Sequence[str], every: Mapping[str, Sequence[Filters]]
) -> dict[str, float]:
    row = dict[str, float]()
    for question in questions[:_WARMING]:
        engine.ask(question, limit=9)
    tidy_seldom()
    for name, chosen in every.items():
        row |= _times(f"read_{name}", engine.ask, zip(questions, chosen, strict=True))
    return row | {"reading_peak_mb": peak()}


def _rankings(
    name: str, engine: Engine, questions: Sequence[str], vectors: Vectors, chosen: Sequence[Filters]
) -> dict[str, float]:
    """Time each first-stage ranking alone, and that by words for a question of the commonest words."""
    library, depth = engine.library, engine.settings.depth
    words = [engine.parse(question).for_words(engine.settings.expansion) for question in questions]
    return (
        _times(f"words_{name}", library.match_words, ((word, depth, f) for word, f in zip(words, chosen, strict=True)))
        | _times(f"meaning_{name}", library.nearest, ((row, depth, f) for row, f in zip(vectors, chosen, strict=True)))
        | _times(f"common_{name}", library.match_words, ((_COMMON, depth, f) for f in chosen[:20]))
    )


def _times(name: str, call: Callable[..., object], every: Iterable[tuple[object, ...]]) -> dict[str, float]:
    """Call once with each; milliseconds by the clock, median and 95th percentile, and of this process's processor time.

    The processor's is a mean, without what a database server took; other work on the machine hardly changes it.
    """
    times, spent = [], time.process_time()
    for values in every:
        start = time.perf_counter()
        call(*values)
        times.append(1000 * (time.perf_counter() - start))
    processor = 1000 * (time.process_time() - spent) / len(times)
    row = {"p50": statistics.median(times), "p95": statistics.quantiles(times, n=20)[-1], "processor": processor}
    return {f"{name}_{measure}": round(value, 1) for measure, value in row.items()}


def _sizes(folder: Path, passages: int) -> dict[str, float]:
    """Bytes a passage: of vectors (in the database and their index), of text, and of all the rest."""
    vectors = sum(path.stat().st_size for path in (folder / "vectors").glob("*"))
    words = sum(path.stat().st_size for path in (folder / "words").rglob("*") if path.is_file())
    with closing(database.for_reading(folder)) as connection:
        tables = dict(connection.execute(_ON_SERVER if database.address_of(folder) else _IN_FILE))
        pages = connection.execute("SELECT text FROM pages")
        text = sum(len(codec.text_from_bytes(packed).encode()) for (packed,) in pages)
    tokens, own = (sum(size for name, size in tables.items() if part in name) for part in ("tokens", "embeddings"))
    return {
        "token_bytes": round(tokens / passages),
        "vector_bytes": round((own + vectors) / passages),
        "vector_index_bytes": round(vectors / passages),
        "text_bytes": round(text / passages),
        "rest_bytes": round((sum(tables.values()) - tokens - own + words) / passages),
        "word_index_bytes": round(words / passages),
    }


def _recall(folder: Path, library: Archive, questions: Vectors) -> dict[str, float]:
    """Compare with an exact ranking: of questions, and of passages' own vectors moved a little."""
    generator = np.random.default_rng(5)
    asked, ids, scores = questions, np.empty((0,), np.int64), np.empty((0, 0), np.float32)
    best: list[list[tuple[float, int]]] = []
    for some, rows in _stored(folder):
        if not best:
            moved = rows[:: max(1, len(rows) // len(questions))][: len(questions)]
            moved = moved + 0.5 * generator.standard_normal(moved.shape).astype(np.float32) / np.sqrt(moved.shape[1])
            asked = np.concatenate([questions, moved / np.linalg.norm(moved, axis=1, keepdims=True)])
            best = [[] for _ in asked]
        ids, scores = some, asked @ rows.T
        for at, row in enumerate(scores):
            first = np.argpartition(-row, min(_DEEP, len(row) - 1))[:_DEEP]
            best[at] = sorted([*best[at], *zip(row[first].tolist(), ids[first].tolist(), strict=True)])[-_DEEP:]
    shares = [
        sum(one.score >= min(exact)[0] - _TIED for one in library.nearest(row, _DEEP)) / len(exact)
        for row, exact in zip(asked, best, strict=True)
    ]
    half = len(questions)
    return {
        "recall50_questions": round(statistics.mean(shares[:half]), 4),
        "recall50_passages": round(statistics.mean(shares[half:]), 4),
    }


def _stored(folder: Path) -> Iterator[tuple[NDArray[np.int64], Vectors]]:
    """Yield all passages' ids and vectors (float32), 50,000 at a time."""
    with closing(database.for_reading(folder)) as connection:
        found = iter(
            connection.execute("SELECT p.id, e.vector FROM passages p JOIN embeddings e ON e.id = p.embedding")
        )
        while rows := list(islice(found, 50_000)):
            vectors = np.frombuffer(b"".join(vector for _, vector in rows), "<f2").astype(np.float32)
            yield np.array([id for id, _ in rows], np.int64), vectors.reshape(len(rows), -1)
