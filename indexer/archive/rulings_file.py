"""Files of rulings: what people decided about papers outlives every archive of them.

``archive-rulings.jsonl`` lies beside the folder ``archive`` and has them all; ``rulings.jsonl`` lies in each folder
that was indexed, as ``papers.csv`` may, and has those on its papers, for any other archive of them. With
``BOARD_PAPERS_RULINGS`` one file of that name takes the place of all these. Each line is one ruling, by the SHA-256 of
the paper's bytes; lines are only ever added. So an archive that is deleted, upgraded, restored from an old backup,
rebuilt by another model or under another name keeps out what was withdrawn or withheld, and lets in what was released.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from indexer.archive.failures import plain_failures
from indexer.archive.lock import locked
from indexer.errors import ArchiveDamaged, ArchiveFull
from indexer.records import Ruling

NAME: Final = "rulings.jsonl"
VARIABLE: Final = "BOARD_PAPERS_RULINGS"
# Who is left out of the register of people (`search.people.hidden`): it outlives an archive as rulings do.
PEOPLE: Final = "people.jsonl"
_PEOPLE_VARIABLE: Final = "BOARD_PAPERS_PEOPLE"
_LOCK: Final = ".lock"
# What may lie in a folder of papers, and is none.
RULINGS_FILES: Final = frozenset({NAME, NAME + _LOCK})
_LOG = logging.getLogger(__name__)


def path_of(archive: Path) -> Path:
    """Return where the rulings on an archive's papers are kept."""
    return beside(archive, NAME, VARIABLE)


def beside(archive: Path, name: str, variable: str) -> Path:
    """Return the file of a name beside an archive, or the one that a variable of the environment names."""
    named = os.environ.get(variable)
    own = archive.resolve()
    return Path(named) if named else own.with_name(f"{own.name}-{name}")


def people_of(archive: Path) -> Path:
    """Return where those are noted who are left out of an archive's register of people."""
    return beside(archive, PEOPLE, _PEOPLE_VARIABLE)


def files_of(archive: Path) -> tuple[Path, ...]:
    """Return the files that may lie among the papers and are not papers."""
    path = path_of(archive)
    return path, path.with_name(path.name + _LOCK)


def in_papers(folder: Path) -> Path | None:
    """Return where the rulings on a folder's papers are kept with them; None where one file is named for all."""
    return None if os.environ.get(VARIABLE) else folder / NAME


def read_in_papers(folder: Path) -> tuple[Ruling, ...]:
    """Read the rulings that lie with papers; none where the folder is gone or may not be read, which is logged.

    Raises:
        ArchiveDamaged: as `read`.
    """
    path = in_papers(folder)
    # Of many thousand folders nearly none has such a file, which `read` would find out at ten times the cost.
    if path is None or (os.access(folder, os.X_OK) and not os.path.exists(path)):
        return ()
    try:
        return read(path)
    except ArchiveFull as error:
        _LOG.warning("The rulings in %s cannot be read. %s", path, error)
        return ()


def add_in_papers(folder: Path, rulings: Iterable[Ruling]) -> None:
    """Add rulings to those that lie with papers; where the folder is gone or may not be written, that is logged."""
    path, new = in_papers(folder), set(rulings) - set(read_in_papers(folder))
    if path is None or not new or not folder.is_dir():
        return
    try:
        add(path, in_order(new))
    except ArchiveFull as error:
        _LOG.warning("The rulings could not be kept in %s too. %s", path, error)


def read(path: Path) -> tuple[Ruling, ...]:
    """Read rulings, oldest first; none where there is no file.

    Raises:
        ArchiveDamaged: a line cannot be read: what it rules on might be shown again.
    """
    with plain_failures(path.parent):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ()
    # What follows the last line's end was being written by a process that was killed: it had not ruled yet.
    whole = enumerate(text.split("\n")[:-1], 1)
    return in_order(_parsed(line, f"{path}, line {number}") for number, line in whole if line.strip())


def add(path: Path, rulings: Iterable[Ruling]) -> None:
    """Add rulings that the file does not hold yet, on disk before this returns.

    Raises:
        ArchiveFull: the file cannot be written.
        ArchiveDamaged: a line of it cannot be read.
    """
    given = tuple(rulings)
    if not set(given) - set(read(path)):
        return
    with plain_failures(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path.with_name(path.name + _LOCK)):
            held = set(read(path))
            new = [one for one in dict.fromkeys(given) if one not in held]
            with path.open("ab+") as stream:
                stream.seek(0)
                stream.truncate(stream.read().rfind(b"\n") + 1)
                stream.write(lines(new))
                stream.flush()
                os.fsync(stream.fileno())


def lines(rulings: Iterable[Ruling]) -> bytes:
    """Return rulings as the file holds them."""
    return b"".join(json.dumps(asdict(one)).encode() + b"\n" for one in rulings)


def in_order(rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """Return each ruling once, by its time: of those on one paper the last counts."""
    return tuple(sorted(dict.fromkeys(rulings), key=lambda one: one.noted))


def next_time(before: Iterable[Ruling]) -> str:
    """Return the time for a new ruling, ISO in UTC: now, and after all before it though the clock were set back."""
    last = max((datetime.fromisoformat(one.noted) for one in before), default=datetime.min.replace(tzinfo=UTC))
    now = max(datetime.now(UTC), last + timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")


def _parsed(line: str, where: str) -> Ruling:
    try:
        ruling = Ruling(**json.loads(line))
        datetime.fromisoformat(ruling.noted)
    except (ValueError, TypeError) as error:
        message = f"{where}: no ruling can be read there ({type(error).__name__}). Restore the file from a backup."
        raise ArchiveDamaged(message, path=where, expected="a ruling", found=line[:80]) from error
    if ruling.ruling not in ("withdrawn", "withheld", "released"):
        message = f"{where}: {ruling.ruling!r} is not a ruling. Restore the file from a backup."
        raise ArchiveDamaged(message, path=where, expected="withdrawn, withheld or released", found=ruling.ruling)
    return ruling
