"""Routes for programs that watch the app: alive, ready, and counts. A proxy keeps readers from them."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from search.views.watching.meters import meters

_FRESH = {"Cache-Control": "no-store"}
_ABSENT = "No counts: pip install -r requirements-scale.txt\n"


def routes(waiting: Callable[[], str]) -> list[Route]:
    """Make the routes.

    Args:
        waiting: says why no question can be answered just now; "" where one can.
    """

    async def health(_: Request) -> Response:
        return PlainTextResponse("alive\n", headers=_FRESH)

    async def ready(_: Request) -> Response:
        why = await run_in_threadpool(waiting)
        return PlainTextResponse(f"{why or 'ready'}\n", 503 if why else 200, headers=_FRESH)

    async def metrics(_: Request) -> Response:
        counts = meters()
        if counts is None:
            return PlainTextResponse(_ABSENT, 501, headers=_FRESH)
        text, kind = counts.text()
        return Response(text, media_type=kind, headers=_FRESH)

    return [Route("/health", health), Route("/ready", ready), Route("/metrics", metrics)]
