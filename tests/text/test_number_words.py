"""Numbers that are written as words."""

from __future__ import annotations

import pytest

from indexer.text.number_words import value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("twelve", 12),
        ("twenty-five", 25),
        ("fifteenth", 15),
        ("twenty first", 21),
        ("one hundred and twelve", 112),
        ("One thousand nine hundred and ninety four", 1994),
        ("nineteen ninety-four", 1994),
        ("two thousand and three", 2003),
        ("two million", 2_000_000),
        ("twelve days", None),
        ("", None),
    ],
)
def test_numbers_in_words_are_read(text: str, number: int | None) -> None:
    assert value(text) == number
