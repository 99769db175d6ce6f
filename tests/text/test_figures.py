"""Sums of money and shares: one value however they are printed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.figures import Figure, blanked, figures, keys, spellings


@pytest.mark.parametrize(
    "text",
    [
        "£2.4m",
        "£2.4 million",
        "£2,400,000",
        "£2,400,000.00",
        "£2 400 000",
        "£2\u2009400\u2009000",
        "£2.4mn",
        "GBP 2.4m",
        "2.4 million pounds",
        "£ 2400k",
    ],
)
def test_a_sum_is_one_value_however_it_is_printed(text: str) -> None:
    assert keys(text) == {"£240000000"}


@pytest.mark.parametrize("text", ["12%", "12 %", "12 per cent", "12 percent", "twelve per cent", "12.0%", "−12%"])
def test_a_share_is_one_value_however_it_is_printed(text: str) -> None:
    assert keys(text) == {"12%"}


def test_money_is_compared_to_the_penny() -> None:
    assert keys("£1.50") != keys("£1.75")
    assert keys("75p") == keys("£0.75") == {"£75"}
    assert keys("£1.50 and £1.5m") == {"£150", "£150000000"}


def test_figures_are_found_in_order_with_their_places() -> None:
    text = "a rise of 12% to £4,500 – £6,000, 24/00115 and p. 5"
    assert figures(text) == (
        Figure("share", Decimal(12), 10, 13),
        Figure("money", Decimal(450000), 17, 23),
        Figure("money", Decimal(600000), 26, 32),
    )
    assert blanked(text) == "a rise of     to        –       , 24/00115 and p. 5"


@pytest.mark.parametrize("text", ["£", "item 5", "5 100 people", "2,4 m", "p 5", "1.2.3", "12 centimetres", "per cent"])
def test_other_numbers_are_neither_sums_nor_shares(text: str) -> None:
    assert figures(text) == ()


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("£1.5-2m", {"£150000000", "£200000000"}),
        ("£20 – £30 million", {"£2000000000", "£3000000000"}),
        ("£10-12k a year", {"£1000000", "£1200000"}),
        ("£300-£2m", {"£30000", "£200000000"}),
        ("£5 - 10 monkeys", {"£500"}),
    ],
)
def test_in_a_range_of_sums_the_unit_is_of_both(text: str, sums: set[str]) -> None:
    assert keys(text) == sums


def test_round_sums_in_words_are_read() -> None:
    assert keys("half a million pounds") == keys("£500k")
    assert keys("a million pounds") == keys("one million pounds") == keys("£1m")


def test_one_space_in_a_sum_may_end_it() -> None:
    assert keys("£5 100 people paid") == {"£500"}


def test_sums_and_shares_are_looked_for_in_each_spelling_and_other_texts_as_they_are() -> None:
    assert spellings("£2.4m") == ("£2.4m", "£2,400,000", "£2.4 million")
    assert spellings("£1.50") == ("£1.50",)
    assert spellings("twelve per cent") == ("twelve per cent", "12%", "12 per cent", "12 percent")
    assert spellings("24/00115") == ("24/00115",)


@given(st.integers(1, 10**11))
def test_every_spelling_of_a_sum_is_the_same_sum(pence: int) -> None:
    said = f"£{pence / 100:,.2f}"
    assert {key for way in spellings(said) for key in keys(way)} == {f"£{pence}"}
