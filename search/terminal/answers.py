"""Answers and decisions as plain text for a terminal of 80 columns."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from indexer.records import RULINGS, StoredDecision
from indexer.text.dates import written
from search import cite
from search.bounds import BOUNDS
from search.cite import address, decision_reference, shortened
from search.contents import meeting_of
from search.history import changed
from search.question.follow_up import OPEN
from search.results import GOES_ON, Answered, Hit, first_words

# Papers are other people's text: characters that move the cursor, colour the terminal or reverse a line are left out.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def answered(answered: Answered) -> str:
    """Lay out an answer: quotations with their references, what else was searched for, then the passages."""
    lines = [*_answer(answered), *_meetings(answered)]
    if answered.expanded:
        also = "; ".join(f"{said} = {forms}" for said, forms in answered.expanded.items())
        lines += ["", *wrapped(f"Also searched for: {also}")]
    if answered.suggested:
        meant = "; ".join(f"“{nearest}” for “{word}”" for word, nearest in answered.suggested.items())
        lines += wrapped(f"Not in the archive; did you mean {meant}?")
    if answered.noticed:
        lines += wrapped(f"Preferred, as the question names it: {', '.join(answered.noticed)}")
    if answered.hits:
        lines += ["", "Passages" if answered.status == "answered" else "Nearest passages"]
    for hit in answered.hits:
        lines += ["", *_passage(hit)]
    return "\n".join(lines)


def summary(summarised: dict[str, Any]) -> str:
    """Lay out a machine's summary, as `search.summary.summarise` gives it, marked as one."""
    lines = ["", "Summary by a machine", "", *wrapped(summarised["notice"])]
    for one in summarised["sentences"]:
        cited = ", ".join(map(str, one["hits"]))
        lines += ["", *wrapped(f"{one['text']} [{cited}]")]
    return "\n".join(lines)


def decisions(rows: Sequence[StoredDecision]) -> str:
    """Lay out a register of decisions: outcome, text and reference of each."""
    lines: list[str] = []
    for row in rows:
        plain = "recommendation" if row.decision.recommendation else row.decision.outcome
        outcome = f"superseded ({plain})" if row.superseded_by else plain
        lines += [*wrapped(f"{outcome.upper()}: {row.decision.title}")]
        lines += wrapped(row.decision.text, "    ") + wrapped(decision_reference(row), "    ")
        lines += [line for note in (*changed.notes(row), *changed.elsewhere(row)) for line in wrapped(note, "    ")]
        lines.append("")
    return "\n".join(lines) if lines else "No decisions match."


def _answer(answered: Answered) -> Iterator[str]:
    if answered.follow_up and answered.follow_up.unsettled:
        yield from wrapped(OPEN)
        return
    if answered.follow_up:
        yield from [*wrapped(f"Taken as: {answered.question}"), ""]
    if answered.status == "not_found":
        yield from wrapped(f"The archive does not seem to hold the answer (searched {answered.searched}).")
        yield from _lacking(answered)
        yield from wrapped(" ".join(filter(None, (answered.mention, answered.note))))
        return
    yield from _heads(answered)
    if answered.note:
        yield from [*wrapped(answered.note), ""]
    begun = ""
    for number, sentence in enumerate(answered.answer, 1):
        begun += sentence.shown if begun else f"{_placed(answered, number)}“{sentence.shown}"
        if answered.more(number - 1) == GOES_ON:  # a sentence over a page's end is read as one
            begun += f" [{number}] "
            continue
        yield from wrapped(f"{begun}” [{number}]")
        begun = ""
        for later in answered.hits[sentence.hit - 1].superseded_by:
            yield from wrapped(changed.note(later), "    ")
        yield ""
    for number, sentence in enumerate(answered.answer, 1):
        hit = answered.hits[sentence.hit - 1]
        cited = "; ".join(filter(None, (_cited(hit, sentence.page), answered.more(number - 1))))
        yield from wrapped(f"[{number}] {cited}", "    ", first="")
        if where := address(hit.stored.paper, sentence.page):
            yield f"    {_CONTROL.sub(' ', where)}"  # never broken, so that it can be followed


def _placed(answered: Answered, number: int) -> str:
    """Say before a quotation what it must not be read out without.

    One of several meetings carries its date, so that it can be read out on its own; what was only recommended must not
    be read out as decided. A ruling alone does not say what it is about; the head line does so for the first.
    """
    quoted = [answered.hits[sentence.hit - 1].stored for sentence in answered.answer]
    one, days = quoted[number - 1], {stored.section.meeting.date for stored in quoted}
    when = one.section.meeting.date
    leads = answered.overview is not None and answered.overview.leads
    prefix = [cite.body(meeting_of(one.section.meeting, one.paper))] if leads else []
    prefix += [written(when)] if when and len(days) > 1 else []
    if answered.answer[number - 1].reported:
        prefix = [f"reported {written(when)}" if when else "reported"]
    prefix += ["recommended"] if one.passage.kind == "recommendation" else []
    prefix += [title] if (title := _titled(answered, number)) else []
    said = f"{', '.join(prefix)}: " if prefix else ""
    return said[:1].upper() + said[1:]


