"""The authority of a paper that names none: that of the other papers of its folder tree, where those agree.

Papers that name nobody count too: a name that only five papers of a hundred bear says nothing of the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from os.path import dirname
from pathlib import PurePath

from indexer.records import Paper

# The share of a folder's papers that must name the one authority; of those that name any, more than half.
_ENOUGH = 0.25
# Folders that count as kin: "cabinet/2025-01-30/originals".
_KIN = 3


class Neighbours:
    """Who a folder's papers are from: those read in this run, and those that the archive holds.

    Only folders that are asked about are looked at, nearest first, so that it costs the same in an archive of any size.

    Args:
        stored: gives the id of each paper in the archive that lies below a folder, and the authority that it itself
            names, "" for none.
    """

    def __init__(self, stored: Callable[[str], Iterable[tuple[str, str]]]) -> None:
        self._stored = stored
        self._read: set[str] = set()
        self._own: dict[str, Counter[str]] = {}
        self._votes: dict[str, Counter[str]] = {}

    def add(self, paper: Paper) -> None:
        """Count a paper as it describes itself, in place of what the archive holds of it."""
        self._votes.clear()
        self._read.add(paper.id)
        for folder in _folders(dirname(paper.path)):
            self._own.setdefault(folder, Counter())[paper.meeting.authority] += 1

    def has(self, paper_id: str) -> bool:
        """Whether a paper was added."""
        return paper_id in self._read

    def authority(self, path: str) -> str:
        """Return the authority that the papers around ``path`` share, "" if they share none.

        A folder's papers share an authority if more than half of those that name any name it, and a quarter of all; a
        folder that has none asks the folder above.
        """
        for folder in _folders(dirname(path)):
            count = self._counted(folder)
            named = Counter({name: times for name, times in count.items() if name})
            name, most = min(named.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
            if most * 2 > named.total() and most >= count.total() * _ENOUGH:
                return name
        return ""

    def _counted(self, folder: str) -> Counter[str]:
        if folder not in self._votes:
            stored = Counter(authority for id, authority in self._stored(folder) if id not in self._read)
            self._votes[folder] = stored + self._own.get(folder, Counter())
        return self._votes[folder]


# Many papers share a folder.
@lru_cache(maxsize=4096)
def _folders(home: str) -> tuple[str, ...]:
    """A paper's folder and those around it; further up than a board's own folder others may live too."""
    every = (PurePath(home), *PurePath(home).parents)
    return tuple(str(folder) for folder in every if folder.name)[:_KIN]
