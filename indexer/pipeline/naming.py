"""What papers are called: their place below the folder that was given, with that folder's name before it.

The name is as it was typed, if that was below where the command ran (``data/papers``), else the folder's own. A folder
that is known already keeps its name, from wherever it is given, and so does what lies in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

_BARE: Final = "."  # what is typed for the folder itself: nothing before its papers' places


class Naming:
    """Names of files below the folders given, and below those that an archive knows.

    Attributes:
        folders: absolute paths by name, the new ones included.
        new: those that the archive does not know yet.
        typed: names of new ones that were given relative to where the command ran.
    """

    def __init__(self, known: Mapping[str, Path] | None = None) -> None:
        self.folders = dict(known or {})
        self.new: dict[str, Path] = {}
        self.typed: set[str] = set()

    def take(self, folder: Path) -> None:
        """Name a folder that was given, if neither it nor one around it has a name."""
        whole = _absolute(folder)
        if self._around(whole) is not None:
            return
        plain = not folder.is_absolute() and ".." not in folder.parts
        own = shown(Path(whole.name or "papers"))
        for name in ([shown(folder)] if plain else []) + [own, *(f"{own} ({n})" for n in range(2, 1000))]:
            if self._free(name, whole):
                self.folders[name] = self.new[name] = whole
                if not folder.is_absolute():
                    self.typed.add(name)
                return

    def name(self, file: Path) -> str:
        """Give a file's or folder's name."""
        whole = _absolute(file)
        name = self._around(whole)
        if name is None:
            return shown(whole)
        place = shown(whole.relative_to(self.folders[name]))
        if name == _BARE:
            return place
        return name if place == _BARE else f"{name}/{place}"

    def roots(self, given: Iterable[Path]) -> tuple[str, ...]:
        """Give the names below which the papers of folders and files given are, in order."""
        names = []
        for one in given:
            whole = _absolute(one)
            names += [self.name(one), *(name for name, folder in self.folders.items() if whole in folder.parents)]
        return tuple(dict.fromkeys(names))

    def _around(self, whole: Path) -> str | None:
        """Find the name of the innermost folder that is, or holds, this one."""
        holders = [name for name, folder in self.folders.items() if folder == whole or folder in whole.parents]
        return max(holders, key=lambda name: len(self.folders[name].parts), default=None)

    def _free(self, name: str, whole: Path) -> bool:
        """Whether no paper of another folder could be called the same; a folder that is gone gives up its name."""
        if name in self.folders:
            return not self.folders[name].exists()
        return all(self._apart(name, whole, other, folder) for other, folder in self.folders.items() if folder.exists())

    @staticmethod
    def _apart(name: str, whole: Path, other: str, folder: Path) -> bool:
        for (short, above), (long, below) in (((name, whole), (other, folder)), ((other, folder), (name, whole))):
            if short == _BARE or long.startswith(f"{short}/"):
                return above / (long if short == _BARE else long[len(short) + 1 :]) == below
        return True


def shown(path: Path) -> str:
    """Spell a path in posix style; bytes that are not UTF-8 are spelt out, so that it can be stored."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _absolute(path: Path) -> Path:
    # Without following links: a paper goes by the way on which it was given.
    return Path(os.path.abspath(path))
