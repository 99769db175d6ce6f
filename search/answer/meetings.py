"""A matter meeting by meeting: one line for each, the figures that they give, and the years and bodies without any.

"How has X changed since 2014?", "Which boards discussed X?" and "Compare A and B on X" are answered by more meetings
than an answer has room to quote; each line is one quotation with its place, so all of them can be read out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any, Literal

from indexer.records import Filters, Meeting, Paper, StoredPassage
from indexer.text import figures
from indexer.text.words import fold, single, words
from search import cite
from search.answer.bodies import Having, having
from search.answer.lines import Part
from search.answer.telling import is_agenda, says
from search.answer.units import Unit, said_in, said_with_headings, units_of, whole
from search.answer.verbatim import Jumps, pieces
from search.answer.windows import least_beside, unbroken
from search.contents import Contents, meeting_of
from search.library import Library
from search.question import matter, sides
from search.question.intent import WHICH, moving
from search.question.query import Query
from search.ranking import presence
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.settings import Quoting

Kind = Literal["decided", "recommended", "minuted", "reported", "on the agenda"]
_IN_TITLES = ("strateg", "polic", "plan")  # kinds of papers whose titles say so
_KIND: dict[str, Kind] = {"resolution": "decided", "recommendation": "recommended", "minute": "minuted"}


@dataclass(frozen=True, slots=True)
class Line:
    """What one meeting has on the matter, in its words: ``page`` is the sheet, None for papers without.

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

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        day = self.meeting.date
        return {
            "kind": self.kind, "authority": self.meeting.authority, "board": self.meeting.board,
            "meeting_date": day.isoformat() if day else None, "title": self.title, "text": self.text,
            "file": self.paper.path, "page": self.page,
            "figures": list(self.figures), "figure_text": self.figure_text, "figure_page": self.figure_page,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overview:
    """The lines, the earliest meeting first, and in whole sentences which years and bodies have none.

    ``having`` counts by body all meetings that have something; not all need have a line. ``leads`` says whether that is
    what is asked for, so that it goes before all quotations.
    """

    lines: tuple[Line, ...]
    lacking: tuple[str, ...] = ()
    having: tuple[Having, ...] = ()
    leads: bool = False

    @property
    def bodies(self) -> dict[str, int]:
        """How many meetings of each body have a line, most first."""
        return dict(Counter(cite.body(line.meeting) for line in self.lines if cite.body(line.meeting)).most_common())

    @property
    def lead(self) -> str:
        """Say of how many bodies something was found, where that is asked for; else ""."""
        count = len(self.having)
        return f"Found in the papers of {count:,} {'body' if count == 1 else 'bodies'}:" if self.leads else ""

    @property
    def table(self) -> tuple[Line, ...]:
        """The lines that give a figure."""
        return tuple(line for line in self.lines if line.figures)

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "lines": [line.to_json() for line in self.lines],
            "bodies": self.bodies,
            "having": [one.to_json() for one in self.having],
            "not_held": list(self.lacking),
        }


