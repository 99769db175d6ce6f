"""Sets the thresholds of answerability from judged questions: what to put into ``search/settings.py``.

    python -m benchmarks.calibrate [--shared ../shared] [--archives FOLDER]
    python -m benchmarks.calibrate --keep GOLD.jsonl ARCHIVE

Fits two logistic regressions of "the archive holds the answer" on features of `search.answerability.judge`, with
weights of 0 or more: one of the matter, without questions for a missing detail, and one of the detail, with no other
ones. Puts each least sum where the share of answerable questions refused is at most a given one. The shares that it
prints are of the questions of each body, by what was fitted without that body. The fit is by hand, since scikit-learn's
takes no bound that keeps weights at 0 or more.

Each question is asked of the archive of its body (`benchmarks.questions.bodies`). Besides the judged questions there
are those of ``status.jsonl``, written from the papers: whether they answer them, and where. Those kept ``aside`` there
are the test, by `benchmarks.refusing`, and not used here. ``unanswerable.jsonl`` is what no body answers; and three are
made from each answerable one (`benchmarks.questions.altered`): with its evidence taken out of the archive, of another
year, and of another council.

``--keep`` recalibrates one archive for questions like GOLD's: the weights stay as they are, the least sum is placed for
this archive and written into its folder, where `search.engine.Engine.open` finds it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.questions import labels
from benchmarks.questions.altered import ANSWERABLE, Asked, questions
from benchmarks.questions.bodies import bodies, gathered, opened
from indexer.records import Filters
from search import settings
from search.answer.units import units_of
from search.answerability import judge
from search.engine import Engine
from search.evaluate import finds, read_gold
from search.ranking.rerank import Ranked
from search.settings import FIRST
from search.thresholds import Features, Thresholds, Weights

_QUESTIONS = Path(__file__).parent / "questions"
_GOLD = ("dev.jsonl", "unseen-visible.jsonl")
# With its evidence taken out a question is often still answered by another paper: no weight is fitted on those.
_OTHER_ANSWERS = "evidence taken out"
_DETAIL = "detail missing"
# The features of each sum, and the most answerable questions that it may refuse.
_MATTER, _MATTER_REFUSED = ("match", "sentence", "named", "dated", "complete"), 0.02
_OF_DETAIL, _DETAIL_REFUSED = ("sentence", "held", "near"), 0.025
_ROUNDS = 3000
_PENALTY = 0.004  # keeps the weights small: there are few unanswerable questions to learn from
_FEATURES = tuple(asdict(Features()))


@dataclass(frozen=True, slots=True)
class Sample:
    """Asked questions: their features (one row a question), whether the archive answers them, kinds and bodies."""

    rows: NDArray[np.float64]
    held: NDArray[np.bool_]
    kinds: NDArray[np.str_]
    bodies: NDArray[np.str_]


def main() -> None:
    """Print how well answerable and unanswerable questions are separated, and the thresholds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--archives", type=Path, default=Path("data/judged"), help="where archives are kept")
    parser.add_argument("--keep", nargs=2, type=Path, metavar=("GOLD", "ARCHIVE"), help="recalibrate one archive")
    options = parser.parse_args()
    if options.keep:
        gold, folder = options.keep
        own = sampled({folder.name: (Engine.open(folder), read_gold(gold))})
        thresholds = placed(own, Thresholds())
        settings.keep(folder, thresholds)
        print(f"{folder}: {thresholds}")
        return
    every = sampled({name: own[:2] for name, own in sources(options.shared, options.archives).items()})
    for line in left_out(every):
        print(line)
    print(fitted(every))


def sources(shared: Path, archives: Path) -> dict[str, tuple[Engine, list[Mapping[str, Any]], list[Mapping[str, Any]]]]:
    """Give each body's engine, its questions to fit by, and those that are kept aside."""
    folders = bodies(shared)
    papers = [body.papers for body in folders.values()]
    gold = [
        labels.read(path, papers) for path in (*(shared / "gold" / name for name in _GOLD), _QUESTIONS / "fresh.jsonl")
    ]
    judged = gathered(folders, gold)
    more = labels.read(_QUESTIONS / "status.jsonl", papers)
    names = dict.fromkeys([*judged, *(row["body"] for row in more)])
    every = {
        name: [
            *(one.row for one in (judged[name].questions if name in judged else ())),
            *(row for row in more if row["body"] == name),
        ]
        for name in names
    }
    return {
        name: (
            opened(archives, name, folders),
            [row for row in rows if not row.get("aside")],
            [row for row in rows if row.get("aside")],
        )
        for name, rows in every.items()
    }


def sampled(sources: Mapping[str, tuple[Engine, Sequence[Mapping[str, Any]]]]) -> Sample:
    """Ask each body's questions, and those made from them, of its engine."""
    measured: list[tuple[Features, Asked, str]] = []
    for name, (engine, rows) in sources.items():
        every = questions([*rows, *read_gold(_QUESTIONS / "unanswerable.jsonl")], engine.known().authorities)
        measured += [(_features(engine, one), one, name) for one in every]
    return Sample(
        np.array([list(asdict(features).values()) for features, _, _ in measured]),
        np.array([one.kind == ANSWERABLE for _, one, _ in measured]),
        np.array([one.kind for _, one, _ in measured]),
        np.array([name for _, _, name in measured]),
    )


