"""What programs that watch the app are told: alive, ready, and counts without a word of any question."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from indexer.archive import Archive
from search.views.api import json_routes
from search.views.guard.requests import NumberedRequests, Rate
from search.views.watching.counted import Counted, Turns
from search.views.watching.meters import meters, routes
from tests.makers.index_maker import TinyEncoder, minutes, put, run


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "papers", pier=minutes("the pier"))
    run(tmp_path / "archive")
    meters.cache_clear()
    engine = Counted(Archive.open(tmp_path / "archive"), TinyEncoder())
    handles = json_routes.Handles(lambda: engine.library, lambda: engine)  # type: ignore[arg-type, return-value]
    ways = [*json_routes.routes(handles, Rate(4, 0.1)), *routes(lambda: "")]
    return TestClient(Starlette(routes=ways, middleware=[Middleware(NumberedRequests)]))


def test_who_comes_first_has_the_first_turn_also_where_somebody_asks_again_at_once() -> None:
    turns, order, waiting = Turns(1), list[int](), list[threading.Thread]()

    def ask(number: int) -> None:
        with turns.turn():
            order.append(number)

    with turns.turn():
        for number in range(5):
            waiting.append(threading.Thread(target=ask, args=(number,)))
            waiting[-1].start()
            while len(turns._waiting) <= number:
                time.sleep(0.001)
    ask(5)
    for thread in waiting:
        thread.join(5)
    assert order == [0, 1, 2, 3, 4, 5]


def counts(client: TestClient) -> dict[str, float]:
    lines = [line.rsplit(" ", 1) for line in client.get("/metrics").text.splitlines() if line.startswith("board")]
    return {name: float(value) for name, value in lines if "_created" not in name}


def test_questions_are_counted_by_what_became_of_them_and_not_by_what_they_were(client: TestClient) -> None:
    for _ in range(2):
        assert client.get("/api/ask", params={"q": "zanzibarquay and the pier"}).status_code == 200
    assert client.get("/api/ask", params={"q": ""}).status_code == 422
    client.get("/api/decisions")
    assert client.get("/api/decisions").status_code == 429
    found = counts(client)
    statuses = {name: value for name, value in found.items() if name.startswith("board_papers_questions_total")}
    assert sum(statuses.values()) == 2
    assert found["board_papers_answers_kept_total"] == 1
    assert found["board_papers_question_seconds_count"] == 2
    assert found['board_papers_requests_total{route="/api/ask",status="200"}'] == 2
    assert found['board_papers_requests_total{route="/api/ask",status="422"}'] == 1
    assert found['board_papers_requests_total{route="/api/decisions",status="429"}'] == 1
    assert "zanzibarquay" not in client.get("/metrics").text


def test_a_process_is_alive_before_it_is_ready() -> None:
    said = ["the model is not loaded"]
    client = TestClient(Starlette(routes=routes(lambda: said[0])))
    assert client.get("/health").status_code == 200
    assert (client.get("/ready").status_code, client.get("/ready").text) == (503, "the model is not loaded\n")
    said[0] = ""
    assert (client.get("/ready").status_code, client.get("/ready").text) == (200, "ready\n")


def test_without_the_client_of_prometheus_nothing_is_counted_and_the_route_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    meters.cache_clear()
    try:
        got = TestClient(Starlette(routes=routes(lambda: ""))).get("/metrics")
        assert (got.status_code, got.text) == (501, "No counts: pip install -r requirements-scale.txt\n")
    finally:
        meters.cache_clear()
