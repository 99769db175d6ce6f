"""Readings that must wait for others, kept on disk: a council's archive has more of them than memory should hold."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator

from indexer.plan import Job
from indexer.records import Reading


class Spool:
    """An unnamed temporary file of this process; it vanishes with it, however it ends."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._count = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def put(self, job: Job, reading: Reading) -> None:
        """Add one at the end."""
        pickle.dump((job, reading), self._file, pickle.HIGHEST_PROTOCOL)
        self._count += 1

    def __iter__(self) -> Iterator[tuple[Job, Reading]]:
        """All that was put, in order; put nothing more meanwhile."""
        self._file.seek(0)
        for _ in range(self._count):
            job, reading = pickle.load(self._file)  # noqa: S301 - written above, by us, and nobody else can open it
            yield job, reading
