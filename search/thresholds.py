"""When an answer is given: the features that speak for one, and their weights, set by `benchmarks/calibrate.py`."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for an answer, each in [0, 1]; or what each of them weighs.

    Attributes:
        match: best late interaction of a passage.
        sentence: best late interaction of a sentence that holds what is asked for (an amount, a date, a name), of any
            sentence where nothing of the kind is asked for; less where its passage is of other days or says no name.
        held: how well that sentence matches beside the best sentence of all.
        named: share of the question's names and numbers that one passage holds as they are written.
        dated: how well passages of the days that the question names match beside the best of all.
        complete: 1 less what the content word that such a sentence and its headings say least weighs in the question:
            one word that is not said is often the very detail that is missing.
        said: share of the question's content words, by weight, that the passage of the best such sentence says in these
            letters.
        near: how well the words beside the figure asked for match the question; 1 where no figure is asked for.
        words: content words of the question, over ten: each of many weighs less, so that `complete` is higher.
        uncounted: 0 where a number of something is asked for, which papers on the matter rarely give, otherwise 1.
        granted: share of what the question takes for granted, such as a refusal, that a passage on it speaks of.
    """

    match: float = 0.0
    sentence: float = 0.0
    held: float = 0.0
    named: float = 0.0
    dated: float = 0.0
    complete: float = 0.0
    said: float = 0.0
    near: float = 0.0
    words: float = 0.0
    uncounted: float = 0.0
    granted: float = 0.0

    def weigh(self, weights: Features) -> float:
        """Add the features up, each times its weight."""
        return float(sum(getattr(self, one.name) * getattr(weights, one.name) for one in fields(Features)))


@dataclass(frozen=True, slots=True)
class Weights(Features):
    """What the features weigh, and the ``least`` sum of what is answered."""

    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When an answer is given at all: where papers on the ``matter`` are found, and in them the ``detail`` asked for.

    Each has its least sum, as no match with the matter makes up for a detail that is not there. ``granted`` is the
    least share of what the question takes for granted that must be spoken of, ``named`` that of its names.
    """

    matter: Weights = Weights(
        match=1.0, named=0.66, dated=0.75, complete=0.72, said=0.14, near=0.11, words=0.53, uncounted=0.13, least=3.06
    )
    detail: Weights = Weights(sentence=1.0, held=0.35, near=0.53, least=0.985)
    granted: float = 0.5
    named: float = 0.3
