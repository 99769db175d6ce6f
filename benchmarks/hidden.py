"""Are words that a page does not show ever read? Prints what became of each paper of `benchmarks.papers.hidden_papers`.

    python -m benchmarks.hidden [--keep FOLDER] [--list]

``read`` are papers whose hidden words came out anywhere, ``untold`` those of which the ledger would not say that they
hold such words (markup apart), ``lost`` printed papers of which something else was lost too. The exit status is 1 if
there are any.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.papers import second_sheets
from benchmarks.papers.hidden_papers import NAME, Hidden, papers
from indexer import readers
from indexer.records import CONCEALING, Document


def outcome(paper: Hidden, folder: Path) -> set[str]:
    """Write and read one paper; return which of "read", "untold" and "lost" it is."""
    path, plain = folder / f"paper{paper.suffix}", folder / "plain.pdf"
    paper.write(path)
    document = readers.read(path)
    ways = {"read"} if NAME in said(document) else set()
    if not paper.markup and not any(fault.reason.startswith(CONCEALING) for fault in document.faults):
        ways.add("untold")
    if paper.printed:
        second_sheets.printed(plain, 1, sheets=1)
        if not set(readers.read(plain).pages[0].text.split()) <= set(document.pages[0].text.split()):
            ways.add("lost")
    return ways


def said(document: Document) -> str:
    """Everything of a document that is stored; what is only looked through for marks is not."""
    texts = [page.text for page in document.pages] + [mark.title for mark in document.outline]
    return "\n".join([*texts, document.title, document.author])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="leave the papers in this folder")
    parser.add_argument("--list", action="store_true", help="every paper that came out wrong")
    options = parser.parse_args(arguments)
    wrong: dict[str, set[str]] = {}
    with tempfile.TemporaryDirectory() as place:
        for number, paper in enumerate(papers()):
            folder = (options.keep or Path(place)) / f"{number:02}"
            folder.mkdir(parents=True, exist_ok=True)
            wrong[paper.name] = outcome(paper, folder)
    for kind in ("read", "untold", "lost"):
        print(f"{kind}: {sum(kind in ways for ways in wrong.values())} of {len(wrong)}")
    for name, ways in wrong.items() if options.list else ():
        if ways:
            print(f"{', '.join(sorted(ways))}: {name}")
    return int(any(wrong.values()))


if __name__ == "__main__":
    raise SystemExit(main())
