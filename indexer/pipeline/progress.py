"""Show how a run gets on: a bar on a terminal, plain lines anywhere else. Only importer of rich."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Final, Protocol, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_EVERY: Final = 10.0  # seconds between two plain lines
_TOLD: Final = 0.1  # share read from which on time left is said: loading the model weighs too much before


class Watcher(Protocol):
    """Follows how a run gets on."""

    def start(self, papers: int, size: int) -> None:
        """There are this many papers to read, of this many bytes in all."""

    def advance(self, path: str, pages: int, size: int) -> None:
        """One paper is done."""

    def warn(self, line: str) -> None:
        """Something that the user should know, in one line."""


class Lines:
    """Plain lines: one every ten seconds, and at the end."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._papers = self._done = self._pages = self._size = self._read = 0
        self._begun = self._told = 0.0

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        if self._done:
            self._tell()

    def start(self, papers: int, size: int) -> None:
        """See `Watcher.start`."""
        self._papers, self._size = papers, size
        self._begun = self._told = time.monotonic()

    def advance(self, path: str, pages: int, size: int) -> None:
        """See `Watcher.advance`."""
        self._done += 1
        self._pages += pages
        self._read += size
        if time.monotonic() - self._told >= _EVERY:
            self._tell()

    def warn(self, line: str) -> None:
        """See `Watcher.warn`."""
        self._stream.write(f"{line}\n")
        self._stream.flush()

    def _tell(self) -> None:
        self._told = time.monotonic()
        spent = self._told - self._begun
        rest = f" in {spent:.0f} s"
        if self._done < self._papers:
            left = spent * (self._size - self._read) / self._read if self._read >= _TOLD * self._size > 0 else None
            rest = "" if left is None else f", about {left:.0f} s left"
        self.warn(f"{self._done} of {self._papers} papers, {self._pages} page{'s' * (self._pages != 1)}{rest}")


class Bar:
    """A bar with papers, pages and time left, by rich."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress: Progress = Progress(
            TextColumn("{task.fields[done]} of {task.fields[papers]} papers, {task.fields[pages]} pages"),
            BarColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[path]}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: TaskID | None = None
        self._done = self._pages = 0

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def start(self, papers: int, size: int) -> None:
        """See `Watcher.start`; the bar's length is bytes, by which time is estimated better than by papers."""
        self._task = self._progress.add_task("", total=size, done=0, papers=papers, pages=0, path="")

    def advance(self, path: str, pages: int, size: int) -> None:
        """See `Watcher.advance`."""
        self._done += 1
        self._pages += pages
        if self._task is not None:
            name = path.rpartition("/")[2][:40]
            self._progress.update(self._task, advance=size, done=self._done, pages=self._pages, path=name)

    def warn(self, line: str) -> None:
        """See `Watcher.warn`."""
        self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)


def watcher() -> Bar | Lines:
    """A bar where standard error is a terminal, lines otherwise."""
    return Bar() if sys.stderr.isatty() else Lines()


class FetchLines:
    """How fetching gets on, in plain lines: one a meeting."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._papers = 0

    def __enter__(self) -> FetchLines:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to put away."""

    def meeting(self, title: str) -> None:
        """See `indexer.following.sync.Watching`."""
        self.warn(f"{title} ({self._papers} papers so far)")

    def paper(self, name: str, size: int) -> None:
        """See `indexer.following.sync.Watching`."""
        self._papers += 1

    def warn(self, line: str) -> None:
        """See `indexer.following.sync.Watching`."""
        self._stream.write(" ".join(line.split()) + "\n")
        self._stream.flush()


class FetchBar:
    """How fetching gets on, in one moving line by rich: meetings and papers so far, and what is being fetched."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._progress: Progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.fields[meetings]} meetings, {task.fields[papers]} papers, {task.fields[size]:.0f} MB"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[title]}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("", total=None, meetings=0, papers=0, size=0.0, title="")
        self._meetings = self._papers = self._size = 0

    def __enter__(self) -> FetchBar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def meeting(self, title: str) -> None:
        """See `indexer.following.sync.Watching`."""
        self._meetings += 1
        self._progress.update(self._task, meetings=self._meetings, title=title[:60])

    def paper(self, name: str, size: int) -> None:
        """See `indexer.following.sync.Watching`."""
        self._papers += 1
        self._size += size
        self._progress.update(self._task, papers=self._papers, size=self._size / 1e6)

    def warn(self, line: str) -> None:
        """See `indexer.following.sync.Watching`."""
        self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)


def fetching() -> FetchBar | FetchLines:
    """A moving line where standard error is a terminal, plain lines otherwise."""
    return FetchBar() if sys.stderr.isatty() else FetchLines()
