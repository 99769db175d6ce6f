"""Command line: ``python -m search COMMAND``, one function each. A thin shell over `search.engine`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import get_args

from indexer import defaults, logs
from indexer.archive import place
from indexer.errors import BadArguments, BoardPapersError
from indexer.records import Outcome
from search.commands import common, places, questions, readers, undertakings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status: 0 done, 1 the archive cannot be used, 2 unusable arguments."""
    try:
        options = _parser().parse_args(arguments)
        logs.set_up(options.verbose, options.log)
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


def _decisions(options: argparse.Namespace) -> None:
    from indexer.archive import Archive
    from search.history import links
    from search.locations import Places
    from search.register import sought
    from search.terminal import answers, matters

    archive = Archive.open(options.archive, None)
    voted, outcome = options.voted, options.outcome
    wanted = sought.Sought(options.words, options.mover, options.seconder, voted, outcome)
    found = sought.matching(archive.decisions(common.filters(options, archive.facets())), wanted)
    if options.json:
        pairs = links.pairs(archive.decisions(), Places(archive).sections)
        for one in found:
            print(common.line({**answers.decision_json(one), **matters.linked(one, pairs)}))
    else:
        print(answers.decisions(found))


def _similar(options: argparse.Namespace) -> None:
    from search.history import draft, precedents
    from search.terminal import matters

    chunks = draft.chunks_of(options.draft)
    engine = common.engine(options)
    chosen = common.filters(options, engine.library.facets())
    found = precedents.similar(engine.library, engine.encoder, chunks, chosen, options.limit)
    if options.json:
        results = [matters.precedent_json(rank, one) for rank, one in enumerate(found, 1)]
        print(common.line({"looked_for": chunks, "results": results}))
    else:
        print(matters.precedents(found))


def _thread(options: argparse.Namespace) -> None:
    from indexer.archive import Archive
    from search.history import thread
    from search.terminal import matters

    found = thread.thread(Archive.open(options.archive, None), options.id)
    print(common.line(matters.thread_json(found)) if options.json else matters.thread(found))


def _timeline(options: argparse.Namespace) -> None:
    from search.history import timeline
    from search.question import query
    from search.terminal import matters

    query.check(options.topic)
    engine = common.engine(options)
    found = timeline.timeline(engine, options.topic, common.filters(options, engine.library.facets()))
    print(common.line(matters.timeline_json(found)) if options.json else matters.timeline(found))


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
    shared.add_argument(
        "--archive", type=place, default=defaults.folder("archive"), metavar="DIR", help="default: %(default)s"
    )
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
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    questions.add(commands, shared, chosen, many, lines)
    register = commands.add_parser("decisions", parents=[shared, chosen, lines], help="list what was decided")
    register.add_argument("--words", default="", help="only those that hold all of these; a reference, or “minute 46”")
    register.add_argument("--mover", default="", metavar="NAME", help="only those that this person moved")
    register.add_argument("--seconder", default="", metavar="NAME", help="only those that this person seconded")
    register.add_argument("--voted", action="store_true", help="only those with a recorded vote")
    register.add_argument("--outcome", choices=get_args(Outcome), help="only those with this outcome")
    register.set_defaults(run=_decisions)
    _matters(commands, shared, chosen, many, lines)
    undertakings.add(commands, shared, chosen, lines)
    places.add(commands, shared, lines)
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
    similar = commands.add_parser("similar", parents=[shared, chosen, many, lines], help="find reports like a draft")
    similar.add_argument("draft", metavar="FILE|TEXT", help="a draft report, which is not stored, or a paragraph")
    similar.set_defaults(run=_similar)
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
