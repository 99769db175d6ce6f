"""What gets a label: the sentences of a paper's blocks, the rows of its tables, its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from indexer.layout.blocks import Placed
from indexer.text import cues
from indexer.text.sentences import sentences

Label = Literal[
    "head",
    "attendance",
    "item",
    "text",
    "decision",
    "decision+",
    "vote",
    "mover",
    "action",
    "reported",
    "closing",
    "running",
    "row",
    "other",
]

_CELL = re.compile(r"[^\t]+")
# Up to this many words after a colon, without a stop, are still part of a title.
_HEADING = 12
# A label with nothing after it yet.
_BARE = re.compile(r"(?:^|[\s\t])(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]|[^\w\s])\s*$")
# Words of a cell that holds prose, and of one that does where it ends with a stop.
_PROSE = 10
_SENTENCE = 4
_STOPS = frozenset(".:;?!")
# The fewest words of a sentence that goes on in the next block.
_BEGUN = 3
# A bullet or a label alone in its block; a bare figure may be a page number.
_ALONE = re.compile(r"\W?o?|\(?(?:\d{1,3}(?:\.\d{1,3})*[a-z]?|[a-zA-Z]|[ivx]{1,4})[.)]{1,2}")
# A heading that runs into its text: "2568. Planning: the council considered", "18/07.3 Apologies – Cllr Dunn".
_RUN_IN = re.compile(
    r"\W*(?:(?:minute|item)\s+)?[A-Z]{0,4}[ .]?\d{1,4}(?:[./-]\d{1,4}){0,3}(?:[a-z]|[.):]{1,2})?\s+"
    r"(?P<title>[A-Z“‘\"'(&](?:[^\s:]*[^\s:.])?(?:\s+[^\s:]*[^\s:.]){0,11}?)(?::(?=\s)|\s+[–—-](?=\s))\s+(?=\S)",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, row or heading: ``text`` is the page's text from ``start`` to ``end``.

    ``block`` is the place of its block among the blocks given; it is the ``nth`` of ``of`` units there, from 0.
    ``opens`` says that it opens a paragraph: a block, or one of several in a cell; ``lead`` that it is a title set in
    bold at the beginning of a paragraph that is not.
    """

    block: int
    page: int
    start: int
    end: int
    text: str
    nth: int
    of: int
    opens: bool
    lead: bool = False


def units(blocks: Sequence[Placed]) -> tuple[Unit, ...]:
    """Split blocks into units, in order. A row is one unit; a heading that runs into its text is a separate one.

    A bullet or a label that was set as a separate block belongs to the unit after it.
    """
    parts: list[Unit] = []
    label: Placed | None = None
    for number, block in enumerate(blocks):
        if label is None and _labels(block, blocks[number + 1 : number + 2]):
            label = block
            continue
        cuts = list(_cuts(block))
        if label is None and number and parts and _goes_on(blocks[number - 1], block):
            parts[-1] = _lengthened(parts[-1], block, cuts[0][1])
            cuts[0] = (0, 0)
        for nth, (start, end) in enumerate(cuts):
            text, begin = block.text[start:end], block.start + start
            if label and nth == 0:
                text, begin = f"{label.text}\n{block.text[:end]}", label.start
            opens = nth == 0 or start in block.breaks
            if end:
                lead = nth == 0 and 0 < end <= block.lead + 1 and _led(block) > 0
                parts.append(Unit(number, block.page, begin, block.start + end, text, nth, len(cuts), opens, lead))
        label = None
    return tuple(parts)


def _goes_on(before: Placed, block: Placed) -> bool:
    """Whether a block is the rest of the sentence before it: a row, as its last line has a cell beside it, or not."""
    apart = before.row or before.bold != block.bold or before.level or block.level or before.end + 1 != block.start
    text, begun = block.text.lstrip(), before.text.split()
    if (
        apart
        or before.page != block.page
        or len(begun) < _BEGUN
        or begun[-1][-1] in _STOPS
        or _ALONE.fullmatch(text.split()[0])
    ):
        return False
    return text[:1].islower() or (before.full and text[:1].isalnum())


