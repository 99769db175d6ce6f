"""Processor time of a process and all that it started, also of those that nobody waits for. Linux only."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

_LOOK = 0.05  # seconds between two looks
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Spent:
    """Counts from entry; a process that ends between two looks loses at most what it did since the last.

    It counts this process's family, or that of another one.
    """

    def __init__(self, of: int = 0) -> None:
        self._of = of or os.getpid()
        self._most: dict[int, float] = {}
        self._before: dict[int, float] = {}
        self._over = threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._before = _family(self._of)
        self._watching.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._over.set()
        self._watching.join()

    def seconds(self) -> float:
        """Processor seconds until now."""
        self._look()
        return sum(most - self._before.get(pid, 0.0) for pid, most in self._most.items())

    def _watch(self) -> None:
        while not self._over.wait(_LOOK):
            self._look()

    def _look(self) -> None:
        self._most |= _family(self._of)


def _family(of: int) -> dict[int, float]:
    """Processor seconds of a process and its descendants, by number."""
    parents, times = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        pid = int(path.parent.name)
        parents[pid], times[pid] = int(fields[1]), (int(fields[11]) + int(fields[12])) / _TICKS
    family = {of}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return {pid: times[pid] for pid in family if pid in times}
