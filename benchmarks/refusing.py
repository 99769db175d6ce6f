"""What share of each kind of question is refused: each body's questions asked of its own archive, and of all in one.

    python -m benchmarks.refusing [--aside | --hard] [--shared ../shared] [--archives FOLDER]

``--aside`` asks only those of ``status.jsonl`` that `benchmarks.calibrate` never fits by, a third of the last written;
``--hard`` those of ``hard.jsonl`` and ``hard_others.jsonl``, written so that a careless reader would take a figure,
date or name nearby for the answer. They are asked as a reader would, so what lists and registers say counts too.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import left_out
from benchmarks.calibrate import sources
from benchmarks.questions import labels
from benchmarks.questions.altered import ANSWERABLE, kind_of
from benchmarks.questions.bodies import TOGETHER, bodies, opened
from search.settings import DEFAULT

_SCOPES = ("alone", TOGETHER)
_QUESTIONS = Path(__file__).parent / "questions"
_HARD = ("hard.jsonl", "hard_others.jsonl")  # of the five packs and the county; of the other bodies
_Row = Mapping[str, Any]
Choice = Callable[[str, Sequence[_Row], Sequence[_Row]], Sequence[_Row]]
# By kind of question and scope, whether each was refused.
Refused = dict[tuple[str, str], list[bool]]


def main() -> None:
    """Ask, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    some = parser.add_mutually_exclusive_group()
    some.add_argument("--aside", action="store_true", help="only the questions kept aside")
    some.add_argument("--hard", action="store_true", help="those that are hard to refuse")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--archives", type=Path, default=Path("data/judged"), help="where archives are kept")
    options = parser.parse_args()
    chosen = _hard(options.shared) if options.hard else lambda _, rows, kept: kept if options.aside else rows
    for line in table(refused(options.shared, options.archives, chosen)):
        print(line)


def _hard(shared: Path) -> Choice:
    papers = [body.papers for body in bodies(shared).values()]
    every = [row for name in _HARD for row in labels.read(_QUESTIONS / name, papers)]
    return lambda name, _rows, _kept: [row for row in every if row["body"] == name]


def refused(shared: Path, archives: Path, chosen: Choice) -> Refused:
    """Ask every question twice; of each body those that are chosen, by its name, its questions and those kept aside."""
    together = opened(archives, TOGETHER, bodies(shared))
    said: Refused = {}
    for name, (engine, rows, kept) in sources(shared, archives).items():
        unseen = left_out.cross_encoder(name)
        asked = [(scope, one.variant(DEFAULT, unseen)) for scope, one in zip(_SCOPES, (engine, together), strict=True)]
        for row in chosen(name, rows, kept):
            for scope, at in asked:
                status = at.ask(row["question"]).status
                said.setdefault((kind_of(row), scope), []).append(status == "not_found")
    return said


def table(said: Mapping[tuple[str, str], list[bool]]) -> Iterator[str]:
    """Yield a line for each kind of question, and for all that no paper answers."""
    yield f"{'refused':28}     n  " + "  ".join(f"{scope:>8}" for scope in _SCOPES)
    kinds = list(dict.fromkeys(kind for kind, _ in said))
    groups = {kind: [kind] for kind in kinds} | {"all unanswerable": [kind for kind in kinds if kind != ANSWERABLE]}
    for name, some in groups.items():
        every = {scope: [one for kind in some for one in said[kind, scope]] for scope in _SCOPES}
        shares = "  ".join(f"{sum(ones) / max(1, len(ones)):8.3f}" for ones in every.values())
        yield f"{name:28}  {len(every[TOGETHER]):4d}  {shares}"


if __name__ == "__main__":
    main()