def left_out(one: Sample) -> Iterable[str]:
    """Say what share of each kind of question is refused, each body's judged by what was fitted without it."""
    refused = refusals(one)
    for kind in dict.fromkeys(one.kinds.tolist()):
        own = one.kinds == kind
        bodies = {name: refused[own & (one.bodies == name)] for name in dict.fromkeys(one.bodies[own].tolist())}
        shares = "  ".join(f"{name} {some.mean():.2f} ({len(some)})" for name, some in bodies.items())
        yield f"refused {refused[own].mean():.3f} of {own.sum():4d} questions: {kind:22} {shares}"


def refusals(one: Sample) -> NDArray[np.bool_]:
    """Say which questions are refused by what was fitted on the other bodies' questions."""
    refused = np.zeros(len(one.bodies), bool)
    for name in dict.fromkeys(one.bodies.tolist()):
        own = one.bodies == name
        thresholds = fitted(_part(one, ~own))
        sums = [one.rows[own] @ _of(weights) < weights.least for weights in (thresholds.matter, thresholds.detail)]
        refused[own] = np.any([*sums, one.rows[own, _FEATURES.index("granted")] < thresholds.granted], axis=0)
    return refused


def fitted(one: Sample) -> Thresholds:
    """Fit the weights of both sums, and place them."""
    matter = _weights(_part(one, ~np.isin(one.kinds, (_DETAIL, _OTHER_ANSWERS))), _MATTER)
    return placed(one, Thresholds(matter, _weights(_part(one, one.held | (one.kinds == _DETAIL)), _OF_DETAIL)))


def placed(one: Sample, thresholds: Thresholds) -> Thresholds:
    """Set the least sums to the highest by which no more answerable questions are refused than may be."""
    pairs = ((thresholds.matter, _MATTER_REFUSED), (thresholds.detail, _DETAIL_REFUSED))
    matter, detail = (
        replace(weights, least=round(float(np.quantile(one.rows[one.held] @ _of(weights), share)), 3))
        for weights, share in pairs
    )
    return replace(thresholds, matter=matter, detail=detail)


def _weights(one: Sample, features: Sequence[str]) -> Weights:
    columns = [_FEATURES.index(feature) for feature in features]
    weights = fit(replace(one, rows=one.rows[:, columns]))
    return Weights(**{feature: round(float(weight), 2) for feature, weight in zip(features, weights, strict=True)})


def _part(one: Sample, chosen: NDArray[np.bool_]) -> Sample:
    return Sample(one.rows[chosen], one.held[chosen], one.kinds[chosen], one.bodies[chosen])


def _of(weights: Weights) -> NDArray[np.float64]:
    return np.array([getattr(weights, name, 0.0) for name in _FEATURES])


def fit(one: Sample) -> NDArray[np.float64]:
    """Fit weights of 0 or more (without the intercept) by gradient descent; the largest is 1.

    Both classes weigh the same however many they are, and so do the kinds of unanswerable questions.
    """
    spread = one.rows.std(axis=0) + 1e-9
    scaled = (one.rows - one.rows.mean(axis=0)) / spread
    share = _shares(one)
    weights, intercept = np.zeros(one.rows.shape[1]), 0.0
    for _ in range(_ROUNDS):
        off = share * (1 / (1 + np.exp(-(scaled @ weights + intercept))) - one.held)
        weights = np.maximum(weights - 0.5 * (scaled.T @ off + _PENALTY * weights), 0.0)
        intercept -= 0.5 * off.sum()
    unscaled: NDArray[np.float64] = weights / spread
    return unscaled / max(float(unscaled.max()), 1e-9)


def _shares(one: Sample) -> NDArray[np.float64]:
    kinds = list(dict.fromkeys(one.kinds[~one.held].tolist()))
    share = 0.5 * one.held / one.held.sum()
    for kind in kinds:
        own = one.kinds == kind
        share = share + 0.5 / len(kinds) * own / own.sum()
    return np.asarray(share, np.float64)


def _features(engine: Engine, asked: Asked) -> Features:
    query = engine.parse(asked.question)
    ranked, tokens = engine.rank(query, Filters())
    gone = {one.stored.twin for one in ranked if any(finds(hit_row(one), evidence) for evidence in asked.without)}
    left = [one for one in ranked if one.stored.twin not in gone]
    best = [one for one, _ in engine.hits(query, tokens, left, FIRST)[:FIRST]]
    units = units_of(query, tokens, best, engine.settings.quoting)
    return judge.features(query, tokens, best, units, engine.library, engine.settings.evidence)


def hit_row(one: Ranked) -> dict[str, object]:
    """Give the fields of a hit's JSON that evidence is looked for in."""
    passage, paper = one.stored.passage, one.stored.paper
    pages = list(passage.pages) if paper.paged else []
    return {"file": paper.path, "pages": pages, "page": pages[0] if pages else None, "text": passage.text}


if __name__ == "__main__":
    main()
