"""Public questions as folders in the manner of BEIR, for `benchmarks.quality`: SQuAD and QMSum.

    python -m benchmarks.general ../shared/train FOLDER [--paragraphs 2067] [--meetings 40] [--questions 1000]

Writes FOLDER/squad, paragraphs drawn by lot with answerable questions about them, and FOLDER/qmsum, meetings drawn by
lot, a document for every hundred words or so of neighbouring turns, with the questions whose answer is in no more than
25 turns. The cross-encoder was trained on half of SQuAD's questions and on none of QMSum's.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

_WORDS = 110  # most of a document made of turns, unless a turn is longer
_TURNS = 25  # most that hold the answer: of more it is a summary that is asked for
_MARK = re.compile(r"\{\w+\}")  # noises and the like, as the transcripts have them


def main(arguments: Sequence[str] | None = None) -> int:
    """Write both folders."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("public", type=Path, help="the folder of squad-questions.jsonl and the others")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--paragraphs", type=int, default=2067)
    parser.add_argument("--meetings", type=int, default=40)
    parser.add_argument("--questions", type=int, default=1000, help="most of each folder")
    parser.add_argument("--seed", type=int, default=15)
    options = parser.parse_args(arguments)
    dice = random.Random(options.seed)  # noqa: S311 - a draw that can be made again
    documents = dice.sample(list(_rows(options.public / "squad-passages.jsonl")), options.paragraphs)
    ids = {one["id"] for one in documents}
    asked = [
        (one["id"], one["question"], [one["passage"]])
        for one in _rows(options.public / "squad-questions.jsonl")
        if one["answerable"] and one["passage"] in ids
    ]
    asked = dice.sample(asked, min(options.questions, len(asked)))
    _write(options.folder / "squad", ({"_id": one["id"], **one} for one in documents), asked)
    meetings = dice.sample(list(_rows(options.public / "qmsum-meetings.jsonl")), options.meetings)
    told = {one["meeting"]: list(_documents(one["meeting"], one["turns"])) for one in meetings}
    asked = [
        (one["id"], one["question"], [id for id, turns, _ in told[one["meeting"]] if _within(one["turns"], turns)])
        for one in _rows(options.public / "qmsum-questions.jsonl")
        if one["meeting"] in told and sum(last - first + 1 for first, last in one["turns"]) <= _TURNS
    ]
    asked = dice.sample(asked, min(options.questions, len(asked)))
    texts = ({"_id": id, "title": "", "text": text} for every in told.values() for id, _, text in every)
    _write(options.folder / "qmsum", texts, asked)
    return 0


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _documents(meeting: str, turns: Sequence[str]) -> Iterator[tuple[str, range, str]]:
    """Yield each document's id, the numbers of its turns, and its text."""
    first, words = 0, 0
    for at, turn in enumerate([*turns, ""]):
        more = len(turn.split())
        if at > first and (at == len(turns) or words + more > _WORDS):
            text = _MARK.sub("", " ".join(turns[first:at]))
            yield f"{meeting}-{first}", range(first, at), text
            first, words = at, 0
        words += more


def _within(places: Iterable[tuple[int, int]], turns: range) -> bool:
    return any(first <= turns[-1] and turns[0] <= last for first, last in places)


def _write(
    folder: Path, documents: Iterable[Mapping[str, Any]], asked: Iterable[tuple[str, str, Sequence[str]]]
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _lines(
        folder / "corpus.jsonl", (json.dumps({key: one[key] for key in ("_id", "title", "text")}) for one in documents)
    )
    asked = list(asked)
    _lines(folder / "queries.jsonl", (json.dumps({"_id": id, "text": text}) for id, text, _ in asked))
    judged = (f"{id}\t{document}\t1" for id, _, held in asked for document in held)
    _lines(folder / "qrels.tsv", ["query-id\tcorpus-id\tscore", *judged])


def _lines(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
