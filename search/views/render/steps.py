"""A thread as it is shown and kept: safe HTML, a briefing, and rows of CSV. Nothing of Streamlit here."""

from __future__ import annotations

from indexer.text import dates
from search import cite
from search.history import matters
from search.history.thread import ASKED, Step, Thread
from search.views.render import browse, phrasing, register
from search.views.render.briefing import Briefing, Quoted, lines_of, readable
from search.views.render.markup import paragraphs, plain


def count_line(thread: Thread) -> str:
    """Say how long a thread is; this line is announced to screen readers."""
    if not thread.steps:
        return "Nothing was decided on it, and no decision could be linked with certainty."
    others = sum(step.reason != ASKED for step in thread.steps)
    if not others:
        return "No other decision could be linked with certainty."
    several = "linked decisions and recommendations"
    return f"{phrasing.counted(others, 'linked decision or recommendation', several)} found."


def listed(thread: Thread) -> str:
    """Give the steps by date, each with its reason."""
    return "".join(_step(step) for step in thread.steps)


def rows(thread: Thread) -> list[dict[str, str]]:
    """Give the steps as rows of a CSV file: those of the register, and why each is there."""
    return [{"why": step.reason, **register.decision_row(step.one)} for step in thread.steps]


def briefing(thread: Thread) -> Briefing:
    """Put a thread together as a briefing: each step quoted with its reference and its reason."""
    quoted = []
    for step in thread.steps:
        heading = readable(f"{_when(step)}: {cite.shortened(_heading(step))} ({_kind(step).lower()}; {step.reason})")
        note = readable(f"{cite.decision_reference(step.one)}. File: {step.one.paper.path}")
        quoted.append(Quoted(heading, lines_of(step.one.decision.text), note))
    title = readable(f"What led to it and what followed: {cite.shortened(thread.matter.heading)}")
    return Briefing(title, (readable(thread.reference), count_line(thread)), (("By date", tuple(quoted)),))


def _step(step: Step) -> str:
    one = step.one
    here = step.reason == ASKED
    why = "This is what you asked for." if here else f"Why it is here: {step.reason}."
    also = browse.places_html((copy.paper, next(iter(copy.decision.pages), None)) for copy in step.copies)
    thread = browse.thread(matters.decision_handle(one))
    follow = "" if here else f'. <a href="{plain(thread)}">Follow it from here</a>'
    return (
        f'<div class="passage{" chosen" if here else ""}"><h2>{plain(cite.shortened(_heading(step)))}</h2>'
        f'<p class="reference"><span class="kind">{_kind(step)}</span> {plain(_when(step))}, '
        f"{plain(cite.body(one.decision.meeting) or cite.body(one.paper.meeting) or browse.NO_BODY)}</p>"
        f'<p class="shown">{plain(why)}</p><div class="words">{paragraphs(one.decision.text)}</div>'
        f'<p class="reference">{plain(cite.decision_reference(one))}. '
        f'<a href="{plain(browse.decision_link(one))}">Show it on its page</a>{follow}</p>'
        f"{f'<p>Also printed in:</p>{also}' if also else ''}</div>"
    )


def _kind(step: Step) -> str:
    decision = step.one.decision
    return "Recommendation" if decision.recommendation else phrasing.OUTCOME[decision.outcome]


def _when(step: Step) -> str:
    when = step.one.decision.meeting.date or step.one.paper.meeting.date
    return dates.written(when) if when else "Date not known"


def _heading(step: Step) -> str:
    decision = step.one.decision
    return " ".join(f"{decision.item} {decision.title}".split()) or "Decision"
