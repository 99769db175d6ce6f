"""Precision and recall of the register of decisions on real papers, against a list made by hand.

Run from the repository's root: ``python -m benchmarks.register``. The real papers lie in ``../shared`` and carry no
open licence, so the list (tests/register/register_expected.csv) holds no text of theirs: a decision is known by its
file, page and a fingerprint, which is the first 12 hex digits of the SHA-256 of its text's first 60 letters, lower
case, a to z. Rows without an item number are recommendations, of which the item is not checked. Then comes one table of
the bodies that have a clerk's truth (`benchmarks.minutes`), seen and left out of training; the latter takes some
minutes.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import minutes
from indexer import readers
from indexer.decisions.extract import decisions
from indexer.provenance.describe import describe
from indexer.records import Decision
from indexer.structure.sections import sections

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
EXPECTED = ROOT / "tests" / "register" / "register_expected.csv"
LETTERS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One decision of the list, or one found, in the list's terms. ``date`` is ISO or ""."""

    file: str
    page: int
    item: str
    outcome: str
    date: str
    fingerprint: str
    limbs: int

    @property
    def place(self) -> tuple[str, str]:
        """What makes two rows the same decision."""
        return self.file, self.fingerprint

    @property
    def asked(self) -> bool:
        """Whether it is a recommendation."""
        return not self.item


@dataclass(frozen=True, slots=True)
class Score:
    """How the found rows agree with the expected ones; ``right`` counts the fields that agree among ``matched``."""

    expected: int
    found: int
    matched: int
    right: dict[str, int]
    missed: tuple[Row, ...]
    invented: tuple[Row, ...]

    @property
    def precision(self) -> float:
        """Share of the found decisions that are in the list."""
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the list that was found."""
        return self.matched / self.expected if self.expected else 0.0


def fingerprint(text: str) -> str:
    """Give the list's fingerprint of a text."""
    letters = [letter for letter in text.lower() if "a" <= letter <= "z"]
    return hashlib.sha256("".join(letters[:LETTERS]).encode()).hexdigest()[:12]


def expected() -> tuple[Row, ...]:
    """Read the list made by hand."""
    with EXPECTED.open(newline="", encoding="utf-8") as lines:
        return tuple(
            Row(
                row["file"],
                int(row["page"]),
                row["item"],
                row["outcome"],
                row["meeting_date"],
                row["fingerprint"],
                int(row["limbs"]),
            )
            for row in csv.DictReader(lines)
        )


def extracted(file: str) -> tuple[Decision, ...]:
    """Read one of the shared papers and extract its decisions."""
    path = SHARED / file
    document = readers.read(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return decisions(document.pages, sections(document, describe(document, file, digest, {})))


def rows(file: str, found: Iterable[Decision]) -> Iterator[Row]:
    """Put decisions in the list's terms."""
    for one in found:
        held = one.meeting.date
        item = "" if one.recommendation else one.item
        day = held.isoformat() if held else ""
        yield Row(file, one.pages[0], item, one.outcome, day, fingerprint(one.text), len(one.limbs))


def score(wanted: Sequence[Row], found: Sequence[Row]) -> Score:
    """Match found decisions to the list, each once."""
    left = list(found)
    pairs: list[tuple[Row, Row]] = []
    missed: list[Row] = []
    for row in wanted:
        same = [one for one in left if one.place == row.place]
        if not same:
            missed.append(row)
            continue
        best = min(same, key=lambda one: (one.page != row.page, one.item != row.item))
        left.remove(best)
        pairs.append((row, best))
    right: Counter[str] = Counter()
    for row, one in pairs:
        right.update(
            name for name in ("page", "item", "outcome", "date", "limbs") if getattr(row, name) == getattr(one, name)
        )
    return Score(len(wanted), len(found), len(pairs), dict(right), tuple(missed), tuple(left))


def papers() -> tuple[str, ...]:
    """Name every PDF of the real papers, relative to the shared folder."""
    folders = (SHARED / "papers" / "pdf", SHARED / "papers-kent")
    return tuple(sorted(str(path.relative_to(SHARED)) for folder in folders for path in folder.rglob("*.pdf")))


def main() -> int:
    """Print the table; exit 0 also where there is nothing to measure on."""
    if not SHARED.is_dir():
        print(f"skipped: no real papers at {SHARED}")
        return 0
    wanted = expected()
    found = [row for file in papers() for row in rows(file, extracted(file))]
    for name, asked in (("resolutions", False), ("recommendations", True)):
        one = score([row for row in wanted if row.asked is asked], [row for row in found if row.asked is asked])
        agree = ", ".join(f"{field} {count}" for field, count in sorted(one.right.items()))
        print(
            f"{name}: listed {one.expected}, found {one.found}, precision {one.precision:.3f}, recall {one.recall:.3f}"
        )
        print(f"  of {one.matched} matched, right: {agree}")
        for word, some in (("missed", one.missed), ("not in the list", one.invented)):
            for row in some:
                print(f"  {word}: {row.file} p. {row.page} item {row.item or '-'} {row.outcome} {row.fingerprint}")
    _by_body()
    return 0


def _by_body() -> None:
    """Print the four bodies with a clerk's truth: by the model as it is, and by one that has not seen the body."""
    scores = minutes.scorer()
    if scores is None:
        return
    print(f"{'':22}{minutes.HEADER}")
    for seen in (True, False):
        whole: Counter[str] = Counter()
        for name, tally in minutes.tallies(scores, seen=seen):
            print(f"{name + (', seen' if seen else ', left out'):22}{minutes.row(tally)}")
            whole += tally
        print(f"{'all' + (', seen' if seen else ', left out'):22}{minutes.row(whole)}")


if __name__ == "__main__":
    sys.exit(main())
