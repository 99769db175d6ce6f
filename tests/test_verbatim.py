"""Quotations are cut where other programs do not read on, and not given where they would not be found again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.units import Part
from search.verbatim import pieces

START = 100


def cut(text: str, *before: str, extra: Sequence[int] = ()) -> list[str]:
    """Cut a text that stands on a page from offset 100 on, with a jump before each of the words ``before``."""
    jumps = [*(START + text.index(word) for word in before), *extra]
    return [part.text for part in pieces([Part(text, 4, START)], "ab", lambda paper, page: jumps)]


def test_a_text_without_jumps_is_one_piece_with_its_place() -> None:
    part = Part("The ferry runs twice a day.", 4, START)
    assert pieces([part], "ab", lambda paper, page: [START, START + len(part.text)]) == (part,)


def test_a_row_is_cut_between_cells_that_the_file_wrote_apart() -> None:
    assert cut("Repair of the quay\tby the end of May\tHarbour master", "by", "Harbour") == [
        "Repair of the quay",
        "by the end of May",
    ]


@pytest.mark.parametrize(
    "text",
    ["Northby\t12\t14", "a long cell of words\tb c\td e\tf g\th i\tj k"],
)
def test_a_row_of_short_cells_that_stand_apart_is_not_quoted(text: str) -> None:
    assert cut(text, *text.split("\t")[1:]) == []


def test_a_short_sentence_with_a_spelling_left_open_is_not_quoted_alone() -> None:
    text = "They reduce non-elective admissions."
    assert cut(text, extra=[START + text.index("elective")]) == []
    longer = text + " word" * 40
    assert cut(longer, extra=[START + text.index("elective")]) == [longer]


@given(
    words=st.lists(st.sampled_from(["the", "ferry", "runs", "£12", "a\tb", "x"]), min_size=1, max_size=30),
    places=st.sets(st.integers(START - 5, START + 90)),
)
def test_every_piece_stands_at_its_place_with_no_jump_between_its_words(words: list[str], places: set[int]) -> None:
    text = " ".join(words)
    for piece in pieces([Part(text, 1, START)], "ab", lambda paper, page: sorted(places)):
        assert text[piece.start - START : piece.end - START] == piece.text
        assert not any(text[at - START - 1].isspace() for at in places if piece.start < at < piece.end)
