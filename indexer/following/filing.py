"""Where a council's papers are filed: folders by authority, body and date, file names as the council titles them.

Names are made safe for every file system; none can lead out of the papers' folder, whatever a site answers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from indexer.following import minute_pages
from indexer.following.records import Attachment, Copy, Followed, Journal, MeetingRef
from indexer.text.words import plain_name

_LONGEST = 110
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_COLUMNS = ("path", "authority", "board", "meeting_date", "kind", "title", "url")
_MAGIC = ((b"%PDF", ".pdf"), (b"PK\x03\x04", ".docx"), (b"\xd0\xcf\x11\xe0", ".doc"), (b"{\\rtf", ".rtf"))
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


def safe(name: str) -> str:
    """Make a title into a file or folder name: no separators, no control characters, no leading dot, not too long."""
    name = plain_name(name).encode()[:_LONGEST].decode("utf-8", "ignore").strip(" .")
    return f"_{name}" if not name or _DEVICES.fullmatch(name) else name


def folder(council: Followed, committee: str, ref: MeetingRef, taken: Collection[str]) -> str:
    """Give a meeting's folder, relative to the papers' folder; ``taken`` are those of other meetings."""
    day = ref.date.isoformat() if ref.date else "undated"
    path = str(PurePosixPath(safe(council.authority), safe(committee), day))
    return f"{path} ({safe(ref.id)})" if path in taken else path


def suffix(attachment: Attachment, head: bytes) -> str:
    """Give the suffix that a document's first bytes imply, else the one of its address."""
    own = PurePosixPath(unquote(urlsplit(attachment.url).path)).suffix.casefold()
    for magic, ending in _MAGIC:
        if head.startswith(magic):
            return own if magic == b"PK\x03\x04" and own in (".docx", ".xlsx", ".pptx", ".odt") else ending
    if _HTML.match(head):
        return ".html"
    return own if re.fullmatch(r"\.[a-z0-9]{1,5}", own) and own != ".aspx" else ".txt"


def is_error_page(attachment: Attachment, head: bytes) -> bool:
    """Whether a web page came where a document was asked for: an error or a sign-in page."""
    path = urlsplit(attachment.url).path.casefold()
    return bool(_HTML.match(head)) and not path.endswith((".htm", ".html"))


def name(attachment: Attachment, ending: str, copies: Sequence[Copy]) -> str:
    """Give a file name that is unique in a folder: the title, with the document's number where another has the title.

    It does not depend on what was fetched already, so that a run that was stopped names papers as one that was not.
    """
    title = safe(attachment.title)
    title = title[: -len(ending)] if title.casefold().endswith(ending) else title
    at = next((at for at, copy in enumerate(copies) if copy.attachment.id == attachment.id), len(copies))
    before = {safe(copy.attachment.title).casefold().removesuffix(ending) for copy in copies[:at]}
    taken = {copy.name.casefold() for copy in copies if copy.attachment.id != attachment.id}
    if title.casefold() in before or f"{title}{ending}".casefold() in taken:
        return f"{title} ({safe(attachment.id)}){ending}"
    return f"{title}{ending}"


def papers_csv(council: Followed, committee: str, journals: Iterable[Journal]) -> str:
    """Give the sidecar of a body's folder: what the council says of each paper, for those that were fetched.

    The date is left out where a document is not of the meeting that it was published for, so that its own text decides.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    base = PurePosixPath(safe(council.authority), safe(committee))
    for journal in sorted(journals, key=lambda journal: journal.folder):
        for copy in journal.copies:
            if copy.name:
                writer.writerow(_row(council, committee, journal, copy, base))
        if journal.minutes_page:
            page = Copy(_minutes_page(journal), "fetched", minute_pages.NAME)
            writer.writerow(_row(council, committee, journal, page, base))
    return out.getvalue()


def _row(council: Followed, committee: str, journal: Journal, copy: Copy, base: PurePosixPath) -> tuple[str, ...]:
    attachment, day = copy.attachment, journal.page.ref.date
    path = PurePosixPath(journal.folder, copy.name).relative_to(base)
    dated = day.isoformat() if day and attachment.dated else ""
    # A board is left to the paper where it may be of another body's meeting.
    board = committee if attachment.dated else ""
    return str(path), council.authority, board, dated, attachment.kind, attachment.title, attachment.url


def _minutes_page(journal: Journal) -> Attachment:
    title = f"Minutes by item, {journal.committee.title}"
    return Attachment("minutes", title, journal.page.url, kind="minutes")


def moved(papers: Path, journal: Journal, target: str) -> Journal:
    """Move a meeting's folder, as its date has changed; a run killed in between finds it moved and continues."""
    old, new = papers / journal.folder, papers / target
    if old.is_dir() and not new.exists():
        new.parent.mkdir(parents=True, exist_ok=True)
        old.rename(new)
    return replace(journal, folder=target) if new.exists() or not old.exists() else journal
