"""The log: what happened and where a bug came about, for whoever runs the program, and never a word of a paper."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from indexer import logs
from indexer.decisions import extract
from indexer.pipeline import discover, reading
from indexer.readers import pool
from search.views.api import json_routes
from search.views.guard.requests import HEADER, NumberedRequests
from tests.conftest import ROOT
from tests.makers.index_maker import minutes, put, run

PLANTED = "Quillfeather bought the depot"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A log file; standard error is set up anew as well, and both are let go afterwards."""
    path = tmp_path / "logs" / "ours.log"
    logs.set_up(0, path)
    yield path
    for name in ("indexer", "search"):
        logger = logging.getLogger(name)
        for handler in logger.handlers[:]:
            logger.removeHandler(handler)
            handler.close()
        logger.setLevel(logging.NOTSET)
    for name in logs._SERVERS:
        logging.getLogger(name).filters.clear()
    sys.excepthook = sys.__excepthook__


def broken(*_: object) -> None:
    """Fail as a bug of ours would, with words of a paper in what the error says."""
    raise KeyError(PLANTED)


def test_a_bug_is_logged_with_where_it_came_about_and_without_what_it_says(log: Path) -> None:
    try:
        try:
            broken()
        except KeyError as error:
            raise ValueError(PLANTED) from error
    except ValueError as error:
        logging.getLogger("indexer.anything").error("A bug", exc_info=error)
    said = log.read_text(encoding="utf-8")
    assert PLANTED not in said
    assert re.search(r"test_logs\.py\", line \d+, in broken\n    raise KeyError\(PLANTED\)\nKeyError", said)
    assert said.rstrip().endswith("ValueError")


def test_a_bug_while_decisions_are_taken_out_costs_them_alone_and_is_told_as_a_bug(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: Path
) -> None:
    put(tmp_path, quay=f"{minutes('the quay')}\n{PLANTED}.\n")
    file = tmp_path / "quay.md"
    monkeypatch.setattr(extract, "decisions", broken)
    found = reading.read_paper(file, "quay.md", discover.digest(file), {})
    assert isinstance(found, reading.Reading)
    assert [fault.reason for fault in found.faults] == [
        "decisions are missing through a fault of this program (KeyError), not of the paper"
    ]
    said = log.read_text(encoding="utf-8")
    assert "A bug while decisions were taken out of a paper: KeyError" in said
    assert "in broken" in said
    assert PLANTED not in said


def test_a_bug_in_a_worker_reaches_the_parents_log_and_the_ledger_says_whose_fault_it_is(
    tmp_path: Path, log: Path
) -> None:
    from tests.makers import pool_tasks

    with pool.Pool(pool_tasks.misbehave, 1) as working:
        found = {task.name: str(result) for task, result in working.run([pool.Task("a.pdf", ("surprise",), 60)])}
    assert re.fullmatch(
        r"a fault of this program, not of the paper: ZeroDivisionError at pool_tasks\.py:\d+; it was logged, "
        r"please report it",
        found["a.pdf"],
    )
    said = log.read_text(encoding="utf-8")
    assert "reading a.pdf: A bug while a paper was read: ZeroDivisionError" in said
    assert "in misbehave" in said


def test_a_run_over_papers_writes_no_word_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: Path) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "papers", quay=f"{minutes('the quay')}\n{PLANTED}.\n", lease=f"NOT FOR PUBLICATION\n\n{PLANTED}\n")
    logs.set_up(2, log)
    run(tmp_path / "archive")
    said = log.read_text(encoding="utf-8") if log.exists() else ""
    assert not any(word in said for word in ("Quillfeather", "RESOLVED", "Saltmarsh"))


def client(archive: object) -> TestClient:
    handles = json_routes.Handles(lambda: archive, lambda: archive)  # type: ignore[arg-type, return-value]
    return TestClient(Starlette(routes=json_routes.routes(handles), middleware=[Middleware(NumberedRequests)]))


def test_a_bug_under_a_route_is_500_with_the_number_that_the_log_has(log: Path) -> None:
    got = client(SimpleNamespace(paper=broken)).get(f"/api/papers/{'0' * 64}/pages/1")
    number = got.headers[HEADER]
    assert (got.status_code, got.json()) == (
        500,
        {"error": f"Something went wrong here that should not have. It was logged as {number}; please report it."},
    )
    said = log.read_text(encoding="utf-8")
    assert f" {number} indexer.logs: A bug: KeyError" in said
    assert f" {number} search.views.guard.requests: GET /api/papers/{{paper_id}}/pages/{{number:int}}: 500 in " in said
    assert PLANTED not in said


def test_the_log_of_requests_holds_no_question_and_no_key(log: Path) -> None:
    client(None).get("/api/ask", params={"q": "my own words", "nonsense": "1"})
    said = log.read_text(encoding="utf-8")
    assert "GET /api/ask: 422 in " in said
    assert "own" not in said


def page() -> None:
    """A page that meets a bug."""
    from contextlib import nullcontext
    from types import SimpleNamespace
    from unittest.mock import patch

    from search.views.widgets import access

    def draw(_: object) -> None:
        raise KeyError(" ".join(["Quillfeather", "bought"]))

    with patch("search.views.opened.archive", lambda: SimpleNamespace(snapshot=nullcontext)):
        access.show(draw)


def test_a_bug_under_a_page_is_told_in_one_line(log: Path) -> None:
    app = AppTest.from_function(page).run()
    assert re.fullmatch(
        r"Something went wrong here that should not have\. It was logged as [0-9a-f]{8}; please report it\.",
        app.error[0].value,
    )
    assert not app.exception
    assert "Quillfeather bought" not in log.read_text(encoding="utf-8")


def test_a_bug_of_a_command_is_one_line_and_where_it_came_about() -> None:
    program = (
        "import sys; from search import __main__ as command; from search.commands import listings\n"
        f"def broken(_): raise KeyError({PLANTED!r})\n"
        "listings.decisions = broken\n"
        "sys.exit(command.main(['decisions']))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("A bug of this program, KeyError: please report it with what follows\n")
    assert PLANTED not in done.stderr.replace(program, "")


@pytest.mark.usefixtures("log")
def test_more_is_said_with_v_and_nothing_of_it_without(capsys: pytest.CaptureFixture[str]) -> None:
    for verbose, wanted in ((0, ""), (1, "told")):
        logs.set_up(verbose)
        logging.getLogger("search.anything").info("told")
        assert capsys.readouterr().err.strip().endswith(wanted)
