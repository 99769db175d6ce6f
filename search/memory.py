"""What a process keeps in memory of an archive: caches of the values used last, all of one state of it.

A value is kept under the state that it was read at, and given back only to readers of that state. When the newest
state is first read, everything kept of others is dropped, so that nothing of a withdrawn paper stays; a reader of an
older state then gets nothing from the caches and adds nothing. So no cache is ever cleared by hand, and none can be
refilled with outdated values.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from cachetools import LRUCache

from indexer.records import ArchiveState
from search.bounds import BOUNDS
from search.library import Library

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


def tidy_seldom() -> None:
    """Let this process, which has loaded what it needs, look for garbage more seldom: to do so stops all its readers.

    Questions leave nothing that only the collector finds, but fill the caches: it goes through all that is in them
    every seventeen questions, a tenth of a second and longer, now every three hundred or so, and never what is loaded.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(BOUNDS.untidy_objects)


class Memory:
    """The caches over one library, which move from one of its states to the next together. Safe between threads."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.lock = threading.RLock()
        self._state: ArchiveState | None = None
        self._clears: list[Callable[[], None]] = []

    def add(self, clear: Callable[[], None]) -> None:
        """Add a cache, by the function that empties it."""
        self._clears.append(clear)

    def keeps(self, state: ArchiveState) -> bool:
        """Whether values of a state are kept: those of the newest are, once it has been read. Hold the lock."""
        if state != self._state and self.library.newest() == state:
            for clear in self._clears:
                clear()
            self._state = state
        return state == self._state


class Cache(Generic[_Key, _Value]):
    """The values used last of one kind (cachetools' LRU), up to a total size. Safe to use from several threads.

    Args:
        memory: the caches that it moves with.
        most: the total size at most.
        size: of one value; otherwise each counts 1.
    """

    def __init__(self, memory: Memory, most: float, size: Callable[[_Value], float] | None = None) -> None:
        self._memory = memory
        self._size = size or (lambda _: 1)
        self._kept: LRUCache[_Key, _Value] = LRUCache(most, getsizeof=self._size)
        memory.add(self._kept.clear)

    def kept(self, state: ArchiveState, keys: Iterable[_Key]) -> dict[_Key, _Value]:
        """Give those of these values that are kept of a state."""
        with self._memory.lock:
            if not self._memory.keeps(state):
                return {}
            return {key: self._kept[key] for key in keys if key in self._kept}

    def keep(self, state: ArchiveState, values: dict[_Key, _Value]) -> None:
        """Keep values that were read at a state; nothing if the archive is known to have moved on."""
        with self._memory.lock:
            if self._memory.keeps(state):
                self._kept.update((key, one) for key, one in values.items() if self._size(one) <= self._kept.maxsize)

    def once(self, key: _Key, make: Callable[[], _Value]) -> _Value:
        """Give the value that is kept, or make it, within a snapshot of the library."""
        with self._memory.library.snapshot() as state:
            for kept in self.kept(state, [key]).values():
                return kept
            made = make()
            self.keep(state, {key: made})
            return made
