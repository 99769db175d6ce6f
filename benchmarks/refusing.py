"""What share of each kind of question is refused: each body's questions asked of its own archive, and of all in one.

    python -m benchmarks.refusing [--aside] [--shared ../shared] [--archives FOLDER]

``--aside`` asks only those of ``status.jsonl`` that `benchmarks.calibrate` never fits by, a third of the last written.
They are asked as a reader would, so what lists and registers say counts too.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import left_out
from benchmarks.calibrate import sources
from benchmarks.questions.altered import ANSWERABLE, kind_of
from benchmarks.questions.bodies import TOGETHER, bodies, opened
from search.settings import DEFAULT

_SCOPES = ("alone", TOGETHER)
# By kind of question and scope, whether each was refused.
Refused = dict[tuple[str, str], list[bool]]


def main() -> None:
    """Ask, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aside", action="store_true", help="only the questions kept aside")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--archives", type=Path, default=Path("data/judged"), help="where archives are kept")
    options = parser.parse_args()
    for line in table(refused(options.shared, options.archives, aside=options.aside)):
        print(line)


def refused(shared: Path, archives: Path, *, aside: bool) -> Refused:
    """Ask every question twice."""
    together = opened(archives, TOGETHER, bodies(shared))
    said: Refused = {}
    for name, (engine, rows, kept) in sources(shared, archives).items():
        unseen = left_out.cross_encoder(name)
        asked = [(scope, one.variant(DEFAULT, unseen)) for scope, one in zip(_SCOPES, (engine, together), strict=True)]
        for row in kept if aside else rows:
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
