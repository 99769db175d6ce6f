"""Cross-encoders trained without some bodies, by which ranking and answerability are measured on those.

Each was trained as the program's own was (``docs/cross-encoder.md``), on the papers of half of the bodies and public
questions: no word of the other half's papers and none of the questions about them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from indexer.encoding.cross_encoder import CrossEncoder, Verdict

# By file, the bodies that it has not seen.
_UNSEEN: Final = {
    "first.npz": frozenset({"papers", "ayton_cc", "sljekyll"}),
    "second.npz": frozenset({"papers-kent", "bristol_weca", "burton_cum_walden_pc"}),
}


class Remembering(CrossEncoder):
    """Scores each pair once: an ablation asks the same questions of mostly the same passages a hundred times."""

    def __init__(self, adapter: Path) -> None:
        super().__init__(adapter)
        self._verdicts: dict[tuple[str, str], Verdict] = {}

    def judge(self, question: str, texts: Sequence[str]) -> list[Verdict]:
        """Give verdicts, as the cross-encoder does; those on pairs read before out of memory."""
        new = [text for text in dict.fromkeys(texts) if (question, text) not in self._verdicts]
        if new:
            self._verdicts |= zip(((question, text) for text in new), super().judge(question, new), strict=True)
        return [self._verdicts[question, text] for text in texts]


def cross_encoder(body: str) -> CrossEncoder | None:
    """Give the cross-encoder that has not seen a body; None for a body that none of them was trained without."""
    name = next((name for name, unseen in _UNSEEN.items() if body in unseen), None)
    return _loaded(name) if name else None


@cache
def _loaded(name: str) -> CrossEncoder:
    return Remembering(Path(__file__).parent / name)
