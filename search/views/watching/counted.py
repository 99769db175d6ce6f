"""An engine whose questions take turns and are counted."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from indexer.records import Filters
from search.engine import Engine
from search.question.follow_up import NOTHING, Earlier
from search.results import Answered
from search.views.watching.meters import meters


class Turns:
    """Lets so many threads on at once, in the order in which they came.

    A semaphore of the standard library lets a thread that comes just then go before those that wait, so that a few
    readers wait several times as long as the others.
    """

    def __init__(self, many: int) -> None:
        self._free = many
        self._lock = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and hand it on to who has waited longest."""
        own = threading.Lock()
        with self._lock:
            if self._free:
                self._free -= 1
            else:
                own.acquire()
                self._waiting.append(own)
        own.acquire()  # once a turn is handed over
        try:
            yield
        finally:
            with self._lock:
                if self._waiting:
                    self._waiting.popleft().release()
                else:
                    self._free += 1


# As many questions at once as there are cores: more would be slower together, and none is answered in its turn.
_TURNS: Final = Turns(os.cpu_count() or 1)


class Counted(Engine):
    """As `Engine`; questions that are not in memory take turns, and how each went is counted, not what it was."""

    def ask(
        self, question: str, filters: Filters | None = None, limit: int = 10, earlier: Earlier = NOTHING
    ) -> Answered:
        """See `Engine.ask`."""
        began, kept = time.perf_counter(), self.keeps(question, filters, limit, earlier)
        if kept:
            answered = super().ask(question, filters, limit, earlier)
        else:
            with _TURNS.turn():
                answered = super().ask(question, filters, limit, earlier)
        if counts := meters():
            counts.question(answered.status, time.perf_counter() - began, kept)
        return answered
