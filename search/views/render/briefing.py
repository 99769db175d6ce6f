"""The briefing: question, quotations and passages with their references as notes; as Markdown. Every word is quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.records import Page
from search import cite
from search.results import Answered, Hit
from search.views.render import answers, phrasing
from search.views.render.card import Card

# Any of these begins something in some dialect of Markdown; a backslash takes that from it.
_SIGNS = re.compile(r"([\\`*_\[\]<>|~#$&^={}@]|(?<=\w):(?=//)|(?<=www)\.)", re.IGNORECASE)
# At the start of a line: lists, rules and definitions.
_START = re.compile(r"^([-+:]|\d{1,9}(?=[.)]))")
# Signs that no text file or XML should hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a paper with their place: ``lines`` as stored (tabs between cells), ``note`` the reference and file."""

    heading: str
    lines: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """What the briefing says, whatever the format: our own lines above, then parts of quotations, each with a title."""

    title: str
    lead: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Quoted, ...]], ...]


def briefing(answered: Answered, page: Callable[[str, int], Page | None], head: Card) -> Briefing:
    """Put together what is on screen.

    Args:
        answered: what the engine gave.
        page: fetches a page by paper id and sheet.
        head: the head line above the quotations.
    """
    by_rank = {hit.rank: hit for hit in answered.hits}
    shown = answers.quotations(answered, page)
    answer = tuple(
        Quoted("", lines_of(one.text), _note(", ".join(filter(None, (one.reference, one.note))), one.hit))
        for one in shown
    )
    passages = tuple(
        Quoted(_heading(hit), lines_of(hit.text, hit.headers), _note(hit.reference, hit)) for hit in by_rank.values()
    )
    lead = [answers.count_line(answered), head.headline, head.detail, answered.note, *answers.notes(answered)]
    return Briefing(
        title=readable(answered.question),
        lead=tuple(readable(line) for line in lead if line),
        parts=(("Answer", answer), ("Passages" if answered.status == "answered" else "Nearest passages", passages)),
    )


def markdown(made: Briefing) -> str:
    """Write a briefing as Markdown with footnotes; nothing in a paper is ever interpreted."""
    parts = [f"# {escaped(made.title)}", *(escaped(line) for line in made.lead)]
    notes: list[str] = []
    for heading, quoted in made.parts:
        if quoted:
            parts.append(f"## {escaped(heading)}")
        for one in quoted:
            notes.append(one.note)
            parts += _quoted(one, len(notes))
    parts += [f"[^{number}]: {escaped(note)}" for number, note in enumerate(notes, 1)]
    return "\n\n".join(parts) + "\n"


def hit_rows(answered: Answered) -> list[dict[str, str]]:
    """Give the passages as rows of a table: the fields of the JSON, lists joined by semicolons."""
    return [{name: _cell(value) for name, value in hit.to_json().items()} for hit in answered.hits]


def escaped(line: str) -> str:
    """Escape one line, so that Markdown shows it as it is."""
    text = _SIGNS.sub(r"\\\1", readable(line).replace("\t", " | ").strip())
    return _START.sub(lambda start: f"{start[1]}\\" if start[1].isdigit() else f"\\{start[1]}", text)


def readable(text: str) -> str:
    """Replace signs that no text file should hold by spaces."""
    return _CONTROL.sub(" ", text)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(
            " ".join(str(part) for part in one.values()) if isinstance(one, dict) else str(one) for one in value
        )
    return "" if value is None else readable(str(value))


def _quoted(one: Quoted, number: int) -> Iterator[str]:
    if one.heading:
        yield f"### {escaped(one.heading)}"
    body = "\n>\n".join(f"> {escaped(line)}" for line in one.lines)
    yield f"{body}[^{number}]"


def lines_of(text: str, headers: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Give the lines of a quotation, a table's title and header row before them; none is empty."""
    lines = [line for part in (*headers, text) for line in part.split("\n")]
    return tuple(readable(line) for line in lines if line.strip())


def _heading(hit: Hit) -> str:
    title = cite.shortened(hit.title.strip() or hit.stored.paper.title.strip()) or "Untitled"
    return readable(f"{hit.rank}. {title} ({phrasing.KIND[hit.stored.passage.kind].lower()})")


def _note(reference: str, hit: Hit) -> str:
    return readable(f"{reference}. File: {hit.stored.paper.path}")
