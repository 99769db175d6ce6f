"""What one run has to do: which papers to read, which paths to note, which papers to take out.

Pure functions of what is offered and what the archive holds; nothing is read or written here.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Final

from indexer.pipeline.discover import Offer, Offered, Refused
from indexer.pipeline.reading import VERSION
from indexer.pipeline.seen import Seen
from indexer.records import LedgerEntry, LedgerStatus, Ruling

# This many known papers must be there before "most have vanished" means an unmounted share rather than a tidy-up.
_MANY: Final = 10
_HELD: Final = ("indexed", "partly read", "withheld")


@dataclass(frozen=True, slots=True)
class Job:
    """One paper to read: the file offered and the SHA-256 of its bytes.

    ``notes`` are other paths' ledger entries, and ``leaving`` papers that it takes the place of: they are written and
    removed together with it, so that at no instant two editions of a paper are there, or a paper without an entry.
    """

    offer: Offer
    digest: str
    notes: tuple[LedgerEntry, ...] = ()
    leaving: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: ``jobs`` to read, ``notes`` for the ledger, papers to remove; ``kept`` have vanished.

    ``removals`` gives ids and the ledger entries that go with each; ``removed`` counts those that leave with a job too.
    ``cleared`` are ids of papers that were withheld until a person looked at them and let them in.
    """

    jobs: tuple[Job, ...]
    notes: tuple[LedgerEntry, ...]
    removals: Mapping[str, tuple[LedgerEntry, ...]]
    kept: tuple[str, ...]
    unchanged: int
    cleared: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether the archive is up to date."""
        return not (self.jobs or self.notes or self.removals)

    @property
    def removed(self) -> int:
        """How many papers leave the archive."""
        return len(self.removals) + sum(len(job.leaving) for job in self.jobs)


def settings(overrides: Mapping[str, str]) -> str:
    """A short name for what a paper is read with apart from its bytes: the program's version and its sidecar row."""
    return hashlib.sha256(json.dumps([VERSION, sorted(overrides.items())]).encode()).hexdigest()[:16]


def plan(
    offered: Offered,
    digests: Mapping[str, str],
    failed: Iterable[Refused],
    ledger: Iterable[LedgerEntry],
    stored: Iterable[str],
    seen: Seen,
    rulings: Iterable[Ruling] = (),
    *,
    prune: bool = False,
    retry: bool = False,
) -> Plan:
    """Work out what a run has to do.

    Args:
        offered: what is offered.
        digests: SHA-256 by offered path, for every file that could be hashed.
        failed: what could not, apart from what ``offered`` refused.
        ledger: the archive's, one entry a path.
        stored: ids of the papers that the archive holds.
        seen: what earlier runs saw.
        rulings: the archive's, oldest first: what a person took out stays out.
        prune: take out vanished papers even if most have vanished.
        retry: read again what was unreadable or read in part.
    """
    ledger, rulings = tuple(ledger), tuple(rulings)
    kept_out = _kept_out(ledger, rulings)
    made = _Planner(offered, digests, tuple(failed), ledger, frozenset(stored), seen, kept_out, retry).plan(prune)
    last = {one.paper_id: (one.ruling, one.was) for one in rulings}
    return replace(made, cleared=frozenset(id for id, ruled in last.items() if ruled == ("released", "withheld")))


def _kept_out(ledger: Iterable[LedgerEntry], rulings: Iterable[Ruling]) -> dict[str, tuple[LedgerStatus, str]]:
    """What a person took out, by id: as what and why. The last ruling counts; an older archive has only its ledger."""
    kept_out: dict[str, tuple[LedgerStatus, str]] = {
        entry.paper_id: ("withdrawn", entry.reason) for entry in ledger if entry.status == "withdrawn"
    }
    for one in rulings:
        if one.ruling == "released":
            kept_out.pop(one.paper_id, None)
        else:
            kept_out[one.paper_id] = (one.ruling, one.reason)
    return kept_out


