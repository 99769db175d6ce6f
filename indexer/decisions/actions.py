"""What somebody is to do: by a resolution's words or limbs, by minutes' action columns, and by their lines' labels.

A clause is an action if it asks, instructs or invites somebody to do something, or says that something be brought,
provided or done, or sets a time for it. What only takes note, agrees or approves leaves nothing to be done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from indexer.layout.blocks import Placed, placed
from indexer.records import Action, Decision, Limb, Page, Section, Span, chain
from indexer.structure.minutes import minuted
from indexer.text.cues import ROLES, TITLES, TOKEN
from indexer.text.periods import due
from indexer.text.sentences import sentences
from indexer.text.words import STOP_WORDS, listed, words

_WHO = r"(?P<who>(?:the\s)?[A-Z(]?[\w'’(),&/ -]{1,90}?)"
_ASKED = r"(?:asked|requested|instructed|invited|directed|required|commissioned|tasked|mandated|urged)"
_BE_ASKED = re.compile(rf"(?:^|\bthat\s|[;,]\s|\)\s){_WHO}\s(?:be|is|are|was|were)\s{_ASKED}\sto\b", re.IGNORECASE)
_ASKS = re.compile(
    rf"(?<!\ba\s)(?<!\bthe\s)(?<!\bany\s)\b(?:asks?|requests?|instructs?|invites?|directs?|to\s(?:ask|request|instruct|invite|write\sto))\s(?:that\s)?{_WHO}\s"
    r"(?:to|should|provide|bring|report)\b",
    re.IGNORECASE,
)
# Something be brought, provided, done: what is to come, not what is agreed.
_BROUGHT = re.compile(
    r"\b(?:be|is)\s(?:further\s|formally\s)?(?:brought|presented|provided|submitted|circulated|prepared|produced"
    r"|reported|arranged|drafted|drawn\sup|received\sback|considered\sat|undertaken|carried\sout|convened|obtained|sought"
    r"|written|investigated|monitored|reviewed|published|sent)\b(?!\sforward)|\breport(?:s|ed)?\sback\b|\bto\swrite\sto\b",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(
    r"[^.;:]{0,60}?\bby\s(?P<who>the\s(?:[A-Z]?[\w'’-]+\s?){1,6}|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,4})"
)
_LABEL = re.compile(
    r"^\W*actions?(?:\spoints?)?(?:\s(?:by|for|on))?\s*[:–-]\s*(?P<rest>\S.*)$", re.IGNORECASE | re.DOTALL
)
_OWNERS = r"(?:[A-Z][A-Za-z]{0,3}\b\.?|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?|All|ALL)"
_OWNER = re.compile(rf"{_OWNERS}(?:\s?(?:[/,&+]|and)\s?{_OWNERS}){{0,5}}")
_COLUMN = re.compile(r"\bactions?(?:\s(?:by|points?|owner))?\b|\bowner\b|\bresponsib", re.IGNORECASE)
# Words of a table's header row, at most; characters of a sentence that says what is to be done, at least.
_HEADER = 8
_SHORTEST = 15
# What follows somebody who takes something on.
_TAKES = listed("to will would shall agreed offered undertook volunteered kindly is was has")
# Words of a sentence by which somebody takes something on.
_TAKEN_ON = listed("will would shall agreed offered undertook volunteered asked")
_DOERS = ROLES | {"all"}
# An owner holds no verb, and begins with no word that leaves open who is meant.
_VERBS = listed("be been is are was were has have had who why whether will would should")
_NOBODY = listed("any no every each such it this these which what who there")
_LONGEST_OWNER = 7
_AND = frozenset(["and", "&", "/", "+"])
_LIKELY = 0.5
# "Cllr Bowes to speak to the owner": a sentence begins with so few words of who is to act.
_NAME_WORDS = 4
# A clause of who is to act begins behind these; an auxiliary or a bare verb is behind its subject.
_OPENING = frozenset(["that", ":", "agreed"])
_CHARGED = frozenset(["to", "would", "will", "should", "shall"])
_STATES = frozenset(["be", "is", "are", "was", "were", "been", "have", "has", "had", "not"])
_NO_BARE = ("s", "ed", "ing", "ion", "ly")
_INITIALS = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z](?:\s?[/,&+]\s?[A-Z][A-Za-z]{0,2}[A-Z]){0,4}")


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    spans: tuple[Span, ...]


def actions(
    pages: tuple[Page, ...], sections: tuple[Section, ...], decisions: Sequence[Decision]
) -> tuple[Action, ...]:
    """Find the actions of a paper's minutes, in reading order.

    Args:
        pages: the paper's pages, as stored.
        sections: its sections.
        decisions: what it decides, without recommendations.
    """
    tasks = [action for decision in decisions if not decision.recommendation for action in _of_decision(decision)]
    tasks += _of_columns(pages, sections)
    taken = [*(span for one in tasks for span in one.spans), *(span for one in decisions for span in one.spans)]
    tasks += _of_labels(pages, sections, taken)
    tasks.sort(key=lambda action: (action.spans[0].page, action.spans[0].start))
    return tuple(replace(action, ordinal=ordinal) for ordinal, action in enumerate(tasks))


def _of_decision(decision: Decision) -> Iterator[Action]:
    clauses: Sequence[_Clause | Limb] = decision.limbs or [_Clause(decision.text, decision.spans)]
    for clause in clauses:
        text = " ".join(clause.text.split())
        who = _who(text)
        if who is None or decision.outcome == "lost":
            continue
        when = due(text, decision.meeting.date)
        words, day = (when.words, when.day) if when else ("", None)
        yield Action(0, decision.section, decision.ordinal, clause.text, clause.spans, who, words, day)


def _takes_on(text: str) -> bool:
    """Whether somebody takes on, or is asked, to do something: "JS to write", "the council would be told"."""
    every = text.split()
    named = any(to == "to" and (_INITIALS.fullmatch(who) or who.lower() in _DOERS) for who, to in pairwise(every))
    taken = not _TAKEN_ON.isdisjoint(word.casefold() for word in every)
    return named or taken or _who(text) is not None


def _who(text: str) -> str | None:
    """Who is to do what a clause says, "" where it does not say; None where nothing is to be done."""
    for pattern in (_BE_ASKED, _ASKS):
        if match := pattern.search(text):
            return _name(match["who"])
    if brought := _BROUGHT.search(text):
        named = _BY_WHOM.match(text, brought.end())
        return _name(named["who"]) if named else ""
    return _charged(text)


def _charged(text: str) -> str | None:
    """Who is to act by a clause of their own: "that the Clerk obtain quotations", "the Principal would report"."""
    every = TOKEN.findall(text)
    begins = [at + 1 for at, word in enumerate(every) if word.lower() in _OPENING] or [0]
    for begin in begins:
        end = next(
            (
                at
                for at in range(begin, min(begin + (_LONGEST_OWNER if begin else _NAME_WORDS), len(every)))
                if _is_doer(every, at)
            ),
            None,
        )
        if end is None or end + 2 >= len(every):
            continue
        verb, following = every[end + 1 : end + 3]
        told = verb in _CHARGED and following not in _STATES
        bare = begin and verb.islower() and verb not in STOP_WORDS | _STATES and not verb.endswith(_NO_BARE)
        if told or (bare and following not in _STATES):
            return _name(" ".join(every[begin : end + 1]))
    return None


def _is_doer(every: Sequence[str], at: int) -> bool:
    """Whether a word names who can be charged: a role, initials, or the last word of a titled name."""
    titled = any(word.lower() in TITLES for word in every[max(0, at - 2) : at]) and every[at][:1].isupper()
    last = at + 1 >= len(every) or not every[at + 1][:1].isupper()
    return last and (every[at].lower() in ROLES or bool(_INITIALS.fullmatch(every[at])) or titled)


def _name(who: str) -> str:
    """Cut an owner out of what precedes the verb: "" where that names nobody ("any proposal")."""
    name = _bare(who)
    words = name.split()
    if not _VERBS.isdisjoint(words):
        # "the report be received and Healthwatch (be asked to ...)": another clause comes first.
        clause, _, name = name.rpartition(" and ")
        name = _bare(name)
        return name if not _VERBS.isdisjoint(clause.split()) and _VERBS.isdisjoint(name.split()) else ""
    return "" if words and words[0].lower() in _NOBODY else name


def _bare(who: str) -> str:
    return re.sub(
        r"^(?:\W*\b(?:that|and|resolved|agreed)\b\W+)+|^\W+|[\s,(]+(?:should)?$", "", who, flags=re.IGNORECASE
    ).strip()


def _of_columns(pages: tuple[Page, ...], sections: tuple[Section, ...]) -> Iterator[Action]:
    """Lines labelled "Action:", and what is beside the initials of an action column or before them at a line's end."""
    by_ordinal = {section.ordinal: section for section in sections}
    recorded = [section for section in sections if any(one.kind == "minutes" for one in chain(section, by_ordinal))]
    homes = [(span, section) for section in recorded for span in section.spans]
    days = {section.ordinal: section.meeting.date for section in sections}
    column = False
    before: Placed | None = None
    every = placed(pages)
    for block, after in zip(every, [*every[1:], None], strict=False):
        home = next((section for span, section in homes if _inside(block, span)), None)
        if home is None:
            before, column = None, False
            continue
        header = block.row and len(block.text.split()) <= _HEADER and _COLUMN.search(block.text.split("\t")[-1])
        column = column or bool(header)
        told = _labelled(block, before) or (_ended(block, before, after) if column and not header else None)
        if told:
            text, spans, owner = told
            when = due(" ".join(text.split()), days[home.ordinal])
            words, day = (when.words, when.day) if when else ("", None)
            yield Action(0, home.ordinal, None, text, spans, owner, words, day)
        before = block


