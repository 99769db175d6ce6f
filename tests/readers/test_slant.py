"""Sheets printed askew read in order, and their boxes lie on the letters all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.readers import pdf_reader
from indexer.readers.pdf import sheets
from tests.makers.pdf_maker import text, write

LINES = [
    "12. THE HARBOUR WALL",
    "The engineer reported that the wall had been looked at in January and that",
    "two of its sections had failed; she advised that they be repaired.",
    "RESOLVED: That the wall be repaired at a cost of £480,000 from the reserve.",
]


def askew(folder: Path, degrees: float) -> Path:
    def draw(canvas: Canvas) -> None:
        canvas.translate(297, 421)
        canvas.rotate(degrees)
        canvas.translate(-297, -421)
        text(canvas, LINES, top=250, x=100, size=9)

    return write(folder / "askew.pdf", draw)


@pytest.mark.parametrize("degrees", [-3, 2, 7, 15, 30, -40, 97])
def test_a_sheet_of_leaning_lines_reads_as_one_that_stands_straight(tmp_path: Path, degrees: float) -> None:
    page = pdf_reader.read(askew(tmp_path, degrees)).pages[0]
    assert page.text == pdf_reader.read(askew(tmp_path, 0)).pages[0].text


@pytest.mark.parametrize("degrees", [7, -20])
def test_boxes_lie_on_the_letters_of_leaning_lines(tmp_path: Path, degrees: float) -> None:
    paper = askew(tmp_path, degrees)
    page = pdf_reader.read(paper).pages[0]
    where = page.boxes[page.text.split().index("RESOLVED:")][0]
    with sheets.opened(paper) as file:
        drawn = sheets.drawn(file, 1, 2.0, grey=True)
    inside = drawn.crop((int(2 * where.x0), int(2 * where.y0), int(2 * where.x1), int(2 * where.y1)))
    assert sum(inside.histogram()[:128]) > 200


def test_a_word_askew_over_a_straight_sheet_does_not_turn_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text(canvas, LINES)
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "DRAFT")

    with sheets.opened(write(tmp_path / "draft.pdf", draw)) as file:
        assert sheets.read_sheet(file, 1).lean == 0
