"""Footnote marks are kept apart from figures; ordinals, units and powers stay whole; struck characters are not said."""

from __future__ import annotations

import pytest

from indexer.text.raised import apart, raised, unstruck


@pytest.mark.parametrize(
    ("before", "mark", "read"),
    [
        ("2,500", "1", "2,500 ¹"),
        ("for 3", "2", "for 3 ²"),
        ("14%", "3", "14% ³"),
        ("£4,200", "4", "£4,200 ⁴"),
        ("£1.2m", "2", "£1.2m ²"),
        ("£1.2m", "12", "£1.2m ¹²"),
        ("the pier", "a", "the pier ᵃ"),
        ("the pier", "[7]", "the pier [⁷]"),
        ("the pier ", "*", "the pier *"),
        ("the 30", "th", "the 30th"),
        ("250 m", "2", "250 m²"),
        ("x", "2", "x²"),
        ("2 × 10", "6", "2 × 10⁶"),
        ("", "1", "1"),
        ("Harbourmaster", "TM", "HarbourmasterTM"),
    ],
)
def test_a_raised_mark_stands_apart_from_a_figure_and_an_ordinal_or_a_power_does_not(
    before: str, mark: str, read: str
) -> None:
    assert before + raised(before, mark) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2,500¹ homes", "2,500 ¹ homes"),
        ("£1.2m³ and 14%¹²", "£1.2m ³ and 14% ¹²"),
        ("the board² of 250 m² in 2018⁶.", "the board ² of 250 m² in 2018 ⁶."),
        ("10 km² and R² of .9", "10 km² and R² of .9"),
        ("nothing raised", "nothing raised"),
    ],
)
def test_raised_digits_of_a_text_are_set_apart_where_they_are_marks(written: str, read: str) -> None:
    assert apart(written) == read


def test_characters_with_a_stroke_laid_over_them_are_not_said() -> None:
    struck = "".join(f"{letter}\u0336" for letter in "40 mph")
    assert unstruck(f"a limit of {struck} 20 mph") == "a limit of 20 mph"
    assert unstruck("a limit of 20 mph") == "a limit of 20 mph"
