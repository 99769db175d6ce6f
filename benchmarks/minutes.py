"""Minutes against a clerk's truth, each body left out of training in turn: ``python -m benchmarks.minutes``.

The truth and its scorer lie in ``../shared/gold/register``, the papers in ``../shared/papers-more``. Papers are read
straight through, without an archive. ``--with`` measures the model that the program comes with, whose training has seen
these bodies; without it a model is trained for each body on all others, which takes a minute or two a body.
``--styles`` measures the program's model instead on fictional minutes in styles that it was never taught, and
``--printed`` on minutes set as PDFs (`printed_minutes`, `web_minutes`), with votes and movers; both take seconds.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

from benchmarks import web_minutes
from benchmarks.printed_minutes import printed
from indexer import readers
from indexer.decisions.extract import decisions
from indexer.labelling import tagger
from indexer.labelling.training import labelled
from indexer.labelling.training.manuscripts import FOLDER, Manuscript, manuscripts
from indexer.provenance.describe import describe
from indexer.records import Decision, Document
from indexer.structure.minutes import minutes
from indexer.structure.sections import sections

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD = SHARED / "gold" / "register"
# By what a body is called in the labelled set.
BODIES = {"Ayton": "ayton", "Burton": "burton", "Suffolk": "suffolk", "Bristol": "bristol"}
# Fictional minutes to print: those whose words the model was taught since, and those that it was not.
_FOLDERS = ("taught", "fresh", "web", "later", "recent", "soft")
PRINTED = tuple(Path(__file__).with_name("printed") / folder for folder in _FOLDERS)
# Letters of a person's initials.
_INITIALS = (2, 3)
UNSEEN = FOLDER.with_name("unseen")


def record(file: str, one: Decision) -> dict[str, Any]:
    """Put a decision in the scorer's terms."""
    day, votes = one.meeting.date, one.votes
    return {
        "file": file,
        "pages": list(one.pages),
        "text": one.text,
        "limbs": [limb.text for limb in one.limbs],
        "item": one.item,
        "title": one.title,
        "outcome": one.outcome,
        "authority": one.meeting.authority,
        "board": one.meeting.board,
        "meeting_date": day.isoformat() if day else None,
        "mover": one.mover,
        "seconder": one.seconder,
        "votes": {"for": votes.for_, "against": votes.against, "abstain": votes.abstain} if votes else None,
        "recommendation": one.recommendation,
    }


def measured(scorer: ModuleType, truth: dict[str, Any]) -> Counter[str]:
    """Read one paper and score decisions and items; "ms" and "pages" say what structure and register cost."""
    path = next((SHARED / "papers-more").rglob(truth["file"]))
    return _measured(scorer, truth, readers.read(path), hashlib.sha256(path.read_bytes()).hexdigest())


def _measured(scorer: ModuleType, truth: dict[str, Any], document: Document, digest: str) -> Counter[str]:
    paper = describe(document, truth["file"], digest, {})
    began = time.process_time()
    parts = sections(document, paper)
    found = decisions(document.pages, parts)
    spent = time.process_time() - began
    told = [record(truth["file"], one) for one in found]
    tally: Counter[str] = scorer.score(_without_owners(truth, document), told, misses=False)
    items = [{"item": one.number, "title": one.title} for one in parts if one.kind == "item"]
    wanted = [{"item": one["number"], "title": one["title"]} for one in truth["items"]]
    right = sum(any(scorer.same_item(item, one) for item in items) for one in wanted)
    tally.update(items=len(wanted), **{"items found": right, "ms": round(1000 * spent), "pages": len(document.pages)})
    return tally


def _without_owners(truth: dict[str, Any], document: Document) -> dict[str, Any]:
    """Free a truth's quotations of what its text runs into them from the column beside: initials alone in a cell."""
    words = [word for page in document.pages for word in page.text.replace("\t", " \t ").split(" ")]
    pairs = list(pairwise(word for some in words for word in some.split("\n")))
    owners = {word for cell, word in pairs if cell == "\t" and word.isupper() and len(word) in _INITIALS}
    beside = {pair for pair in pairs if pair[1] in owners}
    decided = []
    for one in truth["decisions"]:
        said = one["quote"].split()
        kept = [word for pair in pairwise(["", *said]) if (word := pair[1]) not in owners or pair in beside]
        decided.append(one | {"quote": " ".join(kept)})
    return truth | {"decisions": decided}


