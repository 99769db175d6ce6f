"""What is asked to have been done, in which financial year, and which way money went."""

from __future__ import annotations

import pytest

from search.question import deeds
from search.question.query import parse


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("How much is the harbour precept for 2025/26?", "To set the precept for 2026-27 at £78.", True),
        ("How much is the harbour precept for 2025/26?", "Up by £4 for 2026/27 from the £74 of 2025-26.", False),
        ("How much is the harbour precept for 2025/26?", "The precept is £74.", False),
        ("How much is the harbour precept?", "To set the precept for 2026-27 at £78.", False),
        ("How much did the harbour receive?", "Payments to the crew\t£78", True),
        ("How much did the harbour spend?", "Income from fares\t£78", True),
        ("How much did the harbour receive?", "An invoice of £78 was received.", False),
        ("How much did the harbour receive and pay?", "Payments to the crew\t£78", False),
        ("Who received the harbour's invoice?", "Payments to the crew\t£78", False),
    ],
)
def test_what_is_of_other_years_or_of_money_that_went_the_other_way_is_told(
    question: str, text: str, *, other: bool
) -> None:
    assert deeds.contrary(parse(question))(text) is other


@pytest.mark.parametrize(
    ("question", "text", "done"),
    [
        ("When was the harbour budget approved?", "RESOLVED that the budget be adopted.", True),
        ("When was the harbour budget approved?", "RESOLVED that £5 of the budget go to paint.", False),
        ("When was the harbour budget deferred?", "RESOLVED that the budget be adopted.", False),
        ("What was decided on the harbour budget?", "RESOLVED that £5 of the budget go to paint.", True),
    ],
)
def test_a_ruling_does_what_is_asked_of_it_or_something_else(question: str, text: str, *, done: bool) -> None:
    assert deeds.does(parse(question))(text) is done


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("When did the board approve the budget?", True),
        ("When will the board approve the budget?", False),
        ("When did the ferry sink?", False),
        ("When did they hold the vote on the ferry?", False),
    ],
)
def test_when_something_was_decided_is_asked_of_rulings_only_where_a_deed_is_named(
    question: str, *, asked: bool
) -> None:
    assert deeds.asks_when(parse(question)) is asked


HANDED_ON = "RESOLVED that Cabinet endorsed the harbour plan to be presented to Lea Council in May for final decision."


@pytest.mark.parametrize(
    ("question", "text", "settled"),
    [
        ("Has the council approved the harbour plan?", HANDED_ON, False),
        ("When was the harbour plan adopted?", HANDED_ON, False),
        ("What did cabinet decide on the harbour plan?", HANDED_ON, True),
        ("Did cabinet endorse the harbour plan?", HANDED_ON, True),
        ("Has the council approved the harbour plan?", "RESOLVED that the harbour plan be approved.", True),
        (
            "Has the council approved the plan?",
            "RESOLVED to pay for it now.\nRESOLVED to recommend it to Council.",
            True,
        ),
    ],
)
def test_what_leaves_the_matter_to_another_body_has_not_approved_it(question: str, text: str, *, settled: bool) -> None:
    assert deeds.settles(parse(question))(text) is settled
