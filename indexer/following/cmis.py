"""CMIS, the other system that councils publish with: meetings and documents read from its pages.

An address names the meeting and the committee (…/Meeting/15042/Committee/4/…); the link's words hold date and body.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, urljoin, urlsplit

from indexer.errors import FollowError
from indexer.following import markup
from indexer.following.client import Client
from indexer.following.modern_gov import printed_kind
from indexer.following.records import Attachment, Committee, MeetingPage, MeetingRef

_MEETING = re.compile(r"/Meeting/(?P<meeting>\d+)/Committee/(?P<committee>\d+)", re.IGNORECASE)
_LIST = "Meetings.aspx"
# "9 Jul 2026 11:00 - Planning Committee": what follows the first dash is the body.
_BODY = re.compile(r"^(?=[^–-]*\d)[^–-]*+[–-]\s*(?P<body>\S.*)$")


class Cmis:
    """A council's CMIS site; see `indexer.following.sources.Source`."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._listed: tuple[tuple[Committee, MeetingRef, str], ...] | None = None

    def committees(self) -> tuple[Committee, ...]:
        """List the bodies that the calendar names."""
        return tuple({committee.id: committee for committee, _, _ in self._calendar()}.values())

    def meetings(self, committee: Committee, since: date, until: date) -> tuple[MeetingRef, ...]:
        """List a body's meetings from the calendar, which is asked for once a run."""
        return tuple(
            ref
            for body, ref, _ in self._calendar()
            if body.id == committee.id and ref.date is not None and since <= ref.date <= until
        )

    def meeting(self, committee: Committee, ref: MeetingRef) -> MeetingPage:
        """Give the documents that a meeting's page links to."""
        address = next((address for _, other, address in self._calendar() if other.id == ref.id), "")
        if not address:
            message = f"{self._client.base}: meeting {ref.id} of {committee.title} is no longer in the calendar"
            raise FollowError(message, path=self._client.base)
        # The server may go by another name in its own links; it is asked under the one that is followed.
        parts = urlsplit(address)
        path = parts._replace(scheme="", netloc="").geturl()
        tree = markup.page(self._client.get(path), urljoin(self._client.base, path))
        documents: dict[str, Attachment] = {}
        for words, link in markup.links(tree):
            number = _document(link)
            if number and words:
                documents.setdefault(number, Attachment(number, words, link, kind=printed_kind(words)))
        minuted = any("minutes" in document.title.casefold() for document in documents.values())
        return MeetingPage(ref, attachments=tuple(documents.values()), minutes_published=minuted, url=address)

    def _calendar(self) -> tuple[tuple[Committee, MeetingRef, str], ...]:
        if self._listed is None:
            tree = markup.page(self._client.get(_LIST), self._client.base)
            self._listed = tuple(
                (Committee(match["committee"], body), MeetingRef(match["meeting"], markup.day(words)), address)
                for words, address in markup.links(tree)
                if (match := _MEETING.search(urlsplit(address).path)) and (body := _body(words))
            )
        return self._listed


def _body(words: str) -> str:
    match = _BODY.match(words)
    return match["body"].strip() if match else ""


def _document(address: str) -> str:
    parts = urlsplit(address)
    if not parts.path.casefold().endswith("/document.ashx"):
        return ""
    query = {key.casefold(): value for key, value in parse_qs(parts.query).items()}
    return next(iter(query.get("id", ())), parts.query)
