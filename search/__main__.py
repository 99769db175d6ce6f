"""Command line: ``python -m search COMMAND``, one function each. A thin shell over `search.engine`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from indexer import logs
from indexer.errors import BadArguments, BoardPapersError
from search.commands import readers, undertakings

if TYPE_CHECKING:
    from indexer.records import Facets, Filters
    from search.engine import Engine
    from search.results import Answered

_ARCHIVE = Path("data/archive")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status: 0 done, 1 the archive cannot be used, 2 unusable arguments."""
    options = _parser().parse_args(arguments)
    logs.set_up(options.verbose, options.log)
    try:
        options.run(options)
    except BadArguments as fault:
        print(fault, file=sys.stderr)
        return 2
    except BoardPapersError as fault:
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 3
    except BrokenPipeError:
        # The reader, such as head, has seen enough. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _ask(options: argparse.Namespace) -> None:
    from search.question import query
    from search.question.follow_up import Earlier
    from search.terminal import answers

    query.check(options.question)
    summary = _summary(options)
    engine = _engine(options)
    earlier = Earlier(tuple(options.after), frozenset(options.without))
    found = engine.ask(options.question, _filters(options, engine.library.facets()), options.limit, earlier)
    if options.json:
        print(_line({**found.to_json(), **({"summary": summary(found)} if summary else {})}))
        return
    print(answers.answered(found))
    if summary:
        told = summary(found)
        if "error" in told:
            print(told["error"], file=sys.stderr)
        else:
            print(answers.summary(told))


def _summary(options: argparse.Namespace) -> Callable[[Answered], dict[str, Any]] | None:
    """Give what summarises an answer, where that was asked for; nothing of it is imported otherwise."""
    if not options.summary:
        return None
    from search.summary import settings, summarise

    given = settings.required()
    return lambda found: summarise.attempted(found, given)


def _batch(options: argparse.Namespace) -> None:
    rows = list(_questions(options.questions))
    engine = _engine(options)
    chosen = _filters(options, engine.library.facets())
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
        print(_line(answered), flush=True)
    if unusable:
        message = f"{unusable} of {len(rows)} questions could not be used; the others are answered"
        raise BadArguments(message)


def _evaluate(options: argparse.Namespace) -> None:
    from search import evaluate, settings

    gold = evaluate.read_gold(options.gold)
    engine = _engine(options)
    if not options.ablate:
        print(evaluate.table(evaluate.measure(gold, engine.ask)))
        return
    variants = settings.ablations(engine.settings)
    rows = {name: evaluate.measure(gold, engine.variant(one).ask) for name, one in variants.items()}
    print(evaluate.ablation_table(rows))


def _decisions(options: argparse.Namespace) -> None:
    from indexer.archive import Archive
    from search.history import links
    from search.locations import Places
    from search.terminal import answers, matters

    archive = Archive.open(options.archive, None)
    found = list(archive.decisions(_filters(options, archive.facets())))
    if options.json:
        pairs = links.pairs(archive.decisions(), Places(archive).sections)
        for one in found:
            print(_line({**answers.decision_json(one), **matters.linked(one, pairs)}))
    else:
        print(answers.decisions(found))


def _similar(options: argparse.Namespace) -> None:
    from search.history import draft, precedents
    from search.terminal import matters

    chunks = draft.chunks_of(options.draft)
    engine = _engine(options)
    chosen = _filters(options, engine.library.facets())
    found = precedents.similar(engine.library, engine.encoder, chunks, chosen, options.limit)
    if options.json:
        results = [matters.precedent_json(rank, one) for rank, one in enumerate(found, 1)]
        print(_line({"looked_for": chunks, "results": results}))
    else:
        print(matters.precedents(found))


def _thread(options: argparse.Namespace) -> None:
    from indexer.archive import Archive
    from search.history import thread
    from search.terminal import matters

    found = thread.thread(Archive.open(options.archive, None), options.id)
    print(_line(matters.thread_json(found)) if options.json else matters.thread(found))


def _timeline(options: argparse.Namespace) -> None:
    from search.history import timeline
    from search.question import query
    from search.terminal import timelines

    query.check(options.topic)
    engine = _engine(options)
    found = timeline.timeline(engine, options.topic, _filters(options, engine.library.facets()))
    print(_line(timelines.timeline_json(found)) if options.json else timelines.timeline(found))


def _engine(options: argparse.Namespace) -> Engine:
    from search.engine import Engine

    return Engine.open(options.archive)


def _filters(options: argparse.Namespace, facets: Facets) -> Filters:
    from search.question import filter_choices

    return filter_choices.filters(
        facets, options.authority, options.board, options.kind, options.date_from, options.date_to
    )


