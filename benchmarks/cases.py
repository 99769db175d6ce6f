"""What is expected of odd papers, one kind a line of a file, held against what became of them (`benchmarks.odd`)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from indexer.archive import Archive
from indexer.encoding.encoder import Encoder
from indexer.records import Filters, LedgerEntry
from search.engine import Engine
from search.results import Answered

Table = list[tuple[str, str, str]]  # a kind, what is expected of it, and what differs: "" for nothing


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of every paper whose path ends as ``case`` says (`fnmatch`).

    ``status`` and ``reason`` are those of the ledger ("a|b" for either); ``says`` and ``lacks`` are words of its pages,
    ``decided`` of one decision each, ``undecided`` of none; ``decisions`` counts them, -1 for any number; ``date`` is
    the meeting's, ``held`` that of the decisions that have some words. ``asked`` gives for a question about these
    papers words of the answer: none where "" is expected, and those after "!" are not among them.
    """

    case: str
    status: str = "indexed"
    reason: str = ""
    says: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    decisions: int = -1
    date: str = ""
    held: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        given = {name: getattr(self, name) for name in self.__slots__[1:]}
        return "; ".join(f"{name} {value}" for name, value in given.items() if value not in ("", (), -1, {}))


def expected(file: Path) -> list[Expected]:
    """Read what is expected, a JSON object a line."""
    out = []
    for line in file.read_text("utf-8").splitlines():
        row: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in json.loads(line).items()}
        out.append(Expected(**row))
    return out


def compared(folder: Path, rows: Sequence[Expected], encoder: Encoder) -> Table:
    """Hold what an archive has against what is expected of it."""
    with Archive.open(folder, encoder.identity) as archive:
        engine, entries = Engine(archive, encoder), archive.ledger()
        return [(row.case, str(row), "; ".join(_differences(archive, engine, entries, row))) for row in rows]


def _differences(archive: Archive, engine: Engine, entries: Sequence[LedgerEntry], row: Expected) -> Iterator[str]:
    own = [entry for entry in entries if fnmatch(entry.path, f"*/{row.case}")]
    if not own:
        yield "no such paper"
    for entry in own:
        name = "/".join(Path(entry.path).parts[-2:])
        if entry.status not in row.status.split("|"):
            yield f"{name}: {entry.status} {entry.reason}"
        if row.reason not in entry.reason:
            yield f"{name}: the ledger says {entry.reason!r}"
        yield from (f"{name}: {words}" for words in _read(archive, entry, row))
    ids = tuple(entry.paper_id for entry in own if archive.paper(entry.paper_id))
    for question, words in row.asked.items() if ids else ():
        answer = _answer(engine.ask(question, Filters(papers=ids)))
        wanted, barred = ([part for part in words.split("|") if part.startswith("!") == no] for no in (False, True))
        unsaid = not all(part in answer for part in wanted) or any(part[1:] in answer for part in barred)
        # Where words are only barred, saying nothing is right too.
        if (wanted and (not answer) != (wanted == [""])) or unsaid:
            yield f"{question!r} is answered {answer!r}"
    for question, words in row.first.items() if ids else ():
        hits = engine.ask(question, Filters(papers=ids)).hits
        if not hits or words not in hits[0].text:
            yield f"{question!r} finds {hits[0].text[:80]!r}" if hits else f"{question!r} finds nothing"


def _answer(answered: Answered) -> str:
    """The sentences of an answer, each with what later decisions made of it."""
    later = {str(one.to_json()) for said in answered.answer for one in answered.hits[said.hit - 1].superseded_by}
    return " ".join([*(said.text for said in answered.answer), *later])


def _read(archive: Archive, entry: LedgerEntry, row: Expected) -> Iterator[str]:
    paper = archive.paper(entry.paper_id)
    if paper is None:
        return
    pages = (archive.page(paper.id, number) for number in range(1, paper.page_count + 1))
    text = " ".join(" ".join(page.text.split()) for page in pages if page)
    yield from (f"lacks {words!r}" for words in row.says if words not in text)
    yield from (f"says {words!r}" for words in row.lacks if words in text)
    own = [one.decision for one in archive.decisions(Filters(papers=(paper.id,)), merge=False)]
    made = [" ".join(one.text.split()) for one in own]
    yield from (f"decided no {words!r}" for words in row.decided if not any(words in one for one in made))
    yield from (f"decided {words!r}" for words in row.undecided if any(words in one for one in made))
    days = ((words, str(one.meeting.date)) for words in row.held for one in own if words in one.text)
    yield from (f"{words!r} was decided on {day}" for words, day in days if day != row.held[words])
    if row.decisions not in (-1, len(made)):
        yield f"{len(made)} decisions"
    if row.date and str(paper.meeting.date) != row.date:
        yield f"held on {paper.meeting.date}"
