"""Quotations are cut where other programs do not read on, and not given where they would not be found again."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answer.lines import Part
from search.answer.verbatim import pieces

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


def test_a_quotation_ends_before_a_notes_mark_which_others_glue_to_the_word_unless_it_is_long() -> None:
    text = "the review of the Harbour Board in May 2014"
    again = f"The first and the second report to the Harbour Council and {text}"
    assert cut(f"{again} ⁴ , stated that:") == [again]
    assert cut("None live here ⁴") == []
    longer = " ".join([text, "⁴", *(f"word{at}" for at in range(40))])
    assert cut(longer) == [longer]


def test_a_short_sentence_with_a_spelling_left_open_is_not_quoted_alone() -> None:
    text = "They reduce non-elective admissions."
    assert cut(text, extra=[START + text.index("elective")]) == []
    longer = " ".join([text, *(f"word{at}" for at in range(40))])
    assert cut(longer, extra=[START + text.index("elective")]) == [longer]


@given(
    words=st.lists(st.sampled_from(["the", "ferry", "runs", "£12", "a\tb", "x"]), min_size=1, max_size=30),
    places=st.sets(st.integers(START - 5, START + 90)),
)
def test_every_piece_stands_at_its_place_and_nine_tenths_of_it_can_be_found(words: list[str], places: set[int]) -> None:
    text = " ".join(words)
    for piece in pieces([Part(text, 1, START)], "ab", lambda paper, page: sorted(places)):
        assert text[piece.start - START : piece.end - START] == piece.text
        said = re.findall(r"[a-z0-9]+", piece.text)
        runs = {tuple(said[at : at + 3]) for at in range(len(said) - 2)}
        jumps = sum(text[at - START - 1].isspace() for at in places if piece.start < at < piece.end)
        assert 2 * jumps <= 0.1 * len(runs)


def test_the_opening_word_of_a_long_resolution_is_quoted_with_it() -> None:
    # The letters of limbs often stand in a column that the file wrote by itself.
    limbs = "the harbour office report each May on the ferry, the quay and the dues that both have brought in since"
    resolution = f"RESOLVED: that {limbs}; and that the dues be set again by March"
    assert cut(resolution, "that") == [resolution]
