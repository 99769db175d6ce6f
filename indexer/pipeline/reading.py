"""One paper, from its file to everything that the archive stores of it. Runs in a worker process.

The stages are imported when the first paper comes, so that a process that reads none stays light.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from indexer.errors import UnreadablePaper
from indexer.records import (
    NOTED,
    Acronym,
    Action,
    Decision,
    Document,
    Meeting,
    PageFault,
    Reading,
    ReportedDecision,
    Section,
)

# Raised when what is read changes, so that unchanged files are read again by a newer version of this program.
VERSION: Final = 16
# Errors of our own by which only a part is lost that a paper can be found without. Any other error of ours costs the
# paper, in its worker, which informs the parent (`indexer.readers.worker`): a bug is never taken for an odd paper.
_BUGS: Final = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Withheld:
    """An exempt paper: nothing of it but the reason, in words for the ledger, leaves the worker."""

    reason: str


def read_paper(file: Path, path: str, digest: str, overrides: Mapping[str, str]) -> Reading | Withheld:
    """Read a paper and take it apart.

    Args:
        file: opens it.
        path: as it was offered; evidence for its provenance.
        digest: SHA-256 of its bytes in hex.
        overrides: its sidecar row (`indexer.pipeline.sidecar.COLUMNS`).

    Raises:
        UnreadablePaper: no reader can make text of it, or it changed since ``digest`` was taken.
    """
    from indexer import readers
    from indexer.passages import cutting
    from indexer.pipeline import discover
    from indexer.provenance.aliases import aliases
    from indexer.provenance.describe import describe
    from indexer.structure import sections as structure
    from indexer.withholding import closed, exempt

    document = readers.read(file)
    if discover.digest(file) != digest:
        message = "changed while it was being read; index again"
        raise UnreadablePaper(message, path=path)
    known = {"date" if name == "meeting_date" else name: value for name, value in overrides.items()}
    if closed.spoken_of(document) and overrides.get("exempt") != "no":
        # Its structure shows where a closed part ends; what is kept of the paper is then described without it.
        whole = structure.sections(document, describe(document, path, digest, known))
        document = closed.without(document, closed.closed(document, whole))
    if reason := exempt.sign(document, path, overrides):
        return Withheld(reason)
    paper = describe(document, path, digest, known)
    sections = structure.sections(document, paper)
    decisions, acronyms, faults = _extras(document, sections)
    cuts = cutting.passages(document.pages, sections, decisions)
    faults = (*document.faults, *faults)
    reported, actions, more = _undertakings(document, sections, decisions)
    faults = (*faults, *more, *_unread(document))
    return Reading(
        paper,
        document.pages,
        sections,
        cuts,
        decisions,
        acronyms,
        faults,
        document.outline,
        reported,
        actions,
        aliases(document, paper, sections),
    )


def _extras(
    document: Document, sections: tuple[Section, ...]
) -> tuple[tuple[Decision, ...], tuple[Acronym, ...], tuple[PageFault, ...]]:
    """What a paper is searched better with but can be found without: a failure costs only that, and is recorded."""
    from indexer.decisions.extract import decisions
    from indexer.text import acronyms

    faults = []
    decided: tuple[Decision, ...] = ()
    short: tuple[Acronym, ...] = ()
    try:
        decided = decisions(document.pages, sections)
    except _BUGS as error:
        faults.append(_bug("decisions", error))
    try:
        short = acronyms.acronyms(document.pages)
    except _BUGS as error:
        faults.append(_bug("acronyms", error))
    return decided, short, tuple(faults)


def _undertakings(
    document: Document, sections: tuple[Section, ...], decisions: tuple[Decision, ...]
) -> tuple[tuple[ReportedDecision, ...], tuple[Action, ...], tuple[PageFault, ...]]:
    """Reported decisions and actions; a failure costs only that, as in `_extras`."""
    from indexer.decisions.actions import actions
    from indexer.decisions.reported import reports

    faults = []
    reported: tuple[ReportedDecision, ...] = ()
    undertakings: tuple[Action, ...] = ()
    try:
        reported = reports(document.pages, sections, decisions)
    except _BUGS as error:
        faults.append(_bug("reported decisions", error))
    try:
        undertakings = actions(document.pages, sections, decisions)
    except _BUGS as error:
        faults.append(_bug("actions", error))
    return reported, undertakings, tuple(faults)


def _bug(what: str, error: Exception) -> PageFault:
    """Log a bug of ours and say plainly what is missing because of it; not what the error says, which may be text."""
    _LOG.error("A bug while %s were taken out of a paper: %s", what, type(error).__name__, exc_info=error)
    return PageFault(
        0, f"{what} are missing through a fault of this program ({type(error).__name__}), not of the paper"
    )


def _unread(document: Document) -> tuple[PageFault, ...]:
    """Pages that hold a picture of text and nothing that could be read, unless a fault says why already."""
    known = {fault.page for fault in document.faults if not fault.reason.startswith(NOTED)}
    return tuple(
        PageFault(page.number, "a scan without readable text")
        for page in document.pages
        if page.method == "none" and page.number not in known
    )


def with_authority(reading: Reading, authority: str) -> Reading:
    """Fill in the authority, found from a paper's neighbours, wherever the paper names none."""

    def filled(meeting: Meeting) -> Meeting:
        return meeting if meeting.authority else replace(meeting, authority=authority)

    return replace(
        reading,
        paper=replace(reading.paper, meeting=filled(reading.paper.meeting)),
        sections=tuple(replace(section, meeting=filled(section.meeting)) for section in reading.sections),
        decisions=tuple(replace(decision, meeting=filled(decision.meeting)) for decision in reading.decisions),
    )
