"""Right-to-left words come out in the order in which they are read, however the file wrote them."""

from __future__ import annotations

import pytest

from indexer.layout import bidi, clean, pages
from indexer.layout.marks import Sheet, Word

HEBREW = "ספרייה עירונית פתוחה לכולם"  # a municipal library open to all
ARABIC = "مكتبة المدينة مفتوحة"  # the city's library is open


def placed(texts: list[str], y: float = 300, x: float = 72) -> list[Word]:
    """Words from the left, as wide as their letters."""
    out = []
    for text in texts:
        out.append(Word(text, x, y, x + 5 * len(text), y + 10, 10))
        x += 5 * len(text) + 5
    return out


def read(words: list[Word]) -> str:
    sheet = Sheet(1, 595, 842, tuple(words))
    return pages.compose(sheet, words, clean.Vocabulary([sheet])).text


@pytest.mark.parametrize("said", [HEBREW, ARABIC])
def test_a_line_that_is_printed_properly_reads_from_the_right(said: str) -> None:
    assert read(placed(said.split()[::-1])) == said


@pytest.mark.parametrize("said", [HEBREW, ARABIC])
def test_a_line_written_from_the_left_letter_by_letter_is_turned_round(said: str) -> None:
    assert read(placed([word[::-1] for word in said.split()])) == said


def test_other_words_of_the_line_and_the_next_line_stay_where_they_are() -> None:
    upper = placed(["Notice:", *HEBREW.split()[1::-1], "(2019)"])
    lower = placed(["and", *HEBREW.split()[:1:-1]], y=312)
    assert read(upper + lower) == f"Notice: {' '.join(HEBREW.split()[:2])} (2019) and {' '.join(HEBREW.split()[2:])}"


def test_papers_in_latin_letters_are_left_alone() -> None:
    assert not bidi.any_in(placed(["Cofnodion", "cyfarfod", "y", "tŷ"]))


def test_figures_of_a_line_without_other_letters_do_not_end_what_is_read_from_the_right() -> None:
    said = "قرر المجلس 450 جنيه عام 2019"  # the council decided on 450 pounds in the year 2019
    assert read(placed(said.split()[::-1])) == said
