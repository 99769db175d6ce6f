"""A question that goes on from another is put in full; each part carried over can be left out; nothing is guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.errors import BadArguments
from search.engine import Engine
from search.question.follow_up import OPEN, Earlier, FollowUp, resolve
from search.question.query import Query, parse
from search.terminal import answers
from tests.makers.matters_maker import archive, meeting, minutes

BOARDS = ("Cabinet", "Health and Wellbeing Board", "Overview and Scrutiny Committee", "Children Scrutiny Committee")
COUNCILS = ("Ashshire County Council", "Norshire Council")
BUSES = "What did Cabinet decide about the bus service plan in March 2016?"
ROADS = "How much did Ashshire spend on road repairs in 2015/16?"
HEALTH = "What did Ashshire's Health and Wellbeing Board resolve about the STP in 2016?"


def taken(text: str) -> Query:
    return parse(text, (), {}, BOARDS, COUNCILS)


def put(question: str, *before: str, without: tuple[str, ...] = ()) -> FollowUp:
    return resolve(question, Earlier(before, frozenset(without)), taken, BOARDS)


@pytest.mark.parametrize(
    ("before", "question", "full"),
    [
        (BUSES, "and who seconded it?", "Who seconded bus service plan in March 2016 at Cabinet?"),
        (BUSES, "who seconded?", "Who seconded: bus service plan in March 2016 at Cabinet?"),
        (BUSES, "how much did it cost?", "How much did bus service plan cost in March 2016 at Cabinet?"),
        (BUSES, "what about 2017?", "What did Cabinet decide about the bus service plan in 2017?"),
        (BUSES, "what about ferries?", "What did Cabinet decide about the ferries in March 2016?"),
        (ROADS, "and Norshire?", "How much did Norshire spend on road repairs in 2015/16?"),
        (ROADS, "2016/17?", "How much did Ashshire spend on road repairs in 2016/17?"),
        (HEALTH, "And who moved it", "Who moved STP in 2016 at Health and Wellbeing Board in Ashshire?"),
        (
            ROADS,
            "and how much of that was gravel?",
            "How much of spend on road repairs was gravel in 2015/16 in Ashshire?",
        ),
        (BUSES, "when does that begin?", "When does bus service plan begin in March 2016 at Cabinet?"),
        ("ferry fares", "what about Cabinet in 2031?", "ferry fares in 2031 at Cabinet?"),
        (
            "Who spoke on ferry fares in 2016?",
            "What happened with it in 2017?",
            "What happened with ferry fares in 2017?",
        ),
        (
            "Who reported ferry fares in 2016?",
            "Which meetings discussed them?",
            "Which meetings discussed ferry fares in 2016?",
        ),
        (BUSES, "and the year before?", "What did Cabinet decide about the bus service plan in March 2015?"),
        (BUSES, "a year earlier?", "What did Cabinet decide about the bus service plan in March 2015?"),
        (BUSES, "and two years after that?", "What did Cabinet decide about the bus service plan in March 2018?"),
        (ROADS, "and three years later?", "How much did Ashshire spend on road repairs in 2018/19?"),
        (BUSES, "and who chaired it?", "Who chaired Cabinet in March 2016?"),
        (ROADS, "who chaired it?", "Who chaired spend on road repairs in 2015/16 in Ashshire?"),
        ("Who chaired Cabinet in 2016?", "Who chaired it the year before?", "Who chaired Cabinet in 2015?"),
        ("What did Cabinet decide on 4 May 2016?", "and the month before?", "What did Cabinet decide in April 2016?"),
        ("What did Cabinet decide on 4 May 2016?", "what about 2015?", "What did Cabinet decide in 2015?"),
        (BUSES, "and the month after?", "What did Cabinet decide about the bus service plan in April 2016?"),
        (ROADS, "and the previous year?", "How much did Ashshire spend on road repairs in 2014/15?"),
        (
            "What were the arrears at the end of March 2016?",
            "what about 2017?",
            "What were the arrears at the end of March 2017?",
        ),
        ("What did Cabinet decide on 4 May 2016?", "and on 9 June?", "What did Cabinet decide on 9 June 2016?"),
        ("Who attended Cabinet in May 2016?", "who was absent?", "Who was absent in May 2016 at Cabinet?"),
        (BUSES, "how did they vote?", "How did Cabinet vote: bus service plan in March 2016?"),
        ("What was decided on the bus plan?", "how did they vote?", "How did they vote: bus plan?"),
        ("What was decided on the bus plan?", "what did they cost?", "What did bus plan cost?"),
        ("What is the overspend in road repairs?", "and in bus services?", "What is the overspend in bus services?"),
        ("What is the overspend?", "and in bus services?", "What is the overspend in bus services?"),
        ("How much would drivers pay in 2031?", "and at Northby?", "How much would drivers pay at Northby in 2031?"),
        ("Who chaired Cabinet in 2016?", "and the treasurer?", "Who was the treasurer of Cabinet in 2016?"),
        (
            "How much was in the Ferry Account in March 2016?",
            "and in the Harbour Account?",
            "How much was in the Harbour Account in March 2016?",
        ),
    ],
)
def test_a_question_takes_what_it_does_not_name_from_the_one_before(before: str, question: str, full: str) -> None:
    assert put(question, before).question == full


def test_what_is_carried_is_said_part_by_part_and_can_be_left_out() -> None:
    found = put("and who seconded it?", BUSES)
    assert [(one.part, one.text) for one in found.carried] == [
        ("matter", "bus service plan"), ("period", "March 2016"), ("board", "Cabinet"),
    ]  # fmt: skip
    left = put("and who seconded it?", BUSES, without=("period", "board"))
    assert left.question == "Who seconded bus service plan?"
    assert put("what about 2017?", BUSES, without=("board",)).question == (
        "What did the board decide about the bus service plan in 2017?"
    )
    with pytest.raises(BadArguments, match="'mood' is not a part of a question: use matter, period, board, authority"):
        put("and who seconded it?", BUSES, without=("mood",))


def test_only_narrows_to_the_boards_of_that_name() -> None:
    found = put("only scrutiny", BUSES)
    assert found.boards == ("Overview and Scrutiny Committee", "Children Scrutiny Committee")
    assert found.question == "What did scrutiny decide about the bus service plan in March 2016?"


def test_questions_follow_each_other_in_a_chain() -> None:
    assert put("what about 2016/17?", ROADS, "and Norshire?").question == (
        "How much did Norshire spend on road repairs in 2016/17?"
    )


def test_the_year_before_is_that_before_the_last_one_named_in_a_chain() -> None:
    assert put("and the year before?", ROADS, "and Norshire?").question == (
        "How much did Norshire spend on road repairs in 2014/15?"
    )
    assert put("and in the previous year?", BUSES, "How many ferries were sold?").question == (
        "How many ferries were sold in March 2015?"
    )
    assert put("and a year later?", BUSES, "and the year before?", "and the year before that?").question == (
        "What did Cabinet decide about the bus service plan in March 2015?"
    )


@pytest.mark.parametrize(
    "question",
    [
        "How many libraries are there in Norshire?",
        "Which ferries were sold the year after the flood?",
        "Which minutes are not held in this archive?",
        "How long does it take to fill a pothole?",
        "What was agreed on 3 May 2017?",
        "What did the scrutiny committee agree at its last meeting?",
        "ferry timetable",
    ],
)
def test_a_question_that_stands_by_itself_takes_nothing(question: str) -> None:
    assert put(question, BUSES) == FollowUp(question, question)
    assert put(question) == FollowUp(question, question)


@pytest.mark.parametrize("question", ["and who seconded it?", "what about 2016?", "only scrutiny", "how much was it?"])
def test_nothing_is_guessed_where_nothing_was_asked_before(question: str) -> None:
    assert put(question) == FollowUp(question, question, unsettled=True)


def test_the_engine_answers_a_follow_up_and_says_how_it_took_it(tmp_path: Path) -> None:
    may = minutes("may.pdf", meeting("2031-05-14"), [("11", "Ferry fares", "RESOLVED that the fares be frozen.")])
    june = minutes("june.pdf", meeting("2031-06-11"), [("21", "Ferry fares", "RESOLVED that the fares be raised.")])
    held, encoder = archive(tmp_path, may, june)
    engine = Engine(held, encoder)
    earlier = Earlier(("What did Cabinet decide in May 2031?",))
    found = engine.ask("what about June 2031?", earlier=earlier)
    assert [one.text for one in found.answer] == ["RESOLVED that the fares be raised."]
    assert answers.answered(found).startswith("Taken as: What did Cabinet decide in June 2031?")
    told = json.loads(json.dumps(found.to_json()))["follow_up"]
    assert told["asked"] == "what about June 2031?"
    assert [one["part"] for one in told["carried"]] == ["board"]
    alone = engine.ask("and who seconded it?")
    assert (alone.status, alone.answer) == ("not_found", ())
    assert answers.answered(alone).startswith(OPEN[:60])


def test_what_stands_for_several_things_or_for_nothing_known_is_not_guessed() -> None:
    several = put("and who moved it?", "What did Cabinet decide in May 2031?")
    assert (several.question, several.unsettled) == ("and who moved it?", True)
    for question in ("what about last year?", "and the meeting before?", "what about the years before?"):
        assert put(question, BUSES) == FollowUp(question, question, unsettled=True)


def test_what_is_kept_before_the_part_that_is_replaced_is_said_to_be_carried() -> None:
    taken_as = put("and in bus services?", "What is the overspend in road repairs in 2016?")
    assert taken_as.question == "What is the overspend in bus services in 2016?"
    assert [(one.part, one.text) for one in taken_as.carried] == [("matter", "overspend"), ("period", "2016")]


def test_a_place_that_means_its_council_and_another_body_is_said_once_and_replaced_as_a_whole() -> None:
    councils = (*COUNCILS, "Ashshire Ferry Safety Board")
    found = resolve(
        "and Norshire?",
        Earlier(("What did the Ashshire board say about ferry fares in 2016?",)),
        lambda text: parse(text, (), {}, BOARDS, councils),
        BOARDS,
    )
    assert found.question == "What did the Norshire say about ferry fares in 2016?"


@pytest.mark.parametrize("question", ["How much is the overspend this year?", "What is closed this financial year?"])
def test_a_stretch_of_time_from_now_refers_to_no_matter(question: str) -> None:
    assert put(question) == FollowUp(question, question)
    assert put("How much was that?").unsettled
