"""What every peer's process does: index the papers, ask the questions, write the hits, say how long it took.

Runs in the peer's own environment, so it imports nothing but the standard library.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.processor import Spent

WANTED = 10
_WARMING = 3

# A hit: file, pages (from 1) and text.
Hit = tuple[str, Sequence[int], str]
Ask = Callable[[str], Sequence[Hit]]


def run(load: Callable[[str], Any], index: Callable[[Any, Sequence[Path]], Ask]) -> None:
    """Do it, with the arguments of the command line: the model's folder, the questions, where hits go, the papers.

    Args:
        load: the model from its folder; not timed.
        index: takes the model and PDFs, returns what answers a question with its ten best hits.
    """
    folder, questions, out, *papers = sys.argv[1:]
    model = load(folder)
    with Spent() as all_spent:
        start = time.perf_counter()
        ask = index(model, [Path(paper) for paper in papers])
        figures = {"index_s": time.perf_counter() - start, "index_processor_s": all_spent.seconds()}
    asked = [json.loads(line) for line in Path(questions).read_text(encoding="utf-8").splitlines()]
    for one in asked[:_WARMING]:
        ask(one["question"])
    walls, processors, rows = [], [], []
    for one in asked:
        start, spent = time.perf_counter(), time.process_time()
        ranked = ask(one["question"])[:WANTED]
        walls.append(time.perf_counter() - start)
        processors.append(time.process_time() - spent)
        hits = [{"file": file, "page": pages[0], "pages": list(pages), "text": text} for file, pages, text in ranked]
        rows.append(json.dumps({"id": one["id"], "status": "answered", "answer": [], "hits": hits}))
    Path(out).write_text("\n".join(rows) + "\n", encoding="utf-8")
    figures |= {"ask_p50_ms": 1000 * statistics.median(walls), "ask_processor_ms": 1000 * statistics.median(processors)}
    print("figures", json.dumps(figures))
