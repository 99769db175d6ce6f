"""The numbers of ranking and answering that were chosen by measuring, so that each can be switched off and measured.

Numbers elsewhere in ``search`` bound a size, a time or what is shown, or were set by reading papers; they stand beside
the code that they are for, with their reason, and ``python -m docs.house`` counts them.

``python -m benchmarks.judged --ablate`` puts ``instead`` in the place of each in turn and prints what that costs;
``--fit`` chooses among it, the value in use and ``trials``, one body of papers left out in turn. What came of it stands
in ``benchmarks/README.md``. ``benchmarks/calibrate.py`` sets `Thresholds`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from indexer.errors import BadArguments

_KEPT = "thresholds.jsonl"  # in an archive's folder; notes of this kind go along into a backup
_GONE = frozenset(
    {"coverage", "agreement"}
)  # weights of features that told nothing; archives calibrated before name them

Number = int | float


def _number(value: Number, instead: Number | None = None, *trials: Number) -> Any:  # noqa: ANN401 - a dataclass field
    """Declare a number: its value, the one that switches it off or else contrasts with it, and others worth a try."""
    return field(default=value, metadata={"instead": instead, "trials": trials})


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When an answer is given at all: weights of the features of `search.answerability.judge`, and the least sum."""

    match: float = 0.56
    sentence: float = 0.8
    held: float = 1.25
    named: float = 0.5
    dated: float = 0.5
    complete: float = 2.0
    granted: float = 0.35
    least: float = 4.98


@dataclass(frozen=True, slots=True)
class Quoting:
    """What of the passages found is quoted. Shares are of the best in the same list, by late interaction.

    Attributes:
        passage: share of its passage's score in a sentence's: between like sentences that of the better passage.
        holds: bonus of a sentence that holds what is asked for: an amount, a date, a name.
        above: weight of what the headings above a sentence and the header of its table say; it need not say it again.
        near: a further run of sentences is quoted if it scores at least this much of the best one.
        long: taken off a run for each unit of the logarithm of its words: a longer one matches better by chance.
        half: taken off a run for each end at which it cuts a sentence.
        other_ruling: one out of another ruling, if it scores this much: it would be read as part of the answer.
        ruling: a ruling among the first passages is on the matter if its item matches at least this much …
        ruling_score: … or if it scores this much.
        item: one further down is, if its item matches this much …
        headed: … and the headings above it this much of those above the first ruling.
        step: a step of an overview is shown if its item matches this much.
    """

    passage: float = _number(1.0, 0.0, 0.6)
    holds: float = _number(0.2, 0.0, 0.1)
    above: float = _number(0.7, 0.0, 0.5, 1.0)
    near: float = _number(0.8, 1.0, 0.65)
    long: float = _number(0.03, 0.0, 0.06)
    half: float = _number(0.05, 0.0, 0.1, 0.2)
    other_ruling: float = _number(0.85, 0.0, 0.75, 0.95)
    ruling: float = _number(0.85, 1.0, 0.75, 0.95)
    ruling_score: float = _number(0.9, 1.0, 0.8)
    item: float = _number(0.8, 1.0, 0.7, 0.9)
    headed: float = _number(0.75, 1.0, 0.6, 0.9)
    step: float = _number(0.75, 0.0, 0.65, 0.85)


