"""What each meeting is quoted with on a matter that is asked for over time or over bodies: its line.

A line is a ruling that says the matter, or else the sentence, or two, that tells most of it: chosen by how it is said,
then by how well it matches, and by how surely it answers where a cross-encoder reads it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

from indexer.records import Meeting, Paper, StoredPassage
from indexer.text import dates, figures
from indexer.text.sentences import sentences
from indexer.text.words import fold, single, words
from search import cite
from search.answer.apt import in_context, under_headings
from search.answer.lines import ENTRY, Part
from search.answer.said import said_above
from search.answer.telling import is_agenda, says
from search.answer.units import Unit, said_in, said_with_headings, units_of, whole
from search.answer.verbatim import Jumps, pieces
from search.answer.windows import least_beside, unbroken, windows
from search.bounds import BOUNDS
from search.contents import Contents
from search.question import matter
from search.question.intent import WHICH, moving
from search.question.query import Query
from search.ranking import presence
from search.ranking.query_tokens import QueryTokens
from search.ranking.reading import CrossEncoder, in_full
from search.ranking.rerank import Ranked
from search.results import first_words
from search.settings import FINDABLE, Quoting

Kind = Literal["decided", "recommended", "minuted", "reported", "on the agenda"]
_KIND: dict[str, Kind] = {"resolution": "decided", "recommendation": "recommended", "minute": "minuted"}


@dataclass(frozen=True, slots=True)
class Line:
    """What one meeting has on the matter, in its words: ``page`` is the sheet, None for papers without.

    ``header`` is the stem of its list, or the header of its table; a sentence over a page's end is of the page that it
    begins on.

    ``figures`` are the sums or shares, as printed, of the kind that most meetings give; ``figure_text`` the sentence
    that has them, on sheet ``figure_page``.
    """

    kind: Kind
    meeting: Meeting
    title: str
    text: str
    paper: Paper
    page: int | None
    figures: tuple[str, ...] = ()
    figure_text: str = ""
    figure_page: int | None = None
    header: str = ""

    @property
    def shown(self) -> str:
        """The line under its header, as it is read."""
        return f"{self.header}\n{self.text}" if self.header else self.text

    @property
    def said(self) -> str:
        """Say it in a list of meetings: ``4 May 2031, Cabinet (Ashshire Council): Ferry fares. “They rose …”``."""
        day = dates.written(self.meeting.date) if self.meeting.date else "No date"
        text = " ".join((self.text if "\t" in self.header else self.shown).split())
        begun = first_words(text, BOUNDS.listed_words)
        return f"{day}, {cite.body(self.meeting)}: {self.title}. “{begun}{' …' if begun != text else ''}”"

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        day = self.meeting.date
        return {
            "kind": self.kind, "authority": self.meeting.authority, "board": self.meeting.board,
            "meeting_date": day.isoformat() if day else None, "title": self.title, "text": self.text,
            "header": self.header, "file": self.paper.path, "page": self.page,
            "figures": list(self.figures), "figure_text": self.figure_text, "figure_page": self.figure_page,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What one meeting has on the matter: its line, and of which passage and what of it is quoted; None for a title."""

    line: Line
    quoted: tuple[StoredPassage, Unit] | None


_Own = tuple[Meeting, Sequence[Ranked]]


def told(
    every: Sequence[_Own], query: Query, tokens: QueryTokens, contents: Contents, quoting: Quoting,
    cross_encoder: CrossEncoder | None,
) -> list[Told | None]:  # fmt: skip
    """Choose what each meeting is quoted with; None for one of which nothing can be.

    Args:
        every: meetings, each with its passages on the matter.
        query: the question.
        tokens: its tokens, without words that ask how a matter came along.
        contents: sections of their papers, and where other programs do not read on.
        quoting: how well is well enough.
        cross_encoder: reads what of each is best; None where it is off.
    """
    short = replace(quoting, run=quoting.line, run_words=quoting.step_words)
    units = [_runs(query, tokens, own, short) for _, own in every]
    least = least_beside(query, (unit for some in units for unit in some), quoting)
    choosing = [
        _Choosing(own, [unit for unit in some if unit.beside >= least], query, tokens, quoting)
        for (_, own), some in zip(every, units, strict=True)
    ]
    near = [one.near() for one in choosing]
    odds = iter(_odds(query, near, choosing, cross_encoder))
    made = []
    for (met, own), one, first in zip(every, choosing, near, strict=True):
        sure = {id(unit): next(odds) for unit in first}
        made.append(_told(met, own, one, one.ordered(sure), contents, quoting))
    return made


