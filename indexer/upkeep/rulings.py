"""What people decide about papers: to withdraw, to withhold, to release; and the list of what waits for a look.

Every ruling is kept with its reason and time. The ledger, and so the list, is public: no reason quotes a paper.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from indexer.archive import Archive, Writer
from indexer.errors import BadArguments
from indexer.records import LedgerEntry, ModelIdentity, Ruling
from indexer.withholding import closed

_SHORTEST_ID: Final = 8  # hex digits; one in four thousand million
_BY_SIDECAR: Final = "the sidecar says that it is exempt"


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
    return _take_out(folder, paper, reason, "withdrawn")


def withhold(folder: Path, paper: str, reason: str) -> str:
    """Withhold a paper as exempt, whatever its own marks say; else as `withdraw`."""
    return _take_out(folder, paper, reason, "withheld")


def release(folder: Path, paper: str, reason: str) -> str:
    """Let a paper in that is withheld, wholly or in part, or withdrawn; the next run that is offered it reads it.

    A paper that was withheld is then taken to be public, all of it. One that was withdrawn is looked at again for
    signs that it is exempt.

    Raises:
        BadArguments: as `withdraw`; or it is neither, or withheld because its sidecar row says so.
        ArchiveError: there is no archive in ``folder``, or it cannot be written.
    """
    why = _reason(reason)
    ledger, model = _held(folder)
    paper_id = _named(paper, ledger)
    if any(entry.paper_id == paper_id and entry.reason == _BY_SIDECAR for entry in ledger):
        message = f"{paper}: its row in papers.csv says that it is exempt; change that row, then index again"
        raise BadArguments(message, path=paper, expected="exempt: no", found="exempt: yes")
    with Writer.open(folder, model) as writer:
        paths = writer.release(paper_id, why)
    if not paths:
        message = f"{paper}: it is neither withheld nor withdrawn; see: python -m indexer review"
        raise BadArguments(message, path=paper, expected="a paper that is kept out", found="one that is not")
    return f"Released: {', '.join(paths)}. It is read by the next run that is offered it: python -m indexer index PATH"


def review_text(folder: Path) -> str:
    """Return what is withheld, each with its reason and the id to name it by, and every ruling, for a reader.

    Raises:
        ArchiveError: there is no archive in ``folder``, or it cannot be read.
    """
    waiting, rulings, names = _to_review(folder)
    lines = [f"{len(waiting)} papers are withheld, wholly or in part. Look at each; then release it, or withhold it."]
    lines += [f"{entry.paper_id[:_SHORTEST_ID]}  {entry.path}  ({entry.reason})" for entry in waiting]
    if rulings:
        lines += ["", "What was decided before"]
    for one in rulings:
        what = f"{one.ruling} (was {one.was})" if one.was else one.ruling
        lines.append(f"{one.noted[:10]}  {one.paper_id[:_SHORTEST_ID]}  {what}: {one.reason}  {names[one.paper_id]}")
    return "\n".join(lines)


def review_json(folder: Path) -> str:
    """Return the same as one JSON object: ``withheld`` (ledger entries) and ``rulings``, oldest first.

    Raises:
        ArchiveError: there is no archive in ``folder``, or it cannot be read.
    """
    waiting, rulings, _ = _to_review(folder)
    about = {"withheld": [asdict(entry) for entry in waiting], "rulings": [asdict(one) for one in rulings]}
    return json.dumps(about, ensure_ascii=False)


def _to_review(folder: Path) -> tuple[list[LedgerEntry], Sequence[Ruling], dict[str, str]]:
    """Return the entries of what is withheld, the rulings, and a path for each paper ruled on."""
    with contextlib.closing(Archive.open(folder, None)) as archive:
        ledger, rulings = archive.ledger(), archive.rulings()
        partly = [entry for entry in ledger if entry.status == "partly read"]
        in_part = [e for e in partly if any(fault.reason == closed.REASON for fault in archive.faults(e.paper_id))]
    waiting = [entry for entry in ledger if entry.status == "withheld" or entry in in_part]
    paths = {entry.paper_id: entry.path for entry in reversed(ledger)}
    return waiting, rulings, {one.paper_id: paths.get(one.paper_id, "") for one in rulings}


def _take_out(folder: Path, paper: str, reason: str, status: Literal["withdrawn", "withheld"]) -> str:
    why = _reason(reason)
    ledger, model = _held(folder)
    paper_id = _named(paper, ledger)
    day = datetime.now(UTC).date().isoformat()
    with Writer.open(folder, model) as writer:
        paths = writer.withdraw(paper_id, f"{why} ({day})", status)
    return f"{status.capitalize()}: {', '.join(paths)}. It stays out of the archive if it is offered again"


def _reason(reason: str) -> str:
    why = " ".join(reason.split())
    if not why:
        message = "--reason is empty: say why; the ledger keeps it"
        raise BadArguments(message, expected="a reason")
    return why


def _held(folder: Path) -> tuple[tuple[LedgerEntry, ...], ModelIdentity]:
    with contextlib.closing(Archive.open(folder, None)) as archive:
        return archive.ledger(), archive.model


def _named(paper: str, ledger: tuple[LedgerEntry, ...]) -> str:
    """Find the one paper id that a path or the beginning of an id means."""
    exact = {entry.paper_id for entry in ledger if entry.path == paper and entry.paper_id}
    begun = {entry.paper_id for entry in ledger if entry.paper_id.startswith(paper.lower()) and entry.paper_id}
    ids = exact or (begun if len(paper) >= _SHORTEST_ID else set())
    if len(ids) != 1:
        what = "no paper" if not ids else "more than one paper"
        message = f"{paper}: {what} of the ledger goes by that; see: python -m indexer status"
        raise BadArguments(message, path=paper, expected="a path or id of the ledger", found=what)
    return ids.pop()
