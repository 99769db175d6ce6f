"""One run over the councils that are followed: ask for what may be new, fetch it, file it, and note every step.

A run may be killed at any instant. Before a document is asked for, the journal names it; when it is whole, it is
renamed into place and the journal says so. What the journal calls fetched is never asked for again; a document that
lies in its place though the journal does not say so yet was fetched by a run that was killed in between, and is kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from indexer.errors import FollowError
from indexer.following import filing, minute_pages, schedule
from indexer.following.client import Client, Manners
from indexer.following.records import Attachment, Committee, Copy, Followed, Journal, MeetingRef
from indexer.following.sources import Source, open_source
from indexer.following.store import Note, Store

_ROBOTS_SECONDS = 24 * 3600.0
_AHEAD = timedelta(days=365)
_HEAD = 2048  # bytes by which a format is known


class Watching(Protocol):
    """Follows how a run gets on."""

    def meeting(self, title: str) -> None:
        """A meeting is being fetched."""
        ...

    def paper(self, name: str, size: int) -> None:
        """A paper was fetched; ``size`` in bytes."""
        ...

    def warn(self, line: str) -> None:
        """Something did not work; the run continues."""
        ...


@dataclass(slots=True)
class Tally:
    """What a run did, as ``--json`` prints it. ``gone`` are papers that the site lists no more: kept, to be seen to."""

    councils: int = 0
    meetings: int = 0
    asked: int = 0
    fetched: int = 0
    restricted: int = 0
    requests: int = 0
    failed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def sync(
    store: Store,
    watching: Watching,
    manners: Manners | None = None,
    now: Callable[[], float] = time.time,
    make: Callable[[str, Manners], Client] = Client,
) -> Tally:
    """Bring the papers' folder up to date with every council that is followed.

    A council that cannot be reached is reported and skipped; the others are done.

    Args:
        store: the papers' folder and its notes.
        watching: follows how it goes.
        manners: how servers are asked.
        now: gives seconds since 1970.
        make: gives the client for an address.

    Raises:
        OSError: the disk.
    """
    tally = Tally()
    for council in store.followed():
        client = make(council.url, manners or Manners())
        try:
            _Council(council, store, client, watching, tally, now).run()
        except FollowError as error:
            tally.failed.append(str(error))
            watching.warn(str(error))
        finally:
            tally.requests += client.requests
            client.close()
        tally.councils += 1
    return tally


def _same(before: Attachment, now: Attachment) -> bool:
    """Whether a document is the one that was fetched: same address, and not published again since."""
    return before.url == now.url and before.published in ("", now.published)


class _Council:
    """One council's part of a run."""

    def __init__(
        self,
        council: Followed,
        store: Store,
        client: Client,
        watching: Watching,
        tally: Tally,
        now: Callable[[], float],
    ) -> None:
        self._council, self._store, self._client = council, store, client
        self._watching, self._tally, self._now = watching, tally, now
        self._source: Source = open_source(council.system, client)
        self._journals = {journal.page.ref.id: journal for journal in store.journals(council)}

    def run(self) -> None:
        note = self._robots()
        self._client.answers = dict(note.answers)
        today = datetime.fromtimestamp(self._now(), UTC).date()
        for committee in self._council.committees or self._source.committees():
            try:
                refs = self._source.meetings(committee, self._council.since, today + _AHEAD)
            except FollowError as error:
                self._fail(f"{committee.title}: {error}")
                continue
            changed = [self._meeting(committee, ref) for ref in refs]
            if any(changed):
                self._write_sidecar(committee)
        if self._client.answers != note.answers:
            self._store.keep_note(self._council, replace(note, answers=self._client.answers))

    def _robots(self) -> Note:
        """Take robots.txt, remembered for a day; give what is known of the server."""
        note = self._store.note(self._council)
        fresh = note.robots_at and self._now() - note.robots_at < _ROBOTS_SECONDS
        text = self._client.robots(note.robots if fresh else None)
        if fresh:
            return note
        note = replace(note, robots=text, robots_at=self._now())
        self._store.keep_note(self._council, note)
        return note

    def _meeting(self, committee: Committee, ref: MeetingRef) -> bool:
        """Look after one meeting; give whether something of it changed."""
        journal = self._journals.get(ref.id)
        self._tally.meetings += 1
        if schedule.due(journal, ref, self._now()):
            try:
                journal = self._asked(committee, ref, journal)
            except FollowError as error:
                self._fail(f"{committee.title}, {ref.date}: {error}")
                return False
        elif journal is None or not journal.unfinished:
            return False
        self._fetch_all(journal)
        return True

    def _asked(self, committee: Committee, ref: MeetingRef, journal: Journal | None) -> Journal:
        """Ask the site for a meeting and note what it says."""
        self._watching.meeting(f"{committee.title}, {ref.date.isoformat() if ref.date else 'no date'}")
        page = self._source.meeting(committee, ref)
        self._tally.asked += 1
        page = replace(
            page, ref=replace(page.ref, date=page.ref.date or ref.date, status=page.ref.status or ref.status)
        )
        folders = {other.folder for key, other in self._journals.items() if key != ref.id}
        target = filing.folder(self._council, committee.title, page.ref, folders)
        if journal is None:
            journal = Journal(committee, page, target)
        elif journal.folder != target:
            journal = filing.moved(self._store.papers, journal, target)
        copies = tuple(self._merged(journal.copies, page.attachments))
        journal = replace(journal, committee=committee, page=page, copies=copies, checked=self._now())
        return self._keep(journal)

    def _merged(self, known: tuple[Copy, ...], listed: tuple[Attachment, ...]) -> Iterator[Copy]:
        """Join what is known of documents with what the site lists now."""
        before = {copy.attachment.id: copy for copy in known}
        for attachment in listed:
            copy = before.pop(attachment.id, None)
            if attachment.restricted:
                self._tally.restricted += 1
                # What was fetched while it was public stays for a person to decide about.
                kept = copy.name if copy else ""
                if kept:
                    self._tally.gone.append(attachment.title)
                yield Copy(attachment, "restricted", name=kept, reason=attachment.reason, noted=self._today())
            elif not self._client.own(attachment.source or attachment.url):
                yield Copy(attachment, "elsewhere", reason="on another server", noted=self._today())
            elif copy is not None and copy.name and _same(copy.attachment, attachment):
                # "gone" and back again, or restricted for a while: what was fetched is there.
                back = copy.state in ("gone", "restricted", "elsewhere")
                yield replace(copy, attachment=attachment, state="fetched" if back else copy.state)
            else:
                yield Copy(attachment, "waiting", noted=self._today())
        for copy in before.values():
            if copy.name and copy.state != "gone":
                self._tally.gone.append(copy.attachment.title)
                yield replace(copy, state="gone", reason="no longer on the council's site", noted=self._today())
            elif copy.name:
                yield copy

    def _fetch_all(self, journal: Journal) -> None:
        folder = self._store.papers / journal.folder
        for copy in journal.copies:
            if copy.state in ("waiting", "failed"):
                folder.mkdir(parents=True, exist_ok=True)
                journal = self._fetch(copy, journal, folder)
        if journal.page.minutes_published and minute_pages.write(folder, self._council, journal):
            self._keep(replace(journal, minutes_page=True))
            self._watching.paper(minute_pages.NAME, 0)

    def _fetch(self, copy: Copy, journal: Journal, folder: Path) -> Journal:
        """Fetch one document into its place, and note it; what does not work is noted, too."""
        whole = folder / f".{filing.safe(copy.attachment.id)}.whole"
        try:
            if not whole.is_file() and not (copy.name and (folder / copy.name).is_file()):
                size = self._client.download(copy.attachment.source or copy.attachment.url, whole)
                self._tally.fetched += 1
                self._watching.paper(copy.attachment.title, size)
            if whole.is_file():
                name = self._name(copy, journal, whole)
                # Named first: a run that is killed after the renaming finds the document where the journal says.
                copy = replace(copy, name=name)
                self._keep(journal.with_copy(copy))
                whole.replace(folder / name)
        except FollowError as error:
            self._fail(f"{copy.attachment.title}: {error}")
            failed = replace(copy, state="failed", reason=str(error), noted=self._today())
            return self._keep(journal.with_copy(failed))
        return self._keep(journal.with_copy(replace(copy, state="fetched", reason="", noted=self._today())))

    def _name(self, copy: Copy, journal: Journal, whole: Path) -> str:
        """Give a document's file name by its title and its first bytes.

        Raises:
            FollowError: it is a web page instead of a document; the file is removed.
        """
        with whole.open("rb") as file:
            head = file.read(_HEAD)
        if filing.is_error_page(copy.attachment, head):
            whole.unlink()
            message = "a web page came where a document was expected: an error page or a sign-in page"
            raise FollowError(message, path=copy.attachment.url, expected="a document", found="a web page")
        return copy.name or filing.name(copy.attachment, filing.suffix(copy.attachment, head), journal.copies)

    def _write_sidecar(self, committee: Committee) -> None:
        journals = [one for one in self._journals.values() if one.committee.id == committee.id]
        written = filing.papers_csv(self._council, committee.title, journals)
        folder = self._store.papers / filing.safe(self._council.authority) / filing.safe(committee.title)
        if folder.is_dir():
            beside = folder / ".papers.csv.new"
            beside.write_text(written, encoding="utf-8")
            beside.replace(folder / "papers.csv")

    def _keep(self, journal: Journal) -> Journal:
        self._journals[journal.page.ref.id] = journal
        self._store.keep(self._council, journal)
        return journal

    def _fail(self, line: str) -> None:
        self._tally.failed.append(line)
        self._watching.warn(line)

    def _today(self) -> str:
        return datetime.fromtimestamp(self._now(), UTC).date().isoformat()
