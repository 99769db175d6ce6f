"""One writer at a time, by a lock that the operating system drops with its holder."""

from __future__ import annotations

import json
import os
import socket
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import ArchiveLocked


class WriterLock:
    """Held from construction to `release`; a process that dies holds nothing any more.

    Raises:
        ArchiveLocked: another process holds it still after ``wait`` seconds; the message says which.
    """

    def __init__(self, folder: Path, wait: float = 0) -> None:
        self._lock = FileLock(folder / "writer.lock", thread_local=False)
        # Beside the lock, because Windows lets nobody read a locked file.
        self._holder = folder / "writer.json"
        try:
            self._lock.acquire(timeout=wait)
        except Timeout as timeout:
            writer = self._who()
            message = (
                f"{writer} is writing to the archive in {folder}. Wait until it has finished, then run the same "
                f"command again."
            )
            raise ArchiveLocked(message, path=str(folder), found=writer) from timeout
        about = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        self._holder.write_text(json.dumps(about), encoding="utf-8")

    def _who(self) -> str:
        """Name the holder, as far as it has said who it is."""
        try:
            about = json.loads(self._holder.read_text(encoding="utf-8"))
            return f"Process {about['pid']} on {about['host']}, since {about['since']},"
        except (OSError, ValueError, KeyError, TypeError):
            return "Another process"

    def release(self) -> None:
        """Let the next writer in."""
        self._holder.unlink(missing_ok=True)
        self._lock.release()


def locked(file: Path) -> AbstractContextManager[object]:
    """Hold a lock on a file for a moment, waiting as long as it takes: others hold it just as briefly."""
    return FileLock(file)
