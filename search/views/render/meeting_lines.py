"""What each meeting has on a matter, and what is still to be done, as safe HTML. Nothing of Streamlit here."""

from __future__ import annotations

from indexer.records import Meeting
from indexer.text.dates import written
from search import cite
from search.results import Answered
from search.views.render.markup import plain


def html(answered: Answered) -> str:
    """Give the lines, their figures in a table, and what is missing; or the actions; "" where there are neither."""
    return _overview(answered) + _actions(answered)


def _overview(answered: Answered) -> str:
    found = answered.overview
    if found is None:
        return ""
    bodies = ", ".join(f"{body} ({count})" for body, count in found.bodies.items())
    rows = "".join(
        f"<li>{plain(_when(line.meeting))}, {plain(cite.body(line.meeting))}, {line.kind}: {plain(line.title)}"
        f'<div class="words">{plain(line.text)}</div>'
        f'<span class="reference">{plain(line.file)}{f", sheet {line.page}" if line.page else ""}</span></li>'
        for line in found.lines
    )
    cells = "".join(
        f"<tr><td>{plain(_when(line.meeting))}</td><td>{plain(cite.body(line.meeting))}</td>"
        f"<td>{plain(', '.join(line.figures))}</td><td>{plain(line.figure_text)}</td></tr>"
        for line in found.table
    )
    head = "<tr><th>Meeting</th><th>Body</th><th>Figures</th><th>The sentence that prints them</th></tr>"
    table = f"<table><caption>Figures</caption>{head}{cells}</table>" if cells else ""
    lacking = "".join(f"<p>{plain(sentence)}</p>" for sentence in found.lacking)
    return f"<h2>Meeting by meeting</h2><p>{plain(bodies)}</p><ol>{rows}</ol>{table}{lacking}"


def _actions(answered: Answered) -> str:
    if answered.actions is None:
        return ""
    rows = "".join(
        f"<li>{plain(one.state)}, {plain(_when(one.stored.section.meeting))}, {plain(one.stored.section.title)}"
        f"{plain(f'. Who: {one.stored.action.owner}' if one.stored.action.owner else '')}"
        f'<div class="words">{plain(one.stored.action.text)}</div></li>'
        for one in answered.actions.actions
    )
    return f"<p>{plain(answered.actions.counted)}.</p><ol>{rows}</ol>"


def _when(meeting: Meeting) -> str:
    return written(meeting.date) if meeting.date else "No date"