def _heads(answered: Answered) -> Iterator[str]:
    """Give the head line, or those of all decisions listed with their count, and what is not held."""
    if answered.listed:
        yield from wrapped(f"{answered.listed.counted}.")
        rows = zip(answered.listed.heads, answered.listed.beginnings, strict=True)
        for number, (head, begun) in enumerate(rows, 1):
            yield from wrapped(f"{number}. {head.text} “{begun}”", "   ", first="")
        yield from _lacking(answered)
        yield ""
    elif answered.actions:
        yield from wrapped(f"{answered.actions.counted}.")
        for number, one in enumerate(answered.actions.actions, 1):
            action, section = one.stored.action, one.stored.section
            when = f", {written(section.meeting.date)}" if section.meeting.date else ""
            owner, due = (
                (f". Who: {action.owner}" if action.owner else ""),
                (f". By when: {action.due}" if action.due else ""),
            )
            begun = first_words(" ".join(action.text.split()), BOUNDS.listed_words)
            said = f"{number}. {one.state}{when}, {section.title or 'no heading'}{owner}{due}. “{begun}”"
            yield from wrapped(said, "   ", first="")
        yield ""
    elif answered.head:
        yield from [*wrapped(answered.head.text), ""]
    elif answered.overview and answered.overview.leads:
        yield answered.overview.lead
        yield from [line for said in answered.overview.leading for line in wrapped(f"{said}.", "   ", first="")]
        yield ""


def _meetings(answered: Answered) -> Iterator[str]:
    """Lay out what each meeting has on the matter, the figures among it, and what is missing."""
    if answered.overview is None:
        return
    bodies = ", ".join(f"{body} ({count})" for body, count in answered.overview.bodies.items())
    yield from ["", f"Meeting by meeting: {bodies}"]
    for line in answered.overview.lines:
        when = written(line.meeting.date) if line.meeting.date else "No date"
        sheet = f", sheet {line.page}" if line.page else ""
        yield from ["", *wrapped(f"{when}, {cite.body(line.meeting)}, {line.kind}: {line.title}")]
        yield from wrapped(f"“{line.shown}” ({line.paper.path}{sheet})", "    ")
    if answered.overview.table:
        yield from ["", "Figures, each from the sentence that prints it"]
        for line in answered.overview.table:
            when = written(line.meeting.date) if line.meeting.date else "No date"
            yield from ["", *wrapped(f"{when}, {cite.body(line.meeting)}: {', '.join(line.figures)}")]
            yield from wrapped(f"“{line.figure_text}”", "    ")
    for sentence in answered.overview.lacking:
        yield from ["", *wrapped(sentence)]


def _lacking(answered: Answered) -> Iterator[str]:
    for sentence in answered.lacking:
        yield from wrapped(sentence)


def _titled(answered: Answered, number: int) -> str:
    """Give the title printed before a quotation: that of a ruling's item, except under the head line."""
    hit = answered.hits[answered.answer[number - 1].hit - 1]
    under = answered.head is not None and hit is answered.hits[answered.answer[0].hit - 1]
    return "" if under or hit.stored.passage.kind not in RULINGS else shortened(" ".join(hit.title.split()))


def _cited(hit: Hit, page: int | None) -> str:
    if page is None or hit.page is None or page == hit.page:
        return hit.reference
    return f"{hit.reference}, {'continued' if page > hit.page else 'begun'} on sheet {page}"


def _passage(hit: Hit) -> Iterator[str]:
    yield from wrapped(
        f"{hit.rank}. {hit.reference} ({', '.join(filter(None, (hit.stored.passage.kind, hit.caution)))})",
        "   ",
        first="",
    )
    yield from wrapped(hit.stored.paper.path, "   ")
    for header in hit.headers:
        yield from wrapped(f"| {header}", "   ")
    text = hit.stored.passage.text
    begin, _ = hit.reach
    shown = first_words(text[begin:], BOUNDS.excerpt_words)
    cut = begin + len(shown) < len(text)
    for line in (("… " if begin else "") + shown + (" …" if cut else "")).split("\n"):
        yield from wrapped(line, "   ")
    for place in hit.also_in:
        yield from wrapped(f"Also in {place.paper.path}" + (f", sheet {place.page}" if place.page else ""), "   ")


def wrapped(text: str, indent: str = "", *, first: str | None = None) -> list[str]:
    """Break words of a paper into lines of a terminal; nothing in them moves the cursor or colours the terminal.

    Args:
        text: one line; tabs separate cells.
        indent: before every line.
        first: before the first line, if that differs.
    """
    plain = _CONTROL.sub(" ", text.replace("\t", " | "))
    return textwrap.wrap(
        plain,
        BOUNDS.terminal_width,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
