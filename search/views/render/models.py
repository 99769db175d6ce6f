"""What an archive holds: totals, the ledger, abbreviations, as text and safe HTML. Nothing of Streamlit here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from indexer.records import LedgerEntry, Paper, Span, Totals
from indexer.text import dates
from search import cite
from search.views.render import browse, chips, leaf, phrasing
from search.views.render.markup import plain

_Said = tuple[str, Paper, Span]  # a meaning, and where it is said


def option(name: str, count: int) -> str:
    """Label a filter's value with how many passages it leaves."""
    return f"{name} ({count:,})"


def by_body(counts: Mapping[str, int], also: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Count the names of one body together, under the one that comes first.

    Args:
        counts: passages by name.
        also: the other names of each that is one of several.
    """
    made: dict[str, int] = {}
    for name, count in counts.items():
        first = next((other for other in also.get(name, ()) if other in made), name)
        made[first] = made.get(first, 0) + count
    return made


def holdings(totals: Totals) -> str:
    """Say what the archive holds in one sentence."""
    held = (
        f"{phrasing.counted(totals.papers, 'paper')} with {phrasing.counted(totals.pages, 'page')} and "
        f"{phrasing.counted(totals.decisions, 'decision')}"
    )
    days = dict.fromkeys(dates.written(day) for day in (totals.earliest, totals.latest) if day)
    span = f", from {' to '.join(days)}" if days else ""
    return f"This archive holds {held}{span}."


def ledger_html(entries: list[LedgerEntry]) -> str:
    """Give ledger entries as a list: the file, what became of it and why, and its pages without text or read by OCR."""
    return "<ul>" + "".join(f"<li>{_entry(entry)}</li>" for entry in entries) + "</ul>"


def counts_html(of: str, counts: Mapping[str, int] | Mapping[int, int]) -> str:
    """Give counts as a table with a caption: how many passages each value has."""
    rows = "".join(
        f'<tr><th scope="row">{plain(str(value) or "Not known")}</th><td>{count:,}</td></tr>'
        for value, count in counts.items()
    )
    return (
        f'<div class="cells"><table><caption>Passages by {plain(of)}</caption>'
        f'<tr><th scope="col">{plain(of.capitalize())}</th><th scope="col">Passages</th></tr>{rows}</table></div>'
    )


def _entry(entry: LedgerEntry) -> str:
    parts = [f"<strong>{plain(entry.path)}</strong>", plain(entry.reason) if entry.reason else ""]
    if entry.pages_without_text:
        parts.append(f"pages without text: {phrasing.listed(entry.pages_without_text)}")
    if entry.ocr_pages:
        parts.append(f"read by OCR, so with likely mistakes: pages {phrasing.listed(entry.ocr_pages)}")
    return "; ".join(part for part in parts if part)


Definition = tuple[str, str, int, int, int, int]  # short, long, key of the paper, page, start and end


def glossary_html(definitions: Iterable[Definition], papers: Mapping[int, Paper]) -> str:
    """Give the abbreviations in the order of the alphabet, each meaning with the place that defines it first.

    Args:
        definitions: every place that defines one, in the order of papers.
        papers: all papers by key; a meaning of a paper that is not among them is left out.
    """
    meanings: dict[str, dict[str, list[_Said]]] = {}
    for short, long, key, *place in definitions:
        if key in papers:
            # Capitals make no other meaning.
            meanings.setdefault(short, {}).setdefault(long.casefold(), []).append((long, papers[key], Span(*place)))
    parts = []
    for letter, shorts in groupby(sorted(meanings, key=str.casefold), lambda short: short[0].upper()):
        rows = "".join(f"<dt>{plain(short)}</dt>{''.join(map(_meaning, meanings[short].values()))}" for short in shorts)
        parts.append((letter, f'<h2 id="letter-{plain(letter)}">{plain(letter)}</h2><dl>{rows}</dl>'))
    ways = chips.html("Letters", (chips.chip(letter, f"#letter-{letter}") for letter, _ in parts))
    return f'{ways}<div class="glossary">{"".join(part for _, part in parts)}</div>' if parts else ""


def _meaning(places: Sequence[_Said]) -> str:
    long, paper, span = places[0]
    held = len({one.id for _, one, _ in places})
    others = f", and {phrasing.counted(held - 1, 'more paper')}" if held > 1 else ""
    where = f"{browse.link(paper, span.page)}&spans={leaf.spans_text([span])}"
    source = cite.shortened(paper.title) or "Untitled paper"
    return f'<dd>{plain(long)} <span class="facts"><a href="{plain(where)}">{plain(source)}</a>{others}</span></dd>'
