"""What is chosen to be quoted, unit by unit: within an answer's words, nothing twice, nothing that cannot be found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.records import RULINGS
from indexer.text.sentences import sentences
from indexer.text.words import STOP_WORDS, WORD
from search.answer.lines import Part
from search.answer.units import Unit, beginnings
from search.answer.verbatim import pieces
from search.bounds import BOUNDS
from search.contents import Contents
from search.ranking.rerank import Ranked
from search.settings import FINDABLE

# What follows is only understood, and explained, by what stands before it.
_CONCLUDES = re.compile(r"\b(?:therefore|accordingly|consequently|hence|as a result)\b", re.IGNORECASE)


class Draft:
    """What is chosen so far: units as they are quoted, within the words of an answer, none twice."""

    def __init__(
        self, ranked: Sequence[Ranked], units: Sequence[Unit], contents: Contents, *, reasons: bool = False
    ) -> None:
        """Begin with nothing chosen.

        Args:
            ranked: the hits.
            units: what may be quoted of them.
            contents: the papers' pages and sections, and where other programs do not read on.
            reasons: whether a ruling is quoted with what stands before it, as reasons do.
        """
        self.chosen: list[Unit] = []
        self._ranked = ranked
        self._around = {(unit.hit, unit.place): unit for unit in units}
        self._contents = contents
        self._reasons = reasons
        self._left = BOUNDS.answer_words
        self._said: list[str] = []

    def take(self, unit: Unit) -> bool:
        """Quote a unit, if there is room, it is new, and other programs find it; return whether it was.

        One that says all of an earlier one, and more, takes its place.
        """
        parts = pieces(unit.parts, unit.paper, self._contents.jumps)
        header = pieces(unit.header or self._begun(unit), unit.paper, self._contents.jumps)
        words = sum(len(part.text.split()) for part in (*header, *parts))
        said = f" {' '.join(WORD.findall(' '.join(part.text for part in parts).casefold()))} "
        if not parts or words > self._left or any(said in other for other in self._said):
            return False
        whole = (at for at, other in enumerate(self._said) if other in said)
        at = next(whole, len(self._said))
        self.chosen[at : at + 1] = [replace(unit, parts=parts, header=header)]
        self._said[at : at + 1] = [said]
        self._left -= words
        return True

    def _begun(self, unit: Unit) -> tuple[Part, ...]:
        """Give the title and header row of a table that begins before the passage, for its rows up to other text."""
        at, part = self._ranked[unit.hit - 1].members[unit.member]
        passage, headers = part.stored.passage, part.stored.headers
        before = passage.text[: max(0, unit.reach[0] - at)].splitlines()
        if not unit.row or not all("\t" in line for line in before):
            return ()
        return tuple(Part(text, at.page, at.start) for text, at in zip(headers, passage.headers, strict=True))

    def repeats(self, unit: Unit, share: float) -> bool:
        """Whether more than a share of the telling words of a unit are quoted already."""
        own = _telling(" ".join(part.text for part in unit.parts))
        said = {word for text in self._said for word in _telling(text)}
        return len(own & said) > share * len(own)

    def take_ruling(self, one: Ranked, hit: int, short: int, share: int = 1) -> bool:
        """Quote a ruling whole, or so many of its first sentences as its part of the room that is left holds.

        Args:
            one: the ruling.
            hit: its number.
            short: of fewer words it says too little alone ("This was agreed."), and comes with the sentence before it
                where that is of the same paragraph.
            share: into how many parts the room is divided; this ruling and those still to come have one each.
        """
        room = self._left // share
        units = list(beginnings(one, hit))
        led = self._led(units[0], one) if self._follows(units[0]) or units[0].words < short else None
        every = [*([led] if led else []), *units]
        # A first sentence too long for its part has that of those that come after.
        return any(self.take(unit) for unit in every if unit.words <= room) or self.take(every[-1])

    def _follows(self, unit: Unit) -> bool:
        """Whether a unit draws a conclusion in its first sentence, or is a ruling whose reasons are asked for."""
        text, kind = unit.parts[0].text, self._ranked[unit.hit - 1].stored.passage.kind
        first = next(iter(sentences(text)), (0, 0))
        return _CONCLUDES.search(text, *first) is not None or (self._reasons and kind in RULINGS)

    def _led(self, unit: Unit, one: Ranked) -> Unit | None:
        """Let a unit begin with the sentence before it in its paragraph; None where there is none on its page."""
        first, *rest = unit.parts
        own = [span.start for span in one.stored.section.spans if span.page == first.page and span.start < first.start]
        text = self._contents.text(unit.paper, first.page)
        before = list(sentences(text[max(own, default=first.start) : first.start]))
        if not before or text[max(own) + before[-1][1] : first.start].strip(" "):
            return None
        start = max(own) + before[-1][0]
        return replace(unit, parts=(Part(text[start : first.end], first.page, start), *rest))

    def take_in_context(self, unit: Unit) -> bool:
        """Quote a sentence or row: with the one before if it follows from that, with one beside if not found alone."""
        led = self._led(unit, self._ranked[unit.hit - 1]) if self._follows(unit) else None
        if (led is not None and self.take(led)) or self.take(unit):
            return True
        beside = (self._around.get((unit.hit, unit.place + step)) for step in (1, -1))
        text = self._ranked[unit.hit - 1].stored.passage.text
        joined = (_joined(unit, other, text) for other in beside if other is not None)
        return any(self.take(one) for one in joined if one is not None)


def _telling(text: str) -> set[str]:
    return set(WORD.findall(text.casefold())) - STOP_WORDS


def _joined(unit: Unit, other: Unit, text: str) -> Unit | None:
    """Make one quotation of two sentences of ``text`` that follow each other on one page; None if they do not."""
    before, after = (unit, other) if unit.place < other.place else (other, unit)
    head, tail = before.parts[-1], after.parts[0]
    apart = after.reach[0] - before.reach[1]
    # Rows beside each other are about different things; one too short to be found alone is quoted with the next.
    rows = (unit.row or other.row) and unit.words >= FINDABLE.words
    if rows or len(before.parts) + len(after.parts) > 2 or head.page != tail.page or apart > FINDABLE.apart:
        return None
    begin, end = before.reach[0], after.reach[1]
    return replace(unit, parts=(Part(text[begin:end], head.page, head.start),))
