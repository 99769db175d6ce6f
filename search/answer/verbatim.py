"""What another program that checks a quotation would find: runs of text without a jump.

Stored pages are in the order of a reader; other programs (pdfium, pypdf, pdftotext) read a page in the order of the
file, and drop or keep the hyphen at a line's end by rules of their own. Where the two may differ was noted when the
page was read (`indexer.records.Block.jumps`). A quotation is cut there, unless it is so long that a jump leaves nine
tenths of its runs of three words to be found; one of which too little can be found again is not given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from indexer.text import raised
from indexer.text.words import WORD, shingles, without_notes
from search.answer.lines import Part
from search.settings import FINDABLE

Jumps = Callable[[str, int], Sequence[int]]


def pieces(parts: Sequence[Part], paper: str, jumps: Jumps) -> tuple[Part, ...]:
    """Cut parts of one paper where other programs do not read on; nothing if they would not find them.

    Args:
        parts: what is to be quoted.
        paper: the paper's id.
        jumps: gives the jumps of a page, by the paper's id and the page's number.
    """
    cut = [piece for part in parts for piece in _cut(part, jumps(paper, part.page))]
    kept = [piece for piece, _ in cut if _count(piece.text) >= FINDABLE.words]
    total, left = sum(_count(part.text) for part in parts), sum(_count(piece.text) for piece in kept)
    findable = all(_findable(piece.text, lost) for piece, lost in cut if piece in kept)
    if not findable or len(kept) > FINDABLE.pieces + len(parts) or left < (1 - FINDABLE.lost) * total:
        return ()
    return tuple(kept)


def _cut(part: Part, jumps: Sequence[int]) -> Iterator[tuple[Part, int]]:
    """Yield the pieces of a part, as long as can be, each with how many runs of words may not be found of it."""
    noted = raised.marks(part.text)  # other programs glue such a mark to the word before it, which is then lost too
    inside = sorted({*noted, *(jump - part.start for jump in jumps if part.start < jump < part.end)})
    cuts = [at for at in inside if part.text[at - 1].isspace()]
    bounds = [0, *cuts, len(part.text)]
    first = 0
    while first < len(bounds) - 1:
        for last in range(len(bounds) - 1, first, -1):
            text = part.text[bounds[first] : bounds[last]]
            opened = sum(bounds[first] < at < bounds[last] for at in inside if at not in cuts)
            glued = sum(bounds[first] < at <= bounds[last] for at in noted)
            lost = opened * FINDABLE.runs_lost + (last - first - 1) * (FINDABLE.run - 1) + glued
            if last == first + 1 or _findable(text, lost):
                break
        lead = len(text) - len(text.lstrip())
        yield Part(text.strip(), part.page, part.start + bounds[first] + lead), lost
        first = last


def _findable(text: str, lost: int) -> bool:
    return lost <= (1 - FINDABLE.share) * max(1, len(shingles(_words(text), FINDABLE.run)))


def _count(text: str) -> int:
    return len(_words(text))


def _words(text: str) -> list[str]:
    return WORD.findall(without_notes(f" {text}").casefold())  # one that opens the text too
