"""Answers from the register of people: the words that print a role beside a name, each with its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from indexer.records import Filters, Meeting, PassageKind, StoredPassage
from indexer.text import dates
from indexer.text.periods import Period
from indexer.text.words import fold, words
from search import cite
from search.answer.lines import Part
from search.answer.verbatim import pieces
from search.bounds import BOUNDS
from search.contents import Contents
from search.hits import of_passage
from search.library import Library
from search.people import attendance, offices, register
from search.people.register import Person, Sighting
from search.people.role_question import List, RoleQuestion, role_question, says, silent, somebody
from search.question import relative_days, sides
from search.question.follow_up import Carried, FollowUp, Parse
from search.question.query import Query
from search.register import held, outstanding, printed, wish
from search.register.head import Field, Head
from search.register.listing import Listed, of_rows
from search.register.wish import Wish, within
from search.results import Answered, AnswerSentence, Hit, first_words
from search.settings import DEFAULT

_NOBODY = "Nobody is printed as present"
_APART = "The list is printed in columns that cannot be quoted in one piece: "
_NO_NAME = "No name is printed next to that role in the papers found."


def answer(query: Query, filters: Filters, library: Library, contents: Contents) -> Answered | None:
    """Answer a question for people in public roles; None where it is none, or the papers do not say.

    Where who was there is asked, and of the days named no minutes are held, the answer is that, without hits.

    Args:
        query: the question, taken apart.
        filters: what the reader filtered by.
        library: the archive.
        contents: sections and page numbers of its papers.
    """
    who = None if filters.kinds else role_question(query)
    if who is None:
        return None
    sightings = _of_meetings(register.sightings(library, held.narrowed(who.of, filters)), who.of)
    every = _each(who, sightings)
    if not every and who.office and who.of.boards and who.of.periods:  # no list prints it, the minutes of an item may
        every = _each(who, _of_meetings(register.inside(library, held.narrowed(who.of, filters)), who.of))
    told = silent(who, [some[0].day for some in every])
    every = every[: BOUNDS.people]
    hits: list[Hit] = []
    answer: list[AnswerSentence] = []
    heads: list[Head] = []
    apart: list[Hit] = []
    for some in every:
        home = _home(some[0], library)
        quotations = _quoted(some, len(hits) + 1, contents, BOUNDS.answer_words // len(every)) if home else ()
        if home and quotations:
            hits.append(of_passage(len(hits) + 1, home, contents))
            answer += quotations
            heads.append(_head(who, some[0]))
        elif home and who.listed:
            apart.append(of_passage(len(apart) + 1, home, contents))
    missing = _missing(who.of, sightings, library)
    if not answer and who.listed and who.of.periods and missing:
        listed = Listed((), (), _NOBODY, held.told(missing))
        return Answered(query.text, "not_found", (), noticed=query.noticed, listed=listed)
    if not answer and apart:
        listed = Listed((), (), _NOBODY, tuple(f"{_APART}{hit.reference}." for hit in apart))
        return Answered(query.text, "not_found", tuple(apart), noticed=query.noticed, listed=listed)
    if not answer:
        return _elected(who, query, filters, library, contents)
    # Where there are several, each is read by itself.
    head = replace(heads[0], lacking=held.told(missing)) if len(heads) == 1 else None
    return Answered(query.text, "answered", tuple(hits), tuple(answer), noticed=query.noticed, head=head, whose=told)


def _of_meetings(some: Iterable[Sighting], of: Wish) -> list[Sighting]:
    return [one for one in some if held.concerns(of, one.meeting) and within(of, one.meeting.date)]


def _elected(
    who: RoleQuestion, query: Query, filters: Filters, library: Library, contents: Contents
) -> Answered | None:
    """Answer with the latest decision that elects or appoints to the office asked for; None where there is none."""
    kinds: tuple[PassageKind, ...] = ("resolution",)
    rows = [
        row
        for row in library.decisions(replace(held.narrowed(who.of, filters), kinds=kinds))
        if who.office
        and held.concerns(who.of, row.decision.meeting)
        and within(who.of, row.decision.meeting.date)
        and offices.elects(row.decision.text, who.office)
    ]
    latest = max(rows, key=lambda row: row.decision.meeting.date or date.min, default=None)
    if latest is None:
        return None
    told = of_rows((latest,), (), library, contents)
    shown, homes = printed.hits(told.rows, 1, library, contents)
    quoted = printed.quoted(told.rows, homes, shown, contents)
    if not quoted:
        return None
    return Answered(query.text, "answered", tuple(shown), quoted, noticed=query.noticed, head=told.heads[0])


def in_latest_month(put: FollowUp, without: Collection[str], parse: Parse, library: Library) -> FollowUp:
    """Take a month without a year as the latest with a meeting held, where one of its meetings is asked about.

    Args:
        put: the question in full; the month's year is added to what it carries.
        without: the parts that are not to be added.
        parse: takes a question apart.
        library: the archive.
    """
    query, month = parse(put.question), relative_days.yearless(put.question)
    if month is None or query.periods or "period" in without or put.unsettled:
        return put
    day = held.latest(wish.of(query), library, month)
    dated = parse(relative_days.dated(put.question, str(day.year))) if day else query
    of_meeting = {"decision", "overview"}.intersection(query.intents)
    asks = (wish.wish, role_question, outstanding.action_question)
    if not dated.periods or not (of_meeting or any(ask(dated) for ask in asks)):
        return put
    return replace(put, question=dated.text, carried=(*put.carried, Carried("period", dated.periods[0].words)))


def narrowed(query: Query, filters: Filters, library: Library) -> Filters:
    """Narrow filters to the meetings that are named, where the list of those present or absent is asked for."""
    who = _dated(role_question(query), library)
    return held.narrowed(who.of, filters) if who and who.listed and who.of.periods else filters


def as_printed(query: Query, answered: Answered, library: Library) -> Answered:
    """Keep what of an answer prints who is asked for, where the register has nobody.

    Lists of other days name other people, other councils have others in the same post; where nothing is left, nobody is
    said to have been there or to have held it.
    """
    who = _dated(role_question(query), library)
    if who is None or who.person or (who.listed and not who.of.periods):
        return answered
    stored = {hit.rank: hit.stored for hit in answered.hits}
    said = tuple(one for one in answered.answer if _prints(who, stored[one.hit], one.text))
    if said:
        return replace(answered, answer=said)
    lacking = () if who.listed else (_NO_NAME,)
    return replace(answered, status="not_found", answer=(), head=None, listed=Listed((), (), _NOBODY, lacking))


def _dated(who: RoleQuestion | None, library: Library) -> RoleQuestion | None:
    """Replace "the last meeting" with the day of the last meeting whose minutes are held."""
    day = held.latest(who.of, library) if who and who.of.last else None
    of = who and day and replace(who.of, last=False, periods=(Period(day, day, "", exact=True),))
    return replace(who, of=of) if who and of else who


def _prints(who: RoleQuestion, stored: StoredPassage, text: str) -> bool:
    """Whether a quotation prints a list of those asked for, or somebody's name beside the role."""
    meeting = stored.section.meeting
    if who.listed:
        return within(who.of, meeting.date) and _lists_group(who.listed, stored.passage.trail, text)
    if who.office in ("chair", "vice-chair") and stored.section.kind not in ("front", "minutes", "item"):
        return False  # a report or an appendix names those in the chair of others
    of_council = Wish(who.of.authorities)  # a board's papers go to other boards of its council
    return held.concerns(of_council, meeting) and within(who.of, meeting.date) and says(who, text, meeting)


