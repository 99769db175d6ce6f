"""Actions as they are shown: what, who, by when, and what became of it. Nothing of Streamlit here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from indexer.text import dates
from search import cite
from search.history import actions
from search.history.actions import Followed, State
from search.views import address
from search.views.address import Asked
from search.views.render import browse, chips, phrasing
from search.views.render.markup import paragraphs, plain

STATE: Mapping[State, str] = {
    "open": "Open",
    "found": "Taken up since",
    "nothing later held": "Nothing later held",
}


def matching(every: Iterable[Followed], words: str) -> list[Followed]:
    """Choose the actions that hold every word, in what is to be done, who is to do it, or their item's heading."""
    parts = words.casefold().split()
    return [one for one in every if all(word in _said(one) for word in parts)]


def states_html(some: Sequence[Followed], asked: Asked, chosen: str) -> str:
    """Give chips that limit the list to a state, each with its number; the chosen one lifts the limit."""
    counts = Counter(one.state for one in some)
    made = []
    for state, name in STATE.items():
        said = f"{name} ({counts[state]:,})"
        if state == chosen:
            made.append(chips.chip(said, link(asked), "Remove the filter", "×"))
        elif counts[state]:
            made.append(chips.chip(said, link(asked, state), "Only", "+"))
    return chips.html("What became of it", made)


def link(asked: Asked, state: str = "") -> str:
    """Give the address of a view of the Actions page."""
    params = {**address.to_params(asked.form), **({"state": state} if state else {})}
    return f"actions?{urlencode(params, doseq=True)}" if params else "actions"


def listed_html(some: Sequence[Followed]) -> str:
    """Give actions under the meetings that they arose from."""
    return "".join(_one(one) for one in some)


def count_line(some: Sequence[Followed]) -> str:
    """Say how many there are; this line is announced to screen readers."""
    late = sum(one.overdue for one in some)
    said = f"{phrasing.counted(len(some), 'action')}, the latest meeting first."
    return said + (f" {late:,} {'is' if late == 1 else 'are'} overdue." if late else "")


def rows(some: Sequence[Followed]) -> list[dict[str, str]]:
    """Give actions as rows of a CSV file: the fields of ``actions --json``, one text each."""
    made = []
    for one in some:
        row = actions.to_json(one)
        row["overdue"] = "yes" if one.overdue else ""
        del row["pages"], row["found_id"]
        made.append({name: str(value or "") for name, value in row.items()})
    return made


def address_of(one: Followed) -> str:
    """Give the address of the page that an action is printed on, marked where it is a decision's."""
    action, paper = one.stored.action, one.stored.paper
    page = action.spans[0].page if action.spans else None
    return browse.link(paper, page, action.decision)


def heading(one: Followed) -> str:
    """Name an action by who is to do it and the item that it arises from."""
    section = one.stored.section
    item = cite.shortened(" ".join(f"{section.number} {section.title}".split()))
    said = ": ".join(filter(None, (one.stored.action.owner, item))) or "Action"
    return said[0].upper() + said[1:]


def _one(one: Followed) -> str:
    action = one.stored.action
    late = ", overdue" if one.overdue else ""
    due = action.due
    if action.due_by and dates.written(action.due_by) not in due:
        due = f"{due} ({dates.written(action.due_by)})"
    who = f"Who: {action.owner or 'not said'}. By when: {due or 'not said'}."
    reference = cite.place(one.stored.paper, one.stored.section, action.spans)
    return (
        f'<div class="passage"><h2>{plain(heading(one))}</h2>'
        f'<p class="reference"><span class="kind">{plain(STATE[one.state] + late)}</span> {plain(who)}</p>'
        f'<div class="words">{paragraphs(action.text)}</div>{_later(one)}'
        f'<p class="reference">{plain(reference)}. <a href="{plain(address_of(one))}">Show it on its page</a></p></div>'
    )


def _later(one: Followed) -> str:
    if one.later is None:
        return ""
    where = plain(browse.decision_link(one.later))
    said = plain(cite.decision_reference(one.later))
    return f'<p>Taken up by <a href="{where}">{said}</a>, as shown by {plain(one.reason)}.</p>'


def _said(one: Followed) -> str:
    action, section = one.stored.action, one.stored.section
    return f"{action.text} {action.owner} {section.title}".casefold()
