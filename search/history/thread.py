"""The thread of a decision or item: what led to it and what followed, each link with its reason.

Precision comes first: a step is linked by the same title, a shared reference number, a minute that is named, or as
the recommendation of the same item at the same meeting. Everything stays within one authority.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.errors import BadArguments
from indexer.records import KEY_DIGITS, Filters, Paper, Section, StoredDecision, WordQuery
from indexer.text import dates
from indexer.text.words import words
from search import cite
from search.contents import Contents, text_of
from search.history import links, matters
from search.history.decided import Decided, decided
from search.history.matters import Matter
from search.library import Library
from search.settings import HISTORY

ASKED, SAME_ITEM = "asked for", "same item"  # the reasons of what a thread starts from, and of what stands beside it
_MINUTE = r"\bminutes?\s+(?:no\.?\s*|number\s+)?{number}(?![\d/.]\d|\d)"
_TITLE = "same item title"
_NAMED = re.compile(_MINUTE.format(number=r"(\d{1,4})"), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """A decision or recommendation of a thread, why it is there, and the same in further papers."""

    one: StoredDecision
    reason: str
    copies: tuple[StoredDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """A matter with the steps on it by date; ``start`` are the ids of the steps that were asked for."""

    matter: Matter
    reference: str
    steps: tuple[Step, ...]

    @property
    def leads(self) -> bool:
        """Whether anything led to what was asked for, or followed it."""
        return _lead(self.steps)


def thread(library: Library, handle: str) -> Thread:
    """Find what led to a decision or item and what followed.

    Args:
        library: the archive.
        handle: the id that ``decisions --json`` or ``similar --json`` gives.

    Raises:
        BadArguments: no such decision or item.
    """
    contents = Contents(library)
    return thread_of(library, contents, decided(library, contents), handle)


def thread_of(library: Library, contents: Contents, register: Decided, handle: str) -> Thread:
    """Do the same with a register that was read before."""
    start, reference, own = _start(library, contents, register, handle)
    steps = _linked(library, contents, start, register, own)
    return Thread(start, reference, _dated(_further(library, contents, start, register, own, steps)))


def leads(library: Library, contents: Contents, register: Decided, handle: str) -> bool:
    """Say whether anything led to a decision or item, or followed it, without finding all that did."""
    start, _, own = _start(library, contents, register, handle)
    return _lead(_linked(library, contents, start, register, own).values())


def _lead(steps: Iterable[Step]) -> bool:
    return any(step.reason not in (ASKED, SAME_ITEM) for step in steps)


def _start(library: Library, contents: Contents, register: Decided, handle: str) -> tuple[Matter, str, set[int]]:
    """Find what a handle names: its matter, its reference, and the ids of its own decisions."""
    paper_id, is_decision, number = matters.read_handle(handle)
    if is_decision:
        chosen = [one for one in register.every if one.paper.id.startswith(paper_id) and one.decision.ordinal == number]
        if len(chosen) != 1:
            raise _unknown(handle)
        start, reference = register.matters[chosen[0].id], cite.decision_reference(chosen[0])
        own = {chosen[0].id}
    else:
        paper, section = _section(library, contents, register.every, paper_id, number, handle)
        below = _below(contents.sections(paper.id), section.ordinal)
        own = {one.id for one in register.every if one.paper.id == paper.id and one.decision.section in below}
        start = matters.of_section(paper, section, text_of(library, paper, section))
        reference = _reference(start)
    return start, reference, own


def _linked(library: Library, contents: Contents, start: Matter, register: Decided, own: set[int]) -> dict[int, Step]:
    """Find what a start is linked with by itself, by id."""
    near = _by_meeting(register.pairs, own)
    named = _named(library, contents, start, register, own)
    of_authority = register.of(start)
    deferred = {one.id for one in of_authority if one.decision.outcome == "deferred"}
    steps = {id: Step(register.by_id[id], ASKED) for id in own}
    references = start.references
    for one in of_authority:
        if one.id in own:
            continue
        put_off = one.id in deferred or bool(own & deferred)
        shared = references & register.references[one.id]
        title = f"same reference {min(shared)}" if shared else _reason(start, register.matters[one.id], put_off=put_off)
        if reason := near.get(one.id) or named.get(one.id) or title:
            steps[one.id] = Step(one, reason)
    return _telling(start, register, steps)


def _further(
    library: Library, contents: Contents, start: Matter, register: Decided, own: set[int], linked: Mapping[int, Step]
) -> list[Step]:
    """Add what the steps of a start are surely linked with."""
    steps = dict(linked)
    # A minute that names a linked one, or is named by it, is a sure step further; titles are only trusted once.
    for step in [step for step in steps.values() if step.one.id not in own]:
        other = register.matters[step.one.id]
        for id, reason in _named(library, contents, other, register, set(steps)).items():
            steps[id] = Step(register.by_id[id], reason)
    # What was resolved on a linked recommendation, and recommended for a linked resolution, belongs with it.
    for id, reason in _by_meeting(register.pairs, set(steps)).items():
        if id not in steps:
            steps[id] = Step(register.by_id[id], reason)
    return list(steps.values())


def _telling(start: Matter, register: Decided, steps: dict[int, Step]) -> dict[int, Step]:
    """Leave out what only a title links that stands on most agendas of a body: it is how meetings run."""
    titled = {step.one.decision.meeting.date for step in steps.values() if step.reason == _TITLE}
    met = {one.decision.meeting.date for one in register.of(start) if register.matters[one.id].body == start.body}
    standing = len(titled) > HISTORY.comes_back and 2 * len(titled) > len(met)
    return {id: step for id, step in steps.items() if not (standing and step.reason == _TITLE)}


def _by_meeting(pairs: links.Pairs, ids: Iterable[int]) -> dict[int, str]:
    reasons: dict[int, str] = {}
    for id in ids:
        for other in pairs.resolved_by.get(id, ()):
            reasons[other.id] = "resolved on this recommendation: same item at the same meeting"
        for other in pairs.recommendation_of.get(id, ()):
            reasons[other.id] = "recommended for this resolution: same item at the same meeting"
    return reasons


def _reason(start: Matter, other: Matter, *, put_off: bool) -> str:
    """Say in words why two matters of one authority belong together by place or title, "" if they may not."""
    if start.paper.id == other.paper.id and start.section == other.section:
        return SAME_ITEM
    days = abs(start.when - other.when) if start.when and other.when else None
    same_body = start.body == other.body
    telling = len(start.title.words) >= HISTORY.telling or same_body
    if matters.same(start.title, other.title) and telling:
        return _TITLE
    least = HISTORY.few if put_off else HISTORY.telling
    near = days is not None and days <= timedelta(days=HISTORY.near_days)
    if same_body and near and matters.within(start.title, other.title, least):
        shorter, longer = sorted((start.heading, other.heading), key=len)
        return f"item title “{cite.shortened(longer)}” holds “{cite.shortened(shorter)}”"
    return ""


def _named(library: Library, contents: Contents, start: Matter, register: Decided, known: set[int]) -> dict[int, str]:
    """Find decisions of minutes that the start names, and those whose item names the start's minute."""
    reasons: dict[int, str] = {}
    here = f"{start.board} of {dates.written(start.when)}" if start.when else start.board
    for number, day in _minutes_named(_whole(library, contents, start)):
        for one in _minuted(register, start, number, day):
            reasons[one.id] = f"named as minute {number} by {here}"
    for paper_id, ordinal in _naming(library, start):
        on_it = _home(contents, paper_id, ordinal)
        for one in register.of(start):
            if one.paper.id == paper_id and one.decision.section in on_it:
                reasons[one.id] = f"names minute {start.item} of {here}"
    return {id: reason for id, reason in reasons.items() if id not in known}


