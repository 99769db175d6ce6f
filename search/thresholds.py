"""Whether an answer is given: the weights that `benchmarks/calibrate.py` fits on judged questions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features of `search.answerability.judge`, and the least sum of what is answered."""

    match: float = 0.0
    sentence: float = 0.0
    held: float = 0.0
    named: float = 0.0
    dated: float = 0.0
    complete: float = 0.0
    near: float = 0.0
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When an answer is given at all: where papers on the ``matter`` are found, and in them the ``detail`` asked for.

    Each has its least sum, as no match with the matter makes up for a detail that is not there. ``granted`` is the
    least share of what the question takes for granted that must be spoken of.
    """

    matter: Weights = Weights(match=0.61, sentence=0.4, named=0.32, dated=0.39, complete=1.0, least=2.019)
    detail: Weights = Weights(sentence=1.0, held=0.35, near=0.53, least=0.998)
    granted: float = 0.5
