"""Sets the threshold of answerability from judged questions: what to put into ``search/thresholds.py``.

    python -m benchmarks.calibrate [--shared ../shared] [--archives FOLDER]
    python -m benchmarks.calibrate --keep GOLD.jsonl ARCHIVE

Fits a logistic regression of "the archive holds the answer" on the features of `search.answerability.judge`, and puts
the least sum where the share of answerable questions refused is a given one. The shares that it prints are of the
questions of each body, by what was fitted without that body. Passages are read by cross-encoders that have not seen the
papers asked about (`benchmarks.left_out`), as those of any other body are read by the program's.

Each question is asked of the archive of its body (`benchmarks.questions.bodies`) and, as it is written, of the one that
holds all papers, so that one threshold serves small and large archives. Besides the judged questions there
are those of ``status.jsonl``, written from the papers: whether they answer them, and where. Those kept ``aside`` there
are the test, by `benchmarks.refusing`, and not used here. ``unanswerable.jsonl`` is what no body answers; and two are
made from each answerable one (`benchmarks.questions.altered`): of another year, and of another council.

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
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks import left_out as left_out_of
from benchmarks.questions import labels
from benchmarks.questions.altered import ANSWERABLE, Asked, as_written, questions
from benchmarks.questions.bodies import TOGETHER, bodies, gathered, opened
from indexer.records import Filters
from search import thresholds
from search.answer import reporting
from search.answerability import judge, second
from search.engine import Engine
from search.evaluate import read_gold
from search.ranking import presence
from search.settings import DEFAULT, FIRST
from search.thresholds import FITTED, Features, Threshold

_QUESTIONS = Path(__file__).parent / "questions"
_GOLD = ("dev.jsonl", "unseen-visible.jsonl")
# Share of answerable questions that may be refused: with .035, answers to dev's are lost that hold the evidence.
_REFUSED = 0.03
_FREEDOM = 0.2  # keeps the weights small: there are few unanswerable questions to learn from
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
        chosen = placed(own, FITTED)
        thresholds.keep(folder, chosen)
        print(f"{folder}: {chosen}")
        return
    together = opened(options.archives, TOGETHER, bodies(options.shared))
    every = sampled({name: own[:2] for name, own in sources(options.shared, options.archives).items()}, together)
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


def sampled(
    sources: Mapping[str, tuple[Engine, Sequence[Mapping[str, Any]]]], together: Engine | None = None
) -> Sample:
    """Ask each body's questions, and those made from them, of its engine; those written of ``together`` too."""
    measured: list[tuple[Features, Asked, str]] = []
    nowhere = read_gold(_QUESTIONS / "unanswerable.jsonl")
    for at, (name, (of_body, rows)) in enumerate(sources.items()):
        unseen = left_out_of.cross_encoder(name)
        engine, of_all = of_body.variant(of_body.settings, unseen), together and together.variant(DEFAULT, unseen)
        written = [*rows, *nowhere[at :: len(sources)]]
        every = questions(written, engine.known().authorities)
        measured += [(_features(engine, one), one, name) for one in every]
        if of_all:
            measured += [(_features(of_all, one), one, name) for one in as_written(written)]
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
        threshold = fitted(_part(one, ~own))
        refused[own] = one.rows[own] @ _of(threshold) < threshold.least
    return refused


def fitted(one: Sample) -> Threshold:
    """Fit the weights, and place the least sum."""
    weights = dict(zip(_FEATURES, (round(float(weight), 2) for weight in fit(one)), strict=True))
    return placed(one, replace(FITTED, **weights))


def placed(one: Sample, threshold: Threshold) -> Threshold:
    """Set the least sum to the highest by which no more answerable questions are refused than may be."""
    return replace(threshold, least=round(float(np.quantile(one.rows[one.held] @ _of(threshold), _REFUSED)), 3))


def _part(one: Sample, chosen: NDArray[np.bool_]) -> Sample:
    return Sample(one.rows[chosen], one.held[chosen], one.kinds[chosen], one.bodies[chosen])


def _of(threshold: Threshold) -> NDArray[np.float64]:
    return np.array([getattr(threshold, name) for name in _FEATURES])


def fit(one: Sample) -> NDArray[np.float64]:
    """Fit weights by a logistic regression, without the intercept; the largest is 1, and none is below 0.

    Both classes weigh the same however many they are; of the unanswerable ones each kind by the root of its number.
    """
    scale = StandardScaler().fit(one.rows)
    model = LogisticRegression(C=_FREEDOM, max_iter=3000)
    model.fit(scale.transform(one.rows), one.held, _shares(one) * len(one.held))
    weights = np.maximum(model.coef_[0] / scale.scale_, 0.0)
    return np.asarray(weights / max(float(weights.max()), 1e-9), np.float64)


def _shares(one: Sample) -> NDArray[np.float64]:
    share = np.zeros(len(one.held))
    for kind in dict.fromkeys(one.kinds.tolist()):
        own = one.kinds == kind
        share[own] = own.sum() ** -0.5
    for own in (one.held, ~one.held):
        share[own] /= 2 * share[own].sum()
    return share


def _features(engine: Engine, asked: Asked) -> Features:
    query = engine.parse(asked.question)
    ranked, tokens = engine.rank(query, Filters())
    best = [one for one, _ in engine.hits(query, tokens, ranked, FIRST)[:FIRST]]
    units = reporting.units(query, tokens, best, engine.settings.quoting)
    fitting = presence.fits(query, [one.stored for one in best], engine.settings.evidence)
    measured = judge.features(query, tokens, best, fitting, units, engine.library, engine.settings.evidence)
    if measured == Features():  # nothing of it is in the archive
        return measured
    sure = second.by_all(query, tokens, best, units, engine.cross_encoder, engine.cache, engine.settings)
    return replace(measured, answers=sure)


if __name__ == "__main__":
    main()