def _runs(query: Query, tokens: QueryTokens, own: Sequence[Ranked], short: Quoting) -> list[Unit]:
    """Make the runs of which a line is chosen: a sentence, or one with the next where both are short."""
    units = units_of(query, tokens, own, short)
    texts = [one.stored.passage.text for one in own]
    # Two entries of a list are on two things; one too short to be found alone is read with the next.
    begun = {
        (unit.hit, unit.place)
        for before, unit in pairwise(units)
        if _begins_entry(texts[unit.hit - 1], unit.reach[0]) and before.words >= FINDABLE.words
    }
    last = {(unit.hit, unit.reach[1]): unit.place for unit in units}
    every = windows(tokens, own, units, short)
    inside = (
        any((run.hit, at) in begun for at in range(run.place + 1, last[run.hit, run.reach[1]] + 1)) for run in every
    )
    runs = [run for run, apart in zip(every, inside, strict=True) if not apart]
    return unbroken(tokens, runs, own, short)


def _begins_entry(text: str, at: int) -> bool:
    """Whether an entry of a list begins at a place; a symbol font's bullet is a sign or of no known kind."""
    return ENTRY.match(text, at) is not None or unicodedata.category(text[at]) in ("Co", "Sm", "So")


def _odds(
    query: Query, near: Sequence[Sequence[Unit]], choosing: Sequence[_Choosing], cross_encoder: CrossEncoder | None
) -> list[float]:
    """Say how surely each answers, in log-odds; 0 for all where nothing reads them."""
    texts = [one.read(unit) for one, some in zip(choosing, near, strict=True) for unit in some]
    if cross_encoder is None or not texts:
        return [0.0] * len(texts)
    return [verdict.odds for verdict in cross_encoder.judge(in_full(query), texts)]


class _Choosing:
    """The runs of one meeting, by what they say: one of few words has to say the matter itself.

    "This was agreed by the Board" under the right heading is not a line; what was agreed is.
    """

    def __init__(
        self, own: Sequence[Ranked], units: Sequence[Unit], query: Query, tokens: QueryTokens, quoting: Quoting
    ) -> None:
        self._own, self._query, self._tokens, self._quoting = own, query, tokens, quoting
        self._moved = moving(query.text)
        self._on_matter = set(map(single, matter.words_of(query)))
        self._shares = {id(unit): self._share(unit) for unit in units}
        self._least = quoting.telling * max(self._shares.values(), default=0.0)
        self._closest = max((unit.match for unit in units), default=0.0)
        listed = WHICH.search(query.text)
        self._discussed = listed is not None and not listed["papers"]
        every = sorted(((self._order(unit), -unit.score, at) for at, unit in enumerate(units)))
        self._said = [(order, units[at]) for order, _, at in every]

    def tells(self, unit: Unit) -> bool:
        """Whether a run tells something, and says nearly as much of the matter as any."""
        share = self._share(unit)
        return share >= self._least and self._says(unit) and says(self._own[unit.hit - 1].stored, unit)

    def _order(self, unit: Unit) -> tuple[float, ...]:
        """Order by what a run says: 0 for each thing that is as it should be.

        Of what a meeting discussed its minutes tell; its item on the matter does before others.
        """
        one, text = self._own[unit.hit - 1], in_context(unit)
        own = " ".join(" ".join(part.text for part in unit.parts).split())
        said = set(map(single, words(fold(text))))
        above = self._tokens.share_said(said_above(one.members[unit.member][1]), self._quoting.said)
        figured = unit.match >= self._quoting.figure * self._closest and bool(figures.keys(text))
        return (
            not self.tells(unit),
            text[:1].islower(),  # it begins on a page or in a passage before
            1 - _share_named(self._query, unit),
            self._discussed and one.stored.passage.kind not in _KIND,
            above < self._quoting.on_it,
            len(self._on_matter - said),
            len(sentences(own)) > 1,  # a second sentence has to say more of it
            bool(self._moved) and not figured,
        )

    def near(self) -> list[Unit]:
        """Give the best of those that say as much as the best does."""
        alike = [unit for key, unit in self._said if key == self._said[0][0]]
        return alike[: self._quoting.runs_read]

    def read(self, unit: Unit) -> str:
        """Give what is read of a run: it under the headings above it."""
        return under_headings(unit, self._own)

    def ordered(self, sure: dict[int, float]) -> list[Unit]:
        """Put the best ruling first, whole if it is short, then the runs as they say it and answer.

        Args:
            sure: by a run's identity how surely it answers, in log-odds, of those `near`.
        """
        first = sorted(
            (unit for _, unit in self._said if id(unit) in sure),
            key=lambda unit: -(unit.score + self._quoting.reading * sure[id(unit)]),
        )
        best = [*first, *(unit for _, unit in self._said if id(unit) not in sure)]
        rulings: list[Unit] = []
        for kind in ("resolution", "recommendation"):  # what was decided stands for what was asked for
            at = next((at for at, one in enumerate(self._own, 1) if one.stored.passage.kind == kind), 0)
            ruling = replace(whole(self._own[at - 1], at), reach=(0, len(self._own[at - 1].stored.passage.text)))
            rulings += [ruling] if at and ruling.words <= self._quoting.step_words else []
            rulings += [unit for unit in best if unit.hit == at]
        return [*(unit for unit in rulings if self._share(unit) >= self._least and self._says(unit)), *best]

    def _says(self, unit: Unit) -> bool:
        """Whether a run says some of the matter itself: "noted this update" does so by its headings alone."""
        return self._tokens.share_said(said_in(self._own[unit.hit - 1], unit), self._quoting.said) > 0

    def _share(self, unit: Unit) -> float:
        said = said_in if unit.words < self._quoting.led else said_with_headings
        return self._tokens.share_said(said(self._own[unit.hit - 1], unit), self._quoting.said)


