"""Writes what the cross-encoder is trained on into files that a machine with a graphics card needs nothing else for.

    python -m benchmarks.cross_encoder.export --archives FOLDER --to FOLDER [--shared ../shared]

``passages.jsonl`` has every passage of the bodies' archives (as `benchmarks.judged` makes them), as it was embedded;
``asked.jsonl`` the questions of ``benchmarks/questions`` and the gold files, each with the passages that the program
ranks first without a cross-encoder, and which of them answer it. Both hold text of papers: they are for training alone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks.questions import labels
from benchmarks.questions.bodies import bodies, gathered, opened
from indexer.archive import embedded_text
from indexer.records import Filters, StoredPassage
from search.engine import Engine
from search.evaluate import finds
from search.settings import DEFAULT

_QUESTIONS: Final = Path(__file__).parent.parent / "questions"
_JUDGED: Final = ("fresh", "everyday", "words", "confirm", "points", "training")
_ANSWERABILITY: Final = ("status", "hard")
_DEEP: Final = 40  # passages of a question


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--archives", type=Path, default=Path("data/judged"), help="where archives are kept")
    parser.add_argument("--to", type=Path, required=True, help="the folder to write into")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    folders = bodies(options.shared)
    engines = {name: opened(options.archives, name, folders).variant(replace(DEFAULT, read=0)) for name in folders}
    _write(options.to / "passages.jsonl", (row for name, engine in engines.items() for row in passages(name, engine)))
    _write(options.to / "asked.jsonl", _asked(options.shared, engines))


def passages(body: str, engine: Engine) -> Iterator[Mapping[str, Any]]:
    """Yield each passage of an archive: its text as embedded, and by what it is told that two are beside each other."""
    for paper in engine.library.papers():
        for stored in engine.library.paper_passages(paper.id):
            place = [paper.id, stored.section.ordinal, stored.id]
            yield {"body": body, "text": embedded_text(stored.passage, ""), "place": place, "twin": stored.twin}


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
    return {
        "body": body,
        "question": row["question"],
        "answerable": row["type"] != "unanswerable",
        "passages": [embedded_text(one.passage, "") for one in stored],
        "answers": [answers(one) for one in stored],
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
