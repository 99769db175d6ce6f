"""Passages as hits: each with its reference, its printed page and the item that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.records import StoredPassage
from search import cite
from search.contents import Contents
from search.ranking.rerank import Ranked
from search.results import Hit, Place


def of_ranked(
    rank: int,
    one: Ranked,
    versions: Sequence[Ranked],
    copies: Mapping[str, Sequence[StoredPassage]],
    contents: Contents,
) -> Hit:
    """Make the hit of a passage that was found, with the same text elsewhere.

    Args:
        rank: its number, from 1.
        one: the passage, or neighbours joined to one; it is cited by the best of them.
        versions: further versions of its text.
        copies: passages that print one text, by its hash (`Library.twins`).
        contents: sections and page numbers of the papers.
    """
    stored = one.stored
    others = [*copies.get(stored.twin, ()), *(version.stored for version in versions)]
    return replace(
        of_passage(rank, stored, contents, one.best[1].stored),
        score=one.score,
        headers=stored.headers,
        core=one.core if one.parts else None,
        also_in=tuple(
            dict.fromkeys(
                Place(other.paper, other.passage.pages[0] if other.paper.paged else None)
                for other in others
                if other.id != stored.id
            )
        ),
    )


def of_passage(rank: int, stored: StoredPassage, contents: Contents, cited: StoredPassage | None = None) -> Hit:
    """Make the hit of a passage that the register leads to, or of one that is ``cited`` by a part of it."""
    paper, sections = stored.paper, contents.sections(stored.paper.id)
    first = (cited or stored).passage.spans[0]
    home, label = cite.home(stored.section, sections), contents.label(paper.id, first.page)
    paragraph = 0
    if not paper.paged:
        paragraph = cite.paragraph(stored.section, first, contents.text(paper.id, first.page))
    return Hit(
        rank=rank,
        score=1.0,
        stored=stored,
        page_label=label,
        item=home.number,
        title=home.title or paper.title,
        reference=cite.reference(
            stored, label, page=first.page, item=home, around=cite.around(home, sections), paragraph=paragraph
        ),
        guessed=contents.guessed(paper.id, first.page) if paper.paged else None,
    )
