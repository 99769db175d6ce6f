"""What is above a passage: its headings, and the words that introduce the list that it continues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.decisions import limbs
from indexer.layout.blocks import Placed
from indexer.passages.pieces import weight
from indexer.records import Section, Span, chain
from indexer.text.sentences import sentences

_STEM_WORDS = 40  # with the trail and the entries it must fit what the encoder reads
_FURTHEST = 60  # pieces back
# With a passage of 110 words this stays well under the 256 tokens that the encoder reads.
_WORDS = 40
_TITLE_WORDS = 18


def stem_of(group: Sequence[Placed], own: Sequence[Placed]) -> tuple[Span, ...]:
    """Return where the sentence is that introduces a list which begins before ``group``; nothing if none surely does.

    From the first entry of the group the list is followed back to its own first entry, over entries nested in it; what
    comes before that one introduces it, if it ends with a colon.

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
    match = limbs.line_label(piece.text)
    return match["label"].strip() if match and not piece.row else ""


def _last_sentence(piece: Placed) -> tuple[Span, ...]:
    start, end = list(sentences(piece.text))[-1]
    fits = weight(piece.text[start:end]) <= _STEM_WORDS
    return (Span(piece.page, piece.start + start, piece.start + end),) if fits else ()


def trail(section: Section, sections: Mapping[int, Section]) -> tuple[str, ...]:
    """Return the headings of a section: at most 40 words in all, keeping the innermost.

    Args:
        section: the passage's section.
        sections: all sections of the paper by ordinal.
    """
    around = chain(section, sections)
    names = [_meeting(around[-1])]
    names += [_name(one) for one in reversed(around)]
    kept: list[str] = []
    left = _WORDS
    for name in reversed(list(dict.fromkeys(filter(None, names)))):
        words = name.split()[: min(left, _TITLE_WORDS)]
        if words:
            kept.append(" ".join(words))
        left -= len(words)
    return tuple(reversed(kept))


def _meeting(section: Section) -> str:
    """For example "Health and Wellbeing Board, 19 October 2016"."""
    day = section.meeting.date
    return ", ".join(filter(None, (section.meeting.board, f"{day.day} {day:%B %Y}" if day else "")))


def _name(section: Section) -> str:
    if section.kind == "appendix":
        return section.title  # which begins with its number
    return f"{section.number}. {section.title}" if section.number and section.title else section.title
