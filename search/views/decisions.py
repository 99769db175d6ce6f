"""The Decisions page: the register of what was decided, filtered, and as a CSV file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from indexer.records import Filters, Registered
from search.views import address, filters, models, shelf, tables, wording
from search.views.markup import escaped

if TYPE_CHECKING:
    from indexer.archive import Archive

PAGE_LENGTH = 25


def listing(rows: list[Registered]) -> None:
    """Draw the decisions, a part of a long list at a time."""
    parts = tables.parts(len(rows), PAGE_LENGTH)
    shown = st.selectbox("Part of the list", parts, format_func=tables.name) if len(parts) > 1 else parts[0]
    for row in rows[shown.start : shown.stop]:
        st.html(models.decision_html(row))


def page(archive: Archive) -> None:
    """Draw the page."""
    facets = archive.facets(Filters())
    if not archive.totals().papers:
        shelf.empty()
        return
    asked = filters.form("register", "Words in the decision or its heading", "Search", facets, kinds=False)
    for complaint in address.complaints(asked, filters.params(), facets):
        st.warning(escaped(complaint))
    rows = tables.matching(archive.decisions(asked.filters), asked.question)
    if not rows:
        st.info("No decision matches. Try other words, a wider span of dates, or fewer filters.")
        return
    st.success(f"{wording.counted(len(rows), 'decision')} found, the latest first.")
    st.download_button("Download as CSV", tables.csv_text(rows), "decisions.csv", "text/csv", on_click="ignore")
    listing(rows)


st.title("Decisions", anchor=False)
shelf.show(page)
