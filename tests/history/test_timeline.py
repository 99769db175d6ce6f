"""Timelines: everything on a topic over the years and boards, each item once, and nothing that merely lies near."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import BadArguments
from indexer.records import Filters, Reading
from search import __main__ as command
from search.engine import Engine
from search.history.timeline import Timeline, timeline
from tests.makers.matters_maker import archive, meeting, minutes, report

SPRING, AUTUMN = meeting("2014-04-22"), meeting("2016-10-19")
SCRUTINY = meeting("2015-02-03", "Scrutiny Committee")
DECIDED = minutes("spring.pdf", SPRING, [("46", "Ferry fares", "RESOLVED that they rise."), ("47", "Bins", "NOTED.")])
REPORT = report("scrutiny.pdf", "Ferry fares", SCRUTINY, purpose="To explain the ferry fares of the estuary.")
LATER = minutes("autumn.pdf", AUTUMN, [("85", "Ferry fares", "Discussed.")])
BINS = report("bins.pdf", "Household waste", SCRUTINY, purpose="To change how often sacks are collected.")


def ask(folder: Path, topic: str, *readings: Reading, filters: Filters | None = None) -> Timeline:
    library, encoder = archive(folder / "archive", *readings)
    return timeline(Engine(library, encoder), topic, filters)  # type: ignore[arg-type]


def told(timeline: Timeline) -> list[tuple[str, str, str, str]]:
    return [(str(one.when), one.kind, one.meeting.board, one.heading) for one in timeline.events]


def test_decisions_reports_and_discussions_stand_by_date_across_boards(tmp_path: Path) -> None:
    assert told(ask(tmp_path, "ferry fares", LATER, REPORT, BINS, DECIDED)) == [
        ("2014-04-22", "decision", "Cabinet", "Ferry fares"),
        ("2015-02-03", "report", "Scrutiny Committee", "Ferry fares"),
        ("2016-10-19", "discussion", "Cabinet", "Ferry fares"),
    ]


def test_a_decision_is_quoted_whole_with_its_reference_and_place(tmp_path: Path) -> None:
    (event,) = ask(tmp_path, "ferry fares", DECIDED).events
    assert [one.decision.text for one in event.decisions] == ["RESOLVED that they rise."]
    assert event.reference == "Cabinet (Ashshire County Council), 22 April 2014, minute 46, p. 1"
    assert (event.paper.path, event.page) == ("spring.pdf", 1)


def test_an_item_that_two_papers_print_stands_once(tmp_path: Path) -> None:
    again = minutes("signed.pdf", SPRING, [("46", "Ferry Fares", "RESOLVED that they rise.")])
    (event,) = ask(tmp_path, "ferry fares", DECIDED, again).events
    assert {event.paper.path, *(place.paper.path for place in event.also_in)} == {"spring.pdf", "signed.pdf"}


def test_what_the_papers_do_not_tell_of_has_no_timeline(tmp_path: Path) -> None:
    assert ask(tmp_path, "airport runway", DECIDED, REPORT, BINS).events == ()
    assert ask(tmp_path, "what about the", DECIDED, REPORT, BINS).events == ()


def test_filters_narrow_a_timeline(tmp_path: Path) -> None:
    chosen = Filters(boards=("Scrutiny Committee",))
    assert [one.kind for one in ask(tmp_path, "ferry fares", DECIDED, REPORT, filters=chosen).events] == ["report"]


def test_a_decision_that_names_the_topic_is_never_lost_behind_the_first_passages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, encoder = archive(tmp_path / "archive", DECIDED, REPORT)
    engine = Engine(library, encoder)  # type: ignore[arg-type]
    ranked, asked = engine.rank(engine.parse("ferry fares"), Filters())
    kept = [one for one in ranked if one.stored.paper.path != "spring.pdf"]
    monkeypatch.setattr(Engine, "rank", lambda *_: (kept, asked))
    assert [one.kind for one in timeline(engine, "ferry fares").events] == ["decision", "report"]


def test_the_command_prints_a_timeline_as_text_and_as_json(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, encoder = archive(tmp_path / "archive", DECIDED, REPORT)
    monkeypatch.setattr(Engine, "open", lambda _: Engine(library, encoder))
    assert command.main(["timeline", "ferry fares"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("22 April 2014: DECISION: Ferry fares\n    “RESOLVED that they rise.”\n")
    assert max(map(len, printed.splitlines())) <= 80
    assert command.main(["timeline", "ferry fares", "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)["events"]
    assert first["decisions"][0]["outcome"] == "resolved"
    assert (second["kind"], second["meeting_date"], second["page"]) == ("report", "2015-02-03", 1)
    assert command.main(["timeline", "runway"]) == 0
    assert capsys.readouterr().out == "Nothing in the archive decides, discusses or reports on “runway”.\n"
    assert command.main(["timeline", " "]) == 2


def test_an_empty_topic_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadArguments):
        ask(tmp_path, " ", DECIDED)


def test_an_item_without_a_date_comes_last(tmp_path: Path) -> None:
    undated = report("undated.pdf", "Ferry fares", replace(SCRUTINY, date=None), purpose="Of the ferry fares.")
    assert [one.when is None for one in ask(tmp_path, "ferry fares", undated, DECIDED).events] == [False, True]