def _of_labels(pages: tuple[Page, ...], sections: tuple[Section, ...], taken: Sequence[Span]) -> Iterator[Action]:
    """What the model of lines takes for an action: "JS would write to the council", "All to send comments"."""
    for section, told in minuted(pages, sections):
        homes = [(span, one) for one in sections for span in one.spans if one.ordinal >= section.ordinal]
        for mark in told.marks:
            unit = mark.unit
            span = Span(unit.page, unit.start, unit.end)
            who = _owner(unit.text)
            taken_on = mark.label == "action" and mark.sure >= _LIKELY and who and _takes_on(unit.text)
            if not taken_on or any(span.meets(one) for one in taken):
                continue
            home = [one for own, one in homes if own.page == span.page and own.start <= span.start < own.end][-1:]
            when = due(" ".join(unit.text.split()), section.meeting.date)
            words, day = (when.words, when.day) if when else ("", None)
            yield Action(0, (home or [section])[0].ordinal, None, unit.text, (span,), who, words, day)


def _owner(text: str) -> str:
    """Who a line says is to do something: what precedes "to", "will", "agreed to"; "" where that is no name."""
    words = text.split("\t")[0].split()
    at = next((at for at, word in enumerate(words[:_LONGEST_OWNER]) if word in _TAKES), 0)
    # "Action: officers to ...": a label is no name.
    who = " ".join(words[:at]).split(" – ")[-1].split(": ")[-1].strip("•-–* ")
    named = who[:1].isupper() and who.split()[-1][:1].isupper() and who.split()[0].lower() not in _NOBODY
    initials = list(takewhile(_is_initials, reversed(who.split())))  # "In future, GD"; not "The CC", "As CH"
    who = " ".join(reversed(initials)) if 0 < len(initials) < len(who.split()) - 1 else who
    return who if (named or who.startswith("the ")) and _VERBS.isdisjoint(who.split()) else ""


