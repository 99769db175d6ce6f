"""How much of a paragraph's beginning is set in bold: every reader keeps it, and so does the archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer import readers
from indexer.archive import codec
from indexer.records import Block

TITLE, TEXT = "12. Highways.", "The clerk reported that the road is to be closed in June."


def _pdf(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(72, 700, TITLE)
    width = canvas.stringWidth(f"{TITLE} ", "Helvetica-Bold", 11)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72 + width, 700, TEXT)
    canvas.drawString(72, 660, "Nothing here is bold.")
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(72, 620, "All of this is")
    canvas.save()


def _word(path: Path) -> None:
    paper = docx.Document()
    paragraph = paper.add_paragraph()
    paragraph.add_run(f"{TITLE} ").bold = True
    paragraph.add_run(TEXT)
    paper.add_paragraph("Nothing here is bold.")
    paper.add_paragraph().add_run("All of this is").bold = True
    paper.save(str(path))


def _web(path: Path) -> None:
    path.write_text(
        f"<html><body><p><b>{TITLE}</b> {TEXT}</p><p>Nothing here <b>is</b> bold.</p>"
        "<p><b>All of this is</b></p></body></html>",
        encoding="utf-8",
    )


@pytest.mark.parametrize(("name", "make"), [("a.pdf", _pdf), ("a.docx", _word), ("a.html", _web)])
def test_a_title_in_bold_that_runs_into_its_text_is_known_by_its_length(
    name: str, make: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / name
    make(path)
    blocks = [block for page in readers.read(path).pages for block in page.blocks]
    assert [(block.lead, block.bold) for block in blocks] == [(len(TITLE), False), (0, False), (0, True)]


def test_the_archive_keeps_how_much_of_a_beginning_is_bold() -> None:
    blocks = (Block(0, 40, 11.0, lead=13), Block(41, 60, 11.0, bold=True), Block(61, 70, row=True, jumps=(64,)))
    assert codec.blocks_from_bytes(codec.blocks_to_bytes(blocks)) == blocks
