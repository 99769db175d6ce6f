"""Papers that must be read: read in worker processes, embedded and written here while the next ones are being read."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

import numpy as np

from indexer.archive import EmbeddedText, Writer, texts_to_embed
from indexer.encoding.embedding import Made
from indexer.errors import UnreadablePaper
from indexer.pipeline.discover import Offer
from indexer.pipeline.plan import Job, settings
from indexer.pipeline.progress import Watcher
from indexer.pipeline.reading import Withheld, with_authority
from indexer.pipeline.seen import Seen, Sight
from indexer.pipeline.spool import Spool
from indexer.pipeline.workers import Workers
from indexer.provenance.neighbours import Neighbours
from indexer.readers.pool import Limits, Task
from indexer.records import NOTED, UNSEEN, LedgerEntry, LedgerStatus, Reading

# While the encoder is at work papers wait for each other up to this many passages, so that its batches are full and of
# like lengths.
_TOGETHER: Final = 512
_PAPERS_TOGETHER: Final = 32
_PAGES: Final = 5  # of one paper whose struck-out words the ledger counts
# Processor time for one paper: a scan is read at some seconds a page, and takes 20 to 100 kB a page.
_SECONDS: Final = 60.0
_SECONDS_A_MEGABYTE: Final = 120.0
_SECONDS_AT_MOST: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: ``workers`` processes read (0: one a core), or many machines do (``ray``).

    See `plan.plan` for ``prune`` and ``retry``.
    """

    workers: int = 0
    ray: bool = False
    prune: bool = False
    retry: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class Tally:
    """What a run has done so far; ``counts`` are ledger entries by status."""

    counts: Counter[str] = field(default_factory=Counter)
    unreadable: list[LedgerEntry] = field(default_factory=list)
    pages: int = 0
    passages: int = 0
    embedded: int = 0

    def count(self, entry: LedgerEntry) -> None:
        """Count one ledger entry."""
        self.counts[entry.status] += 1
        self.pages += entry.pages
        if entry.status == "unreadable":
            self.unreadable.append(entry)


_Queued = tuple[Job, Reading, str | None]


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    """Papers whose texts, given by their `text_hash`, are in ``parts`` when these are done, or in the archive."""

    papers: list[_Queued]
    texts: dict[str, EmbeddedText]
    parts: Sequence[Future[Made]]

    @property
    def done(self) -> bool:
        return all(part.done() for part in self.parts)


