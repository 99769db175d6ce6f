"""Precision of actions on real papers, against forty labelled by hand: ``python -m benchmarks.undertakings``.

The labels (actions.jsonl) hold no text: a paper is known by the hash of its bytes, an action by its page and the offset
of its first letter, who is to do it and by when by the offsets of the words that say so. Half of a random forty of what
was extracted once, and twelve of those shown as found in a later meeting, were labelled; so this is a precision, not a
recall. ``--archive DIR`` compares what is shown as found too, from an archive that holds the papers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
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
# Letters by which the place of an action may differ: its bullet, its label.
_NEAR = 12


def main() -> int:
    """Print the shares; exit 0 also where the papers are not there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.undertakings", description=__doc__)
    parser.add_argument("--archive", type=Path, help="an archive of the papers, to score what is shown as found")
    archive = parser.parse_args().archive
    wanted: dict[str, list[dict[str, Any]]] = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        wanted.setdefault(told["sha256"], []).append(told)
    found = dict(_found(archive)) if archive else {}
    tally: Counter[str] = Counter()
    for path in sorted(SHARED.rglob("*.pdf")):
        labels = wanted.pop(hashlib.sha256(path.read_bytes()).hexdigest(), [])
        tally += _paper(path, labels, found)
    for part, of in (("what", "shown"), ("who", "named"), ("by when", "dated"), ("found", "shown as found")):
        if tally[of]:
            print(f"{part:8} {tally[part]}/{tally[of]} ({tally[part] / tally[of]:.2f})")
    print(f"nobody named: {tally['unnamed']}; a date not read: {tally['undated']}")
    print(f"no longer shown: {tally['gone']}, of them actions: {tally['lost']}; papers not there: {len(wanted)}")
    return 0


def _found(folder: Path) -> Iterator[tuple[tuple[str, int, int], bool]]:
    """Whether each action of an archive is shown as found, by paper, page and place."""
    with Archive(folder) as archive:
        for one in followed.actions(archive, Filters()):
            span = one.stored.action.spans[0]
            yield (one.stored.paper.id, span.page, span.start), one.state == "found"


def _paper(path: Path, labels: list[dict[str, Any]], found: dict[tuple[str, int, int], bool]) -> Counter[str]:
    tally: Counter[str] = Counter()
    if not labels:
        return tally
    document = readers.read(path)
    paper = describe(document, path.name, labels[0]["sha256"], {})
    parts = sections(document, paper)
    shown = actions(document.pages, parts, decisions(document.pages, parts))
    texts = {page.number: page.text for page in document.pages}
    for label in labels:
        one = next((action for action in shown if _is_at(action, label)), None)
        tally.update(gone=one is None, lost=one is None and bool(label["action"]))
        if one is None:
            continue
        tally.update(shown=1, what=label["action"], actions=label["action"])
        if label["action"]:
            tally.update(_right(one, label, texts[label["page"]]))
        state = found.get((paper.id, one.spans[0].page, one.spans[0].start))
        if state and "found" in label:
            tally.update({"shown as found": 1, "found": label["found"]})
    return tally


def _right(one: Action, label: dict[str, Any], text: str) -> dict[str, bool]:
    """Whether who and by when are those of the label, where they are given; of several initials one is enough."""
    owner, due = (" ".join(text[slice(*label[part])].split()) if label[part] else "" for part in ("owner", "due"))
    told = {"named": bool(one.owner), "who": bool(owner) and bool(one.owner) and owner in one.owner}
    return told | {
        "dated": bool(one.due),
        "by when": bool(one.due) and due == one.due,
        "unnamed": not one.owner,
        "undated": not one.due and bool(due),
    }


def _is_at(action: Action, label: dict[str, Any]) -> bool:
    span = action.spans[0]
    return bool(span.page == label["page"] and abs(span.start - label["at"]) <= _NEAR)


if __name__ == "__main__":
    sys.exit(main())
