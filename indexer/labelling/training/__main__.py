"""Train the model of minutes: ``python -m indexer.labelling.training``.

The labels (labels.jsonl) hold no text: a paper is known by the hash of its bytes and looked for below FOLDER, a stretch
by its page and its place among the page's letters and digits. What is not there is left out and said so; our own
manuscripts are always there. The same papers give the same model, byte for byte.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from indexer.labelling import tagger
from indexer.labelling.training import labelled

PAPERS = Path(__file__).resolve().parents[3].parent / "shared"


def main() -> int:
    """Train and write the model; exit 0."""
    parser = argparse.ArgumentParser(prog="python -m indexer.labelling.training", description=__doc__)
    parser.add_argument("--papers", type=Path, default=PAPERS, help="the folder in which the labelled papers lie")
    parser.add_argument("--without", default="", help="a body to leave out and measure on")
    parser.add_argument("--to", type=Path, default=tagger.MODEL, help="the file to write")
    told = parser.parse_args()
    real, missing = labelled.papers(told.papers)
    real = [one for one in real if one.body != told.without]
    own = labelled.own()
    tagger.train(labelled.sequences([*real, *own]), told.to)
    counted = sum(len(one.labels) for one in real)
    made = sum(len(one.labels) for one in own)
    print(f"{told.to}: trained on {len(real)} papers of {len({one.body for one in real})} bodies ({counted} units)")
    print(f"and on {len(own)} fictional ones ({made} units); {missing} labelled papers were not found in {told.papers}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
