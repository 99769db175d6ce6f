"""Precedents as they are shown and kept: safe HTML, a briefing, and rows of CSV. Nothing of Streamlit here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.records import StoredDecision
from search import cite
from search.history import matters
from search.history.precedents import Precedent
from search.views.render import browse, phrasing
from search.views.render.briefing import Briefing, Quoted, lines_of, readable
from search.views.render.markup import paragraphs, plain

# A draft that was sent as a file is gone when its page is left, so what is found opens beside it.
_BESIDE, _OPENS = 'target="_blank"', "(opens in a new tab)"


def looked_for_html(chunks: Sequence[str]) -> str:
    """Give the texts that were taken from the draft."""
    return "".join(f'<div class="words">{paragraphs(chunk)}</div>' for chunk in chunks)


def precedent_html(rank: int, one: Precedent, leads: browse.Leads) -> str:
    """Give one earlier report: its reference, what it is for, what it asked, and what was resolved on it."""
    handle = matters.section_handle(one.matter.paper.id, one.section.ordinal)
    where = browse.link(one.matter.paper, one.page)
    also = "".join(f"<li>{plain(other.reference)}</li>" for other in one.also_in)
    return (
        f'<div class="passage" id="precedent-{rank}"><h2>{rank}. {plain(_title(one))}</h2>'
        f'<p class="reference">{plain(one.reference)}. <a href="{plain(where)}" {_BESIDE}>Show the report {_OPENS}'
        f"</a>. {browse.followed(handle, leads, _OPENS)}</p>{''.join(_said(one))}"
        f"{f'<p>The same report, and further papers for its item:</p><ul>{also}</ul>' if also else ''}</div>"
    )


def briefing(precedents: Sequence[Precedent]) -> Briefing:
    """Put precedents together as a briefing, each with its parts quoted and referenced; nothing of the draft."""
    parts = tuple((readable(f"{rank}. {_title(one)}"), tuple(_quoted(one))) for rank, one in enumerate(precedents, 1))
    count = phrasing.counted(len(precedents), "earlier report")
    return Briefing("Precedents", (f"{count} found, the best match first.",), parts)


def rows(precedents: Sequence[Precedent]) -> list[dict[str, str]]:
    """Give precedents as rows of a CSV file; several texts of one kind are joined by blank lines."""
    return [
        {
            "rank": str(rank),
            "title": _title(one),
            "date": one.matter.when.isoformat() if one.matter.when else "",
            "authority": one.matter.meeting.authority or one.matter.paper.meeting.authority,
            "board": one.matter.board,
            "purpose": " ".join(quote.text for quote in one.purpose),
            "recommended": "\n\n".join(decision.decision.text for decision in one.recommendations),
            "resolved": "\n\n".join(decision.decision.text for decision in one.resolved),
            "resolved where": "; ".join(cite.decision_reference(decision) for decision in one.resolved),
            "file": one.matter.paper.path,
            "page": str(one.page or ""),
            "reference": one.reference,
        }
        for rank, one in enumerate(precedents, 1)
    ]


def _title(one: Precedent) -> str:
    return cite.shortened(" ".join((one.matter.heading or one.matter.paper.title).split())) or "Untitled"


def _said(one: Precedent) -> Iterator[str]:
    if one.purpose:
        yield f'<h3>What it is for</h3><div class="words">{paragraphs(" ".join(q.text for q in one.purpose))}</div>'
    if one.wording:
        yield "<h3>Its words that come nearest</h3>"
        yield from (
            f'<div class="words">{paragraphs(quote.text)}</div><p class="reference">{plain(quote.reference)}</p>'
            for quote in one.wording
        )
    if one.recommendations:
        yield "<h3>What it recommended</h3>"
        yield from (_decision(decision) for decision in one.recommendations)
    yield "<h3>What was resolved on it</h3>"
    yield from (_decision(decision) for decision in one.resolved)
    if not one.resolved:
        yield "<p>No resolution on it could be found with certainty.</p>"


def _decision(one: StoredDecision) -> str:
    kind = "" if one.decision.recommendation else f'<span class="kind">{phrasing.OUTCOME[one.decision.outcome]}</span> '
    return (
        f'<div class="words">{paragraphs(one.decision.text)}</div><p class="reference">{kind}'
        f'{plain(cite.decision_reference(one))}. <a href="{plain(browse.decision_link(one))}" {_BESIDE}>Show it on its '
        "page (opens in a new tab)</a></p>"
    )


def _quoted(one: Precedent) -> Iterator[Quoted]:
    file = f"File: {one.matter.paper.path}"
    for quote in one.purpose:
        sheet = f", sheet {quote.page}" if one.page and quote.page != one.page else ""
        yield Quoted("What it is for", lines_of(quote.text), readable(f"{one.reference}{sheet}. {file}"))
    for decision in (*one.recommendations, *one.resolved):
        outcome = "Recommended" if decision.decision.recommendation else phrasing.OUTCOME[decision.decision.outcome]
        note = f"{cite.decision_reference(decision)}. File: {decision.paper.path}"
        yield Quoted(outcome, lines_of(decision.decision.text), readable(note))
