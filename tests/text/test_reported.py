"""Sentences that report a decision are told from those that ask for one, foresee one or deny one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.records import Meeting
from indexer.text.reported import report
from search.engine import Engine
from search.results import REPORTED, Answered
from search.settings import DEFAULT
from search.terminal import answers
from search.thresholds import Threshold
from tests.makers.library_maker import MemoryLibrary

TOLD = {
    "A weir strategy was drawn up and signed off by the FRB in July 2015, supported by a plan.": ("FRB", "July 2015"),
    "In January 2014 the Harbour and Quays Board approved the Fenmere Sluice Plan.": (
        "Harbour and Quays Board",
        "January 2014",
    ),
    "The sub-group agreed the Open Water model for all new schemes.": ("The sub-group", ""),
    "The Local Plan was adopted by the County Council on 10 September 2020.": ("County Council", "10 September 2020"),
    "The Board has decided to keep its two local working groups.": ("The Board", ""),
    "At a meeting on 1 June 2023, the Fen Drainage Partnership agreed to review its terms.": (
        "Fen Drainage Partnership",
        "1 June 2023",
    ),
    "The budget strategy was agreed at a Cabinet meeting on 5th October 2023.": ("Cabinet", "5th October 2023"),
}


@pytest.mark.parametrize("sentence", TOLD)
def test_who_decided_and_when_are_read_from_the_sentence(sentence: str) -> None:
    found = report(sentence)
    assert found is not None
    assert (found.actor.removeprefix("the "), found.when) == TOLD[sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Board will approve the plan in July 2025 after its consultation.",
        "The Board is asked to agree the recommendations of the report.",
        "The Council has not agreed the transfer of the quay to the trust.",
        "If the Cabinet agreed the scheme the works could begin in May.",
        "That the Board approved the plan is recommended to members here.",
        "Powers on which the Council have delegated decision making to officers are listed.",
        "Working party established with support from the drainage board.",
        "The Board noted the report and thanked the officers for it.",
        "The strategy should be approved by the Harbour Board next year.",
        "Mr Poe agreed to speak to the harbour master about the buoys.",
    ],
)
def test_what_is_asked_foreseen_or_denied_is_no_report(sentence: str) -> None:
    assert report(sentence) is None


def library(*kinds: str) -> MemoryLibrary:
    """Papers on a weir: figures, a decision that is reported, and resolutions of other kinds if asked for."""
    made = MemoryLibrary()
    meeting = Meeting("Fenmere Council", "Harbour Board", date(2019, 3, 5))
    made.add("The Sallow weir was visited by 4,200 people in March and by 3,100 in April.", meeting=meeting, section=1)
    told = "A Sallow weir strategy was drawn up and signed off by the Harbour Board in July 2015."
    made.add(told, file="report.pdf", meeting=meeting, section=2)
    if "resolution" in kinds:
        made.add(
            "RESOLVED: That the Sallow weir strategy stand.",
            kind="resolution",
            file="m.pdf",
            meeting=meeting,
            section=3,
        )
    return made


def ask(held: MemoryLibrary, question: str) -> Answered:
    """Ask a library that is too small for the signs of an answer; what is quoted is looked at here."""
    return Engine(held, held.encoder, replace(DEFAULT, threshold=Threshold())).ask(question)


def test_without_a_resolution_the_answer_is_what_papers_report_and_says_so() -> None:
    held = library()
    found = ask(held, "What was decided on the Sallow weir strategy?")
    assert [(one.text[:28], one.reported) for one in found.answer] == [("A Sallow weir strategy was d", True)]
    assert found.note == REPORTED
    assert "Reported" in answers.answered(found)


def test_a_resolution_is_quoted_and_no_reported_decision_with_it_as_its_equal() -> None:
    held = library("resolution")
    found = ask(held, "What was decided on the Sallow weir strategy?")
    assert found.answer[0].text == "RESOLVED: That the Sallow weir strategy stand."
    assert [one.reported for one in found.answer] == [False] * len(found.answer)


def test_a_reported_decision_further_down_than_the_hits_shown_is_shown_and_quoted() -> None:
    held = library()
    meeting = Meeting("Fenmere Council", "Harbour Board", date(2019, 3, 5))
    rivers = "Avon Bure Cam Dee Exe Fal Gade Hull Irt Kent Lune Mole".split()  # noqa: SIM905
    for at, river in enumerate(rivers, 3):
        text = f"{river} asked what was decided, {river} heard of the Sallow weir strategy, {river} did not."
        held.add(text, file=f"{at}.pdf", meeting=meeting, section=at)
    found = ask(held, "What was decided on the Sallow weir strategy?")
    assert [(one.text[:28], one.reported, one.hit) for one in found.answer] == [
        ("A Sallow weir strategy was d", True, 10)
    ]


def test_figures_are_asked_for_and_nothing_is_reported() -> None:
    held = library()
    found = ask(held, "How many people visited the Sallow weir in March?")
    assert [one.reported for one in found.answer] == [False] * len(found.answer)
