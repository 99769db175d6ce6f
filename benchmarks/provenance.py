"""Who issued real papers and for which meeting, against labels, body by body.

Run from the repository's root: ``python -m benchmarks.provenance``. The papers lie in ``../shared`` and carry no open
licence, so the labels (tests/provenance/provenance_expected.csv) hold a paper's SHA-256 and names of public bodies
only. They were made from file names and known bodies, the dates checked on first pages. Heads were mended after
errors on these papers, so these figures are not for unseen bodies, which are what counts.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer import readers
from indexer.provenance.describe import describe
from indexer.records import Paper

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
EXPECTED = ROOT / "tests" / "provenance" / "provenance_expected.csv"
FIELDS = ("authority", "board", "date", "kind")


@dataclass(frozen=True, slots=True)
class Label:
    """What a paper's front sheet says; ``date`` is ISO."""

    sha256: str
    authority: str
    board: str
    date: str
    kind: str


def labels() -> dict[str, Label]:
    """Read the labels, by the papers' hashes."""
    with EXPECTED.open(encoding="utf-8", newline="") as stream:
        return {row["sha256"]: Label(**row) for row in csv.DictReader(stream)}


def papers(known: dict[str, Label]) -> Iterator[tuple[Label, Paper]]:
    """Yield each labelled paper that is there, described as the indexer does it without its neighbours."""
    for path in sorted(SHARED.rglob("papers*/**/*.pdf")):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if label := known.get(digest):
            yield label, describe(readers.read(path), path.relative_to(SHARED).as_posix(), digest, {})


def right(label: Label, paper: Paper) -> dict[str, bool | None]:
    """Say for each field whether it is right; None where nothing is told."""
    meeting = paper.meeting
    day = meeting.date.isoformat() if meeting.date else ""
    told = (meeting.authority, meeting.board, day, paper.kind)
    wanted = (label.authority, label.board, label.date, label.kind)
    return {
        name: (_plain(one) == _plain(other) if one else None)
        for name, one, other in zip(FIELDS, told, wanted, strict=True)
    }


def _plain(name: str) -> list[str]:
    """Words of a name, whatever their case; "Suffolk's" and "Suffolk" are one, and "Ltd" says nothing."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]s\b", "", name.casefold()))
    return [word for word in words if word not in ("ltd", "limited")]


def main() -> int:
    """Print the table."""
    if not SHARED.is_dir():
        print("the real papers (../shared) are not here", file=sys.stderr)
        return 2
    tally: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for label, paper in papers(labels()):
        for name, holds in right(label, paper).items():
            state = "right" if holds else "empty" if holds is None else "wrong"
            for body in (label.authority, "all"):
                tally[body][f"{name} {state}"] += 1
        for body in (label.authority, "all"):
            tally[body]["papers"] += 1
    for body, counts in tally.items():
        shares = (
            f"{name} {counts[f'{name} right'] / counts['papers']:.3f} ({counts[f'{name} wrong']} wrong, "
            f"{counts[f'{name} empty']} empty)"
            for name in FIELDS
        )
        print(f"{body}: {counts['papers']} papers; {'; '.join(shares)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
