"""Work in separate processes, one paper at a time, under limits: a bad paper costs nobody else anything.

Every worker has its own pipe, so one that is killed half-way through an answer can spoil no other's. Written by hand
because existing pools (concurrent.futures, loky, pebble) unpickle what a worker sends, which a hostile paper may have
taken over, and limit a task by the clock at most, not by processor time.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any, Final

import psutil

from indexer.errors import UnreadablePaper
from indexer.readers.worker import Broken, Fault, Limits, Logged, work
from indexer.wire import kinds, unpacked

__all__ = ["Limits", "Pool", "Task"]

_LOG = logging.getLogger(__name__)
_MOST_LOGGED: Final = 10_000  # characters of one record of a worker, which a hostile paper may have taken over
_PATIENCE: Final = 1.0  # seconds between looks at the clock while nothing comes
_WAITING: Final = 5.0  # a task may last this many times its processor time: on a busy machine it waits for its turn


@dataclass(frozen=True, slots=True)
class Task:
    """One call, which may take ``seconds`` of processor time with what it starts; ``name`` is for messages."""

    name: str
    arguments: tuple[Any, ...]
    seconds: float


class Pool:
    """Processes that each run ``function`` on one task at a time; they end with the parent.

    Args:
        function: a function of a module (it is found by name in the worker) whose annotation names the types that it
            returns; nothing else is taken from a worker.
        workers: how many processes, at least 1.
        preload: modules that workers will need, loaded once where the platform can share them.
    """

    def __init__(
        self, function: Callable[..., object], workers: int, limits: Limits | None = None, preload: tuple[str, ...] = ()
    ) -> None:
        self._function = function
        self._kinds = {**kinds(function), "Fault": Fault, "Broken": Broken, "Logged": Logged}
        self._limits = limits or Limits()
        self._context = _context(preload)
        self._size = max(1, workers)
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        self._workers.clear()

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, object]]:
        """Yield each task with its result as it is finished, in no fixed order.

        The result is what the function returned, or the `UnreadablePaper` that it raised or one that says what
        happened to the worker: too long, too much memory, too large an answer, a crash. Tasks are taken only as workers
        become free, so ``tasks`` may be lazy and long.
        """
        source = iter(tasks)
        exhausted = False
        while True:
            while not exhausted and (worker := self._free()):
                task = next(source, None)
                exhausted = task is None
                if task is not None:
                    worker.give(task)
            busy = [worker for worker in self._workers if worker.task]
            if not busy:
                return
            ready = wait([worker.pipe for worker in busy], _until(busy))
            for worker in busy:
                if worker.pipe in ready:
                    if (collected := self._collect(worker)) is not None:
                        yield collected
                elif worker.left <= 0 and worker.overdue():
                    yield self._give_up(worker)

    def _free(self) -> _Worker | None:
        for worker in self._workers:
            if worker.task is None:
                if worker.done < self._limits.recycle:
                    return worker
                # Memory that a reader's library never gives back goes with its process.
                self._drop(worker)
                break
        if len(self._workers) < self._size:
            self._workers.append(_Worker(self._context, self._function, self._limits))
            return self._workers[-1]
        return None

    def _drop(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.stop()

    def _collect(self, worker: _Worker) -> tuple[Task, object] | None:
        """Take what a worker sent: a task's result, or None for something to be logged meanwhile."""
        task = worker.taken()
        try:
            result = unpacked(worker.pipe.recv_bytes(self._limits.answer), self._kinds)
        except (EOFError, OSError):
            self._drop(worker)
            return task, _lost(task, _cause(worker.process.exitcode))
        except ValueError as error:
            self._drop(worker)
            return task, _lost(task, f"its reader gave no answer that can be understood: {error}")
        if isinstance(result, Logged):
            said = result.said[:_MOST_LOGGED]
            _LOG.log(result.level, "%s, reading %s: %s", result.name, task.name, said)
            worker.task = task
            return None
        if isinstance(result, Broken):
            self._drop(worker)
            return task, _lost(task, result.reason)
        worker.done += 1
        if isinstance(result, Fault):
            return task, UnreadablePaper(
                result.reason, path=result.path, page=result.page, expected=result.expected, found=result.found
            )
        return task, result

    def _give_up(self, worker: _Worker) -> tuple[Task, object]:
        task = worker.taken()
        self._drop(worker)
        limits = f"{task.seconds:g} s of processor time ({_WAITING * task.seconds:g} s by the clock)"
        return task, _lost(task, f"not read within {limits}; given up")


class _Worker:
    """One process and the pipe to it."""

    def __init__(
        self, context: SpawnContext | ForkServerContext, function: Callable[..., object], limits: Limits
    ) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=work, args=(theirs, function, limits), daemon=True)
        self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.done = 0
        self._spent = 0.0  # processor time before this task
        self._end = 0.0
        self._look = 0.0

    @property
    def left(self) -> float:
        """Seconds until its task may be overdue."""
        return self._look - time.monotonic()

    def overdue(self) -> bool:
        """Whether its task has had its time; if not, the next look is when it may have."""
        seconds = self.task.seconds if self.task else 0.0
        left = min(seconds - self._processor_time() + self._spent, self._end - time.monotonic())
        self._look = time.monotonic() + max(left, _PATIENCE / 10)
        return left <= 0

    def _processor_time(self) -> float:
        try:
            process = psutil.Process(self.process.pid)
            running = [process, *process.children(recursive=True)]
            return sum(sum(one.cpu_times()[:4]) for one in running)
        except psutil.NoSuchProcess:  # one of them has just ended: its answer is on the way, or a later look counts
            return self._spent

    def give(self, task: Task) -> None:
        """Hand it a task; a worker that has died meanwhile shows as an answer that ends early."""
        self.task = task
        now = time.monotonic()
        self._spent, self._look, self._end = self._processor_time(), now + task.seconds, now + _WAITING * task.seconds
        with contextlib.suppress(OSError):
            self.pipe.send(task.arguments)

    def taken(self) -> Task:
        """Its task, which it no longer has."""
        if self.task is None:
            message = "a worker without a task has no answer"
            raise RuntimeError(message)
        task, self.task = self.task, None
        return task

    def stop(self) -> None:
        """End it and whatever it started, now."""
        self.pipe.close()
        if self.process.is_alive() and hasattr(os, "killpg"):
            with contextlib.suppress(OSError):
                os.killpg(self.process.pid or 0, signal.SIGKILL)
        self.process.kill()
        self.process.join()


def _context(preload: tuple[str, ...]) -> SpawnContext | ForkServerContext:
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(preload))
        return context
    return multiprocessing.get_context("spawn")


def _until(busy: list[_Worker]) -> float:
    return max(0.0, min(_PATIENCE, *(worker.left for worker in busy)))


def _cause(code: int | None) -> str:
    if code is None or code >= 0:
        return f"its reader ended without an answer (exit status {code})"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    # A library that gets no more memory than a worker may have often ends its process so.
    memory = "; out of memory?" if name in ("SIGKILL", "SIGABRT", "SIGTRAP") else ""
    return f"its reader crashed ({name}{memory})"


def _lost(task: Task, reason: str) -> UnreadablePaper:
    return UnreadablePaper(reason, path=task.name)
