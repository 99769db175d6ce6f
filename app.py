"""Web entry: ``streamlit run app.py``. Pages, the route that serves a cited paper, JSON API, feeds. No logic."""

from starlette.middleware import Middleware
from streamlit.config import get_option
from streamlit.starlette import App

from search.bounds import BOUNDS
from search.views import opened
from search.views.alerts import alert_routes
from search.views.api import files, json_routes, leaves
from search.views.feeds import feed_routes
from search.views.guard.headers import SecurityHeaders
from search.views.guard.requests import NumberedRequests, OwnPagesOnly, Rate, also_under, unknown
from search.views.watching import meters

rate = Rate(BOUNDS.asked_at_once, BOUNDS.asked_each_second)
routes = [
    files.route(opened.archive),
    *leaves.routes(opened.archive),
    *json_routes.routes(json_routes.Handles(opened.archive, opened.engine), rate),
    *feed_routes.routes(feed_routes.Desk(opened.archive, opened.engine, opened.store), rate),
    *alert_routes.routes(opened.subscriptions),
    *meters.routes(opened.waiting),
    *unknown("api", "feeds", "files"),
]
app = App(
    "search/views/pages/frame.py",
    routes=also_under(get_option("server.baseUrlPath") or "", routes),
    middleware=[Middleware(NumberedRequests), Middleware(SecurityHeaders), Middleware(OwnPagesOnly)],
    lifespan=opened.warmed,
)
