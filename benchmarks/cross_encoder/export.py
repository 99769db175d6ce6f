"""Writes what the cross-encoder is trained on into files that a machine with a graphics card needs nothing else for.

    python -m benchmarks.cross_encoder.export --archives FOLDER --to FOLDER [--shared ../shared]

``asked.jsonl`` has the questions of ``benchmarks/questions`` and the gold files, each with the passages that the
program ranks first without a cross-encoder (of archives as `benchmarks.judged` makes them), which of them answer it,
where the evidence stands in each, and what the question is when altered to another year or another council. It holds
text of papers: it is for training alone.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks.cross_encoder.evidence import place
from benchmarks.questions import labels
from benchmarks.questions.altered import altered
from benchmarks.questions.bodies import bodies, gathered, opened
from indexer.archive import embedded_text
from indexer.records import Filters, StoredPassage
from search.engine import Engine
from search.evaluate import finds
from search.settings import DEFAULT

_QUESTIONS: Final = Path(__file__).parent.parent / "questions"
_JUDGED: Final = ("fresh", "everyday", "words", "confirm", "points", "training")
_ANSWERABILITY: Final = ("status", "hard", "hard_others")
_DEEP: Final = 24  # passages of a question


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--archives", type=Path, default=Path("data/judged"), help="where archives are kept")
    parser.add_argument("--to", type=Path, required=True, help="the folder to write into")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    folders = bodies(options.shared)
    engines = {name: opened(options.archives, name, folders).variant(replace(DEFAULT, read=0)) for name in folders}
    _write(options.to / "asked.jsonl", _asked(options.shared, engines))


def _asked(shared: Path, engines: Mapping[str, Engine]) -> Iterator[Mapping[str, Any]]:
    papers = [body.papers for body in bodies(shared).values()]
    gold = [shared / "gold" / "dev.jsonl", shared / "gold" / "unseen-visible.jsonl"]
    gold += [_QUESTIONS / f"{name}.jsonl" for name in _JUDGED]
    for name, body in gathered(bodies(shared), [labels.read(path, papers) for path in gold]).items():
        for one in body.questions:
            accepted = [*(one.row.get("evidence") or ()), *(one.row.get("also_ok") or ())]
            yield _row(name, engines[name], one.row, partial(_holds, accepted))
    for row in (one for name in _ANSWERABILITY for one in labels.read(_QUESTIONS / f"{name}.jsonl", papers)):
        if not row.get("aside"):
            evidence = row.get("evidence")
            at = partial(_holds, evidence) if evidence else partial(_on_page, row.get("paper"), row.get("page"))
            yield _row(row["body"], engines[row["body"]], row, at)


def _row(
    body: str, engine: Engine, row: Mapping[str, Any], answers: Callable[[StoredPassage], bool]
) -> Mapping[str, Any]:
    ranked, _ = engine.rank(engine.parse(row["question"]), Filters())
    stored = [one.stored for one in ranked[:_DEEP]]
    texts = [embedded_text(one.passage, "") for one in stored]
    accepted = [*(row.get("evidence") or ()), *(row.get("also_ok") or ())]
    quotes = [one["quote"] for one in accepted if "quote" in one]
    answerable, told = row["type"] != "unanswerable", [answers(one) for one in stored]
    number = zlib.crc32(row["question"].encode())
    others = altered(row["question"], number, engine.known().authorities) if answerable else ()
    return {
        "body": body,
        "question": row["question"],
        "answerable": answerable,
        "passages": texts,
        "answers": told,
        "evidence": [place(quotes, text) if holds else None for text, holds in zip(texts, told, strict=True)],
        "altered": [other for _, other in others],
    }


def _holds(places: Sequence[Mapping[str, Any]], stored: StoredPassage) -> bool:
    pages = sorted({span.page for span in stored.passage.spans})
    hit = {"file": stored.paper.path, "pages": pages, "page": 0, "text": stored.passage.text}
    return any(finds(hit, place) for place in places)


def _on_page(paper: str | None, page: int | None, stored: StoredPassage) -> bool:
    return stored.paper.id == paper and any(span.page == page for span in stored.passage.spans)


def _write(path: Path, rows: Iterator[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    main()
