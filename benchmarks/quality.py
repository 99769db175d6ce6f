"""Quality of retrieval on any BEIR-style folder: nDCG@10 and recall@10, by the same way that the product searches.

    python -m benchmarks.quality FOLDER [--limit QUERIES] [--ablate] [--before CHECKOUT]

FOLDER holds ``corpus.jsonl`` ({"_id", "title", "text"}), ``queries.jsonl`` ({"_id", "text"}) and ``qrels.tsv`` or
``qrels/test.tsv`` (query, document, grade, after a header line). Every document becomes a paper of one page, in an
archive in a temporary folder; a document's place is that of its best passage. Measures are those of ir_measures, with
the cross-encoder and without it. ``--ablate`` runs the queries again with each part of the ranking switched off, and
with one ranking alone. ``--before`` is an earlier version of the program, which ranks the same with its own
`benchmarks.quality`; nDCG@10 is compared query by query, with a 95% interval by bootstrap.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import ir_measures
import numpy as np
from ir_measures import R, nDCG

from indexer.archive import Archive, Writer, texts_to_embed
from indexer.encoding import cross_encoder, encoder
from indexer.encoding.embedding import Embedder
from indexer.passages.cutting import passages
from indexer.records import Block, Filters, Meeting, Page, Paper, Reading, Section, Span
from search.ablation import ablations
from search.engine import Engine
from search.evaluate import interval
from search.settings import DEFAULT

_TOGETHER = 256
_GAIN: Final = nDCG @ 10
_MEASURES: Final = (_GAIN, R @ 10)
_USUAL: Final = {"as it is": DEFAULT, "no cross-encoder": replace(DEFAULT, read=0)}
# What an earlier version runs: its own command, whose ranking is kept.
_KEEPER: Final = """
import json, sys
from benchmarks import quality
rank = quality._run
def kept(*given):
    ranked = list(rank(*given))
    with open(sys.argv[1], "w") as file:
        json.dump([[one.query_id, one.doc_id, one.score] for one in ranked], file)
    return ranked
quality._run = kept
sys.exit(quality.main(sys.argv[2:]))
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Index the corpus, run the queries, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=0, help="only so many queries (0: all)")
    parser.add_argument("--ablate", action="store_true", help="measure again without each part of the ranking")
    parser.add_argument("--before", type=Path, metavar="CHECKOUT", help="an earlier version to compare with")
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
        before = list(_earlier(options.before, options.folder, options.limit)) if options.before else []
        if before:
            print(_line("before", kept, before, []))
        for name, settings in (ablations(DEFAULT) if options.ablate else _USUAL).items():
            run = list(_run(engine.variant(settings), papers, {id: queries[id] for id in asked}))
            print(_line(name, kept, run, before), flush=True)
    return 0


def _line(
    name: str, judged: Sequence[ir_measures.Qrel], run: list[ir_measures.ScoredDoc], before: list[ir_measures.ScoredDoc]
) -> str:
    """Print the measures of a run and, where there is an earlier one, the difference in pairs of the same queries."""
    found = ir_measures.calc_aggregate(_MEASURES, judged, run)
    line = f"{name:20}" + "  ".join(f"{measure!s} {found[measure]:.3f}" for measure in _MEASURES)
    if not before:
        return line
    now, then = _gains(judged, run), _gains(judged, before)
    changes = [gain - then[query] for query, gain in now.items()]
    low, high = interval(changes)
    won, lost = (sum(sign * change > 0 for change in changes) for sign in (1, -1))
    mean = sum(changes) / len(changes)
    return f"{line}  {mean:+.3f} ({low:+.3f} to {high:+.3f}) of {_GAIN!s}, {won} won, {lost} lost"


def _gains(judged: Sequence[ir_measures.Qrel], run: list[ir_measures.ScoredDoc]) -> Mapping[str, float]:
    gains = dict.fromkeys((one.query_id for one in judged), 0.0)
    return gains | {one.query_id: one.value for one in ir_measures.iter_calc([_GAIN], judged, run)}


def _earlier(checkout: Path, folder: Path, limit: int) -> Iterator[ir_measures.ScoredDoc]:
    with tempfile.TemporaryDirectory() as kept:
        path = Path(kept) / "ranked.json"
        command = [sys.executable, "-c", _KEEPER, str(path), str(folder.resolve()), "--limit", str(limit)]
        subprocess.run(command, cwd=checkout, check=True, stdout=subprocess.DEVNULL)
        for query, document, score in json.loads(path.read_text(encoding="utf-8")):
            yield ir_measures.ScoredDoc(query, document, score)


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
    embedder = Embedder(model)
    papers: dict[str, str] = {}
    waiting: list[Reading] = []
    with Writer.open(folder, model.identity) as writer:

        def flush() -> None:
            texts = [texts_to_embed(reading) for reading in waiting]
            made = embedder.make({text.hash: text for some in texts for text in some})
            for reading, some in zip(waiting, texts, strict=True):
                writer.add(reading, np.stack([made.rows[text.hash] for text in some]), (), made.tokens)
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
