"""How long a start takes, as a user meets it: help, a first question on the command line, the app ready.

    python -m benchmarks.start [--archive DIR] [--repeats 5]

Each is a separate process, with the files in the system's cache from a first run that is not counted; the converted
model is kept with its hash from then on. Prints the median and the least of wall seconds, and the median of processor
seconds, which other work on the machine disturbs less. The app is ready when its server says that it is well; how long
it takes until a first question is answered over HTTP is measured too. Linux and Mac only.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.servers.serving import started

_PATIENCE = 120.0
_QUESTION = "What did the board decide about the annual report?"
_BOUNDS = {"indexer --help": 0.3, "search --help": 0.3, "search ask": 2.5, "app ready": 4.0, "app's answer": 4.0}

Took = tuple[float, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Start everything several times and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, default=Path("data/archive"))
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args(arguments)
    tasks: dict[str, Callable[[], Took]] = {
        "indexer --help": lambda: _command("-m", "indexer", "--help"),
        "search --help": lambda: _command("-m", "search", "--help"),
        "search ask": lambda: _command("-m", "search", "ask", _QUESTION, "--archive", str(options.archive)),
        "app ready": lambda: _app(options.archive, "/_stcore/health"),
        "app's answer": lambda: _app(options.archive, f"/api/ask?{urllib.parse.urlencode({'q': _QUESTION})}"),
    }
    print(f"{'':16} median s  least s  processor s  bound s")
    for name, task in tasks.items():
        task()
        walls, processors = zip(*(task() for _ in range(options.repeats)), strict=True)
        print(
            f"{name:16} {statistics.median(walls):8.2f} {min(walls):8.2f} {statistics.median(processors):12.2f} "
            f"{_BOUNDS[name]:8.1f}",
            flush=True,
        )
    return 0


def _command(*arguments: str) -> Took:
    """Run Python with ``arguments`` to its end: wall and processor seconds."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        message = f"{' '.join(arguments)} ended with status {status}"
        raise SystemExit(message)
    return time.perf_counter() - start, used.ru_utime + used.ru_stime


def _app(archive: Path, page: str) -> Took:
    """Start the app and ask for ``page`` until it comes: wall seconds until then, processor seconds in all."""
    start = time.perf_counter()
    process, address = started(archive.resolve())
    try:
        _until_there(f"{address}{page}", start + _PATIENCE)
        wall = time.perf_counter() - start
    finally:
        process.terminate()
        _, _, used = os.wait4(process.pid, 0)
    return wall, used.ru_utime + used.ru_stime


def _until_there(address: str, deadline: float) -> None:
    while time.perf_counter() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=_PATIENCE):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    message = f"{address} did not answer within {_PATIENCE:g} s"
    raise SystemExit(message)


if __name__ == "__main__":
    sys.exit(main())
