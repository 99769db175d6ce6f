"""How text becomes words of the index, and which texts count as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.archive.analysis import compounds, content_terms, exact_tokens, terms
from indexer.archive.hashes import text_hash, twin_hash


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("decision 24/00109, and (S.17.73).", ["24/00109", "s.17.73"]),
        ("£2.4m of £2,400,000 in 2023–24", ["£240000000", "£2.4m", "£2400000", "2023-24"]),
        ("a rise of 3.5% or twelve per cent", ["3.5%", "12%"]),
        ("in 2016 room 12 of e-mail/post", ["email"]),
        ("On‑street parking", ["onstreet"]),
        ("12,000 people, 1,5 and £45k", ["£4500000", "12000", "1,5", "£45k"]),
        ("x" * 70 + "/1", []),
    ],
)
def test_references_and_amounts_are_taken_whole(text: str, tokens: list[str]) -> None:
    assert exact_tokens(text) == tokens


def test_two_words_may_be_one_that_papers_print_with_a_hyphen() -> None:
    assert compounds("on street parking") == ["on", "street", "parking", "onstreet", "streetparking"]


def test_words_are_stems_in_lower_case_without_accents() -> None:
    assert terms("The Café's EHCPs — commissioned") == ["the", "cafe", "s", "ehcp", "commiss"]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What did the board decide about CSE?", ["board", "decid", "cse"]),
        ("who is on it", ["who", "is", "on", "it"]),
        ("What does IT cost?", ["it", "cost"]),
        ("WHAT DOES IT COST", ["cost"]),
        ("", []),
    ],
)
def test_a_question_is_its_words_without_stop_words_unless_it_has_no_others(question: str, wanted: list[str]) -> None:
    assert content_terms(question) == wanted


@given(st.text(st.characters(), max_size=80))
def test_no_text_breaks_the_analysis(text: str) -> None:
    assert set(content_terms(text)) <= set(terms(text))
    assert len(text_hash(text)) == 32
    assert all(token in token.lower() for token in exact_tokens(text))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Pier, mended.", "the  pier\nmended", True),
        ("Café — “open”", "cafe open", True),
        ("the pier is mended", "the pier is not mended", False),
        ("--", "..", False),
    ],
)
def test_twins_differ_only_in_case_accents_space_and_punctuation(one: str, other: str, *, same: bool) -> None:
    assert (twin_hash(one) == twin_hash(other)) is same
