"""What readers report of wrong answers: a file of their words and of places, never of a paper's text.

Off unless a file is named. Each report keeps the question, what was quoted by paper and sheet, and the state of the
archive that answered; texts are looked up when reports are listed, so that a withdrawn paper is gone from here too.
Reports become judged questions (`search.evaluate`), which measure and calibrate the next version.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from indexer.errors import FeedbackError
from search.bounds import BOUNDS

if TYPE_CHECKING:
    from indexer.archive import Archive
    from indexer.records import Filters
    from search.results import Answered, Hit

VARIABLE = "BOARD_PAPERS_FEEDBACK"
Reason = Literal["nothing", "place", "incomplete", "other"]
REASONS: Mapping[Reason, str] = {
    "nothing": "The papers do not answer this; nothing should have been quoted",
    "place": "Another of the passages below answers it",
    "incomplete": "Something that belongs to the answer is missing",
    "other": "Something else",
}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A place: a paper's id, the first 1-based sheet, and where the passage begins there (its offset)."""

    paper: str
    page: int
    start: int


@dataclass(frozen=True, slots=True)
class Report:
    """One reader's report. ``right`` is the place that answers, where the reader showed it; ``archive`` its state."""

    id: str
    noted: str
    question: str
    filters: dict[str, tuple[str, ...]]
    status: str
    reason: Reason
    remark: str
    quoted: tuple[Quoted, ...]
    right: Quoted | None
    archive: str


def path() -> Path | None:
    """Name the file for reports; None where none is set up."""
    named = os.environ.get(VARIABLE, "")
    return Path(named) if named else None


def report(
    answered: Answered, filters: Filters, reason: Reason, remark: str, right: Hit | None, archive: Archive
) -> Report:
    """Make a report of an answer.

    Args:
        answered: what was answered.
        filters: what it was limited to.
        reason: what is wrong with it.
        remark: the reader's words; cut after ``BOUNDS.remark_characters`` characters.
        right: the passage that answers.
        archive: what answered it.
    """
    hits = {hit.rank: hit for hit in answered.hits}
    shown = dict.fromkeys(quotation.hit for quotation in answered.answer)
    with archive.snapshot() as state:
        of = f"{state.archive}:{state.generation}"
    return Report(
        id=secrets.token_hex(6),
        noted=datetime.now(UTC).isoformat(timespec="seconds"),
        question=answered.question,
        filters=_filters(filters),
        status=answered.status,
        reason=reason,
        remark=" ".join(remark.split())[: BOUNDS.remark_characters],
        quoted=tuple(_place(hits[rank]) for rank in shown if rank in hits),
        right=_place(right) if right else None,
        archive=of,
    )


def keep(file: Path, one: Report) -> None:
    """Add a report to the file: one line of JSON, written at once.

    Raises:
        FeedbackError: the file cannot be written, or is full.
    """
    line = msgspec.json.encode(one) + b"\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab", buffering=0) as out:
            if out.tell() > BOUNDS.remarks_bytes:
                message = f"{file} is full ({BOUNDS.remarks_bytes // 1_000_000} MB); move it away after looking at it"
                raise FeedbackError(message, path=str(file), expected="room", found="none")
            out.write(line)
    except OSError as error:
        message = f"The report cannot be kept in {file}: {error.strerror}; name another file in {VARIABLE}"
        raise FeedbackError(message, path=str(file)) from error


def reports(file: Path) -> tuple[Report, ...]:
    """Read all reports, the first first; a last line that was cut short by a kill is left out.

    Raises:
        FeedbackError: the file cannot be read, or a line of it is not a report.
    """
    reports = []
    try:
        lines = file.read_bytes().split(b"\n")
    except FileNotFoundError:
        return ()
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise FeedbackError(message, path=str(file)) from error
    for number, line in enumerate(lines[:-1], 1):
        try:
            reports.append(msgspec.json.decode(line, type=Report))
        except msgspec.DecodeError as error:
            message = f"{file} line {number} is not a report ({error}); take the line out"
            raise FeedbackError(message, path=str(file), found=line[:60].decode("utf-8", "replace")) from error
    return tuple(reports)


def judged(reports: Sequence[Report], archive: Archive) -> Iterator[dict[str, Any]]:
    """Give the reports that are judged questions: nothing to be found, or the passage that answers.

    A place that the archive no longer holds is not evidence; such a report is left out.
    """
    for one in reports:
        row: dict[str, Any] = {"id": f"reader-{one.id}", "question": one.question, "evidence": [], "also_ok": []}
        if one.reason == "nothing":
            yield {**row, "type": "unanswerable"}
        elif one.right:
            evidence = _evidence(one.right, archive)
            if evidence:
                yield {**row, "type": "reader", "evidence": [evidence]}


def described(one: Report) -> str:
    """Give a report as a few plain lines."""
    right = f"\n  the passage at sheet {one.right.page} of {one.right.paper[:8]} answers" if one.right else ""
    remark = f"\n  “{one.remark}”" if one.remark else ""
    return f"{one.noted} {one.question}\n  {one.status}; {REASONS[one.reason].lower()}{right}{remark}"


def _filters(filters: Filters) -> dict[str, tuple[str, ...]]:
    """Give the filters that were set, as words."""
    days = {"from": filters.date_from, "to": filters.date_to}
    lists = {"authority": filters.authorities, "board": filters.boards, "kind": filters.kinds, "paper": filters.papers}
    return {name: values for name, values in lists.items() if values} | {
        name: (day.isoformat(),) for name, day in days.items() if day
    }


def _place(hit: Hit) -> Quoted:
    first = hit.stored.passage.spans[0]
    return Quoted(hit.stored.paper.id, first.page, first.start)


def _evidence(place: Quoted, archive: Archive) -> dict[str, Any] | None:
    paper = archive.paper(place.paper)
    if paper is None:
        return None
    for one in archive.paper_passages(place.paper):
        first = one.passage.spans[0]
        if (first.page, first.start) == (place.page, place.start):
            return {"file": paper.path, "page": place.page if paper.paged else None, "quote": one.passage.text}
    return None
