"""The frame around every page: settings, style, script and navigation. No logic."""

from pathlib import Path

import streamlit as st

from search.views import opened
from search.views.render import site

st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
st.html(Path(__file__).parents[1] / "style.css")
pages = [
    st.Page("ask.py", title="Ask", default=True),
    st.Page("decisions.py", title="Decisions"),
    st.Page("actions.py", title="Actions"),
    st.Page("timeline.py", title="Timeline"),
    st.Page("precedents.py", title="Precedents"),
    st.Page("papers.py", title="Papers"),
    st.Page("people.py", title="People"),
    st.Page("body.py", title="Board", visibility="hidden"),
    st.Page("meeting.py", title="Meeting", visibility="hidden"),
    st.Page("coverage.py", title="Coverage"),
    st.Page("saved.py", title="Saved"),
    st.Page("glossary.py", title="Glossary"),
    st.Page("about.py", title="About"),
    *([st.Page("admin.py", title="Admin")] if opened.admin(st.context.headers.to_dict()) else []),
]
page = st.navigation(pages, position="hidden")
st.set_page_config(page_title=f"{page.title} – Board papers")
ways = [site.Way(one.url_path or "./", one.title, one.visibility == "visible") for one in pages]
st.html(site.navigation_html(ways, page.url_path or "./"))
# Before the page, whose buttons need it.
st.html(site.script("reading"), unsafe_allow_javascript=True)
if opened.is_sample():
    st.markdown("A sample: the papers of an invented council. [Add your own or follow your council](about)")
page.run()
