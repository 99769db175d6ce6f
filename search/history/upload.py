"""A draft that somebody sends as a file: read under limits in a separate process, and kept nowhere.

The bytes exist as a file only while they are read, for readers open files: in memory where the system has a folder for
that, and in a temporary folder elsewhere. Whatever happens to the reader, the folder is removed.

The process is a fresh Python (``python -m search.history.upload FILE``), as Streamlit's own cannot start workers:
while it runs a page, the page passes for the main program, and every worker would run that first.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path, PurePath
from typing import Any

from indexer.errors import BadArguments
from indexer.readers.pool import Limits, Pool, Task
from indexer.records import Document
from search.bounds import BOUNDS
from search.history import draft

# A file system in memory, on Linux.
_MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
_ROOT = Path(__file__).resolve().parents[2]
_LIMITS = Limits(memory=2 << 30, answer=64 << 20)


def chunks_of_upload(name: str, content: bytes) -> list[str]:
    """Give the texts to look for in a file that was sent (`search.history.draft`).

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
        outcome = _told(file)
    if lines := outcome.get("lines"):
        return draft.chunks(lines)
    reason = outcome.get("fault") or "it holds no text"
    message = f"The file cannot be read: {reason}. Send a PDF, a Word file (.docx) or text, or paste the text itself"
    raise BadArguments(message)


def _told(file: Path) -> dict[str, Any]:
    """Have a file read by another Python; its lines, or the fault that it found."""
    command = [sys.executable, "-m", "search.history.upload", str(file)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and a path that we made
            command, cwd=_ROOT, capture_output=True, timeout=BOUNDS.upload_seconds + BOUNDS.start_seconds, check=False
        )
        told: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"fault": f"not read within {BOUNDS.upload_seconds:g} seconds; given up"}
    except ValueError:
        return {"fault": f"its reader ended without an answer (exit status {done.returncode})"}
    return told


def _read(file: str) -> Document:
    from indexer import readers

    return readers.read(Path(file))


def main(file: str, limits: Limits = _LIMITS) -> dict[str, Any]:
    """Read a file in a worker under limits; give its ``lines``, or the ``fault`` in words."""
    with Pool(_read, 1, limits) as pool:
        _, document = next(pool.run([Task("the draft", (file,), BOUNDS.upload_seconds)]))
    return {"lines": draft.lines_of(document)} if isinstance(document, Document) else {"fault": str(document)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1])))
