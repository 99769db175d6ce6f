"""Work in processes of its own, one paper at a time, under limits: a bad paper costs nobody else anything.

Every worker has a pipe of its own, so one that is killed half-way through an answer can spoil no other's. (Pools with
shared queues, among them the standard library's and joblib's, break as a whole when a worker dies.)
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any, Final

from indexer.errors import BoardPapersError, UnreadablePaper

_PATIENCE: Final = 1.0  # seconds between looks at the clock while nothing comes


@dataclass(frozen=True, slots=True)
class Limits:
    """What one paper may cost: address space and answer in bytes; ``recycle`` is the papers a worker reads in a row."""

    memory: int = 3 << 30
    answer: int = 512 << 20
    recycle: int = 64


@dataclass(frozen=True, slots=True)
class Task:
    """One call: ``name`` is for messages, ``arguments`` go to the pool's function, ``seconds`` is its wall time."""

    name: str
    arguments: tuple[Any, ...]
    seconds: float


class Pool:
    """Processes that each run ``function`` on one task at a time; they end with the parent.

    Args:
        function: a function of a module (it is found by name in the worker).
        workers: how many processes, at least 1.
        preload: modules that workers will need, loaded once where the platform can share them.
    """

    def __init__(
        self, function: Callable[..., object], workers: int, limits: Limits | None = None, preload: tuple[str, ...] = ()
    ) -> None:
        self._function = function
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

        The result is what the function returned, or the `UnreadablePaper` that it raised or that stands for what
        befell the worker: too long, too much memory, too large an answer, a crash. Tasks are taken only as workers
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
                    yield self._collect(worker)
                elif worker.overdue:
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

    def _collect(self, worker: _Worker) -> tuple[Task, object]:
        task = worker.taken()
        try:
            result: object = worker.pipe.recv()
        except (EOFError, OSError):
            self._drop(worker)
            return task, _lost(task, _cause(worker.process.exitcode))
        worker.done += 1
        return task, result

    def _give_up(self, worker: _Worker) -> tuple[Task, object]:
        task = worker.taken()
        self._drop(worker)
        return task, _lost(task, f"not read within {task.seconds:.0f} seconds; given up")


class _Worker:
    """One process and the pipe to it."""

    def __init__(
        self, context: SpawnContext | ForkServerContext, function: Callable[..., object], limits: Limits
    ) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(theirs, function, limits), daemon=True)
        self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.done = 0
        self._deadline = 0.0

    @property
    def left(self) -> float:
        """Seconds until its task is overdue."""
        return self._deadline - time.monotonic()

    @property
    def overdue(self) -> bool:
        """Whether its task has had its time."""
        return self.left <= 0

    def give(self, task: Task) -> None:
        """Hand it a task; a worker that has died meanwhile shows as an answer that ends early."""
        self.task = task
        self._deadline = time.monotonic() + task.seconds
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
        """End it and whatever it started (an OCR program), now."""
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
    memory = "; out of memory?" if name == "SIGKILL" else ""
    return f"its reader crashed ({name}{memory})"


def _lost(task: Task, reason: str) -> UnreadablePaper:
    return UnreadablePaper(reason, path=task.name)


def _work(pipe: Connection, function: Callable[..., object], limits: Limits) -> None:
    """Body of a worker: answer calls until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(os, "setsid"):
        os.setsid()  # a group of its own, so that what it starts ends with it
    _limit(limits.memory)
    threading.Thread(target=_follow_parent, daemon=True).start()
    while True:
        try:
            arguments = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send_bytes(_answer(function, arguments, limits))


def _answer(function: Callable[..., object], arguments: tuple[Any, ...], limits: Limits) -> bytes:
    try:
        try:
            result = function(*arguments)
        except BoardPapersError as error:
            result = error
        packed = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        packed = b""
        found = f"needs more than {limits.memory >> 20} MB of memory to read"
    except RecursionError:
        packed = b""
        found = "nested too deeply to read"
    else:
        found = f"its text takes {len(packed) >> 20} MB, more than the {limits.answer >> 20} MB allowed"
    if packed and len(packed) <= limits.answer:
        return packed
    return pickle.dumps(UnreadablePaper(found), pickle.HIGHEST_PROTOCOL)


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; time and answer are still limited
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _follow_parent() -> None:
    """Die with the parent, however it ended: even SIGKILL leaves no reader behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