def _told(
    met: Meeting, own: Sequence[Ranked], choosing: _Choosing, ordered: Sequence[Unit], contents: Contents,
    quoting: Quoting,
) -> Told | None:  # fmt: skip
    """Make the line of the first run that can be found in its paper."""
    for unit in ordered:
        if parts := pieces(unit.parts, unit.paper, contents.jumps):
            one = own[unit.hit - 1].stored
            home = cite.home(one.section, contents.sections(one.paper.id))
            kind = "on the agenda" if is_agenda(one) else _KIND.get(one.passage.kind, "reported")
            said = _figures(ordered, own, contents.jumps, quoting.figure)
            line = Line(
                kind, met, cite.shortened(home.title or one.paper.title), " ".join(part.text for part in parts),
                one.paper, _sheet(one, parts[0]), *said, "\n".join(part.text for part in unit.header),
            )  # fmt: skip
            return Told(line, (one, unit) if choosing.tells(unit) else None)
    return None


def _share_named(query: Query, unit: Unit) -> float:
    """Give the share of the question's names, bodies apart, that a sentence says itself; 1 where it has none."""
    bodies = {word for name in (*query.authorities, *query.boards) for word in words(name)}
    alike = {part: float(part not in bodies) for name in presence.named(query) for part in words(name)}
    return presence.share_named(query, " ".join(part.text for part in (*unit.header, *unit.parts)), alike)


def _figures(
    units: Sequence[Unit], own: Sequence[Ranked], jumps: Jumps, near: float
) -> tuple[tuple[str, ...], str, int | None]:
    """Give the figures of the best sentence that has any and matches about as well as the best, and its place."""
    best = max((unit.match for unit in units), default=0.0)
    for unit in units:
        if unit.match >= near * best and (parts := pieces(unit.parts, unit.paper, jumps)):
            text = parts[0].text
            printed = tuple(dict.fromkeys(text[one.start : one.end] for one in figures.figures(text)))
            if printed:
                return printed, text, _sheet(own[unit.hit - 1].stored, parts[0])
    return (), "", None


def _sheet(stored: StoredPassage, part: Part) -> int | None:
    return part.page if stored.paper.paged else None
