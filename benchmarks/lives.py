"""One archive's life, in steps that can be cut short anywhere: papers come, change, go, are withdrawn and released.

`benchmarks.kills` kills the process that lives it and compares the end with a life that nothing cut short. Papers are
short invented minutes, read in this process; the encoder is a stand-in; segments are merged and compressed from sizes
that three papers reach, so that all of it happens within seconds.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Self

import numpy as np

from indexer.archive import Archive, Writer, codec, merging, writer
from indexer.encoding.protocol import TokenVectors, Vectors
from indexer.errors import ArchiveMissing, UnreadablePaper
from indexer.pipeline import build, intake, workers
from indexer.pipeline.discover import digest
from indexer.pipeline.progress import Lines
from indexer.pipeline.reading import read_paper
from indexer.readers.pool import Task
from indexer.records import ModelIdentity, WordQuery
from indexer.upkeep import rulings

# The folder of a life in which its papers lie, as they are offered at three times.
STATES: Final = "states"
_SECRET, _LEASE = "Zanzibarquay", "Quillfeather"
_MATTERS: Final = ("ferry", "pier", "quay", "weir", "towpath", "slipway", "lantern", "chandlery", "boathouse", "sluice")
_DIMENSION: Final = 12
# What a check may say of an archive whose writer was killed; the next writer mends it.
_MENDED: Final = ("word index: ", "vector index: ", "database: a withdrawal was interrupted")


class StandIn:
    """Vectors by hash: the same text, the same vector."""

    identity = ModelIdentity("stand-in", "cd" * 32, _DIMENSION)
    dimension = _DIMENSION
    token_limit = 256

    def count_tokens(self, text: str) -> int:
        """Count words."""
        return len(text.split())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `indexer.encoding.protocol.Encoder.encode`."""
        digests = [hashlib.sha256(text.encode()).digest()[:_DIMENSION] for text in texts]
        rows = np.frombuffer(b"".join(digests), np.uint8).reshape(-1, _DIMENSION).astype(np.float32) - 127.5
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """See `indexer.encoding.protocol.Encoder.encode_tokens`: a word is a token."""
        found = [list(re.finditer(r"\S+", text)) for text in texts]
        return [
            TokenVectors(tuple(m[0] for m in each), tuple(m.span() for m in each), self.encode([m[0] for m in each]))
            for each in found
        ]

    def encode_whole(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
        """See `indexer.encoding.protocol.Encoder.encode_whole`."""
        return self.encode(texts), self.encode_tokens(texts)


class _Here:
    """Stands for the pool of reading processes, which would take a second to start: reads in this one."""

    def __init__(self, function: Callable[..., object], *_: object) -> None:
        self._function = function

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to stop."""

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, object]]:
        """Read each paper in turn."""
        for task in tasks:
            try:
                yield task, self._function(*task.arguments)
            except UnreadablePaper as error:
                yield task, error


def small() -> None:
    """Make this process settle after every paper, and merge and compress segments of a few rows."""
    for module, name, value in (
        (workers, "Pool", _Here),
        (intake, "_PAPERS_TOGETHER", 2),
        (writer, "_PASSAGES", 1),
        (merging, "_TIER", 8),
        (merging, "_FANOUT", 3),
        (merging, "_COMPRESSED", 32),
        (merging, "_LARGEST", 128),
    ):
        getattr(module, name)  # a constant that was renamed must not go unnoticed
        setattr(module, name, value)


def warm(states: Path) -> None:
    """Load what a run loads and compile what it compiles, but start no thread: children are forked from here."""
    for name in ("faiss", "indexer.archive.words", "indexer.archive.word_writer", "indexer.archive.reader"):
        import_module(name)
    for file in sorted(states.rglob("*.md")):
        read_paper(file, file.name, digest(file), {})


def _minutes(matter: str, day: int, note: str = "") -> str:
    return (
        f"# Saltmarsh Council\n\nMinutes of the meeting of the Harbour Board held on Tuesday {day} May 2021\n\n"
        f"PRESENT: Councillor A. Pike (Chair) and Councillor B. Roach\n\n## 12. {matter.upper()}\n\nThe Board "
        f"considered the report of the Harbour Master on the {matter} and its cost. {note}\n\nRESOLVED: That "
        f"the {matter} be repaired before the winter.\n"
    )


def prepare(folder: Path) -> None:
    """Write the papers as they are offered at three times: ``folder``/0 to ``folder``/2."""
    first = {f"{matter}.md": _minutes(matter, at + 1) for at, matter in enumerate(_MATTERS[:7])}
    first["secret.md"] = _minutes("settlement", 20, f"{_SECRET} was paid.")
    first["lease.md"] = _minutes("lease", 21, f"{_LEASE} offered a low rent.")
    first["copy.md"] = first["ferry.md"]
    second = {name: text for name, text in first.items() if name not in ("pier.md", "weir.md")}
    second |= {"a-quay.md": second.pop("quay.md"), "towpath.md": _minutes("towpath", 5, "It was flooded again.")}
    second |= {f"{matter}.md": _minutes(matter, at + 8) for at, matter in enumerate(_MATTERS[7:])}
    third = second | {"papers.csv": "path,exempt\nlease.md,yes\n", "pier.md": first["pier.md"]}
    third |= {f"late{at}.md": _minutes(f"late matter {at}", at + 1) for at in range(3)}
    for at, papers in enumerate((first, second, third)):
        place = folder / str(at)
        place.mkdir(parents=True)
        for name, text in papers.items():
            (place / name).write_text(text, encoding="utf-8")
            # Long ago, and another time for another text: so files are known by their times, as they mostly are.
            moment = 1_600_000_000 + int.from_bytes(hashlib.sha256(text.encode()).digest()[:3])
            os.utime(place / name, (moment, moment))


def _index(offered: int) -> Callable[[], None]:
    def step() -> None:
        Path("papers.new").unlink(missing_ok=True)
        Path("papers.new").symlink_to(Path(STATES) / str(offered))
        os.replace("papers.new", "papers")
        with Lines() as quiet:
            build.index(["papers"], Path("archive"), StandIn, quiet)

    return step


def _withdraw() -> None:
    rulings.withdraw(Path("archive"), "papers/secret.md", "court order")


def _release() -> None:
    with Archive.open(Path("archive")) as archive:
        (paper,) = {entry.paper_id for entry in archive.ledger() if entry.path == "papers/secret.md"}
    with Writer.open(Path("archive"), StandIn.identity) as open_writer:
        open_writer.release(paper, "order lifted")


STEPS: Final = {
    "add": _index(0),
    "change and remove": _index(1),
    "withdraw": _withdraw,
    "withhold": _index(2),
    "release": _release,
    "add again": _index(2),
    "withdraw again": _withdraw,
    "index unchanged": _index(2),
}


# The words of which no byte may be there after a step.
_ABSENT: Final = {
    "withdraw": (_SECRET,),
    "withhold": (_SECRET, _LEASE),
    "release": (_SECRET, _LEASE),
    "add again": (_LEASE,),
    "withdraw again": (_SECRET, _LEASE),
    "index unchanged": (_SECRET, _LEASE),
}


def go_on(work: Path, done: int, tell: Callable[[int], None], last: int | None = None) -> None:
    """Do the steps after the first ``done`` in the folder ``work``, to number ``last``; tell the number after each.

    Its papers lie in its ``STATES``, as `prepare` writes them: what is ruled on is kept with them.
    """
    os.chdir(work)
    for number, step in list(enumerate(STEPS.values(), 1))[done:last]:
        step()
        tell(number)


def faults_when_killed(work: Path, done: int) -> list[str]:
    """Open the archive as a reader does who comes right after the kill; return what must not be so."""
    try:
        archive = Archive.open(work / "archive")
    except ArchiveMissing as error:
        return [] if not done else [str(error)]
    with archive:
        faults = [line for line in archive.check() if not line.startswith(_MENDED)]
        _ranked(archive)
    return faults


def outcome(work: Path, done: int) -> dict[str, Any]:
    """Return all that must be the same in every life after so many steps: rows, rankings, faults, what leaked."""
    folder = work / "archive"
    with Archive.open(folder) as archive:
        held: dict[str, Any] = {"check": archive.check(), "ranked": _ranked(archive)}
    held["leaks"] = leaks(folder, _ABSENT.get(list(STEPS)[done - 1], ()))
    return held | {"rows": rows(folder)}


def leaks(folder: Path, planted: Iterable[str]) -> list[str]:
    """Return the files that hold planted words in any case, in UTF-8 or UTF-16."""
    signs = [sign.lower().encode(code) for sign in planted for code in ("utf-8", "utf-16-le")]
    return [name for name, data in contents(folder) if any(sign in data.lower() for sign in signs)]


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each file's name and bytes; of a database, besides, the pages' texts as they were before compression."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    yield from ((path.name, path.read_bytes()) for path in files)
    # Afterwards: whoever closes a database last deletes its log.
    for path in (path for path in files if path.name == "archive.sqlite"):
        with contextlib.closing(sqlite3.connect(path)) as connection:
            for (text,) in connection.execute("SELECT text FROM pages").fetchall():
                yield path.name, codec.text_from_bytes(text).encode()


# Vectors are numbered as they come; what counts is whose they are.
_OF_TEXTS: Final = {
    ("passages", "embedding"): "(SELECT hash FROM embeddings e WHERE e.id = embedding)",
    ("tokens", "id"): "(SELECT hash FROM embeddings e WHERE e.id = tokens.id)",
    ("embeddings", "id"): "0",
}


def rows(folder: Path) -> dict[str, list[str]]:
    """Return every row of the database in an order of its own, but for when and in which order it came."""
    times = {"generation", "noted", "number"}
    with contextlib.closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {}
        for table in tables:
            columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
            kept = ", ".join(
                _OF_TEXTS.get((table, name), f'"{name}"')
                for name in columns
                if name not in times or table == "sections"
            )
            found[table] = sorted(map(repr, connection.execute(f"SELECT {kept} FROM {table}")))  # noqa: S608
    own = ("('generation'", "('archive'", "('erased'")
    found["manifest"] = [row for row in found["manifest"] if not row.startswith(own)]
    return found


def _ranked(archive: Archive) -> list[Any]:
    """Rank everything both ways."""
    (query,) = StandIn().encode(["the question"])
    near = sorted((scored.id, round(scored.score, 3)) for scored in archive.nearest(query, 999))
    return [near, sorted(one.id for one in archive.match_words(WordQuery("board minutes resolved"), 999))]
