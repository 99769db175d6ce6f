"""Where other programs would not read on in a page is noted as it is read, and kept with the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.archive import codec
from indexer.readers import pdf_reader
from indexer.records import Block, Page
from tests.makers import pdf_maker


def read(path: Path, draw: pdf_maker.Draw) -> Page:
    return pdf_reader.read(pdf_maker.write(path / "paper.pdf", draw)).pages[0]


def after(page: Page) -> list[str]:
    """The words that jumps stand before, as the page has them."""
    jumps = [jump for block in page.blocks for jump in block.jumps]
    return [page.text[jump:].split()[0] for jump in jumps]


def test_plain_paragraphs_have_no_jumps(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        pdf_maker.text(canvas, ["The ferry to Northby runs", "twice a day in winter."])
        pdf_maker.text(canvas, ["In summer it runs every hour."], top=220)

    assert after(read(tmp_path, draw)) == []


def test_a_heading_that_the_file_wrote_last_is_a_jump_and_what_follows_it_too(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        pdf_maker.text(canvas, ["The ferry to Northby runs twice a day."], top=200)
        pdf_maker.text(canvas, ["Ferries in winter"], top=140, size=16)

    page = read(tmp_path, draw)
    assert page.text == "Ferries in winter\nThe ferry to Northby runs twice a day."
    assert after(page) == ["Ferries", "The"]


def test_cells_that_the_file_wrote_column_by_column_are_jumps(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        pdf_maker.grid(canvas, [70, 200, 330], [100, 130, 160])
        for x, cells in ((76, ["Ward", "Northby"]), (206, ["Ferries", "12"])):
            pdf_maker.text(canvas, cells, x=x, top=120, step=30)

    page = read(tmp_path, draw)
    assert page.text == "Ward\tFerries\nNorthby\t12"
    assert after(page) == ["Ferries", "Northby", "12"]


@pytest.mark.parametrize(
    ("lines", "read_as", "jumps"),
    [
        (
            ["A joint non-", "elective plan. Elective care and non elective care."],
            "non-elective",
            ["elective"],
        ),
        (["The whole sub-", "mission was read. A submission came late."], "submission", []),
    ],
)
def test_a_hyphen_that_is_kept_at_a_lines_end_leaves_the_spelling_open(
    tmp_path: Path, lines: list[str], read_as: str, jumps: list[str]
) -> None:
    page = read(tmp_path, lambda canvas: pdf_maker.text(canvas, lines))
    assert read_as in page.text.split()
    assert after(page) == jumps


def test_a_running_line_that_is_left_out_is_a_jump_where_it_stood(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        pdf_maker.text(canvas, ["The ferry to Northby"], top=200)
        pdf_maker.text(canvas, ["Page 4"], top=820)
        pdf_maker.text(canvas, ["runs twice a day."], top=214)

    page = read(tmp_path, draw)
    assert (page.text, after(page)) == ("The ferry to Northby runs twice a day.", ["runs"])


def test_jumps_are_kept_with_the_blocks() -> None:
    blocks = (Block(0, 12, 11.0, False, True, 0, 72.0, (5, 9)), Block(13, 20))
    assert codec.blocks_from_bytes(codec.blocks_to_bytes(blocks)) == blocks
