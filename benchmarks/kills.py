"""Kills the indexer at random instants and at every change of a file, and looks whether anything was lost.

    python -m benchmarks.kills [--times 200] [--every 0] [--seed 7] [--folder FOLDER]

An archive's life (`benchmarks.lives`) is lived once in peace. Then others are killed (SIGKILL) again and again at
random instants; each time a reader opens what is left and checks it, and the same commands are run again. With
``--every N`` one more life is stopped before every Nth of the system calls that change a file, in SQLite, tantivy and
our own code alike, and what a kill there would leave is opened, checked and taken to the end of that step. Every life
must come to the same rows, byte for byte, the same passages found, nothing broken, and no byte of what was withdrawn.
Prints a JSON object; the exit status is 1 if anything was amiss. Linux only; works in memory where there is /dev/shm,
because a kill, unlike a power cut, loses nothing that was written.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks import lives, tracing

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_PATIENCE = 120  # seconds that one life may take, whatever else the machine does


@dataclass(slots=True)
class Tally:
    """What was tried, and what came of it: ``kills`` by step, ``boundaries`` by the file changed last."""

    kills: Counter[str] = field(default_factory=Counter)
    boundaries: Counter[str] = field(default_factory=Counter)
    lives: int = 0
    changes: int = 0
    faults: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Live, kill, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--every", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, default=_MEMORY if _MEMORY.is_dir() else None)
    options = parser.parse_args(arguments)
    lives.small()
    start = time.monotonic()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        killer = Killer(Path(folder).resolve(), options.seed)
        killer.kill(options.times)
        if options.every:
            killer.stop(options.every)
    tally = killer.tally
    about = {
        "kills": sum(tally.kills.values()),
        "kills_by_step": dict(sorted(tally.kills.items())),
        "lives": tally.lives,
        "boundaries": sum(tally.boundaries.values()),
        "of_changes": tally.changes,
        "boundaries_by_file": dict(sorted(tally.boundaries.items())),
        "faults": tally.faults,
        "seconds": round(time.monotonic() - start),
    }
    print(json.dumps(about, indent=1))
    return 1 if tally.faults else 0


class Killer:
    """Lives in a folder of its own; nothing here loads an index, so that every child starts with a clean process."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.tally = Tally()
        self._folder = folder
        self._drawn = random.Random(seed)  # noqa: S311 - instants, not secrets
        self._states = folder / "states"
        lives.prepare(self._states)
        lives.warm(self._states)
        self._span, self._wanted = 0.0, dict[int, Any]()
        quiet = self._fresh("quiet")
        for done, step in enumerate(lives.STEPS):
            began = time.monotonic()
            self._run(f"{step}, in peace", quiet, done, done + 1)
            self._span += time.monotonic() - began
            self._wanted[done + 1] = found = self._outcome(quiet, done + 1)
            if isinstance(found, str) or found["check"] or found["leaks"]:
                self.tally.faults.append(f"{step}, in peace: {found}")

    def kill(self, times: int) -> None:
        """Kill at ``times`` random instants, over as many lives as that takes."""
        while sum(self.tally.kills.values()) < times:
            work, done = self._fresh("work"), 0
            while done < len(lives.STEPS):
                left = times - sum(self.tally.kills.values())
                wait = self._drawn.uniform(0, self._span / 2) if left else _PATIENCE
                before, done = done, self._lived(work, done, wait)
                if done < len(lives.STEPS):
                    step = list(lives.STEPS)[done]
                    self.tally.kills[step] += 1
                    self._note(f"killed {wait:.3f} s into a run from step {before}, in {step}", work, done)
            self.tally.lives += 1
            self._compare(f"life {self.tally.lives}", work, len(lives.STEPS))

    def stop(self, every: int) -> None:
        """Stop a life before every so many changes of files."""
        if not tracing.possible():
            self.tally.faults.append("system calls can be watched on Linux and x86-64 only; leave --every out")
            return
        work = self._fresh("traced")

        def live(pipe: Connection) -> None:
            tracing.offer()
            lives.go_on(work, 0, pipe.send)

        pid, pipe = _forked(live)
        done, before = 0, _seen(work)
        for _ in tracing.changes(pid):
            while pipe.poll():
                done = pipe.recv()
            now = _seen(work)
            if now != before and done < len(lives.STEPS):
                self.tally.changes += 1
                if self.tally.changes % every == 0:
                    self._as_if_killed(done, _class(before, now))
            before = now
        pipe.close()

    def _as_if_killed(self, done: int, changed: str) -> None:
        """Take up the life where it stands, in a copy."""
        copy = self._fresh("copy")
        shutil.rmtree(copy)
        shutil.copytree(self._folder / "traced", copy, symlinks=True)
        self.tally.boundaries[changed] += 1
        self._note(f"stopped after a change of {changed}", copy, done)
        which = f"stopped after a change of {changed}, in {list(lives.STEPS)[done]}"
        self._run(which, copy, done, done + 1)
        self._compare(which, copy, done + 1)

    def _run(self, which: str, work: Path, done: int, last: int) -> None:
        """Do some steps that nobody cuts short."""
        if isinstance(failed := self._told(lambda pipe: lives.go_on(work, done, pipe.send, last)), str):
            self.tally.faults.append(f"{which}: {failed}")

    def _fresh(self, name: str) -> Path:
        place = self._folder / name
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self._states, place / lives.STATES)
        return place

    def _lived(self, work: Path, done: int, wait: float) -> int:
        """Go on with a life for so many seconds, then kill it; return how many steps are done."""
        pid, pipe = _forked(lambda pipe: lives.go_on(work, done, pipe.send))
        until = time.monotonic() + wait
        while done < len(lives.STEPS) and (left := until - time.monotonic()) > 0 and pipe.poll(left):
            try:
                told = pipe.recv()
            except EOFError:
                break
            if isinstance(told, str):
                self.tally.faults.append(told)
                done = len(lives.STEPS)
            else:
                done = told
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        while pipe.poll():
            try:
                done = pipe.recv()
            except EOFError:
                break
        pipe.close()
        return done

    def _note(self, when: str, work: Path, done: int) -> None:
        """Note what a reader finds amiss right after a kill."""
        found = self._told(lambda pipe: pipe.send(lives.faults_when_killed(work, done)))
        self.tally.faults += [f"{when}: {fault}" for fault in ([found] if isinstance(found, str) else found)]

    def _compare(self, which: str, work: Path, done: int) -> None:
        """Note where an archive after so many steps differs from that in peace."""
        found = self._outcome(work, done)
        if isinstance(found, str):
            self.tally.faults.append(f"{which}: {found}")
            return
        wanted = self._wanted[done]
        self.tally.faults += [f"{which}: {name} differ" for name in wanted if found[name] != wanted[name]]

    def _outcome(self, work: Path, done: int) -> Any:  # noqa: ANN401 - see `lives.outcome`; a text if it failed
        return self._told(lambda pipe: pipe.send(lives.outcome(work, done)))

    def _told(self, job: Callable[[Connection], object]) -> Any:  # noqa: ANN401 - whatever the job tells
        """Run a job in a child to its end; return what it sent last, which is a text if it failed."""
        pid, pipe = _forked(job)
        told = None
        with contextlib.suppress(EOFError):
            while True:
                told = pipe.recv()
        os.waitpid(pid, 0)
        pipe.close()
        return told


