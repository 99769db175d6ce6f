"""A number for every request, in the log and in its answer, and one line of log for each. Nothing of Streamlit here.

The line names the route and not the address: addresses hold questions, and keys of saved searches.
"""

from __future__ import annotations

import logging
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indexer import logs
from search.views.watching.meters import meters

HEADER = "X-Request-ID"
_LOG = logging.getLogger(__name__)


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
