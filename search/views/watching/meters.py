"""Counts of questions and requests for Prometheus, where its client is installed (requirements-scale.txt)."""

from __future__ import annotations

import functools
import importlib.util
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from search.results import Status

_OURS: Final = "board_papers"
_SECONDS: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4)


class Meters:
    """The counts of one process. Labels are few and our own: a status, a route, never what somebody asked."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

        held = CollectorRegistry()
        ProcessCollector(registry=held)
        self._registry = held
        self._questions = Counter(f"{_OURS}_questions", "Questions, by what became of them", ["status"], registry=held)
        self._kept = Counter(f"{_OURS}_answers_kept", "Questions answered from memory", registry=held)
        self._asked = Histogram(f"{_OURS}_question_seconds", "Time of a question", buckets=_SECONDS, registry=held)
        about, named = "Requests, by route and status", f"{_OURS}_request"
        self._requests = Counter(f"{named}s", about, ["route", "status"], registry=held)
        self._served = Histogram(f"{named}_seconds", "Time of a request", ["route"], buckets=_SECONDS, registry=held)

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
