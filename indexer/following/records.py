"""What a council's site says of its meetings and papers, whichever system it runs. No I/O."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

# How a council's site is read: one adapter each (`indexer.following.sources`).
System = Literal["moderngov", "moderngov-pages", "cmis", "list"]
# What became of an attachment: waiting to be fetched, fetched, never to be fetched, failed (tried again), or no longer
# on the council's site (kept here until a person decides).
State = Literal["waiting", "fetched", "restricted", "elsewhere", "failed", "gone"]


@dataclass(frozen=True, slots=True)
class Committee:
    """A body of the council: ``id`` as the site numbers it, ``title`` as it is printed."""

    id: str
    title: str
    expired: bool = False


@dataclass(frozen=True, slots=True)
class MeetingRef:
    """A meeting as a list of meetings names it. ``date`` is None where the site gives none that can be read."""

    id: str
    date: date | None
    status: str = ""
    title: str = ""

    @property
    def cancelled(self) -> bool:
        """Whether the site says that it does not take place."""
        return self.status.casefold() in ("cancelled", "canceled", "abandoned")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that the site lists. ``restricted`` ones are recorded by title and never asked for.

    ``kind`` is a `indexer.records.PaperKind` where the site's own system names one ("Printed minutes"), else "".
    ``dated`` says whether the meeting's date is the document's (it is not for an earlier meeting's minutes). ``url`` is
    the address that the council gives and readers see; it is fetched from ``source``. ``published`` is when it was put
    there, as the site says it, or "".
    """

    id: str
    title: str
    url: str
    restricted: bool = False
    reason: str = ""
    item: str = ""
    kind: str = ""
    dated: bool = True
    source: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item. ``number`` and ``minute`` are the printed numbers; ``body`` is its minute, HTML."""

    id: str
    number: str
    title: str
    minute: str = ""
    body: str = ""
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Everything that the site says of one meeting."""

    ref: MeetingRef
    items: tuple[Item, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    minutes_published: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """One council that is followed. ``committees`` empty means all; ``since`` is the earliest meeting date."""

    key: str
    url: str
    authority: str
    system: System
    since: date
    committees: tuple[Committee, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """An attachment and what became of it. ``name`` is its file in the meeting's folder, ``noted`` an ISO date."""

    attachment: Attachment
    state: State
    name: str = ""
    sha256: str = ""
    size: int = 0
    reason: str = ""
    noted: str = ""


@dataclass(frozen=True, slots=True)
class Journal:
    """What is known of one meeting: kept after every step, so that a run killed anywhere continues where it was.

    ``folder`` is relative to the papers' folder, in posix style; ``checked`` is when the site was last asked for the
    meeting (seconds since 1970), 0 for never. ``page`` holds the site's answer; ``minutes_page`` says whether its
    minutes by item were written as a web page.
    """

    committee: Committee
    page: MeetingPage
    folder: str
    copies: tuple[Copy, ...] = ()
    checked: float = 0.0
    minutes_page: bool = False

    @property
    def unfinished(self) -> bool:
        """Whether something is still to be fetched."""
        return any(copy.state in ("waiting", "failed") for copy in self.copies)

    def with_copy(self, copy: Copy) -> Journal:
        """Give the journal with one copy replaced, by its attachment's id."""
        return replace(
            self, copies=tuple(copy if old.attachment.id == copy.attachment.id else old for old in self.copies)
        )
