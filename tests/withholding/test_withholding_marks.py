"""Marks in every spelling, and public lines that only speak of exemption."""

from __future__ import annotations

import pytest

from benchmarks.papers import marked_words
from indexer.withholding.marks import alone, marked, overlaid

# Figures for letters, Cyrillic С, О, Е and А, Greek Ο and Χ, letters as wide as Chinese ones.
ALIKE = (
    "C0NF1DENTIAL",
    "N0T F0R PUBL1CAT10N",
    "СОNFIDЕNTIАL",
    "NΟT FΟR PUBLICATIΟN",
    "EΧEMPT",
    "ＥＸＥＭＰＴ",
    "Not for publication",
)


@pytest.mark.parametrize("text", [*marked_words.SPELT, *ALIKE])
def test_a_mark_may_be_spelt_in_many_ways(text: str) -> None:
    assert marked(text)


@pytest.mark.parametrize("text", [*marked_words.HEADS, "Appendix E – Exempt information: NO", "Confidential: Yes / No"])
def test_a_public_line_is_no_mark(text: str) -> None:
    assert not marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "exempt information for as long as the harbour master holds that more harm than good",
        "confidential information that is given to the board by a department of the crown on",
    ],
)
def test_a_sentence_that_a_pages_end_cuts_is_no_mark_unless_it_gives_the_ground(text: str) -> None:
    assert not marked(text)
    assert marked("exempt information under paragraph 3 of part 1 of schedule 12a to the local government")


@pytest.mark.parametrize("text", ["PART 2", "Private", "CONFIDENTIAL Harbour Board 4 May", "NOTFORPUBLICATION"])
def test_over_a_page_one_word_is_enough(text: str) -> None:
    assert overlaid(text)


@pytest.mark.parametrize("text", ["DRAFT", "Confidential helpline", "Exempt accommodation", "Private rented", ""])
def test_over_a_page_public_words_are_no_mark(text: str) -> None:
    assert not overlaid(text)


def test_a_line_in_the_midst_of_a_page_must_be_in_capitals() -> None:
    assert alone("NOT FOR PUBLICATION")
    assert not alone("restricted")
    assert not alone("EXEMPT ITEMS")
