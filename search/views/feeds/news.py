"""What has come since a search was saved: its new matches, and the latest decisions. Nothing of Streamlit here.

A saved question is asked again by the engine itself when papers have come, so that what means the same
in other words is found too; a saved search of the register keeps to its words and filters, as the page does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qs, urlencode

from indexer.records import Filters, Span, StoredDecision, StoredPassage
from indexer.text import dates
from search import cite
from search.bounds import BOUNDS
from search.contents import Contents
from search.history import actions as followed
from search.history.actions import Followed
from search.results import first_words
from search.saved import Match, Search, Store, View
from search.settings import HISTORY
from search.views import address
from search.views.address import Asked
from search.views.render import browse, phrasing, tables, undertakings

if TYPE_CHECKING:
    from indexer.archive import Archive
    from search.engine import Engine

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Item:
    """One match, ready to show: a name that stays the same, heading, reference, first words, a link, and when noticed.

    ``link`` is relative to the app's address; ``round`` is the store's.
    """

    id: str
    heading: str
    reference: str
    text: str
    link: str
    noticed: datetime
    round: int


def query_of(asked: Asked) -> str:
    """Write a view as the query of its address, without the page that is shown."""
    return urlencode(address.to_params(asked.form), doseq=True)


def asked_of(search: Search) -> Asked:
    """Read a saved search as the view it opens."""
    return address.from_params(parse_qs(search.query))


def link(search: Search) -> str:
    """Give the address of a saved search's view, relative to the app's."""
    return f"{'' if search.view == 'ask' else search.view}?{search.query}"


def name(search: Search) -> str:
    """Name a saved search by what it asks for, in words."""
    asked = asked_of(search)
    what = f"“{asked.question}”" if asked.question else "Everything"
    kinds = tuple(phrasing.KIND[kind].lower() for kind in asked.kinds)
    parts = [", ".join(part) for part in (asked.boards, asked.authorities, kinds) if part]
    since = f"from {dates.written(asked.date_from)}" if asked.date_from else ""
    until = f"to {dates.written(asked.date_to)}" if asked.date_to else ""
    return "; ".join(part for part in (what, *parts, " ".join(part for part in (since, until) if part)) if part)


def noticed(store: Store, archive: Archive) -> int:
    """Note which papers have come; give the latest round."""
    with archive.snapshot() as state:
        return store.notice(f"{state.archive}:{state.generation}", lambda: [paper.id for paper in archive.papers()])


def save(store: Store, archive: Archive, list_key: str, view: View, asked: Asked) -> Search:
    """Save a search; what the archive holds now is not news.

    Raises:
        SavedError: the list is full, or cannot be written.
    """
    noticed(store, archive)
    return store.add(list_key, view, query_of(asked))


def refresh(store: Store, search: Search, archive: Archive, engine: Callable[[], Engine]) -> None:
    """Match the papers that have come since a search was last matched.

    While papers are being indexed nothing is matched, since words and vectors may be a step behind: they are at the
    next call.

    Args:
        store: keeps the matches.
        search: the saved search.
        archive: the archive.
        engine: opens the engine; only asked when there are new papers for a question.
    """
    latest = noticed(store, archive)
    fresh = store.arrived(search.checked)
    if not fresh or archive.behind():
        return
    asked = asked_of(search)
    filters = replace(asked.filters, papers=tuple(fresh))
    if search.view == "decisions":
        rows = tables.matching(archive.decisions(filters), asked.question)
        matches = [Match(row.id, _place(row.decision.spans), fresh[row.paper.id]) for row in rows]
    else:
        passages = _passages(engine(), archive, asked, filters)
        matches = [Match(one.id, _place(one.passage.spans), fresh[one.paper.id]) for one in passages]
    store.match(search, latest, matches)


def items(store: Store, search: Search, archive: Archive) -> list[Item]:
    """Give what has matched a search since it was saved and is still in the archive, the latest first."""
    matches, rounds = store.matches(search), store.rounds()
    if search.view == "decisions":
        return list(_decided(matches, rounds, archive, search.key))
    return list(_quoted(matches, rounds, archive, search.key))


def decisions(store: Store, archive: Archive, asked: Asked, most: int) -> list[Item]:
    """Give the decisions that came last into the archive, of those that pass the filters and hold every word."""
    rows = tables.matching(archive.decisions(asked.filters), asked.question)
    latest = _latest(store, archive, [(row.paper.id, row.decision.meeting.date, row) for row in rows], most)
    return [_decision(row, "register", arrived, store.rounds()) for row, arrived in latest]


def actions(store: Store, archive: Archive, asked: Asked, most: int) -> list[Item]:
    """Give the actions that came last into the archive, likewise."""
    actions = undertakings.matching(followed.actions(archive, asked.filters), asked.question)
    dated = [(one.stored.paper.id, one.stored.section.meeting.date, one) for one in actions]
    return [_action(one, arrived, store.rounds()) for one, arrived in _latest(store, archive, dated, most)]


def _latest(
    store: Store, archive: Archive, dated: Sequence[tuple[str, date | None, _Row]], most: int
) -> list[tuple[_Row, int]]:
    """Give the rows whose papers came last, and when; each is given with its paper and its meeting's day."""
    noticed(store, archive)
    arrived = store.arrived(0)
    # A paper that came while this was read is in no round yet; it is in the next answer.
    known = [one for one in dated if one[0] in arrived]
    known.sort(key=lambda one: (arrived[one[0]], one[1] or date.min), reverse=True)
    return [(row, arrived[paper]) for paper, _, row in known[:most]]


