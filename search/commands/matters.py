"""Commands that look for more than an answer: earlier reports, what led to a decision, a topic over the years.

One of the families of commands that `search.__main__` adds; each command loads what it needs when it runs.
"""

from __future__ import annotations

import argparse

from search.commands import common
from search.commands.common import Commands, Options, line


def add(commands: Commands, shared: Options) -> None:
    """Add these commands."""
    about = "find reports like a draft"
    parser = commands.add(similar, "similar", about, shared.archive, shared.filters, shared.limit, shared.json)
    parser.add_argument("draft", metavar="FILE|TEXT", help="a draft report, which is not stored, or a paragraph")
    about = "what led to a decision and what followed"
    parser = commands.add(thread, "thread", about, shared.archive, shared.json)
    parser.add_argument(
        "id", metavar="ID", help="of a decision or item, as decisions --json and similar --json give it"
    )
    parser = commands.add(timeline, "timeline", "a topic over the years", shared.archive, shared.filters, shared.json)
    parser.add_argument("topic", metavar="TOPIC", help="a few words")


def similar(options: argparse.Namespace) -> None:
    """Find earlier reports like a draft, each with what was resolved on it."""
    from search.history import draft, precedents
    from search.terminal import matters

    chunks = draft.chunks_of(options.draft)
    engine = common.engine(options)
    filters = common.filters(options, engine.library.facets())
    reports = precedents.similar(engine.library, engine.encoder, chunks, filters, options.limit)
    if options.json:
        results = [matters.precedent_json(rank, one) for rank, one in enumerate(reports, 1)]
        print(line({"looked_for": chunks, "results": results}))
    else:
        print(matters.precedents(reports))


def thread(options: argparse.Namespace) -> None:
    """Give what led to a decision and what followed."""
    from indexer.archive import Archive
    from search.history.thread import thread as thread_of
    from search.terminal import matters

    steps = thread_of(Archive.open(options.archive, None), options.id)
    print(line(matters.thread_json(steps)) if options.json else matters.thread(steps))


def timeline(options: argparse.Namespace) -> None:
    """Give everything on a topic over the years."""
    from search.history.timeline import timeline as timeline_of
    from search.question import query
    from search.terminal import matters

    query.check(options.topic)
    engine = common.engine(options)
    events = timeline_of(engine, options.topic, common.filters(options, engine.library.facets()))
    print(line(matters.timeline_json(events)) if options.json else matters.timeline(events))
