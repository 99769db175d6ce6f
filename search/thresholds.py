"""When an answer is given: the features that speak for one, and their weights, set by `benchmarks/calibrate.py`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from indexer.errors import BadArguments

_KEPT = "thresholds.jsonl"  # in an archive's folder; notes of this kind go along into a backup


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for an answer, each in [0, 1]; or what each of them weighs.

    Sentences count that hold what is asked for (an amount, a date, a name), any where nothing of the kind is asked for,
    in those of the first passages that say the question's names and fit its days as well as any of them does.

    Attributes:
        named: share of the question's names and numbers that a passage of such a sentence holds as they are written.
        dated: how well passages of the days that the question names match beside the best of all.
        complete: 1 less what the content word that such a sentence and its headings say least weighs in the question:
            one word that is not said is often the very detail that is missing.
        covered: mean, over the tokens of the best such sentence and its headings, of the highest cosine with the
            question.
        asking: highest cosine of a word that asks (who, when, how many) with a token of that sentence: such a word
            takes up from the question what it asks for, and is near to what gives it.
        uncounted: 0 where a number of something is asked for, which papers on the matter rarely give, otherwise 1.
        near: how well the words beside the figure asked for match the question; 1 where no figure is asked for.
        held: how well the best such sentence matches beside the best sentence of all.
        answers: how surely one of the first passages answers, by all that the cross-encoder read of them.
        granted: share of what the question takes for granted, such as a refusal, that a passage on it speaks of.
    """

    named: float = 0.0
    dated: float = 0.0
    complete: float = 0.0
    covered: float = 0.0
    asking: float = 0.0
    uncounted: float = 0.0
    near: float = 0.0
    held: float = 0.0
    answers: float = 0.0
    granted: float = 0.0

    def weigh(self, weights: Features) -> float:
        """Add the features up, each times its weight."""
        return float(sum(getattr(self, one.name) * getattr(weights, one.name) for one in fields(Features)))


@dataclass(frozen=True, slots=True)
class Threshold(Features):
    """What the features weigh, and the ``least`` sum from which a question is answered.

    By default as `benchmarks.calibrate` fits them, with cross-encoders that have not seen the papers asked about.
    """

    least: float = 0.0


FITTED = Threshold(
    named=0.3,
    dated=0.39,
    complete=1.0,
    covered=0.37,
    asking=0.09,
    uncounted=0.07,
    near=0.04,
    held=0.03,
    answers=0.43,
    granted=0.21,
    least=2.132,
)


def keep(folder: Path, threshold: Threshold) -> None:
    """Write an archive's own threshold into its folder."""
    (folder / _KEPT).write_text(json.dumps(asdict(threshold)) + "\n", encoding="utf-8")


def of_archive(folder: Path) -> Threshold | None:
    """Read an archive's own threshold; None where it has none, or one that was fitted for other features.

    Raises:
        BadArguments: what was kept cannot be read.
    """
    path = folder / _KEPT
    if not path.is_file():
        return None
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        own = kept.keys() == {one.name for one in fields(Threshold)}
        return Threshold(**{name: float(value) for name, value in kept.items()}) if own else None
    except (ValueError, TypeError, AttributeError) as fault:
        message = f"Cannot read the threshold {path}: {fault}. Calibrate the archive again, or delete the file"
        raise BadArguments(message, path=str(path)) from fault
