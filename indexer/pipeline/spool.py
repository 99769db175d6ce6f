"""Readings that must wait for others, kept on disk: a council's archive has more of them than memory should hold.

Apart from `intake`: the only module that knows how a reading lies on disk.
"""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from typing import TypeVar, cast

from indexer.pipeline.plan import Job
from indexer.records import Reading
from indexer.wire import packed, unpacked

_Record = TypeVar("_Record")
_LENGTH = struct.Struct("<Q")


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
        for record in (job, reading):
            data = packed(record)
            self._file.write(_LENGTH.pack(len(data)) + data)
        self._count += 1

    def __iter__(self) -> Iterator[tuple[Job, Reading]]:
        """All that was put, in order; put nothing more meanwhile."""
        self._file.seek(0)
        for _ in range(self._count):
            yield self._next(Job), self._next(Reading)

    def _next(self, kind: type[_Record]) -> _Record:
        (length,) = _LENGTH.unpack(self._file.read(_LENGTH.size))
        record = unpacked(self._file.read(length), {kind.__name__: kind})
        return cast(_Record, record)
