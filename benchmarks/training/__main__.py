"""Train a reader for ranking, and print its learning curve by body left out.

    python -m benchmarks.training --archives FOLDER --scratch FOLDER [--shared ../shared] [--minutes 12] [--every 2]
                                  [--share 1] [--rounds 2] [--start FILE] [--rate 1e-3] [--threads 1]

Minutes are of processor time, the encoding of what is trained on included. A point of the curve comes before training
and every few minutes of it, into ``SCRATCH/curve.jsonl``; the last weights lie beside it. Headings come from one
county's archive, whose questions are left out. At the end the reader is trained further, for each body on the judged
questions of the others.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from benchmarks.training import curve
from benchmarks.training.candidates import Asked, candidates
from benchmarks.training.folds import left_out, right
from benchmarks.training.groups import Group, groups
from benchmarks.training.reader import Reader
from benchmarks.training.vectors import Question, Rows, Vectors
from indexer.archive import Archive, codebook
from indexer.encoding import encoder
from search.evaluate import read_gold

_HERE = Path(__file__).parent.parent
_SEEN = "papers-kent"  # whose headings are trained on
_OFF = "papers"  # of which is asked what no body answers
_BATCH = 16
_WARM = 30  # steps
_FIRST = 5  # passages in which an answer may be


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and print."""
    options = _options(arguments)
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)
    more = [{"body": _OFF, **row} for name in ("status", "unanswerable") for row in read_gold(_HERE / f"{name}.jsonl")]
    every = candidates(options.shared, options.archives, more)
    every = [one for one in every if one.body != _SEEN and one.ranked]
    model = encoder.load()
    book = codebook(model.identity.digest, model.dimension)
    vectors, seen = Vectors(model, book), Archive.open(options.archives / _SEEN)
    vectors.know(seen)
    training = groups(options.shared / "train", [seen], options.share)
    reader = Reader(book.axes.shape[1])
    size = sum(one.numel() for one in reader.parameters())
    print(f"{len(training)} groups, {len(every)} questions, {size} weights, {_spent():.1f} min", flush=True)
    asked = [one for one in every if one.accepted]
    ranks = [one.rank([float(held) for held in right(one)]) for one in asked]
    print(f"MRR {curve.share([1 / rank if rank else 0.0 for rank in ranks])} if it always read rightly", flush=True)
    if options.start:
        with np.load(options.start, allow_pickle=False) as weights:
            reader.load_state_dict({name: torch.from_numpy(weights[name]) for name in weights.files})
    if options.minutes:
        _train(reader, vectors, training, asked, options)
    _answerability(reader, vectors, every)
    for at, point in enumerate(left_out(reader, vectors, asked, options.rate / 3, options.rounds), 1):
        print(json.dumps({"round": at} | asdict(point) | {"minutes": round(_spent(), 1)}), flush=True)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archives", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--every", type=float, default=2, help="minutes of training from one point to the next")
    parser.add_argument("--share", type=float, default=1.0, help="of the public passages")
    parser.add_argument("--start", type=Path, help="weights to start from")
    parser.add_argument("--rounds", type=int, default=2, help="through the judged questions of all bodies but one")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args(arguments)


def _spent() -> float:
    return time.process_time() / 60


def _train(
    reader: Reader,
    vectors: Vectors,
    training: Sequence[Group],
    asked: Sequence[Asked],
    options: argparse.Namespace,
) -> None:
    """Train for a time, with a point of the curve every few minutes; the evaluation does not count."""
    rising = torch.optim.AdamW(reader.parameters(), lr=options.rate, weight_decay=0.01)
    losses: list[float] = []
    spent, due, step = 0.0, 0.0, 0
    while True:
        if spent >= due:
            due += options.every
            point = _point(reader, vectors, asked, {"groups": step * _BATCH, "minutes": round(spent, 1)}, losses)
            (options.scratch / "curve.jsonl").open("a", encoding="utf-8").write(json.dumps(point) + "\n")
            np.savez(options.scratch / "reader.npz", **{name: one.numpy() for name, one in reader.state_dict().items()})
        if spent >= options.minutes:
            return
        began = _spent()
        at = step * _BATCH % max(1, len(training) - _BATCH)
        for line in rising.param_groups:
            line["lr"] = options.rate * min(1.0, (step + 1) / _WARM)
        loss = reader.loss(_vectors(vectors, training[at : at + _BATCH]))
        rising.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        rising.step()
        losses.append(float(loss.detach()))
        step += 1
        spent += _spent() - began


def _vectors(vectors: Vectors, some: Sequence[Group]) -> list[tuple[Question, list[Rows], bool]]:
    questions = vectors.questions([one.question for one in some])
    return [
        (question, vectors.passages([one.passage, *one.others]), one.answers)
        for question, one in zip(questions, some, strict=True)
    ]


def _point(
    reader: Reader, vectors: Vectors, asked: Sequence[Asked], about: dict[str, float], losses: Sequence[float]
) -> dict[str, object]:
    """Measure and print a point."""
    began = _spent()
    questions = vectors.questions([one.question for one in asked])
    added = [
        curve.beside_mean(reader.read(question, _candidates(vectors, one, curve.READ))[:, 0].tolist())
        for question, one in zip(questions, asked, strict=True)
    ]
    read = (_spent() - began) * 60_000 / len(asked)
    point = curve.point([one.body for one in asked], curve.ranks(asked, added))
    line = about | {"loss": curve.share(losses[-60:]) if losses else 0.0} | asdict(point) | {"ms": round(read)}
    print(json.dumps(line), flush=True)
    return line


def _candidates(vectors: Vectors, one: Asked, first: int) -> list[Rows]:
    return [vectors.kept(other.tokens) for other in one.ranked[:first]]


def _answerability(reader: Reader, vectors: Vectors, every: Sequence[Asked]) -> None:
    """Print how well questions with an answer are separated from others: by the features, the reader, and both."""
    held, own = [one.held for one in every], [one.sum for one in every]
    questions = vectors.questions([one.question for one in every])
    logits = [
        float(reader.read(question, _candidates(vectors, one, _FIRST))[:, 1].max())
        for question, one in zip(questions, every, strict=True)
    ]
    print(f"AUC of {len(every)} questions, {sum(held)} answerable: features {curve.area(own, held)}")
    print(f"reader {curve.area(logits, held)}")
    for weight in (0.02, 0.05, 0.1, 0.2, 0.4):
        both = [one + weight * other for one, other in zip(own, logits, strict=True)]
        print(f"features and {weight} of the reader {curve.area(both, held)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
