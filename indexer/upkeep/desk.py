"""What may be asked of an archive other than searching: what it holds, whether it is sound, and how to make it so."""

from __future__ import annotations

import contextlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from indexer.archive import FORMAT, Archive, EmbeddedText, Writer, ensure
from indexer.archive import remodel as remake
from indexer.encoding import encoder, weights
from indexer.encoding.embedding import Embedder
from indexer.encoding.protocol import Vectors
from indexer.records import LedgerEntry, Paper, Totals
from indexer.text.words import name_key


def status_text(folder: Path) -> str:
    """Totals and the ledger for a reader, papers that need a look first.

    Raises:
        ArchiveError: there is no archive in ``folder``, or it cannot be read.
    """
    totals, ledger = _held(folder)
    span = f", {totals.earliest} to {totals.latest}" if totals.earliest else ""
    counts = Counter(entry.status for entry in ledger)
    lines = [
        f"{totals.papers} papers, {totals.pages} pages, {totals.passages} passages, {totals.decisions} decisions{span}",
        ", ".join(f"{count} {status}" for status, count in sorted(counts.items())),
    ]
    attention = [entry for entry in ledger if entry.status != "indexed" or entry.ocr_pages or entry.reason]
    return "\n".join(
        [*lines, *(_line(entry) for entry in attention), *(_line(e) for e in ledger if e not in attention)]
    )


def status_json(folder: Path) -> str:
    """Return the same as one JSON object, with the evidence for what each paper is, and the spellings of each body.

    Raises:
        ArchiveError: there is no archive in ``folder``, or it cannot be read.
    """
    totals, ledger = _held(folder)
    about = {
        name: str(value) if name in ("earliest", "latest") and value else value
        for name, value in asdict(totals).items()
    }
    with contextlib.closing(Archive.open(folder, None)) as archive:
        papers = archive.papers()
    held = {
        "totals": about,
        "ledger": [asdict(entry) for entry in ledger],
        "papers": [_described(paper) for paper in papers],
        "bodies": _bodies(papers),
    }
    return json.dumps(held, ensure_ascii=False)


def _described(paper: Paper) -> dict[str, object]:
    """Say who issued a paper and for which meeting, how sure that is, and by which evidence."""
    meeting = paper.meeting
    return {
        "path": paper.path,
        "kind": paper.kind,
        "title": paper.title,
        "authority": meeting.authority,
        "board": meeting.board,
        "meeting_date": meeting.date.isoformat() if meeting.date else None,
        "evidence": {one.field: {"confidence": one.confidence, "told_by": one.witnesses} for one in paper.evidence},
    }


def _bodies(papers: Iterable[Paper]) -> list[dict[str, object]]:
    """List the bodies that papers are of, each by the spelling that most papers have, with the others beside it."""
    spelled: defaultdict[object, Counter[tuple[str, str]]] = defaultdict(Counter)
    for paper in papers:
        authority, board = paper.meeting.authority, paper.meeting.board
        if authority or board:
            spelled[name_key(authority), name_key(board)][authority, board] += 1
    bodies = []
    for names in spelled.values():
        (authority, board), *others = sorted(names, key=lambda name: (-names[name], name))
        also = [f"{other[1]} ({other[0]})" if other[1] else other[0] for other in others]
        bodies.append({"authority": authority, "board": board, "papers": names.total(), "also_spelled": also})
    return sorted(bodies, key=lambda one: (str(one["authority"]), str(one["board"])))


def check(folder: Path) -> list[str]:
    """Return the archive's broken invariants in words, none if it is sound.

    Raises:
        ArchiveError: there is no archive in ``folder``, or it cannot be read.
    """
    with contextlib.closing(Archive.open(folder, None)) as archive:
        return list(archive.check())


def repair(folder: Path) -> None:
    """Rebuild the word and vector indexes from the database, from which both are made.

    Raises:
        ArchiveError: there is no archive in ``folder``, or it cannot be written.
    """
    with contextlib.closing(Archive.open(folder, None)) as archive:
        model = archive.model
    with Writer.open(folder, model) as writer:
        writer.repair()


def upgrade(folder: Path) -> tuple[int, bool]:
    """Bring an archive to this program's format, with words and vectors; return the format, and whether it was older.

    Raises:
        ArchiveError: there is no archive in ``folder``, it is too old or too new, or it cannot be written.
    """
    upgraded = ensure(folder)
    if upgraded:
        with contextlib.closing(Archive.open(folder, None)) as archive:
            model = archive.model
        Writer.open(folder, model).finish()
    return FORMAT, upgraded


def remodel(folder: Path) -> int:
    """Embed an archive's texts with this program's model, if another made its vectors; return how many there were.

    Raises:
        ArchiveError: there is no archive in ``folder``, or it cannot be written.
        ModelError: the model's weights are missing or wrong.
    """
    with contextlib.closing(Archive.open(folder, None)) as archive:
        if (archive.model.name, archive.model.digest) == (weights.DEFAULT, weights.DEFAULT_DIGEST):
            return 0
    model = encoder.load_for_indexing()
    embedder = Embedder(model)

    def make(texts: Mapping[str, EmbeddedText]) -> tuple[dict[str, Vectors], dict[str, bytes]]:
        made = embedder.make(texts)
        return made.rows, made.tokens

    count = remake(folder, model.identity, make)
    Writer.open(folder, model.identity).finish()
    return count


def _held(folder: Path) -> tuple[Totals, tuple[LedgerEntry, ...]]:
    with contextlib.closing(Archive.open(folder, None)) as archive:
        return archive.totals(), tuple(sorted(archive.ledger(), key=lambda entry: (entry.status, entry.path)))


def _line(entry: LedgerEntry) -> str:
    notes = [entry.reason] if entry.reason else []
    if entry.pages_without_text:
        notes.append(f"pages without text: {', '.join(map(str, entry.pages_without_text))}")
    if entry.ocr_pages:
        notes.append(f"read by OCR: {', '.join(map(str, entry.ocr_pages))}")
    return f"{entry.status:12} {entry.path}" + (f"  ({'; '.join(notes)})" if notes else "")
