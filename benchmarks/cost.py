"""What reading costs with several versions of this program, paper by paper in turn, so that all meet the same machine.

    python -m benchmarks.cost CHECKOUT… --papers FOLDER… [--every 1] [--rounds 1]

Each checkout is a folder that holds the program as it was or is; a process of its own reads there. Counted is the time
of processors, that of OCR included. Prints milliseconds a sheet, in all and without papers that any version reads by
OCR, and how many times the first checkout's each is, with a 95% interval (bootstrap over papers). The bar of what may
be added to reading is 1.5 times.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from benchmarks.speed import interval

Flags: TypeAlias = npt.NDArray[np.bool_]
# What each checkout's process runs: a path a line comes in, what it cost goes out.
_READER: Final = """
import json, os, sys
from pathlib import Path
import psutil
from indexer import readers
from indexer.errors import UnreadablePaper
def spent():
    times = os.times()
    running = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return times.user + times.system + times.children_user + times.children_system + sum(
        child.user + child.system for child in running
    )
for line in sys.stdin:
    before = spent()
    try:
        methods = [page.method for page in readers.read(Path(line.rstrip(chr(10)))).pages]
    except UnreadablePaper:
        methods = []
    print(json.dumps([spent() - before, len(methods), "ocr" in methods]), flush=True)
"""


class Cost(NamedTuple):
    """What one paper cost one version: seconds, sheets, and whether any of these was read by OCR."""

    seconds: float
    sheets: int
    scanned: bool


def costs(checkouts: Sequence[Path], papers: Sequence[Path], rounds: int) -> Mapping[Path, list[Cost]]:
    """Read papers with each version in turn; of several rounds the cheapest counts."""
    with ExitStack() as stack:
        command = [sys.executable, "-c", _READER]
        at = {
            where: stack.enter_context(
                subprocess.Popen(command, cwd=where, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            for where in checkouts
        }
        # What is imported and prepared by the first paper is none of its cost.
        for process in at.values():
            _asked(process, papers[0])
        out: dict[Path, list[Cost]] = {where: [] for where in checkouts}
        for paper in papers:
            tries = [{where: _asked(process, paper) for where, process in at.items()} for _ in range(rounds)]
            for where in checkouts:
                out[where].append(min(tried[where] for tried in tries))
    return out


def _asked(process: subprocess.Popen[str], paper: Path) -> Cost:
    if not process.stdin or not process.stdout:
        message = "a reader without pipes"
        raise OSError(message)
    process.stdin.write(f"{paper}\n")
    process.stdin.flush()
    return Cost(*json.loads(process.stdout.readline()))


def table(by_checkout: Mapping[Path, Sequence[Cost]]) -> list[str]:
    """The costs of each checkout as lines of a table."""
    lines = []
    scanned: Flags = np.array([any(cost.scanned for cost in some) for some in zip(*by_checkout.values(), strict=True)])
    for name, kept in (("all papers", np.ones_like(scanned)), ("papers without OCR", ~scanned)):
        if not kept.any():
            continue
        first, sheets = (_column(next(iter(by_checkout.values())), kept, field) for field in ("seconds", "sheets"))
        lines.append(f"{name}: {int(kept.sum())}, {int(sheets.sum())} sheets")
        for where, every in by_checkout.items():
            seconds = _column(every, kept, "seconds")
            low, high = interval(seconds, first, np.sum)
            lines.append(
                f"  {where.name:12} {1000 * seconds.sum() / sheets.sum():8.2f} ms a sheet"
                f"   {seconds.sum() / first.sum():.2f} times [{low:.2f}, {high:.2f}]"
            )
    return lines


def _column(every: Sequence[Cost], kept: Flags, field: str) -> npt.NDArray[np.float64]:
    return np.array([getattr(cost, field) for cost in every], np.float64)[kept]


def main() -> None:
    """Read and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", nargs="+", type=Path)
    parser.add_argument("--papers", nargs="+", type=Path, required=True, help="folders of PDFs")
    parser.add_argument("--every", type=int, default=1, help="of the papers in order of their names, one in so many")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    papers = sorted(path for folder in options.papers for path in folder.rglob("*.pdf"))[:: options.every]
    print("\n".join(table(costs([where.resolve() for where in options.checkouts], papers, options.rounds))))


if __name__ == "__main__":
    main()