@dataclass(frozen=True, slots=True)
class Settings:
    """How candidates are found, ordered and shown. Scores are weighted mean cosines, so .01 is a small step.

    Attributes:
        depth: passages taken from each ranking.
        smoothing: k of reciprocal rank fusion; 10 favours the first ranks more than the 60 of the paper,
            which was chosen for rankings of a thousand.
        words: weight of the ranking by words in fusion.
        meaning: weight of the ranking by meaning in fusion.
        candidates: fused passages that are reranked.
        expansion: weight of an acronym's other form or a synonym beside the question's own words.
        forms: other forms that are compared word by word.
        match: weight of late interaction; 0 leaves the order to fusion.
        named: weight of a word that names the authority or board that is meant: its own papers seldom say it.
        framing: weight of a word that only says that a decision or an overview is asked for ("decide", "changed"), by
            words and in late interaction: a resolution on buses need not say it.
        stop: weight of a word that carries no meaning; not 0, so that a question of such words still has an order.
        inherited: for questions about decisions, how far a resolution or recommendation is lifted towards the best
            match of its item, since it seldom names its subject.
        whole: weight of the cosine of question and passage as wholes, for a passage that is its whole paper; in a paper
            of n passages it is divided by the root of n, for there it shows the topic and not the place.
        length: penalty for each unit of the logarithm of a passage's tokens: among more of them the best match of a
            word is higher by chance.
        kind: bonus where the passage is of the kind that the question asks for.
        second: share of that bonus for the second best kind.
        meeting: bonus where authority, board or date are those named in the question, each.
        inexact: share of it for a date within a period that the question names ("2021", "last spring").
        exact: bonus for a quoted phrase or reference found word for word. It earns nothing on the judged questions, and
            keeps a promise: whoever asks for one gets the passages that hold it first.
        exact_most: passages that are ranked for each such thing, and for all of them beside the fused ones.
        versions: share of their three-word runs that makes two texts versions of one. It earns nothing on the judged
            questions, and keeps a promise: a list of ten has ten matters.
        part_runs: runs that a text has at least of which nearly all stand in a longer one, to be a part of it: fewer
            stand in many texts by chance.
        on_matter: share of the best item's match from which a passage is on the matter of an overview.
        as_new: share of the best match from which on newer passages come first, where what holds now is asked for.
        spread: reports or meetings of which the best passage comes before a second one of any.
        beside: in late interaction a word of the question may also be matched by the passages before and after in the
            same section: how much of what that adds counts.
        beside_share: of the cosine there.
        joined: neighbours in one section that are both among so many first hits are one hit; 0 for none.
        marked: cosine from which a word of a passage is marked as matching.
        cache_bytes: most memory for the token vectors of passages.
        quoting: what is quoted of them.
        thresholds: when an answer is given at all.
    """

    depth: int = _number(300, 100, 200)
    smoothing: int = _number(10, 60, 5, 20)
    words: float = _number(1.5, 0.0, 1.0, 2.0)
    meaning: float = _number(1.0, 0.0)
    candidates: int = _number(200, 30, 100, 150)
    expansion: float = _number(0.5, 0.0, 0.25, 1.0)
    forms: int = _number(8, 0, 4, 12)
    match: float = _number(1.0, 0.0)
    named: float = _number(0.3, 1.0, 0.1, 0.5)
    framing: float = _number(0.3, 1.0, 0.1, 0.5)
    stop: float = _number(0.1, 0.001, 0.05, 0.2)
    inherited: float = _number(1.0, 0.0, 0.5, 0.8)
    whole: float = _number(1.0, 0.0, 0.5)
    length: float = _number(0.02, 0.0, 0.01, 0.04)
    kind: float = _number(0.1, 0.0, 0.05, 0.15)
    second: float = _number(0.6, 0.0, 0.4)
    meeting: float = _number(0.03, 0.0, 0.05, 0.1)
    inexact: float = _number(0.5, 1.0, 0.25)
    exact: float = _number(1.0, 0.0)
    exact_most: int = _number(66, 0, 30)
    versions: float = _number(0.9, 1.0, 0.8)
    part_runs: int = _number(18, 1, 12, 30)
    on_matter: float = _number(0.8, 0.0, 0.7, 0.9)
    as_new: float = _number(0.9, 1.0, 0.8)
    spread: int = _number(30, 0)
    beside: float = _number(0.5, 0.0, 0.25, 1.0)
    beside_share: float = _number(0.8, 0.9, 1.0)
    joined: int = _number(40, 0, 10, 20)
    marked: float = 0.6
    cache_bytes: int = 256 * 1024 * 1024
    quoting: Quoting = field(default_factory=Quoting)
    thresholds: Thresholds = field(default_factory=Thresholds)


DEFAULT = Settings()


def ablations(settings: Settings) -> dict[str, Settings]:
    """Name the settings to compare: as they are, then with ``instead`` in the place of one number in each."""
    return {
        "as it is": settings,
        **{f"{name} {instead:g}": one for name, instead, one in _instead(settings) if name != "match"},
        "fusion only": fused(settings),
        "words only": replace(fused(settings), meaning=0.0),
        "meaning only": replace(fused(settings), words=0.0),
    }


def fused(settings: Settings) -> Settings:
    """Leave the order of what was found to the first stage."""
    return replace(settings, match=0.0, whole=0.0, kind=0.0, meeting=0.0, exact=0.0)


def trials(settings: Settings) -> dict[str, dict[str, Settings]]:
    """Give, for each number, the settings to choose from by the number's value, the one in use first."""
    return {
        name: {f"{value:g}": _with(settings, name, value) for value in dict.fromkeys((now, *others))}
        for name, now, others in _numbers(settings)
    }


def _instead(settings: Settings) -> Iterator[tuple[str, Number, Settings]]:
    for name, _, (instead, *_) in _numbers(settings):
        yield name, instead, _with(settings, name, instead)


def _numbers(settings: Settings) -> Iterator[tuple[str, Number, Sequence[Number]]]:
    """Yield each number's name (of quoting as ``quoting.near``), its value, and those to try, ``instead`` first."""
    for prefix, group in (("", settings), ("quoting.", settings.quoting)):
        for one in fields(group):
            if one.metadata:
                values = (one.metadata["instead"], *one.metadata["trials"])
                yield prefix + one.name, getattr(group, one.name), values


def _with(settings: Settings, name: str, value: Number) -> Settings:
    group, _, own = name.rpartition(".")
    if group:
        return replace(settings, quoting=replace(settings.quoting, **{own: value}))
    changed: dict[str, Any] = {own: value}
    return replace(settings, **changed)


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
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Settings(thresholds=Thresholds(**{name: kept[name] for name in kept if name not in _GONE}))
    except (ValueError, TypeError) as fault:
        message = f"Cannot read the thresholds {path}: {fault}. Calibrate the archive again, or delete the file"
        raise BadArguments(message, path=str(path)) from fault
