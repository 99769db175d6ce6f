"""A matter meeting by meeting: one line for each, the figures that they give, and the years and bodies without any.

"How has X changed since 2014?", "Which boards discussed X?" and "Compare A and B on X" are answered by more meetings
than an answer has room to quote; each line is one quotation with its place, so all of them can be read out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any, Literal

from indexer.records import RULINGS, Filters, Meeting, Paper, StoredPassage
from indexer.text import figures
from search import cite
from search.answer.units import Part, Unit, units_of, whole
from search.answer.verbatim import Jumps, pieces
from search.answer.windows import least_beside, unbroken
from search.contents import Contents, meeting_of
from search.library import Library
from search.question.intent import WHICH
from search.question.query import Query
from search.ranking import presence
from search.ranking.query_tokens import QueryTokens
from search.ranking.rerank import Ranked
from search.settings import Quoting

Kind = Literal["decided", "recommended", "minuted", "reported"]
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
    """The lines, the earliest meeting first, and in whole sentences which years and bodies have none."""

    lines: tuple[Line, ...]
    lacking: tuple[str, ...] = ()

    @property
    def bodies(self) -> dict[str, int]:
        """How many meetings of each body have a line, most first."""
        return dict(Counter(cite.body(line.meeting) for line in self.lines if cite.body(line.meeting)).most_common())

    @property
    def table(self) -> tuple[Line, ...]:
        """The lines that give a figure."""
        return tuple(line for line in self.lines if line.figures)

    def to_json(self) -> dict[str, Any]:
        """Give the JSON form."""
        return {
            "lines": [line.to_json() for line in self.lines],
            "bodies": self.bodies,
            "not_held": list(self.lacking),
        }


def overview(
    query: Query,
    asked: QueryTokens,
    ranked: Sequence[Ranked],
    library: Library,
    contents: Contents,
    quoting: Quoting,
) -> Overview | None:
    """Give a matter meeting by meeting; None unless that is asked for and several meetings have something on it.

    Args:
        query: the question.
        asked: its tokens.
        ranked: all passages found, the best first.
        library: the archive.
        contents: sections of its papers, and where other programs do not read on.
        quoting: how well is well enough.
    """
    if query.intent != "overview":
        return None
    days = [presence.opened(query.text, period) for period in query.periods]
    listed = WHICH.search(query.text)
    papers = (listed["papers"] or "").lower() if listed else ""
    titled = next((stem for stem in _IN_TITLES if papers.startswith(stem)), "")
    meetings: dict[tuple[Meeting, str], list[Ranked]] = {}
    for one in sorted(ranked, key=lambda one: -one.match):
        met = meeting_of(one.stored.section.meeting, one.stored.paper)
        within = not days or (met.date and any(period.first <= met.date <= period.last for period in days))
        share = 1.0 if listed else asked.share_said(one.cosines.max(axis=1, initial=0.0), quoting.said)
        on_it = share >= quoting.on_it and titled in _titles(one.stored) and presence.names_it(query, one.stored)
        if within and on_it and not presence.elsewhere(query, one.stored):
            meetings.setdefault((met, one.stored.paper.id if papers else ""), []).append(one)
    first = list(meetings.items())[: quoting.meetings]
    told = [unbroken(asked, units_of(query, asked, own, quoting), own, quoting) for _, own in first]
    least = least_beside(query, (unit for units in told for unit in units), quoting)
    near = ([unit for unit in units if unit.beside >= least] for units in told)
    each = zip(first, near, strict=True)
    lines = [line for ((met, _), own), units in each if (line := _line(met, own, units, contents, quoting))]
    if len(lines) < (1 if listed else quoting.meetings_least):
        return None
    lines = sorted(
        _alike(lines, quoting.meetings_least), key=lambda line: (line.meeting.date or date.max, cite.body(line.meeting))
    )
    return Overview(tuple(lines), tuple(_lacking(query, lines, library)))


def _titles(stored: StoredPassage) -> str:
    return " ".join((stored.paper.title, PurePath(stored.paper.path).name, *stored.passage.trail)).lower()


def _line(
    met: Meeting, own: Sequence[Ranked], told: Sequence[Unit], contents: Contents, quoting: Quoting
) -> Line | None:
    """Make a meeting's line: of its best ruling, else of its best sentence, that other programs find again."""
    units = sorted(told, key=lambda unit: -unit.score)
    rulings = [at for at, one in enumerate(own) if one.stored.passage.kind in RULINGS]
    first = [whole(own[at], at + 1) for at in rulings[:1]]
    first = [unit for unit in first if unit.words <= quoting.step_words]
    ruled = [unit for unit in units if rulings and unit.hit == rulings[0] + 1]
    for unit in (*first, *ruled, *units):
        if parts := pieces(unit.parts, unit.paper, contents.jumps):
            one = own[unit.hit - 1].stored
            home = cite.home(one.section, contents.sections(one.paper.id))
            said = _figures(units, own, contents.jumps, quoting.figure)
            return Line(
                _KIND.get(one.passage.kind, "reported"), met, cite.shortened(home.title or one.paper.title),
                parts[0].text, one.paper, _sheet(one, parts[0]), *said,
            )  # fmt: skip
    return None


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


def _lacking(query: Query, lines: Sequence[Line], library: Library) -> Iterator[str]:
    """Say which years and which of the bodies named have no line, and of which years no papers are held at all."""
    told_years = {line.meeting.date.year for line in lines if line.meeting.date}
    totals = library.totals()
    earliest, latest = (day.year if day else 0 for day in (totals.earliest, totals.latest))
    asked = [presence.opened(query.text, period) for period in query.periods]
    first = max(min((one.first.year for one in asked), default=min(told_years, default=0)), earliest)
    last = min(max((one.last.year for one in asked), default=max(told_years, default=-1)), latest)
    years = [year for year in range(first, last + 1) if year not in told_years]
    held = library.facets(Filters(query.authorities, query.boards)).years
    if silent := [year for year in years if year in held]:
        yield f"The papers of {_listed(silent)} say nothing on it that was found."
    if absent := [year for year in years if year not in held]:
        yield f"No papers of {_listed(absent)} are held."
    for name in (*query.authorities, *query.boards):
        if not any(name in (line.meeting.authority, line.meeting.board) for line in lines):
            yield f"Nothing on it was found in the papers of {name}."


def _listed(years: Iterable[int]) -> str:
    names = list(map(str, years))
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
