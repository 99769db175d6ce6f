"""Commands about what somebody is to do, and about decisions that papers only report."""

from __future__ import annotations

import argparse

from search.commands import common


def add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    shared: argparse.ArgumentParser,
    chosen: argparse.ArgumentParser,
    lines: argparse.ArgumentParser,
) -> None:
    """Add the commands about actions and reported decisions."""
    from search.history.actions import STATES

    asked = commands.add_parser("actions", parents=[shared, chosen, lines], help="what is to be done, by whom and when")
    asked.add_argument("--state", action="append", default=[], choices=STATES, help="only these; may be repeated")
    asked.add_argument("--owner", default="", metavar="TEXT", help="only those of whom this is said")
    asked.set_defaults(run=actions)
    told = commands.add_parser("reported", parents=[shared, chosen, lines], help="decisions that papers only report")
    told.set_defaults(run=reported)


def actions(options: argparse.Namespace) -> None:
    """List actions, the latest meeting first."""
    from indexer.archive import Archive
    from search.history import actions as followed
    from search.terminal import places

    archive = Archive.open(options.archive, None)
    with archive.snapshot():
        found = followed.actions(archive, common.filters(options, archive.facets()), options.state, options.owner)
    if options.json:
        for one in found:
            print(common.line(followed.to_json(one)))
    else:
        print(places.actions(found))


def reported(options: argparse.Namespace) -> None:
    """List reported decisions, the latest meeting first."""
    from indexer.archive import Archive
    from search.terminal import places

    archive = Archive.open(options.archive, None)
    with archive.snapshot():
        found = archive.reported(common.filters(options, archive.facets()))
    if options.json:
        for one in found:
            print(common.line(places.report_json(one)))
    else:
        print(places.reports(found))
