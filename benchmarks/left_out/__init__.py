"""Cross-encoders trained without some bodies, by which ranking and answerability are measured on those.

Each was trained as the program's own was (``docs/cross-encoder.md``), on the papers of half of the bodies and public
questions: no word of the other half's papers and none of the questions about them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from indexer.encoding.cross_encoder import CrossEncoder
from search.ranking.reading import Remembering

# By file, the bodies that it has not seen.
_UNSEEN: Final = {
    "first.npz": frozenset({"papers", "ayton_cc", "sljekyll"}),
    "second.npz": frozenset({"papers-kent", "bristol_weca", "burton_cum_walden_pc"}),
}


def cross_encoder(body: str) -> Remembering | None:
    """Give the cross-encoder that has not seen a body; None for a body that none of them was trained without."""
    name = next((name for name, unseen in _UNSEEN.items() if body in unseen), None)
    return _loaded(name) if name else None


@cache
def _loaded(name: str) -> Remembering:
    """Load one that remembers: an ablation asks the same questions of mostly the same passages a hundred times."""
    return Remembering(CrossEncoder(Path(__file__).parent / name))
