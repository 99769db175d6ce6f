"""Meetings, people in public roles, actions and reported decisions as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.records import Meeting, StoredReport
from indexer.text.dates import written
from search import cite
from search.history.actions import Followed
from search.meetings.body import BodySheet, also_named
from search.meetings.items import Printed
from search.meetings.meeting import MeetingSheet
from search.people.profile import Profile
from search.people.register import Person, Sighting
from search.terminal.answers import decisions, wrapped


def meeting(sheet: MeetingSheet) -> str:
    """Lay out a meeting: its papers, who was there, and its items with their reports and decisions."""
    day = written(sheet.meeting.date) if sheet.meeting.date else "no date"
    lines = [*wrapped(f"{cite.body(sheet.meeting)}, {day}"), ""]
    for name, when in (("Earlier meeting", sheet.earlier), ("Next meeting", sheet.later)):
        lines += wrapped(f"{name}: {written(when)}") if when else []
    for name, copies in (("Agenda and pack", sheet.agendas), ("Minutes", sheet.minutes)):
        lines += _printed(name, copies)
    for sentence in sheet.lacking:
        lines += wrapped(sentence)
    if sheet.attendance:
        lines += ["", *(line for text in sheet.attendance.text.split("\n") for line in wrapped(text))]
    for item in sheet.items:
        lines += ["", *wrapped(f"{item.number or '-'} {cite.shortened(item.title)}")]
        lines += _printed(f"   Minute {item.minute.number}".rstrip(), [item.minute]) if item.minute else []
        lines += _printed("   Reports", item.reports)
        lines += [f"   {line}" for line in decisions(item.decisions).rstrip().split("\n")] if item.decisions else []
    if sheet.others:
        lines += ["", *_printed("Other papers", sheet.others)]
    return "\n".join(lines)


def body(sheet: BodySheet) -> str:
    """Lay out a board: its meetings, recurring subjects, open actions, which minutes are missing."""
    lines = [*wrapped(cite.body(Meeting(*sheet.body)))]
    lines += [line for name in also_named(sheet) for line in wrapped(name, "   ", first="")]
    lines.append("")
    for day in sorted((day for day in sheet.meetings if day), reverse=True):
        held = sheet.meetings[day]
        lines.append(f"{written(day)}: papers {len(held.papers)}, decisions {len(held.decisions)}")
    for subject in sheet.subjects:
        lines += wrapped(f"Comes back: {subject.heading}, at {len(subject.decisions)} meetings", "   ", first="")
    for one in sheet.open:
        action, section = one.stored.action, one.stored.section
        lines += wrapped(f"{one.state.capitalize()}: {action.text}", "   ", first="")
        lines += wrapped(cite.place(one.stored.paper, section, action.spans), "   ")
    if sheet.missing:
        lines += wrapped(f"Minutes not held: {', '.join(map(written, sheet.missing))}", "   ", first="")
    return "\n".join(lines)


def people(every: Sequence[Person]) -> str:
    """Lay out people in public roles: name, a role that is printed, council."""
    lines: list[str] = []
    for one in every:
        role = next((sighting.role for sighting in one.sightings if sighting.role), "")
        lines += wrapped(", ".join(filter(None, (one.name, role, one.authority))), "   ", first="")
    return "\n".join(lines) if lines else "Nobody in a public role is printed in this archive."


def person(profile: Profile) -> str:
    """Lay out one person: offices, attendance, motions moved and seconded."""
    lines = [*wrapped(f"{profile.person.name}, {profile.person.authority}"), ""]
    for held in profile.held:
        body = cite.body(held.meeting)
        lines += wrapped(f"{held.role}, {body}: {_seen(held.last)}", "   ", first="")
    for heading, some in (("Attended", profile.attended), ("Sent apologies", profile.apologies)):
        for one in some:
            lines += wrapped(f"{heading}: {cite.body(one.meeting)}, {_seen(one)}", "   ", first="")
    for heading, rows in (("Moved", profile.moved), ("Seconded", profile.seconded)):
        for row in rows:
            lines += wrapped(f"{heading}: {row.decision.title}. {cite.decision_reference(row)}", "   ", first="")
    for row, side in profile.voted:
        lines += wrapped(f"Voted {side}: {row.decision.title}. {cite.decision_reference(row)}", "   ", first="")
    return "\n".join(lines)


def _seen(one: Sighting) -> str:
    day = written(one.meeting.date) if one.meeting.date else "no date"
    page = f", p. {one.page}" if one.page else ""
    return f"{day}{page} ({one.stored.paper.path})"


def _printed(name: str, copies: Sequence[Printed]) -> list[str]:
    return [
        line
        for one in copies
        for line in wrapped(f"{name}: {one.title}{_page(one)} ({one.paper.path})", "   ", first="")
    ]


def _page(one: Printed) -> str:
    return f", p. {one.page}" if one.page else ""


def actions(rows: Sequence[Followed]) -> str:
    """Lay out actions: what, who, by when, what became of it, and where it is printed."""
    lines: list[str] = []
    for one in rows:
        action, section = one.stored.action, one.stored.section
        late = ", overdue" if one.overdue else ""
        lines += wrapped(f"{one.state.upper()}{late}: {section.title or 'no heading'}")
        lines += wrapped(action.text, "    ")
        who, when = action.owner or "not said", action.due or "not said"
        day = f" ({written(action.due_by)})" if action.due_by and written(action.due_by) not in when else ""
        lines += wrapped(f"Who: {who}. By when: {when}{day}.", "    ")
        if one.later:
            lines += wrapped(f"Taken up: {cite.decision_reference(one.later)}, as shown by {one.reason}", "    ")
        lines += [*wrapped(cite.place(one.stored.paper, section, action.spans), "    "), ""]
    return "\n".join(lines) if lines else "No actions match."


def reports(rows: Sequence[StoredReport]) -> str:
    """Lay out reported decisions: the sentence, who decided and when according to it, and where it is printed."""
    lines: list[str] = []
    for one in rows:
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
