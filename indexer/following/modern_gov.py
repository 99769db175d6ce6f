"""ModernGov through its web service (mgWebService.asmx): committees, meetings, items and documents as XML.

Element names and their oddities are those of public recordings; any of them may be missing or empty. Documents that
the meeting lists itself (packs, printed minutes) are recognised by the names that ModernGov gives them.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urljoin

from indexer.following import markup
from indexer.following.client import Client
from indexer.following.markup import Element, flag, text
from indexer.following.records import Attachment, Committee, Item, MeetingPage, MeetingRef

_SERVICE = "mgWebService.asmx"
# ModernGov's own names for the papers that it prints itself.
_PRINTED = re.compile(
    r"(?P<minutes>(?:printed |draft )*minutes)|(?P<pack>public reports pack|agenda (?:reports )?pack)"
    r"|(?P<agenda>(?:printed )?agenda(?: frontsheet)?)|(?P<supplement>.*\bsupplement(?:ary)?\b.*)"
    r"|(?P<decision>(?:printed )?decisions?)",
    re.IGNORECASE,
)
# How ModernGov serves documents, below whatever folder and under whichever of its names the server has.
_PATH = re.compile(r"^https?://[^?#]*?/(?P<path>mgConvert2PDF\.aspx\?[^#]*|documents/[^#]*)", re.IGNORECASE)
_MINUTES = re.compile(r"\bminutes\b", re.IGNORECASE)


class ModernGov:
    """A council's ModernGov web service; see `indexer.following.sources.Source`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def committees(self) -> tuple[Committee, ...]:
        """List the committees that were not deleted."""
        tree = self._ask("GetCommittees")
        return tuple(
            Committee(text(one, "committeeid"), text(one, "committeetitle"), bool(flag(one, "committeeexpired")))
            for one in tree.iter("committee")
            if text(one, "committeeid") and not flag(one, "committeedeleted")
        )

    def meetings(self, committee: Committee, since: date, until: date) -> tuple[MeetingRef, ...]:
        """List a committee's meetings."""
        tree = self._ask(
            "GetMeetings", lCommitteeId=committee.id, sFromDate=f"{since:%d/%m/%Y}", sToDate=f"{until:%d/%m/%Y}"
        )
        return tuple(_ref(one) for one in tree.iter("meeting") if text(one, "meetingid"))

    def meeting(self, committee: Committee, ref: MeetingRef) -> MeetingPage:
        """Give a meeting with its items and documents."""
        tree = self._ask("GetMeeting", lMeetingId=ref.id)
        base = self._client.base
        items = tuple(_item(one) for one in tree.iter("agendaitem"))
        attachments = [
            _attachment(doc, base, next(doc.iterancestors("agendaitem"), None)) for doc in tree.iter("linkeddoc")
        ]
        known = MeetingRef(ref.id, markup.day(text(tree, "meetingdate")) or ref.date, text(tree, "meetingstatus"))
        return MeetingPage(
            ref=known if known.status else MeetingRef(ref.id, known.date, ref.status),
            items=items,
            attachments=_once(attachments),
            minutes_published=bool(flag(tree, "minutepublished")),
            url=urljoin(base, f"ieListDocuments.aspx?CId={committee.id}&MId={ref.id}"),
        )

    def _ask(self, method: str, **params: str) -> Element:
        where = f"{_SERVICE}/{method}"
        return markup.xml(self._client.get(where, params), urljoin(self._client.base, where))


def _ref(element: Element) -> MeetingRef:
    return MeetingRef(
        text(element, "meetingid"), markup.day(text(element, "meetingdate")), text(element, "meetingstatus")
    )


def _item(element: Element) -> Item:
    restricted = _closed(element)
    return Item(
        id=text(element, "agendaitemid"),
        number=text(element, "fulldisplaynumberformat").rstrip("."),
        title=text(element, "agendaitemtitle"),
        minute=text(element, "minutesitemnumber"),
        body="" if restricted else markup.raw(element, "minutesnonemptyhtmlbody"),
        restricted=restricted,
    )


def _closed(element: Element) -> bool:
    """Whether an item or document is not for the public."""
    return (
        flag(element, "isrestricted") is True
        or flag(element, "isdisplayallowed") is False
        or bool(text(element, "restrictionsRef"))
    )


def _attachment(doc: Element, base: str, item: Element | None) -> Attachment:
    title = text(doc, "title") or text(doc, "ownertitle") or f"Document {text(doc, 'attachmentid')}"
    restricted = _closed(doc) or (item is not None and _closed(item))
    url = "" if restricted else urljoin(base, text(doc, "url"))
    return Attachment(
        id=text(doc, "attachmentid") or text(doc, "url"),
        title=title,
        url=url,
        source=_source(base, url),
        published=text(doc, "publicationdate"),
        restricted=restricted,
        reason=text(doc, "restrictionsRef") or ("restricted item" if restricted else ""),
        item="" if item is None else text(item, "fulldisplaynumberformat").rstrip("."),
        kind=printed_kind(title) if item is None else "",
        # Minutes that hang at an item are those of an earlier meeting, brought for approval.
        dated=item is None or not _MINUTES.search(title),
    )


def _source(base: str, url: str) -> str:
    """Give where a document is fetched: on the server that is followed, though its address names it by another name."""
    match = _PATH.search(url)
    return urljoin(base, match["path"]) if match else url


def printed_kind(title: str) -> str:
    """Give the kind of paper that a title names where it is one that the system prints itself, else ""."""
    match = _PRINTED.match(title)
    return match.lastgroup or "" if match else ""


def _once(attachments: list[Attachment]) -> tuple[Attachment, ...]:
    """Each document once; one that is restricted anywhere is restricted."""
    kept: dict[str, Attachment] = {}
    for one in attachments:
        if one.id not in kept or one.restricted:
            kept[one.id] = one
    return tuple(kept.values())
