"""A plain list of addresses: a CSV file or a sitemap on the council's server, for sites without a system.

The CSV has a column ``url``, and may have ``title``, ``board`` and ``date`` (2026-01-30). A sitemap gives addresses
alone; only documents are taken from it, and each is filed under the date in its address, if there is one.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from indexer.errors import FollowError
from indexer.following import markup
from indexer.following.client import Client
from indexer.following.records import Attachment, Committee, MeetingPage, MeetingRef
from indexer.text import dates

_SUFFIXES = (".pdf", ".docx", ".doc", ".txt", ".md", ".htm", ".html")
_NO_BOARD = "Papers"
_UNDATED = date(1, 1, 1)


class Listed:
    """A list of addresses; see `indexer.following.sources.Source`. Rows of one board and date are one meeting."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._rows: dict[tuple[str, date], list[Attachment]] | None = None

    def committees(self) -> tuple[Committee, ...]:
        """List the boards that the list names."""
        return tuple(Committee(board, board) for board in dict.fromkeys(board for board, _ in self._read()))

    def meetings(self, committee: Committee, since: date, until: date) -> tuple[MeetingRef, ...]:
        """List the dates of a board's papers; papers without a date count as one meeting without a date."""
        return tuple(
            MeetingRef(f"{board} {day.isoformat()}", None if day == _UNDATED else day)
            for board, day in sorted(self._read())
            if board == committee.id and (day == _UNDATED or since <= day <= until)
        )

    def meeting(self, committee: Committee, ref: MeetingRef) -> MeetingPage:
        """Give the papers of one board and date."""
        papers = self._read().get((committee.id, ref.date or _UNDATED), [])
        return MeetingPage(ref, attachments=tuple(papers), url=self._client.base)

    def _read(self) -> dict[tuple[str, date], list[Attachment]]:
        if self._rows is None:
            body = self._client.get("")
            rows: dict[tuple[str, date], list[Attachment]] = {}
            for board, day, paper in _sitemap(body, self._client.base) if _is_xml(body) else _table(body, self._client):
                rows.setdefault((board, day), []).append(paper)
            self._rows = rows
        return self._rows


def _is_xml(body: bytes) -> bool:
    return body.lstrip()[:1] == b"<"


def _table(body: bytes, client: Client) -> Iterator[tuple[str, date, Attachment]]:
    reader = csv.DictReader(io.StringIO(body.decode("utf-8-sig", "replace")), restval="")
    reader.fieldnames = [(name or "").strip().casefold() for name in reader.fieldnames or ()]
    if "url" not in reader.fieldnames:
        message = f"{client.base}: no column url in its first line; give a CSV with url, title, board, date"
        raise FollowError(message, path=client.base, expected="a column url", found=", ".join(reader.fieldnames)[:80])
    for row in reader:
        address = urljoin(client.base, (row["url"] or "").strip())
        day = markup.day(row.get("date") or "")
        yield (row.get("board") or "").strip() or _NO_BOARD, day or _UNDATED, _paper(address, row.get("title") or "")


def _sitemap(body: bytes, base: str) -> Iterator[tuple[str, date, Attachment]]:
    for element in markup.xml(body, base).iter("{*}loc"):
        address = markup.text(element)
        if urlsplit(address).path.casefold().endswith(_SUFFIXES):
            yield _NO_BOARD, dates.in_path(unquote(urlsplit(address).path)) or _UNDATED, _paper(address, "")


def _paper(address: str, title: str) -> Attachment:
    name = PurePosixPath(unquote(urlsplit(address).path)).stem
    number = hashlib.sha256(address.encode()).hexdigest()[:12]
    return Attachment(number, " ".join(title.split()) or name, address, dated=False)
