"""Whose page a request is from, and a number for each in the log and in its answer. Nothing of Streamlit here."""

from __future__ import annotations

import logging
import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from indexer import logs
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
