"""Where words stand on a page comes back as it was, to a sixteenth of a point, whatever the boxes and the text are."""

from __future__ import annotations

import pytest

from indexer.archive.word_boxes import boxes_from_bytes, boxes_to_bytes
from indexer.records import Box

LINE = "The ferry sails at noon, the ferry sails home."


def set_in_type(text: str, wide: float = 5.5) -> tuple[tuple[Box, ...], ...]:
    """Return a box for each word of one line, each letter equally wide."""
    boxes, left = [], 72.0
    for word in text.split():
        boxes.append((Box(left, 100.25, left + wide * len(word), 112.5),))
        left += wide * (len(word) + 1)
    return tuple(boxes)


@pytest.mark.parametrize(
    ("boxes", "text"),
    [
        ((), LINE),
        (set_in_type(LINE), LINE),
        # A hyphenated word stands on two lines, and the second goes back to the left, or onto the sheet's other half.
        (((Box(500, 90, 540, 100), Box(72, 102, 90.0625, 112)), (Box(-3.5, 700, 9, 712),)), "agreement\nsails"),
        # Fewer words with boxes than words, more boxes than words, words without any, and none at all.
        (set_in_type(LINE)[:3], LINE),
        (set_in_type(LINE), "The ferry"),
        (((), (Box(1, 2, 3, 4),), ()), "a b c"),
        (((), ()), "a b"),
        (set_in_type("£2.4m Łódź 車"), "£2.4m Łódź 車"),
        (((Box(0, 0, 90_000, 70_000),), (Box(5, 5, 5, 5),)), "huge none"),
        (set_in_type("x"), ""),
    ],
)
def test_places_come_back_exactly(boxes: tuple[tuple[Box, ...], ...], text: str) -> None:
    assert boxes_from_bytes(boxes_to_bytes(boxes, text), text) == boxes


def test_places_are_rounded_to_a_sixteenth_of_a_point() -> None:
    ((box,),) = boxes_from_bytes(boxes_to_bytes((((Box(1.03, 2.05, 3.06, 4.07)),),), "x"), "x")
    assert box == Box(1.0, 2.0625, 3.0625, 4.0625)


def test_a_line_of_even_letters_costs_less_than_a_byte_and_a_half_a_word() -> None:
    text = " ".join([LINE] * 40)
    assert len(boxes_to_bytes(set_in_type(text), text)) < 1.5 * len(text.split())
