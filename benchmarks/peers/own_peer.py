"""This program, in an environment of its own like the others."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.runner import WANTED, Ask, Hit, run
from indexer.encoding import encoder
from indexer.encoding.protocol import Encoder
from indexer.pipeline.build import index as build
from indexer.pipeline.progress import Lines
from search.engine import Engine


def load(_folder: str) -> Encoder:
    """Load the model: the same weights, out of the same package."""
    made = encoder.load()
    made.encode(["The first batch loads what is loaded late."])
    return made


def index(model: Encoder, papers: Sequence[Path]) -> Ask:
    """Index PDFs."""
    archive = Path(tempfile.mkdtemp()) / "archive"
    with Lines() as quiet:
        build([str(path) for path in papers], archive, lambda: model, quiet)
    engine = Engine.open(archive)

    def ask(question: str) -> list[Hit]:
        hits = engine.ask(question, limit=WANTED).to_json()["hits"]
        return [(one["file"], one["pages"] or [one["page"]], one["text"]) for one in hits]

    return ask


if __name__ == "__main__":
    run(load, index)
