"""Commands about meetings, boards and people in public roles."""

from __future__ import annotations

import argparse
import json


def add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    shared: argparse.ArgumentParser,
    lines: argparse.ArgumentParser,
) -> None:
    """Add these commands."""
    named = argparse.ArgumentParser(add_help=False)
    named.add_argument("--authority", default="", help="its council, where the board's name alone does not say which")
    named.add_argument("--board", default="", help="which board or committee")
    one = commands.add_parser("meeting", parents=[shared, named, lines], help="a meeting, item by item")
    one.add_argument("--date", required=True, metavar="DATE", help="its day, as 2025-01-30")
    one.set_defaults(run=meeting)
    years = commands.add_parser("body", parents=[shared, named, lines], help="a board over time")
    years.set_defaults(run=body)
    who = commands.add_parser("people", parents=[shared, lines], help="people in public roles, or one of them")
    who.add_argument("--name", default="", help="only this person, with what they moved and seconded")
    who.add_argument("--authority", default="", help="of this council")
    ruling = who.add_mutually_exclusive_group()
    ruling.add_argument("--hide", default="", metavar="NAME", help="take a name out of the register")
    ruling.add_argument("--show", default="", metavar="NAME", help="let a name that was taken out in again")
    who.set_defaults(run=people)


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


def body(options: argparse.Namespace) -> None:
    """Give a board over time."""
    from indexer.archive import Archive
    from search.meetings import body as boards
    from search.terminal import places

    archive = Archive.open(options.archive, None)
    with archive.snapshot():
        found = boards.named(archive, options.authority, options.board)
    print(json.dumps(boards.to_json(found), ensure_ascii=False) if options.json else places.body(found))


def people(options: argparse.Namespace) -> None:
    """List people in public roles, give one, or take a name out of the register."""
    from indexer.archive import Archive, people_of
    from search.people import hidden, profile
    from search.terminal import places

    if options.hide or options.show:
        hidden.rule(
            people_of(options.archive), options.hide or options.show, options.authority, hide=bool(options.hide)
        )
        return
    archive = Archive.open(options.archive, None)
    with archive.snapshot():
        if options.name:
            one = profile.of_name(archive, options.name, options.authority)
            print(json.dumps(profile.to_json(one), ensure_ascii=False) if options.json else places.person(one))
            return
        every = [
            one for one in profile.everybody(archive) if options.authority.casefold() in ("", one.authority.casefold())
        ]
    if options.json:
        for person in every:
            print(json.dumps(profile.person_json(person), ensure_ascii=False))
    else:
        print(places.people(every))
