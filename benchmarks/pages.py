"""What a change of the readers does to real papers: every page's text before and after, and what reading costs.

Run it with one version and ``--keep FILE``, then with the other and ``--against FILE``: it prints how many sheets and
which papers read otherwise and in what, with ``--show`` the differing lines, and the time a page of both runs.
"""

from __future__ import annotations

import argparse
import difflib
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from indexer import readers
from indexer.errors import UnreadablePaper
from indexer.withholding import exempt

_LOW: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")  # raised figures as plain ones
Kept: TypeAlias = dict[str, dict[str, Any]]


def read(folders: Sequence[Path]) -> Kept:
    """Read every PDF below ``folders``: its pages' texts, how they were read, why it is withheld, processor seconds."""
    out: Kept = {}
    for path in sorted(path for folder in folders for path in folder.rglob("*.pdf")):
        start = time.process_time()
        try:
            document = readers.read(path)
        except UnreadablePaper as error:
            out[str(path)] = {"pages": [], "methods": [], "sign": f"unreadable: {error}", "seconds": 0.0}
            continue
        seconds = time.process_time() - start
        out[str(path)] = {
            "pages": [page.text for page in document.pages],
            "methods": [page.method for page in document.pages],
            "sign": exempt.sign(document, path.name, {}),
            "seconds": seconds,
        }
    return out


def changes(before: Kept, after: Kept) -> Iterator[tuple[str, int, list[str]]]:
    """Yield path, sheet and the lines that differ, for every sheet that reads otherwise."""
    for path, new in after.items():
        old = before.get(path, {"pages": []})["pages"]
        for number, text in enumerate(new["pages"], 1):
            was = old[number - 1] if number <= len(old) else ""
            if was != text:
                lines = difflib.unified_diff(was.split("\n"), text.split("\n"), lineterm="", n=0)
                yield path, number, [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def cause(was: str, now: str) -> str:
    """Say in what the text of a sheet differs."""
    plain, other = ("".join(text.split()).translate(_LOW) for text in (was, now))
    if was.split() == now.split():
        return "cells" if was.count("\t") != now.count("\t") else "paragraphs"
    if plain == other:
        return "raised marks" if was.translate(_LOW) != was or now.translate(_LOW) != now else "spaces in words"
    if sorted(plain) == sorted(other):
        return "order"
    bare = [sorted(sign for sign in text if sign.isalnum()) for text in (plain, other)]
    if bare[0] == bare[1]:
        return "hyphens and signs"
    old, new = (Counter(text.translate(_LOW).split()) for text in (was, now))
    return "words left out" if not new - old else "words added" if not old - new else "several"


def report(before: Kept, after: Kept, show: int) -> None:
    """Print how many sheets read otherwise, what is withheld otherwise, and the time a page of both."""
    differing = list(changes(before, after))
    sheets = sum(len(paper["pages"]) for paper in after.values())
    papers = {path for path, *_ in differing}
    print(f"{sheets} sheets of {len(after)} papers; {len(differing)} sheets of {len(papers)} differ")
    texts = ((before.get(path, {"pages": []})["pages"], number, path) for path, number, _ in differing)
    why = Counter(cause(old[n - 1] if n <= len(old) else "", after[path]["pages"][n - 1]) for old, n, path in texts)
    print("; ".join(f"{reason} {count}" for reason, count in why.most_common()))
    for path, paper in after.items():
        was = before.get(path, {}).get("sign", "")
        if was != paper["sign"]:
            print(f"withheld otherwise: {path}: {was!r} -> {paper['sign']!r}")
    for name, kept in (("before", before), ("after", after)):
        typed = [paper for paper in kept.values() if "ocr" not in paper["methods"]]
        pages = max(sum(len(paper["pages"]) for paper in typed), 1)
        print(
            f"{name}: {1000 * sum(paper['seconds'] for paper in typed) / pages:.2f} ms (processor) a page without OCR"
        )
    for path, number, lines in differing[:show]:
        print(f"\n{path} sheet {number}")
        print("\n".join(lines))


def main() -> None:
    """Read the folders and keep or compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--keep", type=Path, help="write what was read into this file")
    parser.add_argument("--against", type=Path, help="compare with what an earlier run kept")
    parser.add_argument("--show", type=int, default=0, help="print the differing lines of so many sheets")
    options = parser.parse_args()
    after = read(options.folders)
    if options.keep:
        options.keep.write_text(json.dumps(after), encoding="utf-8")
    if options.against:
        report(json.loads(options.against.read_text(encoding="utf-8")), after, options.show)


if __name__ == "__main__":
    main()
