"""What somebody is to do: by a resolution's words or limbs, by minutes' action columns and labels, and by their talk.

A clause is an action if it charges somebody with something, or somebody takes it on (`indexer.decisions.charges`). What
only takes note, agrees or approves leaves nothing to be done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.decisions.charges import charged
from indexer.layout.blocks import Placed, placed
from indexer.records import Action, Decision, Limb, Page, Section, Span, chain
from indexer.structure.minutes import minuted
from indexer.text.periods import due
from indexer.text.sentences import sentences
from indexer.text.words import words

_LABEL = re.compile(
    r"^\W*actions?(?:\spoints?)?(?:\s(?:by|for|on))?\s*[:–-]\s*(?P<rest>\S.*)$", re.IGNORECASE | re.DOTALL
)
_OWNERS = r"(?:[A-Z][A-Za-z]{0,3}\b\.?|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?|All|ALL)"
_OWNER = re.compile(rf"{_OWNERS}(?:\s?(?:[/,&+]|and)\s?{_OWNERS}){{0,5}}")
_COLUMN = re.compile(r"\bactions?(?:\s(?:by|points?|owner))?\b|\bowner\b|\bresponsib", re.IGNORECASE)
# Words of a table's header row, at most; characters of a sentence that says what is to be done, at least.
_HEADER = 8
_SHORTEST = 15
# Lines that say who was there, what is talked of or who moved it, and never what is to be done.
_NEVER = frozenset(["head", "attendance", "item", "mover", "vote", "running", "reported"])
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
    beside = list(_of_columns(pages, sections))
    tasks = [one if one.owner else replace(one, owner=_owner_beside(one, beside)) for one in tasks]
    tasks += [one for one in beside if not any(_meet(one, decided) for decided in tasks)]
    taken = [*(span for one in tasks for span in one.spans), *(span for one in decisions for span in one.spans)]
    tasks += _of_talk(pages, sections, taken)
    tasks.sort(key=lambda action: (action.spans[0].page, action.spans[0].start))
    return tuple(replace(action, ordinal=ordinal) for ordinal, action in enumerate(tasks))


def _owner_beside(one: Action, beside: Sequence[Action]) -> str:
    return next((other.owner for other in beside if _meet(one, other)), "")


def _meet(one: Action, other: Action) -> bool:
    return any(span.meets(own) for span in one.spans for own in other.spans)


def _of_decision(decision: Decision) -> Iterator[Action]:
    whole = _Clause(decision.text, decision.spans)
    clauses: Sequence[_Clause | Limb] = [one for one in decision.limbs if _charged(one) is not None] or [whole]
    for clause in clauses:
        who = _charged(clause)  # by the whole, it is in what precedes its limbs: "that the Clerk write as follows"
        if who is None or decision.outcome == "lost":
            continue
        text = " ".join(clause.text.split())
        when = due(text, decision.meeting.date)
        words, day = (when.words, when.day) if when else ("", None)
        yield Action(0, decision.section, decision.ordinal, clause.text, clause.spans, who, words, day)


def _charged(clause: _Clause | Limb) -> str | None:
    return charged(" ".join(clause.text.split()), "decision")


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


def _of_talk(pages: tuple[Page, ...], sections: tuple[Section, ...], taken: Sequence[Span]) -> Iterator[Action]:
    """Lines by which somebody takes something on or is charged with it: "JS would write", "All to send comments"."""
    for section, told in minuted(pages, sections):
        homes = [(span, one) for one in sections for span in one.spans if one.ordinal >= section.ordinal]
        for mark in told.marks:
            unit = mark.unit
            span = Span(unit.page, unit.start, unit.end)
            who = None if mark.label in _NEVER else _told(unit.text)
            if who is None or any(span.meets(one) for one in taken):
                continue
            home = [one for own, one in homes if own.page == span.page and own.start <= span.start < own.end][-1:]
            when = due(" ".join(unit.text.split()), section.meeting.date)
            words, day = (when.words, when.day) if when else ("", None)
            yield Action(0, (home or [section])[0].ordinal, None, unit.text, (span,), who, words, day)


def _told(text: str) -> str | None:
    """Who a line charges with something; a label is enough, unless there is only a name behind it."""
    label = _LABEL.match(text)
    if label is None:
        return charged(text, "line")
    return None if _OWNER.fullmatch(label["rest"].rstrip(".) ")) else charged(label["rest"], "beside") or ""


_Told = tuple[str, tuple[Span, ...], str]


def _labelled(block: Placed, before: Placed | None) -> _Told | None:
    """Read "Action: JS to write", which says all, and "Action: JS", who is to do what the sentence before it says."""
    match = _LABEL.match(block.text)
    if match is None:
        return None
    rest = match["rest"].strip()
    if _OWNER.fullmatch(rest.rstrip(".)")):  # "(ACTION: EP)"
        places = list(reversed(sentences(before.text) or [(0, len(before.text))])) if before else []
        told = next((at for at in places if before and charged(before.text[slice(*at)], "beside") is not None), None)
        # a last word such as "AGREED" is part of what it closes
        whole = next((at for at in places if at[1] - at[0] >= _SHORTEST), None)
        at = told or (whole and (whole[0], places[0][1]))
        task = _part(before, *at) if before and at else None
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
        who = charged(task, "beside") if len(task) >= _SHORTEST else None
        if who is not None:
            # "KP will" is KP's to do, whose initials are beside it
            another = _INITIALS.fullmatch(who) and set(words(who)).isdisjoint(words(owner))
            return task, spans, who if another else owner
    return None


def _last_sentence(text: str) -> tuple[int, int]:
    every = list(sentences(text))
    return every[-1] if every else (0, len(text))


def _inside(block: Placed, span: Span) -> bool:
    return block.page == span.page and span.start <= block.start < span.end
