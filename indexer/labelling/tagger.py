"""The model that labels units: a linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001).

The only importer of python-crfsuite. Training is deterministic: L-BFGS from zero over data in a fixed order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import pycrfsuite

MODEL: Final = Path(__file__).with_name("minutes.crfsuite")
# A feature must be seen with papers of this many bodies: what one body alone has is its own habit.
_BODIES: Final = 2
_PARAMETERS: Final = {"c1": 0.2, "c2": 0.1, "max_iterations": 60, "feature.possible_transitions": True,
                      "feature.minfreq": 2}  # fmt: skip


def train(sequences: Sequence[tuple[str, list[list[str]], list[str]]], to: Path) -> None:
    """Train a model and write it.

    Args:
        sequences: for each paper the body it is of, the features of its units and their labels.
        to: the file to write.
    """
    seen: dict[str, set[str]] = defaultdict(set)
    for body, features, _ in sequences:
        for name in {name for unit in features for name in unit}:
            seen[name].add(body)
    shared = {name for name, bodies in seen.items() if len(bodies) >= _BODIES}
    trainer = pycrfsuite.Trainer(verbose=False)
    for _, features, labels in sequences:
        trainer.append([[name for name in unit if name in shared] for unit in features], labels)
    trainer.set_params(_PARAMETERS)
    trainer.train(str(to))


class Tagger:
    """A model that was read from a file."""

    def __init__(self, path: Path) -> None:
        """Read the model at ``path``."""
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(str(path))

    def tag(self, features: Sequence[list[str]]) -> tuple[list[str], list[float], list[float]]:
        """Give the most likely row of labels, the probability of each in its place, and that of "decision" there."""
        if not features:
            return [], [], []
        self._tagger.set(features)
        labels: list[str] = self._tagger.tag()
        sure = [self._tagger.marginal(label, at) for at, label in enumerate(labels)]
        return labels, sure, [self._tagger.marginal("decision", at) for at in range(len(labels))]


@cache
def shipped() -> Tagger:
    """The model that the program comes with, read once."""
    return Tagger(MODEL)