def _naming(library: Library, start: Matter) -> list[tuple[str, int]]:
    """Find the sections, by paper and ordinal, that name the start's minute."""
    when = start.when
    if not start.item.isdigit() or when is None:
        return []
    boards = (start.meeting.board,) if start.meeting.board else ()
    query = WordQuery(f"minute {start.item}", (f"minute {start.item}",))
    hits = library.match_words(query, HISTORY.minute_hits, Filters(boards=boards))
    contents = []
    for stored in library.passages([hit.id for hit in hits]).values():
        namer = matters.of_section(stored.paper, stored.section, "")
        said = _minutes_named(stored.passage.text)
        if any(number == start.item and _meant(namer, start.body, when, day) for number, day in said):
            contents.append((stored.paper.id, stored.section.ordinal))
    return contents


def _minutes_named(text: str) -> list[tuple[str, date | None]]:
    return [
        (match[1], dates.parse(text[match.end() : match.end() + HISTORY.date_within].split("\n")[0]))
        for match in _NAMED.finditer(text)
    ]


def _minuted(register: Decided, start: Matter, number: str, day: date | None) -> list[StoredDecision]:
    """Find the decisions of the minute that ``start`` names; of several meetings, the last before it."""
    fit = []
    for one in register.of(start):
        other = register.matters[one.id]
        if one.decision.recommendation or one.decision.item != number or other.when is None:
            continue
        if _meant(start, other.body, other.when, day):
            fit.append((other.when, one))
    last = max((when for when, _ in fit), default=None)
    return [one for when, one in fit if when == last]


