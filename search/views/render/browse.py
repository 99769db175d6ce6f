"""Browsing without a question: papers by body and meeting, and one paper's outline. Nothing of Streamlit here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from indexer.records import Page, Paper, Section, Span, StoredDecision
from indexer.text.dates import written
from search import cite
from search.bounds import BOUNDS
from search.history import matters
from search.history.witnesses import Disagreement
from search.views.render import phrasing
from search.views.render.markup import plain

NO_BODY = "Board not known"
Leads = Callable[[str], bool]  # whether the thread of a handle leads anywhere (`search.history.threads`)

# A link of ours to another view is relative, so that it holds under any address that the app is served at.
_PAGE = "papers"


def link(
    paper: Paper, sheet: int | None = None, decision: int | None = None, *, passage: int | None = None, find: str = ""
) -> str:
    """Give the address of a paper's view.

    Args:
        paper: whose view.
        sheet: the 1-based sheet that is shown.
        decision: the ordinal of a decision to mark.
        passage: the ordinal of a passage to mark.
        find: what was looked for inside the paper.
    """
    parts = {"paper": paper.id, "find": find or None, "sheet": sheet, "decision": decision, "passage": passage}
    return f"{_PAGE}?{urlencode({name: value for name, value in parts.items() if value is not None})}"


def papers_link(authority: str | None = None) -> str:
    """Give the address of the Papers page, of all authorities or of one."""
    return _PAGE if authority is None else f"{_PAGE}?{urlencode({'authority': authority})}"


def body_link(authority: str, board: str) -> str:
    """Give the address of a board's page."""
    return f"body?{urlencode({'authority': authority, 'board': board})}"


def meeting_link(authority: str, board: str, day: date | None) -> str:
    """Give the address of a meeting's page, by its body and date ("" for what is held of no date)."""
    when = day.isoformat() if day else ""
    return f"meeting?{urlencode({'authority': authority, 'board': board, 'date': when})}"


def thread(handle: str) -> str:
    """Give the address of the thread of a decision or item, by its handle (`search.history.matters`)."""
    return f"decisions?{urlencode({'thread': handle})}"


def followed(handle: str, leads: Leads, opens: str = "") -> str:
    """Give the link to what led to a decision or item and what followed; "" where its thread leads nowhere.

    Args:
        handle: its handle, "" for none.
        leads: says whether its thread leads anywhere.
        opens: where it opens, for one that opens beside its page.
    """
    if not handle or not leads(handle):
        return ""
    beside = ' target="_blank"' if opens else ""
    words = " ".join(filter(None, ("What led to it and what followed", opens)))
    return f'<a href="{plain(thread(handle))}"{beside}>{words}</a>'


def decision_link(one: StoredDecision) -> str:
    """Give the address of a decision's page, where it is marked."""
    return link(one.paper, next(iter(one.decision.pages), None), one.decision.ordinal)


def decision(one: StoredDecision, leads: Leads) -> str:
    """Give the address of a decision's thread; of its page where that leads nowhere."""
    handle = matters.decision_handle(one)
    return thread(handle) if leads(handle) else decision_link(one)


def place_html(paper: Paper, page: int | None) -> str:
    """Give a paper's name as a link to one of its sheets (None for papers without), with its meeting's day."""
    sheet = page if paper.paged else None
    day = f", {written(paper.meeting.date)}" if paper.meeting.date else ""
    name = cite.shortened(" ".join(paper.title.split())) or "Untitled paper"
    return f'<a href="{plain(link(paper, sheet))}">{plain(name)}</a>{day}{f", p. {sheet}" if sheet else ""}'


def places_html(places: Iterable[tuple[Paper, int | None]]) -> str:
    """Give places as a list of `place_html`, each once; "" where there are none."""
    rows = "".join(f"<li>{place_html(*place)}</li>" for place in dict.fromkeys(places))
    return f"<ul>{rows}</ul>" if rows else ""


def outline_html(paper: Paper, sections: Sequence[Section]) -> str:
    """Give a paper's items and headings as a list, each with a link to its first page."""
    rows = [
        f"<li>{_named(paper, section)}</li>"
        for section in sections
        if section.title.strip() and section.spans and section.level <= BOUNDS.contents_depth
    ]
    return f"<ul>{''.join(rows)}</ul>" if rows else "<p>No headings were found in this paper.</p>"


