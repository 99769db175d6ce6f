"""What an answer must contain by the question's wording."""

from __future__ import annotations

import pytest

from search.question.answer_type import answer_type, asks_detail
from search.question.query import parse


@pytest.mark.parametrize(
    ("question", "holding", "lacking"),
    [
        ("How much did the footbridge cost?", "It cost £14,300.", "It cost more than in 2019 (see item 4)."),
        ("How much extra did it get?", "A further 2.5 million was found.", "Further money was found."),
        ("What percentage of bins were missed?", "Some 3% were missed.", "Some 300 were missed."),
        ("What share of bins were missed?", "A third of them were.", "A third round was made."),
        ("What proportion is food?", "Two-thirds are food.", "Food is two bins."),
        ("How big is the mayor's settlement?", "It is £752 million.", "It is a record."),
        ("How big is the choir?", "It has 41 singers.", "It has no room (item 4)."),
        ("How many swans were counted?", "There were 41 swans.", "7. The swans were counted on 14 May 2019."),
        ("How many swans were counted?", "There were none.", "Swans were counted in 2014/15."),
        ("How many people wrote in?", "Of them 41 wrote in.", "People may write in for twelve weeks."),
        ("How many weeks was it open?", "It was open for twelve weeks.", "It was open."),
        ("How many people wrote in?", "41 people wrote in.", "6.\tWHAT PEOPLE WROTE IN\t17 - 38"),
        ("What was the rate of truancy?", "Truancy rose to 41.", "Truancy rose in 2015."),
        ("How often does it meet?", "It meets every six weeks.", "It meets in the hall."),
        ("When was the lido closed?", "It closed in March 1998.", "It closed for good."),
        ("Who chaired the panel?", "Cllr Amy Oakes took the chair.", "The panel met at noon."),
        ("Who became director?", "Anya was appointed director.", "Then a director was appointed."),
        ("Who chaired it?", "Anya took the chair.", "It was chaired well."),
        ("Who is the director?", "Director: O'Neill", "The director: not named."),
        ("How much was dug out?", "12 cubic metres", "A great deal."),
        ("Who will lead it?", "It appointed Anya to lead it.", "It is led well."),
        ("When was it opened?", "It opened on 3 Sept. last.", "It opened late."),
        ("When does it shut?", "It shuts at ten.", "It shuts early."),
        ("When was it opened?", "It opened on 03.04.24.", "It opened under clause 3.4."),
        ("How much food waste was collected?", "Some 900 tonnes were collected.", "Waste was collected."),
        ("How much was paid to the club?", "It got £9,000.", "It got 900 tonnes."),
        ("What has been paid for mowing?", "Green Ltd got £340.", "Green Ltd was asked to mow."),
        ("What did the dog walking field signs in the park cost?", "They came to £340.", "The signs are up."),
        ("footbridge reopening cost", "It came to £14,300.", "The footbridge was reopened."),
        ("What was the parish council's precept for 2024/25?", "It is £6,600.", "Precept or rates, 2024/25"),
        ("What is the library's total income?", "It came to £41,000.", "Income was recorded."),
        ("What fare will the ferry charge?", "A crossing is £4.", "The ferry will charge."),
        ("Which firm supplied the buses?", "The buses came from Oakes Coaches.", "The buses were supplied by a firm."),
        ("When was it sent?", "It was sent on 3/4/24.", "It was sent under clause 3/4."),
        ("When will it meet?", "It meets next Tuesday.", "It sat in the sun."),
        ("Who opened the lido?", "It was opened by the Chair.", "It was opened."),
        ("Who will pay?", "HM Treasury will pay.", "It will be paid."),
        ("How long did it last?", "It took 1hr.", "It took long."),
        ("Who runs the Lido Watch scheme?", "Oakes Leisure runs it.", "The Lido Watch scheme is run well."),
        ("How much of the £2.4m was spent?", "They spent £1.9m.", "The sum was £2,400,000."),
        ("How much food waste was collected?", "Some 900t came in.", "It came at the 900th try."),
        ("What did the twinning visit cost?", "It came to €900.", "It came to much, and 900 came."),
        ("What did the twinning visit cost?", "It came to 900 euros.", "It is item 900."),
        ("Who was appointed director?", "It will be Jo van der Berg.", "It will be a director of buses."),
        ("Who was appointed director?", "It will be Mrs ap Rhys.", "Newly appointed, the director spoke."),
        ("Who led the work?", "Anya chaired it.", "Progress was made, and payments made in March."),
        ("Who became clerk?", "Anya became clerk.", "Then a clerk was found by Monday."),
        ("Who was elected?", "Elected: Bea.", "Elected by ballot."),
        ("How many days did it take?", "It took twelve days.", "It took two years."),
        ("How many hours did it take?", "It took 3 hrs.", "It took 3 days."),
        ("How many months did it take?", "It took 3 months.", "It took 3 minutes."),
        ("How many people wrote in?", "41 people wrote in.", "They did so on the 3rd at 10am (minute 14)."),
        ("When does the lido open?", "It opens on the 3rd.", "It may open, and people march on."),
        ("When does the lido open?", "It opens within six weeks.", "It opens for six weeks."),
        ("When does the lido open?", "Sept 3", "Section 3"),
    ],
)
def test_a_sentence_must_hold_what_is_asked_for(question: str, holding: str, lacking: str) -> None:
    holds = answer_type(parse(question))
    assert holds is not None
    assert holds(holding, "report")
    assert not holds(lacking, "report")


def test_a_date_that_the_question_says_answers_nothing() -> None:
    holds = answer_type(parse("When did the lido close after the 1998 review?"))
    assert holds is not None
    assert not holds("The 1998 review spoke of the lido.", "report")
    assert holds("The lido closed in 1999.", "report")


def test_what_was_decided_is_told_by_any_words_of_a_ruling_and_elsewhere_by_words_of_deciding() -> None:
    holds = answer_type(parse("What did the board decide about the lido?"))
    assert holds is not None
    assert holds("b) the lido be closed;", "resolution")
    assert holds("It was agreed that the lido close.", "minute")
    assert not holds("The lido is much loved.", "report")
    assert answer_type(parse("Why did the board decide to close the lido?")) is None


def test_other_questions_may_be_answered_by_any_sentence() -> None:
    assert answer_type(parse("Why was the lido closed when it rained?")) is None
    holds = answer_type(parse("How far had the lido got by May 2012?"))
    assert holds is None or holds("The lido is nearly done.", "report")


def test_a_question_whose_clue_is_a_sum_or_share_is_answered_where_that_stands() -> None:
    for question in ("What costs £38,500 a season?", "Who was given £38,500?", "Which rose by £38.5k?"):
        holds = answer_type(parse(question))
        assert holds is not None
        assert holds("The choir got £38,500.", "report")
        assert not holds("The choir got £5,100.", "report")


def test_what_money_was_spent_on_is_no_sum() -> None:
    assert answer_type(parse("What was the grant spent on?")) is None
    assert answer_type(parse("What is the council's income policy?")) is None
    assert answer_type(parse("What is the hardship grant for?")) is None


def test_what_was_decided_about_a_budget_is_no_sum() -> None:
    assert asks_detail(parse("What is the harbour budget?"))
    assert not asks_detail(parse("What did Cabinet decide about the budget?"))
