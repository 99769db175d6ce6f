"""Sets the thresholds of honesty from judged questions: what to put into ``search/settings.py``.

    python -m benchmarks.calibrate GOLD.jsonl [--archive DIR]

Fits a logistic regression of "the archive holds the answer" on the signs of `search.honesty`, then puts the least sum
where the share of answerable questions refused is at most 5.5%. To the unanswerable questions of GOLD, which mostly ask
for a detail that the papers leave out, those of ``unanswerable.jsonl`` are added: off the topic, nonsense, of another
council, of another year, or on a false premise.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.records import Filters
from search import honesty
from search.engine import Engine
from search.evaluate import read_gold
from search.units import units_of
from search.variety import distinct

_MORE = Path(__file__).with_name("unanswerable.jsonl")
_REFUSED = 0.055  # most answerable questions that may be refused
_ROUNDS = 4000
_PENALTY = 0.02  # keeps the weights small: there are few unanswerable questions to learn from
_SIGNS = ("coverage", "match", "held", "agreement")


def main() -> None:
    """Print the trade-off and the thresholds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--archive", type=Path, default=Path("data/archive"))
    options = parser.parse_args()
    engine = Engine.open(options.archive)
    gold = [*read_gold(options.gold), *read_gold(_MORE)]
    rows = np.array([_signs(engine, row["question"]) for row in gold])
    answerable = np.array([row["type"] != "unanswerable" for row in gold])
    for name, column in zip(_SIGNS, rows.T, strict=True):
        held, not_held = column[answerable].mean(), column[~answerable].mean()
        print(f"{name:10} mean {held:.3f} answerable, {not_held:.3f} unanswerable")
    kinds = np.array([row.get("kind", "detail missing") for row in gold])
    weights = np.maximum(fit(rows, answerable, kinds), 0.0)
    weights /= weights.max()
    sums = rows @ weights
    least = place(sums, answerable)
    print(f"answered {np.mean(sums[answerable] >= least):.3f} of {answerable.sum()} answerable questions")
    for kind in dict.fromkeys(kinds[~answerable].tolist()):
        of_kind = ~answerable & (kinds == kind)
        print(f"refused  {np.mean(sums[of_kind] < least):.3f} of {of_kind.sum()} unanswerable questions: {kind}")
    named = ", ".join(f"{name}={weight:.2f}" for name, weight in zip(_SIGNS, weights, strict=True))
    print(f"Thresholds({named}, least={least:.3f})")


def fit(rows: NDArray[np.float64], held: NDArray[np.bool_], kinds: NDArray[np.str_]) -> NDArray[np.float64]:
    """Fit weights (without the intercept) by gradient descent.

    Both classes weigh the same however many they are, and so, among the unanswerable questions, do those that lack a
    detail and all other kinds together: the former are the hardest to tell and the commonest in earnest.

    Args:
        rows: (questions, signs).
        held: whether the archive holds the answer.
        kinds: of the unanswerable questions.
    """
    spread = rows.std(axis=0) + 1e-9
    scaled = (rows - rows.mean(axis=0)) / spread
    detail = ~held & (kinds == "detail missing")
    other = ~held & ~detail
    share = 0.5 * held / held.sum() + 0.25 * detail / max(1, detail.sum()) + 0.25 * other / max(1, other.sum())
    weights, intercept = np.zeros(rows.shape[1]), 0.0
    for _ in range(_ROUNDS):
        off = share * (1 / (1 + np.exp(-(scaled @ weights + intercept))) - held)
        weights -= 0.5 * (scaled.T @ off + _PENALTY * weights)
        intercept -= 0.5 * off.sum()
    found: NDArray[np.float64] = weights / spread
    return found


def place(sums: NDArray[np.float64], held: NDArray[np.bool_]) -> float:
    """Choose the least sum that is still answered: as high as the refused share of answerable questions allows."""
    allowed = np.quantile(sums[held], _REFUSED)
    below = sums[~held][sums[~held] < allowed]
    # Half-way between what is refused and what is answered, so that neither side is at the edge.
    return float((allowed + below.max()) / 2) if below.size else float(allowed)


def _signs(engine: Engine, question: str) -> tuple[float, ...]:
    query = engine.parse(question)
    ranked, asked, agreement = engine.rank(query, Filters())
    best = [one for one, _ in distinct(ranked, 10)]
    found = honesty.signs(query, asked, best, units_of(query, asked, best), agreement)
    return found.coverage, found.match, found.held, found.agreement


if __name__ == "__main__":
    main()
