"""The Coverage page: what the archive holds, and what it lacks and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from indexer.archive import below
from indexer.records import Filters, LedgerEntry, StoredDecision
from indexer.text import dates
from search.bounds import BOUNDS
from search.history import witnesses
from search.meetings import calendar
from search.views.render import browse, meetings, models, phrasing
from search.views.widgets import access, filters

if TYPE_CHECKING:
    from indexer.archive import Archive


def lacking(entries: list[LedgerEntry]) -> None:
    """Draw what cannot be searched, or only in part, by what became of it."""
    st.header("What is missing or read in part", anchor=False)
    whole = [entry for entry in entries if entry.status == "indexed" and not entry.pages_without_text]
    rest = [entry for entry in entries if entry not in whole]
    if not rest:
        st.success("Every paper can be searched in full.")
    for status, name in phrasing.LEDGER.items():
        own = [entry for entry in rest if entry.status == status]
        if own:
            heading = "Pages without text" if status == "indexed" else name
            st.subheader(f"{heading}: {phrasing.counted(len(own), 'paper')}", anchor=False)
            st.html(models.ledger_html(own))


def noted(entries: list[LedgerEntry]) -> None:
    """Draw which papers can be searched in full but for words that are struck out, or that nobody can see."""
    own = [entry for entry in entries if entry.status == "indexed" and entry.reason]
    if own:
        st.header(
            f"Read, without words that are struck out or cannot be seen: {phrasing.counted(len(own), 'paper')}",
            anchor=False,
        )
        st.html(models.ledger_html(own))


def disagreeing(register: list[StoredDecision]) -> None:
    """Draw the decisions that one minutes of a meeting has and another has not."""
    disagreements = witnesses.disagreements(register)
    if disagreements:
        st.header(f"Minutes that disagree: {phrasing.counted(len(disagreements), 'decision')}", anchor=False)
        st.markdown(
            "Two papers are minutes of the same meeting, and only one of them has these decisions. Look at both."
        )
        st.html(browse.disagreements_html(disagreements[: BOUNDS.guessed_pages]))


def guessed(archive: Archive, entries: list[LedgerEntry]) -> None:
    """Draw which pages were read by OCR and how sure it was of them."""
    own = [(entry, number) for entry in entries for number in entry.ocr_pages]
    if not own:
        return
    st.header(f"Scanned pages read by machine (OCR): {phrasing.counted(len(own), 'page')}", anchor=False)
    pages = ((entry.path, archive.plain_page(entry.paper_id, number)) for entry, number in own[: BOUNDS.guessed_pages])
    rows = [(path, page) for path, page in pages if page]
    st.html(browse.guessed_html(rows))
    if len(own) > BOUNDS.guessed_pages:
        st.markdown(f"The first {BOUNDS.guessed_pages:,} are shown.")


def months(archive: Archive, register: list[StoredDecision]) -> None:
    """Draw which board has meetings on record for which month of a year; the address says which year."""
    bodies = calendar.held(archive.papers(), register, archive.facets().aliases)
    years = sorted({when.year for own in bodies.values() for when in own if when}, reverse=True)
    if not years:
        return
    st.header("Meetings by board and month", anchor=False)
    addressed = filters.number("year")
    # The address alone says which year is shown.
    st.session_state["year"] = addressed if addressed in years else years[0]
    year = st.selectbox("Year", years, key="year", on_change=_choose)
    st.html(meetings.months_html(bodies, year))


def _choose() -> None:
    st.query_params["year"] = str(st.session_state["year"])


def page(archive: Archive) -> None:
    """Draw the page."""
    roots = tuple(archive.roots())
    entries = [replace(entry, path=below(entry.path, roots)) for entry in archive.ledger()]
    facets = archive.facets(Filters())
    st.info(models.holdings(archive.totals()))
    if last := max(archive.noted().values(), default=""):
        when = datetime.fromisoformat(last)
        st.markdown(f"Papers last came in or changed on {dates.written(when.date())} at {when:%H:%M} (UTC).")
    if not entries:
        access.empty(archive)
        return
    register = archive.decisions()
    months(archive, register)
    lacking(entries)
    noted(entries)
    disagreeing(archive.decisions(merge=False))
    guessed(archive, entries)
    st.header("What is here", anchor=False)
    for name, counts in (("council", facets.authorities), ("board or committee", facets.boards)):
        st.html(models.counts_html(name, models.by_body(counts, facets.also)))
    st.html(models.counts_html("year of the meeting", facets.years))
    st.html(browse.years_html(browse.years(register)))
    with st.expander("Every paper"):
        st.html(models.ledger_html(entries))


st.title("What is here, and what is missing", anchor=False)
access.show(page)
