"""Readers' reports of wrong answers: what is kept of them, and how they become judged questions."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indexer.archive import Archive
from indexer.errors import FeedbackError
from indexer.records import Filters
from search import evaluate, feedback
from search.__main__ import main
from search.engine import Engine
from search.views import opened
from tests.makers.matters_maker import archive, meeting, minutes

FRAME = Path(__file__).resolve().parents[2] / "search" / "views" / "pages" / "frame.py"
FARES = "RESOLVED that ferry fares rise by five per cent."
APRIL = meeting("2014-04-22")


@pytest.fixture
def held(tmp_path: Path) -> tuple[Archive, Engine]:
    library, encoder = archive(
        tmp_path / "archive",
        minutes(
            "april.pdf", APRIL, [("46", "Ferry fares", FARES), ("47", "Harbour lights", "RESOLVED that lamps stay.")]
        ),
    )
    return library, Engine(library, encoder)  # type: ignore[arg-type]


def test_a_report_holds_the_question_and_places_and_no_word_of_a_paper(
    held: tuple[Archive, Engine], tmp_path: Path
) -> None:
    library, engine = held
    answered = engine.ask("ferry fares")
    filters = Filters(boards=("Cabinet",))
    one = feedback.report(answered, filters, "place", "  The  lamps ", answered.hits[0], library)
    feedback.keep(tmp_path / "new" / "reports.jsonl", one)
    assert feedback.reports(tmp_path / "new" / "reports.jsonl") == (one,)
    assert (one.question, one.remark, one.filters) == ("ferry fares", "The lamps", {"board": ("Cabinet",)})
    assert "five per cent" not in (tmp_path / "new" / "reports.jsonl").read_text(encoding="utf-8")
    with library.snapshot() as state:
        assert one.archive == f"{state.archive}:{state.generation}"


def test_reports_become_judged_questions_that_evaluate_reads(held: tuple[Archive, Engine], tmp_path: Path) -> None:
    library, engine = held
    answered = engine.ask("ferry fares")
    right = next(hit for hit in answered.hits if "five per cent" in hit.text)
    found = [
        feedback.report(answered, Filters(), "nothing", "", None, library),
        feedback.report(answered, Filters(), "place", "", right, library),
        feedback.report(answered, Filters(), "other", "unclear", None, library),
    ]
    rows = list(feedback.judged(found, library))
    assert [row["type"] for row in rows] == ["unanswerable", "reader"]
    (evidence,) = rows[1]["evidence"]
    assert (evidence["file"], evidence["page"]) == ("april.pdf", 1)
    assert FARES in evidence["quote"]
    gold = tmp_path / "readers.jsonl"
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    measures = evaluate.measure(evaluate.read_gold(gold), engine.ask)
    assert measures["hit@5"] == [1.0]
    assert len(measures["refused_unanswerable"]) == 1


def test_a_place_that_was_withdrawn_is_no_evidence_any_more(held: tuple[Archive, Engine], tmp_path: Path) -> None:
    library, engine = held
    answered = engine.ask("ferry fares")
    found = [feedback.report(answered, Filters(), "place", "", answered.hits[0], library)]
    other, _ = archive(tmp_path / "other", minutes("may.pdf", meeting("2014-05-22"), [("1", "Roads", "RESOLVED so.")]))
    assert list(feedback.judged(found, other)) == []


def test_a_line_cut_short_by_a_kill_is_left_out_and_a_damaged_one_is_named(
    held: tuple[Archive, Engine], tmp_path: Path
) -> None:
    library, engine = held
    file = tmp_path / "reports.jsonl"
    one = feedback.report(engine.ask("ferry fares"), Filters(), "other", "", None, library)
    feedback.keep(file, one)
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:40])
    assert feedback.reports(file) == (one,)
    file.write_bytes(b"{}\n" + whole)
    with pytest.raises(FeedbackError, match=re.escape(f"{file} line 1 is not a report")):
        feedback.reports(file)


def test_the_command_lists_reports_and_refuses_without_a_file(
    held: tuple[Archive, Engine], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    library, engine = held
    monkeypatch.delenv(feedback.VARIABLE, raising=False)
    assert main(["feedback"]) == 2
    assert f"name one in {feedback.VARIABLE}" in capsys.readouterr().err
    file = tmp_path / "reports.jsonl"
    feedback.keep(file, feedback.report(engine.ask("ferry fares"), Filters(), "incomplete", "Lamps?", None, library))
    assert main(["feedback", "--file", str(file)]) == 0
    assert "something that belongs to the answer is missing\n  “Lamps?”" in capsys.readouterr().out


@pytest.mark.parametrize("place", [True, False])
def test_the_button_is_there_only_where_reports_have_a_place(
    held: tuple[Archive, Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, place: bool
) -> None:
    file = tmp_path / "reports.jsonl"
    monkeypatch.setenv(feedback.VARIABLE, str(file) if place else "")
    monkeypatch.setattr(opened, "archive", lambda: held[0])
    monkeypatch.setattr(opened, "engine", lambda: held[1])
    app = AppTest.from_file(str(FRAME), default_timeout=30)
    app.query_params["q"] = "ferry fares"
    app.run()
    assert not app.exception
    labels = [one.label for one in app.expander]
    assert ("This answer is wrong" in labels) is place
    if place:
        app.radio(key="report-reason").set_value("nothing")
        next(button for button in app.button if button.label == "Send").click().run()
        assert not app.exception
        assert [one.reason for one in feedback.reports(file)] == ["nothing"]
        assert "kept for those who look after this archive" in app.info[0].value
