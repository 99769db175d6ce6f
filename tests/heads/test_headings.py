"""What is a heading, and what its title is."""

from __future__ import annotations

import pytest

from indexer.heads.headings import body_size, clean_title, is_contents, is_heading, is_strong, numbered
from indexer.layout.blocks import placed
from tests.makers.paper_maker import BODY, page, prose


def heading(line: str, following: str = prose(40)) -> bool:
    """Say whether a line over another is a heading."""
    first, second = placed((page(1, line, following),))
    return is_heading(first, second, BODY)


@pytest.mark.parametrize(
    "line",
    [
        "# Harbour works",
        "**Next steps for the quay**",
        "NEXT STEPS FOR THE QUAY",
        "Financial implications",
        "5.2 Legal implications",
        "Reasons for recommendation(s)",
        "**7. Boats and ferries**",
        "Dredging of the channel",
    ],
)
def test_type_capitals_numbering_or_known_words_make_a_heading(line: str) -> None:
    assert heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "The quay was built in the spring of that year and opened by the Mayor of the town in June.",
        "• Dredging of the channel",
        "a) Dredging of the channel",
        "Quay\tDredging",
        "Dredging of the channel ........ 12",
        "Total £383,964",
        "HR4 0LE",
        "RESOLVED",
        "THAT:",
        "None",
        "This page is intentionally left blank",
        "dredging of the channel",
        "Dredging of the channel,",
        "Cllr Poe of the Harbour ward",
    ],
)
def test_sentences_bullets_rows_figures_and_formulas_are_no_headings(line: str) -> None:
    assert not heading(line)


def test_a_plain_short_line_is_a_heading_only_over_a_paragraph() -> None:
    assert heading("Dredging of the channel")
    assert not heading("Dredging of the channel", "Another short line")


def test_a_bold_paragraph_broken_into_lines_is_no_heading() -> None:
    assert not heading("**The Board was asked whether it would**", "**agree to the works.**")


def test_a_plain_heading_is_not_a_strong_one() -> None:
    plain, strong = placed((page(1, "Dredging of the channel", "**Dredging**"),))
    assert (is_strong(plain, BODY), is_strong(strong, BODY)) == (False, True)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("  Harbour   works : ", "Harbour works"),
        ("## **Harbour works**", "Harbour works"),
        ("Harbour works ........ 12", "Harbour works"),
        ("Harbour works (Pages 11 - 48)", "Harbour works"),
        ("Harbour works 2031/32", "Harbour works 2031/32"),
    ],
)
def test_a_title_loses_marks_and_page_numbers(text: str, title: str) -> None:
    assert clean_title(text) == title


def test_a_title_is_cut_at_a_word_to_160_characters() -> None:
    title = clean_title("Harbour " * 60)
    assert len(title) <= 160
    assert title.endswith("Harbour…")


def test_numbers_are_split_from_headings() -> None:
    assert numbered("5.2 Legal implications") == ("5.2", "Legal implications")
    assert numbered("12. QUAYS") == ("12", "QUAYS")
    assert numbered("Quays") == ("", "Quays")


def test_a_contents_line_is_told_by_its_leader_dots() -> None:
    assert is_contents("Harbour works..... 3")
    assert not is_contents("Harbour works... and more")


def test_the_usual_size_is_that_of_prose_not_of_tables() -> None:
    rows = [f"a{number}\tb" for number in range(300)]
    assert body_size(placed((page(1, "# Quays", prose(60), *rows),))) == BODY