def scorer() -> ModuleType | None:
    """Load the program that scores against the clerk's truth; None where there is none."""
    spec = importlib.util.spec_from_file_location("scorer", GOLD / "register.py") if GOLD.is_dir() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tallies(scores: ModuleType, *, seen: bool) -> Iterator[tuple[str, Counter[str]]]:
    """Score each body, by the program's own model (``seen``) or by one that was not taught on the body."""
    truths = [json.loads(line) for line in (GOLD / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    known = [] if seen else [*labelled.papers(SHARED)[0], *labelled.own()]
    for word, body in BODIES.items():
        yield word, _body(scores, [one for one in truths if one["authority"].startswith(word)], known, body)


def row(tally: Counter[str]) -> str:
    """Put a tally into a row under `HEADER`; "-" where nothing is told to compare with."""
    found = ("found", "inventions")
    shares = (("found", "sure"), ("found", *found), ("whole", "found"), ("item", "found"), ("items found", "items"))
    told = ("bodied", "recorded"), ("dated", "recorded")
    faults = tuple(tally[f"{sort} wrong"] + tally[f"{sort} invented"] for sort in ("votes", "movers"))
    cost = tally["ms"] / max(1, tally["pages"])
    return "  ".join(
        [*(_share(tally, *parts) for parts in (*shares, *told)), *(f"{count:3}" for count in faults), f"{cost:5.2f}"]
    )


def _share(tally: Counter[str], part: str, *whole: str) -> str:
    every = sum(tally[one] for one in whole)
    return f"{tally[part] / every:4.2f}" if every else "   -"


def styles(scorer: ModuleType) -> Iterator[tuple[str, Counter[str]]]:
    """Score the manuscripts that no model learns from; votes and movers are not told there."""
    minutes.cache_clear()
    for one in manuscripts(UNSEEN):
        tally = _measured(scorer, _truth(one), Document("docx", False, one.pages), "0" * 64)
        yield one.name, Counter({part: n for part, n in tally.items() if "invented" not in part and part != "recorded"})


def on_paper(scorer: ModuleType, made: Iterable[tuple[bytes, dict[str, Any]]]) -> Iterator[tuple[str, Counter[str]]]:
    """Score fictional minutes printed as PDFs, each with its truth."""
    minutes.cache_clear()
    with tempfile.TemporaryDirectory() as folder:
        for paper, truth in made:
            path = Path(folder) / truth["file"]
            path.write_bytes(paper)
            yield path.stem, _measured(scorer, truth, readers.read(path), "0" * 64)


def _truth(one: Manuscript) -> dict[str, Any]:
    """What a manuscript's marks say was decided, in the scorer's terms; of votes and movers it says nothing."""
    texts = {page.number: page.text for page in one.pages}
    decided: list[dict[str, Any]] = []
    items: list[dict[str, str]] = []
    moved = ""  # a decision that only says what became of a motion may be quoted with it
    for page, start, end, label in one.labels:
        text = texts[page][start:end]
        if label == "item":
            items.append({"number": "", "title": text})
            moved = ""
        elif label == "mover" or (label == "decision+" and moved):
            moved += f" {text}"
        elif label == "decision":
            head = items[-1]["title"] if items else ""
            decided.append({"page": page, "quote": text, "item": "", "title": head, "outcome": "", "certainty": "sure"})
            decided[-1] |= {"votes": None, "mover": "", "seconder": "", "also": [f"{moved} {text}"]}
            moved = ""
        elif label == "decision+" and decided:
            decided[-1]["quote"] += f" {text}"
    names = {"file": f"{one.name}.docx", "authority": one.name, "board": "", "meeting_date": ""}
    return {**names, "items": items, "decisions": decided, "traps": []}


# Shares of decisions and their parts, of meetings with body and date; what is wrong or invented is counted.
HEADER = "recall  precision  whole  item  items found  body  date  votes, movers wrong or invented  ms a page"


def main() -> int:
    """Print every figure; exit 0 also where there is nothing to measure on."""
    scores = scorer()
    if scores is None:
        print(f"skipped: no truth at {GOLD}")
        return 0
    if "--styles" in sys.argv:
        _table(dict(styles(scores)), "styles")
        return 0
    if "--printed" in sys.argv:
        for folder in PRINTED:
            made = web_minutes.printed(folder) if any(folder.glob("*.html")) else printed(folder)
            _table(dict(on_paper(scores, made)), folder.name)
        return 0
    seen = "--with" in sys.argv
    whole: Counter[str] = Counter()
    for word, tally in tallies(scores, seen=seen):
        _show(scores, f"{word} ({'seen' if seen else 'left out'})", tally)
        whole += tally
    _show(scores, "ALL", whole)
    return 0


def _body(scorer: ModuleType, truths: list[dict[str, Any]], known: list[labelled.Labelled], body: str) -> Counter[str]:
    with _taught(one for one in known if one.body != body):
        return sum((measured(scorer, truth) for truth in truths), Counter())


@contextmanager
def _taught(known: Iterable[labelled.Labelled]) -> Iterator[None]:
    """Use a model taught on these papers; the program's own where there are none."""
    with tempfile.TemporaryDirectory() as folder:
        model = tagger.MODEL
        if taught := labelled.sequences(known):
            model = Path(folder) / "model.crfsuite"
            tagger.train(taught, model)
        minutes.cache_clear()
        with mock.patch.object(tagger, "shipped", return_value=tagger.Tagger(model)):
            yield


def _table(told: dict[str, Counter[str]], name: str) -> None:
    print(f"{name:34}{HEADER}")
    for one, tally in (*sorted(told.items()), ("all", sum(told.values(), Counter()))):
        print(f"{one:34}{row(tally)}")


def _show(scorer: ModuleType, name: str, tally: Counter[str]) -> None:
    scorer.show(name, tally)
    print(f"  items found {tally['items found']}/{tally['items']}")


if __name__ == "__main__":
    sys.exit(main())
