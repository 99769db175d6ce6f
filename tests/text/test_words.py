"""Words as they are compared: folding, stop words, runs of words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.words import bare, fold, initials, overlap, plain_signs, shingles, words


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("St. Mary’s", "st. mary's"),
        ("the 2016–17 “budget”", 'the 2016-17 "budget"'),
        ("a café at Tŷ Gŵyr", "a cafe at ty gwyr"),
        ("Du\u0302r", "DÛR"),
        ("CO₂ over 12 m²", "CO2 over 12 m2"),
        ("a\u00a0thin\u2009space  and\nline", "a thin space and line"),
        ("−3.5%", "-3.5%"),
        ("re\u00adsolved", "resolved"),
        ("ﬁre oﬃcer", "fire officer"),
    ],
)
def test_text_is_compared_as_people_type_it(printed: str, typed: str) -> None:
    assert fold(printed) == fold(typed)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("£4,200⁴ was paid", "£4,200 was paid"),
        ("£4,200 ⁴ was paid", "£4,200 was paid"),
        ("the fund² closed.³", "the fund closed."),
        ("9 m² of it", "9 m2 of it"),
    ],
)
def test_the_raised_mark_of_a_note_is_no_part_of_the_figure_or_word_before_it(printed: str, read: str) -> None:
    assert fold(printed) == read


@given(st.text(max_size=200))
def test_folding_is_the_same_for_composed_and_decomposed_letters_and_done_once(text: str) -> None:
    folded = fold(text)
    assert fold(unicodedata.normalize("NFC", text)) == folded
    assert fold(folded) == folded
    assert len(plain_signs(text)) == len(text)


def test_words_are_bare_of_possessives_and_signs() -> None:
    assert bare("The Board’s paper") == "the board paper"
    assert words("The Board’s A&E (24/7)") == ["the", "board", "a", "e", "24", "7"]
    assert initials("Bed and Breakfasts") == "bb"


def test_runs_of_words_are_taken_once_and_short_texts_are_one_run() -> None:
    assert shingles(["a", "b", "a", "b"], 2) == {("a", "b"), ("b", "a")}
    assert shingles(["a"], 3) == {("a",)}
    assert shingles([], 3) == frozenset()
    assert overlap("abc", "bcd") == 0.5
    assert overlap("", "") == 0.0
