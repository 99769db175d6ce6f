"""People in public roles, read from fictional minutes and reports' heads; names that may be another's are nobody's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from indexer.archive import Archive, people_of
from indexer.errors import ArchiveDamaged, BadArguments
from indexer.text import names
from search.__main__ import main
from search.engine import Engine
from search.people import answering, attendance, hidden, offices, profile, register
from search.question.follow_up import Carried, Earlier
from search.views import opened
from search.views.api import json_routes
from search.views.guard.requests import Rate
from tests.makers.index_maker import TinyEncoder, put, run
from tests.meetings.test_meeting_pages import at

FRAME = Path(__file__).resolve().parents[2] / "search" / "views" / "pages" / "frame.py"
MINUTES = """# Saltmarsh Council

Minutes of the meeting of the {board} held on {day}

{present}

## 12. SLIPWAY

RESOLVED: That the slipway be repaired before the winter. Moved by Councillor Roach and seconded by Cllr Pike.
"""
REPORT = """From: Dora Sole, Leader of the Council

Kit Brill, Director of Harbours

To: Harbour Board, Tuesday 4 May 2021

Subject: Slipway repairs

## Purpose

To agree repairs of the slipway to the Harbour Board of Saltmarsh Council on 4 May 2021.
"""
MAY = (
    "Present: Councillor A. Pike (Chair), Councillor Brian Roach, Mrs C. Tench and Miss D. Tench\n\n"
    "In attendance: Mr K. Brill (Director of Harbours), L. Dab (Assistant Clerk), Mr Q. Bream (resident)"
)
JUNE = "Present: Cllr B Roach (in the Chair) and Mrs Tench\n\nApologies: Councillor Anne Pike"


def archive_of(folder: Path, **papers: str) -> Archive:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        put(Path("papers"), **papers)
        run(folder / "archive")
    return Archive.open(folder / "archive")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    may = MINUTES.format(board="Harbour Board", day="Tuesday 4 May 2021", present=MAY)
    june = MINUTES.format(board="Harbour Board", day="Tuesday 1 June 2021", present=JUNE)
    with archive_of(tmp_path_factory.mktemp("people"), may=may, june=june, report=REPORT) as archive:
        yield archive


def read(text: str) -> list[tuple[str, str, str]]:
    return [(one.name, one.role, one.group) for one in attendance.attendees(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "PRESENT: Mr R W Dace (Chairman), Mrs S Ling, OBE, Dr P Orfe and Ms L Rudd",
            ["Mr R W Dace|Chairman", "Mrs S Ling|", "Dr P Orfe|", "Ms L Rudd|"],
        ),
        ("Members present:\nCllr Ann Hake\tLeader of the Council\nJo Smelt\tDirector of Ports", [
            "Cllr Ann Hake|Leader of the Council", "Jo Smelt|Director of Ports"]),
        ("Present:\nMr M Char Director for harbours\nMs J Barb Fishwatch Saltmarsh", [
            "Mr M Char|Director for harbours", "Ms J Barb|Fishwatch Saltmarsh"]),
        ("Present: Cllr Ray (Harbour\nCouncil) (Vice\nChairman)", ["Cllr Ray|Harbour Council; Vice Chairman"]),
        ("Chair: Councillor P Gar\nMembers: Councillors T Ide and U Bass", [
            "Councillor P Gar|Chair", "Councillors T Ide|", "U Bass|"]),
        ("Present: Cllr Amy Parr (Mayor), Cllr Bo Shad and 12 other members, whose names are in the book.", [
            "Cllr Amy Parr|Mayor", "Cllr Bo Shad|"]),
        ("Members Present:-Councillors: Amy Parr (Chair) and Theo Forde", ["Amy Parr|Chair", "Theo Forde|"]),
        ("Present: Dr Andrew Gill, Chair (AG) Bo Shad (BS) Ida Ling, Treasurer (IL)", [
            "Dr Andrew Gill|Chair", "Bo Shad|", "Ida Ling|Treasurer"]),
        ("Attendees\tAmy Parr (Chair), Bo Shad (Vice Chair)\nInvited\tIda Ling (Clerk)", [
            "Amy Parr|Chair", "Bo Shad|Vice Chair", "Ida Ling|Clerk"]),
        ("PRESENT\tRob Dory (Chair) Gus Cod Pat Eel\tRD GC PE", ["Rob Dory|Chair", "Gus Cod|", "Pat Eel|"]),
        ("Present: Amy Parr AP Bo Shad BS\nIda Ling (Harbour) IL\nThe meeting was chaired by BS.", [
            "Amy Parr|", "Bo Shad|", "Ida Ling|Harbour", "Bo Shad|Chair"]),
    ],
)  # fmt: skip
def test_lists_of_those_present_are_read_in_the_forms_in_which_they_are_printed(text: str, told: list[str]) -> None:
    assert [f"{name}|{role}" for name, role, _ in read(text)] == told


@pytest.mark.parametrize(
    "text",
    [
        "PRESENT\tRob Dory (Chair) Gus Cod Pat Eel\tRD GC PX",
        "Present: Councillor Perch left the meeting, Mr Carp was unwell.",
        "The members had before them: the agenda, the minutes of Mr Tope",
        "Six residents attended. Anna Koi chaired the meeting.",
        "Apologies",
    ],
)
def test_what_cannot_be_read_as_a_list_names_nobody(text: str) -> None:
    assert read(text) == []


def test_a_table_of_members_on_a_front_sheet_is_read_row_by_row_and_nothing_of_a_row_with_two_names() -> None:
    text = (
        "Ask for:\tKit Brill\nVoting Members\nCabinet Member for Harbours\tBo Shad (Chairman)\nLeader of the Council\t"
        "Ann Hake\nChairman\tCouncillor GJ Pike\tCouncillor JW Roach\nAgenda\nClerk\tJo Smelt"
    )
    assert [(one.name, one.role, text[one.start : one.end]) for one in attendance.members(text)] == [
        ("Bo Shad", "Chairman; Cabinet Member for Harbours", "Cabinet Member for Harbours\tBo Shad (Chairman)"),
        ("Ann Hake", "Leader of the Council", "Leader of the Council\tAnn Hake"),
    ]


def test_attendance_apologies_and_members_are_told_apart() -> None:
    attendees = "Attendees: Cllr Bo Shad\nInvited: Jo Smelt (Clerk)"
    assert [group for _, _, group in read(attendees)] == ["present", "in attendance"]
    text = "Present: Cllr Ann Hake\nAlso in attendance: Jo Smelt (Clerk)\nApologies: Cllr Bo Shad"
    assert [(name, group) for name, _, group in read(text)] == [
        ("Cllr Ann Hake", "present"),
        ("Jo Smelt", "in attendance"),
        ("Cllr Bo Shad", "apologies"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Councillor PM Morgan", "Cllr Patricia Morgan", True),
        ("Mr P. M. Morgan", "Morgan", True),
        ("Mrs Morgan", "Mr Morgan", False),
        ("Peter Morgan", "Patricia Morgan", False),
        ("Councillor O’Dace", "Cllr O'Dace", True),
        ("Anne Reed", "Anne Marsh", False),
        ("Sir Bo Shad, OBE", "Bo Shad", True),
    ],
)
def test_names_agree_with_and_without_title_and_initials(one: str, other: str, same: bool) -> None:
    first, second = names.name(one), names.name(other)
    assert first
    assert second
    assert names.agree(first, second) is same
    assert names.agree(second, first) is same


@given(st.text(max_size=60))
def test_any_text_is_a_name_that_agrees_with_itself_or_none(text: str) -> None:
    part = names.name(text)
    assert part is None or names.agree(part, part)
    attendance.attendees(f"Present: {text}")


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("Chairman", {"chair"}),
        ("Herefield Council; Vice Chairman", {"vice-chair"}),
        ("in the Chair", {"chair"}),
        ("Leader and Chairman", {"leader", "chair"}),
        ("Leader of the Council, Ashshire Council", {"leader"}),
        ("Deputy Leader and Cabinet Member for Finance", {"deputy leader"}),
        ("Chair of Fishwatch", set()),
        ("Leader of the Green Group", set()),
    ],
)
def test_an_office_is_read_from_the_role_and_the_chair_of_another_body_is_none(role: str, told: set[str]) -> None:
    assert offices.offices(role) == told


def test_members_and_who_signs_reports_are_people_and_nobody_else_is(town: Archive) -> None:
    every = profile.everybody(town)
    assert [(one.name, len(one.sightings)) for one in every] == [
        ("Kit Brill", 2),
        ("Councillor Anne Pike", 2),
        ("Councillor Brian Roach", 2),
        ("Dora Sole", 1),
        ("Mrs C. Tench", 1),  # "Mrs Tench" of June may be either
        ("Miss D. Tench", 1),
    ]
    assert register.named(every, "cllr roach") is every[2]
    assert register.named(every, "Tench") is None
    assert register.named(every, "C Tench") is every[4]


def test_a_profile_has_offices_attendance_and_motions_each_with_its_place(town: Archive) -> None:
    told = profile.to_json(profile.of_name(town, "Brian Roach"))
    assert [(one["role"], one["body"], one["first"]) for one in told["offices"]] == [
        ("in the Chair", "Harbour Board (Saltmarsh Council)", "2021-06-01")
    ]
    assert [(one["meeting_date"], one["file"]) for one in told["attended"]] == [
        ("2021-06-01", "papers/june.md"),
        ("2021-05-04", "papers/may.md"),
    ]
    pike = profile.to_json(profile.of_name(town, "Cllr Pike"))
    assert [one["meeting_date"] for one in pike["apologies"]] == ["2021-06-01"]
    assert ([len(one["moved"]) for one in (told, pike)], [len(one["seconded"]) for one in (told, pike)]) == (
        [2, 0],
        [0, 2],
    )
    with pytest.raises(BadArguments, match="may be several people"):
        profile.of_name(town, "Tench")
    with pytest.raises(BadArguments, match="not printed in a public role"):
        profile.of_name(town, "Mr Q. Bream")


@pytest.fixture(scope="module")
def engine(town: Archive) -> Engine:
    return Engine(town, TinyEncoder())


@pytest.mark.parametrize(
    ("question", "head", "quoted"),
    [
        (
            "Who chaired the Harbour Board in May 2021?",
            "Chair of Harbour Board (Saltmarsh Council) on 4 May 2021: Councillor A. Pike.",
            "Councillor A. Pike (Chair)",
        ),
        (
            "Who chairs the harbour board?",
            "Chair of Harbour Board (Saltmarsh Council) on 1 June 2021: Cllr B Roach.",
            "Cllr B Roach (in the Chair)",
        ),
        ("Who is the director of harbours?", "Director of Harbours on 4 May 2021: Mr K. Brill.", None),
        (
            "Who attended on 1 June 2021?",
            "Present at Harbour Board (Saltmarsh Council) on 1 June 2021.",
            "Present: Cllr B Roach (in the Chair) and Mrs Tench",
        ),
        (
            "Who are the members of the Harbour Board?",
            "Present at Harbour Board (Saltmarsh Council) on 1 June 2021.",
            "Present: Cllr B Roach (in the Chair) and Mrs Tench",
        ),
        (
            "Who is Dora Sole?",
            "Leader of Saltmarsh Council on 4 May 2021: Dora Sole.",
            "Dora Sole, Leader of the Council",
        ),
        (
            "Who sent apologies on 1 June 2021?",
            "Apologies sent to Harbour Board (Saltmarsh Council) on 1 June 2021.",
            "Councillor Anne Pike",
        ),
    ],
)
def test_who_is_answered_by_the_words_that_print_it(
    engine: Engine, question: str, head: str, quoted: str | None
) -> None:
    answered = engine.ask(question)
    assert answered.status == "answered"
    assert answered.head
    assert answered.head.text.startswith(head)
    assert quoted is None or [one.text for one in answered.answer] == [quoted]
    for one in answered.answer:
        paper = answered.hits[one.hit - 1].stored.paper
        assert one.text in "\n".join(
            engine.library.plain_page(paper.id, n).text for n in range(1, paper.page_count + 1)
        )  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("without", "question", "quoted"),
    [
        ((), "Who attended in June 2021?", ["Present: Cllr B Roach (in the Chair) and Mrs Tench"]),
        (("period",), "Who attended in June?", None),
    ],
)
def test_a_month_without_a_year_is_the_latest_of_which_a_meeting_is_held_and_can_be_left_out(
    engine: Engine, without: tuple[str, ...], question: str, quoted: list[str] | None
) -> None:
    earlier = Earlier((), frozenset(without))
    put = engine.put("Who attended in June?", earlier)
    carried = () if without else (Carried("period", "June 2021"),)
    assert (put.question, put.carried) == (question, carried)
    answered = engine.ask("Who attended in June?", earlier=earlier)
    assert quoted is None or [one.text for one in answered.answer] == quoted


@pytest.mark.parametrize(
    "question", ["May residents speak?", "Who attended in August?", "Is the slipway shut in June?"]
)
def test_a_month_is_given_no_year_where_none_is_held_or_no_meeting_is_asked_for(engine: Engine, question: str) -> None:
    assert engine.put(question, Earlier()).question == question


def test_who_holds_a_post_is_not_said_by_words_that_name_nobody_in_it(tmp_path: Path) -> None:
    text = MINUTES.format(board="Harbour Board", day="Tuesday 4 May 2021", present="Present: Gus Cod and Ida Ling")
    told = "Gus Cod said that the Treasurer's account of the Harbour Board holds a balance for the slipway.\n\n"
    with archive_of(tmp_path, may=f"{text}\n{told}" * 2) as town:
        answered = Engine(town, TinyEncoder()).ask("Who is the treasurer of the Harbour Board?")
    assert (answered.status, answered.answer) == ("not_found", ())


def test_who_chairs_another_body_in_a_report_to_a_board_is_not_in_its_chair(tmp_path: Path) -> None:
    trust = (
        "Those who came to the board of the Trust in 2021 were the following:\n\nIda Ling (Vice-chair), 2 of 5 meetings"
    )
    text = REPORT.replace("Kit Brill, Director of Harbours\n\n", "")
    with archive_of(tmp_path, may=f"{text}\n{trust}\n" * 2) as town:
        answered = Engine(town, TinyEncoder()).ask("Who was vice-chair of the board in May 2021?")
    assert (answered.status, answered.answer) == ("not_found", ())


def test_who_is_to_chair_a_working_group_of_another_board_is_not_in_the_chair_of_the_board_asked_for(
    tmp_path: Path,
) -> None:
    listed = "Present: Gus Cod and Ida Ling"
    harbour = MINUTES.format(board="Harbour Board", day="Tuesday 4 May 2021", present=listed)
    lights = MINUTES.format(board="Lighthouse Committee", day="Tuesday 1 June 2021", present=listed)
    group = "RESOLVED: That a working group on lighthouses be set up, to be chaired by Cllr Brian Roach.\n"
    with archive_of(tmp_path, may=f"{harbour}\n## 13. LIGHTHOUSES\n\n{group}", june=lights) as town:
        answered = Engine(town, TinyEncoder()).ask("Who chaired the Lighthouse Committee in 2021?")
    assert (answered.status, answered.answer) == ("not_found", ())


def test_a_list_in_columns_that_cannot_be_quoted_is_said_to_be_there(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "pieces", lambda *parts: ())
    answered = Engine(engine.library, TinyEncoder()).ask("Who attended on 1 June 2021?")
    assert answered.status == "not_found"
    assert answered.listed
    (said,) = answered.listed.lacking
    assert said.endswith("cannot be quoted in one piece: Harbour Board (Saltmarsh Council), 1 June 2021, Minutes.")


def test_apologies_that_are_an_item_of_the_minutes_are_those_of_the_meeting_that_is_named(tmp_path: Path) -> None:
    papers = {}
    for month, absent in (("May", "Apologies were sent by Amy Parr."), ("June", "Bo Shad (BS) and Ida Ling (IL)")):
        text = MINUTES.format(board="Harbour Board", day=f"Tuesday 4 {month} 2021", present="Present: Gus Cod")
        seats = "Who sent seats to the Harbour Board was asked by all members of the Harbour Board."
        papers[month.lower()] = f"{text}\n## 13. APOLOGIES FOR ABSENCE\n\n{absent}\n\n## 14. SEATS\n\n{seats}\n"
    with archive_of(tmp_path, **papers) as town:
        answered = Engine(town, TinyEncoder()).ask("Who sent apologies to the Harbour Board in June 2021?")
    assert [one.text for one in answered.answer] == ["Bo Shad (BS) and Ida Ling (IL)"]


def test_who_is_in_the_chair_is_the_last_one_elected_where_no_list_prints_it(tmp_path: Path) -> None:
    papers = {}
    for year, name in ((2020, "Amy Parr"), (2021, "Bo Shad")):
        text = MINUTES.format(
            board="Harbour Board", day=f"Tuesday 4 May {year}", present="Present: Gus Cod and Ida Ling"
        )
        papers[f"may{year}"] = f"{text}\n## 1. ELECTION\n\nRESOLVED: That Councillor {name} be elected as Chairman.\n"
    with archive_of(tmp_path, **papers) as town:
        answered = Engine(town, TinyEncoder()).ask("Who is the chair of the Harbour Board?")
    assert [one.text for one in answered.answer] == ["RESOLVED: That Councillor Bo Shad be elected as Chairman."]
    assert answered.head
    assert "on 4 May 2021" in answered.head.text


def test_who_was_in_the_chair_is_read_from_an_item_of_the_minutes_where_no_list_prints_it(tmp_path: Path) -> None:
    papers = {}
    for year, said in ((2020, "Amy Parr (Chair)"), (2021, "Ida Ling Chair)"), (2022, "Gus Cod (Chair) of Healthwatch")):
        text = MINUTES.format(board="Harbour Board", day=f"Tuesday 4 May {year}", present="Present: all members")
        papers[f"may{year}"] = (
            f"{text}\n## 4. ANNUAL REPORT\n\n{said} and Bo Shad (Clerk) spoke of the mole at length.\n"
        )
    with archive_of(tmp_path, **papers) as town:
        engine = Engine(town, TinyEncoder())
        asked = [engine.ask(f"Who chaired the Harbour Board in {year}?") for year in (2020, 2021, 2022)]
        both = engine.ask("Who chaired the Harbour Board in 2020 and who in 2021?")
        later = engine.ask("Who chaired the Harbour Board in 2020 and in 2022?")
    assert [[one.text for one in answered.answer] for answered in asked[:2]] == [
        ["Amy Parr (Chair) and Bo Shad (Clerk) spoke of the mole at length."],
        ["Ida Ling Chair) and Bo Shad (Clerk) spoke of the mole at length."],
    ]
    heads = [answered.head.said("person") if answered.head else "" for answered in asked]
    assert heads == ["Amy Parr", "Ida Ling", ""]
    assert [one.text.split(" and ")[0] for one in both.answer] == ["Amy Parr (Chair)", "Ida Ling Chair)"]
    assert (both.note, later.note) == ("", "Nobody was found for 2022.")


@pytest.mark.parametrize(
    "question",
    ["Who is Mr Bream?", "Who is the leader of the opposition?", "Who chaired the review?", "What did Pike move?"],
)
def test_other_questions_are_not_answered_by_the_register_of_people(engine: Engine, question: str) -> None:
    head = engine.ask(question).head
    assert head is None or not head.said("role")


def test_a_name_that_is_hidden_is_in_no_list_profile_or_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    may = MINUTES.format(board="Harbour Board", day="Tuesday 4 May 2021", present=MAY)
    archive = archive_of(tmp_path, may=may)
    folder, engine = str(archive.folder), Engine(archive, TinyEncoder())
    assert engine.ask("Who chaired the Harbour Board in May 2021?").head
    assert main(["people", "--hide", "Cllr Pike", "--archive", folder]) == 0
    assert "Pike" not in [one.name for one in profile.everybody(archive)]
    head = engine.ask("Who chaired the Harbour Board in May 2021?").head
    assert head is None or not head.said("role")
    monkeypatch.setattr(opened, "archive", lambda: archive)
    monkeypatch.setattr(opened, "engine", lambda: engine)
    app = AppTest.from_file(str(FRAME), default_timeout=30).run()
    for page, query in (
        ("people.py", {}),
        ("people.py", {"name": "A. Pike"}),
        ("meeting.py", {"authority": "Saltmarsh Council", "board": "Harbour Board", "date": "2021-05-04"}),
    ):
        links = [part.split("</a>")[0] for part in at(app, page, **query).split('href="people?')[1:]]
        assert links
        assert not any("Pike" in link for link in links)
    assert main(["people", "--json", "--archive", folder]) == 0
    assert "Pike" not in capsys.readouterr().out
    assert main(["people", "--name", "Pike", "--archive", folder]) == 2
    assert main(["people", "--show", "Councillor A. Pike", "--archive", folder]) == 0
    assert main(["people", "--name", "Pike", "--archive", folder]) == 0
    assert main(["people", "--hide", "12", "--archive", folder]) == 2
    people_of(archive.folder).write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(ArchiveDamaged, match="line 1"):
        hidden.of(archive)


def test_a_recorded_vote_counts_for_who_is_listed_and_only_if_all_are(tmp_path: Path) -> None:
    vote = (
        "\n## 13. WEIR\n\nOn being put to a recorded vote: For 2, Against 1.\n\n"
        "For (2): Councillors A. Pike and Brian Roach.\n\nAgainst (1): Mrs C. Tench.\n\n"
        "RESOLVED: That the weir be mended.\n\n"
        "## 14. LOCK\n\nFor: Councillor Brian Roach. Against: Councillor A. Pike.\n\n"
        "The motion was carried: For 3, Against 1.\n\nRESOLVED: That the lock be mended.\n"
    )
    may = MINUTES.format(board="Harbour Board", day="Tuesday 4 May 2021", present=MAY)
    archive = archive_of(tmp_path, may=may + vote)
    sides = [
        [(side, row.decision.item) for row, side in profile.of_name(archive, name).voted]
        for name in ("Roach", "C Tench")
    ]
    assert sides == [[("for", "13")], [("against", "13")]]


def test_the_page_and_the_server_show_the_same_people(
    town: Archive, engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(opened, "archive", lambda: town)
    monkeypatch.setattr(opened, "engine", lambda: engine)
    app = AppTest.from_file(str(FRAME), default_timeout=30).run()
    app.query_params["q"] = "harbours"
    app.switch_page("people.py").run()
    assert not app.exception
    assert app.success[0].value == "1 person, by surname."
    del app.query_params["q"]
    app.query_params["name"] = "cllr roach"
    app.switch_page("people.py").run()
    assert app.title[0].value == "Councillor Brian Roach"
    assert app.info[0].value == "As printed in the papers of this archive: 2 meetings attended, 2 motions moved."
    said = "\n".join(one.body for one in app.get("html"))
    assert "in the Chair, Harbour Board (Saltmarsh Council), as printed 1 June 2021" in said
    handles = json_routes.Handles(lambda: town, lambda: town)  # type: ignore[arg-type, return-value]
    client = TestClient(Starlette(routes=json_routes.routes(handles, Rate(1_000, 1_000))))
    got = client.get("/api/person", params={"name": "Roach"})
    assert main(["people", "--name", "Roach", "--json", "--archive", str(town.folder)]) == 0
    assert (got.status_code, got.json()) == (200, json.loads(capsys.readouterr().out))
    every = client.get("/api/people", params={"authority": "saltmarsh council"}).json()["people"]
    assert main(["people", "--json", "--archive", str(town.folder)]) == 0
    assert every == [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert client.get("/api/person", params={"name": "Tench"}).status_code == 422
