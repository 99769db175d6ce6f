"""A decision as it is shown: in the register, in its meeting, and as a row of CSV. Nothing of Streamlit here."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.records import StoredDecision
from indexer.text import dates
from search import cite
from search.history import changed, matters
from search.register.head import MINUTES
from search.views.render import browse, wording
from search.views.render.markup import paragraphs, plain


def decision_html(row: StoredDecision) -> str:
    """Give one decision of the register: outcome, date and body, item, verbatim text, and its reference."""
    decision = row.decision
    heading = " ".join(part for part in (decision.item, decision.title) if part.strip()) or "Decision"
    when = dates.written(decision.meeting.date) if decision.meeting.date else ""
    status = MINUTES[row.status] + (f" on {dates.written(row.confirmed_by)}" if row.confirmed_by else "")
    return (
        f'<div class="passage"><h2>{plain(cite.shortened(heading))}</h2>'
        f'<p class="reference"><span class="kind">{wording.OUTCOME[decision.outcome]}</span> '
        f"{plain(', '.join(fact for fact in (when, cite.body(decision.meeting)) if fact))}</p>"
        f"{_ruled(row)}"
        f'<p class="reference">{plain(cite.decision_reference(row))}. {plain(status)}. {links(row)}</p></div>'
    )


def brief_html(row: StoredDecision) -> str:
    """Give one decision under its item: outcome, verbatim text, vote and movers, and links."""
    kind = f'<p class="reference"><span class="kind">{wording.OUTCOME[row.decision.outcome]}</span> {links(row)}</p>'
    return f'<div class="passage">{kind}{_ruled(row)}</div>'


def links(row: StoredDecision) -> str:
    """Give the links to a decision's page and to what led to it and what followed."""
    where = browse.link(row.paper, next(iter(row.decision.pages), None), row.decision.ordinal)
    thread = browse.thread(matters.decision_handle(row))
    followed = f'<a href="{plain(thread)}">What led to it and what followed</a>'
    return f'<a href="{plain(where)}">Show it on its page</a>. {followed}'


def decision_row(row: StoredDecision) -> dict[str, str]:
    """Give one decision as a row of the CSV file."""
    decision, meeting = row.decision, row.decision.meeting
    return {
        "outcome": decision.outcome,
        "date": meeting.date.isoformat() if meeting.date else "",
        "authority": meeting.authority,
        "board": meeting.board,
        "item": decision.item,
        "title": decision.title,
        "text": decision.text,
        "moved by": decision.mover,
        "seconded by": decision.seconder,
        "votes for": str(decision.votes.for_) if decision.votes else "",
        "votes against": str(decision.votes.against) if decision.votes else "",
        "votes abstained": str(decision.votes.abstain) if decision.votes else "",
        "not certain": "; ".join(decision.doubts),
        "minutes": row.status,
        "superseded by": "; ".join(changed.reference(change) for change in row.superseded_by),
        "also printed in": "; ".join(place.paper.path for place in row.places),
        "file": row.paper.path,
        "page": str(decision.pages[0]) if row.paper.paged and decision.pages else "",
        "reference": cite.decision_reference(row),
    }


def _ruled(row: StoredDecision) -> str:
    """Give a decision's words, struck where a later one rescinds it, with what is known of it besides."""
    struck = any(change.how == "rescinded" for change in row.superseded_by)
    words = f'<div class="words">{paragraphs(row.decision.text)}</div>'
    notes = "".join(f'<p class="note">{plain(note)}</p>' for note in changed.notes(row))
    facts = " ".join(f"{fact}." for fact in (*_facts(row), *changed.elsewhere(row)))
    said = f'<p class="reference">{plain(facts)}</p>' if facts else ""
    return f"{notes}{_later(row)}{f'<del>{words}</del>' if struck else words}{said}"


def _later(row: StoredDecision) -> str:
    """Give links to the later decisions that change one."""
    shown = []
    for change in row.superseded_by:
        where = browse.link(change.paper, next(iter(change.decision.pages), None), change.decision.ordinal)
        shown.append(f'<p><a href="{plain(where)}">Show the decision that {_DID[change.how]} it</a></p>')
    return "".join(shown)


def _facts(row: StoredDecision) -> Iterator[str]:
    decision, votes = row.decision, row.decision.votes
    if decision.mover:
        yield f"Moved by {decision.mover}" + (f", seconded by {decision.seconder}" if decision.seconder else "")
    elif decision.seconder:
        yield f"Seconded by {decision.seconder}"
    if votes:
        yield f"Votes: {votes.for_} for, {votes.against} against, {votes.abstain} abstained"


_DID = {"corrected": "corrects", "rescinded": "rescinds"}
