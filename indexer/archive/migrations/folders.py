"""Format 6: papers are named by their place below the folder that was indexed, and where that lies is kept apart.

Paths that begin at the root of the machine get the name of the folder that they have in common; others stay as they
are, and where they begin is looked for: where the command runs, and beside the archive.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from indexer.archive.database import Database
from indexer.archive.migrations.step import Step

_TABLE = "CREATE TABLE roots (name TEXT PRIMARY KEY, folder TEXT NOT NULL) WITHOUT ROWID"
_LOOKED_FOR = 50  # papers looked at to find the folder of relative paths
_SEEN = "seen.jsonl"


def _named(connection: Database, folder: Path, _after: int) -> None:
    """Rename everything at once; the ledger of ten thousand papers takes less than a second."""
    paths = [path for (path,) in connection.execute("SELECT path FROM ledger UNION SELECT path FROM papers")]
    whole = [path for path in paths if os.path.isabs(path)]
    others = [path for path in paths if not os.path.isabs(path)]
    beside = folder.absolute().parent
    if others and (base := _base(others, (Path.cwd(), beside, beside.parent))):
        connection.execute("INSERT OR REPLACE INTO roots VALUES ('.', ?)", (os.path.relpath(base, beside),))
    if not whole:
        return
    common = os.path.commonpath([os.path.dirname(path) for path in whole])
    own = os.path.basename(common) or "papers"
    taken = {path.partition("/")[0] for path in others}
    name = next(n for n in (own, *(f"{own} ({i})" for i in range(2, len(taken) + 3))) if n not in taken)
    _rename_seen(folder, common, name)
    connection.execute("INSERT OR REPLACE INTO roots VALUES (?, ?)", (name, common))
    cut = len(common.rstrip("/")) + 1
    for table in ("ledger", "papers"):
        connection.execute(
            f"UPDATE {table} SET path = ?1 || substr(path, ?2) WHERE substr(path, 1, 1) = '/'",  # noqa: S608 - our own
            (name, cut),
        )


def _base(paths: list[str], folders: tuple[Path, ...]) -> Path | None:
    """Find the folder in which most of these papers are; None if none of them is in any."""
    some = paths[:: max(1, len(paths) // _LOOKED_FOR)]
    counts = {folder: sum((folder / path).is_file() for path in some) for folder in folders}
    best = max(counts, key=lambda folder: counts[folder])
    return best if counts[best] else None


def _rename_seen(folder: Path, common: str, name: str) -> None:
    """Rename the paths in the note of files that were seen: beside it first, then in its place; twice does no harm."""
    note = folder / _SEEN
    if not note.is_file():
        return
    lines = []
    for line in note.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            sight = json.loads(line)
        except ValueError:
            continue  # half a line of a run that was killed
        if isinstance(sight, dict) and str(sight.get("path", "")).startswith(common.rstrip("/") + "/"):
            sight["path"] = name + sight["path"][len(common.rstrip("/")) :]
        lines.append(json.dumps(sight) + "\n")
    draft = note.with_suffix(".new")
    draft.write_text("".join(lines), encoding="utf-8")
    os.replace(draft, note)


STEP = Step("names of papers that hold no path of a machine", (_TABLE,), _named)
