"""Footnotes and lines in the margin no longer stand in the middle of a sentence that runs over a page's end."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.readers import pdf_reader
from tests.makers.pdf_maker import text, write

ABOVE = "RESOLVED: That the pier be repaired by the firm"
BELOW = "that had built it, and that the cost be met."


def paper(folder: Path, foot: list[tuple[str, float, float]], head: str = "", *, above: str = ABOVE) -> list[str]:
    """Two sheets; ``foot`` are lines at the end of the first: text, distance from the top, type size."""

    def first(canvas: Canvas) -> None:
        text(canvas, ["61. THE PIER"], top=600)
        text(canvas, [above], top=640)
        for line, top, size in foot:
            text(canvas, [line], top=top, size=size, x=72 if size < 10 else 400)

    def second(canvas: Canvas) -> None:
        text(canvas, [head], top=50, x=400)
        text(canvas, [BELOW, "", "62. THE CLOCK"], top=100)

    pages = pdf_reader.read(write(folder / "paper.pdf", first, second)).pages
    return [line for page in pages for line in page.text.split("\n")]


@pytest.mark.parametrize(
    "foot",
    [
        [("1 Report of 3 May, page 14.", 760, 8)],
        [("1 Report of 3 May, page 14.", 748, 8), ("* As amended.", 760, 8)],
        [("Continued overleaf", 800, 11)],
        [("1 Report of 3 May, page 14.", 760, 8), ("Clerk's initials", 800, 11)],
    ],
)
def test_what_stands_between_the_halves_of_a_sentence_moves_before_it(
    tmp_path: Path, foot: list[tuple[str, float, float]]
) -> None:
    notes = [line for line, _, _ in foot]
    assert paper(tmp_path, foot) == ["61. THE PIER", *notes, ABOVE, BELOW, "62. THE CLOCK"]


def test_a_line_that_heads_the_next_sheet_moves_behind_the_sentence(tmp_path: Path) -> None:
    blocks = paper(tmp_path, [], "Pier and harbour")
    assert blocks == ["61. THE PIER", ABOVE, BELOW, "Pier and harbour", "62. THE CLOCK"]


def test_a_last_line_that_begins_as_others_do_is_no_line_in_the_margin(tmp_path: Path) -> None:
    def first(canvas: Canvas) -> None:
        text(canvas, ["61. THE PIER", "", "That the pier be kept", "", "", "and the quay"], top=740, step=14)

    def second(canvas: Canvas) -> None:
        text(canvas, ["that was built with it."])

    pages = pdf_reader.read(write(tmp_path / "paper.pdf", first, second)).pages
    assert pages[0].text.split("\n") == ["61. THE PIER", "That the pier be kept", "and the quay"]


def test_where_the_sentence_is_whole_everything_stays(tmp_path: Path) -> None:
    foot = [("1 Report of 3 May, page 14.", 760.0, 8.0)]
    whole = "RESOLVED: That the pier be repaired."
    assert paper(tmp_path, foot, above=whole)[:3] == ["61. THE PIER", whole, foot[0][0]]


def test_moved_blocks_keep_their_words_boxes_and_places(tmp_path: Path) -> None:
    def first(canvas: Canvas) -> None:
        text(canvas, [ABOVE], top=640)
        text(canvas, ["1 Report of 3 May."], top=760, size=8)

    def second(canvas: Canvas) -> None:
        text(canvas, [BELOW])

    page = pdf_reader.read(write(tmp_path / "paper.pdf", first, second)).pages[0]
    assert [page.text[block.start : block.end] for block in page.blocks] == ["1 Report of 3 May.", ABOVE]
    assert len(page.boxes) == len(page.text.split())
    assert page.boxes[0][0].y0 > 740
    assert 600 < page.boxes[5][0].y0 < 650
    assert [block.jumps for block in page.blocks] == [(), (19,)]
