"""The start page's parts: examples, what is new, the boards, what is missing. Nothing of Streamlit here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

from indexer.records import Alias, LedgerEntry, Meeting, Paper, StoredDecision, Totals
from indexer.text import dates
from search import cite, examples
from search.bounds import BOUNDS
from search.meetings import calendar
from search.meetings.calendar import Body
from search.views.render import browse, models, phrasing
from search.views.render.markup import plain


def examples_html(questions: Sequence[str]) -> str:
    """Give questions as links that ask them, and the mark of the start page."""
    rows = "".join(f'<li><a href="./?{plain(urlencode({"q": one}))}">{plain(one)}</a></li>' for one in questions)
    listed = f'<p>For example:</p><ul class="plain">{rows}</ul>' if rows else ""
    return f'<div class="home">{listed}</div>'


def recent_html() -> str:
    """Give the place for what this browser asked before; ``reading.js`` fills and shows it."""
    return (
        '<section class="recent" hidden aria-labelledby="recent"><h2 id="recent">Your recent questions</h2>'
        '<ul class="plain"></ul><p class="tools"><button type="button" data-forget>Forget these</button> '
        "They are kept in this browser only.</p></section>"
    )


def decisions_html(register: Iterable[StoredDecision], leads: browse.Leads) -> str:
    """Give the latest decisions whose headings say something: heading, outcome, body and date."""
    rows = [
        row_html(
            cite.shortened(row.decision.title),
            browse.decision(row, leads),
            phrasing.OUTCOME[row.decision.outcome],
            cite.body(row.decision.meeting),
            _day(row.decision.meeting),
        )
        for row in examples.telling(register)[: BOUNDS.front_entries]
    ]
    return _part("Latest decisions", rows, ("All decisions", "decisions"))


def papers_html(papers: Iterable[Paper], *, every: bool = True) -> str:
    """Give the papers of the newest meetings: title, body and date; and the way to ``every`` paper."""
    newest = sorted(papers, key=lambda paper: paper.meeting.date or date.min, reverse=True)
    rows = [
        row_html(
            title := cite.shortened(paper.title) or "Untitled paper",
            browse.link(paper),
            *(fact for fact in (cite.body(paper.meeting), _day(paper.meeting)) if fact not in title),
        )
        for paper in newest[: BOUNDS.front_entries]
    ]
    return _part("Newest papers", rows, ("All papers", browse.papers_link()) if every else None)


def boards_html(papers: Iterable[Paper], register: Iterable[StoredDecision], aliases: Sequence[Alias]) -> str:
    """Give the boards, each once with its other names, its meetings and decisions, and when it last met."""
    rows = []
    for (authority, board), held in calendar.held(papers, register, aliases).items():
        decided = sum(len(one.decisions) for one in held.values())
        last = max(filter(None, held), default=None)
        rows.append(
            row_html(
                ", ".join(filter(None, (board, authority))) or browse.NO_BODY,
                browse.body_link(authority, board),
                also_called((authority, board), aliases),
                phrasing.counted(len(held), "meeting"),
                phrasing.counted(decided, "decision"),
                f"last {dates.written(last)}" if last else "",
            )
        )
    return _part("Boards and committees", rows)


def missing_html(entries: Iterable[LedgerEntry], totals: Totals) -> str:
    """Say what the archive holds, and what of it cannot be searched."""
    listed = list(entries)
    counts = Counter(entry.status for entry in listed)
    silent = sum(len(entry.pages_without_text) for entry in listed)
    rows = [
        f"<li>{plain(name)}: {counts[status]:,}</li>"
        for status, name in phrasing.LEDGER.items()
        if status != "indexed" and counts[status]
    ]
    rows += [f"<li>Pages without text: {silent:,}</li>"] if silent else []
    held = f"<p>{plain(models.holdings(totals))}</p>"
    listed_missing = (
        f'<ul class="plain">{"".join(rows)}</ul>' if rows else "<p>Every paper given can be searched in full.</p>"
    )
    return _section("What is missing", held + listed_missing, ("What is held and what is not", "coverage"))


def also_called(body: Body, aliases: Iterable[Alias]) -> str:
    """Say what else a board is called; "" where it has one name."""
    names = [f"“{one.name}”" for one in aliases if (one.authority, one.board) == body]
    return f"also {cite.joined(names)}" if names else ""


def row_html(name: str, link: str, *facts: str) -> str:
    """Give one row of a list: a name that leads somewhere, and facts under it."""
    said = ", ".join(filter(None, facts))
    return f'<li><a href="{plain(link)}">{plain(name)}</a><span class="facts">{plain(said)}</span></li>'


def _day(meeting: Meeting) -> str:
    return dates.written(meeting.date) if meeting.date else ""


def _part(heading: str, rows: Sequence[str], more: tuple[str, str] | None = None) -> str:
    body = f'<ul class="rows">{"".join(rows)}</ul>' if rows else "<p>None yet.</p>"
    return _section(heading, body, more)


def _section(heading: str, body: str, more: tuple[str, str] | None) -> str:
    way = f'<p><a href="{plain(more[1])}">{plain(more[0])}</a></p>' if more else ""
    return f"<section><h2>{plain(heading)}</h2>{body}{way}</section>"
