"""What monitoring programs are given: alive, ready, and counts. A proxy keeps readers from them.

Questions and requests are counted for Prometheus, where its client is installed (requirements-scale.txt).
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from search.bounds import BOUNDS

if TYPE_CHECKING:
    from search.results import Status

_OURS: Final = "board_papers"
_FRESH: Final = {"Cache-Control": "no-store"}
_ABSENT: Final = "No counts: pip install -r requirements-scale.txt\n"


class Meters:
    """The counts of one process. Labels are few and our own: a status, a route, never what somebody asked."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

        held = CollectorRegistry()
        ProcessCollector(registry=held)
        self._registry = held
        self._questions = Counter(f"{_OURS}_questions", "Questions, by what became of them", ["status"], registry=held)
        self._kept = Counter(f"{_OURS}_answers_kept", "Questions answered from memory", registry=held)
        self._asked = Histogram(f"{_OURS}_question_seconds", "Time of a question", buckets=BOUNDS.meters, registry=held)
        about, named = "Requests, by route and status", f"{_OURS}_request"
        self._requests = Counter(f"{named}s", about, ["route", "status"], registry=held)
        self._served = Histogram(
            f"{named}_seconds", "Time of a request", ["route"], buckets=BOUNDS.meters, registry=held
        )

    def question(self, status: Status, seconds: float, kept: bool) -> None:
        """Count a question; ``kept`` if its answer was in memory."""
        self._questions.labels(status).inc()
        self._asked.observe(seconds)
        if kept:
            self._kept.inc()

    def request(self, route: str, status: int, seconds: float) -> None:
        """Count a request; refused ones have 401, 422 or 429 as their status."""
        self._requests.labels(route, str(status)).inc()
        self._served.labels(route).observe(seconds)

    def text(self) -> tuple[bytes, str]:
        """Give all counts as Prometheus reads them, with the media type of that."""
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        return generate_latest(self._registry), CONTENT_TYPE_LATEST


@functools.cache
def meters() -> Meters | None:
    """Give the process's counts; None where the client is not installed, and then nothing is counted."""
    return Meters() if importlib.util.find_spec("prometheus_client") else None


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