class _Planner:
    def __init__(
        self,
        offered: Offered,
        digests: Mapping[str, str],
        failed: tuple[Refused, ...],
        ledger: Iterable[LedgerEntry],
        stored: frozenset[str],
        seen: Seen,
        kept_out: Mapping[str, tuple[LedgerStatus, str]],
        retry: bool,
    ) -> None:
        self.offers = {offer.path: offer for offer in offered.offers}
        self.digests = digests
        self.refused = (*offered.refused, *failed)
        self.roots = offered.roots
        self.ledger = {entry.path: entry for entry in ledger}
        self.stored = stored
        self.seen = seen
        self.retry = retry
        self.kept_out = kept_out

    def plan(self, prune: bool) -> Plan:
        """Put it together; everything is sorted, so that the same input gives the same plan."""
        vanished = self._vanished()
        known = sum(1 for path, entry in self.ledger.items() if self._below(path) and entry.status in _HELD)
        many = known >= _MANY and sum(self.ledger[path].status in _HELD for path in vanished) * 2 > known
        kept = () if prune or not many else tuple(vanished)
        gone = [path for path in vanished if path not in kept]
        holders = self._holders(set(gone))
        notes = [LedgerEntry(entry.path, "unreadable", entry.reason, "") for entry in self.refused]
        notes += [LedgerEntry(path, "gone", self._farewell(path), self.ledger[path].paper_id) for path in gone]
        notes += self._tombstones()
        jobs = []
        for digest, paths in sorted(holders.items()):
            first, *others = sorted(paths)
            if ruled := self.kept_out.get(digest):
                notes += [LedgerEntry(path, *ruled, digest) for path in paths]
                continue
            notes += [LedgerEntry(path, "duplicate", f"same bytes as {first}", digest) for path in others]
            if first in self.offers and self._changed(self.offers[first], digest):
                jobs.append(Job(self.offers[first], digest))
        news = sorted((note for note in notes if self._news(note)), key=lambda note: note.path)
        jobs.sort(key=lambda job: job.offer.path)
        return self._tied(jobs, news, self.stored - holders.keys(), kept)

    def _tied(self, jobs: list[Job], notes: list[LedgerEntry], removals: Set[str], kept: tuple[str, ...]) -> Plan:
        """Tie to each job and removal the notes that must be written in the same instant."""
        homes = {entry.paper_id: path for path, entry in self.ledger.items() if entry.status in _HELD}
        at_home = {homes[paper]: paper for paper in sorted(removals) if paper in homes}
        by_paper: dict[str, list[LedgerEntry]] = defaultdict(list)
        for note in notes:
            by_paper[note.paper_id].append(note)
        tied = []
        for job in jobs:
            others = tuple(by_paper.pop(job.digest, ()))
            paths = (job.offer.path, *(note.path for note in others))
            tied.append(
                replace(job, notes=others, leaving=tuple(at_home.pop(path) for path in paths if path in at_home))
            )
        free = sorted((note for some in by_paper.values() for note in some), key=lambda note: note.path)
        with_a_job = {paper for job in tied for paper in job.leaving}
        last = {at_home[note.path]: (note,) for note in free if note.path in at_home}
        gone = {paper: last.get(paper, ()) for paper in sorted(removals - with_a_job)}
        rest = tuple(note for note in free if note.path not in at_home)
        return Plan(tuple(tied), rest, gone, kept, len(self.digests) - len(jobs))

    def _farewell(self, path: str) -> str:
        shut = self.ledger[path].reason.startswith("folder")
        return "a folder that can be listed now" if shut else "no longer there"

    def _tombstones(self) -> list[LedgerEntry]:
        """Entries that keep in mind what was taken out when another paper takes its path."""
        return [
            LedgerEntry(f"{path} ({entry.status}, {entry.paper_id[:8]})", entry.status, entry.reason, entry.paper_id)
            for path, entry in self.ledger.items()
            if self._taken_out(entry) and self.digests.get(path, entry.paper_id) != entry.paper_id
        ]

    def _taken_out(self, entry: LedgerEntry) -> bool:
        return entry.status in ("withdrawn", "withheld") and entry.paper_id in self.kept_out

    def _vanished(self) -> list[str]:
        """Known paths below what is offered that are not there; not those below a folder that cannot be listed."""
        shut = [entry.path for entry in self.refused]
        return sorted(
            path
            for path, entry in self.ledger.items()
            if entry.status != "gone"
            and not self._taken_out(entry)
            and path not in self.offers
            and self._below(path)
            and not any(_under(path, folder) for folder in shut)
        )

    def _below(self, path: str) -> bool:
        return any(_under(path, root) for root in self.roots)

    def _holders(self, gone: set[str]) -> dict[str, list[str]]:
        """By digest, the paths that hold those bytes: offered now, or known from elsewhere and not gone."""
        holders: dict[str, list[str]] = defaultdict(list)
        for path, digest in self.digests.items():
            holders[digest].append(path)
        for path, entry in self.ledger.items():
            live = entry.status in (*_HELD, "duplicate") and path not in gone
            if live and path not in self.offers and entry.paper_id:
                holders[entry.paper_id].append(path)
        return holders

    def _changed(self, offer: Offer, digest: str) -> bool:
        """Whether the archive has nothing, or something else, of these bytes under this path."""
        entry = self.ledger.get(offer.path)
        sight = self.seen.get(offer.path)
        if entry is None or sight is None or entry.paper_id != digest or sight.settings != settings(offer.overrides):
            return True
        return entry.status not in (*_HELD, "unreadable") or (
            self.retry and entry.status in ("unreadable", "partly read")
        )

    def _news(self, note: LedgerEntry) -> bool:
        entry = self.ledger.get(note.path)
        return entry is None or (entry.status, entry.reason, entry.paper_id) != (
            note.status,
            note.reason,
            note.paper_id,
        )


def _under(path: str, root: str) -> bool:
    if root == ".":
        return not path.startswith(("/", "../"))
    return path == root or path.startswith(root.rstrip("/") + "/")
