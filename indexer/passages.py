"""Sections to passages: what is embedded, found and shown; each of one section, never of two minute items.

Whole paragraphs and rows are packed to about 110 words; a resolution or recommendation stands alone and whole; a table
row remembers its header. Everything is kept by exact spans, so no text is copied that the page does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from indexer.blocks import Placed, placed, spans_over
from indexer.pieces import LARGEST, TARGET, covered, shortened, weight, without
from indexer.records import Decision, Page, Passage, PassageKind, Section, Span, cut
from indexer.tables import headers_of
from indexer.trails import trail

# Resolutions up to this many words stay whole, even where the encoder does not read the last of them.
_WHOLE = 200
# Fewer words than this at the end of a section join the passage before.
_SMALLEST = 25
# Rows with more words than this on average are prose laid out as a table.
_PROSE_ROW = 45

_BOILERPLATE = re.compile(
    r"rights? (?:of access )?to information|right to:|inspect (?:the )?(?:agenda|minutes)|fire (?:and|or) emergency"
    r"|fire alarm|evacuat|assembly point|nearest (?:available )?(?:fire )?exit|being (?:webcast|filmed)|webcast"
    r"|audio recording|filming|large print|another language|in other (?:formats|languages)|intentionally (?:left )?blank"
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
        decisions: its resolutions and recommendations; each becomes a passage of its own.

    Returns:
        The passages in reading order, numbered from 0. Every block's words are in at least one. A heading without
        text of its own goes to the first passage below it, so a passage may begin with its section's parents' headings.
    """
    texts = {page.number: page.text for page in pages}
    blocks = placed(pages)
    by_ordinal = {section.ordinal: section for section in sections}
    found: list[Passage] = []
    carried: list[Placed] = []
    for index, section in enumerate(sections):
        own = list(_within(blocks, section))
        mine = [decision for decision in decisions if decision.section == section.ordinal]
        following = sections[index + 1] if index + 1 < len(sections) else None
        if not mine and _only_heading(own) and following and following.parent == section.ordinal:
            carried += own
            continue
        for kind, group in _groups(section, sections, carried + own, mine):
            spans = spans_over(group)
            header = headers_of(group, own) if kind == "table" else ()
            text = cut(texts, spans)
            found.append(Passage(len(found), section.ordinal, kind, spans, text, trail(section, by_ordinal), header))
        carried = []
    return tuple(found)


def embedded_text(passage: Passage, header_text: str) -> str:
    """Return what the encoder and the word index read of a passage: headings, table header, text.

    Args:
        passage: the passage.
        header_text: the cut of ``passage.headers``, or "".
    """
    return "\n".join(part for part in (". ".join(passage.trail), header_text, passage.text) if part)


def _within(blocks: Iterable[Placed], section: Section) -> Iterator[Placed]:
    spans: dict[int, list[Span]] = {}
    for span in section.spans:
        spans.setdefault(span.page, []).append(span)
    for block in blocks:
        if any(span.start <= block.start and block.end <= span.end for span in spans.get(block.page, ())):
            yield block


def _only_heading(own: list[Placed]) -> bool:
    return len(own) <= 1 and sum(weight(piece.text) for piece in own) < _SMALLEST


def _groups(
    section: Section, sections: Sequence[Section], pieces: list[Placed], decisions: Sequence[Decision]
) -> Iterator[_Group]:
    """Yield the passages of one section as (kind, pieces), in reading order."""
    groups: list[_Group] = []
    for decision in decisions:
        kind: PassageKind = "recommendation" if decision.recommendation else "resolution"
        groups += [(kind, group) for group in _decided(decision, pieces)]
    taken = [span for decision in decisions for span in decision.spans]
    rest = list(without(pieces, taken))
    borders = sorted((span.page, span.start) for span in taken)
    for _, run in groupby(rest, key=lambda piece: _rank(borders, piece)):
        groups += _plain(section, sections, list(run))
    yield from sorted(groups, key=lambda group: (group[1][0].page, group[1][0].start))


def _rank(borders: list[tuple[int, int]], piece: Placed) -> int:
    """How many decisions begin before the piece: pieces on two sides of a decision are not packed together."""
    return sum(border <= (piece.page, piece.start) for border in borders)


def _decided(decision: Decision, pieces: list[Placed]) -> Iterator[list[Placed]]:
    """A decision whole; a very long one in parts, cut between its limbs and paragraphs."""
    parts = list(covered(pieces, decision.spans))
    if not parts:
        return
    if sum(weight(part.text) for part in parts) <= _WHOLE:
        yield parts
        return
    yield from _packed([short for part in parts for short in shortened(part)])


def _plain(section: Section, sections: Sequence[Section], pieces: list[Placed]) -> Iterator[_Group]:
    """The text of a section between decisions: tables apart from prose."""
    for tabular, run in _runs(pieces):
        for group in _packed([short for piece in run for short in shortened(piece)]):
            yield ("table" if tabular else _kind(section, sections, group)), group


def _runs(pieces: list[Placed]) -> Iterator[tuple[bool, list[Placed]]]:
    """Part tables from prose; prose in cells, and a single short row, count as prose."""
    prose: list[Placed] = []
    for row, some in groupby(pieces, key=lambda piece: piece.row):
        run = list(some)
        words = sum(weight(piece.text) for piece in run)
        if row and len(run) > 1 and words / len(run) <= _PROSE_ROW:
            if prose:
                yield False, prose
                prose = []
            yield True, run
        else:
            prose += run
    if prose:
        yield False, prose


def _kind(section: Section, sections: Sequence[Section], group: list[Placed]) -> PassageKind:
    if section.kind == "recommendation":
        return "recommendation"
    outermost = section
    by_ordinal = {one.ordinal: one for one in sections}
    while outermost.parent is not None:
        outermost = by_ordinal[outermost.parent]
    if outermost.kind == "front":
        text = " ".join(piece.text for piece in group)
        return "other" if _BOILERPLATE.search(text) else "agenda"
    return "minute" if outermost.kind in ("minutes", "item") else "report"


def _packed(pieces: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Pack pieces to passages of like size: about `TARGET` words, at most `LARGEST` unless one piece is longer."""
    total = sum(weight(piece.text) for piece in pieces)
    goal = total / max(1, round(total / TARGET))
    groups: list[list[Placed]] = []
    current: list[Placed] = []
    words = 0.0
    for piece in pieces:
        size = weight(piece.text)
        if current and (words + size > LARGEST or words >= goal * 0.9):
            lead = _lead(current)
            groups.append(current[: len(current) - len(lead)])
            current, words = lead, sum(weight(one.text) for one in lead)
        current.append(piece)
        words += size
    if current:
        last = groups[-1] if groups else []
        together = sum(weight(piece.text) for piece in last) + words
        if last and words < _SMALLEST and together <= LARGEST + _SMALLEST:
            last += current
        else:
            groups.append(current)
    yield from groups


def _lead(current: list[Placed]) -> list[Placed]:
    """What introduces the next piece and must not be parted from it: "The following were agreed:", a sub-heading."""
    if len(current) < 2:
        return []
    last = current[-1]
    introduces = last.text.endswith(":") or (last.bold and not last.row and weight(last.text) < 12)
    return [last] if introduces else []
