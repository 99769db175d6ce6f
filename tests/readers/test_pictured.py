"""Pictures of text on sheets that have text of their own are read or told; photographs, charts and logos are not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageOps
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from indexer.readers import pdf_reader
from indexer.readers.pdf import sheets
from indexer.readers.scan import ocr, pictures
from tests.makers.pdf_maker import HEIGHT, WIDTH, text, write

LETTER = [
    "Dear members, the harbour wall was looked at in January by two engineers,",
    "who found that the mortar of the lower courses had been washed away.",
    "They advise that the wall be repaired before the winter, at a cost of",
    "88,000 pounds, and that boats be kept away from it until then.",
]


def letter(folder: Path, lines: list[str] = LETTER, size: float = 11) -> Image.Image:
    """A letter as a scanner sees it: only the part of the sheet with text."""
    born = write(folder / "letter.pdf", lambda canvas: text(canvas, lines, size=size))
    whole = Image.open(io.BytesIO(sheets.image(born, 1, 200 / 72))).convert("L")
    scale = 200 / 72
    return whole.crop((int(60 * scale), int(100 * scale), int(560 * scale), int(180 * scale)))


def report(folder: Path, picture: Image.Image, x: float, y: float, wide: float, high: float) -> Path:
    def draw(canvas: Canvas) -> None:
        text(canvas, ["The clerk showed the letter of the engineers.", "It is printed below."], top=90)
        canvas.drawInlineImage(picture, x, HEIGHT - y - high, wide, high)
        text(canvas, ["RESOLVED: That the letter be noted."], top=700)

    return write(folder / "report.pdf", draw)


@pytest.mark.ocr
def test_a_letter_pasted_into_a_report_is_read_in_its_place(tmp_path: Path) -> None:
    page = pdf_reader.read(report(tmp_path, letter(tmp_path), 48, 300, 500, 80)).pages[0]
    assert page.method == "ocr"
    assert page.confidence > 0.8
    text = page.text.replace("\n", " ")
    assert text.startswith("The clerk showed the letter of the engineers. It is printed below. Dear members,")
    assert text.endswith("until then. RESOLVED: That the letter be noted.")
    box = page.boxes[page.text.split().index("Dear")][0]
    assert 300 < box.y0 < box.y1 < 340


@pytest.mark.ocr
def test_a_letter_that_lies_on_its_side_is_read_too(tmp_path: Path) -> None:
    turned = letter(tmp_path).rotate(90, expand=True)
    text = pdf_reader.read(report(tmp_path, turned, 200, 150, 80, 500)).pages[0].text
    assert "harbour wall was looked at in January" in text


@pytest.mark.ocr
def test_a_scanned_sheet_with_a_typed_stamp_in_its_middle_is_read(tmp_path: Path) -> None:
    born = write(tmp_path / "born.pdf", lambda canvas: text(canvas, [*LETTER, "", "Signed, the engineers"], size=12))
    whole = Image.open(io.BytesIO(sheets.image(born, 1, 200 / 72))).convert("L")

    def draw(canvas: Canvas) -> None:
        canvas.drawInlineImage(whole, 0, 0, WIDTH, HEIGHT)
        text(canvas, ["APPROVED 9 April"], top=420, x=250)

    page = pdf_reader.read(write(tmp_path / "scan.pdf", draw)).pages[0]
    assert page.text.count("APPROVED 9 April") == 1
    assert "the mortar of the lower courses" in page.text


def test_without_ocr_a_picture_of_text_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    document = pdf_reader.read(report(tmp_path, letter(tmp_path), 48, 300, 500, 80))
    assert [(fault.page, fault.reason) for fault in document.faults] == [(1, "a picture of text is not read")]
    assert document.pages[0].method == "text"


@pytest.mark.parametrize("hidden", [0, 60])
def test_a_picture_whose_ground_its_mask_makes_is_looked_at_as_it_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hidden: int
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    grey = letter(tmp_path)
    ink = ImageOps.invert(grey)
    # What the mask leaves out is as dark as the letters, as programs write it.
    clear = Image.merge("RGBA", [Image.new("L", grey.size, hidden)] * 3 + [ink])

    def draw(canvas: Canvas) -> None:
        text(canvas, ["The clerk showed the letter of the engineers."], top=90)
        canvas.drawImage(ImageReader(clear), 48, HEIGHT - 380, 500, 80, mask="auto")

    with sheets.opened(write(tmp_path / "clear.pdf", draw)) as file:
        assert pictures.words(file, sheets.read_sheet(file, 1), frozenset()) == ((), 1.0, True)


def test_white_letters_made_by_a_mask_over_a_dark_box_are_looked_at_as_they_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    ink = ImageOps.invert(letter(tmp_path))
    # Nearly white, as a picture is that was saved with losses.
    grain = Image.effect_noise(ink.size, 8).point(lambda shade: 240 + shade % 16)
    clear = Image.merge("RGBA", [grain] * 3 + [ink])

    def draw(canvas: Canvas) -> None:
        text(canvas, ["The clerk showed the letter of the engineers."], top=90)
        canvas.setFillGray(0.1)
        canvas.rect(40, HEIGHT - 390, 516, 100, stroke=0, fill=1)
        canvas.drawImage(ImageReader(clear), 48, HEIGHT - 380, 500, 80, mask="auto")

    with sheets.opened(write(tmp_path / "dark.pdf", draw)) as file:
        assert pictures.words(file, sheets.read_sheet(file, 1), frozenset()) == ((), 1.0, True)


def test_a_picture_is_looked_at_as_large_as_it_is_drawn(tmp_path: Path) -> None:
    # Its edges lie so that they are rounded apart: brought to one pixel less, thin bars look like lines of letters.
    seen: list[tuple[tuple[int, int], tuple[int, int]]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "_worded", lambda picture, size: seen.append((picture.size, size)))
        paper = report(tmp_path, letter(tmp_path).resize((300, 60)), 48.2, 300.2, 420.2, 83.6)
        with sheets.opened(paper) as file:
            pictures.words(file, sheets.read_sheet(file, 1), frozenset())
    assert [drawn == asked for drawn, asked in seen] == [True]


def test_photographs_charts_and_small_logos_are_not_taken_for_text(tmp_path: Path) -> None:
    photo = Image.effect_noise((300, 200), 90)
    chart = Image.new("L", (600, 300), 255)
    for bar in range(8):
        chart.paste(40, (40 + 60 * bar, 60 + 20 * bar, 80 + 60 * bar, 290))
    for picture, wide, high in ((photo, 400, 300), (chart, 400, 200), (letter(tmp_path), 100, 16)):
        paper = report(tmp_path, picture, 90, 150, wide, high)
        with sheets.opened(paper) as file:
            sheet = sheets.read_sheet(file, 1)
            small = sheets.drawn(file, 1, 1.5, grey=True)
        areas = pictures.areas(sheet)
        assert not any(pictures.written(small.crop([int(1.5 * edge) for edge in area])) for area in areas)


@pytest.mark.parametrize(("colour", "chart"), [((40, 90, 200), True), ((230, 120, 20), True), ((30, 30, 30), False)])
def test_the_labels_of_a_chart_are_no_picture_of_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, colour: tuple[int, int, int], chart: bool
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    picture = letter(tmp_path).convert("RGB")
    pen = ImageDraw.Draw(picture)
    for x in range(0, picture.width, 100):
        pen.line((x, 190 + x % 200 // 5, x + 100, 210 - x % 200 // 5), colour, 8)
    with sheets.opened(report(tmp_path, picture, 48, 300, 500, 80)) as file:
        assert pictures.words(file, sheets.read_sheet(file, 1), frozenset()) == ((), 1.0, not chart)


def test_a_logo_that_recurs_is_left_out_and_a_full_scan_that_recurs_is_not(tmp_path: Path) -> None:
    def paper(wide: float, high: float) -> Path:
        def draw(canvas: Canvas) -> None:
            canvas.drawInlineImage(Image.new("L", (20, 20), 255), 20, HEIGHT - 20 - high, wide, high)

        return write(tmp_path / "logo.pdf", draw, draw, draw)

    for size, count in (((400, 60), 1), ((550, 800), 0)):
        with sheets.opened(paper(*size)) as file:
            recurs = pictures.recurring([sheets.read_sheet(file, number) for number in (1, 2, 3)])
        assert len(recurs) == count
