"""Labelled minutes for training: real papers found by their hash, and our own manuscripts."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from indexer.labelling.features import features
from indexer.labelling.training.composing import composed
from indexer.labelling.training.manuscripts import Manuscript, manuscripts
from indexer.labelling.units import Unit, units
from indexer.layout.blocks import Placed, blocks_of, placed
from indexer.records import Page
from indexer.text import cues

LABELS: Final = Path(__file__).with_name("labels.jsonl")
# How many minutes are composed of single sentences, each in its own style.
COMPOSED: Final = 160
# Labels that nothing is learnt from: unlabelled units, and other papers bound in with minutes.
_SKIPPED: Final = frozenset(["?", "other"])
# A sentence of fewer words says nothing by itself.
_FEW: Final = 6
_SUFFIXES: Final = (".pdf", ".docx", ".html", ".txt", ".md")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One paper's minutes: blocks, their units, and a label for each; ``body`` is whose minutes they are."""

    body: str
    blocks: tuple[Placed, ...]
    units: tuple[Unit, ...]
    labels: tuple[str, ...]


def own() -> list[Labelled]:
    """Give our own manuscripts: written ones and composed ones; each counts as a separate body."""
    return [_manuscript(one) for one in (*manuscripts(), *composed(COMPOSED))]


def papers(folder: Path, labels: Path = LABELS) -> tuple[list[Labelled], int]:
    """Give the real papers that lie below a folder, and how many of the labelled ones do not.

    Args:
        folder: where to look; it need not exist.
        labels: the file of labels, one paper a line.
    """
    by_hash = {one["sha256"]: one for one in map(json.loads, labels.read_text(encoding="utf-8").splitlines())}
    known: list[Labelled] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _SUFFIXES and path.is_file():
            told = by_hash.pop(hashlib.sha256(path.read_bytes()).hexdigest(), None)
            if told:
                known.append(_paper(path, told["body"], told["pages"]))
    known.sort(key=lambda one: (one.body, one.units[0].text if one.units else "", len(one.units)))
    return known, len(by_hash)


def sequences(labelled: Iterable[Labelled]) -> list[tuple[str, list[list[str]], list[str]]]:
    """Describe papers for training, each twice: as it is, and as in a format without type sizes."""
    stretches: list[tuple[str, list[list[str]], list[str]]] = []
    for one in labelled:
        for plain in (False, True):
            told = features(one.blocks, one.units, plain=plain)
            stretches += [(one.body, rows, labels) for rows, labels in _known(told, one.labels)]
    return stretches


def _known(told: Sequence[list[str]], labels: Sequence[str]) -> Iterator[tuple[list[list[str]], list[str]]]:
    """The stretches of a paper whose labels are known."""
    rows: list[list[str]] = []
    names: list[str] = []
    for row, label in zip([*told, []], [*labels, "?"], strict=True):
        if label not in _SKIPPED:
            rows.append(row)
            names.append(label)
        elif rows:
            yield rows, names
            rows, names = [], []


def _goes_on(text: str) -> bool:
    """Whether a sentence behind a decision only says how that came about: "All agreed.", "Carried."."""
    said = text.lower().split()
    lemmas = {cues.LEMMAS.get(word.strip(".,:;()"), "") for word in said}
    return len(said) < _FEW or not lemmas.isdisjoint(("second", "move", "carry", "vote", "propose", "favour"))


def _manuscript(one: Manuscript) -> Labelled:
    blocks = placed(one.pages)
    parts = units(blocks)
    labels: list[str] = []
    last = 0
    for unit in parts:
        near = [
            (min(unit.end, end) - max(unit.start, start), number, label)
            for number, (page, start, end, label) in enumerate(one.labels)
            if page == unit.page
        ]
        _, number, label = max(near)
        goes_on = label == "decision" and bool(labels) and number == last and _goes_on(unit.text)
        labels.append("decision+" if goes_on else label)
        last = number
    return Labelled(one.name, blocks, parts, tuple(labels))


def _paper(path: Path, body: str, labels: dict[str, list[list[object]]]) -> Labelled:
    from indexer import readers

    document = readers.read(path)
    blocks = tuple(block for block in placed(document.pages) if str(block.page) in labels)
    parts = units(blocks)
    counts = {page.number: _letters(page) for page in document.pages if str(page.number) in labels}
    names = []
    for unit in parts:
        offsets, before = counts[unit.page]
        start = _count(offsets, before, unit.start)
        end = start + sum(letter.isalnum() for letter in unit.text)
        names.append(_label(labels[str(unit.page)], start, end))
    return Labelled(body, blocks, parts, tuple(names))


def _label(told: list[list[object]], start: int, end: int) -> str:
    """The label of the stretch that shares most letters with a unit; "?" where there is none."""
    best, label = 0, "?"
    for one in told:
        first, last = int(str(one[0])), int(str(one[1]))
        shared = min(end, last) - max(start, first) if end > start else int(first <= start <= last)
        if shared > best:
            best, label = shared, str(one[2])
    return label


def _letters(page: Page) -> tuple[list[int], list[tuple[int, str]]]:
    """For each block its offset, and with how many letters and digits before it; blocks count in reading order."""
    offsets, before, count = [], [], 0
    for block in blocks_of(page):
        text = page.text[block.start : block.end]
        offsets.append(block.start)
        before.append((count, text))
        count += sum(letter.isalnum() for letter in text)
    return offsets, before


def _count(offsets: list[int], before: list[tuple[int, str]], place: int) -> int:
    at = bisect_right(offsets, place) - 1
    count, text = before[at]
    return count + sum(letter.isalnum() for letter in text[: place - offsets[at]])
