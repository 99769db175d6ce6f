"""Whether a text says a phrase, as people type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.matching import laid_out, phrase_pattern


def says(text: str, phrase: str) -> bool:
    return bool(phrase_pattern(phrase).search(laid_out(text)))


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("the children’s home in St Mary’s Road", "children's home in St. Mary's Road"),
        ("the 2016–17 budget", "2016-17 budget"),
        ("the café at the lido", "cafe at the lido"),
        ("CO₂ from the fleet", "CO2 from the fleet"),
        ("named Oakes – the mayor – as guest", "Oakes - the mayor"),
        ("grants of £4,500 – £6,000 each", "£4,500-£6,000"),
        ("a grant of £2,400,000 to the club", "grant of £2.4m to the club"),
        ("rose by 12 per cent last year", "by 12% last year"),
        ("a 20 mph limit", "20mph limit"),
        ("the section 106 money", "s.106 money"),
        ("COVID 19 grants", "Covid-19 grants"),
        ("the A&E at Weir", "A and E at Weir"),
        ("on-street parking", "onstreet parking"),
        ("a bylaw", "by-law"),
        ("Councillor Holt spoke", "Cllr Holt"),
        ("some 1,250 homes", "1250 homes"),
        ("£4,200⁴ was paid", "£4,200 was paid"),
        ("under para. 5", "paragraph 5"),
        ("in St. John’s Road", "St Johns Road"),
        ("in St Johns Road", "St. John's Road"),
        ("in St John Road", "St. John's Road"),
        ("St James's Park", "St James Park"),
        ("the boy's school", "the boys' school"),
        ("rose by 12½ per cent", "by 12.5%"),
        ("rose by 12.5%", "by 12 ½ percent"),
        ("a sum of £2½m", "a sum of £2,500,000"),
        ("5 × 4 metres", "5 x 4 metres"),
        ("the Œuvre of Strøm and Łódź", "oeuvre of Strom and Lodz"),
    ],
)
def test_a_phrase_is_found_as_people_type_it(text: str, phrase: str) -> None:
    assert says(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("in 2016 and 17 parks", "2016-17"),
        ("a rise of 2.12%", "12%"),
        ("see 24/001157", "24/00115"),
        ("£450k", "£450"),
        ("£1.75 a day", "£1.50"),
        ("1 2", "12"),
        ("the lido at the cafe", "cafe at the lido"),
        ("the scope", "cop"),
        ("in King Street", "Kings Street"),
        ("in Johnson Road", "Johns"),
        ("rose by 12½%", "12%"),
        ("anything", "£"),
        ("anything", ""),
    ],
)
def test_no_phrase_is_found_within_another_word_or_number(text: str, phrase: str) -> None:
    assert not says(text, phrase)


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_what_stands_between_words_is_said_unless_it_has_no_letter_or_figure(a: str, b: str, c: str) -> None:
    assert says(f"{a} | {b} | {c}", b) in {True, False}


@given(st.text(alphabet="abc XYZ'’-", min_size=1, max_size=30))
def test_a_text_says_itself(text: str) -> None:
    assert says(text, text) is any(map(str.isalpha, text))
