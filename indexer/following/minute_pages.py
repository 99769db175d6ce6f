"""The minutes of a meeting as one web page, put together from what the council's web service says of each item.

Printed minutes come weeks after the meeting, and some never; the service has the minute of each item as soon as it is
published. The page holds the council's own words, each item under its number and title, with the meeting's address.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from indexer.following.records import Followed, Item, Journal

NAME = "Minutes by item.html"


def write(folder: Path, council: Followed, journal: Journal) -> bool:
    """Write the page where there is a minute to show; give whether it was written, as it is new or has changed.

    Raises:
        OSError: the disk.
    """
    items = [item for item in journal.page.items if item.body.strip() and not item.restricted]
    day = journal.page.ref.date
    if not items or day is None:
        return False
    body = journal.committee.title
    head = f"Minutes of the meeting of {body} held on {day.day} {day:%B %Y}"
    parts = [
        f"<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>{escape(head)}</title></head><body>",
        f"<p>{escape(council.authority)}</p>",
        f"<h1>{escape(head)}</h1>",
        *(f"<h2>{escape(_heading(item))}</h2>\n{item.body}" for item in items),
        "</body></html>\n",
    ]
    page = "\n".join(parts).encode()
    target = folder / NAME
    if target.is_file() and target.read_bytes() == page:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{NAME}.new"
    beside.write_bytes(page)
    beside.replace(target)
    return True


def _heading(item: Item) -> str:
    """Number as minutes print it: the minute's own, the agenda's after it."""
    if not item.minute:
        return f"{item.number}. {item.title}" if item.number else item.title
    return f"{item.minute}. {item.title}" + (f" (Item {item.number})" if item.number else "")
