"""Sets the thresholds of honesty from judged questions: what to put into ``search/settings.py``, or beside one archive.

    python -m benchmarks.calibrate GOLD.jsonl [--archive DIR] [--more GOLD.jsonl DIR]... [--keep]

Fits a logistic regression of "the archive holds the answer" on the signs of `search.answerability.judge`, weights of 0
or more, and puts the least sum where the share of answerable questions refused is at most 5.5%. The shares that it
prints are those of questions that were left out of the fitting, one fifth at a time. The fit is by hand, since
scikit-learn's takes no bound that keeps weights at 0 or more.

To the unanswerable questions of GOLD are added those of ``unanswerable.jsonl``, and three made from each answerable one
(`benchmarks.altered`): with its evidence taken out of the archive, of another year, and of another council.

``--keep`` recalibrates one archive for questions like GOLD's: the weights stay as they are, the least sum is placed for
this archive and written into its folder, where `search.engine.Engine.open` finds it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.altered import Asked, questions
from indexer.records import Filters
from search import settings
from search.answer.resolutions import FIRST
from search.answer.units import units_of
from search.answerability import judge
from search.answerability.judge import Signs
from search.engine import Engine
from search.evaluate import finds, read_gold
from search.ranking.deduplicate import distinct
from search.ranking.rerank import Ranked
from search.settings import Thresholds

_MORE = Path(__file__).with_name("unanswerable.jsonl")
_REFUSED = 0.055  # most answerable questions that may be refused
_ROUNDS = 3000
_PENALTY = 0.004  # keeps the weights small: there are few unanswerable questions to learn from
_FOLDS = 5
_DETAIL = "detail missing"
_DETAIL_SHARE = 3.0  # it is the hardest kind to tell and the commonest in earnest
_SIGNS = tuple(asdict(Signs()))


@dataclass(frozen=True, slots=True)
class Sample:
    """Asked questions: their signs (questions, signs), whether the archive holds the answer, their kinds and ids."""

    rows: NDArray[np.float64]
    held: NDArray[np.bool_]
    kinds: NDArray[np.str_]
    ids: NDArray[np.str_]


def main() -> None:
    """Print how well questions are told apart, and the thresholds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--archive", type=Path, default=Path("data/archive"))
    parser.add_argument("--more", nargs=2, action="append", default=[], metavar=("GOLD", "DIR"))
    parser.add_argument("--keep", action="store_true", help="write the least sum into the archive's folder")
    options = parser.parse_args()
    if options.keep:
        found = replace(Thresholds(), least=kept(sample([(options.gold, options.archive)])))
        settings.keep(options.archive, found)
        print(f"{options.archive}: {found}")
        return
    every = sample([(options.gold, options.archive), *((Path(gold), Path(at)) for gold, at in options.more)])
    for kind, share in shares(every).items():
        print(f"refused {share:.3f} of {np.sum(every.kinds == kind):4d} questions: {kind}")
    weights = fit(every)
    least = place(every.rows @ weights, every.held)
    named = ", ".join(f"{name}={weight:.2f}" for name, weight in zip(_SIGNS, weights, strict=True))
    print(f"Thresholds({named}, least={least:.3f})")


def sample(sources: Iterable[tuple[Path, Path]]) -> Sample:
    """Ask the questions of judged files, each of its archive, and those made from them."""
    found: list[tuple[Signs, Asked]] = []
    for gold, folder in sources:
        engine = Engine.open(folder)
        every = questions([*read_gold(gold), *read_gold(_MORE)], engine.known().authorities)
        found += [(_signs(engine, one), one) for one in every]
    return Sample(
        np.array([list(asdict(signs).values()) for signs, _ in found]),
        np.array([one.kind == "answerable" for _, one in found]),
        np.array([one.kind for _, one in found]),
        np.array([one.id for _, one in found]),
    )


def kept(one: Sample) -> float:
    """Place the least sum for the weights as they are."""
    weights = np.array([getattr(Thresholds(), name) for name in _SIGNS])
    return place(one.rows @ weights, one.held)


def shares(one: Sample) -> dict[str, float]:
    """Give the share refused of each kind, each question judged by what was fitted without it."""
    ids = list(dict.fromkeys(one.ids.tolist()))
    fold = {id: at % _FOLDS for at, id in enumerate(ids)}
    folds = np.array([fold[id] for id in one.ids])
    refused = np.zeros(len(one.ids), bool)
    for number in range(_FOLDS):
        own = folds == number
        rest = Sample(one.rows[~own], one.held[~own], one.kinds[~own], one.ids[~own])
        weights = fit(rest)
        refused[own] = one.rows[own] @ weights < place(rest.rows @ weights, rest.held)
    return {kind: float(refused[one.kinds == kind].mean()) for kind in dict.fromkeys(one.kinds.tolist())}


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
    found: NDArray[np.float64] = weights / spread
    return found / max(float(found.max()), 1e-9)


def place(sums: NDArray[np.float64], held: NDArray[np.bool_]) -> float:
    """Choose the least sum that is still answered: as high as the refused share of answerable questions allows."""
    return float(np.quantile(sums[held], _REFUSED))


def _shares(one: Sample) -> NDArray[np.float64]:
    kinds = list(dict.fromkeys(one.kinds[~one.held].tolist()))
    parts = {kind: _DETAIL_SHARE if kind == _DETAIL else 1.0 for kind in kinds}
    share = 0.5 * one.held / one.held.sum()
    for kind, part in parts.items():
        own = one.kinds == kind
        share = share + 0.5 * part / sum(parts.values()) * own / own.sum()
    return np.asarray(share, np.float64)


def _signs(engine: Engine, asked: Asked) -> Signs:
    query = engine.parse(asked.question)
    ranked, tokens = engine.rank(query, Filters())
    gone = {one.stored.twin for one in ranked if any(finds(_hit(one), evidence) for evidence in asked.without)}
    left = [one for one in ranked if one.stored.twin not in gone]
    best = [one for one, _ in distinct(left, FIRST, engine.settings.versions)]
    return judge.signs(query, tokens, best, units_of(query, tokens, best, engine.settings.quoting), engine.library)


def _hit(one: Ranked) -> dict[str, object]:
    """Give the fields of a hit's JSON that evidence is looked for in."""
    passage, paper = one.stored.passage, one.stored.paper
    pages = list(passage.pages) if paper.paged else []
    return {"file": paper.path, "pages": pages, "page": pages[0] if pages else None, "text": passage.text}


if __name__ == "__main__":
    main()
