"""Every number that ranking and answering depend on, in one place, so that each can be switched off and measured.

``benchmarks/quality.py`` prints what each is worth; ``benchmarks/calibrate.py`` sets the thresholds of `Thresholds`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from indexer.errors import BadArguments

_KEPT = "thresholds.jsonl"  # in an archive's folder; notes of this kind go along into a backup


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When an answer is given at all: the weights of the signs of `search.answerability.judge`, and the least sum.

    Coverage and agreement were found to tell nothing beside the others (benchmarks/calibrate.py); an archive for which
    they do can give them a weight.
    """

    coverage: float = 0.0
    match: float = 0.61
    sentence: float = 0.53
    held: float = 1.0
    named: float = 0.21
    dated: float = 0.24
    known: float = 0.15
    granted: float = 0.31
    agreement: float = 0.0
    least: float = 2.445


@dataclass(frozen=True, slots=True)
class Settings:
    """How candidates are found and ordered. Scores are weighted mean cosines, so .01 is a small step.

    Attributes:
        depth: passages taken from each ranking.
        smoothing: k of reciprocal rank fusion; 10 favours the first ranks more than the 60 of the paper,
            which was chosen for rankings of a thousand.
        words: weight of the ranking by words in fusion.
        meaning: weight of the ranking by meaning in fusion.
        candidates: fused passages that are reranked.
        expansion: weight of an acronym's other form or a synonym beside the question's own words.
        match: weight of late interaction; 0 leaves the order to fusion.
        named: weight of a word that names the authority or board that is meant: its own papers seldom say it.
        framing: weight of a word that only says that a decision or an overview is asked for ("decide", "changed"), by
            words and in late interaction: a resolution on buses need not say it.
        inherited: for questions about decisions, how far a resolution or recommendation is lifted towards the best
            match of its item, since it seldom names its subject.
        fused: weight of the fused score, scaled to [0, 1], beside late interaction.
        by_words: weight of the score by words, scaled to [0, 1], beside late interaction.
        whole: weight of the cosine of question and passage as wholes, for a passage that is its whole paper; in a paper
            of n passages it is divided by the root of n, for there it tells the topic and not the place.
        length: penalty for each unit of the logarithm of a passage's tokens: among more of them the best match of a
            word is higher by chance.
        kind: bonus where the passage is of the kind that the question asks for.
        meeting: bonus where authority, board or date are those named in the question, each.
        boilerplate: penalty for text that stands in many papers.
        name: bonus for a name of several words ("Jane Holt") found word for word.
        exact: bonus for a quoted phrase or reference found word for word; large, as it must never be lost.
        cache_bytes: most memory for the token vectors of passages.
    """

    depth: int = 300
    smoothing: int = 10
    words: float = 1.5
    meaning: float = 1.0
    candidates: int = 200
    expansion: float = 0.5
    match: float = 1.0
    named: float = 0.3
    framing: float = 0.3
    inherited: float = 1.0
    fused: float = 0.05
    by_words: float = 0.03
    whole: float = 1.0
    length: float = 0.02
    kind: float = 0.1
    meeting: float = 0.03
    boilerplate: float = 0.05
    name: float = 0.05
    exact: float = 1.0
    cache_bytes: int = 256 * 1024 * 1024
    thresholds: Thresholds = field(default_factory=Thresholds)


DEFAULT = Settings()


def keep(folder: Path, thresholds: Thresholds) -> None:
    """Write an archive's own thresholds into its folder."""
    (folder / _KEPT).write_text(json.dumps(asdict(thresholds)) + "\n", encoding="utf-8")


def of_archive(folder: Path) -> Settings:
    """Give the settings for an archive: its own thresholds where it was calibrated, the usual ones otherwise.

    Raises:
        BadArguments: what was kept cannot be read.
    """
    path = folder / _KEPT
    if not path.is_file():
        return DEFAULT
    try:
        return Settings(thresholds=Thresholds(**json.loads(path.read_text(encoding="utf-8"))))
    except (ValueError, TypeError) as fault:
        message = f"Cannot read the thresholds {path}: {fault}. Calibrate the archive again, or delete the file"
        raise BadArguments(message, path=str(path)) from fault
