"""Ranking on judged questions, one body at a time and all in one archive, and what each constant of ranking is worth.

    python -m benchmarks.judged [--shared ../shared] [--gold FILE]... [--archives FOLDER] [--ablate [NAME...]]
                                [--fit [NAME...]] [--save FILE] [--against FILE]

Each body's papers are indexed once into an archive of their own under ``--archives`` and all of them together into one
more; an archive that is there already is taken as it is, so delete it when passages are cut anew. A question belongs to
the body whose papers hold its evidence. Every question is asked twice: of its body's archive ("alone") and of the one
that holds all ("together").

``--ablate`` switches each part off, or gives a constant another value, and prints what that gains and loses, question
by question. ``--fit`` chooses each constant from a few values on all bodies but one and measures the choice on the one
left out. Either may name the constants ("quoting.near" for one of quoting). ``--save`` keeps every question's result;
``--against`` compares with one that another version of the program saved. Intervals are by bootstrap over the
questions, 95%.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from benchmarks import left_out as reading_left_out
from benchmarks.questions import labels
from benchmarks.questions.bodies import TOGETHER, Body, bodies, gathered, opened
from search.ablation import ablations, trials
from search.engine import Engine
from search.evaluate import interval, rank_of
from search.settings import DEFAULT, Settings

_GOLD = ("dev.jsonl", "unseen-visible.jsonl")
_FRESH = Path(__file__).parent / "questions" / "fresh.jsonl"  # written when ranking was settled, to confirm it
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Result:
    """What one question got: the rank of its evidence (0 for none among ten), and the words of its first five hits.

    ``key`` names scope, body and question; ``quoted`` says whether the answer holds the evidence, ``settled`` whether
    the status is right.
    """

    key: str
    rank: int
    quoted: bool
    settled: bool
    words: int = 0

    @property
    def gain(self) -> float:
        """The reciprocal rank, 0 beyond ten."""
        return 1 / self.rank if self.rank else 0.0


Run = dict[str, Result]
Trial = TypeVar("Trial")
_HEADER = (
    f"\n{'':34}{'scope':10} hit@1  hit@5   MRR   change of MRR (interval)   wins losses   five     "
    "quoted   answered  refused"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Index what is not indexed yet, ask, print the tables."""
    options = _options(arguments)
    every, engines = prepared(options.shared, options.archives, options.gold)
    base = asked(every, engines, DEFAULT)
    print(table(base))
    if options.against:
        print(compared({"now, against the saved run": base}, _loaded(options.against)))
    if options.save:
        options.save.write_text(json.dumps([asdict(one) for one in base.values()]) + "\n", encoding="utf-8")
    if options.ablate is not None:
        print(_HEADER)
        for name, one in _named(ablations(DEFAULT), options.ablate).items():
            print(*_rows(name, asked(every, engines, one), base), sep="\n", flush=True)
    if options.fit is not None:
        for name, values in _named(trials(DEFAULT), options.fit).items():
            print(left_out(name, {value: asked(every, engines, one) for value, one in values.items()}), flush=True)
    return 0


def _named(every: Mapping[str, Trial], names: Sequence[str]) -> Mapping[str, Trial]:
    """Keep those of the numbers named, all where none is; in an ablation's name a value follows the number's."""
    return {name: one for name, one in every.items() if not names or name.split()[0] in names}


def prepared(
    shared: Path, archives: Path, files: Sequence[Path] | None = None
) -> tuple[dict[str, Body], dict[str, Engine]]:
    """Give the bodies with their questions, and an engine over each body's archive and over the one that holds all."""
    folders = bodies(shared)
    papers = [body.papers for body in folders.values()]
    gold = [labels.read(path, papers) for path in files or [*(shared / "gold" / name for name in _GOLD), _FRESH]]
    every = gathered(folders, gold)
    return every, {name: opened(archives, name, folders) for name in [*every, TOGETHER]}


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--gold", type=Path, action="append", help="judged questions (default: all there are)")
    parser.add_argument("--archives", type=Path, default=Path("data/judged"), help="where archives are kept")
    parser.add_argument("--ablate", nargs="*", metavar="NAME", help="measure again without each part, or those named")
    parser.add_argument("--fit", nargs="*", metavar="NAME", help="choose each constant with one body left out in turn")
    parser.add_argument("--save", type=Path, help="keep every question's result")
    parser.add_argument("--against", type=Path, help="a saved run to compare with")
    return parser.parse_args(arguments)


def asked(every: Mapping[str, Body], engines: Mapping[str, Engine], settings: Settings) -> Run:
    """Ask every question of its own body's archive and of the one that holds all."""
    run: Run = {}
    for name, body in every.items():
        for scope, at in (("alone", name), ("together", TOGETHER)):
            run |= of_body(body, engines[at].variant(settings, reading_left_out.cross_encoder(name)), scope)
    return run


def of_body(body: Body, engine: Engine, scope: str) -> Run:
    """Ask a body's questions; ``scope`` is what the results' keys begin with."""
    run: Run = {}
    for judged in body.questions:
        row = engine.ask(judged.row["question"]).to_json()
        one = _result(f"{scope}/{judged.body}/{judged.row['id']}", judged.row, row)
        run[one.key] = one
    return run