def _lists_group(listed: List, trail: Sequence[str], text: str) -> bool:
    """Whether a text is headed by a label of those asked for, present or absent, or begins with it, and names some.

    Who else was there, and an invitation to attend, say nothing of a list.
    """
    opening = " ".join(text.split()[: DEFAULT.quoting.label_words])
    groups = {match.lastgroup for one in (*trail[-1:], opening) if (match := attendance.GROUP.search(one))}
    asked_for = "apologies" in groups if listed == "apologies" else bool(groups - {"apologies", "others"})
    return asked_for and somebody(text)


def _missing(of: Wish, sightings: Sequence[Sighting], library: Library) -> list[Meeting]:
    """Find the meetings asked for whose minutes are not held; for the last meeting, those after the last that are."""
    if not (of.periods or of.last):
        return []
    last = max((one.day for one in sightings), default=date.min)
    return [one for one in held.missing(of, library) if of.periods or (one.date or date.min) > last]


def _each(who: RoleQuestion, sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Give who was there or held an office or post, of each stretch of days asked for in turn."""
    days = who.of.periods
    stretches = [[one for one in sightings if stretch.first <= one.day <= stretch.last] for stretch in days]
    parts = stretches if len(days) > 1 else [list(sightings)]
    return sides.in_turn([*(_lists(who, part) if who.listed else _holders(who, part) for part in parts), []])


def _holders(who: RoleQuestion, sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Give who held an office or post: each once by the latest place; without days named, the last of each body."""
    if who.person:
        return _roles(who.person, sightings)
    fit = [one for one in sightings if _holds(who, one)]
    people: list[Person] = register.people(fit)
    # Who was there as chair says more than a list of members.
    by_person = (sorted(person.sightings, key=lambda one: one.printed != "present") for person in people)
    every = sorted(by_person, key=lambda some: some[0].day, reverse=True)
    if who.of.periods:
        return every
    last: dict[tuple[str, str], date] = {}
    for some in every:
        last.setdefault(_body(who, some[0]), some[0].day)
    return [some for some in every if some[0].day == last[_body(who, some[0])]]


def _roles(name: str, sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Give the offices and posts of the one person that a name means, each by its latest place."""
    person = register.named(register.people(sightings), name)
    roles: dict[str, list[Sighting]] = {}
    for one in person.sightings if person else ():
        if one.role and one.printed != "apologies":
            roles.setdefault(one.role.casefold(), []).append(one)
    return list(roles.values())


def _holds(who: RoleQuestion, one: Sighting) -> bool:
    if one.printed == "apologies":
        return False
    if who.office:
        # Who signs a report as chair is in the chair of some body, not of the one that it goes to.
        return who.office in one.offices and (one.printed != "head" or "chair" not in who.office)
    return bool(who.post) and who.post <= set(words(fold(one.role)))


def _body(who: RoleQuestion, one: Sighting) -> tuple[str, str]:
    """Whose office it is: a board's for its chair, an authority's for anything else."""
    board = one.meeting.board if who.office in ("chair", "vice-chair") else ""
    return one.meeting.authority, board


def _lists(who: RoleQuestion, sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Give who is listed, meeting by meeting, the latest first."""
    meetings: dict[Meeting, list[Sighting]] = defaultdict(list)
    for one in sightings:
        if one.printed == who.listed:
            meetings[one.meeting].append(one)
    # Who alone is known to have been there is no list of who was.
    lists = (some for some in meetings.values() if len(some) > 1 or who.listed == "apologies")
    every = sorted(lists, key=lambda some: some[0].day, reverse=True)
    return every[:1] if who.of.last else every


def _home(one: Sighting, library: Library) -> StoredPassage | None:
    """Find the passage that holds the place."""
    span = one.span
    holding = (
        passage
        for passage in library.paper_passages(one.stored.paper.id)
        for own in passage.passage.spans
        if own.page == span.page and own.start < span.end and span.start < own.end
    )
    return next(holding, None)


def _quoted(some: Sequence[Sighting], rank: int, contents: Contents, room: int) -> tuple[AnswerSentence, ...]:
    """Quote the line of one place, or a list from its first line on the page to its last name within ``room`` words.

    A list is cut where other programs do not read on, as between its columns.
    """
    first = some[0]
    own = [one.span for one in some if one.span.page == first.span.page and one.stored == first.stored]
    text = contents.text(first.stored.paper.id, first.span.page)
    if len(own) > 1 and all(one.meeting == first.meeting and one.printed == first.printed for one in some):
        begin = text.rfind("\n", 0, min(span.start for span in own)) + 1
        ends = [span.end for span in own if len(text[begin : span.end].split()) <= room]
        quoted = text[begin : max(ends, default=begin)]
        cut = pieces((Part(quoted, first.span.page, begin),), first.stored.paper.id, contents.jumps)
        return tuple(AnswerSentence(part.text, rank, first.page) for part in cut)
    quoted = first_words(text[first.span.start : first.span.end], room)
    return (AnswerSentence(quoted, rank, first.page),) if quoted else ()


def _head(who: RoleQuestion, one: Sighting) -> Head:
    file, page = one.stored.paper.path, one.page
    office = who.office or next(iter(sorted(one.offices if who.person else ())), None)
    board = one.meeting.board if who.listed or office in ("chair", "vice-chair") else ""
    day = dates.written(one.meeting.date) if one.meeting.date else ""
    body = cite.body(Meeting(one.meeting.authority, board))
    said = {"date": day}
    if who.listed:
        said |= {"outcome": "Present at" if who.listed == "present" else "Apologies sent to", "body": body}
    elif office:
        said |= {"role": offices.SAID[office], "body": body, "person": one.name}
    else:
        said |= {"role": one.role, "person": one.name}
    return Head("", tuple(Field(name, text, file, page) for name, text in said.items() if text))
