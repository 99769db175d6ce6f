"""The threads of an archive, and which of them lead anywhere; what that takes is read once for each of its states.

Apart from the app that keeps it, and loaded by it only when a thread is asked for.
"""

from __future__ import annotations

from search.bounds import BOUNDS
from search.contents import Contents
from search.history import thread as threads
from search.history.decided import Decided, decided
from search.history.thread import Thread
from search.library import Library
from search.memory import Cache, Memory


class Threads:
    """Finds threads, and says which to offer. Safe to use from several threads of a process."""

    def __init__(self, library: Library) -> None:
        memory = Memory(library)
        self.library, self._contents = library, Contents(library, memory)
        self._decided: Cache[str, Decided] = Cache(memory, 1)
        self._leads: Cache[str, bool] = Cache(memory, BOUNDS.kept_threads)

    def thread(self, handle: str) -> Thread:
        """Find what led to a decision or item and what followed; arguments and errors as of `thread.thread`."""
        with self.library.snapshot():
            return threads.thread_of(self.library, self._contents, self._register(), handle)

    def leads(self, handle: str) -> bool:
        """Say whether the thread of a decision or item holds anything but itself.

        Raises:
            BadArguments: no such decision or item.
        """

        def leads() -> bool:
            return threads.leads(self.library, self._contents, self._register(), handle)

        return self._leads.once(handle, leads)

    def _register(self) -> Decided:
        return self._decided.once("", lambda: decided(self.library, self._contents))
