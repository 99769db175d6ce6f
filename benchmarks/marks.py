"""Are exempt papers known by their marks, and public ones left alone? Prints a table by kind of paper.

    python -m benchmarks.marks [--keep FOLDER] [--list]

The papers are those of `benchmarks.papers.marked_papers` and of `benchmarks.papers.second_set`, which was made apart
from them. ``missed`` must be 0, and wrongly withheld at most 1 in 100; else the exit status is 1. Papers that are
pictures need Tesseract; without it they are left out, and the table says so.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.papers import second_set
from benchmarks.papers.marked_papers import Sample, samples
from indexer import readers
from indexer.readers.scan import ocr
from indexer.withholding import exempt

MOST_WRONG: Final = 0.01


def outcomes(folder: Path, chosen: Sequence[Sample]) -> dict[str, str]:
    """Print and read papers; return by name why each is withheld, "" where it is not."""
    out: dict[str, str] = {}
    for sample in chosen:
        # The file's name must not tell.
        path = folder / f"{len(out):03}{sample.suffix}"
        sample.write(path)
        out[sample.name] = exempt.sign(readers.read(path), path.name, {})
    return out


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="leave the papers in this folder")
    parser.add_argument("--list", action="store_true", help="every paper that came out wrong")
    options = parser.parse_args(arguments)
    chosen = [sample for sample in (*samples(), *second_set.samples()) if ocr.available() or not sample.picture]
    with tempfile.TemporaryDirectory() as place:
        folder = options.keep or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        withheld_as = outcomes(folder, chosen)
    papers: Counter[tuple[bool, str]] = Counter((sample.secret, sample.kind) for sample in chosen)
    withheld = Counter((sample.secret, sample.kind) for sample in chosen if withheld_as[sample.name])
    print(f"{'kind':28}{'papers':>8}{'withheld':>10}")
    for (side, kind), count in papers.items():
        print(f"{kind:28}{count:8}{withheld[side, kind]:10}")
    wrong = [sample for sample in chosen if sample.secret != bool(withheld_as[sample.name])]
    secret = sum(sample.secret for sample in chosen)
    public = len(chosen) - secret
    missed = sum(sample.secret for sample in wrong)
    print(f"\n{len(chosen)} papers{'' if ocr.available() else ', those that are pictures left out: no Tesseract'}")
    print(f"marked: {secret}, missed: {missed}")
    print(f"public: {public}, wrongly withheld: {len(wrong) - missed} ({(len(wrong) - missed) / public:.1%})")
    for sample in wrong if options.list else ():
        print(f"{'missed' if sample.secret else 'wrong'}: {sample.name}  {withheld_as[sample.name]}")
    return int(missed > 0 or len(wrong) - missed > MOST_WRONG * public)


if __name__ == "__main__":
    raise SystemExit(main())
