"""What a trained model gains out of sample: one weight, chosen on the other bodies' questions, for each body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.training.candidates import Asked
from search.evaluate import interval

READ = 10  # of each question's candidates that a model scores anew
WEIGHTS = (0.0, 0.3, 1.0)


@dataclass(frozen=True, slots=True)
class Change:
    """MRR@10, its change from ranking as it is with the interval, and questions whose evidence moves up or down."""

    mrr: float
    change: float
    low: float
    high: float
    wins: int
    losses: int


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a learning curve: by the weights that other bodies choose for each body, and by each weight."""

    hit1: float
    hit5: float
    chosen: Change
    weights: Mapping[str, float]
    by_weight: Mapping[float, Change]


def beside_mean(values: Sequence[float]) -> list[float]:
    """Say what each text is given beyond the mean, so that those further down are neither raised nor lowered."""
    mean = sum(values) / max(1, len(values))
    return [value - mean for value in values]


def ranks(asked: Sequence[Asked], added: Sequence[Sequence[float]]) -> dict[float, list[int]]:
    """Give each question's rank under every weight of what is added."""
    return {
        weight: [one.rank([weight * value for value in own]) for one, own in zip(asked, added, strict=True)]
        for weight in WEIGHTS
    }


def point(bodies: Sequence[str], by_weight: Mapping[float, Sequence[int]]) -> Point:
    """Measure, each body's questions by the weight that the others' choose; ties go to the smaller.

    Args:
        bodies: of each question.
        by_weight: its ranks by weight; weight 0 is ranking as it is.
    """
    gains = {weight: [1 / rank if rank else 0.0 for rank in own] for weight, own in by_weight.items()}
    weights = {}
    for body in dict.fromkeys(bodies):
        rest = [at for at, other in enumerate(bodies) if other != body]
        weights[body] = max(sorted(by_weight), key=lambda weight: sum(gains[weight][at] for at in rest))
    own = [by_weight[weights[body]][at] for at, body in enumerate(bodies)]
    return Point(
        share([rank == 1 for rank in own]),
        share([1 <= rank <= 5 for rank in own]),
        _change([gains[weights[body]][at] for at, body in enumerate(bodies)], gains[0.0]),
        weights,
        {weight: _change(values, gains[0.0]) for weight, values in gains.items()},
    )


def _change(now: Sequence[float], before: Sequence[float]) -> Change:
    changes = [new - old for new, old in zip(now, before, strict=True)]
    low, high = interval(changes)
    wins, losses = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
    return Change(share(now), share(changes), round(low, 3), round(high, 3), wins, losses)


def share(values: Sequence[float]) -> float:
    """Give the mean, to three digits."""
    return round(float(np.mean(values)), 3)


def area(values: Sequence[float], held: Sequence[bool]) -> float:
    """Give the chance that a question which is answered has the higher value (AUC); ties count half."""
    yes = np.array([value for value, one in zip(values, held, strict=True) if one])
    no = np.array([value for value, one in zip(values, held, strict=True) if not one])
    above = (yes[:, None] > no[None, :]).mean() + 0.5 * (yes[:, None] == no[None, :]).mean()
    return round(float(above), 3)
