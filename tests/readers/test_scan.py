"""Pages that are pictures."""

from __future__ import annotations

import difflib
import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageOps
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import UnreadablePaper
from indexer.readers import pdf_reader
from indexer.readers.pdf import sheets
from indexer.readers.scan import ocr, tesseract
from indexer.records import PageFault
from tests.makers import pdf_maker

LINES = [
    "The Board received a report on the gritting of rural roads in the winter",
    "of 2020. Councillor Ashdown asked whether the parishes north of the river",
    "had been told of the new routes. The Director of Highways said that letters",
    "had gone out in November and that a map was kept on the council's website.",
    "Resolved: That the report be noted and that an update on spending, expected",
    "to reach 220,000 pounds, be brought to the meeting of 14 September 2021.",
]


def scanned(tmp_path: Path) -> Path:
    """Minutes printed, drawn at 200 dots an inch, and bound as a picture."""

    def print_text(canvas: Canvas) -> None:
        pdf_maker.text(canvas, LINES, size=11, step=14)

    born = pdf_maker.write(tmp_path / "born.pdf", print_text)
    picture = Image.open(io.BytesIO(sheets.image(born, 1, 200 / 72))).convert("L")

    def bind(canvas: Canvas) -> None:
        canvas.drawInlineImage(picture, 0, 0, pdf_maker.WIDTH, pdf_maker.HEIGHT)

    return pdf_maker.write(tmp_path / "scanned.pdf", bind)


@pytest.mark.ocr
def test_scanned_minutes_are_read_with_confidence_and_boxes_on_the_words(tmp_path: Path) -> None:
    page = pdf_reader.read(scanned(tmp_path)).pages[0]
    expected = " ".join(LINES).split()
    words = page.text.split()
    same = sum(
        block.size for block in difflib.SequenceMatcher(None, expected, words, autojunk=False).get_matching_blocks()
    )
    assert same / len(expected) >= 0.97
    assert page.method == "ocr"
    assert 0.8 < page.confidence <= 1.0
    box = page.boxes[words.index("Board")][0]
    assert box.x0 == pytest.approx(95, abs=6)
    assert box.y0 < 118 < box.y1


@pytest.mark.ocr
def test_a_picture_without_letters_is_a_page_without_text(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawInlineImage(Image.new("L", (40, 40), 200), 0, 0, pdf_maker.WIDTH, pdf_maker.HEIGHT)

    page = pdf_reader.read(pdf_maker.write(tmp_path / "grey.pdf", draw)).pages[0]
    assert (page.text, page.method) == ("", "none")


@pytest.mark.ocr
def test_a_failing_ocr_is_a_fault_of_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PATIENCE", 0.01)
    document = pdf_reader.read(scanned(tmp_path))
    assert document.pages[0].method == "none"
    assert [fault.page for fault in document.faults] == [1]
    assert "OCR failed" in document.faults[0].reason


@pytest.mark.ocr
def test_a_crash_of_tesseract_costs_only_the_sheet_that_it_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = PdfWriter(clone_from=scanned(tmp_path))
    writer.append(scanned(tmp_path))
    writer.write(tmp_path / "two.pdf")
    table, crashes = tesseract.table, iter([True])

    def read(picture: Image.Image, seconds: float) -> list[tesseract.Row]:
        if next(crashes, False):
            tesseract._started(os.getpid()).kill()
        return table(picture, seconds)

    monkeypatch.setattr(tesseract, "table", read)
    document = pdf_reader.read(tmp_path / "two.pdf")
    assert [page.method for page in document.pages] == ["none", "ocr"]
    assert document.faults == (PageFault(1, "OCR failed: Tesseract crashed (exit status -9)"),)


@pytest.mark.ocr
@pytest.mark.parametrize(
    "rows",
    [
        ["Crwth Pwll Tyr Nyth Wrth", "Mrs Crwys Ltd Ptnr Bldg", "Wknd Mthly Qtrly Yrly Dly", "Hrs Mins Sqm Cwt Tbc"],
        ["Quiz Box Kiosk Jazz Vox", "Zap Kick Quick Vow Jug", "Fizz Buzz Whizz Hoax Jinx"],
        ["Szczepan Krzysztof Zbigniew Grzegorz", "Wojciech Kazimierz Zygmunt", "Kwiatkowski Zajaczkowska Wozniak"],
    ],
)
def test_a_table_in_words_like_no_language_is_read_from_the_file_where_its_picture_says_the_same(
    tmp_path: Path, rows: list[str]
) -> None:
    lines = [f"{rows[at % len(rows)]}   {at + 1}" for at in range(40)]
    path = pdf_maker.write(tmp_path / "a.pdf", lambda canvas: pdf_maker.text(canvas, lines, top=80, step=16))
    page = pdf_reader.read(path).pages[0]
    assert (page.method, page.text.split()) == ("text", " ".join(lines).split())


def test_ocr_is_not_available_without_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract.shutil, "which", lambda name: None)
    assert not ocr.available()


@pytest.mark.ocr
def test_what_was_read_before_changes_no_later_reading(tmp_path: Path) -> None:
    page, other = (
        ImageOps.grayscale(Image.open(io.BytesIO(sheets.image(path, 1, 200 / 72))))
        for path in (scanned(tmp_path), turned(tmp_path, -5))
    )
    first = tesseract.table(page, 60)
    tesseract.text(other, 60)
    tesseract.sides(other)
    assert tesseract.table(page, 60) == first
    assert {row.level for row in first} == {1, 2, 3, tesseract.LINE, tesseract.WORD}


@pytest.mark.ocr
def test_a_model_that_is_not_installed_is_named() -> None:
    with pytest.raises(UnreadablePaper, match='no model "none"'):
        tesseract._asked("none", "text", Image.new("L", (90, 30), 255), 9)


def turned(tmp_path: Path, degrees: float) -> Path:
    """The scanned minutes, the paper turned anticlockwise on the glass."""
    born = scanned(tmp_path)
    picture = Image.open(io.BytesIO(sheets.image(born, 1, 150 / 72))).convert("L")
    picture = picture.rotate(degrees, expand=degrees % 90 == 0, fillcolor=255)
    size = (pdf_maker.WIDTH, pdf_maker.HEIGHT)
    wide, high = size if picture.width < picture.height else size[::-1]

    def bind(canvas: Canvas) -> None:
        canvas.setPageSize((wide, high))
        canvas.drawInlineImage(picture, 0, 0, wide, high)

    return pdf_maker.write(tmp_path / "turned.pdf", bind)


@pytest.mark.ocr
@pytest.mark.parametrize("degrees", [90, 180, 270, 8, -5])
def test_scans_on_another_side_or_askew_are_read(tmp_path: Path, degrees: float) -> None:
    document = pdf_reader.read(turned(tmp_path, degrees))
    page = document.pages[0]
    expected = " ".join(LINES).split()
    words = page.text.split()
    same = sum(
        block.size for block in difflib.SequenceMatcher(None, expected, words, autojunk=False).get_matching_blocks()
    )
    assert same / len(expected) >= 0.9
    assert page.method == "ocr"
    assert all(0 <= box.x0 < box.x1 <= page.width + 9 and 0 <= box.y0 < box.y1 <= page.height for (box,) in page.boxes)


@pytest.mark.ocr
def test_what_ocr_cannot_read_is_told_and_not_made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "WORTHLESS", 1.1)
    document = pdf_reader.read(scanned(tmp_path))
    assert (document.pages[0].text, document.pages[0].method) == ("", "none")
    assert "a scan that OCR cannot read" in document.faults[0].reason