@dataclass(frozen=True, slots=True)
class Told:
    """What one meeting has on the matter: its line, and what else it could be quoted with, the best first.

    Each is a passage and what of it is quoted; the line is of the first.
    """

    line: Line
    choices: tuple[tuple[StoredPassage, Unit], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What meetings have on a matter, the best first, and by body how many have something."""

    told: tuple[Told, ...] = ()
    having: tuple[Having, ...] = ()


def found(query: Query, tokens: QueryTokens, ranked: Sequence[Ranked], contents: Contents, quoting: Quoting) -> Found:
    """Choose what each meeting has on a matter, the meeting that matches best first; nothing unless that is asked for.

    Each side of a comparison, and each body where bodies are asked for, has as much room as the others.

    Args:
        query: the question.
        tokens: its tokens.
        ranked: all passages found, the best first.
        contents: sections of their papers, and where other programs do not read on.
        quoting: how well is well enough.
    """
    if query.intent != "overview":
        return Found()
    days, tokens, listed = sides.periods(query), tokens.without(moving(query.text)), WHICH.search(query.text)
    papers = (listed["papers"] or "").lower() if listed else ""
    titled = next((stem for stem in _IN_TITLES if papers.startswith(stem)), "")
    meetings: dict[tuple[Meeting, str], list[Ranked]] = {}
    for one in sorted(ranked, key=lambda one: -one.match):
        met = meeting_of(one.stored.section.meeting, one.stored.paper)
        within = not days or (met.date and any(period.first <= met.date <= period.last for period in days))
        share = 1.0 if listed else tokens.share_said(one.cosines.max(axis=1, initial=0.0), quoting.said)
        on_it = share >= quoting.on_it and titled in _titles(one.stored) and presence.names_it(query, one.stored)
        if within and on_it and not presence.elsewhere(query, one.stored):
            meetings.setdefault((met, one.stored.paper.id if papers else ""), []).append(one)
    groups = sides.grouped(query, meetings.items(), lambda item: item[0][0])
    first = sides.in_turn(groups)[: quoting.meetings]
    units = [unbroken(tokens, units_of(query, tokens, own, quoting), own, quoting) for _, own in first]
    least = least_beside(query, (unit for every in units for unit in every), quoting)
    near = ([unit for unit in every if unit.beside >= least] for every in units)
    each = zip(first, near, strict=True)
    told = [_told(met, own, every, query, tokens, contents, quoting) for ((met, _), own), every in each]
    named = {key for (key, _), one in zip(first, told, strict=True) if one is None or not one.choices}
    every = [(met, own[0].stored.paper.id, (met, paper) in named) for (met, paper), own in meetings.items()]
    return Found(tuple(one for one in told if one is not None and (one.choices or listed)), having(every))


def overview(query: Query, found: Found, library: Library, quoting: Quoting) -> Overview | None:
    """Give a matter meeting by meeting; None unless several meetings have something on it, or a list is asked for.

    Args:
        query: the question.
        found: what meetings have.
        library: the archive.
        quoting: how many meetings are several.
    """
    listed = WHICH.search(query.text) is not None
    if len(found.told) < (1 if listed else quoting.meetings_least):
        return None
    lines = _alike([one.line for one in found.told], quoting.meetings_least)
    lines = sorted(lines, key=lambda line: (line.meeting.date or date.max, cite.body(line.meeting)))
    leads = listed or len(sides.bodies(query)) > 1
    return Overview(tuple(lines), tuple(_lacking(query, lines, found.having, library)), found.having, leads)


def _titles(stored: StoredPassage) -> str:
    return " ".join((stored.paper.title, PurePath(stored.paper.path).name, *stored.passage.trail)).lower()


def _told(
    met: Meeting, own: Sequence[Ranked], units: Sequence[Unit], query: Query, tokens: QueryTokens, contents: Contents,
    quoting: Quoting,
) -> Told | None:  # fmt: skip
    """Choose what a meeting is quoted with: a ruling that says the matter, else the best sentence that can be found."""
    ordered = _ordered(own, units, query, tokens, quoting)
    for at, unit in enumerate(ordered):
        if parts := pieces(unit.parts, unit.paper, contents.jumps):
            one = own[unit.hit - 1].stored
            home = cite.home(one.section, contents.sections(one.paper.id))
            kind = "on the agenda" if is_agenda(one) else _KIND.get(one.passage.kind, "reported")
            said = _figures(ordered, own, contents.jumps, quoting.figure)
            line = Line(
                kind, met, cite.shortened(home.title or one.paper.title),
                parts[0].text, one.paper, _sheet(one, parts[0]), *said,
            )  # fmt: skip
            rest = ((own[other.hit - 1].stored, other) for other in ordered[at:])
            return Told(line, tuple(choice for choice in rest if says(*choice)))
    return None


def _ordered(
    own: Sequence[Ranked], units: Sequence[Unit], query: Query, tokens: QueryTokens, quoting: Quoting
) -> list[Unit]:
    """Put the best ruling first, whole if it is short: one of few words has to say the matter itself.

    "This was agreed by the Board" under the right heading is not a line; what was agreed is.
    """

    def share(unit: Unit) -> float:
        said = said_in if unit.words < quoting.led else said_with_headings
        return tokens.share_said(said(own[unit.hit - 1], unit), quoting.said)

    on_matter = set(map(single, matter.words_of(query))) - moving(query.text)
    least = quoting.telling * max(map(share, units), default=0.0)

    def order(unit: Unit) -> tuple[bool, bool, float, int, float]:
        stored, text = own[unit.hit - 1].stored, " ".join(part.text for part in (*unit.header, *unit.parts))
        literal = sum(word in on_matter for word in set(map(single, words(fold(text)))))
        half = text[:1].islower()  # it begins on a page or in a passage before
        apt = says(stored, unit) and share(unit) >= least
        return not apt, half, -_share_named(query, unit), -literal, -unit.score

    best = sorted(units, key=order)
    first: list[Unit] = []
    for kind in ("resolution", "recommendation"):  # what was decided stands for what was asked for
        at = next((at for at, one in enumerate(own, 1) if one.stored.passage.kind == kind), 0)
        ruling = whole(own[at - 1], at)
        first += [ruling] if at and ruling.words <= quoting.step_words else []
        first += [unit for unit in best if unit.hit == at]
    return [*(unit for unit in first if share(unit) >= least), *best]


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


def _alike(lines: Sequence[Line], least: int) -> list[Line]:
    """Keep the figures of the kind that most lines give: a sum is not compared with a share."""
    kinds = {
        kind: [tuple(one for one in line.figures if figures.keys(one, kind)) for line in lines]
        for kind in ("money", "share")
    }
    rows = max(kinds.values(), key=lambda rows: sum(map(bool, rows)))
    if sum(map(bool, rows)) < least:
        rows = [()] * len(lines)
    return [
        replace(line, figures=own) if own else replace(line, figures=(), figure_text="", figure_page=None)
        for line, own in zip(lines, rows, strict=True)
    ]


def _lacking(query: Query, lines: Sequence[Line], having: Sequence[Having], library: Library) -> Iterator[str]:
    """Say which years and which of the bodies named have no line, and for which years no papers are held at all."""
    told_years = {line.meeting.date.year for line in lines if line.meeting.date}
    totals = library.totals()
    earliest, latest = (day.year if day else 0 for day in (totals.earliest, totals.latest))
    periods = sides.periods(query)
    first = max(min((one.first.year for one in periods), default=min(told_years, default=0)), earliest)
    last = min(max((one.last.year for one in periods), default=max(told_years, default=-1)), latest)
    years = [year for year in range(first, last + 1) if year not in told_years]
    held = library.facets(Filters(query.authorities, query.boards)).years
    if silent := [year for year in years if year in held]:
        yield f"The papers of {cite.joined(map(str, silent))} say nothing on it that was found."
    if absent := [year for year in years if year not in held]:
        yield f"No papers of {cite.joined(map(str, absent))} are held."
    told = [*(line.meeting for line in lines), *(one.meeting for one in having)]
    for side in sides.bodies(query):
        if not any(map(side.holds, told)):
            yield f"Nothing on it was found in the papers of {side.names[0]}."