class Intake:
    """Takes papers into an archive; ``cleared`` are ids of papers that a person has found to be public."""

    def __init__(self, seen: Seen, watcher: Watcher, options: Options, cleared: frozenset[str] = frozenset()) -> None:
        self.tally = Tally()
        self._cleared = cleared
        self._seen = seen
        self._watcher = watcher
        self._options = options
        self._now = time.time_ns()
        self._queue: list[_Queued] = []
        self._batch: _Batch | None = None
        self._stored: frozenset[str] = frozenset()

    def take(
        self,
        writer: Writer,
        workers: Workers,
        jobs: Sequence[Job],
        offers: Iterable[Offer],
    ) -> None:
        """Read ``jobs`` and write them.

        Papers that do not name their authority wait until all others are read, because they take it from those of
        their folder; so the same papers make the same archive in whatever order they come.

        Args:
            writer: the archive's.
            workers: read, and embed what the archive has no vectors of.
            jobs: what to read.
            offers: all files offered, to read those again whose authority new neighbours give.
        """
        self._watcher.start(len(jobs), sum(job.offer.size for job in jobs))
        self._stored = writer.stored([job.digest for job in jobs])
        neighbours = Neighbours(lambda folder: self._own_authorities(writer, folder))
        with Spool() as waiting:
            # The smallest first: until one is read there is nothing to embed.
            for job, reading in self._readings(writer, workers, sorted(jobs, key=lambda job: job.offer.size)):
                neighbours.add(reading.paper)
                if reading.paper.meeting.authority:
                    self._enqueue(writer, workers, job, reading, None)
                else:
                    waiting.put(job, reading)
            for job, reading in waiting:
                self._enqueue(writer, workers, job, reading, neighbours.authority(job.offer.path))
        for job, reading in self._readings(writer, workers, self._outdated(offers, neighbours)):
            self._enqueue(writer, workers, job, reading, neighbours.authority(job.offer.path))
        while self._queue:
            self._flush(writer, workers)
        self._write(writer, workers)

    def _own_authorities(self, writer: Writer, folder: str) -> Iterator[tuple[str, str]]:
        """Papers of the archive below a folder with what they say themselves, not what their neighbours gave."""
        for paper_id, path, authority in writer.authorities(folder):
            sight = self._seen.get(path)
            yield paper_id, authority if sight is None or sight.authority is None else ""

    def _outdated(self, offers: Iterable[Offer], neighbours: Neighbours) -> list[Job]:
        """Papers read in earlier runs whose neighbours now give another authority."""
        jobs = []
        for offer in offers:
            sight = self._seen.get(offer.path)
            if sight is None or sight.authority is None or neighbours.has(sight.digest):
                continue
            if neighbours.authority(offer.path) != sight.authority:
                jobs.append(Job(offer, sight.digest))
        return jobs

    def _readings(self, writer: Writer, workers: Workers, jobs: Sequence[Job]) -> Iterator[tuple[Job, Reading]]:
        """Read papers; those that give no reading get their ledger entry here."""
        by_path = {job.offer.path: job for job in jobs}
        for task, result in workers.read([_task(job, job.digest in self._cleared) for job in jobs]):
            job = by_path[task.name]
            if isinstance(result, Reading) and not result.passages:
                result = UnreadablePaper(_wordless(result), path=job.offer.path)
            if isinstance(result, Reading):
                yield job, result
            elif isinstance(result, Withheld):
                self._refuse(writer, job, "withheld", result.reason)
            else:
                self._refuse(writer, job, "unreadable", str(result))

    def _refuse(self, writer: Writer, job: Job, status: LedgerStatus, reason: str) -> None:
        """Note a paper that does not go in, and take out what an earlier run may have put in."""
        entry = LedgerEntry(job.offer.path, status, reason, job.digest)
        # Of what was public until now and is exempt, under this name or these bytes, not a byte may stay behind.
        take_out = writer.erase if status == "withheld" else writer.remove
        take_out([job.digest, *job.leaving], [entry, *job.notes])
        self._done(job, entry, None)

    def _enqueue(self, writer: Writer, workers: Workers, job: Job, reading: Reading, authority: str | None) -> None:
        """Put a reading in line; ``authority`` is what its neighbours give, None where it names its own."""
        if authority:
            reading = with_authority(reading, authority)
        self._queue.append((job, reading, authority))
        idle = self._batch is None or self._batch.done
        if idle or len(self._first()) < len(self._queue):
            self._flush(writer, workers)

    def _first(self) -> list[_Queued]:
        """Give the papers of the line that are embedded together."""
        passages = accumulate(len(reading.passages) for _, reading, _ in self._queue)
        count = sum(before < _TOGETHER for before in (0, *passages))
        return self._queue[: min(count, _PAPERS_TOGETHER)]

    def _flush(self, writer: Writer, workers: Workers) -> None:
        """Begin to embed what is new in the first papers of the line, and write the last batch meanwhile."""
        # New papers first: a vector that one of them shares with a paper that is read again must not go with the old.
        self._queue.sort(key=lambda queued: queued[0].digest in self._stored)
        papers = self._first()
        texts = {text.hash: text for _, reading, _ in papers for text in texts_to_embed(reading)}
        made = {*writer.known_vectors(list(texts)), *(self._batch.texts if self._batch else ())}
        fresh = {hashed: text for hashed, text in texts.items() if hashed not in made}
        self.tally.embedded += len(fresh)
        batch = _Batch(papers, texts, workers.embed(fresh))
        del self._queue[: len(papers)]
        self._write(writer, workers)
        self._batch = batch

    def _write(self, writer: Writer, workers: Workers) -> None:
        """Write the papers of the batch, once its texts are embedded."""
        batch, self._batch = self._batch, None
        if batch is None:
            return
        made = Made.joined(part.result() for part in batch.parts)
        rows = writer.known_vectors([hashed for hashed in batch.texts if hashed not in made.rows])
        # A paper that had some of them may have gone while the others were being embedded.
        lost = {hashed: text for hashed, text in batch.texts.items() if hashed not in made.rows and hashed not in rows}
        made = Made.joined([made, *(part.result() for part in workers.embed(lost))])
        rows |= made.rows
        for job, reading, authority in batch.papers:
            vectors = np.stack([rows[text.hash] for text in texts_to_embed(reading)])
            entry = _entry(job, reading)
            self._forget(writer, job, reading)
            try:
                writer.add(reading, vectors, [entry, *job.notes], made.tokens, job.leaving)
            except UnreadablePaper as error:
                self._refuse(writer, job, "unreadable", str(error))
                continue
            self.tally.passages += len(vectors)
            self._done(job, entry, authority)

    def _forget(self, writer: Writer, job: Job, reading: Reading) -> None:
        """Of a part that was public until now and is withheld, let no byte stay behind before the rest is stored."""
        before = {job.digest, *job.leaving} & self._stored
        if before and any(page.method == "withheld" for page in reading.pages):
            again = LedgerEntry(job.offer.path, "gone", "to be read again: a part of it is withheld", job.digest)
            writer.erase(sorted(before), [again])

    def _done(self, job: Job, entry: LedgerEntry, authority: str | None) -> None:
        """Count a paper and remember its file."""
        for written in (entry, *job.notes):
            self.tally.count(written)
        offer = job.offer
        sight = Sight(offer.path, offer.size, offer.modified, job.digest, settings(offer.overrides), authority)
        self._seen.put(sight, self._now)
        # Only now: what is read and not yet embedded takes most of its time still.
        self._watcher.advance(offer.path, entry.pages, offer.size)


