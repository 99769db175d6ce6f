"""The Admin page: for whom it is there, what it does, and that every act is kept."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indexer.errors import BadArguments
from search.views import opened
from search.views.admin import jobs
from search.views.admin.jobs import Jobs
from tests.makers.index_maker import minutes, put

FRAME = Path(__file__).resolve().parents[2] / "search" / "views" / "pages" / "frame.py"
CLERK = "clerk@marlbridge.example"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(FRAME.parents[3]))
    monkeypatch.setenv(opened.READER_VARIABLE, "X-Reader")
    monkeypatch.setenv(opened.ADMINS_VARIABLE, f"{CLERK}, other@marlbridge.example")
    monkeypatch.setenv(opened.VARIABLE, "archive")
    return tmp_path


@pytest.mark.parametrize(
    ("headers", "named"),
    [
        ({"X-Reader": "Clerk@Marlbridge.example"}, CLERK),
        ({"X-Reader": "reader@marlbridge.example"}, ""),
        ({"X-Reader": ""}, ""),
        ({}, ""),
        ({"X-Other": CLERK}, ""),
    ],
)
def test_only_whom_the_sign_on_names_and_the_settings_list_is_an_admin(
    here: Path, headers: dict[str, str], named: str
) -> None:
    assert opened.admin(headers) == named


@pytest.mark.parametrize("variable", [opened.READER_VARIABLE, opened.ADMINS_VARIABLE])
def test_nobody_is_an_admin_until_both_settings_are_made(
    here: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.delenv(variable)
    assert opened.admin({"X-Reader": CLERK, "": CLERK}) == ""


def test_an_act_is_done_by_the_indexers_own_command_and_kept_with_who_and_when(here: Path) -> None:
    put(here / "papers", quay=minutes("the quay"))
    jobs = Jobs(here / "admin", Path("archive"))
    assert "board 'Harbour Board'" in jobs.act(CLERK, ["correct", "--board=Harbour Board", "--", "papers/quay.md"])
    with pytest.raises(BadArguments, match="no file goes by that name"):
        jobs.act(CLERK, ["correct", "--board=--archive", "--", "--help"])
    assert [(act.who, act.command.split()[0]) for act in jobs.acts()] == [(CLERK, "correct")] * 2
    assert jobs.acts()[0].at.endswith("+00:00")


def test_a_long_job_is_seen_running_and_done_and_a_second_one_waits(here: Path) -> None:
    jobs = Jobs(here / "admin", Path("archive"))
    assert jobs.current() is None
    jobs.start(CLERK, ["index", "nothing-here"])
    with pytest.raises(BadArguments, match="still running"):
        jobs.start(CLERK, ["index", "nothing-here"])
    for _ in range(600):
        job = jobs.current()
        assert job is not None
        if not job.running:
            break
        time.sleep(0.05)
    assert job.command == "index nothing-here"
    assert any("no such file or folder" in line for line in job.lines)


@pytest.mark.parametrize("name", ["../../evil.pdf", "a/b\\c.pdf", ".hidden.pdf", "x" * 300 + ".pdf"])
def test_a_paper_that_is_added_stays_below_the_papers_folder(here: Path, name: str) -> None:
    target = jobs.put(here / "papers", name, b"%PDF-1.4", date(2026, 3, 1))
    assert target.parent == here / "papers" / "added" / "2026-03-01"
    assert target.read_bytes() == b"%PDF-1.4"
    assert not target.name.startswith(".")


def test_a_file_that_is_no_paper_or_would_overwrite_another_is_refused(here: Path) -> None:
    jobs.put(here / "papers", "a.pdf", b"one", date(2026, 3, 1))
    assert jobs.put(here / "papers", "a.pdf", b"one", date(2026, 3, 1)).name == "a.pdf"
    with pytest.raises(BadArguments, match="another paper was added under this name"):
        jobs.put(here / "papers", "a.pdf", b"two", date(2026, 3, 1))
    with pytest.raises(BadArguments, match="no paper that can be read"):
        jobs.put(here / "papers", "run.exe", b"MZ", date(2026, 3, 1))


def test_the_page_is_not_there_for_readers(here: Path) -> None:
    app = AppTest.from_file(str(FRAME), default_timeout=30).run()
    assert not app.exception
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.switch_page("admin.py")


def test_an_admin_corrects_a_paper_on_the_page(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(here / "papers", quay=minutes("the quay"))
    monkeypatch.setattr(opened, "admin", lambda _: CLERK)
    app = AppTest.from_file(str(FRAME), default_timeout=60).run()
    app.switch_page("admin.py").run()
    assert not app.exception
    app.text_input(key="correct-paper").set_value("papers/quay.md")
    app.text_input(key="correct-board").set_value("Harbour Board")
    next(button for button in app.button if button.label == "Correct").click().run()
    assert not app.exception
    assert "Harbour Board" in (here / "papers" / "papers.csv").read_text(encoding="utf-8")
    assert [act.who for act in opened.jobs().acts()] == [CLERK]


def test_an_admin_takes_a_name_out_of_the_register_of_people_and_lets_it_in_again(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "admin", lambda _: CLERK)
    app = AppTest.from_file(str(FRAME), default_timeout=60).run()
    app.switch_page("admin.py").run()
    app.text_input(key="hide-name").set_value("Cllr Ann Example")
    next(button for button in app.button if button.label == "Take it out").click().run()
    assert not app.exception
    assert opened.hidden_people() == [("", "Cllr Ann Example")]
    app.button(key="show-0").click().run()
    assert not app.exception
    assert opened.hidden_people() == []
    assert [act.command for act in opened.jobs().acts()] == [
        "people --show Cllr Ann Example",
        "people --hide Cllr Ann Example",
    ]
