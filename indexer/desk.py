"""What may be asked of an archive besides searching: what it holds, whether it is sound, and to take a paper out."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from indexer.archive import Archive, Writer
from indexer.errors import BadArguments
from indexer.records import LedgerEntry, Totals

_SHORTEST_ID: Final = 8  # hex digits; one in four thousand million


def status_text(folder: Path) -> str:
    """Totals and the ledger for a reader, papers that need a look first.

    Raises:
        ArchiveError: there is no archive in ``folder``, or it cannot be read.
    """
    totals, ledger = _held(folder)
    span = f", {totals.earliest} to {totals.latest}" if totals.earliest else ""
    counts = Counter(entry.status for entry in ledger)
    lines = [
        f"{totals.papers} papers, {totals.pages} pages, {totals.passages} passages, {totals.decisions} decisions{span}",
        ", ".join(f"{count} {status}" for status, count in sorted(counts.items())),
    ]
    attention = [entry for entry in ledger if entry.status != "indexed" or entry.ocr_pages]
    return "\n".join(
        [*lines, *(_line(entry) for entry in attention), *(_line(e) for e in ledger if e not in attention)]
    )


def status_json(folder: Path) -> str:
    """Return the same as one JSON object: ``totals`` and ``ledger``.

    Raises:
        ArchiveError: there is no archive in ``folder``, or it cannot be read.
    """
    totals, ledger = _held(folder)
    about = {
        name: str(value) if name in ("earliest", "latest") and value else value
        for name, value in asdict(totals).items()
    }
    return json.dumps({"totals": about, "ledger": [asdict(entry) for entry in ledger]}, ensure_ascii=False)


def check(folder: Path) -> list[str]:
    """Return the archive's broken invariants in words, none if it is sound.

    Raises:
        ArchiveError: there is no archive in ``folder``, or it cannot be read.
    """
    with contextlib.closing(Archive.open(folder, None)) as archive:
        return list(archive.check())


def repair(folder: Path) -> None:
    """Make words and vectors anew from the database, which is the truth of both.

    Raises:
        ArchiveError: there is no archive in ``folder``, or it cannot be written.
    """
    with contextlib.closing(Archive.open(folder, None)) as archive:
        model = archive.model
    with Writer.open(folder, model) as writer:
        writer.repair()


def withdraw(folder: Path, paper: str, reason: str) -> str:
    """Take a paper out for good and say so; the ledger keeps its paths, its id, the reason and the day.

    Args:
        folder: the archive's.
        paper: a path as in the ledger, or an id or its beginning.
        reason: why, in one line; the ledger is public.

    Raises:
        BadArguments: no paper, or more than one, goes by that name, or the reason is empty.
        ArchiveError: there is no archive in ``folder``, or it cannot be written.
    """
    why = " ".join(reason.split())
    if not why:
        message = "--reason is empty: say why the paper is withdrawn; the ledger keeps it"
        raise BadArguments(message, expected="a reason")
    with contextlib.closing(Archive.open(folder, None)) as archive:
        ledger, model = archive.ledger(), archive.model
    paper_id = _named(paper, ledger)
    day = datetime.now(UTC).date().isoformat()
    with Writer.open(folder, model) as writer:
        paths = writer.withdraw(paper_id, f"{why} ({day})")
    return f"Withdrawn: {', '.join(paths)}. It stays out of the archive if it is offered again"


def _held(folder: Path) -> tuple[Totals, tuple[LedgerEntry, ...]]:
    with contextlib.closing(Archive.open(folder, None)) as archive:
        return archive.totals(), tuple(sorted(archive.ledger(), key=lambda entry: (entry.status, entry.path)))


def _line(entry: LedgerEntry) -> str:
    notes = [entry.reason] if entry.reason else []
    if entry.pages_without_text:
        notes.append(f"pages without text: {', '.join(map(str, entry.pages_without_text))}")
    if entry.ocr_pages:
        notes.append(f"read by OCR: {', '.join(map(str, entry.ocr_pages))}")
    return f"{entry.status:12} {entry.path}" + (f"  ({'; '.join(notes)})" if notes else "")


def _named(paper: str, ledger: tuple[LedgerEntry, ...]) -> str:
    """Find the one paper id that a path or the beginning of an id stands for."""
    exact = {entry.paper_id for entry in ledger if entry.path == paper and entry.paper_id}
    begun = {entry.paper_id for entry in ledger if entry.paper_id.startswith(paper.lower()) and entry.paper_id}
    found = exact or (begun if len(paper) >= _SHORTEST_ID else set())
    if len(found) != 1:
        what = "no paper" if not found else "more than one paper"
        message = f"{paper}: {what} of the ledger goes by that; see: python -m indexer status"
        raise BadArguments(message, path=paper, expected="a path or id of the ledger", found=what)
    return found.pop()
