"""Papers that somebody adds from the browser: filed below the papers' folder under a name that leads nowhere else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from indexer.errors import BadArguments
from search.bounds import BOUNDS

SUFFIXES = ("pdf", "docx", "html", "htm", "txt", "md")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


def put(papers: Path, name: str, content: bytes, day: date) -> Path:
    """Write a paper into the folder of the day it was added on; give its file.

    Raises:
        BadArguments: another paper has the name already, or it is no kind of paper.
        OSError: the disk.
    """
    safe = " ".join(_UNSAFE.sub(" ", name).split()).lstrip(".")
    stem, _, suffix = safe.rpartition(".")
    if not stem or suffix.casefold() not in SUFFIXES:
        message = f"{name}: no paper that can be read; add one of {', '.join(SUFFIXES)}"
        raise BadArguments(message, path=name, expected=", ".join(SUFFIXES), found=suffix)
    folder = papers / "added" / day.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{stem[: BOUNDS.name_characters]}.{suffix}"
    if target.exists() and target.read_bytes() != content:
        message = f"{target.name}: another paper was added under this name today; give it another name"
        raise BadArguments(message, path=str(target), expected="a new name", found=target.name)
    beside = target.with_name(f".{target.name}.new")
    beside.write_bytes(content)
    beside.replace(target)
    return target