def _forked(job: Callable[[Connection], object]) -> tuple[int, Connection]:
    """Run a job in a child; return its number and the pipe that it sends to."""
    ours, theirs = Pipe(duplex=False)
    pid = os.fork()
    if pid:
        theirs.close()
        return pid, ours
    status = 1
    try:
        # FAISS and progress lines write here.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        job(theirs)
        status = 0
    except BaseException:
        theirs.send(traceback.format_exc())
    finally:
        os._exit(status)


def _seen(folder: Path, within: str = "") -> dict[str, tuple[int, int, int]]:
    """Return what shows that a file has changed, by its name."""
    found: dict[str, tuple[int, int, int]] = {}
    with contextlib.suppress(FileNotFoundError), os.scandir(folder / within) as entries:
        for entry in entries:
            name = f"{within}/{entry.name}".lstrip("/")
            facts = entry.stat(follow_symlinks=False)
            found[name] = (facts.st_ino, facts.st_size, facts.st_mtime_ns)
            if entry.is_dir(follow_symlinks=False):
                found |= _seen(folder, name)
    return found


def _class(before: dict[str, Any], now: dict[str, Any]) -> str:
    """Return which kind of file differs."""
    name = next(name for name in sorted({*before, *now}) if before.get(name) != now.get(name))
    parts = Path(name).parts
    return parts[0] if len(parts) < 2 else parts[1]


if __name__ == "__main__":
    sys.exit(main())
