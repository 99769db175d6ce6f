"""A matter meeting by meeting: one line for each, the figures that they give, and the years and bodies without any.

"How has X changed since 2014?", "Which boards discussed X?" and "Compare A and B on X" are answered by more meetings
than an answer has room to quote; each line is one quotation with its place, so all of them can be read out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any

from indexer.records import Filters, Meeting, StoredPassage
from indexer.text import figures
from indexer.text.words import WORD
from search import cite
from search.answer.bodies import Having, having, number
from search.answer.reporting import followed
from search.answer.resolutions import Shown
from search.answer.steps import Line, Told, told
from search.contents import Contents, meeting_of
from search.library import Library
from search.question import matter, sides
from search.question.intent import WHICH, moving
from search.question.query import Query
from search.ranking import presence
from search.ranking.query_tokens import QueryTokens
from search.ranking.reading import CrossEncoder
from search.ranking.rerank import Ranked
from search.results import Status
from search.settings import Quoting

_IN_TITLES = ("strateg", "polic", "plan")  # kinds of papers whose titles say so


@dataclass(frozen=True, slots=True)
class Overview:
    """The lines, the earliest meeting first, and in whole sentences which years and bodies have none.

    ``having`` counts by body all meetings that have something; not all need have a line. ``leads`` says whether that is
    what is asked for, so that it goes before all quotations; ``by_meeting`` whether meetings are, and not bodies.
    """

    lines: tuple[Line, ...]
    lacking: tuple[str, ...] = ()
    having: tuple[Having, ...] = ()
    leads: bool = False
    by_meeting: bool = False

    @property
    def bodies(self) -> dict[str, int]:
        """How many meetings of each body have a line, most first."""
        return dict(Counter(cite.body(line.meeting) for line in self.lines if cite.body(line.meeting)).most_common())

    @property
    def lead(self) -> str:
        """Say of how many bodies or meetings something was found, where that is asked for; else ""."""
        of = number(len(self.having), "body", "bodies")
        if self.by_meeting:
            of = f"{number(sum(len(one.days) for one in self.having), 'meeting')} of {of}"
        return f"Found in the papers of {of}:" if self.leads else ""

    @property
    def leading(self) -> tuple[str, ...]:
        """Say what each body has, or each meeting, where that is asked for; nothing for other questions."""
        if self.by_meeting:
            return tuple(line.said for line in self.lines)
        return tuple(one.said for one in self.having) if self.leads else ()

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
class Found:
    """What meetings have on a matter, the best first, and by body how many have something.

    ``printed`` says whether their papers print the matter word by word: that they do is then an answer, however little
    any of them says on how it changed or compares.
    """

    told: tuple[Told, ...] = ()
    having: tuple[Having, ...] = ()
    printed: bool = False


def found(
    query: Query, tokens: QueryTokens, ranked: Sequence[Ranked], contents: Contents, quoting: Quoting,
    cross_encoder: CrossEncoder | None = None,
) -> Found:  # fmt: skip
    """Choose what each meeting has on a matter, the meeting that matches best first; nothing unless that is asked for.

    Each side of a comparison, and each body where bodies are asked for, has as much room as the others.

    Args:
        query: the question.
        tokens: its tokens.
        ranked: all passages found, the best first.
        contents: sections of their papers, and where other programs do not read on.
        quoting: how well is well enough.
        cross_encoder: says which of the best lines answers; None where it is off.
    """
    if query.intent != "overview":
        return Found()
    days, listed = sides.periods(query), WHICH.search(query.text)
    on_matter = {part.lower() for word in matter.words_of(query) for part in WORD.findall(word)}
    tokens = tokens.without(set(tokens.owners) - on_matter if on_matter else moving(query.text))
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
    items = [_item(query, met, own) for (met, _), own in meetings.items()]
    groups = sides.grouped(query, items, lambda item: item.meeting)
    first = sides.in_turn([sorted(group, key=lambda item: not item.prints) for group in groups])[: quoting.meetings]
    made = told([(item.meeting, item.own) for item in first], query, tokens, contents, quoting, cross_encoder)
    telling = {id(item): one for item, one in zip(first, made, strict=True) if one and (one.quoted or listed)}
    named = {id(item) for item, one in zip(first, made, strict=True) if one is None or not one.quoted}
    least = 1 if listed or sides.sides(query) else quoting.meetings_least
    kept = [item for group in groups for item in _surest(group, telling, least)]
    counted = [(item.meeting, item.own[0].stored.paper.id, id(item) in named) for item in kept]
    among = set(map(id, kept))
    shown = [item for item in first if id(item) in telling and id(item) in among]
    printed = sum(item.prints for item in shown) >= (1 if listed else quoting.meetings_least)
    return Found(tuple(telling[id(item)] for item in shown), having(counted), printed)


@dataclass(frozen=True, slots=True, eq=False)
class _Item:
    """A meeting, or one of its papers, with its passages on the matter: those that print it, where some do."""

    meeting: Meeting
    own: Sequence[Ranked]
    prints: bool


def _item(query: Query, meeting: Meeting, own: Sequence[Ranked]) -> _Item:
    printing = [one for one in own if presence.says_matter(query, one.stored)]
    return _Item(meeting, printing or own, bool(printing))


def _surest(group: Sequence[_Item], telling: Container[int], least: int) -> list[_Item]:
    """Keep to those that print the matter, where enough of these tell something: others only come near it."""
    printing = [item for item in group if item.prints]
    return printing if sum(id(item) in telling for item in printing) >= least else list(group)


def shown(hits: Sequence[Shown], found: Found, ranked: Sequence[Ranked], quoting: Quoting) -> list[Shown]:
    """Give the hits shown, and behind them what the lines of the best meetings are taken from, so that it is cited.

    Args:
        hits: passages with their further versions, the best first.
        found: what meetings have.
        ranked: all passages found.
        quoting: how many meetings are quoted.
    """
    lines = {one.quoted[0].id for one in found.told[: quoting.steps] if one.quoted}
    return followed(hits, [(one, []) for one in ranked if one.stored.id in lines])


def overview(query: Query, found: Found, library: Library, quoting: Quoting) -> Overview | None:
    """Give a matter meeting by meeting; None unless several meetings have something on it, or a list is asked for.

    Args:
        query: the question.
        found: what meetings have.
        library: the archive.
        quoting: how many meetings are several.
    """
    listed = WHICH.search(query.text)
    if len(found.told) < (1 if listed else quoting.meetings_least):
        return None
    lines = _alike([one.line for one in found.told], quoting.meetings_least)
    lines = sorted(lines, key=lambda line: (line.meeting.date or date.max, cite.body(line.meeting)))
    leads = listed is not None or len(sides.bodies(query)) > 1
    by_meeting = listed is not None and bool(listed["meetings"])
    lacking = (*_unlisted(lines, found.having, quoting), *_lacking(query, lines, found.having, library))
    return Overview(tuple(lines), lacking, found.having, leads, by_meeting)


def status(query: Query, judged: Status, found: Found, overview: Overview | None) -> Status:
    """Decide whether to answer: papers that print the matter do, and no list that holds nothing.

    Args:
        query: the question.
        judged: what was judged by the first passages.
        found: what meetings have.
        overview: that, as it is given.
    """
    if overview is None:
        return "not_found" if WHICH.search(query.text) else judged
    return "answered" if found.printed else judged


def _titles(stored: StoredPassage) -> str:
    return " ".join((stored.paper.title, PurePath(stored.paper.path).name, *stored.passage.trail)).lower()


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


def _unlisted(lines: Sequence[Line], having: Sequence[Having], quoting: Quoting) -> Iterator[str]:
    """Say of how many more meetings something was found than can be listed."""
    listed = {(cite.body(line.meeting), line.meeting.date) for line in lines}
    more = sum(len(one.days) for one in having) - len(listed)
    if len(lines) >= quoting.meetings and more > 0:
        yield f"{number(more, 'more meeting')} with something on it {'is' if more == 1 else 'are'} not listed."


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
