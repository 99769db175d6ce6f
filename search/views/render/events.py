"""A timeline as it is shown and kept: its chart, its list by year, and its rows as CSV. Nothing of Streamlit here."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.text import dates
from search import cite
from search.bounds import BOUNDS
from search.history import matters
from search.history.timeline import Event, EventKind, Timeline
from search.results import first_words
from search.views.render import browse, charts, phrasing
from search.views.render.briefing import Briefing, Quoted, lines_of, readable
from search.views.render.markup import paragraphs, plain

KIND: dict[EventKind, str] = {"decision": "Decision", "discussion": "Minuted", "report": "Report"}
_LEGENDS = (
    charts.Legend("full", "decision", "decisions"),
    charts.Legend("open", "report or discussion", "reports or discussions"),
)


def count_line(timeline: Timeline) -> str:
    """Say how much was found and over which years; this line is announced to screen readers."""
    decisions = sum(event.kind == "decision" for event in timeline.events)
    rest = len(timeline.events) - decisions
    parts = ((decisions, "decision", ""), (rest, "report or discussion", "reports and discussions"))
    held = " and ".join(phrasing.counted(*part) for part in parts if part[0])
    dated = [event.when.year for event in timeline.events if event.when]
    span = f", {min(dated)} to {max(dated)}" if dated and min(dated) < max(dated) else f", {dated[0]}" if dated else ""
    return f"{held}{span}, the oldest first."


def chart(events: Sequence[Event]) -> str:
    """Give the chart: boards down, years across, a mark for each item; "" if nothing has a date."""
    columns = charts.years(event.when.year for event in events if event.when)
    rows: dict[str, list[dict[str, int]]] = {}
    for event in sorted(events, key=lambda event: _body(event).casefold()):
        if event.when:
            own = rows.setdefault(_body(event), [{} for _ in columns])[event.when.year - columns[0]]
            sign = "full" if event.kind == "decision" else "open"
            own[sign] = own.get(sign, 0) + 1
    if not rows:
        return ""
    return charts.grid("Items by board and year", "Board or committee", list(map(str, columns)), rows, _LEGENDS)


def listed(events: Sequence[Event], leads: browse.Leads) -> str:
    """Give the list: a heading for each year, under it the items by date."""
    parts: list[str] = []
    before = ""
    for event in events:
        year = _year(event)
        if year != before:
            parts.append(f'<h2 class="year">{year}</h2>')
            before = year
        parts.append(_event(event, leads))
    return "".join(parts)


def rows(timeline: Timeline) -> list[dict[str, str]]:
    """Give the events as rows of a CSV file; several decisions of an item are joined by blank lines."""
    return [
        {
            "date": event.when.isoformat() if event.when else "",
            "kind": event.kind,
            "outcome": "; ".join(dict.fromkeys(one.decision.outcome for one in event.decisions)),
            "authority": event.meeting.authority,
            "board": event.meeting.board,
            "item": event.section.number,
            "title": event.heading,
            "text": _said(event),
            "file": event.paper.path,
            "page": str(event.page or ""),
            "reference": event.reference,
        }
        for event in timeline.events
    ]


def briefing(timeline: Timeline) -> Briefing:
    """Put a timeline together as a briefing: a part for each year, each item quoted with its reference."""
    years: dict[str, list[Quoted]] = {}
    for event in timeline.events:
        when = f"{dates.written(event.when)}, " if event.when else ""
        heading = readable(f"{when}{cite.shortened(event.heading)} ({KIND[event.kind].lower()})")
        note = readable(f"{event.reference}. File: {event.paper.path}")
        years.setdefault(_year(event), []).append(Quoted(heading, lines_of(_said(event)), note))
    parts = tuple((year, tuple(own)) for year, own in years.items())
    return Briefing(readable(f"Timeline: {timeline.topic}"), (count_line(timeline),), parts)


def _event(event: Event, leads: browse.Leads) -> str:
    when = dates.written(event.when) if event.when else "Date not known"
    first = next(iter(event.decisions), None)
    outcome = ", ".join(dict.fromkeys(phrasing.OUTCOME[one.decision.outcome] for one in event.decisions))
    where = browse.decision_link(first) if first else browse.link(event.paper, event.page, passage=event.passage)
    handle = matters.decision_handle(first) if first else matters.section_handle(event.paper.id, event.section.ordinal)
    number = f"{event.section.number} " if event.section.number.strip() else ""
    also = browse.places_html((place.paper, place.page) for place in event.also_in)
    return (
        f'<div class="passage event {event.kind}"><h3>{plain(cite.shortened(number + event.heading))}</h3>'
        f'<p class="reference"><span class="kind">{outcome or KIND[event.kind]}</span> '
        f"{plain(when)}, {plain(_body(event))}</p>"
        f'<div class="words">{_words(event)}</div>'
        f'<p class="reference">{plain(event.reference)}. <a href="{plain(where)}">Show it on its page</a>. '
        f"{browse.followed(handle, leads)}</p>"
        f"{f'<p>Also printed in:</p>{also}' if also else ''}</div>"
    )


def _words(event: Event) -> str:
    if event.decisions:
        return "".join(paragraphs(one.decision.text) for one in event.decisions)
    shown = first_words(event.text, BOUNDS.excerpt_words)
    return paragraphs(shown, event.matched) + ("<p>…</p>" if len(shown) < len(event.text) else "")


def _said(event: Event) -> str:
    if event.decisions:
        return "\n\n".join(one.decision.text for one in event.decisions)
    return first_words(event.text, 4 * BOUNDS.excerpt_words)


def _body(event: Event) -> str:
    return cite.body(event.meeting) or browse.NO_BODY


def _year(event: Event) -> str:
    return str(event.when.year) if event.when else "No date"
