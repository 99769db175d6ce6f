"""Other programs on the same papers with the same weights, each in an environment of its own, in one table.

    python -m benchmarks.peers PAPERS... --gold GOLD.jsonl... --environments FOLDER [--pages N] [--only own txtai]

PAPERS are PDFs and folders of PDFs; with ``--pages`` no more than so many pages of each folder are taken, by lot.
FOLDER keeps the environments (one to two and a half gigabytes each), made where they are missing. Questions whose
evidence is not in the papers given are left out, and so are those without an answer: the others have no notion of "not
found". What is left is FOLDER/questions.jsonl, and each program's hits are FOLDER/NAME.jsonl, in the form that `python
-m search batch` gives. Prints the size of what is installed, pages a second, the median time of a question, both also
in processor time, which other work on the machine disturbs less, quality as `search.evaluate` judges it, how far MRR@10
is from that of the first program (95% by bootstrap over the questions), and the machine's load just before. A program
that fails gets a line with its error, and the next one runs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers.drawing import drawn, gathered
from benchmarks.questions import labels
from indexer.encoding import weights
from indexer.readers.pdf.sheets import page_count
from search.evaluate import Judged, finds, interval
from search.settings import FIRST

_COMMON = ("torch==2.13.0", "sentence-transformers==6.2.0", "pypdf")
PEERS: dict[str, tuple[str, ...]] = {
    "own": ("-r", "requirements.txt"),
    "langchain": (
        *_COMMON,
        "langchain==1.5.2",
        "langchain-classic==1.0.8",
        "langchain-community==0.4.2",
        "langchain-huggingface==1.2.3",
        "langchain-text-splitters==1.1.3",
        "rank-bm25==0.2.2",
        "faiss-cpu==1.15.1",
    ),
    "llamaindex": (
        *_COMMON,
        "llama-index-core==0.14.25",
        "llama-index-embeddings-huggingface==0.8.0",
        "llama-index-readers-file==0.7.0",
        "llama-index-retrievers-bm25==0.8.0",
    ),
    "haystack": (*_COMMON, "haystack-ai==3.4.1", "sentence-transformers-haystack==2.0.0"),
    "txtai": (*_COMMON, "txtai==9.14.0", "langchain-text-splitters==1.1.3"),
    "openwebui": ("torch==2.13.0", "open-webui==0.12.4"),
}
# Nothing is fetched, and nobody is told.
_QUIET = {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False", "TOKENIZERS_PARALLELISM": "true"}
_AT_MOST = 2400.0  # seconds for one program's papers and questions


class Failed(Exception):
    """A program that ended without figures; says what it said last."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make environments, run everyone in turn, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path, nargs="+", help="PDFs, or folders of them")
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="by quotation, or by hash and place")
    parser.add_argument("--environments", type=Path, required=True)
    parser.add_argument("--pages", type=int, help="at most so many of each folder, papers drawn by lot (default: all)")
    parser.add_argument("--only", nargs="+", choices=sorted(PEERS), default=list(PEERS))
    options = parser.parse_args(arguments)
    every = gathered(options.papers)
    gold = _answered(options.gold, every)
    if options.pages:
        asked = {Path(one["file"]).name for judged in gold for one in judged["evidence"]}
        every = [paper for place in options.papers for paper in drawn(gathered([place]), asked, options.pages)]
        gold = _answered(options.gold, every)
    options.environments.mkdir(parents=True, exist_ok=True)
    questions = options.environments / "questions.jsonl"
    questions.write_text("".join(json.dumps(one) + "\n" for one in gold), encoding="utf-8")
    pages = sum(page_count(path) for path in every)
    print(f"{len(every)} papers, {pages} pages, {len(gold)} questions")
    print(
        f"{'':12}      MB  pages/s (processor)  question ms (processor)  hit@1  hit@5  MRR@10  "
        f"from {options.only[0]} (interval)    load"
    )
    base: list[int] = []
    for name in options.only:
        folder, out = options.environments / name, options.environments / f"{name}.jsonl"
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
        try:
            figures = _run(_environment(folder, PEERS[name]), name, questions, out, every)
        except (subprocess.SubprocessError, Failed) as error:
            print(f"{name:12} failed: {error}", flush=True)
            continue
        hits = {row["id"]: row["hits"] for row in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
        ranks = _ranks(gold, hits)
        base = base or ranks
        print(_row(name, _megabytes(folder), pages, figures), _quality(ranks, base), f"{load:5.1f}", flush=True)
    return 0


def _answered(files: Sequence[Path], papers: Sequence[Path]) -> list[Judged]:
    """Give the judged questions of files whose evidence is in the papers."""
    names, folders = {path.name for path in papers}, {path.parent for path in papers}
    return [
        judged
        for file in files
        for judged in labels.read(file, folders)
        if judged["type"] != "unanswerable" and all(Path(one["file"]).name in names for one in judged["evidence"])
    ]


def _environment(folder: Path, packages: Sequence[str]) -> Path:
    """Make an environment where there is none; return its Python."""
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


def _run(python: Path, name: str, questions: Path, out: Path, papers: Sequence[Path]) -> dict[str, float]:
    given = map(str, (weights.packaged_folder(), questions, out, *papers))
    command = [str(python), "-m", f"benchmarks.peers.{name}_peer", *given]
    done = subprocess.run(
        command, env=os.environ | _QUIET, capture_output=True, text=True, timeout=_AT_MOST, check=False
    )
    said = [line for line in done.stdout.splitlines() if line.startswith("figures ")]
    if done.returncode or not said:
        raise Failed(done.stderr.strip()[-2000:])
    figures: dict[str, float] = json.loads(said[-1].removeprefix("figures "))
    return figures


def _megabytes(folder: Path) -> float:
    """What is installed; without compiled copies, which some installers make and others leave to the first run."""
    files = (path for path in folder.rglob("*") if "__pycache__" not in path.parts)
    return sum(path.lstat().st_size for path in files) / 1e6


def _ranks(gold: Sequence[Any], hits: dict[str, Any]) -> list[int]:
    """Give the rank of each question's evidence, 0 where no hit has it."""
    ranks = []
    for judged in gold:
        accepted = [*judged["evidence"], *judged.get("also_ok", [])]
        found = (rank for rank, hit in enumerate(hits[judged["id"]], 1) if any(finds(hit, one) for one in accepted))
        ranks.append(next(found, 0))
    return ranks


def _quality(ranks: Sequence[int], base: Sequence[int]) -> str:
    """Say hit@1, hit@5, MRR@10, and how far the last is from that of other ranks of the same questions."""
    gains = [1 / rank if rank else 0.0 for rank in ranks]
    changes = [gain - (1 / rank if rank else 0.0) for gain, rank in zip(gains, base, strict=True)]
    low, high = interval(changes)
    measures = ([float(rank == 1) for rank in ranks], [float(1 <= rank <= FIRST) for rank in ranks], gains, changes)
    *three, change = (sum(values) / len(values) for values in measures)
    return "  ".join(f"{value:5.3f}" for value in three) + f"  {change:+.3f} ({low:+.3f} to {high:+.3f})"


def _row(name: str, size: float, pages: int, figures: dict[str, float]) -> str:
    return (
        f"{name:12} {size:7.0f}  {pages / figures['index_s']:7.2f} {pages / figures['index_processor_s']:11.2f}  "
        f"{figures['ask_p50_ms']:11.0f} {figures['ask_processor_ms']:11.0f} "
    )


if __name__ == "__main__":
    sys.exit(main())
