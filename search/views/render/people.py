"""People in public roles as they are shown: a list by council, and one person's roles. Nothing of Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from indexer.records import StoredDecision
from search import cite
from search.people.profile import Held, Profile
from search.people.register import Person, Sighting
from search.people.votes import Side
from search.views.render import browse, meetings, phrasing, register
from search.views.render.markup import plain


def link(authority: str, name: str) -> str:
    """Give the address of a person's page."""
    return f"people?{urlencode({'authority': authority, 'name': name})}"


def named_html(some: Sequence[Sighting]) -> str:
    """Give links to the pages of those who are printed as present."""
    names = dict.fromkeys((one.meeting.authority, one.name) for one in some if one.printed == "present")
    links = ", ".join(f'<a href="{plain(link(*name))}">{plain(name[1])}</a>' for name in names)
    return f'<p class="reference">In public roles: {links}</p>' if links else ""


def listed_html(people: Sequence[Person]) -> str:
    """Give people under their councils, each with a role that is printed and how often they are."""
    by_authority: dict[str, list[Person]] = {}
    for person in people:
        by_authority.setdefault(person.authority, []).append(person)
    parts = []
    for authority, own in by_authority.items():
        rows = "".join(f"<li>{_person(one)}</li>" for one in own)
        parts.append(f"<h2>{plain(authority or meetings.NO_AUTHORITY)}</h2><ul>{rows}</ul>")
    return "".join(parts)


def offices_html(held: Sequence[Held]) -> str:
    """Give offices and posts, each with the days between which it is printed so and its last page."""
    return f"<ul>{''.join(f'<li>{_held(one)}</li>' for one in held)}</ul>"


def meetings_html(some: Sequence[Sighting]) -> str:
    """Give meetings by body, each a link to its page and to the page that prints the name."""
    bodies: dict[str, list[Sighting]] = {}
    for one in some:
        bodies.setdefault(cite.body(one.meeting) or meetings.NO_BOARD, []).append(one)
    parts = []
    for body, own in bodies.items():
        rows = ", ".join(_met(one) for one in own)
        parts.append(f"<p><strong>{plain(body)}</strong>, {phrasing.counted(len(own), 'meeting')}: {rows}</p>")
    return "".join(parts)


def motions_html(rows: Sequence[StoredDecision], leads: browse.Leads) -> str:
    """Give decisions, each with its item, outcome, day and page."""
    return f"<ul>{''.join(f'<li>{_motion(row, leads)}</li>' for row in rows)}</ul>"


def votes_html(voted: Sequence[tuple[StoredDecision, Side]], leads: browse.Leads) -> str:
    """Give recorded votes: the side, and the decision with its page."""
    said = (f"<strong>{plain(side.capitalize())}</strong>: {_motion(row, leads)}" for row, side in voted)
    return f"<ul>{''.join(f'<li>{one}</li>' for one in said)}</ul>"


def rows(profile: Profile) -> list[dict[str, str]]:
    """Give a profile as rows of a CSV file: one for each place where it is printed."""
    lists: Mapping[str, Sequence[Sighting]] = {"present": profile.attended, "apologies": profile.apologies}
    made = [_row("office", one.last, one.role) for one in profile.held]
    made += [_row(what, one, one.role) for what, some in lists.items() for one in some]
    ruled = [("moved", row) for row in profile.moved] + [("seconded", row) for row in profile.seconded]
    ruled += [(f"voted {side}", row) for row, side in profile.voted]
    for what, row in ruled:
        day = row.decision.meeting.date
        page = str(row.decision.pages[0]) if row.paper.paged and row.decision.pages else ""
        made.append(
            {
                "what": what,
                "role or item": " ".join(f"{row.decision.item} {row.decision.title}".split()),
                "body": cite.body(row.decision.meeting),
                "date": day.isoformat() if day else "",
                "file": row.paper.path,
                "page": page,
            }
        )
    return made


def _row(what: str, one: Sighting, role: str) -> dict[str, str]:
    return {
        "what": what,
        "role or item": role,
        "body": cite.body(one.meeting),
        "date": one.meeting.date.isoformat() if one.meeting.date else "",
        "file": one.stored.paper.path,
        "page": str(one.page or ""),
    }


def _person(person: Person) -> str:
    role = next((f", {one.role}" for one in person.sightings if one.role), "")
    boards = len({one.meeting.board for one in person.sightings})
    many = f", {phrasing.counted(boards, 'board')}" if boards > 1 else ""
    return f'<a href="{plain(link(person.authority, person.name))}">{plain(person.name)}</a>{plain(role)}{many}'


def _held(one: Held) -> str:
    last = one.last.meeting.date
    days = meetings.day(last) if one.first == last else f"{meetings.day(one.first)} to {meetings.day(last)}"
    return f"{plain(one.role)}, {plain(cite.body(one.meeting))}, as printed {days}: {_page(one.last)}"


def _met(one: Sighting) -> str:
    body = one.meeting.authority, one.meeting.board
    where = plain(browse.meeting_link(*body, one.meeting.date))
    role = f" ({plain(one.role)})" if one.role else ""
    return f'<a href="{where}">{meetings.day(one.meeting.date)}</a>{role}, {_page(one)}'


def _page(one: Sighting) -> str:
    said = f"p. {one.page}" if one.page else "its page"
    return f'<a href="{plain(browse.link(one.stored.paper, one.page))}">{said}</a>'


def _motion(row: StoredDecision, leads: browse.Leads) -> str:
    heading = " ".join(f"{row.decision.item} {row.decision.title}".split()) or "Decision"
    day = meetings.day(row.decision.meeting.date)
    outcome = phrasing.OUTCOME[row.decision.outcome]
    body = cite.body(row.decision.meeting)
    return f"{plain(cite.shortened(heading))}, {plain(body)}, {day}: {outcome}. {register.links(row, leads)}"
