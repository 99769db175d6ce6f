"""Rulings and an archive: which it does not hold yet, and what each changes of its rows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from indexer.archive import fetch, roots, rulings_file
from indexer.archive.database import Database
from indexer.archive.rows import insert_ledger, mark_erasing, remove_papers
from indexer.records import LedgerEntry, LedgerStatus, Ruling

Word = Literal["withdrawn", "withheld", "released"]


def known_rulings(folder: Path, own: Iterable[Ruling] = (), papers: Iterable[Path | str] = ()) -> tuple[Ruling, ...]:
    """Return the rulings of the file beside an archive, those with its papers, and its own ones, oldest first.

    Args:
        folder: the archive's.
        own: rulings that the archive holds.
        papers: folders that its papers lie in. A paper may have been ruled on in an archive of any folder above it.

    Raises:
        ArchiveDamaged: a file of rulings cannot be read.
    """
    places: set[str] = set()
    for place in map(str, papers):
        while place not in places:
            places.add(place)
            place = os.path.dirname(place)
    with_papers = (one for place in sorted(places) for one in rulings_file.read_in_papers(Path(place)))
    return rulings_file.in_order((*rulings_file.read(rulings_file.path_of(folder)), *own, *with_papers))


def known(connection: Database, folder: Path) -> tuple[Ruling, ...]:
    """Return every ruling that the archive or a file beside it or its papers holds, oldest first."""
    paths = (path for (path,) in connection.execute("SELECT path FROM ledger"))
    papers = roots.holding(paths, roots.read(connection, folder))
    return known_rulings(folder, fetch.rulings(connection), papers)


def keep(connection: Database, folder: Path, rulings: Sequence[Ruling]) -> None:
    """Keep rulings in the file beside the archive, and with the papers that they are on."""
    rulings_file.add(rulings_file.path_of(folder), rulings)
    folders = roots.read(connection, folder)
    for name, place in folders.items():
        own = [
            one
            for one in rulings
            if name in (roots.of(path, folders) for path, _ in _entries(connection, one.paper_id))
        ]
        rulings_file.add_in_papers(place, own)


def unapplied(connection: Database, every: Iterable[Ruling]) -> list[Ruling]:
    """Return of ``every`` known ruling those that the archive does not hold, on papers that its ledger knows."""
    held = set(fetch.rulings(connection))
    new = [one for one in every if one not in held]
    query = "SELECT DISTINCT paper_id FROM ledger WHERE paper_id IN"
    offered = {id for (id,) in fetch.among(connection, query, {one.paper_id for one in new})}
    return [one for one in new if one.paper_id in offered]


def to_apply(connection: Database, folder: Path) -> tuple[list[tuple[str, Word, str]], list[Ruling]]:
    """Keep the archive's own rulings in the files beside it too; return what the others make of its papers, and them.

    Returns:
        For `apply`: paper, ruling and reason of those in force, and every ruling that the archive does not hold.
    """
    every = known(connection, folder)
    keep(connection, folder, every)
    new = unapplied(connection, every)
    last = {one.paper_id: one for one in every}
    ids = sorted({one.paper_id for one in new})
    return [(id, last[id].ruling, last[id].reason) for id in ids], new


def rule(connection: Database, folder: Path, paper_id: str, ruling: Word, reason: str) -> list[Ruling]:
    """Keep a ruling in the file beside the archive; return it, for `apply`, or nothing if it is in force already.

    The file comes first: if a run is killed in between, the next process that opens the archive applies the ruling.
    """
    every = known(connection, folder)
    last = next((one for one in reversed(every) if one.paper_id == paper_id), None)
    if last and (last.ruling, last.reason) == (ruling, reason):
        return []
    made = Ruling(paper_id, ruling, _was(connection, paper_id), reason, rulings_file.next_time(every))
    keep(connection, folder, [made])
    return [made]


def apply(connection: Database, ruled: Sequence[tuple[str, Word, str]], new: Sequence[Ruling]) -> list[str]:
    """Make of papers what was ruled, inside the caller's transaction; return the ledger's paths of them.

    Args:
        connection: the archive's.
        ruled: paper, ruling and reason.
        new: rulings to keep, in the order of their times, beside those that are kept.
    """
    every = rulings_file.in_order((*fetch.rulings(connection), *new))
    connection.execute("DELETE FROM rulings")
    kept = [(one.paper_id, one.ruling, one.was, one.reason, one.noted) for one in every]
    connection.executemany("INSERT INTO rulings (paper_id, ruling, was, reason, noted) VALUES (?,?,?,?,?)", kept)
    paths = []
    for paper_id, ruling, reason in ruled:
        if ruling != "released":
            # Also if it is not there: what was removed before may have left bytes behind.
            mark_erasing(connection)
            paths += _noted(connection, paper_id, ruling, reason)
        elif kept_out(connection, paper_id):
            paths += _noted(connection, paper_id, "gone", f"released: {reason}")
    return paths


def _noted(connection: Database, paper_id: str, status: LedgerStatus, reason: str) -> list[str]:
    """Take a paper out and say in the ledger what became of it; return its paths."""
    remove_papers(connection, [paper_id])
    paths = [path for path, _ in _entries(connection, paper_id)]
    insert_ledger(connection, [LedgerEntry(path, status, reason, paper_id) for path in paths])
    return paths


def kept_out(connection: Database, paper_id: str) -> str:
    """Return whether a paper is withdrawn or withheld, wholly or in part: which of them, or ""."""
    query = (
        "SELECT status FROM ledger WHERE paper_id = ? AND status IN ('withdrawn', 'withheld') UNION SELECT method "
        "FROM papers JOIN pages ON pages.id BETWEEN key << 20 AND key << 20 | 1048575 "
        "WHERE papers.id = ? AND method = 'withheld' ORDER BY 1 DESC"
    )
    row = connection.execute(query, (paper_id, paper_id)).fetchone()
    return row[0] if row else ""


def _entries(connection: Database, paper_id: str) -> list[tuple[str, str]]:
    return connection.execute(
        "SELECT path, status FROM ledger WHERE paper_id = ? ORDER BY path", (paper_id,)
    ).fetchall()


def _was(connection: Database, paper_id: str) -> str:
    """Return what a paper was before a ruling: kept out, or its status in the ledger."""
    # Of a paper under several paths one entry says what became of it, the others that they are its duplicates.
    plain = (status for _, status in _entries(connection, paper_id) if status not in ("duplicate", "gone"))
    return kept_out(connection, paper_id) or next(plain, "")
