"""ModernGov where its web service is switched off: the same meetings read from the pages that people see.

Addresses carry the numbers (CId, MId, documents/s123/), and those are what is read; the words around them vary from
council to council and are used as titles only. A page says less than the service: restricted documents are not linked
there at all, and items have no minute.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from indexer.errors import FollowError
from indexer.following import markup
from indexer.following.client import Client
from indexer.following.modern_gov import printed_kind
from indexer.following.records import Attachment, Committee, MeetingPage, MeetingRef

_DOCUMENT = re.compile(r"/documents/(?P<id>[a-z]\d+)/(?P<name>[^/?]+)", re.IGNORECASE)
_SIZE = re.compile(r"(?<!\s)\s*+(?:PDF|DOCX?|XLSX?)?\s*+\(?(?<!\d)\d++(?:[.,]\d++)?\s*+[KM]B\)?$", re.IGNORECASE)


class ModernGovPages:
    """A council's ModernGov pages; see `indexer.following.sources.Source`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def committees(self) -> tuple[Committee, ...]:
        """List the committees that the site's own list links to."""
        committees: dict[str, Committee] = {}
        for words, address in self._links("mgListCommittees.aspx"):
            number = _parameter(address, "mgCommitteeDetails.aspx", "ID") or _parameter(
                address, "ieListMeetings.aspx", "CId"
            )
            if number and words:
                committees.setdefault(number, Committee(number, words))
        return tuple(committees.values())

    def meetings(self, committee: Committee, since: date, until: date) -> tuple[MeetingRef, ...]:
        """List a committee's meetings; those whose link has no date are left out, as nothing could be filed."""
        meetings: dict[str, MeetingRef] = {}
        for words, address in self._links("ieListMeetings.aspx", CId=committee.id, Year="0"):
            number = _parameter(address, "ieListDocuments.aspx", "MId")
            day = markup.day(words)
            if number and day and since <= day <= until:
                status = "Cancelled" if "cancelled" in words.casefold() else ""
                meetings.setdefault(number, MeetingRef(number, day, status))
        return tuple(meetings.values())

    def meeting(self, committee: Committee, ref: MeetingRef) -> MeetingPage:
        """Give the documents that a meeting's page links to."""
        path = "ieListDocuments.aspx"
        documents: dict[str, Attachment] = {}
        for words, address in self._links(path, CId=committee.id, MId=ref.id):
            match = _DOCUMENT.search(urlsplit(address).path)
            if not match:
                continue
            name = unquote(match["name"]).rpartition(".")[0]
            title = _SIZE.sub("", words) or name
            kind = printed_kind(name) if match["id"].casefold().startswith("g") else ""
            dated = bool(kind) or "minutes" not in f"{title} {name}".casefold()
            documents.setdefault(match["id"], Attachment(match["id"], title, address, kind=kind, dated=dated))
        minuted = any(document.kind == "minutes" for document in documents.values())
        url = urljoin(self._client.base, f"{path}?CId={committee.id}&MId={ref.id}")
        return MeetingPage(ref, attachments=tuple(documents.values()), minutes_published=minuted, url=url)

    def _links(self, path: str, **params: str) -> tuple[tuple[str, str], ...]:
        body = self._client.get(path, params)
        links = tuple(markup.links(markup.page(body, urljoin(self._client.base, path))))
        if not links:
            message = f"{urljoin(self._client.base, path)}: a page without links; is it a ModernGov site?"
            raise FollowError(message, path=path, expected="links to committees or meetings", found="none")
        return links


def _parameter(address: str, page: str, name: str) -> str:
    """Give a number from the query of an address of ``page``, "" where it is another page; case does not matter."""
    parts = urlsplit(address)
    if not parts.path.casefold().endswith(page.casefold()):
        return ""
    values = {key.casefold(): value for key, value in parse_qs(parts.query).items()}
    return next(iter(values.get(name.casefold(), ())), "")
