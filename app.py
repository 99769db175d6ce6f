"""Web entry: ``streamlit run app.py``. The pages, the route that serves a cited paper, and the JSON API. No logic."""

from streamlit.starlette import App

from search.views import api, files, opened

app = App(
    "search/views/frame.py",
    routes=[files.route(opened.archive), *api.routes(api.Shelf(opened.archive, opened.engine))],
    lifespan=opened.warmed,
)
