"""Requests that a page of another site makes are refused. Nothing of Streamlit here.

A reader who is signed on may have a page of somebody else open, and its scripts can call this server as that reader.
Browsers say which page asks. Streamlit refuses such websockets too, but first asks a service on the internet what this
machine's address is, so that anybody could make it call out; here nothing is asked.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

_REFUSED = "Only pages of this server may ask this."


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