def _is_initials(word: str) -> bool:
    return word in _AND or bool(_INITIALS.fullmatch(word.strip(",")))


_Told = tuple[str, tuple[Span, ...], str]


def _labelled(block: Placed, before: Placed | None) -> _Told | None:
    """Read "Action: JS to write", which says all, and "Action: JS", who is to do what the sentence before it says."""
    match = _LABEL.match(block.text)
    if match is None:
        return None
    rest = match["rest"].strip()
    if _OWNER.fullmatch(rest.rstrip(".)")):  # "(ACTION: EP)"
        tasks = [_part(before, *place) for place in reversed(sentences(before.text))] if before else []
        task = next((one for one in tasks if _takes_on(one[0])), next(iter(tasks), None))
        return (*task, rest.rstrip(".)")) if task else None
    owner = _OWNER.match(rest)
    begins = rest[owner.end() :].lstrip().startswith("to ") if owner else False
    return *_part(block, match.start("rest"), match.end("rest")), owner.group() if owner and begins else ""


def _part(block: Placed, start: int, end: int) -> tuple[str, tuple[Span, ...]]:
    return block.text[start:end], (Span(block.page, block.start + start, block.start + end),)


def _ended(block: Placed, before: Placed | None, after: Placed | None) -> _Told | None:
    """What is taken on before initials at a line's end or in its last cell: the last sentence that says so."""
    text = block.text.rstrip()
    cut = text.rfind("\t") if "\t" in text else max(text.rfind(". "), text.rfind("  ")) + 1
    owner = text[cut:].strip()
    if cut <= 0 or not (_INITIALS.fullmatch(owner) or ("\t" in text and _OWNER.fullmatch(owner))):
        return None
    said = text[:cut].rstrip()
    for start, end in reversed(list(sentences(said)) or [(0, len(said))]):
        task, spans = _part(block, start, end)
        if before and not said[:start].strip() and task[:1].islower():
            # it began in the block before
            first, own = _part(before, *_last_sentence(before.text))
            task, spans = f"{first}\n{task}", own + spans
        if after and end == len(said) and task[-1:] not in ".!?;:" and after.text[:1].islower():
            # initials beside the first of its lines cut it in two
            last, own = _part(after, *next(iter(sentences(after.text)), (0, len(after.text))))
            task, spans = f"{task}\n{last}", spans + own
        if len(task) >= _SHORTEST and _takes_on(task):
            who = _owner(task)  # "KP will" is KP's to do, whose initials are beside it
            another = _INITIALS.fullmatch(who) and set(words(who)).isdisjoint(words(owner))
            return task, spans, who if another else owner
    return None


def _last_sentence(text: str) -> tuple[int, int]:
    every = list(sentences(text))
    return every[-1] if every else (0, len(text))


def _inside(block: Placed, span: Span) -> bool:
    return block.page == span.page and span.start <= block.start < span.end
