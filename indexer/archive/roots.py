"""Where the papers lie: the folders that were indexed, by the names under which their papers are shown.

A paper's path is its place below such a folder, with the folder's name before it: so no path of this machine is shown
or written into an export, and it is the same from whichever folder a command is given. The folder itself is kept here,
relative to the archive's where it was given so: archive and papers can then be moved together.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath

from indexer.archive.database import Database, address_of

# The name of a folder whose papers have nothing before their place in it.
BARE = "."


def read(connection: Database, archive: Path) -> dict[str, Path]:
    """Return the folders by name, as absolute paths."""
    beside = archive.absolute().parent
    rows = connection.execute("SELECT name, folder FROM roots ORDER BY name")
    return {name: Path(os.path.normpath(beside / folder)) for name, folder in rows}


def write(connection: Database, archive: Path, folders: Mapping[str, Path], typed: frozenset[str]) -> None:
    """Keep folders, inside the caller's transaction.

    Args:
        connection: the archive's.
        archive: its folder.
        folders: absolute paths by name.
        typed: names of those that were given relative to where the command ran. Of rows on a server they are kept as
            absolute all the same: each machine has another folder of the archive, and the papers at one place.
    """
    beside, elsewhere = archive.absolute().parent, address_of(archive)
    rows = [
        (name, os.path.relpath(folder, beside) if name in typed and not elsewhere else os.fspath(folder))
        for name, folder in folders.items()
    ]
    replacing = "ON CONFLICT (name) DO UPDATE SET folder = excluded.folder"
    connection.executemany(f"INSERT INTO roots VALUES (?, ?) {replacing}", rows)  # noqa: S608 - our own words


def of(path: str, names: Iterable[str]) -> str | None:
    """Return the most telling of the names that a paper's path begins with; None if it begins with none of them."""
    begun = [name for name in names if name == BARE or path.startswith(f"{name}/")]
    return max(begun, key=lambda name: (name != BARE, len(name)), default=None)


def holding(paths: Iterable[str], folders: Mapping[str, Path]) -> set[str]:
    """Return the folders that were indexed, and every folder that the files of these papers' paths lie in."""
    below = {os.path.dirname(path) for path in paths}
    return {*map(os.fspath, folders.values()), *(_located(place, of(f"{place}/", folders), folders) for place in below)}


def below(path: str, names: Sequence[str]) -> str:
    """Return a paper's path below the folder that was indexed, after that folder's own name where several were."""
    name = of(path, names)
    if name in (None, BARE):
        return path
    rest = path[len(name) + 1 :]
    return rest if len(names) == 1 else f"{PurePath(name).name}/{rest}"


def located(path: str, folders: Mapping[str, Path]) -> Path:
    """Return the file of a paper's path."""
    return Path(_located(path, of(path, folders), folders))


def _located(path: str, name: str | None, folders: Mapping[str, Path]) -> str:
    return path if name is None else os.path.join(folders[name], path if name == BARE else path[len(name) + 1 :])
