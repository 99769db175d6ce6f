"""Sentences that report a decision are told from those that ask for one, foresee one or deny one."""

from __future__ import annotations

import pytest

from indexer.text.reported import report

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
