"""What is held and what is not is a question of its own, answered body by body from the list of papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.records import Reading
from search.engine import Engine
from search.question.follow_up import Earlier
from search.register.coverage import NO_GAP
from search.results import Answered
from search.terminal.answers import answered as laid_out
from search.views.render import answers
from tests.makers.matters_maker import archive, meeting, minutes, report

FARES = [("11", "Ferry fares", "RESOLVED that the fares be frozen.")]
MAY = minutes("may.pdf", meeting("2031-05-14"), FARES)
JULY = report("july.pdf", "Slipway charges", meeting("2033-07-09"), asked="That the slipway charges be doubled.")
HARBOUR = report(
    "harbour.pdf", "The mole", meeting("2033-08-01", "Harbour Committee"), asked="That the mole be painted."
)
POLICY = minutes("policy.pdf", meeting("2033-08-01", "Harbour Policy Committee"), FARES)
CABINET = "Cabinet (Ashshire County Council): no minutes of 9 July 2033; no papers of 2032."


def ask(folder: Path, question: str, *readings: Reading, before: str = "") -> Answered:
    held, encoder = archive(folder, *readings)
    return Engine(held, encoder).ask(question, earlier=Earlier((before,) if before else ()))


@pytest.mark.parametrize(
    "question",
    ["What is not held?", "What is not held in this archive?", "Which minutes are missing?", "What don't you have?"],
)
def test_what_is_not_held_is_said_body_by_body_whatever_was_asked_before(tmp_path: Path, question: str) -> None:
    found = ask(tmp_path, question, MAY, JULY, before="How many ferries were sold?")
    assert found.listed is not None
    assert found.listed.counted == "Papers of 2 meetings of 1 body are held, 14 May 2031 to 9 July 2033"
    assert (found.status, found.listed.lacking, found.follow_up) == ("answered", (CABINET,), None)
    assert laid_out(found).split("\n")[:2] == [f"{found.listed.counted}.", CABINET]
    assert answers.count_line(found) == "Answered from the list of papers."
    assert f"<ul><li>{CABINET}</li></ul>" in answers.answer_html(found, (), None, lambda _: False)


def test_days_and_bodies_that_are_named_narrow_what_is_said(tmp_path: Path) -> None:
    found = ask(tmp_path, "Which minutes of 2031 are not held?", MAY, JULY)
    assert found.listed is not None
    assert found.listed.lacking == (NO_GAP,)
    none = ask(tmp_path / "other", "What does the archive hold of 2029?", MAY, JULY)
    assert none.listed is not None
    assert none.listed.counted == "No papers of any meeting asked for are held"
    assert none.listed.lacking == ("The nearest meetings with papers in the archive are those of 14 May 2031.",)


def test_minutes_that_name_a_committee_in_more_words_than_its_agenda_are_its_minutes(tmp_path: Path) -> None:
    found = ask(tmp_path, "Which minutes are missing?", HARBOUR, POLICY)
    assert found.listed is not None
    assert found.listed.lacking == (NO_GAP,)


@pytest.mark.parametrize(
    "question",
    [
        "Which ferries are missing?",
        "Why are the minutes missing?",
        "Which meetings were held in 2031?",
        "Who is missing?",
    ],
)
def test_a_question_with_a_matter_or_for_something_else_is_not_one_of_what_is_held(
    tmp_path: Path, question: str
) -> None:
    found = ask(tmp_path, question, MAY, JULY)
    assert found.listed is None or not found.listed.counted.startswith("Papers of")
