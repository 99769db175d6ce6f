"""A topic over the years: every item that decided, discussed or reported on it, by date, across boards.

Wide where answers are narrow: an item counts as soon as one of its passages holds what the topic names, and each item
is listed once, however many papers print it. What is merely near in meaning is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from indexer.records import Filters, Meeting, Paper, Section, StoredDecision, chain
from search import cite
from search.contents import Contents, meeting_of
from search.history import matters
from search.question.query import content_words
from search.ranking.rerank import Ranked, marks
from search.results import Place
from search.settings import HISTORY

if TYPE_CHECKING:
    from search.engine import Engine

EventKind = Literal["decision", "discussion", "report"]


@dataclass(frozen=True, slots=True)
class Event:
    """One item of a meeting on the topic.

    ``decisions`` are what was decided on it; without any it is a ``discussion`` where minutes mention it, else a
    ``report``. ``text`` is the passage that names the topic most plainly, ``passage`` its ordinal in the paper (None
    for a decision that no passage led to), ``matched`` its half-open ranges that match. ``page`` is that of the
    decision or passage (None for papers without pages). ``also_in`` are further papers that print it.
    """

    kind: EventKind
    meeting: Meeting
    paper: Paper
    section: Section
    heading: str
    reference: str
    page: int | None
    text: str
    matched: tuple[tuple[int, int], ...]
    score: float
    passage: int | None = None
    decisions: tuple[StoredDecision, ...] = ()
    also_in: tuple[Place, ...] = ()

    @property
    def when(self) -> date | None:
        """The date of the meeting."""
        return self.meeting.date


@dataclass(frozen=True, slots=True)
class Timeline:
    """What was found on a topic, oldest first, undated events last; ``expanded`` is what else was searched for."""

    topic: str
    events: tuple[Event, ...]
    expanded: Mapping[str, str]


class _Decided:
    """The decisions on each item, put in order for a paper when it is first asked for."""

    def __init__(self, contents: Contents, register: Iterable[StoredDecision]) -> None:
        self._contents = contents
        self._papers: dict[str, list[StoredDecision]] = defaultdict(list)
        for one in register:
            if not one.decision.recommendation:
                self._papers[one.paper.id].append(one)
        self._items: dict[str, dict[int, list[StoredDecision]]] = {}

    def on(self, paper_id: str, ordinal: int) -> tuple[StoredDecision, ...]:
        """Give the decisions on the item whose section has this ordinal, in order."""
        if paper_id not in self._items:
            sections = self._contents.sections(paper_id)
            items: dict[int, list[StoredDecision]] = defaultdict(list)
            for one in sorted(self._papers.get(paper_id, ()), key=lambda one: one.id):
                if (here := sections.get(one.decision.section)) is not None:
                    items[_root(here, sections).ordinal].append(one)
            self._items[paper_id] = items
        return tuple(self._items[paper_id].get(ordinal, ()))


def timeline(engine: Engine, topic: str, filters: Filters | None = None) -> Timeline:
    """Find what was decided, discussed and reported on a topic.

    Args:
        engine: over the archive.
        topic: a few words; acronyms are spelled out as in questions.
        filters: which passages count.

    Raises:
        BadArguments: the topic is empty or too long.
    """
    chosen = filters or Filters()
    query = engine.parse(topic)
    wide = engine.variant(replace(engine.settings, depth=HISTORY.topic_depth, candidates=HISTORY.topic_depth))
    ranked, tokens = wide.rank(query, chosen)
    contents = Contents(engine.library)
    decided = _Decided(contents, engine.library.decisions(Filters(), merge=False))
    events: dict[tuple[str, int], Event] = {}
    for one in ranked:
        if tokens.share_said(
            one.cosines.max(axis=1, initial=0.0), engine.settings.quoting.said
        ) >= engine.settings.quoting.on_it and not _announces(contents, one):
            event = _event(contents, one, marks(one, tokens, engine.settings.marked), decided)
            events.setdefault((event.paper.id, event.section.ordinal), event)
    for event in _named(contents, query.text, engine.library.decisions(chosen), decided):
        events.setdefault((event.paper.id, event.section.ordinal), event)
    expanded = {said: "; ".join(forms) for said, forms in query.expanded.items()}
    return Timeline(query.text, tuple(sorted(_once(events.values()), key=_order)), expanded)


def _announces(contents: Contents, one: Ranked) -> bool:
    """Whether a passage is of an agenda, which only announces what reports and minutes say."""
    sections = contents.sections(one.stored.paper.id)
    return one.stored.passage.kind == "agenda" or _root(one.stored.section, sections).kind == "front"


def _event(contents: Contents, one: Ranked, matched: tuple[tuple[int, int], ...], decided: _Decided) -> Event:
    stored = one.stored
    sections = contents.sections(stored.paper.id)
    root = _root(sections.get(stored.section.ordinal, stored.section), sections)
    own = decided.on(stored.paper.id, root.ordinal)
    if own:
        return _decided(contents, root, own, stored.passage.text, matched, one.score)
    paged = stored.paper.paged
    label = contents.label(stored.paper.id, stored.passage.pages[0]) if paged else ""
    return Event(
        kind="discussion" if _minuted(root, sections) else "report",
        meeting=meeting_of(stored.section.meeting, stored.paper),
        paper=stored.paper,
        section=root,
        heading=_heading(root, stored.paper),
        reference=cite.reference(stored, label, item=root),
        page=stored.passage.pages[0] if paged else None,
        text=stored.passage.text,
        matched=matched,
        score=one.score,
        passage=stored.passage.ordinal,
    )


def _decided(
    contents: Contents,
    root: Section,
    decisions: tuple[StoredDecision, ...],
    text: str,
    matched: tuple[tuple[int, int], ...],
    score: float,
) -> Event:
    first = decisions[0]
    page = next(iter(first.decision.pages), None) if first.paper.paged else None
    return Event(
        kind="decision",
        meeting=meeting_of(first.decision.meeting, first.paper),
        paper=first.paper,
        section=root,
        heading=first.decision.title or _heading(root, first.paper),
        reference=cite.decision_reference(first, contents.label(first.paper.id, page) if page else ""),
        page=page,
        text=text,
        matched=matched,
        score=score,
        decisions=decisions,
    )


def _named(contents: Contents, topic: str, register: Iterable[StoredDecision], decided: _Decided) -> list[Event]:
    """Find decisions that name every word of the topic, wherever a ranking puts them."""
    named = set(content_words(topic))
    events: dict[tuple[str, int], Event] = {}
    for one in register:
        said = f"{one.decision.title} {one.decision.text}"
        if one.decision.recommendation or not named or not named <= set(content_words(said)):
            continue
        sections = contents.sections(one.paper.id)
        here = sections.get(one.decision.section)
        if here is None:
            continue
        root = _root(here, sections)
        own = decided.on(one.paper.id, root.ordinal)
        events.setdefault((one.paper.id, root.ordinal), _decided(contents, root, own, one.decision.text, (), 0.0))
    return list(events.values())


def _root(section: Section, sections: Mapping[int, Section]) -> Section:
    """Climb to the outermost report, or to the item, that a section belongs to."""
    home = cite.home(section, sections)
    return next((one for one in reversed(chain(home, sections)) if one.kind in {"report", "item"}), home)


def _minuted(section: Section, sections: Mapping[int, Section]) -> bool:
    """Whether a section is part of minutes."""
    return any(one.kind == "minutes" for one in chain(section, sections))


def _heading(section: Section, paper: Paper) -> str:
    return " ".join((section.title or paper.title).split())


def _once(events: Iterable[Event]) -> list[Event]:
    """Show an item of a meeting once: the one that decided, else the one that names the topic most plainly."""
    kept: dict[tuple[object, ...], Event] = {}
    for event in sorted(events, key=lambda event: (not event.decisions, -event.score, event.paper.id)):
        same = (*_body(event.meeting), event.when, event.kind, _key(event))
        if same in kept:
            other = Place(event.paper, event.page)
            kept[same] = replace(kept[same], also_in=(*kept[same].also_in, other))
        else:
            kept[same] = event
    return list(kept.values())


def _body(meeting: Meeting) -> tuple[str, str]:
    return meeting.authority.casefold(), meeting.board.casefold()


def _key(event: Event) -> tuple[str, ...]:
    title = matters.title(event.heading)
    if title.words and not title.routine:
        return tuple(sorted(title.words | title.periods))
    # Headings that every meeting has distinguish items only within their own paper.
    return event.paper.id, event.heading


def _order(event: Event) -> tuple[bool, date, tuple[str, str], str, int]:
    return event.when is None, event.when or date.min, _body(event.meeting), event.paper.path, event.section.ordinal
