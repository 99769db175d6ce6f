"""What another program that checks a quotation would find: runs of text without a jump.

Stored pages are in the order of a reader; other programs (pdfium, pypdf, pdftotext) read a page in the order of the
file, and drop or keep the hyphen at a line's end by rules of their own. Where the two may differ was noted when the
page was read (`indexer.records.Block.jumps`). A quotation is cut there, and one of which too little can be found again
is not given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from search.units import Part

Jumps = Callable[[str, int], Sequence[int]]

_WORD = re.compile(r"[^\W_]+")
_LEAST_WORDS = 3  # of a piece: less could stand anywhere
_MOST_PIECES = 4  # more is word soup
_MOST_LOST = 0.3  # share of the words in pieces that are too short
# A spelling that is left open costs the four runs of three words around it; nine tenths of all must be found.
_RUNS_LOST = 4
_RUN = 3
_FOUND = 0.9


def pieces(parts: Sequence[Part], paper: str, jumps: Jumps) -> tuple[Part, ...]:
    """Cut parts of one paper where other programs do not read on; nothing if they would not find them.

    Args:
        parts: what is to be quoted.
        paper: the paper's id.
        jumps: gives the jumps of a page, by the paper's id and the page's number.
    """
    cut = [piece for part in parts for piece in _cut(part, jumps(paper, part.page))]
    kept = [piece for piece, _ in cut if _count(piece.text) >= _LEAST_WORDS]
    total, left = sum(_count(part.text) for part in parts), sum(_count(piece.text) for piece in kept)
    found = all(_findable(piece, opened) for piece, opened in cut if piece in kept)
    if not found or len(kept) > _MOST_PIECES + len(parts) or left < (1 - _MOST_LOST) * total:
        return ()
    return tuple(kept)


def _cut(part: Part, jumps: Sequence[int]) -> Iterator[tuple[Part, int]]:
    """Yield the pieces of a part, each with how many spellings a line's end leaves open in it."""
    inside = [jump - part.start for jump in jumps if part.start < jump < part.end]
    cuts = [at for at in inside if part.text[at - 1].isspace()]
    for begin, end in pairwise([0, *cuts, len(part.text)]):
        text = part.text[begin:end]
        lead = len(text) - len(text.lstrip())
        opened = sum(begin < at < end for at in inside)
        yield Part(text.strip(), part.page, part.start + begin + lead), opened


def _findable(piece: Part, opened: int) -> bool:
    runs = max(1, _count(piece.text) - _RUN + 1)
    return opened * _RUNS_LOST <= (1 - _FOUND) * runs


def _count(text: str) -> int:
    return len(_WORD.findall(text))