def _lengthened(unit: Unit, block: Placed, end: int) -> Unit:
    return replace(unit, end=block.start + end, text=f"{unit.text}\n{block.text[:end]}")


def _labels(block: Placed, following: Sequence[Placed]) -> bool:
    """Whether a block is only the label of the next, which goes on one letter after it on the page."""
    alone = not block.row and bool(_ALONE.fullmatch(block.text.strip()))
    return (
        alone
        and all(
            one.page == block.page and one.start == block.end + 1 and not one.row and one.text.strip()
            for one in following
        )
        and bool(following)
    )


def _cuts(block: Placed) -> Iterator[tuple[int, int]]:
    if block.row:
        yield from _row(block)
        return
    text, begin = block.text, _led(block)
    match = None if block.bold or begin else _RUN_IN.match(text)
    if begin:
        yield 0, len(text[:begin].rstrip())
    elif match and (len(text[match.end() :].split()) > _HEADING or text.rstrip()[-1] in ".;?!"):
        begin = match.end()
        yield 0, len(text[:begin].rstrip())
    spans = list(sentences(text[begin:]) or (((0, len(text)),) if not begin else ()))
    if (
        len(spans) > 1
        and _is_number(text[begin : begin + spans[0][1]])
        and len(text[slice(*spans[1])].split()) < _HEADING
    ):
        spans[:2] = [(spans[0][0], spans[1][1])]  # "23/97. Apologies."
    for start, end in spans:
        yield begin + start, begin + end


def _led(block: Placed) -> int:
    """Where the text begins into which a title in bold runs, 0 where no title does: "**Highways** The clerk said"."""
    words = cues.TOKEN.findall(block.text[: block.lead])
    names = [word for word in words if word[0].isalpha()]
    rest = block.text[block.lead :].lstrip(" :.–—-")
    opens = names and not names[0][0].islower() and rest[:1].isalnum() and not rest[0].islower()
    if block.row or not opens or len(words) > _HEADING or names[0].lower() in cues.TITLES:
        return 0
    if names[0].lower() in cues.LEMMAS and (names[0] == words[0] or names[0].lower().endswith("ed")):
        return 0  # "Resolved: That", "Action: JS to write"; not "12. Motions"
    # "It was RESOLVED That", "The motion was put and carried: For 12"
    decides = any(word.isupper() and word.lower() in cues.LEMMAS for word in names) and not all(map(str.isupper, names))
    return 0 if decides else len(block.text) - len(rest)


def _is_number(text: str) -> bool:
    return not any(map(str.isalpha, text))


def _row(block: Placed) -> Iterator[tuple[int, int]]:
    """A row as one, unless a cell holds prose: then its paragraphs and sentences, and what precedes it separately.

    A few words after prose stay with it: they name who acts.
    """
    text = block.text
    cells = [match.span() for match in _CELL.finditer(text)]
    counts = [len(text[start:end].split()) for start, end in cells]
    prose = [
        count >= _PROSE or (count >= _SENTENCE and text[:end].rstrip()[-1:] in _STOPS)
        for count, (_, end) in zip(counts, cells, strict=True)
    ]
    if not any(prose):
        yield 0, len(text)
        return
    cuts: list[int] = [
        cut for cut in block.breaks if any(s < cut < e for (s, e), big in zip(cells, prose, strict=True) if big)
    ]
    for number, ((start, end), big) in enumerate(zip(cells, prose, strict=True)):
        stopped = big and text[:end].rstrip()[-1:] in _STOPS and any(letter.isalpha() for letter in text[:start])
        if stopped or (number and prose[number - 1] and (big or counts[number] >= _SENTENCE)):
            cuts.append(start)
        cuts += [start + begin for begin, _ in sentences(text[start:end])[1:]] if big else []
    kept = [cut for cut in sorted(set(cuts)) if not _BARE.search(text[:cut])]
    edges = [0, *kept, len(text)]
    for left, right in pairwise(edges):
        piece = text[left:right]
        if piece.strip():
            yield left + len(piece) - len(piece.lstrip()), left + len(piece.rstrip())
