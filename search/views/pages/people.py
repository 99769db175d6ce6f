"""The People page: who is printed in public roles, and one person's offices, attendance and motions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from indexer.text.words import fold
from search.bounds import BOUNDS
from search.people import profile, register
from search.people.profile import Profile
from search.people.register import Person
from search.views.render import meetings, people, phrasing
from search.views.render.markup import escaped
from search.views.widgets import access, downloads

if TYPE_CHECKING:
    from indexer.archive import Archive

TITLE = "People in public roles"
_ABOUT = (
    "Members as the papers list them, and those who sign the heads of reports; nobody else. What is not printed is not "
    "here. Whoever looks after this archive can take a name out."
)


def listing(every: Sequence[Person]) -> None:
    """Draw the box for a name and the people whose names hold the words in it."""
    st.title(TITLE, anchor=False)
    st.markdown(_ABOUT)
    text = st.query_params.get("q", "")[: BOUNDS.address_characters].strip()
    if st.session_state.get("people-of") != text or "people-q" not in st.session_state:
        st.session_state["people-of"], st.session_state["people-q"] = text, text
    with st.form("people", border=False), st.container(key="asking", horizontal=True, vertical_alignment="bottom"):
        st.text_input("Name, or part of a role", key="people-q", max_chars=100, autocomplete="off")
        st.form_submit_button("Search", type="primary", on_click=_look)
    parts = fold(text).casefold().split()
    chosen = [one for one in every if all(word in _words(one) for word in parts)]
    if chosen:
        st.success(f"{phrasing.counted(len(chosen), 'person', 'people')}, by surname.")
        st.html(people.listed_html(chosen))
    else:
        st.info(f"Nobody in a public role is printed {'with these words' if text else 'in these papers'}.")


def one(shown: Profile) -> None:
    """Draw one person: offices, attendance, motions, and what can be kept."""
    access.head(shown.person.name)
    st.html(meetings.crumbs_html(("People", "people"), (shown.person.authority or meetings.NO_AUTHORITY, "people")))
    counted = (
        ("meeting", "attended", shown.attended),
        ("motion", "moved", shown.moved),
        ("motion", "seconded", shown.seconded),
    )
    counts = [f"{phrasing.counted(len(some), what)} {done}" for what, done, some in counted if some]
    st.info(f"As printed in the papers of this archive: {', '.join(counts) or 'an office or post'}.")
    if shown.held:
        st.header("Offices and posts", anchor=False)
        st.html(people.offices_html(shown.held))
    for heading, some in (("Attendance", shown.attended), ("Apologies", shown.apologies)):
        if some:
            st.header(heading, anchor=False)
            st.html(people.meetings_html(some))
    for heading, rows in (("Motions moved", shown.moved), ("Motions seconded", shown.seconded)):
        if rows:
            st.header(heading, anchor=False)
            st.html(people.motions_html(rows, access.leads))
    if shown.voted:
        st.header("Recorded votes", anchor=False)
        st.html(people.votes_html(shown.voted, access.leads))
    st.header("Keep what is on screen", anchor=False)
    downloads.buttons(
        downloads.csv_file("Person", "person", lambda: people.rows(shown)),
        downloads.json_file("Person", "person", lambda: profile.to_json(shown)),
    )


def _words(person: Person) -> str:
    said = " ".join([person.name, *(f"{one.name} {one.role}" for one in person.sightings)])
    return fold(said).casefold()


def _look() -> None:
    st.query_params.clear()
    if text := (st.session_state["people-q"] or "").strip():
        st.query_params["q"] = text


def page(archive: Archive) -> None:
    """Draw the page."""
    every = profile.everybody(archive)
    name, authority = st.query_params.get("name", ""), st.query_params.get("authority", "")
    person = register.named(every, name, authority) if name else None
    if person:
        one(profile.profile(archive, every, person))
        return
    if name:
        st.warning(escaped(f"Nobody in a public role is printed as “{name}”, or several people may be meant."))
    listing(every)


access.show(page, TITLE)
