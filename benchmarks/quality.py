"""Quality of retrieval on any BEIR-style folder: nDCG@10 and recall@10, by the same way that the product searches.

    python -m benchmarks.quality FOLDER [--limit QUERIES] [--ablate]

FOLDER holds ``corpus.jsonl`` ({"_id", "title", "text"}), ``queries.jsonl`` ({"_id", "text"}) and ``qrels.tsv`` or
``qrels/test.tsv`` (query, document, grade, after a header line). Every document becomes a paper of one page, in an
archive in a temporary folder; a document's place is that of its best passage. Measures are those of ir_measures.
``--ablate`` runs the queries again with each part of the ranking switched off, and with one ranking alone.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import R, nDCG

from indexer.archive import Archive, Writer, text_hash, texts_to_embed
from indexer.encoding import cross_encoder, encoder
from indexer.encoding.embedding import make
from indexer.passages.cutting import passages
from indexer.records import Block, Filters, Meeting, Page, Paper, Reading, Section, Span
from search.ablation import ablations
from search.engine import Engine
from search.settings import DEFAULT

_TOGETHER = 256
_MEASURES = (nDCG @ 10, R @ 10)


def main(arguments: Sequence[str] | None = None) -> int:
    """Index the corpus, run the queries, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=0, help="only so many queries (0: all)")
    parser.add_argument("--ablate", action="store_true", help="measure again without each part of the ranking")
    options = parser.parse_args(arguments)
    queries = {row["_id"]: row["text"] for row in _rows(options.folder / "queries.jsonl")}
    judged = list(_qrels(options.folder))
    asked = [id for id in dict.fromkeys(one.query_id for one in judged) if id in queries]
    asked = asked[: options.limit] if options.limit else asked
    with tempfile.TemporaryDirectory() as folder:
        papers = _index(options.folder / "corpus.jsonl", Path(folder))
        model = encoder.load()
        engine = Engine(Archive.open(Path(folder), model.identity), model, cross_encoder=cross_encoder.load())
        kept = [one for one in judged if one.query_id in set(asked)]
        print(f"{len(papers):,} documents, {len(asked):,} queries")
        every = ablations(DEFAULT)
        for name, settings in every.items() if options.ablate else [("as it is", DEFAULT)]:
            run = _run(engine.variant(settings), papers, {id: queries[id] for id in asked})
            found = ir_measures.calc_aggregate(_MEASURES, kept, list(run))
            print(f"{name:20}" + "  ".join(f"{measure!s} {found[measure]:.3f}" for measure in _MEASURES))
    return 0


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _qrels(folder: Path) -> Iterator[ir_measures.Qrel]:
    path = next((path for name in ("qrels.tsv", "qrels/test.tsv") if (path := folder / name).is_file()), None)
    if path is None:
        message = f"{folder} holds neither qrels.tsv nor qrels/test.tsv"
        raise SystemExit(message)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in list(csv.reader(lines, delimiter="\t"))[1:]:
            yield ir_measures.Qrel(row[0], row[1], int(float(row[2])))


def _index(corpus: Path, folder: Path) -> dict[str, str]:
    """Make the archive; return the documents' ids by the ids of their papers."""
    model = encoder.load()
    papers: dict[str, str] = {}
    waiting: list[Reading] = []
    with Writer.open(folder, model.identity) as writer:

        def flush() -> None:
            texts = [texts_to_embed(reading) for reading in waiting]
            made = make(model, {text_hash(text): text for some in texts for text in some})
            for reading, some in zip(waiting, texts, strict=True):
                writer.add(reading, np.stack([made.rows[text_hash(text)] for text in some]), (), made.tokens)
            waiting.clear()

        for row in _rows(corpus):
            reading = _reading(row["_id"], row.get("title", ""), row["text"])
            if reading.passages and reading.paper.id not in papers:
                papers[reading.paper.id] = row["_id"]
                waiting.append(reading)
            if len(waiting) >= _TOGETHER:
                flush()
        flush()
    return papers


def _reading(id: str, title: str, text: str) -> Reading:
    """Make a document a paper of one page and one section."""
    lines = [line for part in text.splitlines() if (line := " ".join(part.split()))]
    body = "\n".join(lines)
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    page = Page(1, body, tuple(blocks))
    digest = hashlib.sha256(id.encode()).hexdigest()
    paper = Paper(digest, id, "text", False, "other", title, Meeting(), 1)
    sections = (Section(0, None, "report", "", title, Meeting(), (Span(1, 0, len(body)),)),) if body else ()
    return Reading(paper, (page,), sections, passages((page,), sections, ()), (), ())


def _run(engine: Engine, papers: dict[str, str], queries: dict[str, str]) -> Iterator[ir_measures.ScoredDoc]:
    for id, text in queries.items():
        ranked, _ = engine.rank(engine.parse(text), Filters())
        best: dict[str, float] = {}
        for one in ranked:
            best.setdefault(papers[one.stored.paper.id], one.score)
        for place, document in enumerate(best):
            yield ir_measures.ScoredDoc(id, document, float(-place))


if __name__ == "__main__":
    sys.exit(main())