def _passages(engine: Engine, archive: Archive, asked: Asked, filters: Filters) -> list[StoredPassage]:
    """Ask a question of new papers: the best of each item, without what fits poorly or was in older papers too."""
    by_match = engine.variant(replace(engine.settings, read=0))  # what is on the matter is news, answer or not
    answered = by_match.ask(asked.question, asked.filters, BOUNDS.news_passages)
    if answered.status == "not_found":
        return []
    fresh, contents = set(filters.papers), Contents(archive)
    least = HISTORY.news * max(hit.score for hit in answered.hits)
    passages = [hit.stored for hit in answered.hits if hit.score >= least and hit.stored.paper.id in fresh]
    copies = archive.twins([one.twin for one in passages])
    best: dict[tuple[str, int], StoredPassage] = {}
    for one in passages:
        # A report of ten passages on the matter is one piece of news.
        home = cite.home(one.section, contents.sections(one.paper.id))
        if all(copy.paper.id in fresh for copy in copies[one.twin]):
            best.setdefault((one.paper.id, home.ordinal), one)
    return list(best.values())[: BOUNDS.news]


def _quoted(matches: Sequence[Match], rounds: Mapping[int, datetime], archive: Archive, key: str) -> Iterator[Item]:
    held = archive.passages([match.id for match in matches])
    contents = Contents(archive)
    for match in matches:
        one = held.get(match.id)
        if one and _place(one.passage.spans) == match.place:
            yield _passage(one, contents, f"{key}:{match.id}", match.round, rounds)


def _passage(one: StoredPassage, contents: Contents, id: str, round: int, rounds: Mapping[int, datetime]) -> Item:
    first = one.passage.spans[0]
    home = cite.home(one.section, contents.sections(one.paper.id))
    count = 0 if one.paper.paged else cite.paragraph(one.section, first, contents.text(one.paper.id, first.page))
    reference = cite.reference(one, contents.label(one.paper.id, first.page), item=home, paragraph=count)
    heading = cite.shortened(home.title.strip() or one.paper.title.strip()) or "Untitled"
    where = browse.link(one.paper, first.page, passage=one.passage.ordinal)
    return Item(id, heading, reference, _begun(one.passage.text), where, rounds[round], round)


def _decided(matches: Sequence[Match], rounds: Mapping[int, datetime], archive: Archive, key: str) -> Iterator[Item]:
    held = {row.id: row for row in archive.decisions()} if matches else {}
    for match in matches:
        row = held.get(match.id)
        if row and _place(row.decision.spans) == match.place:
            yield _decision(row, key, match.round, rounds)


def _decision(row: StoredDecision, key: str, round: int, rounds: Mapping[int, datetime]) -> Item:
    decision = row.decision
    heading = " ".join(part for part in (decision.item, decision.title) if part.strip()) or "Decision"
    said = f"{phrasing.OUTCOME[decision.outcome]}: {cite.shortened(heading)}"
    where = browse.link(row.paper, next(iter(decision.pages), None), decision.ordinal)
    id, reference = f"{key}:{row.id}", cite.decision_reference(row)
    return Item(id, said, reference, _begun(decision.text), where, rounds[round], round)


def _action(one: Followed, round: int, rounds: Mapping[int, datetime]) -> Item:
    action = one.stored.action
    reference = cite.place(one.stored.paper, one.stored.section, action.spans)
    text = " ".join(filter(None, (action.text, f"By when: {action.due}." if action.due else "")))
    where = undertakings.address_of(one)
    id = f"action:{one.stored.id}"
    return Item(id, undertakings.heading(one), reference, _begun(text), where, rounds[round], round)


def _begun(text: str) -> str:
    """Give the first words of a text in one line."""
    line = " ".join(text.split())
    begun = first_words(line, BOUNDS.excerpt_words)
    return begun if begun == line else f"{begun} …"


def _place(spans: Sequence[Span]) -> str:
    """Name a place by numbers alone."""
    first = spans[0]
    return f"{first.page}:{first.start}:{first.end}"
