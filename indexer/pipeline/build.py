"""The pipeline joined up: papers offered, read in worker processes, embedded and written, each with a ledger entry.

A run does only what is new, changed or gone, and may be stopped at any instant: what it has finished stays, and the
next run does the rest.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.archive import Archive, Writer, files_of, known_rulings
from indexer.encoding.protocol import Encoder
from indexer.errors import ArchiveMissing, UnreadablePaper
from indexer.pipeline import discover
from indexer.pipeline.intake import Intake, Options
from indexer.pipeline.naming import Naming
from indexer.pipeline.plan import Plan, plan
from indexer.pipeline.progress import Watcher
from indexer.pipeline.seen import Seen, Sight
from indexer.pipeline.workers import Here
from indexer.records import LedgerEntry, ModelIdentity, Ruling

if TYPE_CHECKING:
    from indexer.pipeline.on_ray import OnRay


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. ``counts`` are this run's ledger entries by status; times are in seconds."""

    offered: int
    unchanged: int
    counts: dict[str, int]
    removed: int
    pages: int
    passages: int
    embedded: int
    seconds: float
    warnings: tuple[str, ...] = ()
    unreadable: tuple[LedgerEntry, ...] = ()


def index(
    paths: Sequence[str], folder: Path, load: Callable[[], Encoder], watcher: Watcher, options: Options | None = None
) -> Report:
    """Bring the archive in ``folder`` up to date with the papers under ``paths``.

    Args:
        paths: folders and files, as the user typed them.
        folder: the archive's; made if it is not there.
        load: gives the encoder; called only if there is something to do.
        watcher: follows how it goes.
        options: see `Options`.

    Raises:
        BadArguments: a path does not exist or holds no files.
        ArchiveError: the archive cannot be opened or written; what was committed is intact.
        ModelError: the encoder's weights cannot be had.
    """
    options = options or Options()
    began, began_at = time.monotonic(), time.time_ns()
    # First, because an archive of an older format has its notes changed too.
    held = _held(folder)
    naming = Naming(held.roots if held else None)
    offered = discover.discover(paths, (folder, *files_of(folder)), naming)
    seen = Seen(folder)
    digests, failed = _digests(offered.offers, seen)
    ledger, stored = (held.ledger, held.stored) if held else ((), ())
    rulings = _rulings(folder, held, naming, offered.offers)
    todo = plan(offered, digests, failed, ledger, stored, seen, rulings, prune=options.prune, retry=options.retry)
    warnings = _warnings(offered, todo)
    for line in warnings:
        watcher.warn(line)
    intake = Intake(seen, watcher, options, todo.cleared)
    if held is None or not todo.empty:
        _carry_out(todo, folder, naming, offered.offers, intake, load, options)
    elif held.behind or naming.new:
        with Writer.open(folder, held.model) as writer:
            writer.know(naming.new, frozenset(naming.typed))
    _remember(seen, offered.offers, digests, began_at)
    tally = intake.tally
    return Report(
        offered=len(offered.offers) + len(offered.refused),
        unchanged=todo.unchanged,
        counts=dict(sorted(tally.counts.items())),
        removed=todo.removed,
        pages=tally.pages,
        passages=tally.passages,
        embedded=tally.embedded,
        seconds=round(time.monotonic() - began, 2),
        warnings=warnings,
        unreadable=tuple(tally.unreadable),
    )


def _warnings(offered: discover.Offered, todo: Plan) -> tuple[str, ...]:
    """What the user should know: what sidecars got wrong, and papers that have vanished together."""
    if not todo.kept:
        return offered.warnings
    line = (
        f"{len(todo.kept)} of the known papers below {', '.join(offered.roots)} are not there, most of them: "
        f"an unmounted share? They are kept; to take them out, run again with --prune"
    )
    return (*offered.warnings, line)


def _carry_out(
    todo: Plan,
    folder: Path,
    naming: Naming,
    offers: Iterable[discover.Offer],
    intake: Intake,
    load: Callable[[], Encoder],
    options: Options,
) -> None:
    """Do what was planned; stopped half-way, publish what is done and let the interruption through."""
    encoder = load()
    with Writer.open(folder, encoder.identity) as writer, _workers(encoder, load, options) as workers:
        try:
            writer.know(naming.new, frozenset(naming.typed))
            writer.note(*todo.notes)
            for entry in todo.notes:
                intake.tally.count(entry)
            intake.take(writer, workers, todo.jobs, offers)
            # Last, so that a changed paper finds the vectors of what did not change in it.
            for paper_id, entries in todo.removals.items():
                writer.remove([paper_id], entries)
                for entry in entries:
                    intake.tally.count(entry)
        except KeyboardInterrupt:
            writer.finish()
            raise


def _workers(encoder: Encoder, load: Callable[[], Encoder], options: Options) -> Here | OnRay:
    """Choose who reads and embeds."""
    if options.ray:
        from indexer.pipeline.on_ray import OnRay

        return OnRay(encoder, load, options.limits)
    return Here(encoder, options.workers, options.limits)


def _remember(seen: Seen, offers: Iterable[discover.Offer], digests: Mapping[str, str], now: int) -> None:
    """Write down what was seen of every file, also of those that needed no reading."""
    for offer in offers:
        if offer.path in digests:
            before = seen.get(offer.path)
            read_with, authority = (before.settings, before.authority) if before else ("", None)
            sight = Sight(offer.path, offer.size, offer.modified, digests[offer.path], read_with, authority)
            seen.put(sight, now)
    # A note for the next run's speed; where it cannot be written (a read-only folder), nothing else is lost.
    with contextlib.suppress(OSError):
        seen.save()


@dataclass(frozen=True, slots=True)
class _Held:
    """What the archive holds: ledger, papers' ids, where they lie, rulings, model; and whether it is behind."""

    ledger: tuple[LedgerEntry, ...]
    stored: tuple[str, ...]
    roots: dict[str, Path]
    rulings: tuple[Ruling, ...]
    model: ModelIdentity
    behind: bool


def _rulings(folder: Path, held: _Held | None, naming: Naming, offers: Sequence[discover.Offer]) -> tuple[Ruling, ...]:
    """Read the rulings on these papers: also those of other archives of them, and of archives that are gone."""
    papers = {*naming.folders.values(), *(offer.file.absolute().parent for offer in offers)}
    return known_rulings(folder, held.rulings if held else (), papers)


def _held(folder: Path) -> _Held | None:
    """Look into the archive; None where there is none yet."""
    try:
        archive = Archive.open(folder, None)
    except ArchiveMissing:
        return None
    with contextlib.closing(archive):
        rulings, roots = archive.rulings(), archive.roots()
        return _Held(
            archive.ledger(),
            tuple(paper.id for paper in archive.papers()),
            roots,
            rulings,
            archive.model,
            archive.behind(),
        )


def _digests(offers: Iterable[discover.Offer], seen: Seen) -> tuple[dict[str, str], list[discover.Refused]]:
    """Hash what may have changed since it was last seen."""
    digests: dict[str, str] = {}
    failed = []
    for offer in offers:
        sight = seen.get(offer.path)
        if sight and sight.fits(offer):
            digests[offer.path] = sight.digest
            continue
        try:
            digests[offer.path] = discover.digest(offer.file)
        except UnreadablePaper as error:
            failed.append(discover.Refused(offer.path, str(error)))
    return digests, failed
