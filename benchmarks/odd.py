"""Indexes a folder of odd, broken or hostile files, and says what became of each, at what cost.

    python -m benchmarks.odd FOLDER… [--workers 2] [--list] [--expected benchmarks/cases.jsonl]

The run is the product's own, but for the encoder, which is a stand-in unless something is expected of the papers and of
answers from them: then a table of what is expected and what differs comes first. Each paper gets a reading process of
its own, so that the most memory it took is its own. Afterwards the first sheet of every PDF is drawn, as the app would.
Prints a JSON object; ``faults`` are files without an outcome or a reason, readers that crashed, hung or failed in a way
that nobody foresaw, and whatever ``check`` finds; the exit status is 1 if there are any, or if anything differs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks import cases
from benchmarks.lives import StandIn
from indexer.archive import Archive
from indexer.encoding import encoder as encoding
from indexer.encoding.encoder import Encoder
from indexer.errors import UnreadablePaper
from indexer.pipeline import build, intake
from indexer.pipeline import workers as workers_of
from indexer.pipeline.progress import Lines
from indexer.pipeline.reading import Withheld, read_paper
from indexer.readers.pdf.sheets import image
from indexer.readers.pool import Limits, Pool, Task
from indexer.records import LedgerEntry, Reading

_NOTES: Final = "ODD_FILES_NOTES"
_FORESEEN: Final = {"indexed", "partly read", "unreadable", "withheld", "duplicate"}
# How the pool words what no reader should do.
_TROUBLE: Final = ("its reader", "not read within")
_SECONDS_TO_DRAW: Final = 30.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Index, draw, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="every file with its outcome")
    parser.add_argument("--expected", type=Path, help="what is expected of these papers")
    options = parser.parse_args(arguments)
    table: cases.Table = []
    with tempfile.TemporaryDirectory() as place:
        os.environ[_NOTES] = f"{place}/notes.jsonl"
        encoder = encoding.load if options.expected else StandIn
        about = outcomes(options.folders, Path(place), options.workers, encoder)
        if options.expected:
            table = cases.compared(Path(place, "archive"), cases.expected(options.expected), encoder())
    if not options.list:
        del about["files"]
    for case, wanted, differs in table:
        print(f"{'DIFFERS' if differs else 'ok'}  {case}\n  expected: {wanted}\n  actual:   {differs or 'as expected'}")
    if table:
        print(f"{len(table)} kinds, {sum(bool(differs) for *_, differs in table)} differ")
    print(json.dumps(about, indent=1, ensure_ascii=False))
    return 1 if about["faults"] or any(differs for *_, differs in table) else 0


def outcomes(
    folders: Sequence[str], place: Path, workers: int, encoder: Callable[[], Encoder] = StandIn
) -> dict[str, Any]:
    """Index the folders into an archive in ``place`` and return what is printed."""
    setattr(workers_of, "read_paper", measured)  # noqa: B010 - a name that it imports
    began = time.monotonic()
    how = intake.Options(workers, limits=Limits(recycle=1))
    with Lines() as watcher:
        report = build.index(folders, place / "archive", encoder, watcher, how)
    with Archive.open(place / "archive") as archive:
        ledger, broken = archive.ledger(), archive.check()
        files = [str(archive.file(paper)) for paper in archive.papers()]
    costs = _costs(Path(os.environ[_NOTES]))
    drawn = _drawn(files, workers)
    return {
        "offered": report.offered,
        "outcomes": dict(sorted(Counter(entry.status for entry in ledger).items())),
        "reasons": dict(Counter(_kind(entry) for entry in ledger if entry.status == "unreadable").most_common()),
        "pages": sum(entry.pages for entry in ledger),
        "pages_without_text": sum(len(entry.pages_without_text) for entry in ledger),
        "most_memory_mb": _most(costs, "megabytes"),
        "longest_seconds": _most(costs, "seconds"),
        "drawn": dict(Counter(drawn.values()).most_common(8)),
        "faults": [*broken, *_faults(ledger, report.offered), *(f"{p}: {d}" for p, d in drawn.items() if amiss(d))],
        "seconds": round(time.monotonic() - began),
        "files": {entry.path: f"{entry.status} {entry.reason}".strip() for entry in ledger},
    }


def measured(file: Path, path: str, digest: str, overrides: Mapping[str, str]) -> Reading | Withheld:
    """Read a paper as the product does, and note what that took."""
    import resource

    began = time.monotonic()
    try:
        return read_paper(file, path, digest, overrides)
    finally:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        note = {"path": path, "seconds": round(time.monotonic() - began, 2), "megabytes": most}
        with Path(os.environ[_NOTES]).open("a", encoding="utf-8") as notes:
            notes.write(json.dumps(note) + "\n")


def draw(path: str) -> str:
    """Draw the first sheet of a PDF as the app does; return what came of it in a word."""
    try:
        return "drawn" if image(Path(path), 1, 2.0) else "nothing"
    except UnreadablePaper as error:
        return str(error)


def _drawn(paths: Sequence[str], workers: int) -> dict[str, str]:
    with Pool(draw, workers) as pool:
        tasks = [Task(path, (path,), _SECONDS_TO_DRAW) for path in paths if _pdf(path)]
        return {task.name: str(result) for task, result in pool.run(tasks)}


def _pdf(path: str) -> bool:
    with Path(path).open("rb") as file:
        return b"%PDF" in file.read(1024)


def _costs(notes: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in notes.read_text("utf-8").splitlines()]


def _most(costs: Sequence[Mapping[str, Any]], what: str) -> dict[str, float]:
    """The five that took most, most first."""
    most = sorted(costs, key=lambda cost: -cost[what])[:5]
    return {cost["path"]: cost[what] for cost in most}


def _kind(entry: LedgerEntry) -> str:
    """A reason without what is the file's own in it."""
    return entry.reason.partition(":")[0].partition("(")[0].strip()


def _faults(ledger: Sequence[LedgerEntry], offered: int) -> list[str]:
    faults = [] if len(ledger) == offered else [f"{offered} files offered, {len(ledger)} in the ledger"]
    for entry in ledger:
        unsaid = entry.status != "indexed" and not entry.reason
        if entry.status not in _FORESEEN or unsaid or amiss(entry.reason):
            faults.append(f"{entry.path}: {entry.status} {entry.reason}")
    return faults


def amiss(reason: str) -> bool:
    """Whether a reader did what no reader should do: crashed, hung, or failed in a way that nobody foresaw."""
    return any(sign in reason for sign in _TROUBLE)


if __name__ == "__main__":
    # Workers find a function by its module, which must not be called __main__.
    from benchmarks import odd

    sys.exit(odd.main())