def disagreements_html(disagreements: Sequence[Disagreement]) -> str:
    """Give decisions that only one minutes of their meeting has: each with its reference, and links to both papers."""
    rows = []
    for one in disagreements:
        decision = one.decision
        here = decision_link(decision)
        there = link(one.missing_in)
        rows.append(
            f"<li>{plain(cite.shortened(decision.decision.text))} "
            f'<a href="{plain(here)}">{plain(cite.decision_reference(decision))}</a>; not in '
            f'<a href="{plain(there)}">{plain(one.missing_in.title)}</a></li>'
        )
    return f"<ul>{''.join(rows)}</ul>"


def decisions_html(paper: Paper, rows: Sequence[StoredDecision]) -> str:
    """Give a paper's decisions as a list: outcome, item and heading, each with a link to its page."""
    parts = []
    for row in rows:
        decision = row.decision
        heading = " ".join(part for part in (decision.item, decision.title) if part.strip()) or "Decision"
        where = link(paper, next(iter(decision.pages), None), decision.ordinal)
        outcome = phrasing.OUTCOME[decision.outcome]
        parts.append(
            f'<li>{outcome}: <a href="{plain(where)}">{plain(cite.shortened(heading))}</a>'
            f'<span class="facts">{plain(cite.shortened(" ".join(decision.text.split())))}</span></li>'
        )
    return f"<ul>{''.join(parts)}</ul>" if parts else "<p>No decisions were found in this paper.</p>"


def years(rows: Iterable[StoredDecision]) -> dict[str, dict[int, int]]:
    """Count decisions (recommendations are none) by board and by year of the meeting; undated ones count as year 0."""
    counts: dict[str, dict[int, int]] = {}
    for row in rows:
        if not row.decision.recommendation:
            meeting = row.decision.meeting
            own = counts.setdefault(cite.body(meeting) or NO_BODY, {})
            year = meeting.date.year if meeting.date else 0
            own[year] = own.get(year, 0) + 1
    return dict(sorted(counts.items()))


def years_html(counts: Mapping[str, Mapping[int, int]]) -> str:
    """Give counts by board and year as a table with a caption."""
    columns = sorted({year for own in counts.values() for year in own})
    heads = "".join(f'<th scope="col">{year or "No date"}</th>' for year in columns)
    rows = "".join(
        f'<tr><th scope="row">{plain(name)}</th>{"".join(f"<td>{own.get(year, 0):,}</td>" for year in columns)}</tr>'
        for name, own in counts.items()
    )
    return (
        '<div class="cells"><table><caption>Decisions by board and year</caption>'
        f'<tr><th scope="col">Board or committee</th>{heads}</tr>{rows}</table></div>'
    )


def guessed_html(rows: Sequence[tuple[str, Page]]) -> str:
    """Give pages that were read by OCR as a table: the file, the sheet, and the mean confidence of its words."""
    cells = "".join(
        f'<tr><th scope="row">{plain(path)}</th><td>{page.number}</td><td>{page.confidence:.0%}</td></tr>'
        for path, page in rows
    )
    return (
        '<div class="cells"><table><caption>Pages read by OCR</caption><tr><th scope="col">File</th>'
        f'<th scope="col">Sheet</th><th scope="col">Confidence</th></tr>{cells}</table></div>'
    )


def spans_of(rows: Iterable[StoredDecision], ordinal: int | None) -> tuple[StoredDecision | None, tuple[Span, ...]]:
    """Find the decision with this ordinal among a paper's, and its spans; none if there is no such decision."""
    row = next((row for row in rows if row.decision.ordinal == ordinal), None)
    return row, row.decision.spans if row else ()


def _named(paper: Paper, section: Section) -> str:
    heading = " ".join(part for part in (section.number, section.title) if part.strip())
    page = section.spans[0].page
    where = f", sheet {page}" if paper.paged else ""
    return f'<a href="{plain(link(paper, page))}">{plain(cite.shortened(heading))}</a>{where}'
