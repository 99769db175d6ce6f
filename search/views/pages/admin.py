"""The Admin page: add papers, follow a council, watch a run, review what is withheld, correct what a paper is.

In the navigation only for readers whom the sign-on names and `BOARD_PAPERS_ADMINS` lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from indexer import defaults
from indexer.archive import below
from indexer.errors import ArchiveMissing, BoardPapersError
from search.views import opened
from search.views.admin import jobs
from search.views.render.markup import escaped

_SAID = "said of admin"
_PAPERS = defaults.folder("papers")
_FIELDS = {"authority": "Authority", "board": "Board", "date": "Date of the meeting, as 2025-01-30", "title": "Title"}


def _do(command: Sequence[str]) -> None:
    """Run a short command as the one who is signed on, and keep what it said for the next drawing."""
    who = opened.admin(st.context.headers.to_dict())
    if not who:
        return
    try:
        st.session_state[_SAID] = opened.jobs().act(who, command)
    except (BoardPapersError, OSError) as error:
        st.session_state[_SAID] = str(error)


def _start(command: Sequence[str]) -> None:
    """Start a long command."""
    who = opened.admin(st.context.headers.to_dict())
    if not who:
        return
    try:
        opened.jobs().start(who, command)
        st.session_state[_SAID] = "Started; see below how it gets on."
    except (BoardPapersError, OSError) as error:
        st.session_state[_SAID] = str(error)


def _given(prefix: str) -> list[str]:
    """Give the fields of a form as options of a command; an empty one says nothing."""
    values = {name: str(st.session_state.get(f"{prefix}-{name}", "")).strip() for name in _FIELDS}
    return [f"--{name}={value}" for name, value in values.items() if value]


def _add() -> None:
    files = st.session_state.get("add-files") or []
    try:
        targets = [jobs.put(_PAPERS, file.name, file.getvalue(), datetime.now(UTC).date()) for file in files]
    except (BoardPapersError, OSError) as error:
        st.session_state[_SAID] = str(error)
        return
    given = _given("add")
    for target in targets if given else ():
        _do(["correct", *given, "--", str(target)])
    if targets:
        _start(["index", str(_PAPERS)])


def _follow() -> None:
    address, name = (str(st.session_state.get(f"follow-{one}", "")).strip() for one in ("address", "name"))
    _do(["follow", "--papers", str(_PAPERS), f"--name={name}", "--", address])


def add() -> None:
    """Draw the form for papers."""
    st.header("Add papers", anchor=False)
    with st.form("add"):
        st.file_uploader("Papers", type=list(jobs.SUFFIXES), accept_multiple_files=True, key="add-files")
        st.markdown("If the papers do not say it themselves (all optional):")
        for name, label in _FIELDS.items():
            st.text_input(label, key=f"add-{name}")
        st.form_submit_button("Add and index", on_click=_add)


def follow() -> None:
    """Draw the form for a council, and the button that fetches."""
    st.header("Follow a council", anchor=False)
    with st.form("follow"):
        st.text_input("Address of its site", key="follow-address")
        st.text_input("Name of the council", key="follow-name")
        st.form_submit_button("Follow", on_click=_follow)
    st.button("Fetch what is new and index it", key="sync", on_click=_start, args=(["sync", "--papers", str(_PAPERS)],))


@st.fragment(run_every=2)
def run() -> None:
    """Draw how the last run gets on, every two seconds."""
    job = opened.jobs().current()
    if job is None:
        return
    st.header("Last run", anchor=False)
    st.markdown(f"{escaped(job.command)}: {'running' if job.running else 'done'}")
    st.code("\n".join(job.lines) or "Nothing said yet.", language=None, wrap_lines=True)


def review() -> None:
    """Draw what is withheld, each with what may be decided about it."""
    st.header("Withheld papers", anchor=False)
    try:
        waiting = [entry for entry in opened.archive().ledger() if entry.status == "withheld"]
    except ArchiveMissing:
        waiting = []
    if not waiting:
        st.markdown("Nothing is withheld.")
    for entry in waiting:
        with st.expander(f"{entry.path.rpartition('/')[2]}: {entry.reason}"):
            reason = st.text_input("Reason (the ledger is public)", key=f"reason-{entry.paper_id}")
            for ruling in ("release", "withhold"):
                st.button(
                    f"{ruling.capitalize()} it",
                    key=f"{ruling}-{entry.paper_id}",
                    on_click=_do,
                    args=([ruling, f"--reason={reason}", "--", entry.paper_id],),
                )


def correct() -> None:
    """Draw the form that corrects what a paper is."""
    st.header("Correct a paper", anchor=False)
    with st.form("correct"):
        st.text_input("Path or id, as on the page Coverage", key="correct-paper")
        for name, label in _FIELDS.items():
            st.text_input(label, key=f"correct-{name}")
        st.form_submit_button("Correct", on_click=_correct)


def _correct() -> None:
    named = str(st.session_state.get("correct-paper", "")).strip()
    try:
        held = opened.archive()
    except ArchiveMissing:
        known = {}
    else:
        roots = tuple(held.roots())
        known = {below(entry.path, roots): entry.paper_id for entry in held.ledger()}
    _do(["correct", *_given("correct"), "--", known.get(named, named)])


def hide() -> None:
    """Draw who asked not to be on the page People, and the form that takes a name out or lets it in again."""
    st.header("Names taken out of People", anchor=False)
    st.markdown(
        "What papers print stays as it is printed; the register, its page and answers from it leave the name out."
    )
    with st.form("hide", clear_on_submit=True):
        st.text_input("Name, as it is printed", key="hide-name")
        st.text_input("Council (empty for any)", key="hide-authority")
        st.form_submit_button("Take it out", on_click=_hide)
    for number, (authority, name) in enumerate(opened.hidden_people()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(escaped(", ".join(filter(None, (name, authority)))))
            st.button(f"Let {escaped(name)} in again", key=f"show-{number}", on_click=_rule, args=(name, authority))


def _hide() -> None:
    name, authority = (str(st.session_state.get(f"hide-{one}", "")).strip() for one in ("name", "authority"))
    _rule(name, authority, hide=True)


def _rule(name: str, authority: str, *, hide: bool = False) -> None:
    who = opened.admin(st.context.headers.to_dict())
    if not who:
        return
    try:
        opened.rule_on_person(who, name, authority, hide=hide)
        st.session_state[_SAID] = "It is taken out." if hide else "It is in again."
    except (BoardPapersError, OSError) as error:
        st.session_state[_SAID] = str(error)


def log() -> None:
    """Draw what was done, by whom and when."""
    st.header("What was done", anchor=False)
    for act in opened.jobs().acts()[:50]:
        st.text(f"{act.at}  {act.who}  {act.command}")


st.title("Admin", anchor=False)
if opened.admin(st.context.headers.to_dict()):
    if said := st.session_state.pop(_SAID, ""):
        st.info(escaped(said))
    run()
    for part in (add, follow, review, correct, hide, log):
        part()
else:
    st.warning("This page is for those who look after the archive.")
