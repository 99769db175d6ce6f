"""A meeting put together from its agenda, pack, minutes and register: fictional papers of a harbour town."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from indexer.archive import Archive
from indexer.text.agenda import AgendaItem, agenda_items
from search.__main__ import main
from search.engine import Engine
from search.meetings import calendar
from search.meetings.items import Item, Printed, items, place_reports
from search.meetings.meeting import MeetingSheet, sheet, to_json
from search.views import opened
from search.views.api import json_routes
from search.views.guard.requests import Rate
from tests.conftest import ROOT
from tests.makers.index_maker import TinyEncoder, put, run
from tests.makers.matters_maker import archive as made
from tests.makers.matters_maker import meeting, minutes, report

FRAME = ROOT / "search" / "views" / "pages" / "frame.py"
BODY = ("Saltmarsh Council", "Harbour Board")
AGENDA = """# Saltmarsh Council

Agenda for the meeting of the Harbour Board to be held on Tuesday 4 May 2021

1. Apologies

2. Minutes of the meeting held on 6 April 2021

3. Slipway repairs (Pages 3 - 9)

4. Ferry timetable
"""
REPORT = """# Saltmarsh Council

# Harbour Board

Meeting date: Tuesday 4 May 2021

Report title: Slipway repairs

Report by: Harbour Master

## Purpose

To agree repairs of the slipway.
"""
MINUTES = """# Saltmarsh Council

Minutes of the meeting of the Harbour Board held on Tuesday 4 May 2021

Present: Councillor A. Pike (Chair), Councillor B. Roach and Mrs C. Tench

In attendance: D. Gudgeon (Harbour Master)

## 12. APOLOGIES

There were none.

## 13. MINUTES

RESOLVED: That the minutes of the meeting held on 6 April 2021 be approved as a correct record.

## 14. SLIPWAY REPAIRS

The Board considered the report.

RESOLVED: That the slipway be repaired before the winter.

## 15. LANTERNS

