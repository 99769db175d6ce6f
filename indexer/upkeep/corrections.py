"""What people correct about a paper: authority, board, date, kind, title. Kept in ``papers.csv`` beside the paper.

The sidecar of the paper's own folder is written, as it overrules those further up; its other rows and columns stay.
The correction counts from the next run of ``index``.
"""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from indexer.archive import Archive
from indexer.errors import ArchiveMissing, BadArguments
from indexer.pipeline import sidecar

_KEY: Final = "path"


def correct(folder: Path, paper: str, values: Mapping[str, str]) -> str:
    """Write what a person says about a paper, and say so.

    Args:
        folder: the archive's, whose ledger names papers.
        paper: the paper's file, or its path or id (eight digits or more) as in the ledger.
        values: by column of the sidecar; an empty value takes a correction back.

    Raises:
        BadArguments: no file goes by that name, nothing is corrected, or a value cannot be used.
        OSError: the sidecar cannot be written.
    """
    if not values:
        message = f"{paper}: nothing to correct; give --authority, --board, --date, --kind or --title"
        raise BadArguments(message, path=paper, expected="a correction", found="none")
    file = _file(folder, paper)
    own = file.parent / sidecar.NAME
    columns, rows = _read(own)
    row = next((row for row in rows if row.get(_KEY) == file.name), None)
    if row is None:
        row = {_KEY: file.name}
        rows.append(row)
    row.update({column: " ".join(value.split()) for column, value in values.items()})
    columns = [*columns, *(column for column in values if column not in columns)]
    text = _written(columns, rows)
    for complaint in sidecar.parse(text, str(own)).warnings:
        if any(value and repr(value[:60]) in complaint for value in row.values()):
            raise BadArguments(complaint, path=str(own))
    beside = own.with_name(f".{own.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(own)
    said = ", ".join(f"{column} {value!r}" if value else f"no {column}" for column, value in values.items())
    return f"{file}: {said}, in {own}. It counts from the next run: python -m indexer index PATH"


def _file(folder: Path, paper: str) -> Path:
    """Find a paper's file."""
    if Path(paper).is_file():
        return Path(paper)
    try:
        with contextlib.closing(Archive.open(folder, None)) as archive:
            ledger = archive.ledger()
    except ArchiveMissing:
        ledger = ()
    named = [entry.path for entry in ledger if paper == entry.path or _begins(entry.paper_id, paper)]
    files = [Path(path) for path in dict.fromkeys(named) if Path(path).is_file()]
    if len(files) == 1:
        return files[0]
    what = "more than one file goes" if files else "no file goes"
    message = f"{paper}: {what} by that name or id; see: python -m indexer status"
    raise BadArguments(message, path=paper, expected="one file", found=str(len(files)))


def _begins(paper_id: str, beginning: str) -> bool:
    return len(beginning) >= 8 and paper_id.startswith(beginning.casefold())


def _read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Give a sidecar's columns and rows as they are; those of a new one where there is none."""
    if not path.is_file():
        return [_KEY], []
    raw = path.read_bytes()
    reader = csv.DictReader(io.StringIO(sidecar.decoded(raw), newline=""), restval="")
    columns = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
    reader.fieldnames = [_KEY if name == "file" else name for name in columns]
    rows = [{name: value or "" for name, value in row.items() if isinstance(name, str)} for row in reader]
    names = list(reader.fieldnames)
    return names if _KEY in names else [_KEY, *names], rows


def _written(columns: list[str], rows: list[dict[str, str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
