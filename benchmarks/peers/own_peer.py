"""This program, in an environment of its own like the others.

Its cross-encoder was trained on questions about some of the bodies that are judged: where a question is about such a
body, one is used that was trained without it, as in `benchmarks.judged`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import left_out
from benchmarks.peers.runner import WANTED, Ask, Hit, run
from indexer.encoding import encoder
from indexer.encoding.protocol import Encoder
from indexer.pipeline.build import index as build
from indexer.pipeline.progress import Lines
from search.engine import Engine
from search.ranking.reading import Remembering


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
    unseen = _unseen(Path(sys.argv[2]), papers)
    engines = {one: engine.variant(engine.settings, one) for one in set(unseen.values())}

    def ask(question: str) -> list[Hit]:
        hits = engines[unseen[question]].ask(question, limit=WANTED).to_json()["hits"]
        return [(one["file"], one["pages"] or [one["page"]], one["text"]) for one in hits]

    return ask


def _unseen(questions: Path, papers: Sequence[Path]) -> dict[str, Remembering | None]:
    """Give, for each question, the cross-encoder that was trained without its papers; None where the usual one was."""
    homes = {path.name: path.parts for path in papers}
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    held = {row["question"]: homes[Path(row["evidence"][0]["file"]).name] for row in rows}
    return {question: next(filter(None, map(left_out.cross_encoder, parts)), None) for question, parts in held.items()}


if __name__ == "__main__":
    run(load, index)
