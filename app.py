"""Web entry: ``streamlit run app.py``. The pages, and the route that serves a cited paper. No logic."""

from streamlit.starlette import App

from search.views import files, opened

app = App("search/views/frame.py", routes=[files.route(opened.archive)], lifespan=opened.warmed)
