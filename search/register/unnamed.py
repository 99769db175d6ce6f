"""Whose body was answered for, where a question speaks of one that several authorities have and names none of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.records import RULINGS, Facets, Filters, Meeting
from indexer.text.words import STOP_WORDS, fold, initials, words
from search import cite
from search.bounds import BOUNDS
from search.library import Library
from search.question import entities, sides
from search.question.query import Query
from search.ranking import presence
from search.results import Answered, AnswerSentence

_SIDES = re.compile(r"\bcompar(?:e|ing) ([^?]{3,160}?) (?:on|over|for|about|regarding|in)\b", re.IGNORECASE)
_JOINED = re.compile(r", | (?:and|with|to|against) (?:the )?")


def answered_for(query: Query, ask: Callable[[Filters], Answered], filters: Filters, library: Library) -> Answered:
    """Answer for the body that is asked about first: what another decided is said to be no decision of it.

    Args:
        query: the question.
        ask: answers it from what passes filters.
        filters: what the reader filtered by.
        library: the archive.
    """
    answered = ask(filters)
    boards = tuple(_in_full(query.boards))
    others = _of_others(answered, boards) if query.intent == "decision" and not answered.listed else []
    if not others or filters.boards or others[0] is not answered.answer[0]:
        return told(query, answered, filters, library)
    own = ask(replace(filters, boards=boards))
    # The best of few papers is found for any matter: its words must be there.
    if any(presence.says_matter(query, own.hits[one.hit - 1].stored) for one in own.answer):
        return told(query, own, filters, library)
    if len(others) < len(answered.answer):
        return told(query, answered, filters, library)
    told_by = dict.fromkeys(cite.body(meeting) for meeting in _meetings(answered))
    whose = f"No decision of {' or '.join(boards)} on it was found: this is from {' and '.join(told_by)}."
    return replace(answered, whose=whose)


def _of_others(answered: Answered, boards: Sequence[str]) -> list[AnswerSentence]:
    """Give the rulings quoted of other bodies than some, unless they name one of these; none where no body is asked."""
    asked = [set(words(fold(board))) for board in boards]
    every = []
    for sentence in answered.answer if asked else ():
        stored = answered.hits[sentence.hit - 1].stored
        # An agenda and the minutes may name one body in more or fewer words.
        names = [set(words(fold(meeting.board))) for meeting in (stored.section.meeting, stored.paper.meeting)]
        its = any(own <= name or name <= own for own in asked for name in names if name)
        named = sentence.reported or any(own <= set(words(fold(sentence.text))) for own in asked)
        if not its and not named and stored.passage.kind in RULINGS:
            every.append(sentence)
    return every


def told(query: Query, answered: Answered, filters: Filters, library: Library) -> Answered:
    """Say of an answer whose "board" it is of, and who else has one; as it is where only one can be meant.

    Of a comparison it says which side is no body that is known, or has nothing on the matter.

    Args:
        query: the question.
        answered: its answer.
        filters: what the reader filtered by.
        library: the archive.
    """
    if query.intent == "overview" and (compared := " ".join(_compared(query, answered))):
        return replace(answered, whose=compared)
    every = library.facets(filters)
    spoken = entities.spoken(query.text, (*every.boards, *every.authorities))
    boards = [board for board in every.boards if board in (spoken or _in_full(query.boards))]
    telling = set(words(fold(query.text))) - entities.GENERIC - STOP_WORDS
    named = [one for one in query.authorities if one not in spoken or not telling.isdisjoint(words(fold(one)))]
    if named or answered.overview or not (boards or spoken):
        return answered
    having = _having(boards, spoken, filters, every, library)
    own = {_one(meeting.authority, every): meeting for meeting in reversed(_meetings(answered))}
    others = [authority for authority in having if authority not in own]
    # Where passages were searched and none answers, all bodies were: naming one would find no more.
    if len(having) < 2 or not others or not (own or answered.listed):
        return answered

    def full(name: str) -> str:
        return _body(name, () if name in spoken else boards, filters, library)

    held = "; ".join(full(having[authority]) for authority in others[: BOUNDS.boards_named])
    held += f"; and {rest:,} more" if (rest := len(others) - BOUNDS.boards_named) > 0 else ""
    met = [full(having[one]) if one in having else cite.body(meeting) for one, meeting in own.items()]
    said = " and ".join(reversed(met))
    if not own:
        whose = f"The question names no authority, and several have such a body: {held}."
    elif having.keys().isdisjoint(own):
        whose = f"This is from {said}, not from the body asked about: {held}."
    else:
        whose = f"The question names no authority: this is from {said}. Others have one too: {held}."
    return replace(answered, whose=whose)


def _in_full(names: Sequence[str]) -> list[str]:
    """Leave out the names that only cut another one short: "Board" where the "Harbour Board" is said."""
    own = {name: set(words(fold(name))) for name in names}
    return [name for name in names if not any(own[name] < other for other in own.values())]


def _compared(query: Query, answered: Answered) -> Iterator[str]:
    """Say which sides of "Compare A and B on fares" the archive does not know, and of which nothing is quoted."""
    compared = sides.bodies(query)
    own = {word for side in compared for name in side.names for word in (*words(fold(name)), initials(name).lower())}
    match = _SIDES.search(query.text)
    parts = [" ".join(part.split()) for part in _JOINED.split(match[1])] if match and compared else []
    unknown = [part for part in parts if part[:1].isupper() and own.isdisjoint(words(fold(part)))]
    known_as = {*query.expanded, *(period.words for period in query.periods)}
    yield from (f"The archive holds no papers of “{part}”." for part in unknown if part not in known_as)
    if len(compared) > 1 and not answered.overview:
        met = _meetings(answered)
        silent = (side.names[0] for side in compared if not any(map(side.holds, met)))
        yield from (f"Nothing on it was found in the papers of {name}." for name in silent)


def _having(
    boards: Sequence[str], spoken: Iterable[str], filters: Filters, every: Facets, library: Library
) -> Mapping[str, str]:
    """Give the authorities, under one name each, that are spoken of or have one of some boards, as that has them."""
    having = {_one(name, every): name for name in every.authorities if name in spoken}
    for authority in library.facets(replace(filters, boards=tuple(boards))).authorities if boards else ():
        if authority:
            having.setdefault(_one(authority, every), authority)
    return having


def _body(authority: str, boards: Sequence[str], filters: Filters, library: Library) -> str:
    """Give the full name of an authority's board that is one of some; the authority's own where none is asked for."""
    if not boards:
        return authority
    of = library.facets(replace(filters, authorities=(authority,), boards=tuple(boards)))
    return cite.body(Meeting(authority, next(iter(of.boards), "")))


def _one(authority: str, every: Facets) -> str:
    """Give one name of an authority that has several."""
    return min((authority, *every.also.get(authority, ())), key=lambda name: (-every.authorities.get(name, 0), name))


def _meetings(answered: Answered) -> list[Meeting]:
    """Give the meetings that an answer is of, in its order; those without an authority are left out."""
    quoted = (answered.hits[sentence.hit - 1].stored for sentence in answered.answer)
    each = [
        replace(one.section.meeting, authority=one.section.meeting.authority or one.paper.meeting.authority)
        for one in quoted
    ]
    return [meeting for meeting in each if meeting.authority]
