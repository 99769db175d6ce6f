"""What minutes report of other bodies' decisions, and what they do not."""

from __future__ import annotations

import pytest

from indexer.decisions.extract import decisions
from indexer.decisions.reported import reports
from indexer.labelling.training.manuscripts import manuscript
from indexer.provenance.describe import describe
from indexer.records import Document
from indexer.structure.sections import sections

MINUTES = """\
h HARBOUR TRUST BOARD
h Minutes of the meeting of the Harbour Trust Board held on 3 May 2022
p Present: Mrs Ash (Chair), Mr Birch, Ms Cole
i 1. Minutes of the last meeting
d The minutes of the meeting held on 5 April were agreed as a true record.
i 2. Dredging
t Mr Birch presented the report and answered questions.
t {}
i 3. Date of next meeting
t The next meeting is on 7 June.
c The meeting closed at 8.40 pm.
"""


def told(sentence: str) -> tuple[list[str], list[str]]:
    """The decisions and the reports that the minutes have on dredging."""
    pages = manuscript("harbour", MINUTES.format(sentence)).pages
    document = Document("docx", False, pages)
    parts = sections(document, describe(document, "minutes.docx", "0" * 64, {}))
    found = decisions(pages, parts)
    own = [one.text for one in found if one.item == "2"]
    return own, [one.text for one in reports(pages, parts, found)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Board agreed that the channel would be dredged in the autumn.",
        "The Board agreed to dredge the channel, subject to the consent of the Council.",
    ],
)
def test_what_the_board_that_meets_agreed_is_its_own_decision(sentence: str) -> None:
    assert told(sentence) == ([sentence], [])


@pytest.mark.parametrize(
    "sentence",
    [
        "The County Council has agreed to dredge the channel.",
        "The Fisheries Committee had agreed the dredging plan at its meeting in March 2022.",
    ],
)
def test_what_another_body_has_agreed_is_reported(sentence: str) -> None:
    assert told(sentence) == ([], [sentence])


def test_what_is_said_to_be_approved_by_another_body_is_no_decision_of_the_board() -> None:
    assert told("22/05522/FUL, staff block. Approved by Fenmere Park Authority.")[0] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The meeting stood adjourned.",
        "The meeting adjourned.",
        "The Committee adjourned.",
        "The meeting then adjourned for tea.",
        "The Council adjourned for lunch at 1 pm.",
    ],
)
def test_a_meeting_that_adjourns_decides_nothing(sentence: str) -> None:
    assert told(sentence) == ([], [])


@pytest.mark.parametrize(
    "sentence",
    [
        "A boatman: the council approved nothing and the board decided to let us drown.",
        'A boatman said, "The County Council agreed to dredge the channel years ago."',
    ],
)
def test_a_speakers_own_words_are_neither(sentence: str) -> None:
    assert told(sentence) == ([], [])
