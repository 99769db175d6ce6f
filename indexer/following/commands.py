"""The commands that follow councils: ``follow``, and ``sync``, which fetches what is new and indexes it.

Parse, call, print, as in `indexer.__main__`.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import asdict
from urllib.parse import urlsplit

from indexer.errors import BadArguments
from indexer.following import sources
from indexer.following.client import Client, Manners
from indexer.following.records import Committee, Followed, System
from indexer.following.store import Store
from indexer.following.sync import Tally, sync
from indexer.pipeline import progress


def follow(options: argparse.Namespace) -> str:
    """Follow a council, follow one no longer, or list those that are followed; say what was done.

    Raises:
        BadArguments: no address, or a committee that the council does not have.
        FollowError: the site is not understood or not reached.
    """
    store = Store(options.papers)
    if options.remove:
        return f"No longer followed: {store.remove(options.remove).authority}. Its papers stay where they are."
    if options.list:
        return _listing(store)
    if options.url:
        council = _found(options)
        store.follow(council)
        bodies = f"{len(council.committees)} of its bodies" if council.committees else "all its bodies"
        return (
            f"Followed: {council.authority} ({council.system}), {bodies}, from {council.since}.\n"
            "Fetch its papers now, and again every day, with: python -m indexer sync"
        )
    message = "Say which council: python -m indexer follow https://democracy.example.gov.uk/"
    raise BadArguments(message, expected="an address", found="none")


def fetch(options: argparse.Namespace) -> str:
    """Fetch what is new of every council that is followed; say what was done.

    Raises:
        BadArguments: none is followed.
    """
    store = Store(options.papers)
    if not store.followed():
        message = f"No council is followed in {options.papers}; add one: python -m indexer follow URL"
        raise BadArguments(message, path=str(options.papers), expected="a followed council", found="none")
    with progress.fetching() as watching:
        tally = sync(store, watching, Manners(contact=options.contact, pause=options.pause))
    return json.dumps(asdict(tally), ensure_ascii=False) if options.json else _summary(tally)


def _found(options: argparse.Namespace) -> Followed:
    url = _address(options.url)
    client = Client(url, Manners(tries=2))
    try:
        client.robots(None)
        if options.system:
            system: System = options.system
            committees = sources.open_source(system, client).committees()
        else:
            system, committees = sources.detect(client)
    finally:
        client.close()
    host = urlsplit(url).hostname or url
    key = re.sub(r"[^a-z0-9]+", "-", (host + urlsplit(url).path).casefold()).strip("-")
    chosen = _chosen(committees, options.committee or ())
    return Followed(key, url, options.name or host, system, options.since, chosen)


def _address(url: str) -> str:
    """Make what a user typed an address: https unless said, and a folder's address ends with a slash."""
    full = url if "://" in url else f"https://{url}"
    parts = urlsplit(full)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        message = f"{url} is not a web address; give one like https://democracy.example.gov.uk/"
        raise BadArguments(message, expected="an http or https address", found=url)
    return full if parts.path.endswith((".csv", ".xml", "/")) else f"{full}/"


def _chosen(committees: tuple[Committee, ...], names: list[str] | tuple[str, ...]) -> tuple[Committee, ...]:
    chosen = []
    for name in names:
        fitting = [one for one in committees if name.casefold() in (one.title.casefold(), one.id.casefold())]
        fitting = fitting or [one for one in committees if name.casefold() in one.title.casefold()]
        if len(fitting) != 1:
            titles = ", ".join(one.title for one in (fitting or committees)[:20])
            problem = "more than one body" if fitting else "no body"
            message = f"{name} names {problem} of this council; known are: {titles}"
            raise BadArguments(message, expected="one body", found=name)
        chosen += fitting
    return tuple(chosen)


def _listing(store: Store) -> str:
    lines = []
    for council in store.followed():
        journals = list(store.journals(council))
        copies = [(journal, copy) for journal in journals for copy in journal.copies]
        fetched = sum(copy.state == "fetched" for _, copy in copies)
        bodies = ", ".join(one.title for one in council.committees) or "all bodies"
        lines.append(f"{council.key}: {council.authority}, {council.url} ({council.system}), {bodies}")
        lines.append(f"  {len(journals)} meetings known, {fetched} papers fetched, from {council.since}")
        for journal, copy in copies:
            if copy.state in ("gone", "failed", "elsewhere") or (copy.state == "restricted" and copy.name):
                place = f"{journal.folder}/{copy.name}" if copy.name else journal.folder
                lines.append(f"  {copy.state}: {copy.attachment.title} ({place}): {copy.reason}")
    return "\n".join(lines) or "No council is followed. Add one: python -m indexer follow URL"


def _summary(tally: Tally) -> str:
    done = (
        f"{tally.councils} councils, {tally.meetings} meetings, {tally.asked} of them asked for: {tally.fetched} papers"
        f" fetched, {tally.restricted} restricted left alone, in {tally.requests} requests."
    )
    lines = [done]
    if tally.failed:
        lines.append(f"{len(tally.failed)} did not work and will be tried again at the next sync.")
    if tally.gone:
        titles = ", ".join(tally.gone[:5]) + (" …" if len(tally.gone) > 5 else "")
        lines.append(
            f"{len(tally.gone)} are no longer on the council's site: {titles}. They are kept; see them with"
            " python -m indexer follow --list, take one out with python -m indexer withdraw PAPER --reason TEXT."
        )
    return "\n".join(lines)
