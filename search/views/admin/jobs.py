"""Papers added from the browser, and the indexer's commands run from it: one long job at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from indexer.errors import BadArguments
from indexer.text.words import plain_name
from search.bounds import BOUNDS

SUFFIXES = ("pdf", "docx", "html", "htm", "txt", "md")


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did: when (ISO, UTC), who, and the command."""

    at: str
    who: str
    command: str


@dataclass(frozen=True, slots=True)
class Job:
    """A long job: its command, whether it still runs, and the last lines that it wrote."""

    command: str
    running: bool
    lines: tuple[str, ...]


class Jobs:
    """Jobs of one archive; ``folder`` holds the log of acts and the last job's output."""

    def __init__(self, folder: Path, archive: Path) -> None:
        self._folder, self._archive = folder, archive

    def act(self, who: str, command: Sequence[str]) -> str:
        """Run a short command and give what it said.

        Raises:
            BadArguments: it was refused; the message is its own.
        """
        self._log(who, command)
        argv = self._argv(command)
        done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=BOUNDS.job_seconds)  # noqa: S603  ours
        if done.returncode:
            raise BadArguments(done.stderr.strip() or f"It ended with {done.returncode}", found=str(done.returncode))
        return done.stdout.strip()

    def start(self, who: str, command: Sequence[str]) -> None:
        """Start a long command.

        Raises:
            BadArguments: another one is still running.
        """
        current = self.current()
        if current and current.running:
            message = f"“{current.command}” is still running; wait until it is done"
            raise BadArguments(message, expected="no job", found=current.command)
        self._log(who, command)
        argv = self._argv(command)
        with self._path("log").open("wb") as out:
            process = subprocess.Popen(  # noqa: S603  ours
                argv, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )
        self._path("json").write_text(json.dumps({"pid": process.pid, "command": " ".join(command)}), encoding="utf-8")

    def current(self) -> Job | None:
        """Give the last job that was started, None where there was none."""
        try:
            noted = json.loads(self._path("json").read_text(encoding="utf-8"))
            lines = self._path("log").read_text(encoding="utf-8", errors="replace").splitlines()
        except (OSError, ValueError):
            return None
        return Job(noted["command"], _runs(int(noted["pid"])), tuple(lines[-BOUNDS.job_lines :]))

    def acts(self) -> tuple[Act, ...]:
        """Give everything that was done, the latest first."""
        try:
            lines = self._path("jsonl").read_text(encoding="utf-8").splitlines()
        except OSError:
            return ()
        return tuple(Act(**json.loads(line)) for line in reversed(lines))

    def noted(self, who: str, what: str) -> None:
        """Record an act that is not a command of the indexer."""
        self._log(who, [what])

    def _argv(self, command: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "indexer", command[0], "--archive", str(self._archive), *command[1:]]

    def _log(self, who: str, command: Sequence[str]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._path("jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps({"at": at, "who": who, "command": " ".join(command)}, ensure_ascii=False) + "\n")

    def _path(self, suffix: str) -> Path:
        return self._folder / f"admin.{suffix}"


def _runs(pid: int) -> bool:
    """Whether a process is there; one of ours that has ended is taken leave of."""
    try:
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    except ChildProcessError:
        pass  # another process of the app started it
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def put(papers: Path, name: str, content: bytes, day: date) -> Path:
    """Write a paper into the folder of the day it was added on; give its file.

    Raises:
        BadArguments: another paper has the name already, or it is not a kind of paper.
        OSError: the disk.
    """
    safe = plain_name(name).lstrip(".")
    stem, _, suffix = safe.rpartition(".")
    if not stem or suffix.casefold() not in SUFFIXES:
        message = f"{name}: no paper that can be read; add one of {', '.join(SUFFIXES)}"
        raise BadArguments(message, path=name, expected=", ".join(SUFFIXES), found=suffix)
    folder = papers / "added" / day.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{stem[: BOUNDS.name_characters]}.{suffix}"
    if target.exists() and target.read_bytes() != content:
        message = f"{target.name}: another paper was added under this name today; give it another name"
        raise BadArguments(message, path=str(target), expected="a new name", found=target.name)
    beside = target.with_name(f".{target.name}.new")
    beside.write_bytes(content)
    beside.replace(target)
    return target
