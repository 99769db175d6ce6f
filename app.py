"""Web entry: ``streamlit run app.py``. Pages, the route that serves a cited paper, JSON API, feeds. No logic."""

from starlette.middleware import Middleware
from streamlit.starlette import App

from search.views import api, feeds, files, opened
from search.views.headers import SecurityHeaders
from search.views.origins import OwnPagesOnly
from search.views.rate import Rate

rate = Rate(api.BURST, api.EACH_SECOND)
app = App(
    "search/views/frame.py",
    routes=[
        files.route(opened.archive),
        *api.routes(api.Shelf(opened.archive, opened.engine), rate),
        *feeds.routes(feeds.Desk(opened.archive, opened.engine, opened.store), rate),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(OwnPagesOnly)],
    lifespan=opened.warmed,
)
