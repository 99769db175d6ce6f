"""Commands about meetings and boards."""

from __future__ import annotations

import argparse
import json


def add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    shared: argparse.ArgumentParser,
    lines: argparse.ArgumentParser,
) -> None:
    """Add the commands about meetings and boards."""
    named = argparse.ArgumentParser(add_help=False)
    named.add_argument("--authority", default="", help="its council, where the board's name alone does not tell")
    named.add_argument("--board", default="", help="which board or committee")
    one = commands.add_parser("meeting", parents=[shared, named, lines], help="a meeting, item by item")
    one.add_argument("--date", required=True, metavar="DATE", help="its day, as 2025-01-30")
    one.set_defaults(run=meeting)


def meeting(options: argparse.Namespace) -> None:
    """Give one meeting, item by item in the order of its agenda."""
    from indexer.archive import Archive
    from search.meetings import meeting as sheets
    from search.terminal import places

    archive = Archive.open(options.archive, None)
    with archive.snapshot():
        found = sheets.named(archive, options.authority, options.board, options.date)
    if options.json:
        print(json.dumps(sheets.to_json(found), ensure_ascii=False))
    else:
        print(places.meeting(found))
