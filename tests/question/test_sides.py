"""The days that a question asks about, and what it sets against each other."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.records import Filters, Meeting
from search.question import relative_days, sides
from search.question.query import parse

BOARDS = ("Harbour Board", "Ferry Committee")
AUTHORITIES = ("Ashshire County Council", "Norshire Harbour Authority", "Norshire Council")


def of(question: str) -> tuple[sides.Side, ...]:
    return sides.sides(parse(question, boards=BOARDS, authorities=AUTHORITIES))


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("How have fares changed between 2014 and 2017?", [(2014, 2017)]),
        ("How have fares changed from 2014 to 2017?", [(2014, 2017)]),
        ("Compare 2014 and 2017 on fares", [(2014, 2014), (2017, 2017)]),
        ("How have fares changed since 2014?", [(2014, 9000)]),
        ("How have fares changed after 2014?", [(2015, 9000)]),
        ("How had fares changed before 2014?", [(1, 2013)]),
    ],
)
def test_between_two_years_is_one_stretch_and_two_years_compared_are_two(
    question: str, years: list[tuple[int, int]]
) -> None:
    assert [(one.first.year, one.last.year) for one in sides.periods(parse(question))] == years


def test_the_bodies_named_are_the_sides_and_else_the_days() -> None:
    assert [one.names for one in of("Compare Ashshire and Norshire on ferry fares")] == [
        ("Ashshire County Council",),
        ("Norshire Council",),
    ]
    first, second = of("Compare March 2014 and May 2015 on ferry fares")
    assert first.holds(Meeting("", "", date(2014, 3, 4)))
    assert not second.holds(Meeting("", "", date(2014, 3, 4)))
    assert not first.holds(Meeting())
    assert of("How have the fares of Ashshire changed since 2014?") == ()
    assert of("What did Ashshire and Norshire decide on fares?") == ()


def test_names_that_mean_one_body_are_one_side() -> None:
    query = parse(
        "Compare the Harbour Authority and Ashshire on fares",
        boards=("Norshire Harbour Authority Board",),
        authorities=("Ashshire County Council", "Norshire Harbour Authority"),
        also={"Harbour Authority": ("Norshire Harbour Authority", "Norshire Harbour Authority Board")},
    )
    assert [one.names for one in sides.sides(query)] == [
        ("Ashshire County Council",),
        ("Norshire Harbour Authority", "Norshire Harbour Authority Board"),
    ]


def test_a_side_lets_through_no_more_than_the_filters_do() -> None:
    body, other = of("Compare Ashshire and Norshire on ferry fares")
    assert list(body.within(Filters(boards=("Cabinet",)))) == [
        Filters(authorities=("Ashshire County Council",), boards=("Cabinet",))
    ]
    assert list(other.within(Filters(authorities=("X",), boards=("Y",)))) == []
    early, _ = of("Compare 2014 and 2017 on ferry fares")
    assert list(early.within(Filters(date_from=date(2014, 6, 1), date_to=date(2014, 9, 1)))) == [
        Filters(date_from=date(2014, 6, 1), date_to=date(2014, 9, 1))
    ]


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("Compare January and March 2025 on fares", "Compare January 2025 and March 2025 on fares"),
        ("Compare May 2024 with November on fares", "Compare May 2024 with November 2024 on fares"),
        ("Compare May 2024 and June 2025 on fares", "Compare May 2024 and June 2025 on fares"),
        ("What did March and May bring?", "What did March and May bring?"),
        ("What was agreed in May 2024 and 3 June 2025?", "What was agreed in May 2024 and 3 June 2025?"),
    ],
)
def test_a_month_takes_the_year_of_the_month_beside_it(question: str, full: str) -> None:
    assert relative_days.shared(question) == full