def _questions(path: str) -> Iterator[tuple[str, str]]:
    """Read the lines of a file of questions, each with where it stands."""
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


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _limit(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 100:
        message = f"{text!r} is not a number from 1 to 100"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _mcp(options: argparse.Namespace) -> None:
    from search.protocol import command

    command.run(options)


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    logs.add_arguments(shared)
    shared.add_argument("--archive", type=Path, default=_ARCHIVE, metavar="DIR", help="default: %(default)s")
    chosen = argparse.ArgumentParser(add_help=False)
    chosen.add_argument("--authority", action="append", default=[], help="only this council; may be repeated")
    chosen.add_argument("--board", action="append", default=[], help="only this board; may be repeated")
    chosen.add_argument("--kind", action="append", default=[], help="only this kind of passage; may be repeated")
    chosen.add_argument("--from", dest="date_from", default="", metavar="DATE", help="earliest meeting, as 2025-01-30")
    chosen.add_argument("--to", dest="date_to", default="", metavar="DATE", help="latest meeting")
    many = argparse.ArgumentParser(add_help=False)
    many.add_argument("--limit", type=_limit, default=10, metavar="N", help="most passages (default: %(default)s)")
    lines = argparse.ArgumentParser(add_help=False)
    lines.add_argument("--json", action="store_true", help="print JSON")

    parser = argparse.ArgumentParser(prog="python -m search", description="Ask an archive of board papers.")
    commands = parser.add_subparsers(
        required=True,
        metavar="ask|batch|evaluate|decisions|similar|thread|timeline|actions|reported|feedback|alerts|mcp",
    )
    ask = commands.add_parser("ask", parents=[shared, chosen, many, lines], help="answer one question")
    ask.add_argument("question")
    ask.add_argument(
        "--after", action="append", default=[], metavar="QUESTION",
        help="what was asked before, if the question goes on from it; may be repeated, the oldest first",
    )  # fmt: skip
    ask.add_argument(
        "--without", action="append", default=[], metavar="PART",
        help="leave out what would be carried over: matter, period, board or authority; may be repeated",
    )  # fmt: skip
    ask.add_argument(
        "--summary", action="store_true", help="add a checked summary by the language model that was set up"
    )
    ask.set_defaults(run=_ask)
    batch = commands.add_parser("batch", parents=[shared, chosen, many], help="answer a file of questions")
    batch.add_argument("questions", metavar="QUESTIONS.jsonl", help='lines of {"id", "question"}; - for standard input')
    batch.set_defaults(run=_batch)
    judge = commands.add_parser("evaluate", parents=[shared], help="measure against judged questions")
    judge.add_argument("gold", type=Path, metavar="GOLD.jsonl")
    judge.add_argument("--ablate", action="store_true", help="compare with each part of ranking switched off")
    judge.set_defaults(run=_evaluate)
    register = commands.add_parser("decisions", parents=[shared, chosen, lines], help="list what was decided")
    register.set_defaults(run=_decisions)
    _matters(commands, shared, chosen, many, lines)
    undertakings.add(commands, shared, chosen, lines)
    readers.add(commands, shared, lines)
    _serving(commands, shared)
    return parser


def _serving(commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Add the command that serves the archive to other programs."""
    serve = commands.add_parser("mcp", parents=[shared], help="serve the archive to a council's own assistant")
    serve.add_argument(
        "--http", type=int, metavar="PORT", help="over HTTP on this machine, not standard input and output"
    )
    serve.set_defaults(run=_mcp)


def _matters(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    shared: argparse.ArgumentParser,
    chosen: argparse.ArgumentParser,
    many: argparse.ArgumentParser,
    lines: argparse.ArgumentParser,
) -> None:
    """Add the commands that look for more than an answer."""
    likest = commands.add_parser("similar", parents=[shared, chosen, many, lines], help="find reports like a draft")
    likest.add_argument("draft", metavar="FILE|TEXT", help="a draft report, which is not stored, or a paragraph")
    likest.set_defaults(run=_similar)
    follow = commands.add_parser("thread", parents=[shared, lines], help="what led to a decision and what followed")
    follow.add_argument(
        "id", metavar="ID", help="of a decision or item, as decisions --json and similar --json give it"
    )
    follow.set_defaults(run=_thread)
    years = commands.add_parser("timeline", parents=[shared, chosen, lines], help="a topic over the years")
    years.add_argument("topic", metavar="TOPIC", help="a few words")
    years.set_defaults(run=_timeline)


if __name__ == "__main__":
    sys.exit(main())
