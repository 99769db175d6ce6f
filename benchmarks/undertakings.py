"""Actions on real papers against labels by hand, body by body: ``python -m benchmarks.undertakings``.

The labels (actions.jsonl) hold no text: a paper is known by the hash of its bytes, a stretch by its page and offsets,
who is to do it and by when by the offsets of the words that say so. ``sample`` says how a stretch was drawn, and
``lot`` how many it stands for:

0. of what was extracted at first, and of what was shown as found later: a precision only;
1. units of all minutes, by body, by whether they were extracted, are of a decision, or hold a word of charging;
2. units that a model was unsure of, or sure, by body and by its probability;
3. what was extracted then, and other units with such a word, by body;
4. and 5. what was extracted then: a precision only. After each of 1 to 4 the rules were mended.

``--archive DIR`` compares what is shown as found too, from an archive that holds the papers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer import readers
from indexer.archive import Archive
from indexer.decisions.actions import actions
from indexer.decisions.extract import decisions
from indexer.provenance.describe import describe
from indexer.records import Action, Filters
from indexer.structure.sections import sections
from search.history import actions as followed

LABELS = Path(__file__).with_name("actions.jsonl")
SHARED = Path(__file__).resolve().parents[2] / "shared"
# Samples of what was extracted: what they lack says nothing of recall.
_PRECISION_ONLY = frozenset([0, 4, 5])
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """A label with the action that was extracted there, if one was."""

    label: dict[str, Any]
    action: Action | None
    paper: str
    page: str

    @property
    def text(self) -> str:
        """The stretch."""
        return self.page[self.label["at"] : self.label["end"]]


def main() -> int:
    """Print the shares; exit 0 also where the papers are not there."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.undertakings",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--archive", type=Path, help="an archive of the papers, to score what is shown as found")
    parser.add_argument("--wrong", action="store_true", help="print what is extracted wrongly, and what is missed")
    given = parser.parse_args()
    wanted: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        wanted[told["sha256"]].append(told)
    found = dict(_found(given.archive)) if given.archive else {}
    judged: list[Judged] = []
    later: Counter[bool] = Counter()
    for path in sorted(SHARED.rglob("*.pdf")):
        for one in _paper(path, wanted.pop(hashlib.sha256(path.read_bytes()).hexdigest(), [])):
            judged.append(one)
            span = one.action.spans[0] if one.action else None
            if span and "found" in one.label and found.get((one.paper, span.page, span.start)):
                later[one.label["found"]] += 1
    for name, key in (("sample", "sample"), ("body", "body")):
        for value in sorted({one.label[key] for one in judged}):
            print(_shares(f"{name} {value}", [one for one in judged if one.label[key] == value]))
    print(_named(judged))
    print(f"shown as found {later.total()}, rightly {later[True]}; papers not there: {len(wanted)}")
    for one in judged if given.wrong else []:
        if bool(one.action) != one.label["action"]:
            print("missed" if one.label["action"] else "wrong", one.label["body"], " ".join(one.text.split())[:200])
    return 0


def _found(folder: Path) -> Iterator[tuple[tuple[str, int, int], bool]]:
    """Whether each action of an archive is shown as found, by paper, page and place."""
    with Archive(folder) as archive:
        for one in followed.actions(archive, Filters()):
            span = one.stored.action.spans[0]
            yield (one.stored.paper.id, span.page, span.start), one.state == "found"


def _paper(path: Path, labels: Sequence[dict[str, Any]]) -> Iterator[Judged]:
    if not labels:
        return
    document = readers.read(path)
    paper = describe(document, path.name, labels[0]["sha256"], {})
    parts = sections(document, paper)
    shown = actions(document.pages, parts, decisions(document.pages, parts))
    texts = {page.number: page.text for page in document.pages}
    for label in labels:
        yield Judged(label, next((one for one in shown if _is_at(one, label)), None), paper.id, texts[label["page"]])


def _is_at(action: Action, label: dict[str, Any]) -> bool:
    """Whether an action is on a labelled stretch; where that is none, only if it is half of what was extracted."""
    own = sum(span.end - span.start for span in action.spans)
    shared = sum(
        max(0, min(span.end, label["end"]) - max(span.start, label["at"]))
        for span in action.spans
        if span.page == label["page"]
    )
    least = 0.0 if label["action"] else _HALF * own
    return bool(shared > least)


def _shares(name: str, judged: Sequence[Judged]) -> str:
    """Say how much of what is extracted is right, and how much that is right is extracted, by stretches and by lot."""
    shown = [one for one in judged if one.action]
    right = [one for one in shown if one.label["action"]]
    lots = [one for one in judged if one.label["sample"] not in _PRECISION_ONLY]
    there = [one for one in lots if one.label["action"]]
    had = [one for one in there if one.action]
    said = f"{name:24} right {len(right)}/{len(shown)} by lot {_lot(right):.0f}/{_lot(shown):.0f}"
    if there:
        said += f"; found {len(had)}/{len(there)} by lot {_lot(had):.0f}/{_lot(there):.0f}"
    return said


def _lot(judged: Sequence[Judged]) -> float:
    return float(sum(one.label["lot"] for one in judged))


def _named(judged: Sequence[Judged]) -> str:
    """Say how many owners and days are right, of those given where the label says who and when; any initials do."""
    tally: Counter[str] = Counter()
    for one in judged:
        if not (one.action and one.label["action"]):
            continue
        for part, given in (("owner", one.action.owner), ("due", one.action.due)):
            if part not in one.label:
                continue
            spot = one.label[part]
            words = " ".join(one.page[slice(*spot)].split()) if spot else ""
            tally[f"{part} given"] += bool(given)
            tally[f"{part} right"] += bool(given and words and words.casefold() in given.casefold())
            tally[f"{part} not read"] += bool(words and not given)
    return "; ".join(
        f"{part} right {tally[f'{part} right']}/{tally[f'{part} given']}, not read {tally[f'{part} not read']}"
        for part in ("owner", "due")
    )


if __name__ == "__main__":
    sys.exit(main())