RESOLVED: That two lanterns be bought.
"""
LATER = MINUTES.replace("Tuesday 4 May 2021", "Tuesday 1 June 2021")


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("meetings")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        put(Path("papers"), board__agenda=AGENDA, board__slipway=REPORT, board__minutes=MINUTES, board__june=LATER)
        run(folder / "archive")
    with Archive.open(folder / "archive") as archive:
        yield archive


@pytest.fixture(scope="module")
def may(harbour: Archive) -> MeetingSheet:
    day = next(day for day in calendar.held(harbour.papers(), harbour.decisions())[BODY] if day and day.month == 5)
    made = sheet(harbour, BODY, day)
    assert made
    return made


def told(item: Item) -> tuple[str, str, str, list[str], list[str]]:
    minute = item.minute.number if item.minute else ""
    return (
        item.number,
        item.title,
        minute,
        [one.title for one in item.reports],
        [r.decision.text for r in item.decisions],
    )


def test_a_meeting_is_its_agenda_with_the_report_minute_and_decision_of_each_item(may: MeetingSheet) -> None:
    assert [told(item) for item in may.items] == [
        ("1", "Apologies", "12", [], []),
        (
            "2",
            "Minutes of the meeting held on 6 April 2021",
            "13",
            [],
            ["RESOLVED: That the minutes of the meeting held on 6 April 2021 be approved as a correct record."],
        ),
        (
            "3",
            "Slipway repairs",
            "14",
            ["Slipway repairs"],
            ["RESOLVED: That the slipway be repaired before the winter."],
        ),
        ("", "LANTERNS", "15", [], ["RESOLVED: That two lanterns be bought."]),
        ("4", "Ferry timetable", "", [], []),
    ]
    assert [one.paper.path for one in may.agendas] == ["papers/board/agenda.md"]
    assert [one.paper.path for one in may.minutes] == ["papers/board/minutes.md"]
    assert (may.earlier, may.later and may.later.isoformat()) == (None, "2021-06-01")
    assert may.lacking == ()


def test_who_was_there_is_told_word_for_word(may: MeetingSheet) -> None:
    assert may.attendance
    assert may.attendance.text == (
        "Present: Councillor A. Pike (Chair), Councillor B. Roach and Mrs C. Tench\n"
        "In attendance: D. Gudgeon (Harbour Master)"
    )
    assert [(one.name, one.role, one.group) for one in may.attendance.people] == [
        ("Councillor A. Pike", "Chair", "present"),
        ("Councillor B. Roach", "", "present"),
        ("Mrs C. Tench", "", "present"),
        ("D. Gudgeon", "Harbour Master", "in attendance"),
    ]


def test_minutes_in_another_meetings_pack_are_the_meetings_own_and_what_is_not_held_is_said(tmp_path: Path) -> None:
    april, july = meeting("2014-04-22"), meeting("2016-07-09")
    pack = minutes("pack.pdf", april, [("46", "Ferry fares", "RESOLVED so.")], printed=july)
    library, _ = made(tmp_path / "archive", pack, report("fares.pdf", "Ferry fares", july, purpose="Of fares."))
    body = april.authority, april.board
    first, second = sheet(library, body, april.date), sheet(library, body, july.date)
    assert first
    assert second
    assert [told(item) for item in first.items] == [("", "Ferry fares", "46", [], ["RESOLVED so."])]
    assert [(one.paper.path, one.page) for one in first.minutes] == [("pack.pdf", 1)]
    assert first.lacking == ("Neither its agenda nor its pack is in the archive.",)
    assert [one.paper.path for one in second.others] == ["fares.pdf", "pack.pdf"]
    assert second.lacking[0].startswith("The minutes of this meeting of Cabinet (Ashshire County Council) are not")
    assert (first.earlier, first.later, second.earlier) == (None, july.date, april.date)
    assert sheet(library, body, meeting("2001-01-01").date) is None


def test_an_agenda_is_read_without_its_page_numbers_and_nothing_else_is_taken_for_it() -> None:
    lines = [
        "1.\tAPOLOGIES\tPages",
        "To receive apologies.",
        "2 Minutes 7 - 10",
        "3. Weir (Pages 11 - 20)",
        "2016 was dry",
    ]
    assert agenda_items(lines) == (
        AgendaItem("1", "APOLOGIES"),
        AgendaItem("2", "Minutes"),
        AgendaItem("3", "Weir"),
    )


def test_a_report_goes_to_the_item_of_its_reference_or_title_and_else_to_none(may: MeetingSheet) -> None:
    paper = replace(may.agendas[0].paper, kind="report", path="x.pdf")
    placed = items([AgendaItem("5", "24/00108 - Budget"), AgendaItem("6", "Harbour dues and mooring fees")], [])
    reports = [
        Printed("Key Service Statement", replace(paper, path="24-00108 - Appendix.pdf")),
        Printed("Mooring fees and harbour dues for 2022", paper),
        Printed("Lanterns", paper, number="6"),
    ]
    assert [one.title for one in place_reports(placed, reports)] == ["Lanterns"]
    assert [[one.title for one in item.reports] for item in placed] == [[reports[0].title], [reports[1].title]]


@pytest.fixture
def app(harbour: Archive, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(opened, "archive", lambda: harbour)
    monkeypatch.setattr(opened, "engine", lambda: Engine(harbour, TinyEncoder()))
    return AppTest.from_file(str(FRAME), default_timeout=30).run()


def at(app: AppTest, page: str, **query: str) -> str:
    for name in list(app.query_params):
        del app.query_params[name]
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(page).run()
    assert not app.exception
    return "\n".join(one.body for one in app.get("html"))


def test_the_page_of_a_meeting_is_addressed_by_body_and_date(app: AppTest) -> None:
    said = at(app, "meeting.py", authority=BODY[0], board=BODY[1], date="2021-05-04")
    assert app.title[0].value == "Harbour Board\\, 4 May 2021"
    assert app.info[0].value == "5 items\\, 3 decisions\\. Draft minutes\\."
    assert said.index("<h2>3. Slipway repairs</h2>") < said.index("<h2>LANTERNS</h2>") < said.index("<h2>4. Ferry")
    assert "date=2021-06-01" in said
    assert '<a href="body?authority=Saltmarsh+Council&amp;board=Harbour+Board">Harbour Board</a>' in said
    assert "papers/board" not in said  # papers have the names that the council gives them
    said = at(app, "body.py", authority=BODY[0], board=BODY[1])
    assert '&amp;date=2021-05-04">4 May 2021</a>: 3 papers, 3 decisions</li>' in said


@pytest.mark.parametrize("page", ["meeting.py", "body.py"])
def test_an_address_that_names_no_board_shows_all_of_them(app: AppTest, page: str) -> None:
    said = at(app, page)
    assert not app.warning
    assert '<a href="body?authority=Saltmarsh+Council&amp;board=Harbour+Board">' in said


@pytest.mark.parametrize("query", [{"board": "Moon"}, {"authority": BODY[0], "board": BODY[1], "date": "<b>"}])
def test_a_meeting_or_board_that_is_not_held_is_told(app: AppTest, query: dict[str, str]) -> None:
    at(app, "meeting.py", **query)
    assert "holds no meeting of" in app.warning[0].value
    at(app, "body.py", **(query | {"board": "Moon"}))
    assert "no board called “Moon”" in app.warning[0].value


def test_the_command_and_the_server_give_the_same_meeting(
    harbour: Archive, may: MeetingSheet, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(harbour.folder)
    assert main(["meeting", "--board", "harbour board", "--date", "2021-05-04", "--json", "--archive", folder]) == 0
    wanted = json.loads(capsys.readouterr().out)
    assert wanted == json.loads(json.dumps(to_json(may)))
    assert main(["meeting", "--board", "Harbour Board", "--date", "2021-05-04", "--archive", folder]) == 0
    assert "3 Slipway repairs" in capsys.readouterr().out
    assert main(["meeting", "--board", "Moon", "--date", "2021-05-04", "--archive", folder]) == 2
    handles = json_routes.Handles(lambda: harbour, lambda: harbour)  # type: ignore[arg-type, return-value]
    client = TestClient(Starlette(routes=json_routes.routes(handles, Rate(1_000, 1_000))))
    got = client.get("/api/meeting", params={"board": "Harbour Board", "date": "2021-05-04"})
    assert (got.status_code, got.json()) == (200, wanted)
    assert client.get("/api/meeting", params={"board": "Harbour Board", "date": "2021-05-05"}).status_code == 422
    assert client.get("/api/meeting", params={"board": "Harbour Board", "date": "May"}).status_code == 422
