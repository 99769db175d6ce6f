"""Which papers of a large folder are searched: as many pages as the time allows, drawn by lot."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from pathlib import Path

from indexer.readers.pdf.sheets import page_count

_SEED = 15


def gathered(places: Sequence[Path]) -> list[Path]:
    """Give the PDFs among the places, and those that folders among them hold at any depth."""
    return [paper for place in places for paper in (sorted(place.rglob("*.pdf")) if place.is_dir() else [place])]


def drawn(papers: Sequence[Path], asked: Collection[str], most: int) -> list[Path]:
    """Draw papers by lot, of no more than ``most`` pages together.

    Args:
        papers: to draw from.
        asked: names of the papers that questions are about. They come first, up to half of the pages, for a question
            can only be asked where its paper is drawn; the rest is drawn from all that are left.
        most: pages; a paper that would exceed them is passed over.
    """
    lot = random.Random(_SEED).sample(papers, len(papers))  # noqa: S311 - a draw that can be made again
    chosen: list[Path] = []
    left = most
    for some, least in (([paper for paper in lot if paper.name in asked], most / 2), (lot, 0)):
        for paper in some:
            if paper not in chosen and left - (pages := page_count(paper)) >= least:
                left -= pages
                chosen.append(paper)
    return sorted(chosen)
