"""What is followed and what was fetched, as JSON beside the papers; written beside and renamed, so never half there.

Everything lies in a hidden folder of the papers' folder (``.following``), which the indexer does not take for papers.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec

from indexer.errors import FollowError
from indexer.following.client import Answer
from indexer.following.records import Followed, Journal

_FOLDER = ".following"
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Note:
    """What was last asked of a council as a whole: its robots.txt and when (seconds since 1970), and marked answers."""

    robots: str = ""
    robots_at: float = 0.0
    answers: dict[str, Answer] = field(default_factory=dict)


class Store:
    """The notes of one papers' folder."""

    def __init__(self, papers: Path) -> None:
        self.papers = papers
        self._folder = papers / _FOLDER

    def followed(self) -> tuple[Followed, ...]:
        """Give the councils that are followed, in the order they were added."""
        return self._read(self._folder / "followed.json", tuple[Followed, ...]) or ()

    def follow(self, council: Followed) -> None:
        """Add a council, or change one that is followed."""
        others = [one for one in self.followed() if one.key != council.key]
        self._write(self._folder / "followed.json", (*others, council))

    def remove(self, key: str) -> Followed:
        """Follow a council no longer; what was fetched stays.

        Raises:
            FollowError: none is followed under this key or address.
        """
        for council in self.followed():
            if key in (council.key, council.url):
                rest = tuple(one for one in self.followed() if one.key != council.key)
                self._write(self._folder / "followed.json", rest)
                return council
        known = ", ".join(one.key for one in self.followed()) or "none"
        message = f"{key} is not followed; followed are: {known}"
        raise FollowError(message, path=key, expected=known, found=key)

    def note(self, council: Followed) -> Note:
        """Give what is remembered of the council's server."""
        return self._read(self._folder / council.key / "server.json", Note) or Note()

    def keep_note(self, council: Followed, note: Note) -> None:
        """Remember something of the council's server."""
        self._write(self._folder / council.key / "server.json", note)

    def journals(self, council: Followed) -> Iterator[Journal]:
        """Give all meetings known of a council, in order of their files."""
        folder = self._folder / council.key / "meetings"
        for path in sorted(folder.glob("*.json")):
            journal = self._read(path, Journal)
            if journal is not None:
                yield journal

    def keep(self, council: Followed, journal: Journal) -> None:
        """Write down what is known of a meeting."""
        name = "".join(c if c.isalnum() or c == "-" else "_" for c in journal.page.ref.id)[:120]
        self._write(self._folder / council.key / "meetings" / f"{name}.json", journal)

    def _read(self, path: Path, kind: type[Kept]) -> Kept | None:
        try:
            return msgspec.json.decode(path.read_bytes(), type=kind)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError) as error:
            message = f"{path}: cannot be read ({error}); restore it from a backup, or delete it to fetch again"
            raise FollowError(message, path=str(path)) from error

    def _write(self, path: Path, value: object) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        with beside.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(value), indent=1))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
