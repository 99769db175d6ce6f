"""A draft that somebody sends as a file: read under limits in a process of its own, and kept nowhere.

The bytes exist as a file only while they are read, for readers open files: in memory where the system has a folder for
that, and in a temporary folder elsewhere. Whatever happens to the reader, the folder is removed.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path, PurePath

from indexer.errors import BadArguments, UnreadablePaper
from indexer.readers.pool import Limits, Pool, Task
from indexer.records import Document
from search import draft

# A file system in memory, on Linux.
_MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
_SECONDS = 60.0
_LIMITS = Limits(memory=2 << 30, answer=64 << 20)


def chunks_of_upload(name: str, content: bytes) -> list[str]:
    """Give the texts to look for in a file that was sent (`search.draft`).

    Args:
        name: what the sender calls it; only its ending is used.
        content: the whole file.

    Raises:
        BadArguments: it cannot be read, or holds no words.
    """
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="draft-", dir=place) as folder:
        file = Path(folder) / f"draft{PurePath(name).suffix[:8]}"
        file.write_bytes(content)
        with Pool(_read, 1, _LIMITS, preload=("indexer.readers",)) as pool:
            _, found = next(pool.run([Task("the draft", (str(file),), _SECONDS)]))
    if isinstance(found, Document):
        return draft.chunks(draft.lines_of(found))
    reason = str(found) if isinstance(found, UnreadablePaper) else "its reader gave no text"
    message = f"The file cannot be read: {reason}. Send a PDF, a Word file (.docx) or text, or paste the text itself"
    raise BadArguments(message)


def _read(file: str) -> Document:
    from indexer import readers

    return readers.read(Path(file))
