"""Decisions looked for by words, reference, item, outcome, vote and name, in the command, the server and the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from indexer.archive import Archive
from search.__main__ import main
from search.engine import Engine
from search.register.sought import Sought, matching
from search.views import opened
from search.views.address import Asked
from search.views.api import json_routes
from search.views.guard.requests import Rate
from search.views.render import register, tables
from tests.makers.index_maker import TinyEncoder, put, run

FRAME = Path(__file__).resolve().parents[2] / "search" / "views" / "pages" / "frame.py"
MINUTES = """# Saltmarsh Council

Minutes of the meeting of the Harbour Board held on {day}

PRESENT: Councillor Anne Pike (Chair) and Councillor B. Roach

## 12. LANTERNS (21/00012)

It was moved by Councillor Anne Pike, seconded by Councillor Roach and

RESOLVED: That the lanterns be mended before the winter.

## 13. {title}

Moved by Cllr Roach and seconded by Cllr A Pike. {text}
"""
DREDGING = "The motion was put to the vote and carried: For 7, Against 2.\n\nRESOLVED: That the channel be dredged."
RESCINDED = "RESOLVED: That the decision of 4 May 2021 on the lanterns, minute 12, be rescinded."


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("sought")
    may = MINUTES.format(day="Tuesday 4 May 2021", title="DREDGING", text=DREDGING)
    june = MINUTES.format(day="Tuesday 3 June 2025", title="LANTERNS AGAIN", text=RESCINDED).replace(
        "12. LAN", "11. LAN"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        put(Path("papers"), may=may, june=june)
        run(folder / "archive")
    with Archive.open(folder / "archive") as archive:
        yield archive


def pairs(archive: Archive, sought: Sought) -> list[tuple[str, str]]:
    rows = tables.matching(archive.decisions(), sought)
    return [(str(row.decision.meeting.date), row.decision.item) for row in rows]


@pytest.mark.parametrize(
    ("sought", "wanted"),
    [
        (Sought("LANTERNS winter"), [("2025-06-03", "11"), ("2021-05-04", "12")]),
        (Sought("21/00012"), [("2025-06-03", "11"), ("2021-05-04", "12")]),
        (Sought("21-00012 minute 12"), [("2021-05-04", "12")]),
        (Sought("item 13"), [("2025-06-03", "13"), ("2021-05-04", "13")]),
        (Sought(mover="Anne Pike"), [("2025-06-03", "11"), ("2021-05-04", "12")]),
        (Sought(mover="cllr roach", voted=True), [("2021-05-04", "13")]),
        (Sought(seconder="A Pike"), [("2025-06-03", "13"), ("2021-05-04", "13")]),
        (Sought(mover="Amos Pike"), []),
        (Sought("roach channel"), [("2021-05-04", "13")]),
        (Sought(outcome="deferred"), []),
    ],
)
def test_decisions_are_found_by_what_the_papers_print_of_them(
    harbour: Archive, sought: Sought, wanted: list[tuple[str, str]]
) -> None:
    assert pairs(harbour, sought) == wanted


def test_chips_offer_what_would_limit_the_list_and_lift_what_does(harbour: Archive) -> None:
    rows, asked = tables.matching(harbour.decisions()), Asked("")
    said = register.narrowed_html(rows, asked, Sought())
    assert 'href="decisions?voted=yes"' in said
    assert "Moved by Councillor Anne Pike (2)" in said
    only = Sought(voted=True)
    said = register.narrowed_html(matching(rows, only), asked, only)
    assert '<a class="chip" href="decisions"><span class="heard">Remove the filter </span>With a recorded vote' in said


def test_the_address_says_what_is_looked_for_and_nonsense_in_it_limits_nothing() -> None:
    params = {"mover": ["Roach"], "voted": ["yes"], "outcome": ["lost"]}
    assert register.sought(Asked("weir"), params) == Sought("weir", "Roach", "", True, "lost")
    assert register.link(Asked("weir"), Sought("weir", "Roach", "", True, "lost")) == (
        "decisions?q=weir&mover=Roach&voted=yes&outcome=lost"
    )
    assert register.sought(Asked(""), {"voted": ["?"], "outcome": ["<b>"]}) == Sought()


def test_the_list_comes_first_its_chart_has_no_empty_years_and_what_is_rescinded_is_struck(
    harbour: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "archive", lambda: harbour)
    monkeypatch.setattr(opened, "engine", lambda: Engine(harbour, TinyEncoder()))
    app = AppTest.from_file(str(FRAME), default_timeout=30).run()
    app.switch_page("decisions.py").run()
    assert not app.exception
    said = "\n".join(one.body for one in app.get("html"))
    assert said.index("That the channel be dredged") < said.index("<caption>Decisions by year of the meeting</caption>")
    assert [f'<th scope="row"><a href="decisions?from={year}' in said for year in (2021, 2023, 2025)] == [
        True,
        False,
        True,
    ]
    struck = said.split("<del>")[1].split("</del>")[0]
    assert "That the lanterns be mended before the winter" in struck
    assert "Show the decision that rescinds it</a>" in said
    app.query_params["mover"] = "Roach"
    app.query_params["outcome"] = "resolved"
    app.switch_page("decisions.py").run()
    assert app.success[0].value == "2 decisions found, the latest first."


def test_the_command_and_the_server_look_for_the_same(harbour: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    handles = json_routes.Handles(lambda: harbour, lambda: harbour)  # type: ignore[arg-type, return-value]
    client = TestClient(Starlette(routes=json_routes.routes(handles, Rate(1_000, 1_000))))
    got = client.get("/api/decisions", params={"mover": "Roach", "words": "channel", "voted": "yes"})
    options = ["--mover", "Roach", "--words", "channel", "--voted", "--json", "--archive", str(harbour.folder)]
    assert main(["decisions", *options]) == 0
    assert got.json()["decisions"] == [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert got.json()["total"] == 1
    assert client.get("/api/decisions", params={"voted": "perhaps"}).status_code == 422
    assert client.get("/api/decisions", params={"outcome": "resolved"}).json()["total"] == 4