def _result(key: str, judged: Mapping[str, Any], row: Mapping[str, Any]) -> Result:
    refused = row["status"] == "not_found"
    if judged["type"] == "unanswerable":
        return Result(f"{key}?", 0, quoted=False, settled=refused)
    rank, quoted = rank_of(judged, row)
    words = sum(len(hit["text"].split()) for hit in row["hits"][:5])
    return Result(key, rank if rank <= _DEEPEST else 0, quoted=quoted, settled=not refused, words=words)


def table(run: Run) -> str:
    """Print the measures of a run for each body and for all, alone and together."""
    lines = [f"{'':34}   n  hit@1  hit@5    MRR (interval)      quoted answered refused  words of five"]
    for scope in ("alone", "together"):
        own = {key: one for key, one in run.items() if key.startswith(f"{scope}/")}
        names = list(dict.fromkeys(key.split("/")[1] for key in own))
        for name in [*names, "all"]:
            some = [one for key, one in own.items() if name in ("all", key.split("/")[1])]
            if any(not one.key.endswith("?") for one in some):
                lines.append(f"{scope + ', ' + name:34.34}{_line(some)}")
    return "\n".join(lines)


def _line(some: Sequence[Result]) -> str:
    held = [one for one in some if not one.key.endswith("?")]
    rest = [one for one in some if one.key.endswith("?")]
    low, high = interval([one.gain for one in held])
    return (
        f"{len(held):4d}  {_share([one.rank == 1 for one in held])}   {_share([1 <= one.rank <= 5 for one in held])}   "
        f"{_share([one.gain for one in held])} ({low:.3f}–{high:.3f})  {_share([one.quoted for one in held])}   "
        f"{_share([one.settled for one in held])}    {_share([one.settled for one in rest]) if rest else '  –  '}"
        f"    {sum(one.words for one in held) / len(held):5.0f}"
    )


def compared(runs: Mapping[str, Run], base: Run) -> str:
    """Print, for each run, how it differs from another: wins and losses are questions whose evidence moves up or down.

    "five" are those that enter or leave the first five, "quoted" those whose evidence the answer gains or loses;
    "answered" those with an answer and "refused" those without one whose status turns right or wrong.
    """
    return "\n".join([_HEADER, *(row for name, run in runs.items() for row in _rows(name, run, base))])


def _rows(name: str, run: Run, base: Run) -> Iterator[str]:
    for scope in ("alone", "together"):
        pairs = list(_pairs(run, base, scope))
        held = [pair for pair in pairs if not pair[0].key.endswith("?")]
        if held:
            yield f"{name:34.34}{scope:10}{_change(held)}{_change_of_answers(pairs)}"


def _pairs(run: Run, base: Run, scope: str) -> Iterator[tuple[Result, Result]]:
    for key, one in run.items():
        if key.startswith(f"{scope}/") and key in base:
            yield one, base[key]


def _change(pairs: Sequence[tuple[Result, Result]]) -> str:
    changes = [one.gain - other.gain for one, other in pairs]
    low, high = interval(changes)
    five = [(1 <= one.rank <= 5, 1 <= other.rank <= 5) for one, other in pairs]
    return (
        f"{_share([one.rank == 1 for one, _ in pairs])}  {_share([1 <= one.rank <= 5 for one, _ in pairs])}  "
        f"{_share([one.gain for one, _ in pairs])}  {sum(changes) / len(changes):+.3f} ({low:+.3f} to {high:+.3f})  "
        f"{sum(change > 0 for change in changes):5d} {sum(change < 0 for change in changes):6d}   "
        f"{_moved(five):7}"
    )


def _change_of_answers(pairs: Sequence[tuple[Result, Result]]) -> str:
    quoted = [(one.quoted, other.quoted) for one, other in pairs]
    status: dict[bool, list[tuple[bool, bool]]] = {False: [], True: []}
    for one, other in pairs:
        status[one.key.endswith("?")].append((one.settled, other.settled))
    return f"  {_moved(quoted):7}  {_moved(status[False]):7}   {_moved(status[True])}"


def _moved(pairs: Sequence[tuple[bool, bool]]) -> str:
    """Count how many became true, and how many false."""
    return f"+{pairs.count((True, False))}/−{pairs.count((False, True))}"


def left_out(name: str, runs: Mapping[str, Run]) -> str:
    """Say which value of a constant the other bodies choose for each body, and what MRR the choices have together.

    Args:
        name: of the constant.
        runs: by value, the one in use first; ties go to it.
    """
    held = [key for key in next(iter(runs.values())) if not key.endswith("?")]
    chosen, gains = [], []
    for body in dict.fromkeys(key.split("/")[1] for key in held):
        others = [key for key in held if key.split("/")[1] != body]
        best = max(runs, key=lambda value: sum(runs[value][key].gain for key in others))
        chosen.append(best)
        gains += [runs[best][key].gain for key in held if key.split("/")[1] == body]
    now = [one.gain for one in next(iter(runs.values())).values() if not one.key.endswith("?")]
    means = "  ".join(f"{value}: {_share([run[key].gain for key in held])}" for value, run in runs.items())
    return (
        f"{name:28} chosen {', '.join(dict.fromkeys(chosen)):18} left out {_share(gains)} (now {_share(now)})  {means}"
    )


def _loaded(path: Path) -> Run:
    return {one["key"]: Result(**one) for one in json.loads(path.read_text(encoding="utf-8"))}


def _share(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.3f}"


if __name__ == "__main__":
    sys.exit(main())
