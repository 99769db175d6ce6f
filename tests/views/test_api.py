"""The JSON API: the command line's own JSON, refusals in one line, and limits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.applications import Starlette
from starlette.testclient import TestClient

from indexer.errors import ArchiveMissing
from search.engine import Engine
from search.views.api import json_routes
from search.views.guard.requests import Rate
from tests.conftest import ROOT

QUESTION = "What did the board decide about CSE?"
BOARD = "Health and Wellbeing Board"
DRAFT = "Home to school transport: this report asks the committee to agree the policy on transport to school."


@pytest.fixture(scope="module")
def engine(sample_archive: Path) -> Engine:
    return Engine.open(sample_archive)


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with browser(engine, Rate(1_000, 1_000)) as made:
        yield made


def browser(engine: Engine, rate: Rate) -> TestClient:
    handles = json_routes.Handles(lambda: engine.library, lambda: engine)  # type: ignore[arg-type, return-value]
    return TestClient(Starlette(routes=json_routes.routes(handles, rate)))


def printed(archive: Path, *arguments: str) -> list[Any]:
    command = [sys.executable, "-m", "search", *arguments, "--json", "--archive", str(archive)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_question_gets_the_json_of_the_command_line(client: TestClient, sample_archive: Path) -> None:
    got = client.get("/api/ask", params={"q": QUESTION, "board": BOARD.upper(), "from": "2014", "limit": "3"})
    wanted = printed(sample_archive, "ask", QUESTION, "--board", BOARD, "--from", "2014", "--limit", "3")
    assert (got.status_code, [got.json()]) == (200, wanted)
    assert len(got.json()["hits"]) == 3
    assert got.headers["x-content-type-options"] == "nosniff"


def test_the_register_comes_in_parts_in_the_json_of_the_command_line(client: TestClient, sample_archive: Path) -> None:
    wanted = printed(sample_archive, "decisions", "--kind", "resolution")
    first = client.get("/api/decisions", params={"kind": "resolution", "limit": "4"}).json()
    rest = client.get("/api/decisions", params={"kind": "resolution", "offset": "4"}).json()
    assert first["total"] == rest["total"] == len(wanted)
    assert first["decisions"] + rest["decisions"] == wanted
    assert len(first["decisions"]) == 4


def test_a_page_is_given_as_stored(client: TestClient, engine: Engine) -> None:
    hit = engine.ask(QUESTION).hits[0]
    paper, number = hit.stored.paper, hit.stored.passage.pages[0]
    got = client.get(f"/api/papers/{paper.id}/pages/{number}")
    stored = engine.library.page(paper.id, number)
    assert stored is not None
    assert (got.status_code, got.json()) == (200, {**json_routes.page_json(paper, stored), "left_out": []})
    assert (got.json()["text"], got.json()["file"]) == (stored.text, paper.path)


@pytest.mark.parametrize("number", ["0", "9999", "99999999999999999999999"])
def test_a_page_that_the_paper_does_not_have_is_not_found(client: TestClient, engine: Engine, number: str) -> None:
    paper = engine.ask(QUESTION).hits[0].stored.paper
    got = client.get(f"/api/papers/{paper.id}/pages/{number}")
    assert (got.status_code, list(got.json())) == (404, ["error"])


def test_a_withheld_or_unknown_paper_is_not_found_in_the_same_words(client: TestClient, engine: Engine) -> None:
    ledger = engine.library.ledger()  # type: ignore[attr-defined]
    withheld = [entry.paper_id for entry in ledger if entry.status == "withheld"]
    assert len(withheld) == 1
    answers = [client.get(f"/api/papers/{id}/pages/1") for id in (*withheld, "0" * 64, "x", "..")]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].json() == answers[1].json() == answers[2].json()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/api/ask", "The question is empty"),
        ("/api/ask?q=beds&board=Moon+Board", "No board 'Moon Board' in this archive"),
        ("/api/ask?q=beds&from=last+year", "'last year' is not a date"),
        ("/api/ask?q=beds&from=2020&to=2019", "no day lies between them"),
        ("/api/ask?q=beds&kind=gossip", "No kind 'gossip'"),
        ("/api/ask?q=beds&limit=101", "limit '101' is not a number from 1 to 100"),
        ("/api/ask?q=beds&bord=Cabinet", "No parameter 'bord'"),
        ("/api/ask?q=beds&q=roads", "The parameter 'q' is given 2 times"),
        ("/api/similar", "holds no words"),
        ("/api/thread?id=nonsense", "nonsense"),
        ("/api/timeline", "The question is empty"),
        ("/api/decisions?offset=-1", "offset '-1' is not a number"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(client: TestClient, address: str, said: str) -> None:
    got = client.get(address)
    assert got.status_code == 422
    assert said in got.json()["error"]
    assert "\n" not in got.json()["error"]


def test_a_request_of_more_than_10_000_characters_is_refused(client: TestClient) -> None:
    assert client.get("/api/ask", params={"q": "beds " * 2_001}).status_code == 414


def test_an_archive_that_cannot_be_read_is_said_to_be_so_without_naming_a_folder() -> None:
    def missing() -> Any:
        raise ArchiveMissing("no archive in secret/folder")

    client = TestClient(Starlette(routes=json_routes.routes(json_routes.Handles(missing, missing))))
    for address in ("/api/ask?q=beds", "/api/decisions", f"/api/papers/{'0' * 64}/pages/1"):
        got = client.get(address)
        assert (got.status_code, got.json()) == (503, {"error": "The archive cannot be read just now"})


def test_too_many_requests_are_asked_to_wait_and_served_again_later(engine: Engine) -> None:
    now = [100.0]
    client = browser(engine, Rate(2, 0.5, lambda: now[0]))
    assert [client.get("/api/openapi.json").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/api/openapi.json")
    assert refused.headers["retry-after"] == "2"
    now[0] += 2
    assert [client.get("/api/openapi.json").status_code for _ in range(2)] == [200, 429]


def test_each_client_has_its_own_bucket() -> None:
    rate = Rate(1, 1, lambda: 0.0)
    assert [rate.wait(name) for name in ("a", "b", "a", "b")] == [0, 0, 1, 1]


def test_earlier_reports_threads_and_timelines_come_in_the_json_of_the_command_line(
    client: TestClient, sample_archive: Path
) -> None:
    got = client.get("/api/similar", params={"q": DRAFT, "limit": "3"})
    assert (got.status_code, [got.json()]) == (200, printed(sample_archive, "similar", DRAFT, "--limit", "3"))
    assert got.json()["results"]
    decision = client.get("/api/decisions", params={"limit": "1"}).json()["decisions"][0]
    for handle in (decision["id"], decision["item_id"]):
        got = client.get("/api/thread", params={"id": handle})
        assert (got.status_code, [got.json()]) == (200, printed(sample_archive, "thread", handle))
    got = client.get("/api/timeline", params={"q": "CSE", "board": BOARD})
    assert (got.status_code, [got.json()]) == (200, printed(sample_archive, "timeline", "CSE", "--board", BOARD))
    assert got.json()["events"]


def test_a_draft_is_never_taken_for_the_name_of_a_file(client: TestClient, tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(f"{DRAFT} Quillfeather pays for it all.", encoding="utf-8")
    got = client.get("/api/similar", params={"q": str(file)})
    assert "Quillfeather" not in got.text


# The description


def test_the_description_names_every_route_and_its_parameters(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    routes = json_routes.routes(json_routes.Handles(list, list))  # type: ignore[arg-type]
    assert set(described["paths"]) == {route.path.replace(":int", "") for route in routes}
    for path in ("/api/ask", "/api/decisions", "/api/similar", "/api/thread", "/api/timeline"):
        names = [one["name"] for one in described["paths"][path]["get"]["parameters"]]
        accepted = client.get(path, params={"nonsense": "1"}).json()["error"].partition(": use ")[2].split(", ")
        assert sorted(names) == sorted(accepted)


def test_the_description_names_every_field_of_the_answers(client: TestClient, engine: Engine) -> None:
    schemas = client.get("/api/openapi.json").json()["components"]["schemas"]
    answered = client.get("/api/ask", params={"q": QUESTION}).json()
    paper = engine.ask(QUESTION).hits[0].stored.paper
    given = {
        "Answered": answered,
        "Sentence": answered["answer"][0],
        "Hit": answered["hits"][0],
        "Decision": client.get("/api/decisions").json()["decisions"][0],
        "Page": client.get(f"/api/papers/{paper.id}/pages/1").json(),
        "Similar": client.get("/api/similar", params={"q": DRAFT}).json(),
        "Timeline": client.get("/api/timeline", params={"q": "CSE"}).json(),
        "Event": client.get("/api/timeline", params={"q": "CSE"}).json()["events"][0],
    }
    for name, value in given.items():
        described = schemas[name]
        assert sorted(value) == sorted(described["required"]) == sorted(described["properties"]), name


def test_the_description_is_sound_by_the_rules_of_openapi_and_the_answers_are_as_it_says(
    client: TestClient, engine: Engine
) -> None:
    described = client.get("/api/openapi.json").json()
    assert [error.message for error in OpenAPIV31SpecValidator(described).iter_errors()] == []
    paper = engine.ask(QUESTION).hits[0].stored.paper
    calls = {
        "/api/ask": f"/api/ask?q={QUESTION}",
        "/api/decisions": "/api/decisions?limit=1000",
        "/api/similar": f"/api/similar?q={DRAFT}",
        "/api/thread": f"/api/thread?id={client.get('/api/decisions').json()['decisions'][0]['id']}",
        "/api/timeline": "/api/timeline?q=CSE",
        "/api/papers/{paper_id}/pages/{number}": f"/api/papers/{paper.id}/pages/1",
    }
    for path, address in calls.items():
        for call, status in ((address, "200"), (f"{address}{'&' if '?' in address else '?'}nonsense=1", "422")):
            got = client.get(call)
            assert str(got.status_code) == status, path
            answers = described["paths"][path]["get"]["responses"]
            schema = answers[status]["content"]["application/json"]["schema"]
            validator = Draft202012Validator({**schema, "components": described["components"]})
            assert [error.message for error in validator.iter_errors(got.json())] == [], (path, status)
