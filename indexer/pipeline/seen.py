"""What the last runs saw of each file, so that an unchanged one is not even opened again.

A note beside the archive, not part of it: where it is missing or wrong, files are hashed and papers read once more,
and nothing else is lost. Each line of the file is one JSON object, the last for a path counts; a line is added when
its paper is done, so a killed run forgets nothing that it finished.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from indexer.pipeline.discover import Offer

NAME: Final = "seen.jsonl"
# The file is rewritten when more of its lines than this are outdated, and more than are not: so that to remember one
# more paper does not cost as much as all papers.
_OUTDATED: Final = 1_000
_SETTLED: Final = 2_000_000_000  # nanoseconds; a file younger than this when hashed may yet change unnoticed


@dataclass(frozen=True, slots=True)
class Sight:
    """One file as it was: ``size`` in bytes, ``modified`` in ns since 1970 (0: not to be trusted), SHA-256 in hex.

    ``settings`` identifies the program's version and the sidecar row that it was read with. ``authority`` is the name
    that was filled in from its neighbours, None where the paper names its own.
    """

    path: str
    size: int
    modified: int
    digest: str
    settings: str = ""
    authority: str | None = None

    def fits(self, offer: Offer) -> bool:
        """Whether the file offered must be the one seen, as far as can be known without opening it."""
        return self.modified == offer.modified and self.size == offer.size


_FIELDS: Final = tuple(field.name for field in fields(Sight))


class Seen:
    """The sights in one archive's folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self._sights: dict[str, Sight] = {}
        self._lines = 0
        try:
            lines = self._file.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return
        self._lines = len(lines)
        for line in lines:
            try:
                sight = Sight(**json.loads(line))
            except (ValueError, TypeError):
                continue  # half a line of a run that was killed
            self._sights[sight.path] = sight

    def get(self, path: str) -> Sight | None:
        """The last sight of ``path``."""
        return self._sights.get(path)

    def put(self, sight: Sight, now: int) -> None:
        """Remember a sight and write it down at once; ``now`` is the time of hashing in ns since 1970."""
        if now - sight.modified < _SETTLED:
            sight = Sight(sight.path, sight.size, 0, sight.digest, sight.settings, sight.authority)
        if self._sights.get(sight.path) == sight:
            return
        self._sights[sight.path] = sight
        self._lines += 1
        with self._file.open("a", encoding="utf-8") as stream:
            stream.write(_line(sight))

    def save(self) -> None:
        """Rewrite the file without what is outdated, if that is much: beside it first, then in its place."""
        if self._lines - len(self._sights) <= max(_OUTDATED, len(self._sights)):
            return
        draft = self._file.with_suffix(".new")
        draft.write_text("".join(_line(sight) for _, sight in sorted(self._sights.items())), encoding="utf-8")
        os.replace(draft, self._file)
        self._lines = len(self._sights)


def _line(sight: Sight) -> str:
    # By hand: `dataclasses.asdict` copies deeply, which took a second for ten thousand papers.
    return json.dumps({name: getattr(sight, name) for name in _FIELDS}, ensure_ascii=True) + "\n"
