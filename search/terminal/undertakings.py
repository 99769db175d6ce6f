"""Actions and reported decisions as plain text for a terminal, and reported decisions as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.records import StoredReport
from indexer.text.dates import written
from search import cite
from search.history.actions import Followed
from search.terminal.answers import wrapped


def actions(found: Sequence[Followed]) -> str:
    """Lay out actions: what, who, by when, what became of it, and where it stands."""
    lines: list[str] = []
    for one in found:
        action, section = one.stored.action, one.stored.section
        late = ", overdue" if one.overdue else ""
        lines += wrapped(f"{one.state.upper()}{late}: {section.title or 'no heading'}")
        lines += wrapped(action.text, "    ")
        who, when = action.owner or "not said", action.due or "not said"
        day = f" ({written(action.due_by)})" if action.due_by and written(action.due_by) not in when else ""
        lines += wrapped(f"Who: {who}. By when: {when}{day}.", "    ")
        if one.later:
            lines += wrapped(f"Taken up: {cite.decision_reference(one.later)}, told by {one.reason}", "    ")
        lines += [*wrapped(cite.place(one.stored.paper, section, action.spans), "    "), ""]
    return "\n".join(lines) if lines else "No actions match."


def reports(found: Sequence[StoredReport]) -> str:
    """Lay out reported decisions: the sentence, who decided and when as it says, and where it stands."""
    lines: list[str] = []
    for one in found:
        when = f", {one.report.when}" if one.report.when else ""
        lines += [*wrapped(f"REPORTED: {one.report.actor}{when}"), *wrapped(one.report.text, "    ")]
        lines += [*wrapped(cite.place(one.paper, one.section, one.report.spans), "    "), ""]
    return "\n".join(lines) if lines else "No reported decisions match."


def report_json(one: StoredReport) -> dict[str, Any]:
    """Give a reported decision as the JSON of ``reported --json``."""
    report, section, paper = one.report, one.section, one.paper
    return {
        "text": report.text,
        "actor": report.actor,
        "when": report.when,
        "day": report.day.isoformat() if report.day else None,
        "told_by": cite.place(paper, section, report.spans),
        "title": section.title,
        **cite.placed(paper, section.meeting, (span.page for span in report.spans)),
    }