def _meant(namer: Matter, body: tuple[str, str], when: date, day: date | None) -> bool:
    """Whether a minute that ``namer`` names, with ``day`` if it says one, is of the meeting of ``body`` at ``when``."""
    if namer.body != body or namer.when is None or namer.when <= when:
        return False
    return day == when if day else namer.when - when <= timedelta(days=HISTORY.recent_days)


def _home(contents: Contents, paper_id: str, ordinal: int) -> set[int]:
    sections = contents.sections(paper_id)
    here = sections.get(ordinal)
    home = cite.home(here, sections) if here else None
    return _below(sections, home.ordinal) if home else set()


def _below(sections: Mapping[int, Section], ordinal: int) -> set[int]:
    """Give a section and all under it; a parent always comes before its children."""
    ordinals = {ordinal}
    for number in sorted(sections):
        if sections[number].parent in ordinals:
            ordinals.add(number)
    return ordinals


def _whole(library: Library, contents: Contents, start: Matter) -> str:
    """Give the text of the item that the start belongs to, as far as it is in minutes or a report's own text."""
    sections = contents.sections(start.paper.id)
    here = sections.get(start.section)
    return text_of(library, start.paper, cite.home(here, sections)) if here else start.text


def _section(
    library: Library, contents: Contents, register: Sequence[StoredDecision], paper_id: str, number: int, handle: str
) -> tuple[Paper, Section]:
    papers = {one.paper.id: one.paper for one in register if one.paper.id.startswith(paper_id)}
    if not papers:
        # An item of a paper without decisions: its first passage names the paper.
        first = library.passages([(int(paper_id[:KEY_DIGITS], 16) >> 21) << 20])
        papers = {one.paper.id: one.paper for one in first.values()}
    if len(papers) != 1:
        raise _unknown(handle)
    paper = next(iter(papers.values()))
    section = contents.sections(paper.id).get(number)
    if section is None:
        raise _unknown(handle)
    return paper, cite.home(section, contents.sections(paper.id))


def _unknown(handle: str) -> BadArguments:
    return BadArguments(f"No decision or item {handle!r} in this archive: `decisions --json` lists them", found=handle)


def _reference(matter: Matter) -> str:
    body = cite.body(matter.meeting) or cite.body(matter.paper.meeting)
    when = dates.written(matter.when) if matter.when else ""
    return ", ".join(part for part in (body, when, cite.shortened(matter.heading)) if part)


def _dated(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Order by date, recommendations before resolutions of a day; the same text of one meeting is one step."""
    kept: dict[tuple[object, ...], Step] = {}
    for step in sorted(steps, key=lambda step: (step.reason != ASKED, step.one.id)):
        matter = matters.of_decision(step.one)
        key = (*matter.body, matter.when, step.one.decision.recommendation, " ".join(words(matter.text)))
        if key in kept:
            kept[key] = Step(kept[key].one, kept[key].reason, (*kept[key].copies, step.one))
        else:
            kept[key] = step
    return tuple(sorted(kept.values(), key=_order))


def _order(step: Step) -> tuple[bool, date, bool, int]:
    when = matters.of_decision(step.one).when
    return when is None, when or date.min, not step.one.decision.recommendation, step.one.id
