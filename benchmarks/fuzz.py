"""Reads papers that were changed at random, for as long as asked, and keeps every one that a reader broke on.

    python -m benchmarks.fuzz FOLDER… [--minutes 30] [--seed 1] [--keep FOLDER] [--workers 2]

Every file below the folders (up to 2 MB) is a seed. PDFs are also taken with their streams unpacked, so that changes
reach what pages draw; of Word files the parts are changed and packed again. Each change is one of: bytes flipped, cut
out, doubled or moved, a number made absurd, a name or word swapped for another of the file. Papers are read as the
product reads them, in its worker processes under its limits. Prints a JSON object; ``faults`` are readers that crashed,
hung or failed in a way that nobody foresaw, each kept as a file, and the exit status is 1 if there are any.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.odd import amiss
from indexer.errors import UnreadablePaper
from indexer.pipeline.reading import Withheld, read_paper
from indexer.readers.pool import Pool, Task

_LARGEST: Final = 2_000_000  # bytes of a seed: larger ones are read too seldom
_SECONDS: Final = 300.0  # as the product gives a paper of two megabytes
_ABSURD: Final = (b"-1", b"0", b"65536", b"2147483647", b"-2147483648", b"99999999999", b"1e308", b"0.0000001")
_NUMBER: Final = re.compile(rb"-?\d+(?:\.\d+)?")
_NAME: Final = re.compile(rb"/[A-Za-z]{2,20}|<[/!]?[A-Za-z][\w:]*|\b[A-Za-z]{3,12}\b")

Change = Callable[[bytearray, random.Random], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Change, read, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("broken"))
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    drawn = random.Random(options.seed)  # noqa: S311 - changes, not secrets
    about = fuzz(seeds(options.folders), drawn, 60 * options.minutes, options.keep, options.workers)
    print(json.dumps(about, indent=1, ensure_ascii=False))
    return 1 if about["faults"] else 0


def fuzz(found: Sequence[tuple[str, bytes]], drawn: random.Random, seconds: float, keep: Path, workers: int) -> Any:  # noqa: ANN401 - for printing
    """Read changed seeds for so many seconds; return what is printed."""
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as place, Pool(read_paper, workers) as pool:
        for task, result in pool.run(_tasks(found, drawn, until, Path(place))):
            file: Path = task.arguments[0]
            outcome = _outcome(result)
            outcomes[outcome.partition(":")[0].partition("(")[0].strip()] += 1
            if amiss(outcome):
                keep.mkdir(parents=True, exist_ok=True)
                (keep / file.name).write_bytes(file.read_bytes())
                faults.append(f"{file.name}: {outcome}")
            file.unlink()
    return {
        "seeds": len(found),
        "read": outcomes.total(),
        "outcomes": dict(outcomes.most_common()),
        "faults": faults,
        "minutes": round(seconds / 60, 1),
    }


def seeds(folders: Sequence[Path]) -> list[tuple[str, bytes]]:
    """Return names and bytes of the papers to change."""
    found = []
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        if path.stat().st_size <= _LARGEST:
            raw = path.read_bytes()
            found.append((path.name, raw))
            if raw.startswith(b"%PDF") and (plain := _unpacked(raw)):
                found.append((f"plain {path.name}", plain))
    return found


def changed(raw: bytes, drawn: random.Random) -> bytes:
    """Return a paper with one to eight changes."""
    if raw.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(raw)):
        return _repacked(raw, drawn)
    made = bytearray(raw)
    for _ in range(drawn.choice((1, 1, 2, 3, 8))):
        drawn.choice(_CHANGES)(made, drawn)
    return bytes(made)


def _tasks(found: Sequence[tuple[str, bytes]], drawn: random.Random, until: float, place: Path) -> Iterator[Task]:
    number = 0
    while time.monotonic() < until:
        name, raw = drawn.choice(found)
        number += 1
        made = changed(raw, drawn)
        file = place / f"{number:06} {name}"
        file.write_bytes(made)
        digest = hashlib.sha256(made).hexdigest()
        yield Task(file.name, (file, file.name, digest, {}), _SECONDS)


def _outcome(result: object) -> str:
    if isinstance(result, UnreadablePaper):
        return re.sub(r"\d+", "N", str(result)) if not amiss(str(result)) else str(result)
    return "withheld" if isinstance(result, Withheld) else "read"


def _place(made: bytearray, drawn: random.Random, longest: int) -> tuple[int, int]:
    start = drawn.randrange(max(len(made), 1))
    return start, min(len(made), start + drawn.randint(1, longest))


def _flip(made: bytearray, drawn: random.Random) -> None:
    start, end = _place(made, drawn, 8)
    for at in range(start, end):
        made[at] ^= 1 << drawn.randrange(8)


def _cut(made: bytearray, drawn: random.Random) -> None:
    start, end = _place(made, drawn, drawn.choice((4, 200, 20_000)))
    del made[start:end]


def _double(made: bytearray, drawn: random.Random) -> None:
    start, end = _place(made, drawn, drawn.choice((20, 500)))
    made[end:end] = made[start:end] * drawn.choice((1, 2, 50))


def _move(made: bytearray, drawn: random.Random) -> None:
    start, end = _place(made, drawn, 400)
    piece = made[start:end]
    del made[start:end]
    at = drawn.randrange(len(made) + 1)
    made[at:at] = piece


def _absurd(made: bytearray, drawn: random.Random) -> None:
    _swap(made, drawn, _NUMBER, lambda _: drawn.choice(_ABSURD))


def _rename(made: bytearray, drawn: random.Random) -> None:
    _swap(made, drawn, _NAME, lambda others: drawn.choice(others)[0])


def _swap(
    made: bytearray, drawn: random.Random, pattern: re.Pattern[bytes], other: Callable[[list[re.Match[bytes]]], bytes]
) -> None:
    start = drawn.randrange(max(len(made), 1))
    found = list(pattern.finditer(bytes(made[start : start + 4_000])))
    if found:
        one = drawn.choice(found)
        made[start + one.start() : start + one.end()] = other(found)


_CHANGES: Final[tuple[Change, ...]] = (_flip, _cut, _double, _move, _absurd, _absurd, _rename, _rename)


def _repacked(raw: bytes, drawn: random.Random) -> bytes:
    """Change one part of a package, or sometimes the package's own bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        chosen = drawn.choice([name for name in packed.namelist() if name.endswith((".xml", ".rels"))])
        for name in packed.namelist():
            part = bytearray(packed.read(name))
            if name == chosen:
                drawn.choice(_CHANGES)(part, drawn)
            made.writestr(name, bytes(part))
    whole = bytearray(out.getvalue())
    if drawn.random() < 0.2:
        drawn.choice(_CHANGES)(whole, drawn)
    return bytes(whole)


def _unpacked(raw: bytes) -> bytes:
    """Return a PDF with its streams unpacked, nothing where that fails."""
    import pypdf

    from indexer.readers.pdf.frame import PYPDF_TROUBLE

    with contextlib.suppress(*PYPDF_TROUBLE):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(raw))
        for page in writer.pages[:30]:
            if (contents := page.get_contents()) is not None:
                page.replace_contents(contents)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue() if out.tell() <= 4 * _LARGEST else b""
    return b""


if __name__ == "__main__":
    sys.exit(main())
