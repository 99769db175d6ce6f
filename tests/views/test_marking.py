"""The passage is marked where its words stand on the page, or not at all."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from indexer.records import Box, Page, Span
from search.bounds import BOUNDS
from search.views.render import marking

WHITE = (255, 255, 255)
# Two lines of two words and a cell far to the right, 10 points high.
TEXT = "one two three\nfour five"
PLACES = {
    "one": Box(10, 10, 30, 20),
    "two": Box(33, 10, 53, 20),
    "three": Box(150, 10, 180, 20),
    "four": Box(10, 30, 30, 40),
    "five": Box(33, 30, 53, 40),
}
PAGE = Page(3, TEXT, width=200, height=100, boxes=tuple((PLACES[word],) for word in TEXT.split()))


def white(width: int = 400, height: int = 200) -> Image.Image:
    return Image.new("RGB", (width, height), "white")


def test_words_next_to_each_other_share_a_mark_and_far_cells_do_not() -> None:
    assert marking.boxes(PAGE, [Span(3, 0, len(TEXT))]) == (
        Box(10, 10, 53, 20),
        Box(150, 10, 180, 20),
        Box(10, 30, 53, 40),
    )


def test_only_the_words_of_the_span_are_marked() -> None:
    start = TEXT.index("four")
    assert marking.boxes(PAGE, [Span(3, start, start + 4)]) == (PLACES["four"],)


def test_a_span_on_another_page_marks_nothing_here() -> None:
    assert marking.boxes(PAGE, [Span(4, 0, 5)]) == ()


def test_a_page_whose_words_and_boxes_do_not_agree_is_not_marked() -> None:
    assert marking.boxes(replace(PAGE, boxes=PAGE.boxes[1:]), [Span(3, 0, 5)]) == ()


def test_a_hyphenated_word_is_marked_on_both_lines() -> None:
    page = Page(1, "hyphenated", width=200, height=100, boxes=((PLACES["three"], PLACES["four"]),))
    assert marking.boxes(page, [Span(1, 0, 10)]) == (PLACES["three"], PLACES["four"])


def test_the_mark_stands_on_its_words_in_the_picture_and_nowhere_else() -> None:
    marked = marking.draw(white(), [PLACES["four"]], PAGE.width, PAGE.height)
    assert marked.size == (400, 200)
    assert [marked.getpixel(at) for at in ((40, 70), (40, 30), (100, 70))] == [BOUNDS.mark, WHITE, WHITE]


def test_print_under_a_mark_stays_black() -> None:
    picture = white()
    picture.putpixel((40, 70), (0, 0, 0))
    assert marking.draw(picture, [PLACES["four"]], 200, 100).getpixel((40, 70)) == (0, 0, 0)


def test_nothing_to_mark_leaves_the_picture_as_it_was() -> None:
    assert marking.draw(white(), [], 200, 100).tobytes() == white().tobytes()
    assert marking.draw(white(), [PLACES["one"]], 0, 0).tobytes() == white().tobytes()
