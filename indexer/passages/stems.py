"""Which words introduce the list that a passage continues: "The following were agreed:" over its fourth entry."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.decisions import limbs
from indexer.passages.pieces import weight
from indexer.records import Span
from indexer.structure.blocks import Placed
from indexer.text.sentences import sentences

_STEM_WORDS = 40  # with the trail and the entries it must fit what the encoder reads
_FURTHEST = 60  # pieces back


def stem_of(group: Sequence[Placed], own: Sequence[Placed]) -> tuple[Span, ...]:
    """Return where the sentence stands that introduces a list which begins before ``group``; nothing if none is sure.

    From the first entry of the group the list is followed back to its own first entry, over entries nested in it; what
    stands before that one introduces it, if it ends with a colon.

    Args:
        group: pieces that make a passage.
        own: all pieces of its section in reading order.
    """
    label = _label(group[0])
    before = [piece for piece in own if (piece.page, piece.start) < (group[0].page, group[0].start)]
    for piece in reversed(before[-_FURTHEST:]):
        earlier = _label(piece)
        if not label or piece.row:
            return ()
        if earlier and limbs.succeeds(label, earlier):
            label = earlier
        elif piece.text.endswith(":") and limbs.first(label):
            return _last_sentence(piece)
        elif not earlier:
            return ()
    return ()


def _label(piece: Placed) -> str:
    found = limbs.line_label(piece.text)
    return found["label"].strip() if found and not piece.row else ""


def _last_sentence(piece: Placed) -> tuple[Span, ...]:
    start, end = list(sentences(piece.text))[-1]
    fits = weight(piece.text[start:end]) <= _STEM_WORDS
    return (Span(piece.page, piece.start + start, piece.start + end),) if fits else ()
