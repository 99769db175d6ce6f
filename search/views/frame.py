"""The frame around every page: settings, style and navigation. No logic."""

from pathlib import Path

import streamlit as st

from search.views import opened

st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
st.html(Path(__file__).with_name("style.css"))
page = st.navigation(
    [
        st.Page("pages/ask.py", title="Ask", default=True),
        st.Page("pages/decisions.py", title="Decisions"),
        st.Page("pages/timeline.py", title="Timeline"),
        st.Page("pages/precedents.py", title="Precedents"),
        st.Page("pages/papers.py", title="Papers"),
        st.Page("pages/coverage.py", title="Coverage"),
        st.Page("pages/saved.py", title="Saved"),
        st.Page("pages/about.py", title="About"),
        *([st.Page("pages/admin.py", title="Admin")] if opened.admin(st.context.headers.to_dict()) else []),
    ],
    position="top",
)
st.set_page_config(page_title=f"{page.title} – Board papers")
page.run()
