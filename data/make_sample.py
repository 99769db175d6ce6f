"""Write the sample papers of a council that does not exist into data/sample: `make sample`.

The papers are printed from the manuscripts in data/manuscripts, the same bytes each time, so that a change to a
manuscript is the only thing that changes a paper. Needs the development requirements.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.sampling import manuscript, office, typeset

HERE = Path(__file__).parent


def make(target: Path) -> list[Path]:
    """Write every sample paper under ``target``; returns their paths, sorted.

    Raises:
        ValueError: a manuscript names no file, or a format that cannot be made.
    """
    made = []
    for source in sorted((HERE / "manuscripts").glob("*.txt")):
        name, pieces = manuscript.read(source)
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".pdf":
            path.write_bytes(typeset.pdf(pieces))
        elif path.suffix == ".docx":
            path.write_bytes(office.word(pieces))
        elif path.suffix == ".html":
            path.write_text(office.web(pieces), encoding="utf-8")
        else:
            message = f"{source}: cannot make a {path.suffix} file; use .pdf, .docx or .html"
            raise ValueError(message)
        made.append(path)
    return sorted(made)


def main() -> int:
    """Make the papers and print where each went."""
    parser = argparse.ArgumentParser(description="Make the sample papers from their manuscripts.")
    parser.add_argument("--target", type=Path, default=HERE / "sample", help="folder to write to")
    for path in make(parser.parse_args().target):
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
