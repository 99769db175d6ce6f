"""What each pattern of the rooms that structure papers is worth: ``python -m benchmarks.patterns FOLDER``.

Papers below FOLDER are read once, without OCR, and structured with every pattern in its place. Then each compiled
pattern of `ROOMS` is switched off in turn, so that it matches nothing, and the papers in which it had matched are
structured again. A row says in how many papers it matches, and in how many something differs without it: kind, title or
meeting, sections, decisions, actions, reported decisions. ``--only WORD`` limits the patterns by name, ``--most N`` how
many papers are structured again for each (40 by default). Patterns written inside of functions stay.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import indexer
from indexer import readers
from indexer.decisions.actions import actions
from indexer.decisions.extract import decisions
from indexer.decisions.reported import reports
from indexer.errors import UnreadablePaper
from indexer.provenance.describe import describe
from indexer.readers.scan import ocr
from indexer.records import Document
from indexer.structure.minutes import minutes
from indexer.structure.sections import sections

ROOMS = ("heads", "labelling", "provenance", "structure", "decisions", "text")
_FORMATS = (".pdf", ".docx", ".html", ".txt", ".md")


class Switched:
    """A pattern that notes for which papers it matches, and matches nothing while it is off."""

    off = ""
    paper = ""

    def __init__(self, name: str, pattern: re.Pattern[str]) -> None:
        self.name, self.pattern, self.flags = name, pattern.pattern, pattern.flags
        self.papers: set[str] = set()
        self._whole, self._never = pattern, re.compile(r"(?!)")

    def __getattr__(self, method: str) -> Any:  # noqa: ANN401 - that of the pattern
        pattern = self._never if Switched.off == self.name else self._whole
        given_by = getattr(pattern, method)

        def called(*given: Any, **named: Any) -> Any:  # noqa: ANN401
            if Switched.paper not in self.papers and given and _matches(self._whole, method, given):
                self.papers.add(Switched.paper)
            return given_by(*given, **named)

        return called


def _matches(pattern: re.Pattern[str], method: str, given: tuple[Any, ...]) -> bool:
    if method in ("match", "fullmatch", "search"):
        return getattr(pattern, method)(*given) is not None
    return pattern.search(given[1 if method in ("sub", "subn") else 0]) is not None


def switched() -> dict[str, Switched]:
    """Put a `Switched` in the place of each compiled pattern of `ROOMS`, wherever it was imported to; give them."""
    found = [f"indexer.{room}" for room in ROOMS]
    names = [
        one.name for one in pkgutil.walk_packages(indexer.__path__, "indexer.") if one.name.startswith(tuple(found))
    ]
    modules = [importlib.import_module(name) for name in names if ".training" not in name]
    made: dict[int, Switched] = {}
    for module, name, value in [(one, *entry) for one in modules for entry in vars(one).items()]:
        if isinstance(value, re.Pattern):
            one = made.setdefault(id(value), Switched(f"{module.__name__}.{name}", value))
            setattr(module, name, one)
    return {one.name: one for one in made.values()}


def structured(path: str, document: Document) -> dict[str, str]:
    """Structure a paper and write out what of it is kept."""
    Switched.paper = path
    minutes.cache_clear()
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType) and module.__name__.startswith("indexer."):
            for value in list(vars(module).values()):
                getattr(value, "cache_clear", int)()
    paper = describe(document, path, "0" * 64, {})
    parts = sections(document, paper)
    found = decisions(document.pages, parts)
    told = reports(document.pages, parts, found)
    asked = actions(document.pages, parts, found)
    whole = {"paper": (paper.kind, paper.title, paper.meeting), "sections": parts, "decisions": found}
    return {name: repr(value) for name, value in {**whole, "actions": asked, "reported": told}.items()}


def papers(folder: Path) -> Iterator[tuple[str, Document]]:
    """Read the papers below a folder, those that can be read, without OCR."""
    with mock.patch.object(ocr, "available", return_value=False):
        for path in sorted(folder.rglob("*")):
            if path.suffix.casefold() in _FORMATS:
                try:
                    yield str(path.relative_to(folder)), readers.read(path)
                except UnreadablePaper as error:
                    print(f"left out: {error}", file=sys.stderr)


def main() -> int:
    """Print a row a pattern, those that change nothing first."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.patterns", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--most", type=int, default=40)
    options = parser.parse_args()
    read = dict(papers(options.folder))
    every = switched()
    whole = {path: structured(path, document) for path, document in read.items()}
    rows = []
    for name, one in every.items():
        if options.only not in name:
            continue
        Switched.off = name
        changed: Counter[str] = Counter()
        for path in sorted(one.papers, key=lambda path: hashlib.sha256(path.encode()).digest())[: options.most]:
            now = structured(path, read[path])
            changed.update(part for part, was in whole[path].items() if now[part] != was)
        Switched.off = ""
        rows.append((sum(changed.values()), len(one.papers), name, dict(changed)))
    print(f"{len(read)} papers; a pattern, how many it matches in, and what differs without it in up to {options.most}")
    for _, count, name, parts in sorted(rows, key=lambda row: row[:3]):
        print(f"{name:52}{count:5}  {', '.join(f'{part} {number}' for part, number in parts.items()) or 'nothing'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
