"""The addresses in letters: confirm an address, and end the letters. Signed, so that nobody can make them up.

Opening one only shows a button, since mail programs open links to look at them; pressing it acts. Programs that offer
to unsubscribe by themselves post to the address at once (RFC 8058). Apart from `app`, which only mounts routes.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from indexer.errors import SavedError
from search.subscriptions import Action, Subscriptions

_SAID: dict[Action, tuple[str, str, str]] = {
    "confirm": ("Confirm your address", "Send me the news", "Confirmed. The next letter comes when there is news."),
    "stop": ("End the letters", "No more letters", "Done. No more letters will come, and your address is forgotten."),
}
_GONE = "This address is incomplete, or these letters were already stopped."


_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
}


def routes(subscriptions: Callable[[], Subscriptions]) -> list[Route]:
    """Make the routes."""
    actions: tuple[Action, ...] = ("confirm", "stop")
    return [Route(f"/alerts/{one}", _served(one, subscriptions), methods=["GET", "POST"]) for one in actions]


def _served(action: Action, subscriptions: Callable[[], Subscriptions]) -> Callable[..., object]:
    async def serve(request: Request) -> Response:
        return await run_in_threadpool(_answer, action, request, subscriptions())

    return serve


def _answer(action: Action, request: Request, subscriptions: Subscriptions) -> Response:
    key, signature = (request.query_params.get(name, "") for name in ("key", "signature"))
    title, button, done = _SAID[action]
    try:
        if not subscriptions.signed(action, key, signature) or subscriptions.by_key(key) is None:
            return _page(title, f"<p>{_GONE}</p>", 404)
        if request.method == "GET":
            return _page(title, f"<form method='post'><button>{button}</button></form>")
        (subscriptions.confirm if action == "confirm" else subscriptions.stop)(key)
    except SavedError:
        return _page(title, "<p>This cannot be done just now. Try again later.</p>", 503)
    return _page(title, f"<p role='status'>{done}</p>")


def _page(title: str, body: str, status: int = 200) -> Response:
    html = (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{title} – Board papers</title>"
        f"<meta name='viewport' content='width=device-width'></head>"
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )
    return HTMLResponse(html, status, headers=_HEADERS)