def _task(job: Job, cleared: bool) -> Task:
    """The task of a worker; ``cleared`` says that a person has looked at the paper and found it public."""
    offer = job.offer
    given = {"exempt": "no"} if cleared else {}
    seconds = min(_SECONDS + _SECONDS_A_MEGABYTE * offer.size / 1_000_000, _SECONDS_AT_MOST)
    return Task(offer.path, (offer.file, offer.path, job.digest, given | dict(offer.overrides)), seconds)


def _entry(job: Job, reading: Reading) -> LedgerEntry:
    faults = [fault for fault in reading.faults if not fault.reason.startswith(NOTED)]
    unread = {page.number for page in reading.pages if page.method == "none"}
    # Where some words or a picture of a page could not be read, the rest is there.
    unread |= {fault.page for fault in faults if fault.page} - {page.number for page in reading.pages if page.text}
    reasons = []
    if faults:
        first = faults[0]
        where = f"page {first.page}: " if first.page and reading.paper.paged else ""
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        reasons.append(f"{where}{first.reason}{more}")
    reasons += _notes(reading)
    return LedgerEntry(
        job.offer.path,
        "partly read" if faults else "indexed",
        "; ".join(reasons),
        job.digest,
        len(reading.pages),
        tuple(sorted(unread)),
        tuple(page.number for page in reading.pages if page.method == "ocr"),
    )


def _notes(reading: Reading) -> Iterator[str]:
    """What is left out of a paper that does not count as said, or cannot be seen."""
    for words in NOTED:
        own = [fault for fault in reading.faults if fault.reason.startswith(words)]
        if own and words == UNSEEN:
            sheets = "1 sheet holds" if len(own) == 1 else f"{len(own)} sheets hold"
            sheets = sheets if reading.paper.paged else "it holds"
            yield f"{sheets} text that cannot be seen, so its file is not given out; tell the publisher"
        elif own and reading.paper.paged:
            counts = [f"page {fault.page}{fault.reason.removeprefix(words)}" for fault in own[:_PAGES]]
            more = f" and {len(own) - _PAGES} more pages" if len(own) > _PAGES else ""
            yield f"{words}: {', '.join(counts)}{more}"
        elif own:
            yield own[0].reason


def _wordless(reading: Reading) -> str:
    """Why a paper that could be opened gives nothing to find."""
    count = len(reading.pages)
    why = reading.faults[0].reason if reading.faults else "blank, or drawn without letters"
    return f"no text on any of its {count} page{'s' * (count != 1)}: {why}"
