"""Commands that answer questions: one, a file of them, or judged ones to measure by."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from indexer.errors import BadArguments
from search.ablation import ablations
from search.commands import common
from search.commands.common import Commands, Options

if TYPE_CHECKING:
    from search.results import Answered


def add(commands: Commands, shared: Options) -> None:
    """Add these commands."""
    parser = commands.add(ask, "ask", "answer one question", shared.archive, shared.filters, shared.limit, shared.json)
    parser.add_argument("question")
    parser.add_argument(
        "--after", action="append", default=[], metavar="QUESTION",
        help="what was asked before, if the question follows on from it; may be repeated, the oldest first",
    )  # fmt: skip
    parser.add_argument(
        "--without", action="append", default=[], metavar="PART",
        help="leave out what would be carried over: matter, period, board or authority; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--summary", action="store_true", help="add a checked summary by the language model that was set up"
    )
    parser = commands.add(batch, "batch", "answer a file of questions", shared.archive, shared.filters, shared.limit)
    parser.add_argument(
        "questions", metavar="QUESTIONS.jsonl", help='lines of {"id", "question"}; - for standard input'
    )
    parser = commands.add(evaluate, "evaluate", "measure against judged questions", shared.archive)
    parser.add_argument("gold", type=Path, metavar="GOLD.jsonl")
    parser.add_argument("--ablate", action="store_true", help="compare with each part of ranking switched off")


def ask(options: argparse.Namespace) -> None:
    """Answer one question."""
    from search.question import query
    from search.question.follow_up import Earlier
    from search.terminal import answers

    query.check(options.question)
    summary = _summary(options)
    engine = common.engine(options)
    earlier = Earlier(tuple(options.after), frozenset(options.without))
    answered = engine.ask(options.question, common.filters(options, engine.library.facets()), options.limit, earlier)
    if options.json:
        print(common.line({**answered.to_json(), **({"summary": summary(answered)} if summary else {})}))
        return
    print(answers.answered(answered))
    if summary:
        summarised = summary(answered)
        if "error" in summarised:
            print(summarised["error"], file=sys.stderr)
        else:
            print(answers.summary(summarised))


def _summary(options: argparse.Namespace) -> Callable[[Answered], dict[str, Any]] | None:
    """Give what summarises an answer, where that was asked for; nothing of it is imported otherwise."""
    if not options.summary:
        return None
    from search.summary import settings, summarise

    given = settings.required()
    return lambda answered: summarise.attempted(answered, given)


def batch(options: argparse.Namespace) -> None:
    """Answer a file of questions."""
    rows = list(_questions(options.questions))
    engine = common.engine(options)
    chosen = common.filters(options, engine.library.facets())
    unusable = 0
    for number, (where, line) in enumerate(rows, 1):
        id: object = None
        try:
            row = _question(line, where)
            id = row["id"]
            answered = engine.ask(row["question"], chosen, options.limit).to_json(row["id"])
        except BadArguments as fault:
            unusable += 1
            answered = {"id": id, "error": str(fault)}
            print(f"Question {number}: {fault}", file=sys.stderr)
        print(common.line(answered), flush=True)
    if unusable:
        message = f"{unusable} of {len(rows)} questions could not be used; the others are answered"
        raise BadArguments(message)


def evaluate(options: argparse.Namespace) -> None:
    """Measure against judged questions."""
    from search import evaluate as measuring

    gold = measuring.read_gold(options.gold)
    engine = common.engine(options)
    if not options.ablate:
        print(measuring.table(measuring.measure(gold, engine.ask)))
        return
    variants = ablations(engine.settings)
    rows = {name: measuring.measure(gold, engine.variant(one).ask) for name, one in variants.items()}
    print(measuring.ablation_table(rows))


def _questions(path: str) -> Iterator[tuple[str, str]]:
    """Read the lines of a file of questions, each with its place."""
    try:
        stream: TextIO = sys.stdin if path == "-" else Path(path).open(encoding="utf-8")  # noqa: SIM115 - closed below
        with stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield f"{path} line {number}", line
    except (OSError, UnicodeDecodeError) as fault:
        message = f"Cannot read the questions {path}: {fault}"
        raise BadArguments(message, path=path) from fault


def _question(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as fault:
        message = f"{where} is not JSON: {fault}"
        raise BadArguments(message) from fault
    if not isinstance(row, dict) or not isinstance(row.get("question"), str) or "id" not in row:
        message = f'{where} must be an object with "id" and "question"'
        raise BadArguments(message, found=line[:80])
    return row
