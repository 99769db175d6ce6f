"""Command line: ``python -m search COMMAND``; `search/commands/` has the commands."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from indexer import defaults, logs
from indexer.archive import place
from indexer.errors import BadArguments, BoardPapersError
from search.commands import listings, matters, questions, readers
from search.commands.common import Commands, Options


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


def _limit(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 100:
        message = f"{text!r} is not a number from 1 to 100"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _mcp(options: argparse.Namespace) -> None:
    from search.protocol import command

    command.run(options)


def _parser() -> argparse.ArgumentParser:
    archive, filters, limit, json = (argparse.ArgumentParser(add_help=False) for _ in range(4))
    logs.add_arguments(archive)
    archive.add_argument(
        "--archive", type=place, default=defaults.folder("archive"), metavar="DIR", help="default: %(default)s"
    )
    filters.add_argument("--authority", action="append", default=[], help="only this council; may be repeated")
    filters.add_argument("--board", action="append", default=[], help="only this board; may be repeated")
    filters.add_argument("--kind", action="append", default=[], help="only this kind of passage; may be repeated")
    filters.add_argument("--from", dest="date_from", default="", metavar="DATE", help="earliest meeting, as 2025-01-30")
    filters.add_argument("--to", dest="date_to", default="", metavar="DATE", help="latest meeting")
    limit.add_argument(
        "--limit",
        type=_limit,
        default=10,
        metavar="N",
        help="most passages; those quoted are among them (default: %(default)s)",
    )
    json.add_argument("--json", action="store_true", help="print JSON")

    parser = argparse.ArgumentParser(prog="python -m search", description="Ask an archive of board papers.")
    commands = Commands(parser.add_subparsers(required=True, metavar="COMMAND"))
    shared = Options(archive, filters, limit, json)
    for kind in (questions, listings, matters, readers):
        kind.add(commands, shared)
    serve = commands.add(_mcp, "mcp", "serve the archive to a council's own assistant", archive)
    serve.add_argument(
        "--http", type=int, metavar="PORT", help="over HTTP on this machine, not standard input and output"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
