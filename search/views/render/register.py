"""The register's page: what a list can be limited to, as chips, and decisions by year. Nothing of Streamlit here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import get_args
from urllib.parse import urlencode

from indexer.records import Outcome, StoredDecision
from indexer.text import dates, names
from search import cite
from search.bounds import BOUNDS
from search.history import changed, matters
from search.register.head import vote
from search.register.sought import Sought, matching
from search.results import Answered
from search.views import address
from search.views.address import Asked
from search.views.render import answers, browse, charts, chips, phrasing
from search.views.render.markup import paragraphs, plain


def sought(asked: Asked, params: Mapping[str, Sequence[str]]) -> Sought:
    """Read what is looked for from a view and the rest of its address; what cannot be understood limits nothing."""

    def last(name: str) -> str:
        return next(reversed(params.get(name, ())), "")[: BOUNDS.address_characters].strip()

    outcome = next((one for one in get_args(Outcome) if one == last("outcome")), None)
    return Sought(asked.question, last("mover"), last("seconder"), last("voted") == "yes", outcome)


def narrowed_html(rows: Sequence[StoredDecision], asked: Asked, of: Sought) -> str:
    """Give chips: what the list is limited to, with links that lift it, and what it can be limited to, with counts."""
    lifted = [chips.chip(said, link(asked, without), "Remove the filter", "×") for said, without in _limits(of)]
    offered = [
        chips.chip(f"{said} ({count:,})", link(asked, only), "Only", "+")
        for said, only in _choices(rows, of)
        if 0 < (count := len(matching(rows, only))) < len(rows)
    ]
    more = chips.html("Limit the list", offered)
    box = (
        f'<details class="made"><summary>Limit the list by vote, outcome or name</summary>{more}</details>'
        if more
        else ""
    )
    return chips.html("What the list is limited to", lifted) + box


def meant_html(asked: Asked, answered: Answered) -> str:
    """Give a link to what may have been meant, where a word is in no paper but for its spelling."""
    if not answered.suggested:
        return ""
    meant = answers.corrected(answered)
    return chips.html(
        "Another spelling", [chips.chip(f"Did you mean “{meant}”?", link(replace(asked, question=meant)))]
    )


def link(asked: Asked, of: Sought | None = None) -> str:
    """Give the address of a view of the register."""
    of = of or Sought()
    own = {"mover": of.mover, "seconder": of.seconder, "voted": "yes" if of.voted else "", "outcome": of.outcome or ""}
    params = {**address.to_params(asked.form), **{name: value for name, value in own.items() if value}}
    return f"decisions?{urlencode(params, doseq=True)}" if params else "decisions"


def by_year(rows: Iterable[StoredDecision], asked: Asked, of: Sought | None = None) -> str:
    """Give the bar chart of decisions by year of the meeting, each year a link to its own; "" where all are of one.

    Args:
        rows: the decisions that are listed.
        asked: the view; a year's link keeps its words and filters.
        of: what else the list is limited to.
    """
    counts = Counter(row.decision.meeting.date.year if row.decision.meeting.date else 0 for row in rows)
    shown = [charts.Bar(str(year), counts[year], of_year(year, asked, of)) for year in sorted(counts) if year]
    if counts[0]:
        shown.append(charts.Bar("No date", counts[0]))
    return years_html(shown)


def years_html(bars: Sequence[charts.Bar]) -> str:
    """Give the bar chart of decisions by year; "" where there is nothing to compare."""
    return charts.bars("Decisions by year of the meeting", ("Year", "Decisions"), bars) if len(bars) > 1 else ""


def of_year(year: int, asked: Asked, of: Sought | None = None) -> str:
    """Give the address of a year's decisions, with the words and filters of a view."""
    return link(replace(asked, date_from=date(year, 1, 1), date_to=date(year, 12, 31)), of)


def _limits(of: Sought) -> Iterator[tuple[str, Sought]]:
    """Give each limit in words, and what is looked for without it."""
    if of.mover:
        yield f"Moved by {of.mover}", replace(of, mover="")
    if of.seconder:
        yield f"Seconded by {of.seconder}", replace(of, seconder="")
    if of.voted:
        yield "With a recorded vote", replace(of, voted=False)
    if of.outcome:
        yield phrasing.OUTCOME[of.outcome], replace(of, outcome=None)


def _choices(rows: Sequence[StoredDecision], of: Sought) -> Iterator[tuple[str, Sought]]:
    """Give what the list can be limited to further: votes, outcomes, and who most often moved and seconded."""
    if not of.voted:
        yield "With a recorded vote", replace(of, voted=True)
    if not of.outcome:
        for outcome, _ in Counter(row.decision.outcome for row in rows).most_common():
            yield phrasing.OUTCOME[outcome], replace(of, outcome=outcome)
    if not of.mover:
        for name in _often(row.decision.mover for row in rows):
            yield f"Moved by {name}", replace(of, mover=name)
    if not of.seconder:
        for name in _often(row.decision.seconder for row in rows):
            yield f"Seconded by {name}", replace(of, seconder=name)


def _often(printed: Iterable[str]) -> list[str]:
    """Give the names that are printed most often, each person's once."""
    frequent: list[str] = []
    for name, _ in Counter(filter(None, printed)).most_common():
        part = names.name(name)
        if part and not any((other := names.name(one)) and names.agree(part, other) for one in frequent):
            frequent.append(name)
    return frequent[: BOUNDS.suggested_names]


def decision_html(row: StoredDecision, leads: browse.Leads) -> str:
    """Give one decision of the register: outcome, date and body, item, verbatim text, and its reference."""
    decision = row.decision
    heading = " ".join(part for part in (decision.item, decision.title) if part.strip()) or "Decision"
    when = dates.written(decision.meeting.date) if decision.meeting.date else ""
    return (
        f'<div class="passage"><h2>{plain(cite.shortened(heading))}</h2>'
        f'<p class="reference"><span class="kind">{phrasing.OUTCOME[decision.outcome]}</span> '
        f"{plain(', '.join(fact for fact in (when, cite.body(decision.meeting)) if fact))}</p>"
        f"{_ruled(row)}"
        f'<p class="reference">{plain(cite.decision_reference(row))}. {phrasing.minutes(row)}. '
        f"{links(row, leads)}</p></div>"
    )


def brief_html(row: StoredDecision, leads: browse.Leads) -> str:
    """Give one decision under its item: outcome, verbatim text, vote and movers, and links."""
    outcome = f'<span class="kind">{phrasing.OUTCOME[row.decision.outcome]}</span>'
    return f'<div class="passage"><p class="reference">{outcome} {links(row, leads)}</p>{_ruled(row)}</div>'


def links(row: StoredDecision, leads: browse.Leads) -> str:
    """Give the links to a decision's page and, where that leads anywhere, to what led to it and what followed."""
    followed = browse.followed(matters.decision_handle(row), leads)
    return f'<a href="{plain(browse.decision_link(row))}">Show it on its page</a>. {followed}'.rstrip()


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
    """Give a decision's words, struck where a later one rescinds it, with what else is known of it."""
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
    decision = row.decision
    if decision.mover:
        yield f"Moved by {decision.mover}" + (f", seconded by {decision.seconder}" if decision.seconder else "")
    elif decision.seconder:
        yield f"Seconded by {decision.seconder}"
    if voted := vote(row):
        yield f"Votes: {voted}"


_DID = {"corrected": "corrects", "rescinded": "rescinds"}
