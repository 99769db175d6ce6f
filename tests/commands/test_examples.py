"""Questions to begin with are made from decisions that say something, and only those that are answered are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.records import Decision, Meeting, Paper, StoredDecision
from search import examples
from search.history import matters
from search.register.head import Head
from search.results import Answered

PAPER = Paper("ab" * 32, "minutes.pdf", "pdf", True, "minutes", "Minutes", Meeting(), 3)


def decided(number: int, title: str, day: date, board: str = "Cabinet", *, recommended: bool = False) -> StoredDecision:
    meeting = Meeting("Ashshire Council", board, day)
    decision = Decision(number, 1, recommended, "agreed", "Agreed.", (), (), str(number), title, meeting)
    return StoredDecision(number, PAPER, decision, "draft")


ROWS = [
    decided(1, "Winter beds at Millrace House", date(2020, 1, 1)),
    decided(2, "APOLOGIES FOR ABSENCE", date(2020, 2, 1)),
    decided(3, "HIGHWAYS REPAIRS NEAR ASHSHIRE DOCKS", date(2020, 3, 1)),
    decided(4, "Library opening hours review", date(2020, 2, 1), "Council"),
    decided(5, "Never answered at all", date(2020, 3, 1), "Council"),
    decided(6, "Only recommended so far", date(2020, 3, 1), recommended=True),
    *(decided(10 + month, "Monthly budget monitoring report", date(2020, month, 2)) for month in (1, 2, 3)),
]


def ask(question: str) -> Answered:
    row = next(
        (row for row in ROWS if row.decision.title.split()[-1].casefold().strip("?") in question.casefold()), None
    )
    head = Head(matters.decision_handle(row), ()) if row and "Never" not in question else None
    return replace(Answered(question, "answered", ()), head=head)


def test_the_latest_telling_decisions_of_each_board_in_turn_become_questions_that_are_answered() -> None:
    assert examples.examples(ROWS, ask, []) == (
        "What did the Cabinet decide about highways repairs near Ashshire docks?",
        "What did the Council decide about library opening hours review?",
        "What did the Cabinet decide about Winter beds at Millrace House?",
    )


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("UPDATE ON CSE", "update on CSE"),
        ("THE WINTER PLAN", "the winter plan"),
        ("The Kent Design Guide", "the Kent Design Guide"),
        ("24/00115 - Winter beds plan.", "winter beds plan"),
        ("NHS beds in winter", "NHS beds in winter"),
    ],
)
def test_a_heading_is_put_as_one_says_it(heading: str, said: str) -> None:
    assert examples.spoken(heading, frozenset({"CSE"}), ["Cabinet"]) == said
