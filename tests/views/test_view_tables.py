"""The register as a list and as a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date

from indexer.records import Decision, Meeting, Paper, Span, StoredDecision, Votes
from search.views.render import phrasing, register, tables


def row(text: str, title: str = "Beds", when: date | None = date(2017, 2, 7), *, asks: bool = False) -> StoredDecision:
    meeting = Meeting("Ashshire Council", "Cabinet", when)
    paper = Paper("ab" * 32, "cabinet/minutes.pdf", "pdf", True, "minutes", "Minutes", meeting, 3)
    decision = Decision(1, 1, asks, "agreed", text, (Span(2, 0, 9),), (), "41", title, meeting, votes=Votes(34, 21, 3))
    return StoredDecision(1, paper, decision, "draft")


def test_decisions_hold_every_word_and_the_latest_come_first() -> None:
    old, new, undated = row("Agree the Fund", when=date(2014, 1, 1)), row("the fund"), row("a fund", when=None)
    rows = [undated, old, row("agree nothing"), new, row("the fund", asks=True)]
    assert tables.matching(rows, "FUND beds") == [new, old, undated]


def test_the_file_has_a_row_a_decision_and_no_cell_is_a_formula() -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(tables.csv_of([register.decision_row(row('=HYPERLINK("x")\nb) "é"'))]).decode("utf-8-sig"))
        )
    )
    assert rows == [
        {
            "outcome": "agreed",
            "date": "2017-02-07",
            "authority": "Ashshire Council",
            "board": "Cabinet",
            "item": "41",
            "title": "Beds",
            "text": '\'=HYPERLINK("x")\nb) "é"',
            "moved by": "",
            "seconded by": "",
            "votes for": "34",
            "votes against": "21",
            "votes abstained": "3",
            "not certain": "",
            "minutes": "draft",
            "superseded by": "",
            "also printed in": "",
            "file": "cabinet/minutes.pdf",
            "page": "2",
            "reference": "Cabinet (Ashshire Council), 7 February 2017, minute 41, p. 2",
        }
    ]


def test_a_long_list_is_divided_without_loss() -> None:
    parts = tables.parts(60, 25)
    assert [number for part in parts for number in part] == list(range(60))
    assert [tables.name(part) for part in parts] == ["1 to 25", "26 to 50", "51 to 60"]


def test_numbers_are_said_as_people_say_them() -> None:
    assert phrasing.counted(1, "paper") == "1 paper"
    assert phrasing.counted(1_204, "paper") == "1,204 papers"
    assert phrasing.listed((9, 3, 4, 5)) == "3–5, 9"
    assert phrasing.listed(tuple(range(1, 40, 2)), most=2) == "1, 3, …"
