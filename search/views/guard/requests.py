"""Whose page a request is from, how often one address may ask, a number for each request, and where our routes are.

Our routes lie under the folder that Streamlit is set to serve its pages in (``server.baseUrlPath``), and at the root. A
proxy may pass that folder on or take it off; Streamlit moves its own routes and leaves ours where they are. To any
other address it answers with a page, which is useless to a program. Nothing of Streamlit here.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from indexer import logs
from search.bounds import BOUNDS
from search.views.watching.meters import meters

HEADER = "X-Request-ID"
_LOG = logging.getLogger(__name__)
_REFUSED = "Only pages of this server may ask this."


class NumberedRequests:
    """Numbers HTTP requests and logs how each went: method, route, status and seconds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its number back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.monotonic(), 500
        with logs.request() as number:

            async def numbered(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                    MutableHeaders(scope=message)[HEADER] = number
                await send(message)

            try:
                await self._app(scope, receive, numbered)
            finally:
                route = getattr(scope.get("route"), "path", "a page or one of its files")
                seconds = time.monotonic() - began
                _LOG.info("%s %s: %d in %.3f s", scope["method"], route, status, seconds)
                if counts := meters():
                    counts.request(route, status, seconds)


def own(headers: Headers) -> bool:
    """Whether a request comes from a page of the host that it is for, or from a program, which names no page."""
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc == headers.get("host")
    except ValueError:
        return False


class OwnPagesOnly:
    """Refuses HTTP requests and websockets that name another site's page: 403."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan" or own(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(code=1008, reason=_REFUSED)(scope, receive, send)
        else:
            await PlainTextResponse(_REFUSED, 403)(scope, receive, send)


class Rate:
    """Lets each client do ``burst`` things at once and ``each_second`` on average. Safe to use from several threads.

    A token bucket of ten lines, where a package (limits, slowapi) would bring a store and settings of its own.
    """

    def __init__(self, burst: int, each_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._each_second = each_second
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, client: str) -> int:
        """Take one token of a client's; give 0, or in how many whole seconds to come back where none is left."""
        now = self._clock()
        with self._lock:
            left, before = self._left.pop(client, (float(self._burst), now))
            left = min(self._burst, left + (now - before) * self._each_second)
            allowed = left >= 1
            self._left[client] = (left - 1 if allowed else left, now)
            if len(self._left) > BOUNDS.clients:
                self._left.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - left) / self._each_second))


def unknown(*folders: str) -> list[Route]:
    """Give routes that refuse, in JSON and with 404, all else at or below ``folders``; put them last."""

    async def refuse(request: Request) -> Response:
        message = f"There is nothing at {request.url.path}: /api/openapi.json describes what there is"
        return JSONResponse({"error": message}, 404)

    return [Route(path, refuse) for folder in folders for path in (f"/{folder}", f"/{folder}/{{rest:path}}")]


def also_under(base: str, routes: Sequence[Route]) -> list[Route]:
    """Give routes, and each again below a folder; only themselves where ``base`` names none."""
    folder = base.strip("/")
    return [*routes, *(_moved(f"/{folder}", route) for route in routes)] if folder else list(routes)


def _moved(folder: str, route: Route) -> Route:
    async def serve(request: Request) -> Response:
        # By this, addresses that an answer names (feeds) are made below the folder too.
        request.scope["app_root_path"] = folder
        answer: Response = await route.endpoint(request)
        return answer

    return Route(folder + route.path, serve, methods=sorted(route.methods or ()))
