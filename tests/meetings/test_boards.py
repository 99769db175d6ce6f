"""A board over time, and its actions: fictional minutes of a town's harbour board over three years."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from jsonschema import Draft202012Validator
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from indexer.archive import Archive
from search.__main__ import main
from search.engine import Engine
from search.meetings import body as boards
from search.saved import Store
from search.views import opened
from search.views.api import json_routes
from search.views.feeds import feed_routes
from search.views.guard.requests import Rate
from tests.makers.index_maker import TinyEncoder, put, run
from tests.meetings.test_meeting_pages import at

FRAME = Path(__file__).resolve().parents[2] / "search" / "views" / "pages" / "frame.py"
BODY = ("Saltmarsh Council", "Harbour Board")
MINUTES = """# Saltmarsh Council

Minutes of the meeting of the Harbour Board held on {day}

PRESENT: Councillor A. Pike (Chair) and Councillor B. Roach

## 1. MINUTES

RESOLVED: That the minutes of the last meeting be approved as a correct record.

## 2. SLIPWAY REPAIRS {year}

RESOLVED: That the slipway be repaired.

## 3. {title}

RESOLVED: {text}
"""
AGENDA = "# Saltmarsh Council\n\nAgenda for the meeting of the Harbour Board to be held on {day}\n\n1. Apologies\n"
ASKED = "That the Harbour Master be asked to mend the lanterns by 30 June 2019."
LATER = "That the Harbour Master be asked to publish a plan for dredging by 30 November 2021."


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("boards")
    texts = {
        "first": MINUTES.format(day="Tuesday 5 March 2019", year="2018/19", title="LANTERNS", text=ASKED),
        "second": MINUTES.format(day="Tuesday 3 March 2020", year="2019/20", title="LANTERNS", text="Noted."),
        "third": MINUTES.format(day="Tuesday 2 March 2021", year="2020/21", title="DREDGING", text=LATER),
        "agenda": AGENDA.format(day="Tuesday 1 June 2021"),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        put(Path("papers"), **texts)
        run(folder / "archive")
    with Archive.open(folder / "archive") as archive:
        yield archive


@pytest.fixture
def app(harbour: Archive, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(opened, "archive", lambda: harbour)
    monkeypatch.setattr(opened, "engine", lambda: Engine(harbour, TinyEncoder()))
    return AppTest.from_file(str(FRAME), default_timeout=30).run()


def test_a_board_is_its_meetings_what_comes_back_what_is_left_and_what_is_missing(harbour: Archive) -> None:
    found = boards.sheet(harbour, BODY)
    assert found
    told = boards.to_json(found)
    assert [(one["meeting_date"], one["decisions"]) for one in told["meetings"]] == [
        ("2021-06-01", 0),
        ("2021-03-02", 3),
        ("2020-03-03", 3),
        ("2019-03-05", 3),
    ]
    assert told["decisions_by_year"] == [
        {"year": 2019, "decisions": 3},
        {"year": 2020, "decisions": 3},
        {"year": 2021, "decisions": 3},
    ]
    assert [(one["title"], one["meetings"]) for one in told["subjects"]] == [
        ("SLIPWAY REPAIRS 2020/21", ["2021-03-02", "2020-03-03", "2019-03-05"])
    ]
    assert [(one["owner"], one["state"]) for one in told["open_actions"]] == [("the Harbour Master", "open")]
    assert told["minutes_not_held"] == ["2021-06-01"]
    assert told["also_named"] == []
    assert boards.sheet(harbour, ("Moon", "Board")) is None


def test_the_page_of_a_board_leads_to_its_meetings_threads_actions_and_decisions_by_year(app: AppTest) -> None:
    said = at(app, "body.py", authority=BODY[0], board=BODY[1])
    assert app.title[0].value == "Harbour Board"
    assert app.info[0].value.replace("\\", "") == (
        "4 meetings, 9 decisions, 1 action on which no later decision is held, minutes of 1 meeting not held."
    )
    body = "authority=Saltmarsh+Council&amp;board=Harbour+Board"
    assert f'<a href="meeting?{body}&amp;date=2021-06-01">1 June 2021</a>' in said
    assert ">SLIPWAY REPAIRS 2020/21</a>" in said
    assert f'<a href="actions?{body}">All actions of this board</a>' in said
    assert f'<a href="decisions?{body}&amp;from=2019-01-01&amp;to=2019-12-31">2019</a>' in said


def test_the_page_of_actions_says_who_is_to_do_what_by_when_and_what_became_of_it(app: AppTest) -> None:
    said = at(app, "actions.py")
    assert app.success[0].value == "2 actions, the latest meeting first."
    assert said.index("publish a plan for dredging") < said.index("mend the lanterns")
    assert "Who: the Harbour Master. By when: by 30 November 2021." in said
    assert '<span class="kind">Taken up since</span>' in said
    assert 'href="actions?state=open"' in said
    said = at(app, "actions.py", state="open", q="harbour master")
    assert app.success[0].value == "1 action, the latest meeting first."
    assert "lanterns" not in said.split('class="passage"')[1]
    at(app, "actions.py", board=BODY[1], **{"from": "2019-01-01", "to": "2019-12-31"})
    assert app.success[0].value == "1 action, the latest meeting first."
    at(app, "actions.py", q="moon")
    assert "No action matches" in app.info[0].value


def test_actions_come_in_a_feed_by_the_filters_of_its_address(harbour: Archive, tmp_path: Path) -> None:
    desk = feed_routes.Desk(
        lambda: harbour, lambda: Engine(harbour, TinyEncoder()), lambda: Store(tmp_path / "s.sqlite")
    )
    client = TestClient(Starlette(routes=feed_routes.routes(desk, Rate(1_000, 1_000))))
    parsed = feedparser.parse(client.get("/feeds/actions", params={"q": "dredging"}).content)
    assert parsed.feed.title == "New actions, “dredging”"
    assert [one.title for one in parsed.entries] == ["The Harbour Master: 3 DREDGING"]
    assert parsed.entries[0].link.startswith("http://testserver/papers?paper=")
    assert len(feedparser.parse(client.get("/feeds/actions").content).entries) == 2
    assert client.get("/feeds/actions", params={"state": "open"}).status_code == 422


def test_the_command_and_the_server_give_the_same_board(harbour: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(harbour.folder)
    assert main(["body", "--board", "harbour board", "--json", "--archive", folder]) == 0
    wanted = json.loads(capsys.readouterr().out)
    assert main(["body", "--board", "Harbour Board", "--archive", folder]) == 0
    assert "Comes back: SLIPWAY REPAIRS 2020/21, at 3 meetings" in capsys.readouterr().out
    assert main(["body", "--board", "Moon", "--archive", folder]) == 2
    handles = json_routes.Handles(lambda: harbour, lambda: harbour)  # type: ignore[arg-type, return-value]
    client = TestClient(Starlette(routes=json_routes.routes(handles, Rate(1_000, 1_000))))
    got = client.get("/api/body", params={"board": "Harbour Board"})
    assert (got.status_code, got.json()) == (200, wanted)
    assert client.get("/api/body", params={"board": "Moon"}).status_code == 422


@pytest.mark.parametrize(
    "call",
    [
        "meeting?board=Harbour+Board&date=2019-03-05",
        "meeting?board=Harbour+Board&date=2021-06-01",
        "body?board=Harbour+Board",
        "people",
        "person?name=Roach",
        "decisions?mover=Roach&outcome=resolved",
        "actions",
    ],
)
def test_answers_of_the_server_are_as_its_description_says(harbour: Archive, call: str) -> None:
    handles = json_routes.Handles(lambda: harbour, lambda: harbour)  # type: ignore[arg-type, return-value]
    client = TestClient(Starlette(routes=json_routes.routes(handles, Rate(1_000, 1_000))))
    described = client.get("/api/openapi.json").json()
    got = client.get(f"/api/{call}")
    answers = described["paths"][f"/api/{call.split('?')[0]}"]["get"]["responses"]
    schema = answers[str(got.status_code)]["content"]["application/json"]["schema"]
    validator = Draft202012Validator({**schema, "components": described["components"]})
    assert got.status_code == 200
    assert [error.message for error in validator.iter_errors(got.json())] == []
