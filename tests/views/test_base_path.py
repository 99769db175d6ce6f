"""Our routes answer below the folder that the app is served in, not only at the root."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from search.views.guard.requests import also_under, unknown
from tests.makers.app_runner import running


@pytest.mark.parametrize("base", ["papers", "/papers/", "council/papers"])
def test_a_route_is_found_below_the_folder_too_and_makes_addresses_below_it(base: str) -> None:
    def told(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{request.path_params['key']} {request.base_url}")

    async def serve(request: Request) -> PlainTextResponse:
        return told(request)

    client = TestClient(Starlette(routes=also_under(base, [Route("/feeds/{key}", serve, methods=["GET", "HEAD"])])))
    folder = base.strip("/")
    assert client.get("/feeds/a").text == "a http://testserver/"
    assert client.get(f"/{folder}/feeds/a").text == f"a http://testserver/{folder}/"
    assert client.head(f"/{folder}/feeds/a").status_code == 200
    assert client.post(f"/{folder}/feeds/a").status_code == 405
    assert client.get(f"/{folder}x/feeds/a").status_code == 404


def test_without_a_folder_there_are_only_the_routes_themselves() -> None:
    route = Route("/feeds/{key}", PlainTextResponse("a"))
    assert also_under("", [route]) == also_under("/", [route]) == [route]


@pytest.mark.parametrize("path", ["/api", "/api/nothing", "/papers/api/a/b", "/papers/feeds/nothing"])
def test_an_unknown_address_for_programs_is_refused_in_json(path: str) -> None:
    response = TestClient(Starlette(routes=also_under("papers", unknown("api", "feeds")))).get(path)
    error = f"There is nothing at {path}: /api/openapi.json describes what there is"
    assert (response.status_code, response.json()) == (404, {"error": error})


def test_the_app_in_a_folder_answers_programs_in_json_there(sample_archive: Path, tmp_path: Path) -> None:
    with running(sample_archive, tmp_path, base="papers") as address:
        with urllib.request.urlopen(f"{address}/api/decisions?limit=1", timeout=30) as got:  # noqa: S310 - our own
            assert got.headers["content-type"] == "application/json"
            assert len(json.load(got)["decisions"]) == 1
        with urllib.request.urlopen(f"{address}/", timeout=30) as got:  # noqa: S310 - our own
            assert got.headers["content-type"].startswith("text/html")
