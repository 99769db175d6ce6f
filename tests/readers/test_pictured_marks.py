"""Marks that are pictures or outlines are read, and the labelled set of marks comes out right."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from benchmarks import marks
from benchmarks.papers import second_set
from benchmarks.papers.marked_papers import samples
from benchmarks.papers.marked_sheets import inked, printed, scan
from indexer.layout.marks import Rule, Sheet
from indexer.readers import pdf_reader
from indexer.readers.scan.clusters import around
from indexer.withholding import exempt


@pytest.mark.ocr
@pytest.mark.parametrize(("text", "turn"), [("CONFIDENTIAL", 0), ("EXEMPT", 40), ("NOT FOR PUBLICATION", -50)])
def test_a_mark_that_is_a_picture_withholds_the_paper(tmp_path: Path, text: str, turn: float) -> None:
    printed(tmp_path / "a.pdf", 3, partial(inked, text=text, turn=turn, at=(100, 150, 330), ink=120))
    sign = exempt.sign(pdf_reader.read(tmp_path / "a.pdf"), "a.pdf", {})
    assert sign == "a watermark or stamp marks it as exempt or not for publication"


@pytest.mark.ocr
def test_letters_drawn_as_outlines_are_a_mark_too(tmp_path: Path) -> None:
    def outlined(canvas: Canvas) -> None:
        # Straight strokes of a broad pen.
        canvas.translate(150, 200)
        bars = {
            "E": [(0, 0, 8, 60), (0, 0, 36, 9), (0, 26, 32, 9), (0, 51, 36, 9)],
            "P": [(0, 0, 8, 60), (0, 51, 34, 9), (0, 24, 34, 9), (28, 24, 8, 36)],
            "T": [(14, 0, 8, 60), (0, 51, 36, 9)],
            "H": [(0, 0, 8, 60), (28, 0, 8, 60), (0, 26, 36, 8)],
        }
        for place, letter in enumerate("THE TEPE"):
            path = canvas.beginPath()
            for x, y, wide, high in bars.get(letter, []):
                path.rect(50 * place + x, y, wide, high)
            canvas.drawPath(path, stroke=0, fill=1, fillMode=1)  # 1: no holes where bars cross

    printed(tmp_path / "a.pdf", 3, outlined)
    assert any("THE" in text for text in pdf_reader.read(tmp_path / "a.pdf").overlays)


@pytest.mark.ocr
@pytest.mark.parametrize("turn", range(4))
def test_a_marked_scan_is_withheld_whichever_way_it_lies(tmp_path: Path, turn: int) -> None:
    scan(tmp_path / "a.pdf", 2, "EXEMPT - NOT FOR PUBLICATION", turn)
    document = pdf_reader.read(tmp_path / "a.pdf")
    assert exempt.sign(document, "a.pdf", {}) != ""
    assert "The officer set out the choices that are open" in " ".join(document.pages[0].text.split())


def test_no_marked_paper_of_the_set_is_missed_and_no_public_one_withheld(tmp_path: Path) -> None:
    chosen = [sample for sample in (*samples(), *second_set.samples()) if not sample.picture]
    outcomes = marks.outcomes(tmp_path, chosen)
    assert len(chosen) > 220
    assert [sample.name for sample in chosen if sample.secret != bool(outcomes[sample.name])] == []


@pytest.mark.ocr
def test_marks_that_are_drawn_are_read_in_whatever_form_and_on_scans_however_these_lie(tmp_path: Path) -> None:
    # `python -m benchmarks.marks` reads all of the set.
    kinds = ("drawn with a pen 1", "pattern 0", "rubber stamp 1", "stamped scan 3", "Word, picture 0")
    kinds += ("public, stamped scan 1",)
    chosen = [sample for sample in second_set.samples() if sample.name in kinds]
    outcomes = marks.outcomes(tmp_path, chosen)
    assert len(chosen) == len(kinds)
    assert [sample.name for sample in chosen if sample.secret != bool(outcomes[sample.name])] == []


def test_what_is_drawn_is_looked_at_with_what_is_near_to_it_and_not_with_all_of_the_sheet() -> None:
    logo, letter, speck = Rule(40, 30, 140, 60), Rule(300, 400, 332, 456), Rule(500, 700, 505, 705)
    # Beside the letter is one made of lines; far lines are a table's.
    strokes = (Rule(345, 400, 345, 456), Rule(345, 400, 370, 400), Rule(345, 456, 370, 456))
    sheet = Sheet(1, 595, 842, (), rules=(*strokes, Rule(40, 600, 550, 600)))
    areas = around([logo, letter, speck], sheet)
    assert areas == [Rule(20, 10, 160, 80), Rule(280, 380, 385, 480)]
    assert around([letter._replace(x0=-40)], sheet) == [Rule(0, 365, 385, 490)]
