"""The Glossary page: abbreviations as the papers spell them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from search.views.render import models
from search.views.widgets import access

if TYPE_CHECKING:
    from indexer.archive import Archive


def page(archive: Archive) -> None:
    """Draw the page."""
    listed = models.glossary_html(archive.definitions(), {paper.key: paper for paper in archive.papers()})
    if listed:
        st.markdown("Each meaning is copied from a paper; its link opens the page that says so.")
        st.html(listed)
    else:
        st.info("No paper here spells out an abbreviation.")


st.title("Glossary", anchor=False)
access.show(page)
