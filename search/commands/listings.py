"""Commands that list what the archive holds: decisions, actions, reported decisions, meetings, boards, people."""

from __future__ import annotations

import argparse
from typing import get_args

from indexer.records import Outcome
from search.commands.common import Commands, Options, filters, line


def add(commands: Commands, shared: Options) -> None:
    """Add these commands."""
    from search.history.actions import STATES

    parser = commands.add(decisions, "decisions", "list what was decided", shared.archive, shared.filters, shared.json)
    parser.add_argument("--words", default="", help="only those that hold all of these; a reference, or “minute 46”")
    parser.add_argument("--mover", default="", metavar="NAME", help="only those that this person moved")
    parser.add_argument("--seconder", default="", metavar="NAME", help="only those that this person seconded")
    parser.add_argument("--voted", action="store_true", help="only those with a recorded vote")
    parser.add_argument("--outcome", choices=get_args(Outcome), help="only those with this outcome")

    about = "what is to be done, by whom and when"
    parser = commands.add(actions, "actions", about, shared.archive, shared.filters, shared.json)
    parser.add_argument("--state", action="append", default=[], choices=STATES, help="only these; may be repeated")
    parser.add_argument("--owner", default="", metavar="TEXT", help="only actions whose owner is printed with this")

    about = "decisions that papers only report"
    commands.add(reported, "reported", about, shared.archive, shared.filters, shared.json)

    named = argparse.ArgumentParser(add_help=False)
    named.add_argument("--authority", default="", help="its council, where the board's name alone does not say which")
    named.add_argument("--board", default="", help="which board or committee")
    parser = commands.add(meeting, "meeting", "a meeting, item by item", shared.archive, named, shared.json)
    parser.add_argument("--date", required=True, metavar="DATE", help="its day, as 2025-01-30")
    commands.add(body, "body", "a board over time", shared.archive, named, shared.json)

    about = "people in public roles, or one of them"
    parser = commands.add(people, "people", about, shared.archive, shared.json)
    parser.add_argument("--name", default="", help="only this person, with what they moved and seconded")
    parser.add_argument("--authority", default="", help="of this council")
    ruling = parser.add_mutually_exclusive_group()
    ruling.add_argument("--hide", default="", metavar="NAME", help="take a name out of the register")
    ruling.add_argument("--show", default="", metavar="NAME", help="let a name that was taken out in again")


def decisions(options: argparse.Namespace) -> None:
    """List decisions, the latest first."""
    from indexer.archive import Archive
    from search.contents import Contents
    from search.history import links
    from search.register import sought
    from search.terminal import answers

    archive = Archive.open(options.archive, None)
    voted, outcome = options.voted, options.outcome
    of = sought.Sought(options.words, options.mover, options.seconder, voted, outcome)
    rows = sought.matching(archive.decisions(filters(options, archive.facets())), of)
    if options.json:
        pairs = links.pairs(archive.decisions(), Contents(archive).sections)
        for row in rows:
            print(line(links.linked(row, pairs)))
    else:
        print(answers.decisions(rows))


def actions(options: argparse.Namespace) -> None:
    """List actions, the latest meeting first."""
    from indexer.archive import Archive
    from search.history import actions as followed
    from search.terminal import listings

    archive = Archive.open(options.archive, None)
    with archive.snapshot():
        rows = followed.actions(archive, filters(options, archive.facets()), options.state, options.owner)
    if options.json:
        for row in rows:
            print(line(followed.to_json(row)))
    else:
        print(listings.actions(rows))


def reported(options: argparse.Namespace) -> None:
    """List reported decisions, the latest meeting first."""
    from indexer.archive import Archive
    from search.terminal import listings

    archive = Archive.open(options.archive, None)
    with archive.snapshot():
        rows = archive.reported(filters(options, archive.facets()))
    if options.json:
        for row in rows:
            print(line(listings.report_json(row)))
    else:
        print(listings.reports(rows))


def meeting(options: argparse.Namespace) -> None:
    """Give one meeting, item by item in the order of its agenda."""
    from indexer.archive import Archive
    from search.meetings import meeting as sheets
    from search.terminal import listings

    archive = Archive.open(options.archive, None)
    with archive.snapshot():
        sheet = sheets.named(archive, options.authority, options.board, options.date)
    print(line(sheets.to_json(sheet)) if options.json else listings.meeting(sheet))


def body(options: argparse.Namespace) -> None:
    """Give a board over time."""
    from indexer.archive import Archive
    from search.meetings import body as sheets
    from search.terminal import listings

    archive = Archive.open(options.archive, None)
    with archive.snapshot():
        sheet = sheets.named(archive, options.authority, options.board)
    print(line(sheets.to_json(sheet)) if options.json else listings.body(sheet))


def people(options: argparse.Namespace) -> None:
    """List people in public roles, give one, or take a name out of the register."""
    from indexer.archive import Archive, people_of
    from search.people import hidden, profile
    from search.terminal import listings

    if options.hide or options.show:
        hidden.rule(
            people_of(options.archive), options.hide or options.show, options.authority, hide=bool(options.hide)
        )
        return
    archive = Archive.open(options.archive, None)
    with archive.snapshot():
        if options.name:
            person = profile.of_name(archive, options.name, options.authority)
            print(line(profile.to_json(person)) if options.json else listings.person(person))
            return
        council = options.authority.casefold()
        everybody = [one for one in profile.everybody(archive) if council in ("", one.authority.casefold())]
    if options.json:
        for one in everybody:
            print(line(profile.person_json(one)))
    else:
        print(listings.people(everybody))
