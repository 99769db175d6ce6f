"""Find the files that folders and paths offer, in one order, with what their sidecars say.

It opens no paper; `digest` hashes one on demand. Hidden files and folders and the sidecars themselves are not papers;
everything else is offered, whatever its suffix, because the readers decide by content.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from indexer.archive import RULINGS_FILES
from indexer.errors import BadArguments, UnreadablePaper
from indexer.pipeline import sidecar
from indexer.pipeline.naming import Naming

_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Offer:
    """One file offered. ``path`` is what it is called (`indexer.pipeline.naming`), ``file`` opens it.

    ``size`` is in bytes, ``modified`` in nanoseconds since 1970; ``overrides`` is its sidecar row.
    """

    path: str
    file: Path
    size: int
    modified: int
    overrides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """Something under an offered path that cannot even be opened, and why, in words for the ledger."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What was offered, sorted by path; ``roots`` are the offered paths, ``warnings`` what sidecars got wrong."""

    offers: tuple[Offer, ...]
    refused: tuple[Refused, ...]
    roots: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def discover(paths: Sequence[str], skip: Sequence[Path], naming: Naming | None = None) -> Offered:
    """List the files that ``paths`` (folders and files) offer.

    A folder that cannot be listed is refused, not fatal; a folder seen before (a link that leads back) is not walked
    again; a file reached by two paths is offered under the first of them.

    Args:
        paths: as the user typed them.
        skip: the archive's folder and files, which are never searched for papers.
        naming: names the files; it learns the folders that are given.

    Raises:
        BadArguments: a path does not exist, or nothing at all is offered.
    """
    naming = naming or Naming()
    walk = _Walk(skip, naming)
    for given in paths:
        if not os.path.lexists(given):
            message = f"{given}: no such file or folder; give the folder that holds the papers"
            raise BadArguments(message, path=given, expected="a file or folder", found="nothing")
        naming.take(_folder(Path(given)))
        walk.offer(Path(given))
    offers = sorted(walk.offers.values(), key=lambda offer: offer.path)
    if not offers and not walk.refused:
        message = f"{', '.join(paths)}: no files in it; put PDF, Word, HTML or text papers there"
        raise BadArguments(message, path=paths[0] if paths else "", expected="at least one paper", found="none")
    refused = tuple(sorted(walk.refused, key=lambda entry: entry.path))
    roots = naming.roots(map(Path, paths))
    return Offered(tuple(offers), refused, roots, tuple(walk.warnings))


def digest(file: Path) -> str:
    """SHA-256 of the file's bytes in hex.

    Raises:
        UnreadablePaper: it cannot be opened or read.
    """
    sha = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                sha.update(chunk)
    except OSError as error:
        message = f"cannot be opened: {error.strerror}"
        raise UnreadablePaper(message, path=str(file)) from error
    return sha.hexdigest()


def _folder(given: Path) -> Path:
    """The folder that is given, or that of a file that is."""
    return given if given.is_dir() else given.parent


class _Walk:
    """One walk over everything offered, remembering what it has seen."""

    def __init__(self, skip: Sequence[Path], naming: Naming) -> None:
        self._naming = naming
        self.offers: dict[str, Offer] = {}  # by real path
        self.refused: list[Refused] = []
        self.warnings: list[str] = []
        self._skip = frozenset(map(os.path.realpath, skip))
        self._folders: set[str] = set()
        self._sidecars: dict[Path, sidecar.Sidecar] = {}

    def offer(self, given: Path) -> None:
        if given.is_dir():
            for file in self._files(given):
                self._add(file, given)
        else:
            self._add(given, _folder(given))

    def _files(self, folder: Path) -> Iterator[Path]:
        """Files below ``folder`` in order; not recursive in Python, so that no depth of folders can break it."""
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            real = os.path.realpath(here)
            if real in self._folders or real in self._skip:
                continue
            self._folders.add(real)
            try:
                entries = sorted(os.scandir(here), key=lambda entry: entry.name)
            except OSError as error:
                self.refused.append(Refused(self._naming.name(here), f"folder cannot be listed: {error.strerror}"))
                continue
            visible = [entry for entry in entries if not entry.name.startswith(".")]
            folders = [entry for entry in visible if entry.is_dir()]
            yield from (here / entry.name for entry in visible if entry not in folders)
            waiting += [here / entry.name for entry in reversed(folders)]

    def _add(self, file: Path, root: Path) -> None:
        if file.name.casefold() in {sidecar.NAME, *RULINGS_FILES} or os.path.realpath(file) in self._skip:
            return
        try:
            facts = file.stat()
        except OSError as error:
            self.refused.append(Refused(self._naming.name(file), f"cannot be opened: {error.strerror}"))
            return
        if not stat.S_ISREG(facts.st_mode):
            self.refused.append(Refused(self._naming.name(file), "not a regular file"))
            return
        offer = Offer(self._naming.name(file), file, facts.st_size, facts.st_mtime_ns, self._overrides(file, root))
        first = self.offers.setdefault(os.path.realpath(file), offer)
        if offer.path < first.path:
            self.offers[os.path.realpath(file)] = offer

    def _overrides(self, file: Path, root: Path) -> Mapping[str, str]:
        """Rows of all sidecars from the root down to the file's folder; the nearest one wins, column by column."""
        merged: dict[str, str] = {}
        folders = [folder for folder in file.parents if folder == root or root in folder.parents]
        for folder in reversed(folders):
            rows = self._sidecar(folder).rows
            merged.update(rows.get(file.relative_to(folder).as_posix(), {}))
        return merged

    def _sidecar(self, folder: Path) -> sidecar.Sidecar:
        if folder not in self._sidecars:
            path = folder / sidecar.NAME
            self._sidecars[folder] = sidecar.read(path) if path.is_file() else sidecar.Sidecar()
            self.warnings += self._sidecars[folder].warnings
        return self._sidecars[folder]
