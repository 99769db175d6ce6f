"""Sections to passages: what is embedded, found and shown; each of one section, never of two minute items.

Whole paragraphs and rows are packed to about 110 words; a resolution or recommendation is one passage, whole; a table
row remembers its header, and an entry the stem of its list. Everything is kept by exact spans, so no text is copied
that the page does not hold.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from indexer.layout.blocks import Placed, placed, spans_over
from indexer.passages.above import stem_of, trail
from indexer.passages.pieces import LARGEST, TARGET, covered, shortened, weight, without
from indexer.passages.table_headers import headers_of
from indexer.records import Decision, Page, Passage, PassageKind, Section, chain, cut

# Resolutions up to this many words stay whole, even where the encoder does not read the last of them.
_WHOLE = 200
# Fewer words than this at the end of a section join the passage before.
_SMALLEST = 25
# Rows with more words than this on average are prose laid out as a table.
_PROSE_ROW = 45

_BOILERPLATE = re.compile(
    r"rights? (?:of access )?to information|right to:|inspect (?:the )?(?:agenda|minutes)|fire (?:and|or) emergency"
    r"|fire alarm|evacuat|assembly point|nearest (?:available )?(?:fire )?exit|being (?:webcast|filmed)|webcast"
    r"|audio recording|filming|large print|another language|in other (?:formats|languages)"
    r"|intentionally (?:left )?blank"
    r"|public transport|car park|mobile (?:tele)?phones|induction loop|disabled access",
    re.IGNORECASE,
)

_Group = tuple[PassageKind, list[Placed]]


def passages(
    pages: tuple[Page, ...], sections: Sequence[Section], decisions: Sequence[Decision]
) -> tuple[Passage, ...]:
    """Cut a paper's sections into passages.

    Args:
        pages: the paper's pages, as stored.
        sections: its section tree, every block in exactly one of them.
        decisions: its resolutions and recommendations; each becomes a passage.

    Returns:
        The passages in reading order, numbered from 0. Every block's words are in at least one. A heading without
        text goes to the first passage below it, so a passage may begin with its section's parents' headings.
    """
    texts = {page.number: page.text for page in pages}
    blocks = placed(pages)
    by_ordinal = {section.ordinal: section for section in sections}
    owned = _owned(blocks, sections)
    around: dict[int, list[Placed]] = {}
    for section in sections:
        around.setdefault(_home(section, by_ordinal), []).extend(owned.get(section.ordinal, []))
    decided = _homes(decisions, blocks, owned)
    rest = _owned(tuple(without(blocks, [span for decision in decisions for span in decision.spans])), sections)
    cuts: list[Passage] = []
    carried: list[Placed] = []
    for index, section in enumerate(sections):
        mine, left = decided.get(section.ordinal, []), rest.get(section.ordinal, [])
        following = sections[index + 1] if index + 1 < len(sections) else None
        if not mine and _only_heading(left) and following and following.parent == section.ordinal:
            carried += left
            continue
        for kind, group in _groups(_kind(section, by_ordinal), carried + left, mine):
            spans = spans_over(group)
            if kind == "table":
                header = headers_of(group, around[_home(section, by_ordinal)])
            else:
                header = stem_of(group, carried + left)
            headings = trail(section, by_ordinal)
            cuts.append(Passage(len(cuts), section.ordinal, kind, spans, cut(texts, spans), headings, header))
        carried = []
    return tuple(cuts)


def _home(section: Section, sections: Mapping[int, Section]) -> int:
    """Give the item, report or appendix around a section, or the outermost section: a table may run through it all."""
    around = chain(section, sections)
    return next((one for one in around if one.kind in {"item", "report", "appendix"}), around[-1]).ordinal


def _owned(pieces: Sequence[Placed], sections: Sequence[Section]) -> dict[int, list[Placed]]:
    """Deal the pieces out to their sections by where they are; both are in reading order."""
    borders = sorted((span.page, span.start, section.ordinal) for section in sections for span in section.spans)
    starts = [(page, start) for page, start, _ in borders]
    owned: dict[int, list[Placed]] = {}
    for piece in pieces:
        at = max(0, bisect_right(starts, (piece.page, piece.start)) - 1)
        owned.setdefault(borders[at][2], []).append(piece)
    return owned


def _homes(
    decisions: Iterable[Decision], blocks: Sequence[Placed], owned: Mapping[int, list[Placed]]
) -> dict[int, list[tuple[Decision, list[Placed]]]]:
    """Put each decision, with its pieces, where its first words are; its own ``section`` may be the item around."""
    by_page = {page: list(some) for page, some in groupby(blocks, key=lambda block: block.page)}
    owner = {(block.page, block.start): ordinal for ordinal, some in owned.items() for block in some}
    homes: dict[int, list[tuple[Decision, list[Placed]]]] = {}
    for decision in decisions:
        pieces = [piece for span in decision.spans for piece in covered(by_page.get(span.page, []), [span])]
        if pieces:
            around = [block for block in by_page[pieces[0].page] if block.start <= pieces[0].start]
            homes.setdefault(owner[around[-1].page, around[-1].start], []).append((decision, pieces))
    return homes


def _only_heading(own: list[Placed]) -> bool:
    return len(own) <= 1 and _weight(own) < _SMALLEST


def _groups(
    kind: PassageKind, pieces: list[Placed], decided: Sequence[tuple[Decision, list[Placed]]]
) -> Iterator[_Group]:
    """Yield the passages of one section as (kind, pieces), in reading order."""
    groups: list[_Group] = []
    if decided and pieces and _only_heading(pieces) and _place(pieces[0]) < _place(decided[0][1][0]):
        # an item that is nothing but its heading and its resolution is one passage
        first, parts = decided[0]
        decided, pieces = [(first, pieces + parts), *decided[1:]], []
    for decision, parts in decided:
        name: PassageKind = "recommendation" if decision.recommendation else "resolution"
        groups += [(name, group) for group in _decided(parts)]
    # pieces on two sides of a decision are not packed together
    borders = sorted(_place(parts[0]) for _, parts in decided)
    for _, run in groupby(pieces, key=lambda piece: bisect_right(borders, _place(piece))):
        groups += _plain(kind, list(run))
    yield from sorted(groups, key=lambda group: _place(group[1][0]))


def _place(piece: Placed) -> tuple[int, int]:
    return piece.page, piece.start


def _decided(parts: list[Placed]) -> Iterator[list[Placed]]:
    """A decision whole; a very long one in parts, cut between its limbs and paragraphs."""
    if _weight(parts) <= _WHOLE:
        yield parts
        return
    yield from _packed([short for part in parts for short in shortened(part)])


def _plain(kind: PassageKind, pieces: list[Placed]) -> Iterator[_Group]:
    """The text of a section between decisions: tables apart from prose, and boilerplate apart from an agenda."""
    for tabular, run in _runs(pieces):
        for group in _packed([short for piece in run for short in shortened(piece)]):
            printed = kind == "agenda" and _BOILERPLATE.search(" ".join(piece.text for piece in group))
            yield ("other" if printed else "table" if tabular else kind), group


def _runs(pieces: list[Placed]) -> Iterator[tuple[bool, list[Placed]]]:
    """Part tables from prose; prose in cells, and a single short row, count as prose; a few words join a table."""
    runs: list[tuple[bool, list[Placed]]] = []
    for row, some in groupby(pieces, key=lambda piece: piece.row):
        run = list(some)
        words = _weight(run)
        tabular = row and len(run) > 1 and words / len(run) <= _PROSE_ROW
        small = words < _SMALLEST
        before = runs[-1] if runs else None
        if before and (before[0] == tabular or small or _weight(before[1]) < _SMALLEST):
            runs[-1] = (before[0] or tabular, before[1] + run)
        else:
            runs.append((tabular, run))
    yield from runs


def _weight(pieces: Iterable[Placed]) -> float:
    return sum(weight(piece.text) for piece in pieces)


def _kind(section: Section, sections: Mapping[int, Section]) -> PassageKind:
    if section.kind == "recommendation":
        return "recommendation"
    outermost = chain(section, sections)[-1]
    if outermost.kind == "front":
        return "agenda"
    return "minute" if outermost.kind in ("minutes", "item") else "report"


def _packed(pieces: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Pack pieces to passages of like size: about `TARGET` words, at most `LARGEST` unless one piece is longer."""
    total = _weight(pieces)
    goal = total / max(1, round(total / TARGET))
    groups: list[list[Placed]] = []
    current: list[Placed] = []
    words = 0.0
    for piece in pieces:
        size = weight(piece.text)
        full = words + size > LARGEST and not (words < _SMALLEST and words + size <= LARGEST + _SMALLEST)
        if current and (full or words >= goal * 0.9):
            lead = _lead(current)
            groups.append(current[: len(current) - len(lead)])
            current, words = lead, _weight(lead)
        current.append(piece)
        words += size
    if current:
        last = groups[-1] if groups else []
        together = _weight(last) + words
        if last and words < _SMALLEST and together <= LARGEST + _SMALLEST:
            last += current
        else:
            groups.append(current)
    yield from groups


def _lead(current: list[Placed]) -> list[Placed]:
    """What introduces the next piece and must not be split from it: "The following were agreed:", a sub-heading."""
    last = current[-1]
    size = weight(last.text)
    introduces = last.text.endswith(":") or (last.bold and not last.row and size < _SMALLEST / 2)
    return [last] if introduces and size < _SMALLEST and _weight(current) - size >= _SMALLEST else []
