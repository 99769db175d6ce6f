"""The glossary: abbreviations as the papers themselves spell them out, each with where. Nothing of Streamlit here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indexer.records import Paper, Span
from search import cite
from search.views.render import browse, leaf, wording
from search.views.render.markup import plain

Definition = tuple[str, str, int, int, int, int]  # short, long, key of the paper, page, start and end


def html(definitions: Iterable[Definition], papers: Mapping[int, Paper]) -> str:
    """Give the abbreviations in the order of the alphabet, each meaning with the place that defines it first.

    Args:
        definitions: every place that defines one, in the order of papers.
        papers: all papers by key; a meaning of a paper that is not among them is left out.
    """
    meanings: dict[str, dict[str, list[tuple[Paper, Span]]]] = {}
    for short, long, key, *place in definitions:
        if key in papers:
            meanings.setdefault(short, {}).setdefault(long, []).append((papers[key], Span(*place)))
    rows = "".join(
        f"<dt>{plain(short)}</dt>{''.join(_meaning(long, places) for long, places in meanings[short].items())}"
        for short in sorted(meanings, key=str.casefold)
    )
    return f'<dl class="glossary">{rows}</dl>' if rows else ""


def _meaning(long: str, places: list[tuple[Paper, Span]]) -> str:
    paper, span = places[0]
    held = len({one.id for one, _ in places})
    others = f", and {wording.counted(held - 1, 'more paper')}" if held > 1 else ""
    where = f"{browse.link(paper, span.page)}&spans={leaf.spans_text([span])}"
    source = cite.shortened(paper.title) or "Untitled paper"
    return f'<dd>{plain(long)} <span class="facts"><a href="{plain(where)}">{plain(source)}</a>{others}</span></dd>'
